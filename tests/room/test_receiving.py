from __future__ import annotations

import threading

import pytest
from sqlmodel import select

from feedback.i18n import UserError
from feedback.room.desk import Desk
from feedback.room.receiving import Sent
from feedback.store import frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Note, Remark, SavingsIdea, Theme
from feedback.workshop import door
from tests.room.conftest import SAID, Held, opened


def test_what_is_said_is_a_remark_like_any_other(either_room: Held) -> None:
    person = either_room.join("phone", level="tactisch")
    assert either_room.say("De laptop start traag op.", person=person) == [True]
    with reading(either_room.engine) as session:
        (row,) = frames.remarks(session=session).to_dict("records")
    assert (row["text"], row["level"], row["session"]) == ("De laptop start traag op.", "tactisch", "Klantpanel")
    assert row["person"] and row["theme"] and row["area"] == "ict"


def test_the_same_form_sent_again_is_the_same_remark(either_room: Held) -> None:
    assert either_room.say("Koud hier.", nonce="form 1") == [True]
    assert either_room.say("Koud hier.", nonce="form 1") == [False]
    assert len(either_room.picture.remarks) == 1


def test_the_same_form_twice_in_one_batch_counts_once(room: Held) -> None:
    assert room.say("Koud hier.", "Koud hier.", nonce="form 1") == [True, False]


def test_two_forms_with_the_same_words_are_two_remarks(room: Held) -> None:
    room.say("Koud hier.", nonce="a")
    room.say("Koud hier.", nonce="b")
    assert len(room.picture.remarks) == 2


def test_names_are_masked_before_anything_is_stored(room: Held) -> None:
    room.say("Mevrouw Jansen van de helpdesk belt nooit terug op 06-12345678.")
    with reading(room.engine) as session:
        texts = [*session.exec(select(Note.text)).all(), *session.exec(select(Remark.text)).all()]
    assert not any("Jansen" in text or "12345678" in text for text in texts)


def test_what_is_said_aloud_is_nobody_in_particular(room: Held) -> None:
    room.say("De laptop start traag op.")
    assert room.picture.remarks["person"].isna().all()


def test_a_closed_room_takes_nothing(room: Held) -> None:
    with writing(room.engine) as session:
        door.close_room(room.workshop_id, session=session, actor="test")
    with pytest.raises(UserError, match="closed"):
        room.say("Te laat.")


@pytest.mark.parametrize("text", ["", "   ", "a" * 1001])
def test_nothing_and_too_much_are_refused(room: Held, text: str) -> None:
    with pytest.raises(UserError):
        room.say(text)
    assert room.picture.remarks.empty


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\u202egnirts \u200b\u0000x", "😀" * 300, "geen"]
)
def test_odd_texts_are_harmless(room: Held, text: str) -> None:
    assert room.say(text) == [True]


def test_a_moderated_room_waits_for_the_facilitator_but_not_with_what_the_facilitator_types(room: Held) -> None:
    other = opened(room.engine, is_moderated=True)
    other.say("De laptop start traag op.", person=other.join("phone"))
    other.say("Hardop gezegd: koud.")
    assert other.picture.remarks["state"].tolist() == ["waiting", "shown"]


def test_a_word_of_the_list_waits(room: Held) -> None:
    room.say("Wat een kutservice is dit.", person=room.join("phone"))
    assert room.picture.remarks["state"].tolist() == ["waiting"]
    assert room.picture.on_screen().remarks.empty


def test_a_savings_idea_of_the_room_is_an_idea_of_the_panel(room: Held) -> None:
    room.say("Laat ons kleine bestellingen zelf doen, dat scheelt 5000 euro per jaar aan formulieren.")
    with reading(room.engine) as session:
        assert session.exec(select(SavingsIdea.status)).all() == ["spotted"]


def test_a_rehearsal_counts_nowhere_and_wakes_no_theme(room: Held) -> None:
    other = opened(room.engine, rehearsal=True)
    other.say(*SAID)
    assert len(other.picture.remarks) >= len(SAID)
    with reading(room.engine) as session:
        assert frames.remarks(session=session).empty
        assert set(session.exec(select(Theme.status)).all()) == {"dormant"}


def test_many_phones_at_once_are_all_stored_once(room: Held) -> None:
    people = [room.join(f"phone {at}") for at in range(6)]
    desk = Desk(lambda: room.engine)
    futures = []

    def send(person: int) -> None:
        for at in range(4):
            sent = Sent(f"Opmerking {at} over de traage laptop.", f"{person} {at}", 0, person)
            futures.extend([desk.send(room.workshop_id, sent), desk.send(room.workshop_id, sent)])

    threads = [threading.Thread(target=send, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.result(timeout=60) for one in futures) == 24
    assert len(room.picture.remarks) == 24


def test_one_that_cannot_be_taken_keeps_nobody_else_out(room: Held) -> None:
    desk = Desk(lambda: room.engine)
    bad, good = desk.send(room.workshop_id, Sent(" ", "1")), desk.send(room.workshop_id, Sent("Koud hier.", "2"))
    assert good.result(timeout=60)
    with pytest.raises(UserError):
        bad.result(timeout=60)
