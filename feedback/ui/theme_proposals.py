"""What a fresh look at the themes proposes, each with its reason; a coordinator takes it over or declines."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from feedback.store.engine import reading
from feedback.themes import deciding
from feedback.themes.proposals import Proposal, propose
from feedback.themes.stored import stored_codebook
from feedback.ui.data import Snapshot, act, database
from feedback.ui.page import Page, escape
from feedback.ui.theme_acts import PROPOSED, done, fresh_key
from feedback.ui.theme_rows import is_unplaced

# The URL value of the screen; a theme's key never looks so.
PROPOSALS = "voorstellen"
# Remarks shown of each proposal; the others behind a click.
FIRST = 4


def draw(page: Page, data: Snapshot, *, filtered: bool) -> None:
    """Draw the proposals, computed when a person comes here and kept while they go through them.

    Parameters
    ----------
    page : Page
    data : Snapshot
    filtered : bool
        Whether the reader chose filters: proposals are about all remarks, and say so.
    """
    t, names = page.t, data.theme_names(page.lang)
    st.caption(t("themes.page.proposals_help"))
    if filtered:
        st.caption(t("themes.page.proposals_whole"))
    if PROPOSED not in st.session_state:
        with st.spinner(t("themes.page.proposals_busy")):
            st.session_state[PROPOSED] = _look(data)
    texts = data.remarks.set_index("remark_id")["text"]
    left = [one for one in st.session_state[PROPOSED] if _still(one, names, texts)]
    if not left:
        weak = int(is_unplaced(data.remarks).sum())
        if weak:
            st.info(t("themes.page.proposals_none_weak", n=weak))
        else:
            st.success(t("themes.page.proposals_none"))
    for at, proposal in enumerate(left):
        _card(page, proposal, texts, names, at)
    with reading(database()) as session:
        no = len(deciding.declined(session=session))
    with st.container(horizontal=True, gap="small"):
        st.button(
            t("themes.page.proposals_again"), key="themes.proposals_again", icon=":material/refresh:", on_click=forget
        )
        if no and st.button(
            t("themes.page.proposals_declined", n=no), key=fresh_key("proposals_declined"), icon=":material/undo:"
        ):  # fmt: skip
            forget()
            if act(page, deciding.offer_again):
                done(t("themes.page.proposals_offered"), None)


def forget() -> None:
    """Look afresh the next time; for a callback."""
    st.session_state.pop(PROPOSED, None)


def _look(data: Snapshot) -> list[Proposal]:
    with reading(database()) as session:
        book = stored_codebook(session=session)
        sleeping = set(data.themes.loc[data.themes["status"] == "dormant", "theme"])
        return deciding.wanted(propose(data.remarks, book, sleeping), session=session)


def _still(proposal: Proposal, names: Mapping[str, str], texts: pd.Series) -> bool:
    """Tell whether nobody took its themes or remarks away meanwhile."""
    return {proposal.theme, proposal.source} <= {*names, ""} and all(at in texts.index for at in proposal.remarks)


def _card(page: Page, proposal: Proposal, texts: pd.Series, names: Mapping[str, str], at: int) -> None:
    t, n = page.t, len(proposal.remarks)
    key = f"{proposal.kind}.{at}"
    told = t(
        f"themes.page.propose_{proposal.kind}", n=n, theme=names.get(proposal.theme, ""),
        source=names.get(proposal.source, ""),
    )  # fmt: skip
    with st.container(border=True, gap="small"):
        st.markdown(f"**{escape(told)}**")
        if proposal.words:
            st.caption(escape(t("themes.page.propose_words", words=", ".join(proposal.words))))
        shown = [str(texts[remark]) for remark in proposal.remarks]
        for text in shown[:FIRST]:
            st.text(f"– {text}")
        if shown[FIRST:]:
            with st.expander(t("themes.page.propose_more", n=n - FIRST)):
                for text in shown[FIRST:]:
                    st.text(f"– {text}")
        name = ""
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            if proposal.label:
                name = st.text_input(
                    t("themes.page.split_name"),
                    proposal.label,
                    max_chars=200,
                    key=fresh_key(f"propose_name.{key}"),
                    width=320,
                )
            if st.button(
                t(f"themes.page.propose_do_{proposal.kind}"), key=fresh_key(f"propose_do.{key}"), type="primary"
            ):
                events = act(page, deciding.take_over, proposal, name)
                if events is not None:
                    _drop(proposal)
                    done(t("themes.page.propose_done"), events)
            if st.button(t("themes.page.propose_decline"), key=fresh_key(f"propose_no.{key}")) and act(
                page, deciding.decline, proposal
            ):
                _drop(proposal)
                done(t("themes.page.propose_declined"), None)


def _drop(proposal: Proposal) -> None:
    st.session_state[PROPOSED] = [one for one in st.session_state[PROPOSED] if one is not proposal]
