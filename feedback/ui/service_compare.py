"""Two groups side by side: their grades for every service, and whether the difference is more than noise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.i18n import MISSING, number, percent
from feedback.scores.chance import LEVEL, welch
from feedback.scores.grades import decimals
from feedback.settings import settings
from feedback.store.tables import LEVELS
from feedback.themes.trend import fisher
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View, view_of
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads
from feedback.ui.service_grid import FEWEST
from feedback.ui.service_parts import signed
from feedback.ui.service_priority import HEAD
from feedback.ui.service_rows import area_rows, visible_measurements
from feedback.ui.sheet import sheet

BY, FIRST, SECOND = "vergelijk", "links", "rechts"
WAYS = ("jaar", "organisatie", "niveau")
# Of so many groups it is said whether they can be set beside the one on the left.
MOST_OTHERS = 12


def groups(page: Page, data: Snapshot, way: str) -> dict[str, str]:
    """Give the groups that can be compared: key of the address to name."""
    if way == "jaar":
        years = {*data.scores["date"].dt.year.unique(), *data.remarks["date"].dt.year.unique()}
        return {str(year): str(year) for year in sorted(map(int, years))}
    if way == "niveau":
        return {level: page.t(f"level.{level}") for level in LEVELS}
    # Those of whom most people gave a grade stand first: between them there is something to see.
    given = data.scores.groupby("organisation", observed=True)["person"].nunique()
    known = data.organisations.assign(given=data.organisations["organisation"].astype(str).map(given).fillna(0))
    known = known.sort_values(["given", "organisation"], ascending=[False, True])
    return dict(zip(known["organisation_id"].astype(str), known["organisation"].astype(str), strict=True))


def chosen(selection: Selection, way: str, key: str, names: Mapping[str, str]) -> Selection:
    """Give the reader's selection with one group chosen instead of what it says about that.

    Parameters
    ----------
    selection : Selection
    way : {"jaar", "organisatie", "niveau"}
    key : str
        See `groups`.
    names : mapping of str to str

    Returns
    -------
    Selection
        One that the filters could make too, so that the same rule protects it.
    """
    if way == "jaar":
        return replace(selection, since=dt.date(int(key), 1, 1), until=dt.date(int(key), 12, 31))
    if way == "niveau":
        return replace(selection, levels=(key,))
    return replace(selection, organisations=(names[key],))


def differences(first: View, second: View, *, together: bool) -> pd.DataFrame:
    """Compare every service of two groups.

    In a selection by who a grade is judged by the people who gave grades (`visible_measurements`): no remark is told here.

    Parameters
    ----------
    first, second : View
    together : bool
        Whether their grades must be of one session: the last that both may show. Else the last of each.

    Returns
    -------
    DataFrame
        Index area; for each of the two (suffix _1, _2) hidden (bool), grade, sd, n, remarks, neg, session; step, low, high, p (see
        `scores.chance.welch`; NaN where one of the two is hidden) and p_neg, of the negative remarks by Fisher's exact
        test (NaN in a selection by who, and below `FEWEST` remarks).
    """
    by_who = first.selection.by_who or second.selection.by_who
    said = [] if by_who else ["remarks", "neg"]
    sides = [area_rows(side)[["grade_hidden", *said]] for side in (first, second)]
    sides = [side.reindex(columns=["grade_hidden", "remarks", "neg"]) for side in sides]
    graded = [
        visible_measurements(side)[["area", "session_id", "session", "grade", "sd", "n"]] for side in (first, second)
    ]
    if together:
        both = graded[0][["area", "session_id"]].merge(graded[1][["area", "session_id"]])
        graded = [side.merge(both) for side in graded]
    sides = [
        rows.join(side.drop_duplicates("area", keep="last").set_index("area"))
        for rows, side in zip(sides, graded, strict=True)
    ]
    table = sides[0].join(sides[1], lsuffix="_1", rsuffix="_2", how="outer")
    for side in ("_1", "_2"):
        # Missing: a service that the group never spoke of, which hides nothing.
        table[f"hidden{side}"] = table.pop(f"grade_hidden{side}").eq(True)
    steps, p_neg = [], []
    for _, row in table.iterrows():
        seen = not row["hidden_1"] and not row["hidden_2"]
        given = [tuple(row[f"{name}_{side}"] for name in ("grade", "sd", "n")) for side in (1, 2)]
        known = seen and all(part[0] == part[0] for part in given)
        told = welch(_as(given[0]), _as(given[1])) if known else None
        steps.append((told.step, told.low, told.high, told.p) if told else (float("nan"),) * 4)
        counts = [row[name] for name in ("neg_1", "remarks_1", "neg_2", "remarks_2")]
        if by_who or any(count != count for count in counts) or min(counts[1], counts[3]) < FEWEST:
            p_neg.append(float("nan"))
        else:
            bad, every, bad2, every2 = map(int, counts)
            p_neg.append(fisher(bad, every - bad, bad2, every2 - bad2))
    table[["step", "low", "high", "p"]] = pd.DataFrame(steps, index=table.index, dtype=float)
    return table.assign(p_neg=pd.Series(p_neg, index=table.index, dtype=float))


def _as(part: tuple[Any, ...]) -> tuple[float, float, int]:
    return float(part[0]), float(part[1]), int(part[2])


@st.cache_resource(max_entries=48, show_spinner=False)
def _table(key: str, together: bool, _first: View, _second: View) -> pd.DataFrame:
    return differences(_first, _second, together=together)


def draw(page: Page, view: View) -> None:
    """Draw the choice of two groups and the table.

    Parameters
    ----------
    page : Page
    view : View
    """
    t, data = page.t, view.snapshot
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            way = _choose(page, BY, {name: t(f"services.compare_{name}") for name in WAYS}, "compare_by", 0)
            names = groups(page, data, way)
            if len(names) < 2:
                st.caption(t("services.compare_one"))
                return
            places = (-2, -1) if way == "jaar" else (0, 1)
            keys = [
                _choose(page, at, names, f"compare_{at}", place)
                for at, place in zip((FIRST, SECOND), places, strict=True)
            ]
        if keys[0] == keys[1]:
            st.caption(t("services.compare_same"))
            return
        views = [view_of(data, chosen(view.selection, way, key, names)) for key in keys]
        hidden = [names[key] for key, side in zip(keys, views, strict=True) if not side.verdict.shown]
        if hidden:
            threshold = settings().group_threshold
            told = t("services.compare_hidden", groups=", ".join(hidden), threshold=threshold)
            st.info(escape(told), icon=":material/visibility_off:")
            return
        found = _table(f"{views[0].key}|{views[1].key}", way != "jaar", *views)
        if not _order(data, found):
            _why_nothing(page, view, way, keys[0], names)
            return
        table = readable(page, data, found, (names[keys[0]], names[keys[1]]))
        with st.container(**HEAD):
            st.markdown(
                f"**{t('services.compare_title')}**",
                help=t(
                    "services.compare_how" if way == "jaar" else "services.compare_how_who",
                    level=percent(LEVEL, page.lang),
                ),
            )
            downloads(page, "diensten-vergelijking", lambda: table)
        # The difference in grade is the fourth column, that in negative remarks the fifth.
        tests = found.loc[_order(data, found), ["p", "p_neg"]].to_numpy()
        clear = [(at, column) for at, row in enumerate(tests) for column, p in enumerate(row, start=3) if p < LEVEL]
        sheet(list(table.columns), table.to_numpy().tolist(), bold=clear)


def _why_nothing(page: Page, view: View, way: str, left: str, names: Mapping[str, str]) -> None:
    """Say why two groups share no grade that may be shown, and which groups do share one with the left one."""
    t, threshold = page.t, settings().group_threshold
    why = t("services.compare_nothing_year" if way == "jaar" else "services.compare_nothing", threshold=threshold)
    st.info(why, icon=":material/visibility_off:")
    mine = view_of(view.snapshot, chosen(view.selection, way, left, names))
    others = [key for key in names if key != left][:MOST_OTHERS]
    views = {key: view_of(view.snapshot, chosen(view.selection, way, key, names)) for key in others}
    able = [
        names[key] for key, other in views.items()
        if mine.verdict.shown and other.verdict.shown
        and _order(view.snapshot, _table(f"{mine.key}|{other.key}", way != "jaar", mine, other))
    ]  # fmt: skip
    told = t("services.compare_able", left=names[left], groups=", ".join(able))
    st.caption(escape(told if able else t("services.compare_able_none", left=names[left])))


def _choose(page: Page, key: str, names: Mapping[str, str], label: str, place: int) -> str:
    """Draw a choice that stands in the address too."""
    widget = url.widget_key(key)
    if st.session_state.get(widget) not in names:
        wanted = url.get(key)
        st.session_state[widget] = wanted if wanted in names else list(names)[place]
    picked = st.selectbox(
        page.t(f"services.{label}"), list(names), key=widget, format_func=lambda name: names.get(name, name), width=260
    )
    url.put(key, picked)
    return str(picked)


def readable(page: Page, data: Snapshot, found: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """Give the comparison as a table for people.

    Parameters
    ----------
    page : Page
    data : Snapshot
    found : DataFrame
        See `differences`.
    names : (str, str)
        Of the two groups.

    Returns
    -------
    DataFrame
        Columns named in the reader's language; hidden where too few people stand behind a figure.
    """
    t, lang = page.t, page.lang
    rows = []
    for area, row in found.loc[_order(data, found)].iterrows():
        told = {t("remarks.area"): data.area_names(lang)[str(area)]}
        for side, name in enumerate(names, start=1):
            told[name] = _grade(page, row, side)
        told[t("services.compare_step")] = _step(page, row)
        if found["p_neg"].notna().any():
            told[t("services.compare_negative")] = _negative(page, row)
        rows.append(told)
    return pd.DataFrame(rows)


def _order(data: Snapshot, found: pd.DataFrame) -> list[str]:
    """Give the services of which anything can be told, in the coordinator's order."""
    told_of = found[["grade_1", "grade_2"]].notna().any(axis=1) | found["p_neg"].notna()
    return [str(area) for area in data.areas["area"] if told_of.get(area)]


