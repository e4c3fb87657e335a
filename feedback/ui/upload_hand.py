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
from feedback.ui.upload_source import ADJUSTED, HAND, Incoming


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


def adjusted(page: Page, incoming: Incoming, prepared: pipeline.Prepared) -> pipeline.Prepared | None:
    """Bring what the person changed into a file; once for each change.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    prepared : Prepared
        Without changes.

    Returns
    -------
    Prepared or None
        None when nothing is left of it, and the person was told.
    """
    by_hand = changes(incoming)
    if not by_hand:
        return prepared
    held = st.session_state.get(ADJUSTED)
    if held and held[0] is prepared and held[1] == by_hand:
        return cast(pipeline.Prepared, held[2])
    with reporting(page), Progress(page) as progress:
        found = adjusting.adjust(prepared, by_hand, engine=database(), progress=progress)
        pipeline.must_hold_something(found)
        st.session_state[ADJUSTED] = prepared, by_hand, found
        return found
    return None
