"""The report of a workshop on the screen, with its files; read anew only when something of the room changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from feedback.i18n import Language, UserError, day
from feedback.reports.session_blocks import Report
from feedback.reports.session_html import as_html
from feedback.reports.session_told import told
from feedback.room import picture
from feedback.room.summary import summary
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.ui import url
from feedback.ui.data import database
from feedback.ui.page import Page, escape
from feedback.ui.session_report_look import LOOK, PRINT_BUTTON, PRINT_STYLE
from feedback.workshop import plan

# Of the address: which workshop.
WORKSHOP = "w"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def report_of(page: Page, workshop_id: int) -> Report | None:
    """Give the report of a workshop in the reader's language, None when it is not there.

    Parameters
    ----------
    page : Page
    workshop_id : int

    Returns
    -------
    Report or None
    """
    with reading(database()) as session:
        key = picture.stamp(workshop_id, session=session)
    try:
        return _report(
            f"{settings().database_url}|{key}|{settings().group_threshold}", workshop_id, page.lang, dt.date.today()
        )
    except UserError:
        return None


@st.cache_resource(max_entries=16, show_spinner=False)
def _report(key: str, workshop_id: int, language: Language, today: dt.date) -> Report:
    with reading(database()) as session:
        found = summary(workshop_id, threshold=settings().group_threshold, session=session)
    return told(found, language, made_on=today)


def choose(page: Page) -> None:
    """Let the reader choose a workshop; without any, say what to do.

    Parameters
    ----------
    page : Page
    """
    t = page.t
    with reading(database()) as session:
        table = plan.workshops(session=session)
    if table.empty:
        st.info(t("session_report.none"), icon=":material/info:")
        _to_workshops(page)
        return
    st.info(t("session_report.choose"), icon=":material/info:")
    for row in table.to_dict("records"):
        number = str(row["workshop_id"])
        label = f"{row['session']} · {day(row['held_on'], page.lang)}"
        st.button(
            escape(label), key=f"session_report.{number}", type="tertiary", on_click=url.put, args=(WORKSHOP, number)
        )


def _to_workshops(page: Page) -> None:
    if page.user.may("facilitator"):
        url.link("pages/workshop.py", page.t("session_report.to_workshop"))


def controls(page: Page, report: Report, workshop_id: int) -> None:
    """Draw what one can do with a report: take it along in two files, print it, go on working in the workshop.

    Parameters
    ----------
    page : Page
    report : Report
    workshop_id : int
    """
    t, lang = page.t, page.lang
    name = f"{t('session_report.file')}-{workshop_id}"
    common: dict[str, Any] = {"on_click": "ignore", "icon": ":material/download:"}
    with st.container(key="session_report_controls", horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            t("session_report.docx"), lambda: _docx(report, lang), f"{name}.docx", DOCX, key="session_report.docx",
            type="primary", **common,
        )  # fmt: skip
        st.download_button(
            t("session_report.pptx"),
            lambda: _pptx(report, lang),
            f"{name}.pptx",
            PPTX,
            key="session_report.pptx",
            **common,
        )
        # Named after its page: a component has one script, whoever draws it.
        button = st.components.v2.component(
            "session_report_print", html="<button></button>", css=PRINT_STYLE, js=PRINT_BUTTON
        )
        button(data=t("session_report.print"), key="session_report.print", width="content", height="content")
        if page.user.may("facilitator"):
            url.link("pages/workshop.py", t("session_report.to_workshop"), w=str(workshop_id))


# The libraries behind both are loaded when somebody wants a file, not for who reads the screen.
def _docx(report: Report, language: Language) -> bytes:
    from feedback.reports.session_docx import as_docx

    return as_docx(report, language)


def _pptx(report: Report, language: Language) -> bytes:
    from feedback.reports.session_pptx import as_pptx

    return as_pptx(report, language)


def show(page: Page, report: Report) -> None:
    """Draw a report.

    Parameters
    ----------
    page : Page
    report : Report
    """
    st.html(LOOK + as_html(report, page.lang))
