from __future__ import annotations

import datetime as dt

from sqlmodel import select

from feedback.forgetting import erasing
from feedback.forgetting.contributions import Subject
from feedback.replies.states import Subject as About
from feedback.room import deciding, regrouping
from feedback.settings import settings
from feedback.store import example
from feedback.store.engine import reading, writing
from feedback.store.tables import (
    Ballot,
    Batch,
    Participant,
    Poll,
    Regrouping,
    RoomAct,
    RoomDecision,
    RoomRemark,
    RoomTheme,
    Workshop,
)
from feedback.workshop import polls
from tests.room.conftest import SAID, Held, opened


def test_erasing_a_person_takes_their_remarks_and_votes_out_of_the_room(either_room: Held) -> None:
    person, other = either_room.join("mine", level="tactisch"), either_room.join("yours", level="tactisch")
    either_room.say(*SAID[:5], person=person)
    either_room.say(*SAID[5:], person=other)
    regrouping.look_when_due(either_room.workshop_id, engine=either_room.engine)
    with writing(either_room.engine) as session:
        poll = polls.open_poll(either_room.workshop_id, "heard", session=session, actor="test")
    for phone in (person, other):
        with writing(either_room.engine) as session:
            polls.cast(poll, phone, {"heard": 4}, session=session)
    with writing(either_room.engine) as session:
        member = session.get_one(Participant, person).member_id
        assert member is not None
        gone = set(either_room.ids(SAID[:5]))
        erasing.erase(Subject(members=(member,)), key=settings().hash_key, session=session, actor="test")
    assert set(either_room.picture.remarks["text"]) == set(SAID[5:])
    with reading(either_room.engine) as session:
        phone = session.get_one(Participant, person)
        assert (phone.member_id, phone.level) == (None, None)
        assert [row.participant_id for row in session.exec(select(Ballot))] == [other]
        kept = [place[0] for act in session.exec(select(RoomAct)) for place in act.before.get("places", ())]
        kept += [move[0] for look in session.exec(select(Regrouping)) for move in look.moves]
        assert gone.isdisjoint(kept)


def test_a_workshop_on_the_example_goes_with_the_example(example_file, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import shutil

    from feedback.store.engine import make_engine

    path = shutil.copyfile(example_file, tmp_path / "example.db")
    engine = make_engine(f"sqlite:///{path}")
    held = opened(engine)
    held.say(*SAID, person=held.join("phone"))
    regrouping.look_when_due(held.workshop_id, engine=engine)
    with writing(engine) as session:
        polls.open_poll(held.workshop_id, "heard", session=session, actor="test")
        deciding.decide(
            held.workshop_id, About("theme", held.theme_of(SAID[0]) or 0), "study",
            due_on=dt.date.today() + dt.timedelta(days=9), seen=None, session=session, actor="test",
        )  # fmt: skip
    with writing(engine) as session:
        assert example.remove(session=session, actor="test")
    with reading(engine) as session:
        for table in (Workshop, Poll, RoomRemark, RoomTheme, RoomAct, RoomDecision, Participant, Regrouping, Batch):
            assert not session.exec(select(table)).all()
    engine.dispose()
