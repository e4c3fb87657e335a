"""What a person changes of a file before it is stored: kept for this file only, and brought in before it is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import streamlit as st

from feedback import adjusting, pipeline
from feedback.intake.by_hand import ByHand, Key
from feedback.ui.data import database
from feedback.ui.page import Page, reporting
from feedback.ui.upload_parts import Progress
from feedback.ui.upload_source import CHANGED, FINISHED, HAND, Incoming


def changes(incoming: Incoming) -> ByHand:
    """Give what the person changed of a file so far."""
    held = st.session_state.get(HAND)
    return cast(ByHand, held[1]) if held and held[0] == incoming.key else ByHand()


def change(incoming: Incoming, **what: Any) -> None:
    """Remember a change: fields of `ByHand`."""
    st.session_state[HAND] = incoming.key, replace(changes(incoming), **what)


def cut_as(incoming: Incoming, key: Key, lines: tuple[str, ...] | None) -> None:
    """Remember how a note is to be cut; None: by rule, as at first."""
    cut = {one: said for one, said in changes(incoming).cut.items() if one != key}
    change(incoming, cut=cut if lines is None else cut | {key: lines})


def changed(page: Page, incoming: Incoming, base: pipeline.Prepared) -> pipeline.Prepared | None:
    """Bring what the person changed into a file, as far as it takes to show it; once for each change.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    base : Prepared
        Without changes.

    Returns
    -------
    Prepared or None
        See `adjusting.changed`; None when nothing is left of it, and the person was told.
    """
    by_hand = changes(incoming)
    if not by_hand:
        return base
    held = st.session_state.get(CHANGED)
    if held and held[0] is base and held[1] == by_hand:
        return cast(pipeline.Prepared, held[2])
    with reporting(page):
        found = adjusting.changed(base, by_hand)
        pipeline.must_hold_something(found)
        st.session_state[CHANGED] = base, by_hand, found
        return found
    return None


def finished(page: Page, incoming: Incoming, prepared: pipeline.Prepared) -> pipeline.Prepared | None:
    """Give a file with what the person changed its themes: to look at or to store; once for each change.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    prepared : Prepared
        See `changed`.

    Returns
    -------
    Prepared or None
        None when that failed, and the person was told.
    """
    if not changes(incoming):
        return prepared
    held = st.session_state.get(FINISHED)
    if held and held[0] is prepared:
        return cast(pipeline.Prepared, held[1])
    with reporting(page), Progress(page) as progress:
        found = adjusting.finish(prepared, engine=database(), progress=progress)
        st.session_state[FINISHED] = prepared, found
        return found
    return None
