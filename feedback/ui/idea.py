"""One savings idea over the page: what it brings, whom it hits, the words that carry it, the acts on it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.i18n import MISSING, day, euro, number
from feedback.replies.states import Subject
from feedback.savings import ideas, linking, rows, undoing
from feedback.savings.impact import by_organisation
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.ui import replies, replies_data, savings_alike, savings_felt, savings_lost, url
from feedback.ui.data import Snapshot, act, database
from feedback.ui.idea_form import EDITING, idea_form, linked_ideas
from feedback.ui.page import Page, escape
from feedback.ui.remarks import remark_cards

IDEA = "idee"
FOUND = 5


def leave() -> None:
    """Forget which idea was open, and what was typed about it."""
    url.put(IDEA, None)
    for key in [key for key in st.session_state if key == EDITING or str(key).startswith("idea.")]:
        del st.session_state[key]


def start_editing(idea: Any) -> None:
    """Open the form of an idea, and remember what somebody saw when they began."""
    leave()
    st.session_state[EDITING] = {"idea_id": int(idea.idea_id), "version": int(idea.version)}
    url.put(IDEA, str(idea.idea_id))


def show_again(idea_id: int | None) -> None:
    """Draw the page again with an idea open: the one that is left after a merge; not when an act failed."""
    if idea_id is not None:
        leave()
        url.put(IDEA, str(idea_id))
        st.rerun()


def euros(page: Page, idea: Any) -> str:
    """Write what an idea brings a year: an amount, a range or unknown."""
    low, high = euro(idea.eur_low, page.lang), euro(idea.eur_high, page.lang)
    if low == high == MISSING:
        return page.t("savings.eur_unknown")
    return low if low == high else f"{low} – {high}"


def pain_text(page: Page, idea: Any) -> str:
    """Write the pain of an idea: a figure, at least a figure, or unknown."""
    if pd.isna(idea.pain):
        return page.t("savings.unknown_yet")
    figure = number(idea.pain, page.lang)
    if idea.derived:
        figure = page.t("savings.derived_about", figure=figure)
    return page.t("savings.at_least", figure=figure) if idea.unknown else figure


def idea_dialog(page: Page, data: Snapshot, idea: Any) -> None:
    """Open an idea.

    Parameters
    ----------
    page : Page
    data : Snapshot
    idea : namedtuple
        A row of `ui.savings.all_ideas`.
    """
    t, curating = page.t, page.user.may("coordinator")
    carried = data.evidence.loc[data.evidence["idea_id"] == idea.idea_id, "remark_id"]

    @st.dialog(escape(idea.title), width="large", on_dismiss=leave)
    def show() -> None:
        if curating and st.session_state.get(EDITING, {}).get("idea_id") == idea.idea_id:
            show_again(idea_form(page, data, idea))
            return
        if curating:
            _acts(page, data, idea)
        _facts(page, data, idea)
        _decided(page, data, idea)
        savings_lost.beside(page, data, int(idea.idea_id))
        replies.beside(page, data, Subject("idea", int(idea.idea_id)))
        st.markdown(f"**{t('savings.whom')}**")
        _whom(page, data, int(idea.idea_id))
        st.markdown(f"**{t('savings.evidence')}**")
        if carried.empty:
            st.caption(t("savings.no_evidence"))
        else:
            said = data.remarks[data.remarks["remark_id"].isin(carried)]
            remark_cards(page, data, said, f"idea.remarks.{idea.idea_id}")
        if curating:
            _link(page, data, idea, carried)
            show_again(savings_alike.beside(page, data, int(idea.idea_id)))

    show()


def add_dialog(page: Page, data: Snapshot) -> None:
    """Open an empty form for an idea of one's own.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """

    @st.dialog(page.t("savings.add"), width="large", on_dismiss=leave)
    def show() -> None:
        show_again(idea_form(page, data, None))

    show()


def _facts(page: Page, data: Snapshot, idea: Any) -> None:
    t = page.t
    if idea.description:
        st.text(idea.description)
    with st.container(horizontal=True):
        st.metric(t("savings.eur"), euros(page, idea), border=True)
        st.metric(t("savings.pain"), pain_text(page, idea), border=True, help=t("savings.pain_how"))
        st.metric(t("savings.one_off"), euro(idea.one_off_cost, page.lang), border=True)
        effort = t("savings.effort_of", effort=int(idea.effort)) if pd.notna(idea.effort) else MISSING
        st.metric(t("savings.effort"), effort, border=True, help=t("savings.effort_how"))
    facts = [t(f"savings.quadrant_{idea.quadrant}"), t(f"savings.status_{idea.own_status}")]
    facts += [data.area_names(page.lang).get(idea.area, ""), idea.owner]
    st.caption(escape(" · ".join(fact for fact in facts if fact)))
    if idea.status != idea.own_status:
        st.caption(t("savings.closed_by_answer"))
    titles = dict(zip(data.ideas["idea_id"], data.ideas["title"], strict=True))
    for kind, others in linked_ideas(data, int(idea.idea_id)).items():
        if others:
            named = "; ".join(titles[other] for other in sorted(others))
            st.caption(escape(f"{t(f'savings.{kind}')}: {named}"))


