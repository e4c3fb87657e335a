"""Terugkoppeling: what is owed an answer, what was answered and why, and whether it was kept."""

import streamlit as st

from feedback.access.disclosure import Selection
from feedback.ui import (
    replies,
    replies_data,
    replies_form,
    replies_helped,
    replies_looks,
    replies_table,
    replies_told,
    url,
)
from feedback.ui.filters import filtered
from feedback.ui.notice import notice
from feedback.ui.page import open_page
from feedback.ui.shell import title

page = open_page("replies")
t = page.t
view = filtered(page)
data = view.snapshot
table = replies_data.chosen(view)

title(page, t("replies.title"))
notice(page)
with st.container(key="replies_controls_top"):
    look = replies.looks(page)
    if view.selection != Selection():
        st.caption(t("replies.whole_panel"))

if look == "lijst":
    replies.strip(page, view, table)
    replies.felt_heard(page, data)
    waiting = data.themes[
        (data.themes["status"] == "proposed") & data.themes["theme_id"].isin(data.remarks["theme_id"])
    ]
    if len(waiting):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(t("replies.proposed", n=len(waiting)), width="content")
            url.link("pages/themes.py", t("replies.to_confirm"), status="proposed")
    if table.empty:
        replies.nothing(page, view, "replies.none")
    else:
        shown = replies_table.narrowed(page, table)
        if shown.empty:
            st.info(t("replies.none_here"))
            st.button(
                t("replies.clear_choice"), key="replies.clear_choice", on_click=url.clear, args=(replies_table.CHOICE,)
            )
        else:
            replies_table.table_of(page, data, shown, columns=replies_table.ON_SCREEN, name="terugkoppeling")
elif look == "klok":
    replies.strip(page, view, table)
    replies_looks.by_group(page, view, table)
elif look == "waarom-niet":
    replies_looks.why_not(page, view, table)
elif look == "geholpen":
    replies_helped.before_after(page, view, table)
else:
    replies_told.said_and_did(page, view, table)

if url.get(replies.ANSWER):
    row = replies_data.row_of(data, url.get(replies.ANSWER))
    if row is None:
        replies_form.leave()
        st.info(t("replies.gone"))
    else:
        replies_form.answer_dialog(page, data, row)
