"""What was answered: the ways to look at it, the figures of the clock, and one answer in a few lines or one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.i18n import day, number, percent
from feedback.replies.states import OPEN, Subject
from feedback.settings import settings
from feedback.ui import replies_data, url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View, chosen_filters
from feedback.ui.page import Page, escape
from feedback.ui.parts import one_of, tiles

PAGE = "pages/replies.py"
ANSWER = "antwoord"
COLOURS: dict[str, Any] = {OPEN: "gray", "study": "blue", "change": "violet", "stays": "orange", "done": "green"}


# On a telephone the ways to look stand in three columns, and no figure is cut.
_PHONE = """<style>@media (max-width: 640px) {
  .st-key-f_beeld, .st-key-f_beeld > div {width: 100% !important; max-width: none}
  .st-key-f_beeld [role=radiogroup] {display: grid; grid-template-columns: repeat(3, 1fr); gap: .25rem; width: 100% !important}
  .st-key-f_beeld button {border-width: 1px !important; border-radius: .5rem !important;
    padding: .25rem; margin: 0; width: 100%; height: 100%; white-space: normal}
  .st-key-f_beeld p {font-size: .875rem; line-height: 1.2; white-space: normal}
  .st-key-tiles .stMarkdownEllipsis :is(p, div), .st-key-tiles .stMarkdownEllipsis {white-space: normal; overflow: visible}
}</style>"""


def looks(page: Page) -> str:
    """Let the reader choose a look at the answers; in the address."""
    st.html(_PHONE)
    return one_of(page, "beeld", ("lijst", "klok", "waarom-niet", "geholpen", "u-zei"), "replies.look")


def strip(page: Page, view: View, table: pd.DataFrame) -> None:
    """Draw the figures of the clock: what is open, how quickly answers come, what went by.

    Parameters
    ----------
    page : Page
    view : View
    table : DataFrame
        See `clock.subjects`; what the view leaves of it.
    """
    t, lang = page.t, page.lang
    found = replies_data.figures(view)
    if found.empty:
        return
    figures = found.iloc[0]
    n, answered, late, overdue = (int(figures[name]) for name in ("n", "answered", "late", "overdue"))
    studied = int((table["state"] == "study").sum())
    days = settings().reply_days
    kept = table["kept"].dropna()
    boxes = (
        ("open", number(figures["waiting"], lang), t("replies.of", n=n, studied=studied)),
        ("answered", percent(answered / n, lang), t("replies.answered_n", n=answered)),
        ("median", number(figures["median"], lang), t("replies.promised", n=days)),
        ("oldest", number(figures["oldest"], lang), t("replies.late_n", n=late)),
        ("kept", f"{int(kept.sum())}", t("replies.kept_of", n=len(kept), overdue=overdue)),
    )
    with tiles():
        for name, value, line in boxes:
            st.metric(
                t(f"replies.tile_{name}"), value, delta=line, border=True, delta_color="off", delta_arrow="off",
                help=t(f"replies.tile_{name}_help", days=number(days, lang)),
            )  # fmt: skip


def felt_heard(page: Page, data: Snapshot) -> None:
    """Draw what the last room said to *voelt u zich gehoord?*, with the way to its report.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """
    found = replies_data.heard(data)
    if found is None:
        return
    t, lang = page.t, page.lang
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="replies_heard"):
        mean = number(found.mean, lang, 1)
        st.caption(
            f":material/hearing: {t('replies.felt_heard', n=found.n, high=found.high, mean=mean)}", width="content"
        )
        url.link(
            "pages/session_report.py",
            escape(f"{found.name}, {day(found.held_on, lang, short=True)}"),
            w=str(found.workshop_id),
        )


def nothing(page: Page, view: View, text: str, *, state: str | tuple[str, ...] | None = None) -> None:
    """Say why nothing is shown: the filters, by name and with a click that clears them, or what else.

    Parameters
    ----------
    page : Page
    view : View
    text : str
        Key of what to say where the whole panel has nothing either.
    state : str or tuple of str, optional
        What is looked for; default anything that is owed.
    """
    t = page.t
    whole = replies_data.subjects(view.snapshot)
    there = whole["owed"] if state is None else whole["state"].isin([state] if isinstance(state, str) else state)
    if view.selection == Selection() or not there.any():
        st.info(t(text))
        return
    st.info(t("replies.none_filtered", n=int(there.sum()), filters=escape(chosen_filters(page, view))))
    st.button(t("filters.clear"), key="replies.clear", on_click=url.clear, args=(url.FILTERS,))


def reopened(row: Any) -> bool:
    """Tell whether the panel opened a subject again that was done, and nobody answered since."""
    return bool(row["state"] == OPEN and pd.notna(row["reopened_on"]))


def beside(page: Page, data: Snapshot, subject: Subject) -> None:
    """Draw the answer that a theme or idea has, with its reason, and whether it came back since.

    Parameters
    ----------
    page : Page
    data : Snapshot
    subject : Subject
    """
    row = replies_data.row_of(data, replies_data.as_text(subject))
    if row is None or pd.isna(row["reply_id"]):
        return
    with st.container(border=True, gap="xxsmall", key="replies.beside"):
        answer_lines(page, row)


def answer_lines(page: Page, row: pd.Series) -> None:
    """Draw the answer that counts now: state, sentence, reason, owner and dates, and whether the subject comes back."""
    t, lang = page.t, page.lang
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(t(f"replies.state_{row['state']}"), color=COLOURS[row["state"]])
        for name, colour in (("overdue", row["overdue"]), ("reopened", reopened(row)), ("back", row["back"])):
            if colour:
                st.badge(t(f"replies.{name}"), color="red", help=t("replies.back_help") if name == "back" else None)
        if row["state"] == "done" and pd.notna(row["kept"]) and not row["kept"]:
            st.badge(t("replies.kept_late"), color="orange")
        facts = [t("replies.reopened_why", date=day(row["reopened_on"], lang))] if reopened(row) else []
        facts += [t(f"replies.date_{row['state']}", date=day(row["due_on"], lang))] if pd.notna(row["due_on"]) else []
        facts += [t("replies.reason_is", reason=t(f"replies.reason_{row['reason']}"))] if row["reason"] else []
        facts += [t("replies.owner_is", owner=row["owner"])] if row["owner"] else []
        st.caption(escape(" · ".join(facts)))
    if row["text"]:
        st.markdown(escape(row["text"]))
    if row["again"]:
        said = t("replies.again_n", n=int(row["again"]), date=day(row["answered_on"], lang))
        if row["back"]:
            counts = {name: int(row[name]) for name in ("n_after", "of_after", "n_before", "of_before")}
            said += " " + t("replies.back_n", date=day(row["back_since"], lang), **counts)
        st.caption(said)


def in_short(page: Page, data: Snapshot, subject: Subject) -> str:
    """Give the answer that a theme or idea has on one line, without names: what, when, why; "" where nothing was said.

    Parameters
    ----------
    page : Page
    data : Snapshot
    subject : Subject

    Returns
    -------
    str
        Not escaped.
    """
    row = replies_data.row_of(data, replies_data.as_text(subject))
    if row is None or pd.isna(row["reply_id"]):
        return ""
    t, lang = page.t, page.lang
    said = [t("replies.reopened" if reopened(row) else f"replies.state_{row['state']}")]
    said += [t(f"replies.reason_{row['reason']}")] if row["reason"] else []
    said += (
        [t(f"replies.date_{row['state']}", date=day(row["due_on"], lang, short=True))]
        if pd.notna(row["due_on"])
        else []
    )
    said += [t("replies.back")] if row["back"] else []
    return " · ".join(said) + (f": {row['text']}" if row["text"] else "")


def on_theme(page: Page, data: Snapshot, theme: str) -> str:
    """Give the answer that a theme has on one line, see `in_short`.

    Parameters
    ----------
    page : Page
    data : Snapshot
    theme : str
        Key.

    Returns
    -------
    str
        Not escaped.
    """
    ids = data.themes.loc[data.themes["theme"] == theme, "theme_id"]
    return in_short(page, data, Subject("theme", int(ids.iloc[0]))) if len(ids) else ""


def answer_button(page: Page, subject: Subject, key: str) -> None:
    """Draw the button that goes to the answer of a theme or idea."""
    if st.button(page.t("replies.answer"), key=key, icon=":material/reply:", help=page.t("replies.answer_help")):
        url.go(PAGE, **{ANSWER: replies_data.as_text(subject)})
