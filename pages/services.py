"""Diensten: how every service area does, and one of them with its themes, aspects, grades and words."""

from dataclasses import replace

import streamlit as st

from feedback.ui import service_agreed as agreed
from feedback.ui import service_beside as beside
from feedback.ui import service_compare as compare
from feedback.ui import service_curation as curate
from feedback.ui import service_glance as glance
from feedback.ui import service_grid as grid
from feedback.ui import service_parts as parts
from feedback.ui import service_priority as priority
from feedback.ui import url
from feedback.ui.filters import filtered, view_of
from feedback.ui.notice import notice
from feedback.ui.page import open_page
from feedback.ui.parts import one_of
from feedback.ui.remarks import remark_cards, remarks_dialog
from feedback.ui.service_rows import area_figures, area_rows
from feedback.ui.shell import title

page = open_page("services")
LOOK, LOOKS = "beeld", ("diensten", "belang", "verwachting", "aspecten", "vergelijken", "afspraken", "doorverwijzen")
t, lang = page.t, page.lang
view = filtered(page)
data = view.snapshot
names, wanted = data.area_names(lang), url.get(parts.AREA)
may_curate = page.user.may("coordinator")

if not wanted or wanted not in names:
    # All service areas ------------------------------------------------------------------------------------------------
    rows = area_rows(view)
    title(page, t("services.title"))
    curate.message(page)
    notice(page)
    if wanted:
        st.info(t("services.gone"))
    if data.remarks.empty and data.scores.empty:
        st.info(t("services.empty"))
        looking = LOOKS[0]
    else:
        st.markdown(glance.summary(page, view, rows))
        looking = one_of(page, LOOK, LOOKS, "services.look")
        picked = None
        if looking == "belang":
            priority.draw(page, view)
        elif looking == "verwachting":
            picked = beside.draw(page, view)
        elif looking == "aspecten":
            grid.aspects(page, view)
        elif looking == "vergelijken":
            compare.draw(page, view)
        elif looking == "afspraken":
            agreed.draw(page, view)
        elif looking == "doorverwijzen":
            grid.handovers(page, view)
        else:
            picked = glance.glance(page, view, rows)
        if picked:
            url.set_value(parts.AREA, picked)
            st.rerun()
    if may_curate and looking == LOOKS[0]:
        curate.edit_list(page, data)
    st.stop()

# One service area -----------------------------------------------------------------------------------------------------
inside = view_of(data, replace(view.selection, areas=(wanted,)))
figures = area_figures(inside, wanted, lang) if inside.verdict.shown else None
parts.head(page, data, wanted, figures)
curate.message(page)
notice(page)
if figures is None:
    st.info(t("services.hidden_area"), icon=":material/visibility_off:")
    st.stop()
by_who = inside.selection.by_who
remarks = inside.remarks
parts.metrics(page, inside, figures)
beside.on_area(page, inside, wanted)
if remarks.empty:
    st.info(t("services.nothing"))

left, right = (st.container(), st.container()) if by_who else st.columns(2, gap="medium")
with left.container(border=True, gap="xsmall", height="stretch"):
    session = parts.trend(page, figures)
    by_session = None if by_who else parts.bars(page, "sessions", figures.sessions, "dienst-sessies")
if by_who:
    by_aspect = None
    right.caption(t("services.parts_by_who"))
else:
    with right.container(border=True, gap="xsmall", height="stretch"):
        by_aspect = parts.bars(page, "aspects", figures.aspects, "dienst-aspecten")
parts.themes(page, inside)
agreed.on_area(page, view, wanted)
theme = priority.on_area(page, inside)
parts.quotes(page, data, figures.quotes)

ordered = remarks.sort_values(["date", "remark_id"], ascending=[False, True])
with st.expander(f"**{t('services.all_remarks')}** ({len(remarks)})", key="services.all"):
    correcting = (
        may_curate
        and not by_who
        and len(remarks) > 0
        and st.toggle(t("services.correct_on"), key="services.correct_on")
    )
    if correcting:
        curate.correct_part(page, data, ordered, wanted)
    else:
        remark_cards(page, data, ordered, f"services.{wanted}")

if theme:
    told = data.theme_names(lang)[theme]
    found = remarks[remarks["theme"] == theme]
elif session is not None:
    found = remarks[remarks["session_id"] == session]
    told = dict(zip(data.sessions["session_id"], data.sessions["session"], strict=True))[session]
elif by_session:
    found = remarks[(remarks["session_id"] == by_session[0]) & (remarks["sentiment"] == by_session[1])]
    told = dict(zip(data.sessions["session_id"], data.sessions["session"], strict=True))[by_session[0]]
    told = f"{told} · {t(f'sentiment.{by_session[1]}')}"
elif by_aspect:
    found = remarks[(remarks["aspect"] == by_aspect[0]) & (remarks["sentiment"] == by_aspect[1])]
    told = f"{data.aspect_names(lang)[by_aspect[0]]} · {t(f'sentiment.{by_aspect[1]}')}"
else:
    st.stop()
remarks_dialog(page, data, found, f"{names[wanted]} · {told}", "services.behind")
