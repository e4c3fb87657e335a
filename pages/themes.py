"""Thema's: what the panel talks about, on a list and on a map; and one theme with all its remarks, to curate."""

from dataclasses import replace

import streamlit as st

from feedback.access.disclosure import Selection
from feedback.ui import (
    theme_acts,
    theme_choice,
    theme_codebook,
    theme_facts,
    theme_headings,
    theme_list,
    theme_map,
    theme_parts,
    theme_proposals,
    url,
)
from feedback.ui.filters import filtered, view_of
from feedback.ui.page import open_page
from feedback.ui.parts import downloads
from feedback.ui.remarks import remark_cards
from feedback.ui.shell import title
from feedback.ui.theme_rows import is_unplaced, theme_rows

page = open_page("themes")
t, lang = page.t, page.lang
view = filtered(page)
data, remarks = view.snapshot, view.remarks
names = data.theme_names(lang)
may_curate = page.user.may("coordinator")
wanted = url.get(theme_acts.THEME)

if data.remarks.empty:
    title(page, t("themes.page.title"))
    st.info(t("themes.page.empty"))
    if may_curate:
        theme_acts.message(page)
        theme_codebook.draw(page, view, st.container(horizontal=True))
    st.stop()

if not wanted:
    # All themes -------------------------------------------------------------------------------------------------------
    rows = theme_rows(view)
    loose = int(is_unplaced(remarks).sum())
    title(page, t("themes.page.title"))
    theme_acts.message(page)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(theme_parts.summary(page, view, rows), width="stretch")
        if loose:
            st.markdown(f"**{t('themes.page.unplaced')}:** {t('themes.page.unplaced_line', n=loose)}", width="content")
            st.button(t("themes.page.unplaced_open"), key="themes.unplaced", on_click=theme_parts.open_theme,
                      args=(theme_parts.UNPLACED,))  # fmt: skip
        if may_curate and not view.selection.by_who:
            st.button(t("themes.page.proposals"), key="themes.proposals", on_click=theme_parts.open_theme,
                      args=(theme_proposals.PROPOSALS,), icon=":material/lightbulb:")  # fmt: skip
    if remarks.empty:
        st.info(t("themes.page.nothing"))
        st.stop()
    bar = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    with bar:
        look = theme_parts.look(page)
    if look == "kaart":
        theme_map.draw(page, view, bar)
    elif look == "codeboek":
        theme_codebook.draw(page, view, bar)
    else:
        with bar:
            k = theme_headings.amount(page, view, rows)
            status, sort = theme_parts.order(page, rows)
            downloads(page, "themas", lambda: theme_parts.listing(
                page, view, theme_list.in_order(theme_list.of_status(rows, status), sort, names), names
            ))  # fmt: skip
        st.html(theme_facts.tone_legend(page))
        theme_list.draw(page, view, sort, status, k)
    st.stop()

st.button(t("themes.page.back"), key="themes.back", on_click=theme_parts.close_theme, type="tertiary",
          icon=":material/arrow_back:")  # fmt: skip

if wanted == theme_parts.UNPLACED:
    # What is still to place -------------------------------------------------------------------------------------------
    title(page, t("themes.page.unplaced"))
    theme_acts.message(page)
    found = remarks[is_unplaced(remarks)]
    if found.empty:
        st.success(t("themes.page.unplaced_none"))
        st.stop()
    st.caption(t("themes.page.unplaced_help" if may_curate else "themes.page.unplaced_help_viewer"))
    found = found.sort_values(["strength", "remark_id"], na_position="first")
    if may_curate and not view.selection.by_who:
        theme_choice.chosen_bar(page, data, found)
        remark_cards(page, data, found, "themes.loose", curating=True, draw_text=theme_choice.tick_box)
    else:
        remark_cards(page, data, found, "themes.loose")
    st.stop()

if wanted == theme_proposals.PROPOSALS and may_curate:
    # A fresh look -----------------------------------------------------------------------------------------------------
    title(page, t("themes.page.proposals"))
    theme_acts.message(page)
    theme_proposals.draw(page, data, filtered=view.selection != Selection())
    st.stop()

# One theme ------------------------------------------------------------------------------------------------------------
theme = data.themes[data.themes["theme"] == wanted]
if theme.empty:
    theme_acts.message(page)
    st.info(t("themes.page.gone"))
    st.stop()
theme_parts.head(page, view, theme.iloc[0])
theme_acts.message(page)
if may_curate:
    theme_acts.toolbar(page, data, theme.iloc[0])
inside = view_of(data, replace(view.selection, themes=(wanted,)))
if not inside.verdict.shown:
    st.info(t("themes.page.hidden_theme"), icon=":material/visibility_off:")
    st.stop()
found = inside.remarks.sort_values(["strength", "remark_id"], ascending=[False, True])
total = int((data.remarks["theme"] == wanted).sum())
if len(found) < total and not view.selection.by_who:
    st.caption(t("themes.page.filtered", shown=len(found), total=total))
if may_curate and len(found):
    theme_choice.chosen_bar(page, data, found, wanted)
tick = theme_choice.tick_box if may_curate else None
remark_cards(page, data, found, f"themes.{wanted}", curating=True, draw_text=tick)
if may_curate:
    theme_acts.past(page, int(theme.iloc[0]["theme_id"]))
