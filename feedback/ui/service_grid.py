"""Service areas against quality aspects, and against each other: where it hurts, and who sends whom on to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from feedback.areas.handovers import routes
from feedback.charts import heatmap
from feedback.i18n import Language, number, percent, translator
from feedback.intake.areas import GENERAL
from feedback.scores.chance import wilson
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads
from feedback.ui.remarks import remarks_dialog
from feedback.ui.service_priority import HEAD

# A share of fewer remarks says nothing.
FEWEST = 5
TOLD = {"negative": "columns.negative", "remarks": "charts.remarks", "people": "charts.people"}


@dataclass(frozen=True)
class Grid:
    """Cells of a heat map with its spec and its words."""

    table: pd.DataFrame
    spec: dict[str, Any]
    alt: str


@st.cache_resource(max_entries=48, show_spinner=False)
def _aspects(key: str, language: Language, _view: View) -> Grid:
    data, t = _view.snapshot, translator(language)
    both = _each_area(_view.remarks)
    known = both[both["aspect"].notna()].astype({"aspect": "str"})
    groups = known.groupby(["area", "aspect"], observed=True)
    table = pd.DataFrame({"remarks": groups.size(), "people": groups["person"].nunique()})
    table["negative"] = groups["bad"].sum().astype(int)
    table = _named(table.reset_index(), data.area_names(language), data.aspect_names(language), "aspect")
    between = [wilson(int(hits), int(n)) for hits, n in zip(table["negative"], table["remarks"], strict=True)]
    table["share_low"], table["share_high"] = [low for low, _ in between], [high for _, high in between]
    spec = heatmap.spec(table, language, row="area", column="aspect", value="negative", told=TOLD)
    if table.empty:
        return Grid(table, spec, t("charts.nothing"))
    top = table.iloc[int(table["negative"].argmax())]
    told = {"area": top["area_name"], "aspect": top["aspect_name"], "n": int(top["negative"])}
    return Grid(table, spec, t("services.grid_alt", **told))


@st.cache_resource(max_entries=48, show_spinner=False)
def _handovers(key: str, language: Language, _view: View) -> Grid:
    data, t = _view.snapshot, translator(language)
    groups = _steps(_view.key, _view).groupby(["area", "other"])
    table = pd.DataFrame({"remarks": groups.size(), "people": groups["person"].nunique()}).reset_index()
    names = data.area_names(language)
    table = _named(table, names, names, "other")
    titles = t("services.handover_from"), t("services.handover_to")
    spec = heatmap.spec(table, language, row="area", column="other", titles=titles)
    if table.empty:
        return Grid(table, spec, t("charts.nothing"))
    top = table.iloc[int(table["remarks"].argmax())]
    told = {"area": top["area_name"], "other": top["other_name"], "n": int(top["remarks"])}
    return Grid(table, spec, t("services.handover_alt", **told))


def _each_area(remarks: pd.DataFrame) -> pd.DataFrame:
    """Give remarks once for each of their service areas."""
    first = remarks[["area", "aspect", "sentiment", "person"]].astype({"area": "object"})
    second = remarks.loc[remarks["area2"].notna(), ["area2", "aspect", "sentiment", "person"]]
    both = pd.concat([first, second.rename(columns={"area2": "area"}).astype({"area": "object"})])
    return both[both["area"].notna()].assign(bad=lambda table: table["sentiment"] == "neg")


@st.cache_resource(max_entries=48, show_spinner=False)
def _steps(key: str, _view: View) -> pd.DataFrame:
    areas = _view.snapshot.areas
    every = zip(areas["area"], areas["name_nl"], areas["name_en"], strict=True)
    # What belongs to no single service has the name of a common word.
    return routes(_view.remarks, {key: names for key, *names in every if key != GENERAL})


def _named(table: pd.DataFrame, rows: dict[str, str], columns: dict[str, str], column: str) -> pd.DataFrame:
    """Add names, and put rows and columns in the coordinator's order."""
    table = table[table["area"].isin(list(rows)) & table[column].isin(list(columns))]
    table = table.assign(area_name=table["area"].map(rows), **{f"{column}_name": table[column].map(columns)})
    table[f"{column}_at"] = table[column].map({key: at for at, key in enumerate(columns)}).astype(int)
    at = table["area"].map({key: at for at, key in enumerate(rows)}).astype(int)
    return table.assign(row_at=at).sort_values(["row_at", f"{column}_at"]).drop(columns="row_at").reset_index(drop=True)


