"""What was hidden, to put back what was no personal data (for this file only), and to hide more (for later files as well)."""

from __future__ import annotations

import zlib
from collections import Counter
from typing import cast

import pandas as pd
import streamlit as st

from feedback import pipeline
from feedback.i18n import number
from feedback.intake.by_hand import HIDDEN, ByHand, Secret, hide, mask_by_hand, secrets_in
from feedback.ui.page import Page, escape
from feedback.ui.upload_hand import change, changes
from feedback.ui.upload_lists import kind_name, row_name
from feedback.ui.upload_source import SECRETS, Incoming

# More than a person looks through; the most frequent come first.
MOST = 500
# What one letter hides is no name.
SHORTEST = 2
AROUND = 60


def masking(page: Page, incoming: Incoming, base: pipeline.Prepared, prepared: pipeline.Prepared) -> None:
    """Show what is hidden, by kind and one by one, to put back; ask what else is to be hidden.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    base, prepared : Prepared
        Before and after what the person changed.
    """
    t = page.t
    if prepared.masked:
        kinds = ", ".join(f"{kind_name(page, kind)} {number(n, page.lang)}×" for kind, n in prepared.masked.items())
        st.write(escape(t("upload.masked_kinds", kinds=kinds)))
    else:
        st.write(t("upload.masked_none"))
    _more(page, incoming, base)
    found = _secrets(base)
    if len(found):
        _list(page, incoming, base, found)


def _more(page: Page, incoming: Incoming, base: pipeline.Prepared) -> None:
    t, hidden = page.t, changes(incoming).hidden
    with st.form(f"upload.hide.{incoming.key}", clear_on_submit=True, border=False), \
         st.container(horizontal=True, vertical_alignment="bottom"):  # fmt: skip
        words = st.text_input(t("upload.hide"), key=f"upload.hide_words.{incoming.key}", max_chars=200,
                              placeholder=t("upload.hide_hint"))  # fmt: skip
        wanted = st.form_submit_button(t("upload.hide_do"), icon=":material/visibility_off:")
    words = " ".join((words or "").split())
    if wanted and len(words) >= SHORTEST:
        if any(hide(text, [words])[1] for text in base.notes["text"]):
            change(incoming, hidden=tuple(dict.fromkeys([*hidden, words])))
            st.rerun()
        st.warning(escape(t("upload.hide_nowhere", words=words)))
    for one in hidden:
        times = sum(hide(text, [one])[1] for text in base.notes["text"])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(t("upload.hide_done", words=one, n=times), width="content")
            st.button(
                t("upload.hide_back"), key=f"upload.hide_back.{incoming.key}.{zlib.crc32(one.encode())}", type="tertiary",
                icon=":material/undo:", on_click=_show_again, args=(incoming, one),
            )  # fmt: skip


def _show_again(incoming: Incoming, words: str) -> None:
    change(incoming, hidden=tuple(one for one in changes(incoming).hidden if one != words))


def _list(page: Page, incoming: Incoming, base: pipeline.Prepared, found: pd.DataFrame) -> None:
    t, by_hand, config = page.t, changes(incoming), st.column_config
    shown = by_hand.shown
    st.markdown(t("upload.masked_help"))
    open_too = st.toggle(t("upload.masked_open"), key="upload.masked_open")
    row = row_name(page, base.taken.kind)
    secrets: list[Secret] = list(zip(found["kind"], found["words"], strict=True))
    table = pd.DataFrame(
        {
            "back": [one in shown for one in secrets],
            "kind": [kind_name(page, kind) for kind in found["kind"]],
            "words": found["words"],
            "times": found["times"],
            "row": found["row"],
            "around": [
                _around(base, at, start, by_hand) for at, start in zip(found["at"], found["start"], strict=True)
            ],
        }
    )
    edited = st.data_editor(
        table.head(MOST), key=f"upload.secrets.{incoming.key}.{zlib.crc32(repr(secrets).encode())}", hide_index=True,
        width="stretch", height=min(38 + 35 * len(table), 458), disabled=("kind", "words", "times", "row", "around"),
        column_order=["back", "kind", *(["words"] if open_too else []), "times", "row", "around"],
        column_config={
            "back": config.CheckboxColumn(t("upload.masked_back"), width="small"),
            "kind": config.TextColumn(t("upload.masked_kind"), width="small"),
            "words": config.TextColumn(t("upload.masked_words"), width="medium"),
            "times": config.NumberColumn(t("upload.masked_times"), width=60),
            "row": config.NumberColumn(row, width=60),
            "around": config.TextColumn(t("upload.masked_around"), width="large"),
        },
    )  # fmt: skip
    ticked = frozenset(one for one, back in zip(secrets, edited["back"], strict=False) if back)
    if ticked != shown & set(secrets[:MOST]):
        change(incoming, shown=(shown - set(secrets[:MOST])) | ticked)
        st.rerun()


def _secrets(base: pipeline.Prepared) -> pd.DataFrame:
    """Give what was hidden, most frequent first: kind, words, times, and where it stands first."""
    held = st.session_state.get(SECRETS)
    if held and held[0] is base:
        return cast(pd.DataFrame, held[1])
    times: Counter[Secret] = Counter()
    first: dict[Secret, tuple[int, int, int]] = {}
    for at, (note, masked) in enumerate(zip(base.taken.notes, base.notes["text"], strict=True)):
        if "[" in masked and note.text != masked:
            for start, secret in secrets_in(note.text, masked):
                # What an earlier person hid for good is hidden again when the file is stored, whatever is ticked here.
                if secret[0] != HIDDEN:
                    times[secret] += 1
                    first.setdefault(secret, (note.row, at, start))
    found = pd.DataFrame(
        [(*secret, n, *first[secret]) for secret, n in times.most_common()],
        columns=["kind", "words", "times", "row", "at", "start"],
    )
    st.session_state[SECRETS] = base, found
    return found


def _around(base: pipeline.Prepared, at: int, start: int, by_hand: ByHand) -> str:
    """Cut what stands around a placeholder out of a note, as it will be stored."""
    raw, masked = base.taken.notes[at].text, str(base.notes["text"].iat[at])
    back = [(place, one) for place, one in secrets_in(raw, masked) if one in by_hand.shown and place < start]
    start += sum(len(words) - len(kind) - 2 for _, (kind, words) in back)
    text, _ = mask_by_hand(raw, masked, ByHand(shown=by_hand.shown))
    return hide(_cut_out(text, start), by_hand.hidden)[0]


def _cut_out(text: str, start: int) -> str:
    begin, end = max(0, start - AROUND), start + AROUND + len(HIDDEN)
    return f"{'…' if begin else ''}{' '.join(text[begin:end].split())}{'…' if end < len(text) else ''}"
