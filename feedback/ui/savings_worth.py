"""The look "Waarde" of the savings page: what the panel votes that services are worth, and ideas out of what can be less."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.charts import savings_worth as bars
from feedback.i18n import LANGUAGES, Language, day, number, percent, translate
from feedback.savings import ideas, keeping, listing, worth
from feedback.settings import settings
from feedback.store.tables import WorthVote
from feedback.ui import url
from feedback.ui.data import Snapshot, act
from feedback.ui.filters import View
from feedback.ui.idea import show_again
from feedback.ui.notice import did
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads

DAY = "savings.worth_day"


@st.cache_resource(max_entries=16, show_spinner=False)
def _drawn(
    key: str, lang: Language, _view: View
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, dict[str, Any], str]:
    """Give the last votes (with `shown`), their totals, those of the whole panel, and the chart of the former."""
    data, selection = _view.snapshot, _view.selection
    votes = worth.latest(data.worth_votes)
    votes = votes.assign(shown=worth.may_show(votes, settings().group_threshold))
    if selection.areas:
        votes = votes[votes["area"].isin(selection.areas)]
    # Where few voted at all, the total would be theirs.
    whole = worth.totals(votes)
    totals = whole = whole[whole["n"] >= settings().group_threshold].reset_index(drop=True)
    if selection.organisations:
        votes = votes[votes["organisation"].isin(selection.organisations)]
        # The total is of those that may be shown, else it would give the others away.
        totals = worth.totals(votes[votes["shown"]])
    table = bars.bars(totals, data.area_names(lang), lang)
    return votes, totals, whole, table, bars.spec(table, lang), bars.alt(table, lang)


def draw(page: Page, view: View) -> None:
    """Draw the votes, those by organisation, and what can be made an idea.

    Parameters
    ----------
    page : Page
    view : View
    """
    t, lang, data = page.t, page.lang, view.snapshot
    curating = page.user.may("coordinator")
    votes, totals, whole, table, spec, alt = _drawn(view.key, lang, view)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(t("savings.worth_why"), width="content")
        if curating:
            icon = ":material/how_to_vote:"
            if len(data.organisations) and st.button(t("savings.worth_type"), key="savings.worth_type", icon=icon):
                _dialog(page, data)
    others = Selection(organisations=view.selection.organisations, areas=view.selection.areas)
    if view.selection != others:
        st.caption(t("savings.worth_filters"))
    if totals.empty:
        hidden = "savings.worth_hidden" if len(votes) else "savings.worth_none"
        st.info(t(hidden if len(data.worth_votes) else "savings.worth_empty"), icon=":material/how_to_vote:")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        picked = chart(page, "savings.worth", spec, table, alt)
        under, beside = st.columns([3, 1])
        under.caption(t("savings.worth_asked", date=day(totals["asked_on"].max(), lang), n=int(totals["n"].sum())))
        with beside:
            downloads(page, "waardevol-of-kan-minder", lambda: table, spec)
    with right:
        _less(page, data, whole)
    if picked:
        # The page then tells of this service only; the filter in the sidebar shows it and lets it go.
        url.set_value("dienst", str(picked["area"]))
        st.rerun()
    shown = by_organisation(page, data, votes)
    st.markdown(f"**{t('savings.worth_by')}**")
    if not votes["shown"].all():
        st.caption(t("savings.worth_protected", threshold=settings().group_threshold))
    st.dataframe(shown, hide_index=True, alt=t("savings.worth_by"))
    downloads(page, "stemmen-per-organisatie", lambda: by_organisation(page, data, votes))


def by_organisation(page: Page, data: Snapshot, votes: pd.DataFrame) -> pd.DataFrame:
    """Give the votes by organisation as a table for people, small groups hidden.

    Parameters
    ----------
    page : Page
    data : Snapshot
    votes : DataFrame
        See `store.savings_frames.worth_votes`, with shown.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, lang = page.t, page.lang
    hidden = t("remarks.hidden")

    def told(name: str) -> list[str]:
        return [number(int(n), lang) if may else hidden for n, may in zip(votes[name], votes["shown"], strict=True)]

    return pd.DataFrame(
        {
            t("remarks.area"): votes["area"].map(data.area_names(lang)),
            t("remarks.organisation"): votes["organisation"],
            **{t(f"savings.worth_{name}"): told(name) for name in worth.ANSWERS},
            t("savings.worth_day"): [day(value, lang, short=True) for value in votes["asked_on"]],
        }
    )