def aspects(page: Page, view: View) -> None:
    """Draw service areas against aspects, with the worst cells in words; a click opens the remarks of a cell.

    Parameters
    ----------
    page : Page
    view : View
    """
    t, lang, data = page.t, page.lang, view.snapshot
    if view.selection.by_who:
        st.info(t("services.whole_only"), icon=":material/visibility_off:")
        return
    grid = _aspects(view.key, lang, view)
    with st.container(border=True, gap="xsmall"):
        picked = _draw(page, "grid", grid, "diensten-aspecten", "services.grid_none")
        worst = grid.table[grid.table["remarks"] >= FEWEST].sort_values(["share_low", "remarks"], ascending=False)
        worst = worst[worst["negative"] > 0].head(3)
        if len(worst):
            st.markdown(f"**{t('services.grid_where')}**", help=t("services.grid_where_help", n=FEWEST))
        for row in worst.to_dict("records"):
            share = {"share": percent(row["negative"] / row["remarks"], lang), "n": int(row["remarks"])}
            low, high = number(100 * row["share_low"], lang), percent(row["share_high"], lang)
            told = t(
                "services.grid_worst", area=row["area_name"], aspect=row["aspect_name"], low=low, high=high, **share
            )
            st.caption(escape(told))
    if picked:
        remarks, area = view.remarks, str(picked["area"])
        inside = (remarks["area"] == area) | (remarks["area2"] == area)
        found = remarks[inside & (remarks["aspect"] == picked["aspect"])].sort_values("sentiment", key=_negative_first)
        names = data.area_names(lang)[area], data.aspect_names(lang)[str(picked["aspect"])]
        remarks_dialog(page, data, found, " · ".join(names), "services.grid_behind")


def handovers(page: Page, view: View) -> None:
    """Draw which services customers are sent between; a click opens the remarks of a cell.

    Parameters
    ----------
    page : Page
    view : View
    """
    t, lang, data = page.t, page.lang, view.snapshot
    if view.selection.by_who:
        st.info(t("services.whole_only"), icon=":material/visibility_off:")
        return
    grid = _handovers(view.key, lang, view)
    every = int(view.remarks["is_handover"].astype(bool).sum())
    with st.container(border=True, gap="xsmall"):
        picked = _draw(page, "handover", grid, "doorverwijzingen", "services.handover_none")
        st.caption(t("services.handover_count", n=every, pairs=_steps(view.key, view)["remark_id"].nunique()))
    if picked:
        steps = _steps(view.key, view)
        chosen = steps.loc[(steps["area"] == picked["area"]) & (steps["other"] == picked["other"]), "remark_id"]
        names = data.area_names(lang)
        title = f"{names[str(picked['area'])]} → {names[str(picked['other'])]}"
        remarks_dialog(
            page, data, view.remarks[view.remarks["remark_id"].isin(chosen)], title, "services.handover_behind"
        )


def _draw(page: Page, name: str, grid: Grid, file: str, none: str) -> dict[str, Any] | None:
    with st.container(**HEAD):
        st.markdown(f"**{page.t(f'services.{name}')}**", help=page.t(f"services.{name}_help"))
        if len(grid.table):
            downloads(page, file, lambda: grid.table, grid.spec)
    if grid.table.empty:
        st.caption(page.t(none))
        return None
    return chart(page, f"services.{name}", grid.spec, grid.table, grid.alt)


def _negative_first(tones: pd.Series) -> pd.Series:
    return (tones.astype("str") != "neg").astype(int)
