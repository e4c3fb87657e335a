from __future__ import annotations

import pytest

from feedback.i18n import UserError
from feedback.room import acts, regrouping, taking_back
from feedback.room.placed import NO_GROUP
from feedback.store.engine import reading, writing
from feedback.store.tables import Theme
from tests.room.conftest import SAID, Held


def do(room: Held, act: object, *args: object) -> object:
    with writing(room.engine) as session:
        return act(room.workshop_id, *args, session=session, actor="test")  # type: ignore[operator]


def undo(room: Held) -> object:
    return do(room, taking_back.undo)


def test_hidden_is_off_the_screen_at_once_and_undo_brings_it_back(either_room: Held) -> None:
    either_room.say(*SAID[:3])
    (remark,) = either_room.ids(SAID[:1])
    before = either_room.stamp
    do(either_room, acts.set_state, [remark], "hidden")
    assert either_room.stamp != before
    assert remark not in set(either_room.picture.on_screen().remarks["remark_id"])
    assert undo(either_room) == "hidden"
    assert remark in set(either_room.picture.on_screen().remarks["remark_id"])


def test_a_pin_can_be_taken_back(room: Held) -> None:
    room.say(SAID[0])
    (remark,) = room.ids(SAID[:1])
    do(room, acts.pin, remark)
    assert room.picture.remarks["is_pinned"].all()
    undo(room)
    assert not room.picture.remarks["is_pinned"].any()


def test_moving_teaches_and_can_be_taken_back(room: Held) -> None:
    room.say(SAID[0], SAID[4])
    was, other = room.theme_of(SAID[0]), room.theme_of(SAID[4])
    do(room, acts.move, room.ids(SAID[:1]), other)
    assert room.theme_of(SAID[0]) == other
    undo(room)
    assert room.theme_of(SAID[0]) == was


def test_merging_and_renaming_and_back(either_room: Held) -> None:
    either_room.say(SAID[0], SAID[4])
    source, target = either_room.theme_of(SAID[0]), either_room.theme_of(SAID[4])
    do(either_room, acts.merge, source, target)
    do(either_room, acts.rename, target, "Warm en snel", "nl")
    assert either_room.picture.themes["name_nl"].tolist() == ["Warm en snel"]
    assert (undo(either_room), undo(either_room), undo(either_room)) == ("rename", "merge", None)
    assert set(either_room.picture.themes["theme_id"]) == {source, target}


def test_a_new_theme_of_chosen_remarks_and_back(either_room: Held) -> None:
    either_room.say(SAID[0], SAID[4])
    made = do(either_room, acts.new_theme, "Alles tegelijk", either_room.ids([SAID[0], SAID[4]]))
    assert either_room.theme_of(SAID[0]) == either_room.theme_of(SAID[4]) == made
    undo(either_room)
    with reading(either_room.engine) as session:
        assert session.get(Theme, made) is None
    assert made not in set(either_room.picture.themes["theme_id"])


def test_a_parked_theme_is_no_group(room: Held) -> None:
    room.say(SAID[6], SAID[7])
    theme = room.theme_of(SAID[6])
    do(room, acts.park, theme)
    assert room.picture.themes.set_index("theme_id").loc[theme, "is_loose"]
    undo(room)
    assert room.picture.themes.set_index("theme_id").loc[theme, "status"] == "proposed"


def test_what_is_not_of_the_room_cannot_be_touched(room: Held) -> None:
    with pytest.raises(UserError):
        do(room, acts.set_state, [12345], "hidden")


def test_a_theme_keeps_its_place_whatever_comes(room: Held) -> None:
    def slots() -> dict[int, int]:
        themes = room.picture.themes
        return themes[themes["slot"] < NO_GROUP].set_index("theme_id")["slot"].to_dict()

    room.say(SAID[0], SAID[6], SAID[7])
    before = slots()
    # A place is for a group: one remark has none.
    assert list(before.values()) == [0] and len(room.picture.themes) == 2
    room.say(SAID[2], SAID[3], SAID[8])
    after = slots()
    assert {theme: after[theme] for theme in before} == before
    assert sorted(after.values()) == list(range(len(after)))
    do(room, acts.park, next(iter(before)))
    assert slots() == after


def test_below_eight_remarks_there_is_no_look(room: Held) -> None:
    room.say(*SAID[:5])
    assert regrouping.look_when_due(room.workshop_id, engine=room.engine) is None
    assert not room.picture.has_sense


def test_the_first_look_comes_by_itself_and_the_next_waits(either_room: Held) -> None:
    either_room.say(*SAID)
    assert either_room.picture.has_sense
    assert regrouping.look_when_due(either_room.workshop_id, engine=either_room.engine) is not None
    with reading(either_room.engine) as session:
        assert regrouping.waiting(either_room.workshop_id, session=session) is None
    assert regrouping.look_when_due(either_room.workshop_id, engine=either_room.engine) is None
    assert len({either_room.theme_of(text) for text in SAID[6:]}) == 1
    assert {either_room.theme_of(text) for text in SAID[6:]}.isdisjoint(
        {either_room.theme_of(text) for text in SAID[:2]}
    )


