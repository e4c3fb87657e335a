"""The entry: language, sign-in, navigation. Pages do the rest."""

import streamlit as st

from feedback.ui import shell

shell.configure()
page = shell.enter()

SECTIONS = [
    st.Page("pages/overview.py", title=page.t("nav.overview"), default=True),
    st.Page("pages/themes.py", title=page.t("nav.themes"), url_path="themas"),
    st.Page("pages/services.py", title=page.t("nav.services"), url_path="diensten"),
    st.Page("pages/savings.py", title=page.t("nav.savings"), url_path="besparingen"),
    st.Page("pages/replies.py", title=page.t("nav.replies"), url_path="terugkoppeling"),
    st.Page("pages/present.py", title=page.t("nav.present"), url_path="presenteren"),
    st.Page("pages/explain.py", title=page.t("nav.explain"), url_path="uitleg"),
    st.Page("pages/session_report.py", title=page.t("session_report.title"), url_path="verslag", visibility="hidden"),
]
if page.user.may("facilitator"):
    SECTIONS.insert(5, st.Page("pages/workshop.py", title=page.t("nav.workshop"), url_path="workshop"))
    SECTIONS.append(st.Page("pages/room.py", title=page.t("room.title"), url_path="zaal", visibility="hidden"))
if page.user.may("coordinator"):
    SECTIONS.insert(5, st.Page("pages/upload.py", title=page.t("nav.upload"), url_path="upload"))

here = st.navigation(SECTIONS, position="top")
shell.dress(page, here)
here.run()
