"""What is left of a workshop: the right figures, quotes and promises; no names, no small groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import pandas as pd
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from feedback.i18n import UserError
from feedback.room.summary import OTHERS, UNSAID, SessionReport, groups, summary
from feedback.store.engine import reading, writing
from feedback.store.tables import Ballot, Participant, Poll, Remark, RoomRemark, Theme, Workshop
from tests.builders import area_id
from tests.reports.session_made import HELD, held


def of(engine: Engine, workshop_id: int, threshold: int = 5) -> SessionReport:
    with reading(engine) as session:
        return summary(workshop_id, threshold=threshold, session=session)


def counted(table: pd.DataFrame) -> dict[str, int]:
    return dict(zip(table["group"], table["people"], strict=True))


def test_it_tells_a_whole_session(fresh_db: Engine) -> None:
    found = of(fresh_db, held(fresh_db))
    assert (found.name, found.held_on, found.attendance, found.joined) == ("Klantpanel maart", HELD, 14, 12)
    assert found.questions == ("Wat gaat er goed?", "Wat moet als eerste beter?")
    # 15 in groups and one alone; of the two in the parked theme too it is told that they were said.
    assert (found.remarks, found.loose, len(found.parked_remarks)) == (18, 1, 1)
    # Laptops were mentioned more, roosters got dots.
    assert found.themes["name_nl"].to_list() == ["Wifi op kantoor", "Roosters", "Laptops"]
    assert found.themes[["people", "remarks", "neg", "pos", "neu"]].iloc[0].to_list() == [5, 6, 2, 2, 2]
    assert found.themes["area_nl"].to_list() == ["ICT", "HR", "ICT"]
    assert found.parked["remarks"].to_list() == [2]
    assert found.decisions["owner"].to_list() == ["Afdeling netwerk"]
    assert found.started[["kind", "name_nl", "owner", "due_on", "now"]].iloc[0].to_list() == [
        "change", "Wachtwoorden", "ICT", dt.date(2026, 9, 1), "change",
    ]  # fmt: skip
    assert found.undecided["name_nl"].to_list() == ["Roosters", "Laptops"]


def test_what_stands_alone_is_listed_by_service_unless_it_names_an_organisation(fresh_db: Engine) -> None:
    workshop_id = held(fresh_db)
    found = of(fresh_db, workshop_id)
    assert found.alone.to_numpy().tolist() == [["", "", "Mag het licht in de gang wat langer aan?", "nl"]]
    with writing(fresh_db) as session:
        light = session.exec(select(Remark).where(col(Remark.text).contains("licht"))).one()
        light_id, light.area_id = light.id, area_id("ict", session=session)
        parked = session.exec(select(RoomRemark).where(RoomRemark.state == "parked")).one()
        parked.state = "shown"
    assert of(fresh_db, workshop_id).alone["area_nl"].to_list() == ["ICT", ""]
    with writing(fresh_db) as session:
        session.get_one(Remark, light_id).text = "Bij Hogeschool Berkum is het donker."
    found = of(fresh_db, workshop_id)
    assert (found.loose, found.alone["text"].to_list()) == (2, ["Deze staat op parked."])


def test_a_theme_of_one_remark_that_was_voted_on_or_decided_about_is_a_theme(sqlite_db: Engine) -> None:
    workshop_id = held(sqlite_db)
    with writing(sqlite_db) as session:
        alone = session.exec(select(Theme.id).where(Theme.name_nl == "Alleen")).one()
        parked = session.exec(select(Theme.id).where(Theme.name_nl == "Geparkeerd thema")).one()
        poll = session.exec(select(Poll).where(Poll.kind == "dots_themes")).one()
        poll.options = [*poll.options, str(alone), str(parked)]
        phone = session.exec(select(Participant.id).limit(1)).one()
        session.add(Ballot(poll_id=poll.id, participant_id=phone, option=str(alone), value=2))
    found = of(sqlite_db, workshop_id)
    assert found.themes[["name_nl", "dots"]].to_numpy().tolist() == [
        ["Wifi op kantoor", 24], ["Roosters", 12], ["Alleen", 2], ["Laptops", 0],
    ]  # fmt: skip
    assert (found.loose, "Alleen" in found.undecided["name_nl"].to_list()) == (0, True)
    # Of a vote that is not told no dots are; what it was about stays.
    few = of(sqlite_db, workshop_id, threshold=13).themes
    assert (few["dots"].isna().all(), "Alleen" in few["name_nl"].to_list()) == (True, True)


def test_who_only_said_an_organisation_did_not_take_part(sqlite_db: Engine) -> None:
    workshop_id = held(sqlite_db)
    with writing(sqlite_db) as session:
        organisation = session.exec(select(Participant.organisation_id).limit(1)).one()
        looked = Participant(workshop_id=workshop_id, mark="kijker", organisation_id=organisation)
        voted = Participant(workshop_id=workshop_id, mark="stemmer", organisation_id=organisation)
        session.add_all([looked, voted])
        session.flush()
        poll = session.exec(select(Poll).where(Poll.kind == "heard")).one()
        session.add(Ballot(poll_id=poll.id, participant_id=voted.id, option="heard", value=3))
    found = of(sqlite_db, workshop_id)
    assert (found.joined, counted(found.organisations)["Gemeente Elzen"]) == (13, 8)


def test_without_dots_what_was_decided_about_comes_first(sqlite_db: Engine) -> None:
    workshop_id = held(sqlite_db, per_theme=(3, 5, 4))
    few = of(sqlite_db, workshop_id, threshold=13)
    assert few.themes["name_nl"].to_list()[:3] == ["Wifi op kantoor", "Laptops", "Roosters"]


def test_a_remark_that_fits_less_is_quoted_where_a_better_one_lacks(sqlite_db: Engine) -> None:
    workshop_id = held(sqlite_db, per_theme=(2, 3, 3), names=("Wifi op kantoor", "Laptops", "Roosters"))
    with writing(sqlite_db) as session:
        first, second = session.exec(
            select(Remark).where(col(Remark.text).contains("(Wifi op kantoor")).order_by(col(Remark.id))
        ).all()
        first.strength, first.placed_by, second.strength = 0.5, "model", 0.9
    said = of(sqlite_db, workshop_id).quotes["text"]
    assert [text[-2] for text in said if "Wifi op" in text] == ["2", "1"]


def test_dots_for_a_theme_that_was_merged_away_count_where_it_went(sqlite_db: Engine) -> None:
    workshop_id = held(sqlite_db)
    with writing(sqlite_db) as session:
        wifi, laptops = (
            session.exec(select(Theme).where(Theme.name_nl == name)).one() for name in ("Wifi op kantoor", "Laptops")
        )
        wifi.merged_into_id = laptops.id
    dots = of(sqlite_db, workshop_id).themes.set_index("name_nl")["dots"].to_dict()
    assert dots == {"Laptops": 24, "Roosters": 12}


def test_small_groups_stand_together_and_no_rest_tells_of_one() -> None:
    said = pd.Series(["Elzen"] * 7 + ["Berkum"] * 4 + ["Drielanden"] * 3 + [None] * 6)
    assert counted(groups(said, 5)) == {"Elzen": 7, UNSAID: 6, OTHERS: 7}
    assert counted(groups(said, 1)) == {"Elzen": 7, "Berkum": 4, "Drielanden": 3, UNSAID: 6}
    # Two who are hidden alone would be a small group: the next smallest hides with them.
    assert counted(groups(pd.Series(["Elzen"] * 7 + ["Berkum"] * 5 + ["Drielanden"] * 2), 5)) == {"Elzen": 7, OTHERS: 7}
    assert counted(groups(pd.Series(["Elzen", "Berkum"]), 5)) == {OTHERS: 2}
    assert groups(pd.Series([], dtype=object), 5).empty


def test_levels_are_in_their_order(sqlite_db: Engine) -> None:
    found = of(sqlite_db, held(sqlite_db))
    assert counted(found.organisations) == {"Gemeente Elzen": 7, OTHERS: 5}
    assert list(counted(of(sqlite_db, found.workshop_id, threshold=1).levels)) == ["operationeel", "tactisch", UNSAID]


def test_quotes_are_shown_well_placed_and_of_different_people(sqlite_db: Engine) -> None:
    workshop_id = held(sqlite_db)
    found = of(sqlite_db, workshop_id)
    assert found.quotes.groupby("theme_id").size().max() == 3
    with writing(sqlite_db) as session:
        remarks = session.exec(select(RoomRemark).order_by(col(RoomRemark.remark_id)).limit(6)).all()
        remarks[0].state, remarks[5].is_pinned = "hidden", True
    said = of(sqlite_db, workshop_id).quotes["text"].to_list()
    assert said[0].endswith("(Wifi op kantoor 6)")
    assert not any("(Wifi op kantoor 1)" in text for text in said)
    assert not any("Deze staat op" in text or "salaris" in text for text in said)


def test_a_quote_that_names_an_organisation_is_left_out(sqlite_db: Engine) -> None:
    found = of(sqlite_db, held(sqlite_db, text="Bij gemeente elzen werkt de wifi nooit zoals het hoort."))
    assert found.quotes.empty
    assert found.remarks == 18


def test_a_vote_of_few_people_is_hidden_and_an_open_one_untold(fresh_db: Engine) -> None:
    workshop_id = held(fresh_db)
    found = of(fresh_db, workshop_id)
    assert [(vote.vote.kind, vote.voters, vote.is_hidden) for vote in found.votes] == [
        ("dots_themes", 12, False), ("worth", 7, False), ("impact", 3, True),
    ]  # fmt: skip
    assert found.unshown == 1
    # While the room is open, only what it saw is told.
    with writing(fresh_db) as session:
        row = session.get_one(Workshop, workshop_id)
        row.code, row.closed_at = "ACDEF", None
        poll = session.exec(select(Poll).where(Poll.kind == "worth")).one()
        poll.shown_at = dt.datetime(2026, 3, 17, 11, tzinfo=dt.UTC)
    found = of(fresh_db, workshop_id)
    assert [vote.vote.kind for vote in found.votes] == ["worth"]
    assert found.unshown == 3


def test_what_one_person_of_an_organisation_voted_cannot_be_derived(sqlite_db: Engine) -> None:
    workshop_id = held(sqlite_db)
    with reading(sqlite_db) as session:
        phones = session.exec(select(Participant.id).order_by(col(Participant.id))).all()
        poll = session.exec(select(Poll).where(Poll.kind == "dots_themes")).one()
    first, _, last = poll.options
    found = of(sqlite_db, workshop_id).votes[0]
    assert found.by_organisation[["option", "organisation", "n"]].to_numpy().tolist() == [
        [first, "Gemeente Elzen", 7], [last, "Gemeente Elzen", 7],
    ]  # fmt: skip
    # Of the five others one is left who voted on the first; and of Elzen four on the last.
    with writing(sqlite_db) as session:
        gone = [(first, phone) for phone in phones[8:]] + [(last, phone) for phone in phones[4:7]]
        for option, phone in gone:
            session.delete(session.get_one(Ballot, (poll.id, phone, option)))
    assert of(sqlite_db, workshop_id).votes[0].by_organisation.empty


def test_no_name_and_no_mark_of_anybody_is_in_it(sqlite_db: Engine) -> None:
    found = of(sqlite_db, held(sqlite_db))
    everything = repr(
        {key: value.to_dict() if isinstance(value, pd.DataFrame) else value for key, value in asdict(found).items()}
    )
    with reading(sqlite_db) as session:
        phones = session.exec(select(Participant)).all()
    assert not any(phone.mark in everything for phone in phones)
    assert "Berkum" not in everything


def test_a_session_without_anything_is_told_too(sqlite_db: Engine) -> None:
    from feedback.workshop import plan

    with writing(sqlite_db) as session:
        made = plan.Plan(questions=("Wat moet beter?",))
        workshop_id = plan.prepare("Leeg", dt.date(2026, 3, 17), made, session=session, actor="t")
    found = of(sqlite_db, workshop_id)
    assert (found.remarks, found.people, found.joined, found.loose, len(found.votes)) == (0, 0, 0, 0, 0)
    assert all(frame.empty for frame in (found.themes, found.quotes, found.parked, found.decisions, found.started))


def test_a_workshop_that_is_not_there_says_so(sqlite_db: Engine) -> None:
    with pytest.raises(UserError):
        of(sqlite_db, 7)
