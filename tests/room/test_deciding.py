from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from feedback.i18n import UserError
from feedback.replies.states import Subject
from feedback.room import acts, deciding, rehearsal, taking_back
from feedback.room.desk import Desk
from feedback.room.results import last_heard, results
from feedback.savings import ideas
from feedback.store import savings_frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Batch, Member, Note, Organisation, Participant, Received, RoomRemark, Theme, Workshop
from feedback.workshop import door, polls
from tests.builders import add_organisation
from tests.room.conftest import SAID, Held, opened


def voted(room: Held, kind: str, options: list[str], given: list[dict[str, int]], **join: object) -> int:
    with writing(room.engine) as session:
        poll = polls.open_poll(room.workshop_id, kind, options, session=session, actor="test")
    for at, ballot in enumerate(given):
        person = room.join(f"phone {at}", **join)
        with writing(room.engine) as session:
            polls.cast(poll, person, ballot, session=session)
    return poll


def test_dots_are_counted(either_room: Held) -> None:
    either_room.say(SAID[0], SAID[4])
    one, other = (str(either_room.theme_of(SAID[at])) for at in (0, 4))
    poll = voted(either_room, "dots_themes", [one, other], [{one: 2, other: 1}, {other: 3}, {one: 1}])
    with reading(either_room.engine) as session:
        result = results(poll, threshold=3, session=session)
    assert result.rows["option"].tolist() == [other, one]
    assert result.rows["total"].tolist() == [4, 3] and result.rows["n"].tolist() == [2, 2]
    assert result.voters == 3 and all(result.rows["name_nl"])


def test_votes_of_few_people_are_not_shown(room: Held) -> None:
    poll = voted(room, "heard", [], [{"heard": 4}, {"heard": 2}])
    with reading(room.engine) as session:
        result = results(poll, threshold=5, session=session)
    assert result.is_hidden and result.rows["total"].sum() == 0 and result.by_organisation.empty


def test_what_the_last_room_said_of_being_heard_is_told_once_it_was_shown_or_is_over(room: Held) -> None:
    def told(threshold: int = 3) -> object:
        with reading(room.engine) as session:
            found = last_heard(threshold=threshold, session=session)
        return found and (found.name, found.high, found.n, found.mean)

    poll = voted(room, "heard", [], [{"heard": 5}, {"heard": 4}, {"heard": 3}])
    assert told() is None
    with writing(room.engine) as session:
        polls.close_poll(poll, session=session, actor="test")
    # Closed, but the room goes on and did not see it.
    assert told() is None
    with writing(room.engine) as session:
        door.close_room(room.workshop_id, session=session, actor="test")
    assert told() == ("Klantpanel", 2, 3, 4.0)
    assert told(threshold=4) is None
    with writing(room.engine) as session:
        session.get_one(Workshop, room.workshop_id).is_rehearsal = True
    assert told() is None


def test_an_organisation_of_few_people_is_not_shown_and_follows_from_nothing(room: Held) -> None:
    with writing(room.engine) as session:
        large, small = (add_organisation(name, session=session) for name in ("Groot", "Klein"))
    with writing(room.engine) as session:
        poll = polls.open_poll(room.workshop_id, "worth", ["ict"], session=session, actor="test")
    for at, organisation in enumerate([large] * 3 + [small] * 2):
        person = room.join(f"phone {at}", organisation_id=organisation)
        with writing(room.engine) as session:
            polls.cast(poll, person, {"ict": 1}, session=session)
    with reading(room.engine) as session:
        # The total less Groot would be Klein.
        assert results(poll, threshold=3, session=session).by_organisation.empty
        assert set(results(poll, threshold=2, session=session).by_organisation["organisation"]) == {"Groot", "Klein"}


def test_one_person_has_one_vote_which_may_change(room: Held) -> None:
    poll = voted(room, "heard", [], [{"heard": 1}])
    person = room.join("phone 0")
    with writing(room.engine) as session:
        polls.cast(poll, person, {"heard": 5}, session=session)
    with reading(room.engine) as session:
        assert polls.ballots(poll, session=session)["value"].tolist() == [5]


@pytest.mark.parametrize("given", [{"ict": 2}, {"nonsense": 1}, {"ict": -2}])
def test_a_ballot_off_the_scale_is_refused(room: Held, given: dict[str, int]) -> None:
    with pytest.raises(UserError):
        voted(room, "worth", ["ict"], [given])


def test_more_dots_than_one_has_are_refused(room: Held) -> None:
    with pytest.raises(UserError):
        voted(room, "dots_themes", ["1", "2"], [{"1": 2, "2": 2}])