def _grade(page: Page, row: pd.Series, side: int) -> str:
    grade, n = row[f"grade_{side}"], row[f"n_{side}"]
    if row[f"hidden_{side}"]:
        return page.t("remarks.hidden")
    if grade != grade:
        return MISSING
    return page.t("services.dot", grade=number(grade, page.lang, _decimals(row)), n=int(n))


def _decimals(row: pd.Series) -> int:
    if row["hidden_1"] or row["hidden_2"]:
        return 1
    return decimals(float(row["grade_1"]), float(row["grade_2"]))


def _step(page: Page, row: pd.Series) -> str:
    if row["step"] != row["step"]:
        return MISSING
    parts = {name: signed(page, row[name], _decimals(row)) for name in ("step", "low", "high")}
    if row["p"] != row["p"]:
        return page.t("services.compare_few", **parts)
    return page.t("services.compare_clear" if row["p"] < LEVEL else "services.compare_noise", **parts)


def _negative(page: Page, row: pd.Series) -> str:
    if row["p_neg"] != row["p_neg"]:
        return MISSING
    shares = {}
    for name, side in (("left", 1), ("right", 2)):
        n = int(row[f"remarks_{side}"])
        shares[name] = page.t("services.compare_share", share=percent(row[f"neg_{side}"] / n, page.lang), n=n)
    return page.t(
        "services.compare_shares_clear" if row["p_neg"] < LEVEL else "services.compare_shares_noise", **shares
    )
