"""The codebook as a file: exporting it, and importing one after a look at what it would change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from feedback.files import read_codebook
from feedback.i18n import MISSING, Language, day, number
from feedback.reports import tables
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.themes import curation, exchange
from feedback.themes.codebook_plan import Change, Plan
from feedback.themes.codebook_table import LISTS
from feedback.ui import theme_acts
from feedback.ui.data import Snapshot, act, database
from feedback.ui.page import Page, escape, reporting, who
from feedback.ui.parts import XLSX
from feedback.ui.upload_source import QUIET

FILE_TURN = "codebook.file_turn"
# Enough to judge a file by; the counts are of all of it.
MOST_ROWS = 200


def export(page: Page) -> None:
    """Draw the menu that gives the codebook as a file.

    Parameters
    ----------
    page : Page
    """
    t = page.t
    with st.popover(t("codebook.export"), key="codebook.export", icon=":material/download:", on_change="rerun") as box:
        if not box.open:
            return
        own = st.checkbox(t("codebook.export_own"), key="codebook.export_own")
        st.caption(t("codebook.export_own_why" if own else "codebook.export_why"))

        def table() -> pd.DataFrame:
            with reading(database()) as session:
                return exchange.table(session=session, own_examples=own)

        name = t("codebook.file_name")
        common: dict[str, Any] = {"on_click": "ignore", "width": "stretch"}
        st.download_button(
            "Excel", lambda: tables.as_xlsx(table(), name), f"{name}.xlsx", XLSX, key="codebook.xlsx", **common
        )
        st.download_button(
            "CSV", lambda: tables.as_csv(table()), f"{name}.csv", "text/csv", key="codebook.csv", **common
        )


def take_in(page: Page, data: Snapshot, close: Callable[[], None]) -> None:
    """Draw the import of a file: choose it, see what it would change, store it; and undo the last one.

    Parameters
    ----------
    page : Page
    data : Snapshot
    close : callable
        Closes the dialog it is in.
    """
    t, turn = page.t, st.session_state.get(FILE_TURN, 0)
    _last(page, close)
    st.caption(t("codebook.import_why"))
    st.html(QUIET)
    file = st.file_uploader(
        t("codebook.choose_file"), key=f"codebook.file.{turn}", max_upload_size=3 * settings().max_upload_mb,
        type=["csv", "xlsx"],
    )  # fmt: skip
    if file is None:
        return
    rows, plan = None, None
    with reporting(page):
        rows = read_codebook(file.name, file.getvalue())
        with reading(database()) as session:
            plan = exchange.preview(rows, session=session)
    if rows is None or plan is None:
        return
    _preview(page, data, plan)
    n = len(plan.new) + len(plan.changed)
    if not n:
        st.info(t("codebook.import_nothing"))
    elif st.button(t("codebook.import_do", n=n), key="codebook.import_do", type="primary", icon=":material/save:"):
        events = act(page, exchange.take_in, rows, plan, file.name)
        if events is not None:
            _leave(close)
            theme_acts.done(t("codebook.imported", new=len(plan.new), changed=len(plan.changed)), events)


def _leave(close: Callable[[], None]) -> None:
    st.session_state[FILE_TURN] = st.session_state.get(FILE_TURN, 0) + 1
    close()


def _last(page: Page, close: Callable[[], None]) -> None:
    t = page.t
    with reading(database()) as session:
        last = exchange.last_taken_in(session=session)
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = t("codebook.last", file=last.filename, when=day(last.at, page.lang, short=True), who=who(page, last.actor),
                 new=last.new, changed=last.changed)  # fmt: skip
        st.caption(escape(told), width="stretch")
        pressed = st.button(t("themes.page.undo"), key="codebook.undo_last", icon=":material/undo:")
    if pressed and act(page, curation.undo_all, last.events) is not None:
        _leave(close)
        theme_acts.done(t("themes.page.undid"), None)


def _preview(page: Page, data: Snapshot, plan: Plan) -> None:
    t = page.t
    counts = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "refused": len(plan.refused)}
    with st.container(horizontal=True, gap="large"):
        for name, count in counts.items():
            st.metric(t(f"codebook.n_{name}"), number(count, page.lang), width="content")
    table = preview_table(page, data, plan)
    if table.empty:
        return
    # A plain table wraps its lines; it reads markdown, and the names in it are somebody's.
    with st.container(height=360 if len(table) > 6 else "content", border=False):
        st.table(table.head(MOST_ROWS).astype(str).map(escape), border="horizontal", hide_index=True)


def preview_table(page: Page, data: Snapshot, plan: Plan) -> pd.DataFrame:
    """Tell row by row what a file would do; what is refused first.

    Parameters
    ----------
    page : Page
    data : Snapshot
    plan : Plan

    Returns
    -------
    DataFrame
        Columns named in the reader's language: row, theme, and what would happen or why not.
    """
    t = page.t
    told = [(one.row, one.name, f"{t('codebook.refused')} {t(one.reason, **one.values)}") for one in plan.refused]
    told += [(one.row, one.name, what(page, data, one)) for one in plan.changed]
    told += [(one.row, one.name, t("codebook.is_new")) for one in plan.new]
    return pd.DataFrame(told, columns=[t("remarks.row"), t("remarks.theme"), t("codebook.what")])


def what(page: Page, data: Snapshot, change: Change) -> str:
    """Say in one line what a row changes in an entry."""
    t, lang = page.t, page.lang
    parts = []
    for field, (before, after) in change.fields.items():
        label = t(f"codebook.{field}" if field not in ("area", "aspect") else f"remarks.{field}")
        if field in LISTS:
            parts.append(t("codebook.list_change", field=label, added=len(after), gone=len(before)))
        elif field == "status":
            parts.append(t("codebook.will_retire" if after == "parked" else "codebook.will_reuse"))
        elif field.startswith("description"):
            parts.append(t("codebook.text_change", field=label))
        else:
            names = _names(data, field, lang)
            parts.append(f"{label}: {names.get(before, before) or MISSING} → {names.get(after, after)}")
    return " · ".join(parts)


def _names(data: Snapshot, field: str, lang: Language) -> dict[str, str]:
    return data.area_names(lang) if field == "area" else data.aspect_names(lang) if field == "aspect" else {}