def _decided(page: Page, data: Snapshot, idea: Any) -> None:
    """Draw what was agreed, what came of it, and what customers felt since."""
    t, lang = page.t, page.lang
    book = savings_felt.whole_book(data)
    row: Any = next(book[book["idea_id"] == idea.idea_id].itertuples(), None)
    if row is None:
        return
    with st.container(horizontal=True):
        st.metric(t("savings.eur_agreed"), euro(row.eur_agreed, lang), border=True)
        st.metric(t("savings.eur_realised"), euro(row.eur_realised, lang), border=True)
        st.metric(t("savings.taken_on"), day(row.taken_on, lang, short=True), border=True)
        st.metric(t("savings.felt"), savings_felt.verdict_text(page, row), border=True, help=t("savings.felt_how"))
    for line in savings_felt.figures_text(page, row):
        st.caption(line)


def _whom(page: Page, data: Snapshot, idea_id: int) -> None:
    t, lang = page.t, page.lang
    table = by_organisation(idea_id, data.impacts, data.organisations)
    if table.empty:
        st.caption(t("savings.no_organisations"))
        return

    def told(values: pd.Series, write: Any) -> list[str]:
        return [t("savings.unknown_yet") if pd.isna(value) else write(value) for value in values]

    readable = {
        t("remarks.organisation"): table["organisation"],
        t("savings.clients_of"): told(table["clients"], lambda n: number(int(n), lang)),
        t("savings.impact"): told(table["impact"], lambda impact: f"{impact:+g}" if impact else "0"),
        t("savings.pain"): told(table["pain"], lambda pain: number(pain, lang)),
        t("savings.source"): [_source(page, key, n) for key, n in zip(table["source"], table["people"], strict=True)],
    }
    st.dataframe(pd.DataFrame(readable), hide_index=True, width="stretch", alt=t("savings.whom"))
    if table["people"].notna().any():
        st.caption(t("savings.derived_how", threshold=settings().group_threshold))


def _source(page: Page, key: Any, people: Any) -> str:
    if pd.isna(key):
        return ""
    return page.t(f"savings.source_{key}") if pd.isna(people) else page.t("savings.derived_of", n=int(people))


def _acts(page: Page, data: Snapshot, idea: Any) -> None:
    t, idea_id = page.t, int(idea.idea_id)
    with reading(database()) as session:
        undoable = undoing.can_undo(idea_id, session=session)
    with st.container(horizontal=True, gap="small"):
        icon = ":material/edit:"
        st.button(t("savings.edit"), key="idea.edit", icon=icon, on_click=start_editing, args=(idea,))
        possible = {"confirm": idea.own_status == "spotted", "refuse": idea.own_status != "refused", "undo": undoable}
        if possible["confirm"] and st.button(t("savings.confirm"), key="idea.confirm", icon=":material/check:"):
            show_again(act(page, ideas.confirm, idea_id))
        if possible["refuse"] and st.button(t("savings.refuse"), key="idea.refuse", icon=":material/close:"):
            show_again(act(page, ideas.refuse, idea_id))
        replies.answer_button(page, Subject("idea", idea_id), "idea.answer")
        if possible["undo"] and st.button(t("savings.undo"), key="idea.undo", icon=":material/undo:"):
            show_again(act(page, undoing.undo, idea_id, seen_version=int(idea.version)))
        _merge(page, data, idea_id)
    if idea.own_status == "refused":
        row = replies_data.row_of(data, replies_data.as_text(Subject("idea", idea_id)))
        if row is not None and row["waiting"]:
            told = t("savings.reason_owed", button=t("replies.answer"), way=t("replies.say_stays"))
            st.warning(told, icon=":material/reply:")


def _merge(page: Page, data: Snapshot, idea_id: int) -> None:
    t = page.t
    with st.popover(
        t("savings.merge"), type="tertiary", icon=":material/merge:", key="idea.merge", on_change="rerun"
    ) as box:
        if not box.open:
            return
        titles = dict(zip(data.ideas["idea_id"], data.ideas["title"], strict=True))
        titles.pop(idea_id, None)
        target = st.selectbox(
            t("savings.merge_into"), list(titles), index=None, key="idea.target",
            format_func=titles.__getitem__, placeholder=t("savings.choose"),
        )  # fmt: skip
        st.caption(t("savings.merge_how"))
        if st.button(t("savings.merge"), key="idea.merge_now", type="primary") and target is not None:
            show_again(act(page, linking.merge, idea_id, int(target)))


def _link(page: Page, data: Snapshot, idea: Any, carried: pd.Series) -> None:
    """Search remarks that say the same, to carry the idea too."""
    t = page.t
    with st.expander(t("savings.link"), icon=":material/add_link:", key="idea.link"):
        words = st.text_input(
            t("filters.search"), key="idea.search", type="search", placeholder=t("filters.search_hint")
        )
        if not words.strip():
            return
        found = Selection(search=words).apply(data.remarks)
        found = found[~found["remark_id"].isin(carried)]
        found = found.sort_values(["is_saving", "remark_id"], ascending=False)
        st.caption(t("remarks.count", n=len(found)))
        for remark_id, text in zip(found["remark_id"][:FOUND], found["text"][:FOUND], strict=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(escape(rows.shorten(text, 200)))
                if st.button(t("savings.link_this"), key=f"idea.link.{remark_id}", width="content"):
                    show_again(act(page, linking.link, int(idea.idea_id), [int(remark_id)]))
