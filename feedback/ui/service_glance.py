"""All service areas at a glance: grades as dots, and every area on a line."""

from __future__ import annotations

from html import escape as html
from typing import Any

import pandas as pd
import streamlit as st

from feedback.charts import area_grades, palette
from feedback.i18n import Language, number, percent, translator
from feedback.settings import settings
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads
from feedback.ui.service_parts import grade_text, nps_between, nps_help, open_area, signed, whole
from feedback.ui.service_rows import area_rows, other_questions, recommend

MOST_QUESTIONS = 6


def summary(page: Page, view: View, rows: pd.DataFrame) -> str:
    """Say in one line what the page covers, as markdown."""
    t = page.t
    return escape(
        t(
            "services.summary", areas=t("services.count", n=len(rows)), remarks=t("remarks.count", n=len(view.remarks)),
            people=t("people.count", n=view.remarks["person"].nunique()),
        )
    )  # fmt: skip


def glance(page: Page, view: View, rows: pd.DataFrame) -> str | None:
    """Draw the grades as dots and every area on a line.

    Parameters
    ----------
    page : Page
    view : View
    rows : DataFrame
        See `service_rows.area_rows`.

    Returns
    -------
    str or None
        The area whose dot was just clicked.
    """
    t, lang = page.t, page.lang
    names = view.snapshot.area_names(lang)
    left, right = st.columns([4, 7], gap="medium")
    with left.container(border=True, gap="xsmall", height="stretch"):
        table, spec, alt = _dots(view.key, lang, view)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{t('services.grades')}**", help=t("services.grades_help"))
            if len(table):
                downloads(page, "diensten-cijfers", lambda: _rounded(table), spec)
        picked = chart(page, "services.dots", spec, table, alt) if len(table) else None
        hidden = int((rows["grade_hidden"] | (rows["grade"].notna() & ~rows["shown"])).sum())
        missing = int((rows["grade"].isna() & ~rows["grade_hidden"]).sum())
        if hidden:
            st.caption(t("services.grades_hidden", n=hidden))
        if missing:
            st.caption(t("services.no_grades", n=missing) if len(table) or hidden else t("services.no_grade_at_all"))
        _recommended(page, view)
        _other_questions(page, view)
    with right.container(border=True, gap="xxsmall", height="stretch", key="services.list"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{t('services.list')}**", help=t("services.list_help"))
            downloads(page, "diensten", lambda: listing(page, view, rows))
        for area, row in rows.iterrows():
            name, figures = st.columns([2, 9], vertical_alignment="center", gap="small")
            label = f"**{escape(names[str(area)])}**"
            name.button(label, key=f"services.open.{area}", type="tertiary", on_click=open_area, args=(str(area),))
            figures.html(_line(page, view, row))
    return str(picked["area"]) if picked else None


def _recommended(page: Page, view: View) -> None:
    found = recommend(view)
    if found is None:
        return
    t = page.t
    st.markdown(f"**{t('services.nps')}**", help=nps_help(page, found))
    told = {"nps": whole(page, found["nps"]), "between": nps_between(page, found), "n": int(found["n"])}
    st.caption(escape(t("services.nps_line", session=str(found["session"]), **told)))


def _other_questions(page: Page, view: View) -> None:
    t, found, names = page.t, other_questions(view), view.snapshot.area_names(page.lang)
    if found.empty:
        return
    st.markdown(f"**{t('services.other_questions')}**", help=t("services.other_questions_help"))
    for row in found.head(MOST_QUESTIONS).to_dict("records"):
        about = f" ({names[row['area']]})" if isinstance(row["area"], str) else ""
        grade = t("services.grade_alone", grade=number(row["grade"], page.lang, 1), n=int(row["n"]))
        st.caption(escape(f"{row['question']}{about}: {grade} · {row['session']}"))
    if len(found) > MOST_QUESTIONS:
        st.caption(t("services.more_questions", n=len(found) - MOST_QUESTIONS))


@st.cache_resource(max_entries=48, show_spinner=False)
def _dots(key: str, lang: Language, _view: View) -> tuple[pd.DataFrame, dict[str, Any], str]:
    rows = area_rows(_view)
    graded = rows[rows["grade"].notna() & rows["shown"]].sort_values("grade")
    names = _view.snapshot.area_names(lang)
    table = graded.reset_index()[["area", "grade", "low", "high", "n", "session", "date"]]
    table.insert(1, "area_name", table["area"].map(names))
    for name in ("grade", "low", "high"):
        table[name] = table[name].astype(float)
    t = translator(lang)
    figures = zip(table["grade"].astype(float), table["n"].astype(int), strict=True)
    table["told"] = [t("services.dot", grade=number(grade, lang, 1), n=n) for grade, n in figures]
    return table, area_grades.spec(table, lang), area_grades.alt(table, lang)


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(grade=table["grade"].round(2), low=table["low"].round(2), high=table["high"].round(2))


def _line(page: Page, view: View, row: pd.Series) -> str:
    """Give the figures of an area on one line, as HTML without a word of a user that is not escaped."""
    t, lang = page.t, page.lang
    if not row["shown"]:
        return _cells([(t("services.hidden", threshold=settings().group_threshold), "auto")])
    themes = view.snapshot.theme_names(lang)
    size = f"<b>{t('people.count', n=int(row['people']))}</b> · {t('remarks.count', n=int(row['remarks']))}"
    parts = [(size, "11.5rem")]
    # By who, the tones within an area would tell on single people.
    if row["remarks"] and not view.selection.by_who:
        parts.append((tone_bar(page, row), "6rem"))
        parts.append((t("services.negative", share=percent(row["neg"] / row["remarks"], lang)), "6.5rem"))
    second = [t("services.top", theme=themes[row["top"]])] if isinstance(row["top"], str) else []
    second += [grade_text(page, row)]
    step = step_text(page, row)
    rest = [t("services.owner_is", owner=row["owner"])] if row["owner"] else []
    rest += [] if row["is_active"] else [t("services.not_in_use")]
    told = [html(part) for part in second]
    # Bold: more than noise.
    told += [f"<b>{html(step)}</b>" if row["clear"] else html(step)] if step else []
    told += [html(part) for part in rest]
    return _cells(parts) + _cells([(" · ".join(told), "auto")], quiet=True)


def _cells(parts: list[tuple[str, str]], *, quiet: bool = False) -> str:
    cells = "".join(f'<span style="flex:0 1 {width}">{part}</span>' for part, width in parts if part)
    look = "opacity:.75;font-size:.8rem" if quiet else "font-size:.875rem"
    return f'<div style="display:flex;flex-wrap:wrap;gap:.1rem 1rem;align-items:center;{look}">{cells}</div>'


def tone_bar(page: Page, row: pd.Series) -> str:
    """Give the tones of a row as a small bar, as HTML."""
    counts = {tone: int(row[tone]) for tone in palette.TONES}
    told, total = html(page.t("services.tones", **counts)), sum(counts.values())
    pieces = "".join(
        f'<span style="width:{100 * n / total:.1f}%;background:{palette.TONES[tone]}"></span>'
        for tone, n in counts.items()
        if n
    )
    look = "display:flex;height:.7rem;border-radius:.35rem;overflow:hidden;gap:1px"
    return f'<span role="img" aria-label="{told}" title="{told}" style="{look}">{pieces}</span>'


def step_text(page: Page, row: pd.Series) -> str:
    """Tell the step since the previous measurement, and whether it is noise."""
    if row["step"] != row["step"]:
        return ""
    key = "services.step_clear" if row["clear"] else "services.step_noise"
    return page.t(key, step=signed(page, row["step"]))


def listing(page: Page, view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Give all service areas as a table to download; small groups hidden.

    Parameters
    ----------
    page, view, rows
        See `glance`.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, lang, shown = page.t, page.lang, rows["shown"]
    names, themes = view.snapshot.area_names(lang), view.snapshot.theme_names(lang)
    table: dict[str, Any] = {
        t("remarks.area"): [names[str(at)] for at in rows.index],
        t("services.people"): rows["people"].where(shown).astype("Int64"),
        t("services.remarks"): rows["remarks"].where(shown).astype("Int64"),
    }
    for tone in palette.TONES:
        table[t(f"sentiment.{tone}").capitalize()] = (
            rows[tone].where(shown & (not view.selection.by_who)).astype("Int64")
        )
    for column, label in {
        "grade": "charts.grade",
        "low": "charts.low",
        "high": "charts.high",
        "step": "services.step",
    }.items():
        table[t(label)] = rows[column].astype(float).where(shown).round(2)
    table[t("charts.n")] = rows["n"].astype(float).where(shown).astype("Int64")
    table[t("charts.session")] = rows["session"].where(shown)
    table[t("services.last_measured")] = rows["date"].where(shown)
    table[t("services.top_theme")] = rows["top"].map(lambda key: themes.get(key, "") if isinstance(key, str) else "")
    table[t("services.owner")] = rows["owner"]
    return pd.DataFrame(table).reset_index(drop=True)