def test_a_proposal_moves_nothing_until_it_is_accepted_and_can_be_taken_back(either_room: Held) -> None:
    either_room.say(*SAID)
    (stray,) = either_room.ids([SAID[8]])
    wrong = either_room.theme_of(SAID[4])
    with writing(either_room.engine) as session:
        # As if a model had placed it there: alone in a theme, where it does not belong.
        from feedback.store.tables import Remark

        session.get_one(Remark, stray).theme_id = wrong
    found = regrouping.propose(either_room.workshop_id, engine=either_room.engine)
    assert found is not None and either_room.theme_of(SAID[8]) == wrong
    with reading(either_room.engine) as session:
        shown = regrouping.waiting(either_room.workshop_id, session=session)
    assert shown is not None and stray in set(shown.moves["remark_id"])
    with writing(either_room.engine) as session:
        regrouping.accept(found, session=session, actor="test")
    assert either_room.theme_of(SAID[8]) == either_room.theme_of(SAID[7])
    assert undo(either_room) == "regroup"
    assert either_room.theme_of(SAID[8]) == wrong


def test_a_refused_proposal_is_gone(room: Held) -> None:
    room.say(*SAID)
    found = regrouping.propose(room.workshop_id, engine=room.engine, keep_empty=True)
    with writing(room.engine) as session:
        regrouping.refuse(found, session=session, actor="test")
    with reading(room.engine) as session:
        assert regrouping.waiting(room.workshop_id, session=session) is None
    with writing(room.engine) as session, pytest.raises(UserError):
        regrouping.accept(found, session=session, actor="test")


def test_what_a_person_moved_stays_where_it_is(room: Held) -> None:
    room.say(*SAID)
    theme = room.theme_of(SAID[4])
    do(room, acts.move, room.ids([SAID[8]]), theme)
    regrouping.look_when_due(room.workshop_id, engine=room.engine)
    assert room.theme_of(SAID[8]) == theme


def test_a_frozen_screen_shows_nothing_newer(room: Held) -> None:
    from feedback.workshop import door

    room.say(SAID[0])
    (remark,) = room.ids(SAID[:1])
    with writing(room.engine) as session:
        door.put(room.workshop_id, frozen_at=remark, session=session)
    room.say(SAID[4])
    assert room.picture.on_screen().remarks["text"].tolist() == [SAID[0]]
    assert len(room.picture.remarks) == 2


def test_what_was_taken_back_is_done_again_in_order_until_something_else_is_done(either_room: Held) -> None:
    room = either_room
    room.say(*SAID[:5])
    cold, slow = room.theme_of(SAID[4]), room.theme_of(SAID[0])
    (bill,) = room.ids([SAID[2]])
    do(room, acts.new_theme, "Rekeningen", [bill])
    do(room, acts.rename, cold, "Warm en snel", "nl")
    do(room, acts.move, room.ids([SAID[3]]), cold)
    do(room, acts.merge, cold, slow)
    do(room, acts.park, slow)
    do(room, acts.set_state, [bill], "hidden")
    do(room, acts.pin, bill)

    def stands() -> object:
        rows = room.picture.remarks[["remark_id", "theme", "state", "is_pinned"]]
        return rows.to_dict("records"), sorted(room.picture.themes["name_nl"]), sorted(room.picture.themes["status"])

    done = stands()
    kinds = []
    while (kind := undo(room)) is not None:
        kinds.append(kind)
    assert kinds == ["pin", "hidden", "park", "merge", "move", "rename", "new_theme"]
    assert stands() != done
    again = [do(room, taking_back.redo) for _ in kinds]
    assert again == kinds[::-1]
    assert [row | {"theme": ""} for row in stands()[0]] == [row | {"theme": ""} for row in done[0]]  # type: ignore[index]
    assert stands()[1:] == done[1:]  # type: ignore[index]
    names = room.picture.themes.set_index("theme_id")["name_nl"]
    assert names[room.theme_of(SAID[2])] == "Rekeningen"
    assert do(room, taking_back.redo) is None
    assert undo(room) == "pin"
    do(room, acts.set_state, [bill], "shown")
    assert do(room, taking_back.redo) is None


def test_a_theme_gets_its_second_name_with_the_first_and_both_come_back(room: Held) -> None:
    room.say(SAID[4])
    theme = room.theme_of(SAID[4])
    names = ["name_nl", "name_en"]
    before = room.picture.themes[names].to_numpy().tolist()
    with writing(room.engine) as session:
        acts.rename(room.workshop_id, theme, "Warm", "nl", "Warmth", session=session, actor="test")  # type: ignore[arg-type]
    assert room.picture.themes[names].to_numpy().tolist() == [["Warm", "Warmth"]]
    assert undo(room) == "rename"
    assert room.picture.themes[names].to_numpy().tolist() == before
    assert do(room, taking_back.redo) == "rename"
    assert room.picture.themes[names].to_numpy().tolist() == [["Warm", "Warmth"]]
