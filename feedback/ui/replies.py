"""What was answered: the figures of the clock, the list, and one answer in a line."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import MISSING, day, number, percent
from feedback.replies.states import OPEN, Subject
from feedback.settings import settings
from feedback.store.tables import REPLY_KINDS
from feedback.ui import replies_data, url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads, tiles

PAGE = "pages/replies.py"
ANSWER, STATE, OWNER, TURN = "antwoord", "stand", "eigenaar", "replies.turn"
STATES = (OPEN, *REPLY_KINDS)
LATE = "late"
TALL = 72  # pixels: from about two rows on, Streamlit wraps a text
ON_SCREEN = (
    "replies.subject", "replies.state", "replies.date", "replies.days", "columns.people", "remarks.area", "replies.owner",
)  # fmt: skip
COLOURS: dict[str, Any] = {OPEN: "gray", "study": "blue", "change": "violet", "stays": "orange", "done": "green"}


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
    figures: Any = found.iloc[0] if len(found) else pd.Series(dtype=float)
    n, answered = int(figures.get("n", 0)), int(figures.get("answered", 0))
    days = settings().reply_days
    median, oldest = figures.get("median", float("nan")), figures.get("oldest", float("nan"))
    kept = table.loc[table["state"] == "done", "kept"].dropna()
    boxes = (
        ("open", number(n - answered, lang), t("replies.of", n=n)),
        ("answered", percent(answered / n if n else None, lang), t("replies.answered_n", n=answered)),
        ("median", number(median, lang), t("replies.promised", n=days)),
        ("oldest", number(oldest, lang), t("replies.late_n", n=int(figures.get("late", 0)))),
        ("kept", f"{int(kept.sum())}", t("replies.kept_of", n=len(kept), overdue=int(figures.get("overdue", 0)))),
    )
    with tiles():
        for name, value, line in boxes:
            st.metric(
                t(f"replies.tile_{name}"), value, delta=line, border=True, delta_color="off", delta_arrow="off",
                help=t(f"replies.tile_{name}_help", days=number(days, lang)),
            )  # fmt: skip


def narrowed(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Let the reader choose state and owner, in the address, and give what is left.

    Parameters
    ----------
    page : Page
    table : DataFrame
        See `clock.subjects`.

    Returns
    -------
    DataFrame
    """
    t = page.t
    masks = {state: table["state"] == state for state in STATES} | {
        LATE: (table["late"] & table["state"].isin([OPEN, "study"])) | table["overdue"]
    }
    owners = sorted({owner for owner in table["owner"] if owner}, key=str.casefold)
    state_key, owner_key = url.widget_key(STATE), url.widget_key(OWNER)
    st.session_state.setdefault(state_key, [one for one in url.get_list(STATE) if one in masks])
    st.session_state.setdefault(owner_key, url.get(OWNER) if url.get(OWNER) in owners else None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        wanted = st.pills(
            t("replies.state"), list(masks), key=state_key, selection_mode="multi", label_visibility="collapsed",
            format_func=lambda one: f"{t(f'replies.state_{one}')} ({masks[one].sum()})", wrap=True,
        )  # fmt: skip
        owner = st.selectbox(
            t("replies.owner"), owners, index=None, key=owner_key, placeholder=t("replies.all_owners"),
            label_visibility="collapsed", width=220,
        )  # fmt: skip
    url.put(STATE, wanted)
    url.put(OWNER, owner)
    if wanted:
        keep = pd.Series(False, index=table.index)
        for one in wanted:
            keep |= masks[one]
        table = table[keep]
    return table[table["owner"] == owner] if owner else table


def listing(page: Page, data: Snapshot, table: pd.DataFrame, dated: str = "replies.date") -> pd.DataFrame:
    """Give subjects as a table for people; columns named in the reader's language.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `clock.subjects`.
    dated : str
        Key of the name of the column with the date of the answer.

    Returns
    -------
    DataFrame
    """
    t = page.t
    return pd.DataFrame(
        {
            t("replies.subject"): table[f"name_{page.lang}"],
            t("replies.state"): [state_text(page, row) for row in table.to_dict("records")],
            t(dated): table["due_on"],
            t("replies.days"): table["days"],
            t("columns.people"): table["people"],
            t("columns.remarks"): table["remarks"],
            t("remarks.area"): table["area"].astype(object).map(data.area_names(page.lang)),
            t("replies.owner"): table["owner"],
            t("replies.kind"): table["kind"].map(lambda kind: t(f"replies.kind_{kind}")),
            t("replies.since"): table["since"],
            t("replies.answered_on"): table["answered_on"],
            t("replies.reason"): table["reason"].map(lambda reason: t(f"replies.reason_{reason}") if reason else ""),
            t("replies.text"): table["text"],
            t("replies.again"): table["again"],
        }
    )


def state_text(page: Page, row: Any) -> str:
    """Write where an answer stands, and whether its day went by."""
    text = page.t(f"replies.state_{row['state']}")
    if row["overdue"]:
        return f"{text} · {page.t('replies.overdue')}"
    return f"{text} · {page.t('replies.too_late')}" if row["late"] and row["state"] in (OPEN, "study") else text


def table_of(
    page: Page,
    data: Snapshot,
    table: pd.DataFrame,
    *,
    columns: tuple[str, ...],
    name: str,
    width: int = 300,
    dated: str = "replies.date",
) -> None:
    """Draw subjects as a table; a click opens one.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `clock.subjects`.
    columns : tuple of str
        Keys of the columns of `listing` on the screen; the download has all.
    name : str
        Of the download.
    width : int
        Of the first column, in pixels.
    dated : str
        See `listing`.
    """
    t = page.t
    shown = listing(page, data, table, dated)
    turn = st.session_state.get(TURN, 0)
    dates = (dated, "replies.since", "replies.answered_on")
    config: dict[str, Any] = {t(key): st.column_config.DateColumn(format="D-M-YYYY") for key in dates}
    config[t("replies.subject")] = st.column_config.TextColumn(width=width)
    config[t("replies.text")] = st.column_config.TextColumn(width=360)
    event: Any = st.dataframe(
        shown, key=f"replies.{name}.{turn}", hide_index=True, column_order=[t(key) for key in columns],
        column_config=config, row_height=TALL if "replies.text" in columns else None,
        on_select="rerun", selection_mode="single-row", alt=t("replies.title"), placeholder=MISSING,
    )  # fmt: skip
    under, beside = st.columns([5, 1])
    under.caption(t("replies.table_hint"))
    with beside:
        downloads(page, name, lambda: listing(page, data, table, dated))
    if event["selection"]["rows"]:
        # A new table next time, without the selection: what was closed stays closed.
        st.session_state[TURN] = turn + 1
        row = table.iloc[event["selection"]["rows"][0]]
        url.put(ANSWER, replies_data.as_text(Subject(row["kind"], int(row["id"]))))


def beside(page: Page, data: Snapshot, subject: Subject) -> None:
    """Draw the answer that a theme or idea has, with its reason, and whether it came back since.

    Parameters
    ----------
    page : Page
    data : Snapshot
    subject : Subject
    """
    row = replies_data.row_of(data, replies_data.as_text(subject))
    if row is None or row["state"] == OPEN:
        return
    with st.container(border=True, gap="xxsmall", key="replies.beside"):
        answer_lines(page, row)


def answer_lines(page: Page, row: pd.Series) -> None:
    """Draw the answer that counts now: state, sentence, reason, owner and dates."""
    t, lang = page.t, page.lang
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(t(f"replies.state_{row['state']}"), color=COLOURS[row["state"]])
        if row["overdue"]:
            st.badge(t("replies.overdue"), color="red")
        facts = [t(f"replies.date_{row['state']}", date=day(row["due_on"], lang))] if pd.notna(row["due_on"]) else []
        facts += [t("replies.reason_is", reason=t(f"replies.reason_{row['reason']}"))] if row["reason"] else []
        facts += [t("replies.owner_is", owner=row["owner"])] if row["owner"] else []
        st.caption(escape(" · ".join(facts)))
    if row["text"]:
        st.markdown(escape(row["text"]))
    if row["again"]:
        st.caption(t("replies.again_n", n=int(row["again"]), date=day(row["answered_on"], lang)))


def answer_button(page: Page, subject: Subject, key: str) -> None:
    """Draw the button that goes to the answer of a theme or idea."""
    if st.button(page.t("replies.answer"), key=key, icon=":material/reply:", help=page.t("replies.answer_help")):
        url.go(PAGE, **{ANSWER: replies_data.as_text(subject)})
