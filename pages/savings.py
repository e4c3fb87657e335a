"""Besparingen: what could be saved, what it would do to customers, and the words that ideas come from."""

import streamlit as st

from feedback.i18n import euro, number
from feedback.savings.impact import QUADRANTS
from feedback.store.tables import IDEA_STATUSES
from feedback.ui import idea as idea_ui
from feedback.ui import portfolio, savings, savings_found, shell, url
from feedback.ui.filters import filtered
from feedback.ui.idea_form import clients_dialog
from feedback.ui.page import open_page
from feedback.ui.parts import chart, downloads, one_of

page = open_page("savings")
view = filtered(page)
t, lang, data = page.t, page.lang, view.snapshot
curating = page.user.may("coordinator")
BAR = {"horizontal": True, "horizontal_alignment": "distribute", "vertical_alignment": "center"}

adding, asking = False, False
shell.title(page, t("savings.title"))
with st.container(**BAR):
    st.caption(t("savings.lead"), width="content")
    if curating:
        with st.container(horizontal=True, width="content"):
            if not data.organisations.empty:
                asking = st.button(
                    t("savings.clients"), key="savings.clients", icon=":material/groups:", type="tertiary"
                )
            adding = st.button(t("savings.add"), key="savings.add", icon=":material/add:", type="primary")

cuts = savings.cuts_of(data)
table = savings.chosen(view, cuts)
if table.empty:
    st.info(t("savings.none" if data.ideas.empty else "savings.none_here"), icon=":material/lightbulb:")
    if data.remarks.empty and curating:
        st.page_link("pages/upload.py", label=t("nav.upload"), icon=":material/upload:", query_params={"lang": lang})
looking = one_of(page, savings.LOOK, savings.LOOKS, "savings.view") if not table.empty else savings.LOOKS[0]
if curating and looking != "pakket":
    found = savings_found.found(data)
    savings_found.waiting(page, found[found["idea_id"].isin(table["idea_id"])])

if looking == "pakket":
    portfolio.draw(page, view, table)
elif not table.empty:
    with st.container(**BAR):
        key = url.widget_key("ideestatus")
        st.session_state.setdefault(key, [name for name in url.get_list("ideestatus") if name in IDEA_STATUSES])
        wanted = st.pills(
            t("savings.status"), IDEA_STATUSES, selection_mode="multi", key=key, wrap=True,
            format_func=lambda name: t(f"savings.status_{name}"), label_visibility="collapsed",
        )  # fmt: skip
        url.put("ideestatus", wanted)
        savings.limits(page, data)
    # What was refused, or only found, shows when somebody asks for it.
    shown = savings.shown(view, cuts, tuple(wanted), lang)
    table, dots = shown.table, shown.dots

    left, right = st.columns([3, 1])
    with left:
        if dots.empty:
            st.info(t("savings.map_empty"), icon=":material/scatter_plot:")
        else:
            picked = chart(page, "savings.map", shown.spec, dots, shown.alt)
            if picked:
                url.put(idea_ui.IDEA, str(int(picked["idea_id"])))
            under, beside = st.columns([5, 1])
            text = t("savings.limits_are", eur=euro(cuts.eur, lang), pain=number(cuts.pain, lang))
            missing = len(table) - len(dots)
            under.caption(f"{text} {t('savings.not_on_map', n=missing)}" if missing else text)
            with beside:
                downloads(page, "besparingen-kaart", lambda: dots, shown.spec)
    for quadrant in QUADRANTS:
        own = table[table["quadrant"] == quadrant]
        with right, st.container(border=True, gap="xxsmall"):
            total = t("savings.ideas", n=len(own), amount=euro(own["eur"].sum(), lang))
            st.markdown(f"**{t(f'savings.quadrant_{quadrant}')}** · {total}")
            st.caption(t(f"savings.quadrant_{quadrant}_why"))
    savings.idea_list(page, data, table)

if adding:
    idea_ui.add_dialog(page, data)
elif asking:
    clients_dialog(page, data)
elif url.get(idea_ui.IDEA):
    every = savings.all_ideas(data, cuts)
    found = every[every["idea_id"].astype(str) == url.get(idea_ui.IDEA)]
    if found.empty:
        idea_ui.leave()
    else:
        idea_ui.idea_dialog(page, data, next(found.itertuples()))
