"""Which service to work on first: importance against performance, and what drives the grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from feedback.charts import driver_bars, priority_map
from feedback.i18n import Language, number, translator
from feedback.scores import importance
from feedback.themes.trend import FALSE_ALARMS, benjamini_hochberg
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads
from feedback.ui.remarks import remarks_dialog
from feedback.ui.service_rows import area_rows
from feedback.ui.sheet import sheet

MOST_DRIVERS = 12
HEAD: dict[str, Any] = {"horizontal": True, "horizontal_alignment": "distribute", "vertical_alignment": "center"}


@dataclass(frozen=True)
class Priority:
    """What the map of importance and performance shows.

    Attributes
    ----------
    stated : bool
        Whether people said what is important; else it was derived from the grades.
    dots : DataFrame
        See `charts.priority_map.marks`; empty where too little is known.
    spec : dict
    short : int
        Answers of the service that comes nearest to what is needed, where the map is empty.
    """

    stated: bool
    dots: pd.DataFrame
    spec: dict[str, Any]
    short: int


@st.cache_resource(max_entries=48, show_spinner=False)
def _priority(key: str, language: Language, _view: View) -> Priority:
    rows = area_rows(_view)
    graded = rows.loc[rows["grade"].notna(), ["grade", "low", "high", "n"]].astype(float)
    said, derived = importance.stated(_view.scores), importance.derived(_view.scores)
    ways = ((True, said, importance.FEWEST_STATED), (False, derived, importance.FEWEST_DERIVED))
    short = 0
    for stated, found, fewest in ways:
        table = graded.join(found[found["importance"].notna()], how="inner")
        short = max(short, int(table["importance_n"].max()) if len(table) else 0)
        table = table[table["importance_n"] >= fewest]
        if len(table) >= importance.FEWEST_AREAS:
            placed, cut, line = importance.quadrants(table)
            dots = priority_map.marks(placed.rename_axis("area"), _view.snapshot.area_names(language), language)
            return Priority(stated, dots, priority_map.spec(dots, cut, line, language, stated=stated), short)
    return Priority(False, pd.DataFrame(), {}, short)


@dataclass(frozen=True)
class Drivers:
    """What the bars of themes show; see `scores.importance.drivers`."""

    table: pd.DataFrame
    spec: dict[str, Any]
    n: int
    grade: float


@st.cache_resource(max_entries=48, show_spinner=False)
def _drivers(key: str, language: Language, _view: View) -> Drivers:
    t, themes = translator(language), _view.snapshot.themes
    living = set(themes.loc[themes["status"].isin(["proposed", "confirmed"]), "theme"])
    table, n, grade = importance.drivers(_view.remarks[_view.remarks["theme"].isin(living)], _view.scores)
    # Many themes are tested at once: some would differ by chance.
    table["clear"] = benjamini_hochberg(table["p"].fillna(1).to_numpy(dtype=float), FALSE_ALARMS)
    table["clear_name"] = [t("services.clear" if clear else "services.noise") for clear in table["clear"]]
    far = table["pull"].abs().sort_values(ascending=False).index[:MOST_DRIVERS]
    table = table[table.index.isin(far)].reset_index()
    table.insert(1, "theme_name", table["theme"].map(_view.snapshot.theme_names(language)))
    table = table.rename(columns={"grade": "grade_with", "n": "n_with"})
    return Drivers(table, driver_bars.spec(table, language), n, grade)


def draw(page: Page, view: View) -> None:
    """Draw both charts; a click opens the remarks behind a mark.

    Parameters
    ----------
    page : Page
    view : View
    """
    t, lang = page.t, page.lang
    if view.selection.by_who:
        st.info(t("services.whole_only"), icon=":material/visibility_off:")
        return
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, gap="xsmall", height="stretch"):
        area = _map(page, _priority(view.key, lang, view))
    with right.container(border=True, gap="xsmall", height="stretch"):
        theme = _bars(page, _drivers(view.key, lang, view))
    remarks, data = view.remarks, view.snapshot
    if area:
        found = remarks[(remarks["area"] == area) | (remarks["area2"] == area)]
        remarks_dialog(page, data, _newest(found), data.area_names(lang)[area], "services.priority_behind")
    elif theme:
        found = remarks[remarks["theme"] == theme]
        names = data.theme_names(lang)
        remarks_dialog(page, data, _newest(found), names[theme], "services.drivers_behind", theme=theme)


def _newest(remarks: pd.DataFrame) -> pd.DataFrame:
    return remarks.sort_values(["date", "remark_id"], ascending=[False, True])


def _map(page: Page, found: Priority) -> str | None:
    t = page.t
    with st.container(**HEAD):
        st.markdown(f"**{t('services.priority')}**", help=t("services.priority_help"))
        if len(found.dots):
            downloads(page, "diensten-belang", lambda: _rounded(found.dots), found.spec)
    if found.dots.empty:
        needed = {"stated": importance.FEWEST_STATED, "derived": importance.FEWEST_DERIVED, "n": found.short}
        st.caption(t("services.priority_none", areas=importance.FEWEST_AREAS, **needed))
        return None
    st.caption(t(f"services.importance_{'stated' if found.stated else 'derived'}"))
    picked = chart(page, "services.priority", found.spec, found.dots, priority_map.alt(found.dots, page.lang))
    st.caption(t("services.priority_key"))
    return str(picked["area"]) if picked else None


def _bars(page: Page, found: Drivers) -> str | None:
    t, lang = page.t, page.lang
    with st.container(**HEAD):
        st.markdown(f"**{t('services.drivers')}**", help=t("services.drivers_help", n=importance.FEWEST_SPEAKERS))
        if len(found.table):
            downloads(page, "diensten-drijfveren", lambda: _rounded(found.table), found.spec)
    if found.table.empty:
        st.caption(t("services.drivers_none", fewest=importance.FEWEST_GRADED, n=found.n))
        return None
    st.caption(escape(t("services.drivers_are", n=found.n, grade=number(found.grade, lang, 1))))
    picked = chart(page, "services.drivers", found.spec, found.table, driver_bars.alt(found.table, lang))
    st.caption(t("services.drivers_key"))
    columns, rows, clear = in_words(page, found.table)
    # The bars say it at a glance; whoever wants every figure opens them.
    with st.expander(t("services.drivers_words")):
        sheet(columns, rows, bold=clear)
    return str(picked["theme"]) if picked else None


def in_words(page: Page, table: pd.DataFrame) -> tuple[list[str], list[list[str]], list[tuple[int, int]]]:
    """Give what drives the grade as a table in words.

    Parameters
    ----------
    page : Page
    table : DataFrame
        See `Drivers`.

    Returns
    -------
    columns : list of str
    rows : list of list of str
        Not escaped.
    clear : list of (int, int)
        Row and column of the differences that are more than noise.
    """
    t, lang = page.t, page.lang
    columns = [t("charts.theme"), *(t(f"columns.{name}") for name in ("pull", "grade_with", "without"))]
    rows, clear = [], []
    for at, row in enumerate(table.to_dict("records")):
        sign = "" if abs(row["pull"]) < 0.005 else "+" if row["pull"] > 0 else "−"
        pull = sign + number(abs(row["pull"]), lang, 2)
        others = {
            name: number(row[key], lang, 1) for name, key in (("grade", "without"), ("low", "low"), ("high", "high"))
        }
        rows.append(
            [
                row["theme_name"], f"{pull}: {row['clear_name']}",
                t("services.beside_alone", grade=number(row["grade_with"], lang, 1), n=int(row["n_with"])),
                t("services.beside_figure", n=int(row["n_without"]), **others),
            ]
        )  # fmt: skip
        clear += [(at, 1)] if row["clear"] else []
    return columns, rows, clear


def on_area(page: Page, view: View) -> str | None:
    """Draw what drives the grade of one service; give the theme whose bar was just clicked.

    Parameters
    ----------
    page : Page
    view : View
        Of that service alone.

    Returns
    -------
    str or None
    """
    if view.selection.by_who:
        return None
    with st.container(border=True, gap="xsmall"):
        return _bars(page, _drivers(view.key, page.lang, view))


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    return table.round(3)
