"""Rows that say nearly the same are found, in the file and against what is stored; quickly."""

from __future__ import annotations

import random
import time

from sqlalchemy import Engine

from feedback import pipeline
from feedback.intake.alike import pairs, stored_rows, twice
from feedback.store.engine import reading

ONE = "De servicedesk neemt nooit op en ik moet altijd lang wachten"


def test_a_text_with_a_word_or_a_mark_changed_is_nearly_the_same() -> None:
    assert pairs([ONE, f"{ONE.upper()}!!", ONE.replace("altijd ", ""), "De koffie is hier al jaren niet te drinken"]) == {
        1: 0, 2: 0
    }  # fmt: skip


def test_short_answers_and_other_texts_with_the_same_words_are_not() -> None:
    assert pairs(["de koffie is prima", "de koffie is prima", "", ""]) == {}
    assert pairs([ONE, "Wachten moet ik altijd lang en nooit neemt de servicedesk op"]) == {}


def test_thousands_of_texts_take_seconds() -> None:
    words = [f"woord{n}" for n in range(3000)]
    made = random.Random(1)
    texts = [" ".join(made.choices(words, k=15)) for _ in range(5000)]
    texts += [text.replace(text.split()[7], "anders") for text in texts[:100]]
    start = time.process_time()
    assert len(pairs(texts)) == 100
    assert time.process_time() - start < 5


def test_rows_of_the_file_and_of_what_is_stored_are_named(sqlite_db: Engine) -> None:
    where = pipeline.Destination(name="Panel maart")
    first = f"Naam;Opmerking\nP1;{ONE}\nP2;De lift staat elke maandag stil op de derde verdieping\n"
    pipeline.import_file("een.csv", first.encode(), where, engine=sqlite_db, actor="test")
    with reading(sqlite_db) as session:
        stored = stored_rows(session=session)
    other = "Er zijn op dinsdag en donderdag te weinig werkplekken voor iedereen"
    second = f"Naam;Opmerking;Cijfer\nP8;{other};4\nP8;{other} hier;5\nP9;{ONE.lower()};6\nP3;Prima;7\n"
    file = pipeline.prepare("twee.csv", second.encode(), engine=sqlite_db)
    found = [(one.row, one.other, one.session, one.same_person) for one in twice(file.taken, file.notes, stored)]
    assert found == [(3, 2, "", True), (4, 0, "Panel maart", False)]
