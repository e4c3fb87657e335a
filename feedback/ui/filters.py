"""The filters in the sidebar, and the part of the data they leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection, Verdict, check
from feedback.i18n import day
from feedback.settings import settings
from feedback.store.tables import LEVELS
from feedback.ui import url
from feedback.ui.data import Snapshot, snapshot
from feedback.ui.page import Page


@dataclass(frozen=True)
class View:
    """The part of the data that the filters leave.

    Attributes
    ----------
    key : str
        Names this state of the data and this selection; caches of figures are named after it.
    snapshot : Snapshot
        Everything.
    selection : Selection
    remarks : DataFrame
        The remarks selected (see `store.frames.remarks`); empty when a small group is protected. Read-only.
    scores : DataFrame
        The scores selected, likewise.
    verdict : Verdict
        Whether the selection may be shown, and the people behind it.
    """

    key: str
    snapshot: Snapshot
    selection: Selection
    remarks: pd.DataFrame
    scores: pd.DataFrame
    verdict: Verdict


@st.cache_resource(max_entries=48, show_spinner=False)
def _view(key: str, _snapshot: Snapshot, _selection: Selection) -> View:
    verdict = check(_snapshot.remarks, _selection, settings().group_threshold)
    if verdict.shown:
        remarks = _selection.apply(_snapshot.remarks)
        # Scores have no theme and no words: what is asked of a remark alone does not filter them.
        asked = replace(_selection, themes=(), sentiments=(), search="")
        # Fewer people may have given a grade than spoke.
        may = check(_snapshot.scores, asked, settings().group_threshold).shown
        scores = asked.apply(_snapshot.scores) if may else _snapshot.scores.iloc[:0]
    else:
        remarks, scores = _snapshot.remarks.iloc[:0], _snapshot.scores.iloc[:0]
    return View(key, _snapshot, _selection, remarks, scores, verdict)


def view_of(data: Snapshot, selection: Selection) -> View:
    """Give the part of the data a selection leaves; kept while nothing changes.

    Parameters
    ----------
    data : Snapshot
    selection : Selection

    Returns
    -------
    View
    """
    return _view(f"{settings().database_url}|{data.version}|{selection!r}", data, selection)


def chosen_filters(page: Page, view: View) -> str:
    """Name the filters that are on, as a reader chose them.

    Parameters
    ----------
    page : Page
    view : View

    Returns
    -------
    str
        "" when nothing is chosen. Not escaped.
    """
    t, selection, data = page.t, view.selection, view.snapshot
    sessions = dict(zip(data.sessions["session_id"], data.sessions["session"], strict=True))
    period = (selection.since, selection.until)
    told = {
        "filters.search": [f"“{selection.search}”"] if selection.search else [],
        "filters.session": [sessions[one] for one in selection.sessions],
        "filters.area": [data.area_names(page.lang)[one] for one in selection.areas],
        "filters.organisation": list(selection.organisations),
        "filters.level": [t(f"level.{one}") for one in selection.levels],
        "filters.period": [day(one, page.lang) for one in period] if any(period) else [],
    }
    return "; ".join(f"{t(label).lower()} {', '.join(values)}" for label, values in told.items() if values)


def filtered(page: Page) -> View:
    """Draw the filters and give what they leave; stops the page, with the reason, where a small group is protected.

    Parameters
    ----------
    page : Page

    Returns
    -------
    View
    """
    data = snapshot()
    view = view_of(data, _selection(page, data))
    verdict = view.verdict
    if not verdict.shown:
        st.info(
            page.t(f"filters.hidden_{verdict.reason}", threshold=settings().group_threshold),
            icon=":material/visibility_off:",
        )
        st.stop()
    if verdict.unknown:
        st.caption(page.t("filters.unknown_left_out", n=verdict.unknown))
    return view


def _selection(page: Page, data: Snapshot) -> Selection:
    t = page.t
    organisations = dict(
        zip(data.organisations["organisation_id"].astype(str), data.organisations["organisation"], strict=True)
    )
    asked = data.sessions[~data.sessions["own"]]
    sessions = dict(zip(asked["session_id"].astype(str), asked["session"], strict=True))
    with st.sidebar:
        st.text_input(
            t("filters.search"), key=_restored("q", url.get("q")), placeholder=t("filters.search_hint"), type="search"
        )
        _choice(t("filters.session"), "sessie", list(reversed(sessions)), sessions.get, t("filters.all_sessions"))
        areas = data.area_names(page.lang)
        _choice(t("filters.area"), "dienst", list(areas), areas.get, t("filters.all_areas"))
        _choice(
            t("filters.organisation"),
            "organisatie",
            list(organisations),
            organisations.get,
            t("filters.all_organisations"),
        )
        _choice(t("filters.level"), "niveau", LEVELS, lambda level: t(f"level.{level}"), t("filters.all_levels"))
        with st.expander(t("filters.period"), expanded=bool(url.get("van") or url.get("tot"))):
            st.date_input(t("filters.since"), key=_restored("van", _day(url.get("van"))), format="DD-MM-YYYY")
            st.date_input(t("filters.until"), key=_restored("tot", _day(url.get("tot"))), format="DD-MM-YYYY")
            since, until = (st.session_state[url.widget_key(key)] for key in ("van", "tot"))
            if since and until and since > until:
                st.warning(t("filters.reversed"))
        held = {key: st.session_state.get(url.widget_key(key)) for key in url.FILTERS}
        if any(held.values()):
            st.button(t("filters.clear"), key="clear_filters", on_click=url.clear, args=(url.FILTERS,), width="stretch")
    for key, value in held.items():
        url.put(key, value.isoformat() if isinstance(value, dt.date) else value)
    return Selection(
        organisations=tuple(organisations[key] for key in held["organisatie"] or ()),
        levels=tuple(held["niveau"] or ()),
        sessions=tuple(int(key) for key in held["sessie"] or ()),
        areas=tuple(held["dienst"] or ()),
        since=held["van"] or None,
        until=held["tot"] or None,
        search=(held["q"] or "").strip(),
    )


def _restored(key: str, value: object) -> str:
    """Give a widget the value of the address when it has none of its own; returns its key."""
    name = url.widget_key(key)
    if name not in st.session_state:
        st.session_state[name] = value
    return name


def _choice(label: str, key: str, options: Sequence[str], name: Callable[[str], str | None], everything: str) -> None:
    wanted = [value for value in url.get_list(key) if value in options]
    st.multiselect(
        label,
        options,
        key=_restored(key, wanted),
        format_func=lambda value: name(value) or value,
        placeholder=everything,
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
