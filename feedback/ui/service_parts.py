"""One service area: its grade and its course, what it is about, its themes and the words that tell most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from feedback.charts import grade_trend, tone_bars
from feedback.i18n import MISSING, day, number, percent
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads, show_all, tiles
from feedback.ui.replies import on_theme
from feedback.ui.replies_data import subjects
from feedback.ui.service_rows import AreaFigures
from feedback.ui.shell import title
from feedback.ui.theme_facts import facts
from feedback.ui.theme_rows import theme_rows

AREA = "gebied"
FIRST_THEMES = 5
CHANGES = ("new", "rising", "falling", "gone")
_JUMP = "services.jump"


def open_area(area: str) -> None:
    """Go to a service area; for a callback."""
    url.set_value(AREA, area)


def close_area() -> None:
    """Go back to all service areas; for a callback."""
    url.put(AREA, None)


def grade_text(page: Page, row: pd.Series) -> str:
    """Tell a grade with its interval and n."""
    t, lang = page.t, page.lang
    if row["grade"] != row["grade"]:
        return t("services.grade_hidden" if row["grade_hidden"] else "services.grade_none")
    if row["low"] != row["low"]:
        return t("services.grade_alone", grade=number(row["grade"], lang, 1), n=int(row["n"]))
    return t(
        "services.grade", grade=number(row["grade"], lang, 1), low=number(row["low"], lang, 1),
        high=number(row["high"], lang, 1), n=int(row["n"]),
    )  # fmt: skip


def signed(page: Page, step: float, decimals: int = 1) -> str:
    """Write a difference with its sign."""
    sign = "" if abs(step) < 0.5 / 10**decimals else "+" if step > 0 else "−"
    return sign + number(abs(step), page.lang, decimals)


def head(page: Page, data: Snapshot, area: str, figures: AreaFigures | None) -> None:
    """Draw the way back, the name and owner of an area, when it was last measured, and the way to another."""
    t, names = page.t, data.area_names(page.lang)
    row = data.areas[data.areas["area"] == area].iloc[0]
    st.session_state[_JUMP] = area
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.button(
            t("services.back"), key="services.back", on_click=close_area, type="tertiary", icon=":material/arrow_back:"
        )
        st.selectbox(
            t("services.another"), list(names), key=_JUMP, format_func=lambda key: names[key], on_change=_jump,
            label_visibility="collapsed", width=220,
        )  # fmt: skip
    title(page, escape(names[area]))
    measured = figures.latest if figures is not None else None
    told = [t("services.owner_is", owner=row["owner"] or t("services.owner_none"))]
    if measured is not None:
        when = day(measured["date"], page.lang)
        told.append(t("services.measured", session=str(measured["session"]), date=when))
    st.caption(escape(" · ".join(told)))
    if not row["is_active"]:
        st.badge(t("services.not_in_use"), color="gray")


def _jump() -> None:
    open_area(st.session_state[_JUMP])


def metrics(page: Page, view: View, figures: AreaFigures) -> None:
    """Draw grade, people, remarks and share negative of one area."""
    t, lang, remarks = page.t, page.lang, view.remarks
    latest = figures.latest
    quiet: dict[str, Any] = {"border": True, "height": "stretch", "delta_color": "off", "delta_arrow": "off"}
    with tiles():
        if latest is None:
            hidden = figures.grade_hidden
            told = t("services.grade_hidden_help" if hidden else "services.grade_none_help")
            st.metric(t("services.grade_title"), t("remarks.hidden") if hidden else MISSING, **quiet, help=told)
        else:
            measured = {"session": str(latest["session"]), "date": day(latest["date"], lang)}
            st.metric(
                t("services.grade_title"), number(latest["grade"], lang, 1), delta=_sureness(page, latest),
                help=escape(t("services.grade_help", **measured, grade=grade_text(page, latest))), **quiet,
            )  # fmt: skip
            if latest["step"] == latest["step"]:
                st.metric(
                    t("services.step_title"), signed(page, latest["step"]), help=_step_help(page, latest),
                    delta=t("services.clear" if latest["clear"] else "services.noise"), **quiet,
                )  # fmt: skip
        st.metric(t("services.people"), number(remarks["person"].nunique(), lang), **quiet)
        st.metric(t("services.remarks"), number(len(remarks), lang), **quiet)
        share, low, high = figures.negative
        if share == share:
            between = f"{number(100 * low, lang)}–{percent(high, lang)}"
            st.metric(
                t("services.negative_title"), percent(share, lang), help=t("services.negative_help"),
                delta=t("services.interval", interval=between, n=len(remarks)), **quiet,
            )  # fmt: skip
        if figures.recommend is not None:
            found = figures.recommend
            st.metric(
                t("services.nps"), whole(page, found["nps"]), help=nps_help(page, found),
                delta=t("services.interval", interval=nps_between(page, found), n=int(found["n"])), **quiet,
            )  # fmt: skip


def whole(page: Page, value: float) -> str:
    """Write a whole number with its sign."""
    return ("+" if value > 0 else "−" if round(value) < 0 else "") + number(abs(value), page.lang)


def nps_between(page: Page, found: pd.Series) -> str:
    """Write the interval of a net promoter score."""
    return page.t("services.nps_between", low=whole(page, found["low"]), high=whole(page, found["high"]))


def nps_help(page: Page, found: pd.Series) -> str:
    """Explain a net promoter score: who asked, and how it is counted."""
    told = {"promoters": int(found["promoters"]), "detractors": int(found["detractors"]), "n": int(found["n"])}
    when = day(found["date"], page.lang)
    return escape(page.t("services.nps_help", session=str(found["session"]), date=when, **told))


def _sureness(page: Page, latest: pd.Series) -> str:
    n = int(latest["n"])
    if latest["low"] != latest["low"]:
        return page.t("services.n_is", n=n)
    low, high = (number(latest[name], page.lang, 1) for name in ("low", "high"))
    return page.t("services.interval", interval=f"{low}–{high}", n=n)


def _step_help(page: Page, latest: pd.Series) -> str:
    before = {"session": str(latest["before_session"]), "grade": number(latest["before"], page.lang, 1)}
    return escape(page.t("services.step_help", n=int(latest["before_n"]), **before))


def trend(page: Page, figures: AreaFigures) -> int | None:
    """Draw the grade over sessions; give the session whose dot was just clicked."""
    t, lang = page.t, page.lang
    table = figures.course.assign(kind_name=figures.course["kind"].map(lambda kind: t(f"services.kind_{kind}")))
    spec = grade_trend.spec(table, lang, height=210)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{t('services.trend')}**", help=t("services.trend_help"))
        if len(table) > 1:
            downloads(page, "dienst-cijfer", lambda: table, spec)
    if len(table) < 2:
        hidden = "services.grade_hidden_help" if figures.grade_hidden else "services.trend_none"
        st.caption(t("services.trend_one" if len(table) else hidden))
        return None
    picked = chart(page, "services.trend", spec, table, grade_trend.alt(table, lang))
    return int(picked["session_id"]) if picked else None


def bars(page: Page, name: str, table: pd.DataFrame, file: str) -> tuple[Any, str] | None:
    """Draw remarks by tone; give the value and the tone of the piece that was just clicked.

    Parameters
    ----------
    page : Page
    name : {"aspects", "sessions"}
    table : DataFrame
        See `charts.tone_bars.counts`.
    file : str
        Name of the download.

    Returns
    -------
    (value, tone) or None
    """
    t, lang = page.t, page.lang
    title = t("charts.aspect" if name == "aspects" else "charts.session")
    spec = tone_bars.spec(table, lang, title=title)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{t(f'services.{name}')}**", help=t(f"services.{name}_help"))
        if len(table):
            downloads(page, file, lambda: table, spec)
    if table.empty:
        st.caption(t(f"services.{name}_none"))
        return None
    picked = chart(page, f"services.{name}", spec, table, tone_bars.alt(table, lang))
    return (picked["value"], str(picked["tone"])) if picked else None


def themes(page: Page, view: View) -> None:
    """Draw the themes of one area, the largest first."""
    t, names = page.t, view.snapshot.theme_names(page.lang)
    rows = theme_rows(view)
    rows = rows[rows["status"] != "parked"].sort_values(["shown", "people", "remarks"], ascending=False)
    hidden = int((~rows["shown"]).sum())
    rows = rows[rows["shown"]]
    more = f"services.more.{view.key}"
    # What comes back after an answer stands there in any case, with that answer.
    first = pd.Series(range(len(rows)), index=rows.index) < FIRST_THEMES
    shown = rows if st.session_state.get(more) else rows[first | rows.index.isin(_back(view))]
    with st.container(border=True, gap="xxsmall", key="services.themes"):
        st.markdown(f"**{t('services.themes')}**", help=t("services.themes_help"))
        if rows.empty and not hidden:
            st.caption(t("services.themes_none"))
        told = changes(page, view, rows)
        if told:
            st.markdown(escape(told), help=t("services.changes_help"))
        for theme, row in shown.iterrows():
            name, figures = st.columns([3, 9], vertical_alignment="center", gap="small")
            if name.button(f"**{escape(names[str(theme)])}**", key=f"services.theme.{theme}", type="tertiary"):
                url.go("pages/themes.py", thema=str(theme))
            figures.html(facts(page, pd.Series({**row.to_dict(), "areas": []}), {}))
            if told := on_theme(page, view.snapshot, str(theme)):
                figures.caption(escape(told))
        if len(rows) > len(shown):
            label = t("services.more_themes", n=len(rows) - len(shown))
            st.button(label, key="services.more_themes", on_click=show_all, args=(more,), type="tertiary")
        if hidden:
            st.caption(t("services.themes_hidden", n=hidden))


def changes(page: Page, view: View, rows: pd.DataFrame) -> str:
    """Tell which themes of a service are new, rise, fade or come back after an answer; only where a test says so.

    Parameters
    ----------
    page : Page
    view : View
    rows : DataFrame
        See `theme_rows.theme_rows`.

    Returns
    -------
    str
        "" where nothing can be said, and in a selection by who.
    """
    if view.selection.by_who or rows.empty:
        return ""
    t, names = page.t, view.snapshot.theme_names(page.lang)
    found = {kind: list(rows.index[rows["change"] == kind]) for kind in CHANGES}
    back = _back(view)
    found["back"] = [theme for theme in rows.index if theme in back]
    parts = [(t(f"services.change_{kind}"), [names[str(theme)] for theme in themes]) for kind, themes in found.items()]
    return " · ".join(f"{label}: {', '.join(themes)}" for label, themes in parts if themes)


def _back(view: View) -> set[str]:
    """Give the themes that come back after an answer."""
    answered = subjects(view.snapshot)
    return set(answered.loc[(answered["kind"] == "theme") & answered["back"], "key"])


def quotes(page: Page, data: Snapshot, found: Mapping[str, pd.DataFrame]) -> None:
    """Draw the remarks that tell most, negative beside positive."""
    t, names = page.t, data.theme_names(page.lang)
    if all(remarks.empty for remarks in found.values()):
        return
    for column, (tone, remarks) in zip(st.columns(len(found)), found.items(), strict=True):
        with column.container(border=True, gap="xsmall", height="stretch"):
            st.markdown(f"**{t(f'services.quotes_{tone}')}**")
            if remarks.empty:
                st.caption(t("services.quotes_none"))
            for _, remark in remarks.iterrows():
                st.markdown("> " + escape(str(remark["text"])))
                told = f"{names[str(remark['theme'])]} · {day(remark['date'], page.lang, short=True)}"
                st.caption(escape(told))