def test_a_closed_vote_takes_no_more(room: Held) -> None:
    poll = voted(room, "heard", [], [{"heard": 4}])
    with writing(room.engine) as session:
        polls.close_poll(poll, session=session, actor="test")
    with writing(room.engine) as session, pytest.raises(UserError):
        polls.cast(poll, room.join("late"), {"heard": 1}, session=session)


def test_what_services_are_worth_goes_into_the_figures_once(either_room: Held) -> None:
    with writing(either_room.engine) as session:
        where = add_organisation("Gemeente Elzen", session=session)
    given = [{"ict": 1, "hr": -1}] * 3 + [{"ict": 0, "hr": 0}] * 2
    poll = voted(either_room, "worth", ["ict", "hr"], given, organisation_id=where)
    with writing(either_room.engine) as session:
        polls.close_poll(poll, session=session, actor="test")
    with writing(either_room.engine) as session:
        assert deciding.keep(poll, session=session, actor="test") == 1
    with reading(either_room.engine) as session:
        votes = savings_frames.worth_votes(session=session).set_index("area")
    assert votes.loc["ict", ["more", "keep", "less"]].tolist() == [3, 2, 0]
    assert votes.loc["hr", ["more", "keep", "less"]].tolist() == [0, 2, 3]
    with writing(either_room.engine) as session, pytest.raises(UserError):
        deciding.keep(poll, session=session, actor="test")


def test_the_impact_of_an_idea_is_the_mean_of_an_organisation(room: Held) -> None:
    with writing(room.engine) as session:
        where = add_organisation("Gemeente Elzen", session=session)
        idea = ideas.add("Minder schoonmaken", session=session, actor="test")
    poll = voted(room, "impact", [str(idea)], [{str(idea): at} for at in (-3, -3, -4, -2, -3)], organisation_id=where)
    with writing(room.engine) as session:
        polls.close_poll(poll, session=session, actor="test")
        deciding.keep(poll, session=session, actor="test")
    with reading(room.engine) as session:
        (row,) = savings_frames.impacts(session=session).to_dict("records")
    assert (row["impact"], row["source"]) == (-3.0, "votes")


def test_a_decision_is_an_answer_of_the_room_and_can_be_taken_back(either_room: Held) -> None:
    either_room.say(SAID[0])
    subject = Subject("theme", either_room.theme_of(SAID[0]) or 0)
    with writing(either_room.engine) as session:
        deciding.decide(
            either_room.workshop_id, subject, "change", text="Alle laptops krijgen een snellere schijf.", owner="ICT",
            due_on=dt.date.today() + dt.timedelta(days=30), seen=None, session=session, actor="test",
        )  # fmt: skip
    with reading(either_room.engine) as session:
        (row,) = deciding.decisions(either_room.workshop_id, session=session).to_dict("records")
    assert (row["kind"], row["subject_id"], row["owner"]) == ("change", subject.id, "ICT")
    with writing(either_room.engine) as session:
        assert taking_back.undo(either_room.workshop_id, session=session, actor="test") == "decide"
    with reading(either_room.engine) as session:
        assert deciding.decisions(either_room.workshop_id, session=session).empty


def test_a_rehearsal_leaves_nothing_behind(either_room: Held) -> None:
    engine = either_room.engine
    with writing(engine) as session:
        door.close_room(either_room.workshop_id, session=session, actor="test")
        before = {table: len(session.exec(select(table)).all()) for table in (Batch, Member, Note, Organisation, Theme)}
    held = opened(engine, rehearsal=True)
    with writing(engine) as session:
        door.close_room(held.workshop_id, session=session, actor="test")
        session.get_one(Workshop, held.workshop_id).is_rehearsal = False
    thread = rehearsal.start(held.workshop_id, engine=engine, actor="test", seconds=0.3, desk=Desk(lambda: engine))
    end = dt.datetime.now() + dt.timedelta(seconds=60)
    while len(held.picture.remarks) < 12 and dt.datetime.now() < end:
        thread.join(0.1)
    remarks = [int(one) for one in held.picture.remarks["remark_id"][:2]]
    with writing(engine) as session:
        acts.new_theme(held.workshop_id, "Oefenthema", remarks, session=session, actor="test")
    rehearsal.stop(held.workshop_id, engine=engine, actor="test")
    thread.join(30)
    with reading(engine) as session:
        after = {table: len(session.exec(select(table)).all()) for table in (Batch, Member, Note, Organisation, Theme)}
        assert after == before
        for table in (RoomRemark, Participant, Received):
            assert not session.exec(select(table)).all()
        assert set(session.exec(select(Theme.status)).all()) == {"dormant"}
        room = door.room(held.workshop_id, session=session)
    assert not room.is_open and not room.is_rehearsal and room.opened_at is None
