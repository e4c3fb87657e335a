"""The remarks beside the text that they were cut from: to join, split, drop and edit before they are stored."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import streamlit as st

from feedback import pipeline
from feedback.adjusting import apart, key_of
from feedback.intake.by_hand import Key, as_lines, from_lines
from feedback.text.masking import mask
from feedback.text.names import names_of
from feedback.text.tokens import fold
from feedback.ui.page import Page, escape
from feedback.ui.upload_hand import changes, cut_as
from feedback.ui.upload_lists import row_name
from feedback.ui.upload_source import PIECES, Incoming

A_PAGE = 12
FILTERS = ("all", "several", "changed")


@dataclass(frozen=True)
class Piece:
    """A note, or what was kept apart, with the remarks of it; masked."""

    key: Key
    heading: str
    text: str
    remarks: tuple[str, ...]
    kind: str = "remark"


def cutting(page: Page, incoming: Incoming, base: pipeline.Prepared, prepared: pipeline.Prepared) -> None:
    """Show the notes of a file with their remarks, a line each, to change.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    base, prepared : Prepared
        Before and after what the person changed.
    """
    t, by_hand = page.t, changes(incoming)
    st.markdown(t("upload.cut_help"))
    filters, words = st.columns([3, 2], vertical_alignment="bottom")
    chosen = filters.segmented_control(
        t("upload.cut_show"), FILTERS, key="upload.cut_show", required=True, default="all",
        format_func=lambda name: t(f"upload.cut_{name}"), label_visibility="collapsed",
    )  # fmt: skip
    query = fold(words.text_input(t("upload.cut_find"), key="upload.cut_find", placeholder=t("upload.cut_find"),
                                  label_visibility="collapsed") or "")  # fmt: skip
    found = [
        piece
        for piece in _pieces(base, prepared)
        if (chosen != "several" or len(piece.remarks) > 1)
        and (chosen != "changed" or piece.key in by_hand.cut)
        and (not query or query in fold(piece.text))
    ]
    if not found:
        st.caption(t("upload.cut_nothing"))
        return
    pages = -(-len(found) // A_PAGE)
    at = st.pagination(pages, key=f"upload.cut_page.{pages}") if pages > 1 else 1
    for piece in found[A_PAGE * (at - 1) : A_PAGE * at]:
        _piece(page, incoming, piece, by_hand.cut.get(piece.key), table=base.taken.kind == "table")


def _piece(page: Page, incoming: Incoming, piece: Piece, said: tuple[str, ...] | None, *, table: bool) -> None:
    t = page.t
    shown = as_lines(piece.remarks)
    # Another text makes it another widget, or it would go on showing the old one.
    name = f"{incoming.key}.{zlib.crc32(repr((piece.key, shown, said)).encode())}"
    with st.container(border=True, gap="xsmall"):
        about = [f"{row_name(page, 'table' if table else 'notes')} {piece.key[0]}"]
        about += [
            one for one in (piece.heading, t(f"upload.kind_of_{piece.kind}") if piece.kind != "remark" else "") if one
        ]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(escape(" · ".join(about)), width="stretch")
            if said is not None:
                st.badge(t("upload.cut_is_changed"), color="blue")
                st.button(t("upload.cut_back"), key=f"upload.cut_back.{name}", type="tertiary", icon=":material/undo:",
                          on_click=cut_as, args=(incoming, piece.key, None))  # fmt: skip
        left, right = st.columns(2)
        left.text(piece.text)
        widget = f"upload.cut.{name}"
        left_out = "upload.cut_dropped" if said == () or piece.kind == "remark" else "upload.cut_apart"
        right.text_area(
            t("upload.cut_label", row=piece.key[0]), shown, key=widget, label_visibility="collapsed", height="content",
            placeholder=t(left_out), on_change=_edited, args=(incoming, piece, widget),
        )  # fmt: skip


def _edited(incoming: Incoming, piece: Piece, widget: str) -> None:
    lines = from_lines(st.session_state[widget] or "")
    if lines != piece.remarks:
        # What was kept apart stays so when nothing is written beside it.
        cut_as(incoming, piece.key, None if not lines and piece.kind != "remark" else lines)


def _pieces(base: pipeline.Prepared, prepared: pipeline.Prepared) -> list[Piece]:
    """Give every note of a file in its order, with the remarks that it has now; once for each change."""
    held = st.session_state.get(PIECES)
    if held and held[0] is base and held[1] is prepared:
        return cast(list[Piece], held[2])
    now: dict[Key, tuple[str, list[str]]] = {}
    notes = prepared.notes
    texts = _by_note(prepared.remarks)
    for at, (note, masked) in enumerate(zip(prepared.taken.notes, notes["text"], strict=True)):
        now[key_of(note)] = masked, texts.get(at, [])
    found = []
    for note, text, heading, empty in zip(
        base.taken.notes, base.notes["text"], base.notes["question"], base.notes["is_empty"], strict=True
    ):
        key = key_of(note)
        masked, remarks = now.get(key, (text, []))
        if not empty or remarks:
            found.append(Piece(key, heading or "", masked, tuple(remarks)))
    people = names_of(base.taken.people)
    for note, kind in zip(apart(base), _kinds(base), strict=True):
        masked, remarks = now.get(key_of(note), (mask(note.text, people).text, []))
        found.append(Piece(key_of(note), mask(note.question, people).text, masked, tuple(remarks), kind))
    found.sort(key=lambda piece: piece.key[0])
    st.session_state[PIECES] = base, prepared, found
    return found


def _kinds(base: pipeline.Prepared) -> list[str]:
    document = base.source.document
    return [one.kind for one in document.paragraphs if one.kind != "remark"] if document else []


def _by_note(remarks: pd.DataFrame) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for note, text in zip(remarks["note"], remarks["text"], strict=True):
        found.setdefault(note, []).append(text)
    return found
