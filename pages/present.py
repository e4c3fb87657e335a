"""Presenteren: themes on a beamer while the room talks; arrow keys, large type, no names of people."""

from typing import Any

import streamlit as st

from feedback.ui import shell, stage, stage_minute, url
from feedback.ui.data import snapshot
from feedback.ui.filters import view_of
from feedback.ui.page import escape, open_page
from feedback.ui.replies import on_theme

page = open_page("present")
t, lang, data = page.t, page.lang, snapshot()
stage.bare()
stage.follow(data.version)
if data.has_example:
    shell.example_mark(page)

names = dict(zip(data.sessions["session_id"].astype(str), data.sessions["session"], strict=True))
view = view_of(data, stage.selection(data))
table = stage.themes_on_stage(view, lang)
keys = table["theme"].to_list()
wall, quoting = url.get("beeld") == "wand", url.get("citaten") != "nee"
at = keys.index(url.get("thema")) if url.get("thema") in keys else 0
step = stage.TILES if wall else 1
at -= at % step


def show(theme: str) -> None:
    """Put one theme on the screen."""
    url.put("thema", theme)
    url.put("beeld", None)


stage.chosen(page, view)
if url.get("beeld") == "minuut":
    stage_minute.minute(page, view)
    st.stop()
with st.container(key="stage"):
    if not keys:
        st.title(t("present.title"))
        st.info(t("present.none_here" if len(data.remarks) else "present.none"), icon=":material/info:")
    elif wall:
        with st.container(key="stage_wall"), st.grid(min_column_width=300):
            for theme in table.iloc[at : at + step].itertuples():
                label = f"**{escape(theme.name)}**  \n{stage.facts(page, theme)}"
                st.button(
                    label,
                    key=f"stage.{theme.theme}",
                    on_click=show,
                    args=(theme.theme,),
                    width="stretch",
                    wrap=True,
                )
    else:
        theme = next(table.iloc[at : at + 1].itertuples())
        st.title(escape(theme.name), anchor=False)
        st.container(key="stage_facts").markdown(stage.all_facts(page, data, theme))
        if told := on_theme(page, data, theme.theme):
            st.container(key="stage_told").markdown(f"**{t('present.told')}** {escape(told)}")
        if quoting:
            with st.container(key="stage_quotes", gap="medium"):
                for text in stage.quotes(view, theme.theme):
                    st.markdown(f"> {escape(text)}")

before, after = max(at - step, 0), at + step if at + step < len(keys) else at


def to(place: int) -> dict[str, Any]:
    """Give a button that goes to a theme what it needs."""
    return {"on_click": url.put, "args": ("thema", keys[place])} if keys else {"disabled": True}


back, on = to(before), to(after)
with st.container(key="stage_bar", horizontal=True, vertical_alignment="center", gap="small"):
    st.button(t("present.back"), key="stage.back", shortcut="Left", **back)
    st.button(t("present.on"), key="stage.on", shortcut="Right", **on)
    if keys:
        last = min(at + step, len(keys))
        shown = t("present.of", shown=f"{at + 1}–{last}" if last > at + 1 else str(last), n=len(keys))
        st.caption(shown, width="content")
    st.button(
        t("present.one" if wall else "present.wall"), key="stage.wall", shortcut="W",
        on_click=url.put, args=("beeld", None if wall else "wand"),
    )  # fmt: skip
    st.button(
        t("present.no_quotes" if quoting else "present.quotes"), key="stage.quotes", shortcut="Q",
        on_click=url.put, args=("citaten", "nee" if quoting else None),
    )  # fmt: skip
    st.button(t("present.minute"), key="stage.minute", shortcut="K", on_click=url.put, args=("beeld", "minuut"))
    with st.popover(t("filters.session"), key="stage.sessions"):
        widget = url.widget_key("sessie")
        st.session_state.setdefault(widget, [str(key) for key in view.selection.sessions])
        picked = st.multiselect(
            t("filters.session"),
            list(reversed(names)),
            key=widget,
            format_func=names.get,
            placeholder=t("filters.all_sessions"),
        )
        url.put("sessie", picked)
    stage.full_screen(page)
    st.page_link("pages/overview.py", label=t("present.close"), icon=":material/close:", query_params={"lang": lang})
    # What remote controls and other hands press; one button has one key.
    with st.container(key="stage_keys"):
        for key in ("PageUp", "Up"):
            st.button(key, key=f"stage.{key}", shortcut=key, **back)
        for key in ("PageDown", "Down", "Space"):
            st.button(key, key=f"stage.{key}", shortcut=key, **on)
        for key, place in (("Home", 0), ("End", -1)):
            st.button(key, key=f"stage.{key}", shortcut=key, **to(place))
