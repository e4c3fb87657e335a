"""The first screen of an empty panel: one sentence, two ways on."""

from __future__ import annotations

import streamlit as st

from feedback import demo
from feedback.ui.data import database, snapshot
from feedback.ui.page import Page, reporting


def welcome(page: Page) -> None:
    """Say what this is and offer the example panel and the first upload; the page stops here.

    Parameters
    ----------
    page : Page
    """
    t = page.t
    _, middle, _ = st.columns([1, 3, 1])
    with middle:
        st.title(t("welcome.title"))
        st.markdown(t("welcome.sentence"))
        example, own = st.columns(2)
        with example.container(border=True, height="stretch"):
            st.subheader(t("welcome.example"))
            # An upload that was undone can come back, so the example would stand beside one's own data.
            undone = len(snapshot().batches) > 0
            st.markdown(t("welcome.undone_text" if undone else "welcome.example_text"))
            wanted = st.button(
                t("welcome.load"), key="load_example", type="primary", icon=":material/science:", disabled=undone
            )
        with own.container(border=True, height="stretch"):
            st.subheader(t("welcome.own"))
            st.markdown(t("welcome.own_text"))
            if st.button(t("welcome.upload"), key="first_upload", type="primary", icon=":material/upload_file:"):
                st.switch_page("pages/upload.py")
        if wanted:
            bar = st.progress(0.0, t("welcome.loading"))
            with reporting(page):
                demo.load(
                    database(),
                    actor=page.user.name,
                    progress=lambda _, share: bar.progress(share, t("welcome.loading")),
                )
                st.rerun()
    st.stop()
