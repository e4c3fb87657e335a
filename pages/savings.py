"""Besparingen: what could be saved, what it would do to customers, and the words that ideas come from."""

from dataclasses import replace

import streamlit as st

from feedback.access.disclosure import Selection
from feedback.ui import idea as idea_ui
from feedback.ui import (
    portfolio,
    savings,
    savings_alike,
    savings_book,
    savings_found,
    savings_map,
    savings_time,
    savings_worth,
    shell,
    url,
)
from feedback.ui.filters import filtered
from feedback.ui.idea_form import clients_dialog
from feedback.ui.notice import notice
from feedback.ui.page import open_page
from feedback.ui.parts import one_of
from feedback.ui.savings_empty import nothing_here

page = open_page("savings")
view = filtered(page)
t, lang, data = page.t, page.lang, view.snapshot
curating = page.user.may("coordinator")

adding, asking = False, False
shell.title(page, t("savings.title"))
notice(page)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.caption(t("savings.lead"), width="content")
    if curating:
        with st.container(horizontal=True, width="content"):
            if not data.organisations.empty:
                asking = st.button(
                    t("savings.clients"), key="savings.clients", icon=":material/groups:", type="tertiary"
                )
            adding = st.button(t("savings.add"), key="savings.add", icon=":material/add:", type="primary")

cuts = savings.cuts_of(data)
told = st.container()
table = savings.chosen(view, cuts)
empty = data.remarks.empty and data.ideas.empty
looking = savings.LOOKS[0] if empty else one_of(page, savings.LOOK, savings.LOOKS, "savings.view")
if not table.empty and looking in ("kaart", "pakket", "boek") and replace(view.selection, areas=()) != Selection():
    st.caption(t("savings.whole_panel"))
if looking == "waarde":
    savings_worth.draw(page, view)
elif looking == "tijd":
    savings_time.draw(page, view)
elif data.ideas.empty:
    st.info(t("savings.none"), icon=":material/lightbulb:")
    if data.remarks.empty and curating:
        st.page_link("pages/upload.py", label=t("nav.upload"), icon=":material/upload:", query_params={"lang": lang})
elif table.empty:
    nothing_here(page, view, "savings.none_here")
elif looking == "pakket":
    portfolio.draw(page, view, table)
elif looking == "boek":
    savings_book.draw(page, view, table)
else:
    if curating:
        found = savings_found.found(data)
        savings_found.waiting(page, found[found["idea_id"].isin(table["idea_id"])])
        savings_alike.proposals(page, data, table)
    savings_map.draw(page, view, cuts)

if adding:
    idea_ui.add_dialog(page, data)
elif asking:
    clients_dialog(page, data)
elif url.get(idea_ui.IDEA):
    every = savings.all_ideas(data, cuts)
    asked = every[every["idea_id"].astype(str) == url.get(idea_ui.IDEA)]
    if asked.empty:
        idea_ui.leave()
        told.warning(t("savings.link_gone"), icon=":material/link_off:")
    else:
        idea_ui.idea_dialog(page, data, next(asked.itertuples()))
