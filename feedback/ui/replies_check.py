"""What is told of an answer while it is typed: whether customers can read it, and what masking hides in it."""

from __future__ import annotations

import datetime as dt
from zlib import crc32

import streamlit as st

from feedback.replies import plain
from feedback.replies.covering import cover
from feedback.ui.page import Page, escape


def check(page: Page, text: str, due_on: dt.date | None, *, promise: bool) -> None:
    """Tell what a customer will stumble over, with what to write instead.

    Parameters
    ----------
    page : Page
    text : str
        As far as it was typed; of nothing nothing is told.
    due_on : date or None
        Of the form.
    promise : bool
        Whether it must be said who does what.
    """
    t = page.t
    if not text.strip():
        return
    found = plain.read(text, due_on, promise=promise)
    if found.fine:
        st.caption(f":material/check_circle: {t('replies.plain_fine', n=found.words)}")
        return
    told = [t("replies.plain_word", word=escape(one.word), simpler=escape(one.simpler)) for one in found.difficult]
    told += [
        t("replies.plain_long_sentence", limit=plain.LONGEST_SENTENCE, start=escape(" ".join(one.split()[:5])))
        for one in found.long_sentences
    ]
    told += [t("replies.plain_passive", words=escape(words)) for words in found.passives]
    told += [t("replies.plain_capitals", word=escape(word)) for word in found.abbreviations]
    told += [t("replies.plain_other_day", day=escape(one)) for one in found.other_days]
    flags = {"short": found.short, "long": found.long, "dated": not found.dated}
    flags["promises" if found.speaks else "speaks"] = not (found.speaks and found.promises)
    told += [t(f"replies.plain_{name}", n=found.words) for name, wrong in flags.items() if wrong]
    st.caption("\n".join([f":material/edit_note: **{t('replies.plain')}**", *(f"- {line}" for line in told)]))


def personal(page: Page, key: str, text: str, owner: str, stands: str) -> tuple[list[str], bool]:
    """Show what is hidden in an answer, and let a person keep what they mean to say.

    Parameters
    ----------
    page : Page
    key : str
        Of the form, for its widgets.
    text, owner : str
        As typed.
    stands : str
        The answer that counts now: what it keeps is kept to begin with.

    Returns
    -------
    tuple of (list of str, bool)
        What is kept, and whether the person saw before this run what is stored: who types and saves at once did not.
    """
    t, marker = page.t, f"{key}.looked"
    doubtful = cover(text, owner=owner).doubtful
    if not doubtful:
        st.session_state.pop(marker, None)
        return [], True
    # Other words are another question.
    asked = f"{key}.keep.{crc32('|'.join(doubtful).encode())}"
    with st.container(border=True, gap="xsmall"):
        kept = st.pills(
            t("replies.keep"), doubtful, key=asked, selection_mode="multi", format_func=escape, help=t("replies.keep_help"),
            default=[words for words in doubtful if words in stands],
        )  # fmt: skip
        covered = cover(text, owner=owner, keep=kept)
        if covered.hidden:
            st.caption(f":material/visibility_off: {t('replies.stored_as')} {escape(covered.text)}")
    looked = not covered.hidden or st.session_state.get(marker) == covered.text
    st.session_state[marker] = covered.text
    return kept, looked