def _less(page: Page, data: Snapshot, totals: pd.DataFrame) -> None:
    """Draw the services of which most say that they can be less, each to be made an idea with one click."""
    t, lang = page.t, page.lang
    can = totals[totals["lead"] == "less"]
    st.markdown(f"**{t('savings.worth_can')}**")
    if can.empty:
        st.caption(t("savings.worth_can_none"))
    names = data.area_names(lang)
    for row in can.to_dict("records"):
        area, counts = row["area"], {name: number(int(row[name]), lang) for name in worth.COLUMNS}
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{escape(names[area])}** · {percent(row['share'], lang)}")
            st.caption(t("savings.worth_counts", **counts))
            if not page.user.may("coordinator"):
                continue
            title = t("savings.worth_idea", area=names[area])
            # Whoever made it an idea before, in either language.
            titles = [translate(one, "savings.worth_idea", area=data.area_names(one)[area]) for one in LANGUAGES]
            known = listing.answered(data.ideas, data.replies)
            there = known[known["title"].isin(titles) & (known["status"] != "refused")]
            label = t("savings.open" if len(there) else "savings.worth_seed")
            if not st.button(label, key=f"savings.seed.{area}", icon=":material/lightbulb:"):
                continue
            if len(there):
                show_again(int(there["idea_id"].iloc[0]))
            about = t("savings.worth_idea_about", date=day(row["asked_on"], lang), **counts)
            area_id = int(data.areas.set_index("area")["area_id"][area])
            show_again(act(page, ideas.add, title, description=about, area_id=area_id))


def _dialog(page: Page, data: Snapshot) -> None:
    """Ask for the totals of one day; what is there already stands in the field."""
    t, lang = page.t, page.lang
    names = data.area_names(lang)

    @st.dialog(t("savings.worth_type"), width="large", on_dismiss="rerun")
    def show() -> None:
        st.caption(t("savings.worth_type_why"))
        asked_on: dt.date | None = st.date_input(t("savings.worth_day"), "today", format="DD-MM-YYYY", key=DAY)
        if asked_on is None:
            return
        held = data.worth_votes[data.worth_votes["asked_on"] == pd.Timestamp(asked_on)]
        typed = st.text_area(
            t("savings.worth_lines"), worth.write(held, names), height=260, key=f"savings.worth_lines.{asked_on}",
            placeholder=t("savings.worth_example"),
        )  # fmt: skip
        st.caption(t("savings.worth_names", areas=escape(", ".join(names.values())),
                     organisations=escape(", ".join(data.organisations["organisation"]))))  # fmt: skip
        sent = st.button(t("savings.save"), type="primary", key="savings.worth_save")
        changed = act(page, put_votes, typed, asked_on, data, lang) if sent else None
        if changed:
            did(page, t("savings.worth_saved", date=day(asked_on, lang)), keeping.undo, WorthVote)
        elif changed == 0:
            did(page, t("services.nothing_changed"))
        if changed is not None:
            st.rerun()

    show()


def put_votes(typed: str, asked_on: dt.date, data: Snapshot, lang: str, **by: Any) -> int:
    """Store the votes of one day as they were typed; a line that was taken out takes its votes away.

    Parameters
    ----------
    typed : str
        See `savings.worth.read`.
    asked_on : date
    data : Snapshot
        What the person saw.
    lang : {"nl", "en"}
        Of the names of services; the other language and keys are understood too.
    **by
        See `savings.keeping.put`.

    Returns
    -------
    int
        How many rows changed.
    """
    ids = dict(zip(data.areas["area"], data.areas["area_id"].astype(int), strict=True))
    # The reader's own language first, so that an error names services as they stand on the screen.
    other = "en" if lang == "nl" else "nl"
    areas = {name: ids[key] for key, name in data.area_names(lang).items()}
    areas |= {name: ids[key] for key, name in data.area_names(other).items() if name not in areas}
    who = dict(zip(data.organisations["organisation"], data.organisations["organisation_id"].astype(int), strict=True))
    votes = worth.read(typed, areas, who)
    held = data.worth_votes[data.worth_votes["asked_on"] == pd.Timestamp(asked_on)]
    seen = {
        (ids[row["area"]], int(row["organisation_id"]), asked_on): {name: int(row[name]) for name in worth.COLUMNS}
        for row in held.to_dict("records")
    }
    rows: dict[keeping.Key, Any] = dict.fromkeys(seen)
    rows |= {(*key, asked_on): vote._asdict() for key, vote in votes.items()}
    return keeping.put(WorthVote, rows, seen=seen, **by)
