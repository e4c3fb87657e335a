"""A file with what a person changed of it before it is stored."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from feedback import pipeline
from feedback.adjusting import adjust, apart, changed, finish, key_of
from feedback.intake.by_hand import ByHand
from feedback.panel import forgotten
from feedback.pipeline import Prepared
from feedback.store import frames
from feedback.store.engine import reading

NOTES = """Verslag panel 3 maart 2026

Servicedesk
- De servicedesk is slecht bereikbaar en Rob Jansen neemt nooit op. De koffie is prima.
- Inloggen duurt een kwartier.
- De lift is stuk, vraag Anna de Wit.
- Actie: wij kijken naar de lift.
"""
TABLE = """Naam;Wat kan beter?;Cijfer ICT
P1;De servicedesk neemt nooit op;4
P2;Het wachtwoord verloopt te vaak;6
P3;Mijn laptop is traag;7
"""
WHERE = pipeline.Destination(name="Panel maart", held_on=dt.date(2026, 3, 3))


def prepared(engine: Engine, text: str = NOTES, name: str = "verslag.txt") -> Prepared:
    return pipeline.prepare(name, text.encode(), engine=engine)


def texts(file: Prepared, note: int | None = None) -> list[str]:
    return [row.text for row in file.remarks.itertuples() if note in (None, row.note)]


def reasons(file: Prepared) -> list[str]:
    return [drop.reason.rsplit(".", 1)[-1] for drop in file.taken.dropped]


def test_remarks_are_joined_split_dropped_and_edited(sqlite_db: Engine) -> None:
    file = prepared(sqlite_db)
    joined, split, gone = (key_of(note) for note in file.taken.notes[:3])
    by_hand = ByHand(cut={joined: ("Een opmerking.",), split: ("Inloggen duurt lang,", "zegt Piet de Vries"), gone: ()})
    found = adjust(file, by_hand, engine=sqlite_db)
    assert texts(found) == ["Een opmerking.", "Inloggen duurt lang,", "zegt [naam]"]
    assert found.remarks["position"].tolist() == [0, 0, 1]
    assert len(found.notes) == len(found.taken.notes) == found.taken.rows == 2
    assert found.remarks["theme"].ne("").any()
    assert reasons(found) == ["action", "cut", "cut", "dropped"]
    assert texts(adjust(file, ByHand(), engine=sqlite_db)) == texts(file)


def test_a_false_hit_comes_back_and_a_phrase_is_hidden_everywhere(sqlite_db: Engine) -> None:
    by_hand = ByHand(shown=frozenset({("naam", "Rob Jansen")}), hidden=("de lift", "servicedesk"))
    found = adjust(prepared(sqlite_db), by_hand, engine=sqlite_db)
    assert found.notes["text"].tolist() == [
        "De [verborgen] is slecht bereikbaar en Rob Jansen neemt nooit op. De koffie is prima.",
        "Inloggen duurt een kwartier.",
        "[verborgen] is stuk, vraag [naam].",
    ]
    assert set(found.notes["question"]) == {"[verborgen]"}
    assert "Rob Jansen" in " ".join(texts(found))
    assert found.masked == {"naam": 1, "verborgen": 2}
    told = {drop.reason: drop.values for drop in found.taken.dropped}
    assert told["pipeline.by_hand.hidden"] == {"n": 2}
    assert told["pipeline.by_hand.shown"] == {"n": 1}


def test_what_was_kept_apart_becomes_a_remark_when_a_person_says_so(sqlite_db: Engine) -> None:
    file = prepared(sqlite_db)
    (action,) = apart(file)
    found = adjust(file, ByHand(cut={key_of(action): ("De lift is vaak stuk, zegt Anna de Wit",)}), engine=sqlite_db)
    assert texts(found)[-1] == "De lift is vaak stuk, zegt [naam]"
    assert not found.remarks["is_saving"].iloc[-1]
    assert found.masked == Counter(file.masked) + Counter({"naam": 1})
    assert reasons(found) == ["cut"]
    assert found.taken.rows == 4


def test_a_change_is_shown_without_annotating_anything_and_finished_once(
    sqlite_db: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = prepared(sqlite_db)
    by_hand = ByHand(cut={key_of(file.taken.notes[1]): ("Inloggen duurt lang", "zegt Piet de Vries")}, hidden=("lift",))
    with monkeypatch.context() as patch:
        patch.setattr("feedback.adjusting.annotate", None)
        patch.setattr("feedback.adjusting.put_in_themes", None)
        shown = changed(file, by_hand)
    whole = adjust(file, by_hand, engine=sqlite_db)
    assert texts(shown) == texts(whole) and shown.masked == whole.masked and shown.taken == whole.taken
    assert_frame_equal(finish(shown, engine=sqlite_db).remarks, whole.remarks)
    assert whole.remarks["area_by"].ne("").all()


def test_a_row_left_out_takes_its_score_along(sqlite_db: Engine) -> None:
    file = prepared(sqlite_db, TABLE, "vragen.csv")
    found = adjust(file, ByHand(left_out={2: 4, 3: 0}), engine=sqlite_db)
    assert [score.row for score in found.taken.scores] == found.notes["row"].tolist() == [4]
    assert [(drop.row, drop.reason, drop.values) for drop in found.taken.dropped] == [
        (2, "pipeline.by_hand.twice", {"other": 4}), (3, "pipeline.by_hand.stored", {}),
    ]  # fmt: skip
    assert found.taken.rows == 1


def test_the_database_gets_the_change_and_its_place_but_no_hidden_word(sqlite_db: Engine) -> None:
    file = prepared(sqlite_db)
    gone = key_of(file.taken.notes[2])
    found = adjust(file, ByHand(hidden=("koffie",), cut={gone: ()}), engine=sqlite_db)
    pipeline.store(found, WHERE, engine=sqlite_db, actor="test")
    with reading(sqlite_db) as session:
        (batch,) = frames.batches(session=session).to_dict("records")
    assert {one["reason"] for one in batch["dropped"]} >= {"pipeline.by_hand.dropped", "pipeline.by_hand.hidden"}
    # The codebook has words of its own; what came from the file is in the other tables.
    own = [table for name, table in SQLModel.metadata.tables.items() if name != "theme"]
    with sqlite_db.connect() as connection:
        for table in own:
            everything = str(connection.execute(select(table)).all())
            assert "De koffie is prima" not in everything and "De lift is stuk" not in everything


def test_what_was_hidden_by_hand_stays_hidden_in_a_later_version(sqlite_db: Engine) -> None:
    rows = [
        f"P{n};De {what} van Klaasje is te traag en te druk;{n}" for n, what in enumerate(("balie", "lift", "hal"), 4)
    ]
    first = "\n".join(("Naam;Wat kan beter?;Cijfer ICT", *rows, "P9;Vraag het aan klaasjé bij de-lift;7")) + "\n"
    file = prepared(sqlite_db, first, "een.csv")
    found = adjust(file, ByHand(hidden=("Klaasje", "bij de lift!", "naam")), engine=sqlite_db)
    assert found.notes["text"].tolist()[1:] == [
        "De lift van [verborgen] is te traag en te druk", "De hal van [verborgen] is te traag en te druk",
        "Vraag het aan [verborgen] [verborgen]",
    ]  # fmt: skip
    pipeline.store(found, WHERE, engine=sqlite_db, actor="test")
    later = prepared(sqlite_db, first + "P10;Klaasje weet van niets, zegt Rob Jansen;8\n", "twee.csv")
    assert later.again and later.again.counts == {"added": 1, "changed": 0, "same": 4}
    assert later.notes["text"].tolist() == ["[verborgen] weet van niets, zegt [naam]"]
    assert "klaasje" not in " ".join(later.remarks["text"]).lower()


def test_a_heading_hidden_by_hand_stays_hidden_and_the_example_teaches_nothing(sqlite_db: Engine) -> None:
    found = adjust(prepared(sqlite_db), ByHand(hidden=("servicedesk",)), engine=sqlite_db)
    pipeline.store(found, WHERE, engine=sqlite_db, actor="test", is_example=True)
    with reading(sqlite_db) as session:
        assert not forgotten.remembered(key="", session=session).marks
    pipeline.store(found, WHERE, engine=sqlite_db, actor="test")
    later = prepared(sqlite_db, NOTES + "- De printer is stuk.\n", "verslag 2.txt")
    assert set(later.notes["question"]) == {"[verborgen]"}
    assert later.again and not later.again.changed
