"""The forms of the savings page: an idea with its impact on every organisation, and how many clients each has."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import number
from feedback.panel.organisations import set_clients
from feedback.savings import ideas, rows
from feedback.savings.impact import by_organisation
from feedback.store.tables import IDEA_LINKS, IDEA_STATUSES
from feedback.ui.data import Snapshot, act
from feedback.ui.page import Page, escape, reporting

EDITING = "savings.editing"
MONEY = {"eur_low": "savings.eur_low", "eur_high": "savings.eur_high", "one_off_cost": "savings.one_off"}


def idea_form(page: Page, data: Snapshot, idea: Any | None) -> int | None:
    """Draw the form, and store what is sent.

    Parameters
    ----------
    page : Page
    data : Snapshot
    idea : namedtuple or None
        A row of `ui.savings.all_ideas`; None: a new idea.

    Returns
    -------
    int or None
        The idea's id once it is stored.
    """
    key = f"idea.{'new' if idea is None else idea.idea_id}"
    with st.form(f"{key}.form", border=False):
        values = _values(page, data, idea, key)
        links = _links(page, data, idea, key)
        impacts = _impacts(page, data, idea, key)
        sent = st.form_submit_button(page.t("savings.save"), type="primary", icon=":material/save:")
    if not sent:
        return None
    if idea is None:
        return act(page, ideas.add, values.pop("title"), impacts=impacts, links=links, **values)
    seen = st.session_state[EDITING]["version"]
    return act(page, ideas.edit, int(idea.idea_id), values, seen, impacts=impacts, links=links)


def _values(page: Page, data: Snapshot, idea: Any | None, key: str) -> dict[str, Any]:
    t = page.t
    title, description, owner = (idea.title, idea.description, idea.owner) if idea else ("", "", "")
    values: dict[str, Any] = {
        "title": st.text_input(t("savings.title_of"), title, max_chars=300, key=f"{key}.title"),
        "description": st.text_area(t("savings.description"), description, height=80, key=f"{key}.about"),
    }
    for column, (name, label) in zip(st.columns(3), MONEY.items(), strict=True):
        shown = _typed(getattr(idea, name), page) if idea else ""
        field = column.text_input(t(label), shown, key=f"{key}.{name}", placeholder=t("savings.eur_hint"))
        values[name] = field
    left, middle, right = st.columns(3)
    areas = dict(zip(data.areas["area"], data.areas["area_id"], strict=True))
    names = data.area_names(page.lang)
    at = list(areas).index(idea.area) if idea and idea.area in areas else None
    area = left.selectbox(
        t("remarks.area"), list(areas), index=at,
        format_func=names.__getitem__, placeholder=t("savings.choose"), key=f"{key}.area",
    )  # fmt: skip
    values["area_id"] = None if area is None else int(areas[area])
    at = int(idea.effort) - 1 if idea and pd.notna(idea.effort) else None
    values["effort"] = middle.selectbox(
        t("savings.effort"), range(1, 6), index=at,
        format_func=lambda step: t("savings.effort_of", effort=step), placeholder=t("savings.choose"),
        help=t("savings.effort_how"), key=f"{key}.effort",
    )  # fmt: skip
    values["owner"] = right.text_input(t("savings.owner"), owner, max_chars=200, key=f"{key}.owner")
    if idea:
        values |= _decided(page, idea, key)
        values["status"] = st.segmented_control(
            t("savings.status"), IDEA_STATUSES, default=idea.own_status, required=True, key=f"{key}.status",
            format_func=lambda status: t(f"savings.status_{status}"),
        )  # fmt: skip
    return values


def _decided(page: Page, idea: Any, key: str) -> dict[str, Any]:
    """Draw what was decided on an idea and what came of it."""
    t = page.t
    values: dict[str, Any] = {}
    left, middle, right = st.columns(3)
    for column, name in ((left, "eur_agreed"), (middle, "eur_realised")):
        shown = _typed(getattr(idea, name), page)
        values[name] = column.text_input(
            t(f"savings.{name}"), shown, key=f"{key}.{name}", placeholder=t("savings.eur_hint")
        )
    since = None if pd.isna(idea.taken_on) else idea.taken_on.date()
    values["taken_on"] = right.date_input(
        t("savings.taken_on"), since, format="DD-MM-YYYY", key=f"{key}.taken_on", help=t("savings.taken_on_how")
    )
    return values


def _typed(known: float | None, page: Page) -> str:
    """Write a known amount as a person would type it."""
    if known is None or pd.isna(known):
        return ""
    return number(known, page.lang, 0 if known == int(known) else 2)


def _links(page: Page, data: Snapshot, idea: Any | None, key: str) -> dict[rows.Link, bool]:
    """Draw what an idea excludes and requires; give what somebody changed."""
    others = dict(zip(data.ideas["idea_id"], data.ideas["title"], strict=True))
    own = None if idea is None else int(idea.idea_id)
    others.pop(own, None)
    if not others:
        return {}
    told: dict[rows.Link, bool] = {}
    known = linked_ideas(data, own)
    for column, kind in zip(st.columns(2), IDEA_LINKS, strict=True):
        wanted = column.multiselect(
            page.t(f"savings.{kind}"), list(others), [other for other in others if other in known[kind]],
            format_func=others.__getitem__, placeholder=page.t("savings.links_none"), key=f"{key}.{kind}",
        )  # fmt: skip
        # As with the impacts: what nobody touched stays, whatever others make of it meanwhile.
        told |= {(kind, int(other)): other in wanted for other in set(wanted) ^ known[kind]}
    return told


def linked_ideas(data: Snapshot, idea_id: int | None) -> dict[str, set[int]]:
    """Give how an idea stands to others.

    Parameters
    ----------
    data : Snapshot
    idea_id : int or None
        None: an idea that is not there yet.

    Returns
    -------
    dict of str to set of int
        Ids under excludes, requires and needed_by.
    """
    mine, theirs = (data.links[data.links[name] == idea_id] for name in ("idea_id", "other_id"))

    def of(part: pd.DataFrame, kind: str, end: str) -> set[int]:
        return set(part.loc[part["kind"] == kind, end].astype(int))

    return {
        "excludes": of(mine, "excludes", "other_id") | of(theirs, "excludes", "idea_id"),
        "requires": of(mine, "requires", "other_id"),
        "needed_by": of(theirs, "requires", "idea_id"),
    }


def _impacts(page: Page, data: Snapshot, idea: Any | None, key: str) -> dict[int, float | None]:
    """Draw a field for every organisation; give what somebody changed."""
    st.markdown(f"**{page.t('savings.whom')}**")
    if data.organisations.empty:
        st.caption(page.t("savings.no_organisations"))
        return {}
    st.caption(page.t("savings.impact_how", limit=rows.IMPACT))
    own = int(idea.idea_id) if idea else 0
    table = by_organisation(own, data.told_impacts, data.organisations)
    hints = data.impacts[(data.impacts["idea_id"] == own) & data.impacts["people"].notna()]
    derived = dict(zip(hints["organisation_id"], hints["impact"], strict=True))
    fields = st.columns(2)
    told: dict[int, float | None] = {}
    row: Any
    for at, row in enumerate(table.sort_values("organisation").itertuples()):
        shown = None if pd.isna(row.impact) else round(row.impact)
        typed = fields[at % 2].number_input(
            escape(row.organisation), -rows.IMPACT, rows.IMPACT, shown, step=1,
            placeholder=_placeholder(page, derived.get(row.organisation_id)), key=f"{key}.impact.{row.organisation_id}",
        )  # fmt: skip
        # What nobody touched stays as it is: an impact out of votes may lie between two whole numbers.
        if typed != shown:
            told[int(row.organisation_id)] = typed
    return told


def _placeholder(page: Page, impact: float | None) -> str:
    return page.t("savings.unknown_yet") if impact is None else page.t("savings.derived_is", impact=f"{impact:+g}")


def clients_dialog(page: Page, data: Snapshot) -> None:
    """Ask how many clients each organisation has; without them pain stays unknown.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """

    @st.dialog(page.t("savings.clients"))
    def show() -> None:
        st.caption(page.t("savings.clients_why"))
        told: dict[int, str] = {}
        row: Any
        with st.form("savings.clients_form", border=False):
            for row in data.organisations.itertuples():
                # As text: a field for numbers would read 3.400 as three.
                told[int(row.organisation_id)] = st.text_input(
                    escape(row.organisation), "" if pd.isna(row.clients) else number(int(row.clients), page.lang),
                    placeholder=page.t("savings.unknown_yet"), key=f"savings.clients.{row.organisation_id}",
                )  # fmt: skip
            sent = st.form_submit_button(page.t("savings.save"), type="primary")
        if not sent:
            return
        with reporting(page):
            figures = {key: rows.figure(value) for key, value in told.items()}
            clients = {key: None if value is None else round(value) for key, value in figures.items()}
            if act(page, set_clients, clients) is not None:
                st.rerun()

    show()
