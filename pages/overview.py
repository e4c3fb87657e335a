"""Overzicht: what the panel says on one screen, and what to do next."""

import streamlit as st

from feedback.ui import overview_parts as parts
from feedback.ui.filters import filtered
from feedback.ui.page import open_page
from feedback.ui.parts import chart, downloads
from feedback.ui.remarks import remarks_dialog
from feedback.ui.shell import title
from feedback.ui.welcome import welcome

page = open_page("overview")
if parts.is_empty():
    welcome(page)
t, view = page.t, filtered(page)
data = view.snapshot

title(page, t("nav.overview"))
parts.metrics(page, view)

left, right = st.columns([5, 4])
with left.container(border=True, height="stretch", gap="xsmall"):
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{t('overview.heatmap')}**", help=t("overview.heatmap_help"))
        cells, spec, alt = parts.heat(page, view)
        downloads(page, "overzicht-themas", lambda: cells, spec)
    if cells.empty:
        st.caption(t("overview.heat_hidden" if view.selection.by_who else "remarks.none"))
    picked = chart(page, "overview.heat", spec, cells, alt)
with right.container(border=True, height="stretch", gap="xsmall"):
    parts.course(page, view)
    parts.changes(page, view)
    parts.savings(page, view)

parts.to_do(page, view)

if picked:
    theme, area = picked["theme"], picked["area"]
    remarks = view.remarks[(view.remarks["theme"] == theme) & (view.remarks["area"] == area)]
    title = f"{data.theme_names(page.lang)[theme]} · {data.area_names(page.lang)[area]}"
    remarks_dialog(page, data, remarks, title, "overview.remarks", theme=theme)
