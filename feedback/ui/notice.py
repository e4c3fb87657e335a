"""What was just done, said in a few words that pass by; and, where it can be undone, with the button that does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from feedback.ui.data import act
from feedback.ui.page import Page, escape

_HELD = "notice"


@dataclass(frozen=True)
class Done:
    """What was done.

    Attributes
    ----------
    page : str
        Key of the page on which it was: on another page it says nothing.
    text : str
    undo : callable or None
        The act that takes it back; takes `session` and `actor` by keyword.
    args : tuple
    kwargs : dict
    said : bool
        Whether the words passed by already.
    """

    page: str
    text: str
    undo: Callable[..., Any] | None
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    said: bool = False


def did(page: Page, text: str, undo: Callable[..., Any] | None = None, /, *args: Any, **kwargs: Any) -> None:
    """Say at the next run what was done.

    Parameters
    ----------
    page : Page
    text : str
        Not escaped.
    undo : callable, optional
        The act that takes it back.
    *args, **kwargs
        Go to `undo`.
    """
    st.session_state[_HELD] = Done(page.key, text, undo, args, kwargs)


def notice(page: Page) -> None:
    """Say what was just done, once; the button that takes it back stays until something else is done.

    Parameters
    ----------
    page : Page
    """
    held: Done | None = st.session_state.get(_HELD)
    if held is None or held.page != page.key:
        st.session_state.pop(_HELD, None)
        return
    if not held.said:
        st.toast(escape(held.text), icon=":material/check_circle:")
        st.session_state[_HELD] = replace(held, said=True)
    if held.undo is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="notice"):
        st.caption(f":material/check_circle: {escape(held.text)}", width="content")
        pressed = st.button(page.t("services.undo"), key="notice.undo", icon=":material/undo:", type="tertiary")
    if pressed and act(page, held.undo, *held.args, **held.kwargs) is not None:
        did(page, page.t("services.undid"))
        st.rerun()
