"""A short guide for who uploads for the first time, with files to fill in."""

from __future__ import annotations

from functools import partial

import streamlit as st

from feedback.intake import templates
from feedback.ui.page import Page
from feedback.ui.parts import XLSX

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def guide(page: Page) -> None:
    """Draw the guide, folded.

    Parameters
    ----------
    page : Page
    """
    t, lang = page.t, page.lang
    with st.expander(t("upload.guide"), icon=":material/help:"):
        st.markdown(t("upload.guide_text"))
        with st.container(horizontal=True):
            for name, kind, make in (
                ("survey", "xlsx", templates.survey),
                ("notes", "docx", templates.session_notes),
            ):
                st.download_button(
                    t(f"upload.template_{name}"), partial(make, lang), f"{t(f'upload.template_{name}_file')}.{kind}",
                    XLSX if kind == "xlsx" else DOCX, key=f"upload.template.{name}", icon=":material/download:", on_click="ignore",
                )  # fmt: skip
