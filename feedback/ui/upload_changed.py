"""The rows of a later version that say something else now: what they said and what they say, with the difference marked."""

from __future__ import annotations

import datetime as dt
from difflib import SequenceMatcher

import streamlit as st

from feedback import pipeline
from feedback.i18n import day
from feedback.intake.rows import Difference
from feedback.ui.page import Page, escape
from feedback.ui.upload_lists import row_name

A_PAGE = 20
# Longer texts are set beside each other unmarked: comparing takes the square of their length.
MOST_WORDS = 600


def marked(before: str, after: str) -> tuple[str, str]:
    """Mark in two texts what the one has and the other has not.

    Parameters
    ----------
    before, after : str

    Returns
    -------
    before, after : str
        Markdown, all else in it inert: what went is struck through, what came is bold.
    """
    old, new = before.split(), after.split()
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        return escape(before), escape(after)
    was, now = [], []
    for what, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = escape(" ".join(old[start:end])), escape(" ".join(new[first:last]))
        was.append(gone if what == "equal" or not gone else f":red[~~{gone}~~]")
        now.append(came if what == "equal" or not came else f":green[**{came}**]")
    return " ".join(filter(None, was)), " ".join(filter(None, now))


def changed(page: Page, prepared: pipeline.Prepared) -> None:
    """List the rows of a later version that say something else now.

    Parameters
    ----------
    page : Page
    prepared : Prepared
        With `again`.
    """
    t, again = page.t, prepared.again
    assert again is not None
    rows = sorted(again.changed)
    st.caption(t("upload.changed_help"))
    pages = -(-len(rows) // A_PAGE)
    at = st.pagination(pages, key=f"upload.changed_page.{pages}") if pages > 1 else 1
    for row in rows[A_PAGE * (at - 1) : A_PAGE * at]:
        with st.container(border=True, gap="xsmall"):
            st.caption(escape(f"{row_name(page, prepared.taken.kind)} {row}"))
            for one in again.said[row]:
                _difference(page, one)


def _difference(page: Page, one: Difference) -> None:
    t = page.t
    if one.kind == "person":
        st.markdown(t("upload.changed_person"))
        return
    before, after = one.before, one.after
    if one.kind == "day":
        before, after = (day(dt.date.fromisoformat(text), page.lang) if text else "" for text in (before, after))
    question = one.question if one.kind == "cell" else t(f"upload.changed_{one.kind}")
    if question:
        st.markdown(f"**{escape(question)}**")
    was, now = marked(before, after)
    left, right = st.columns(2)
    for place, name, text in ((left, "before", was), (right, "now", now)):
        with place, st.container(gap="xxsmall"):
            st.caption(t(f"upload.changed_{name}"))
            st.markdown(text or t("upload.changed_nothing"))
