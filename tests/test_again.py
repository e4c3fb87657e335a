"""A file that comes again: nothing is doubled, what changed is changed, what people did stays; undo brings back what was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from feedback import pipeline
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.intake.rows import Difference, Row, differences
from feedback.store import frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Remark
from feedback.themes import regroup

ROOMS = ("kantine", "parkeergarage", "servicedesk", "salarisadministratie", "vergaderzaal", "printer", "receptie")
FIRST = [f"De {room} in gebouw {n} is te traag en te druk;{4 + n % 5}" for n, room in enumerate(ROOMS * 3)]
CHANGED = dict(zip((3, 11), ("Alles gaat nu veel beter dan voorheen;9", FIRST[11].replace("druk", "vol")), strict=True))
LATER = [CHANGED.get(n, row) for n, row in enumerate(FIRST)]
NEW = [f"Een nieuwe opmerking over de {room}, nummer {n};7" for n, room in enumerate(ROOMS + ROOMS[:3])]
HEADER = "Wat kan er beter?;Cijfer"
WHERE = pipeline.Destination(name="Enquête", kind="survey")


def load(engine: Engine, rows: list[str], name: str = "a.csv", header: str = HEADER) -> pipeline.Stored:
    text = "\n".join((header, *rows)) + "\n"
    return pipeline.import_file(name, text.encode(), WHERE, engine=engine, actor="test", whole=False)[1]


def told(engine: Engine) -> tuple[list[str], list[str]]:
    with reading(engine) as session:
        return sorted(frames.remarks(session=session)["text"]), sorted(frames.scores(session=session)["raw"])


def test_ten_new_and_two_changed_rows_add_ten_and_change_two(fresh_db: Engine) -> None:
    load(fresh_db, FIRST)
    before = told(fresh_db)
    with reading(fresh_db) as session:
        kept = frames.remarks(session=session).set_index("row")["remark_id"]
    with writing(fresh_db) as session:
        other = session.exec(select(Remark.theme_id).where(Remark.id != kept[2])).first()
        assert other
        regroup.move([int(kept[2])], other, session=session, actor="test")
    again = load(fresh_db, LATER + NEW, "b.csv")
    assert again.notes == 12
    after = told(fresh_db)
    load(fresh_db, ["Iets heel anders over de koffie en de thee;8"], "c.csv", "Wat nog meer?;Cijfer")
    assert len(after[1]) == len(LATER + NEW)
    assert any("veel beter" in text for text in after[0]) and any("te vol" in text for text in after[0])
    assert not any(text == FIRST[3].split(";")[0] for text in after[0])
    with reading(fresh_db) as session:
        remarks = frames.remarks(session=session)
        assert kept[2] in set(remarks["remark_id"])
        assert remarks.set_index("remark_id")["placed_by"][kept[2]] == "person"
        assert len(frames.sessions(session=session)) == 2
    mark(fresh_db, batches.undo, again.batch_id)
    assert [text for text in told(fresh_db)[0] if "koffie" not in text] == before[0]
    mark(fresh_db, batches.redo, again.batch_id)
    assert [text for text in told(fresh_db)[0] if "koffie" not in text] == after[0]


def mark(engine: Engine, act: object, batch_id: int) -> None:
    with writing(engine) as session:
        act(batch_id, session=session, actor="test")  # type: ignore[operator]


def test_a_file_that_was_only_saved_again_holds_nothing_new(sqlite_db: Engine) -> None:
    load(sqlite_db, FIRST)
    with pytest.raises(UserError, match="nothing new"):
        load(sqlite_db, [*FIRST, ""], "b.csv")


def test_rows_in_another_order_are_the_same_rows(sqlite_db: Engine) -> None:
    load(sqlite_db, FIRST)
    assert load(sqlite_db, NEW + FIRST[::-1]).notes == len(NEW)


def test_rows_that_are_gone_from_the_file_stay(sqlite_db: Engine) -> None:
    load(sqlite_db, FIRST)
    load(sqlite_db, FIRST[4:] + NEW)
    assert len(told(sqlite_db)[1]) == len(FIRST + NEW)


def test_another_round_of_the_same_questions_is_another_file(sqlite_db: Engine) -> None:
    load(sqlite_db, [*FIRST, "geen;7", "Prima;8"])
    assert load(sqlite_db, [*NEW, "geen;7", "Prima;8"]).notes == len(NEW) + 2


def test_the_same_words_on_another_day_are_another_round(sqlite_db: Engine) -> None:
    for month in (3, 9):
        rows = [f"{row};17-{month:02}-2026" for row in FIRST]
        assert load(sqlite_db, rows, header=f"{HEADER};Datum").notes == len(FIRST)


def test_a_few_sentences_that_everybody_uses_make_no_later_version(sqlite_db: Engine) -> None:
    usual = [f"De {room} is altijd veel te druk;7" for room in ROOMS]
    load(sqlite_db, usual * 4)
    assert load(sqlite_db, usual[::-1] * 3).notes == 3 * len(usual)


def test_a_person_with_one_row_is_known_by_a_pseudonym(sqlite_db: Engine) -> None:
    first = [f"p{n}@example.org;{row}" for n, row in enumerate(FIRST)]
    load(sqlite_db, first, header=f"E-mail;{HEADER}")
    later = ["p5@example.org;Toch is alles in orde gekomen, dank daarvoor;9", *first[:5], *first[6:]][::-1]
    assert load(sqlite_db, later, header=f"E-mail;{HEADER}").notes == 1
    assert len(told(sqlite_db)[1]) == len(FIRST)


def test_notes_of_a_meeting_that_were_completed_add_what_is_new(sqlite_db: Engine) -> None:
    lines = [f"- De {room} is te klein voor ons allemaal" for room in ROOMS]
    text = "Verslag\n\n" + "\n".join(lines)
    pipeline.import_file("v.txt", text.encode(), WHERE, engine=sqlite_db, actor="test", whole=False)
    more = f"{text}\n- Nog vergeten: de lift staat vaak stil\n"
    stored = pipeline.import_file("v2.txt", more.encode(), WHERE, engine=sqlite_db, actor="test", whole=False)[1]
    assert stored.notes == 1


def test_the_cell_that_changed_is_told_and_nothing_else() -> None:
    cells = (("Cijfer", "4"), ("Wat kan beter?", "De lift is druk"))
    before = Row(3, 2, "p1", "kade", dt.date(2026, 3, 3), cells, "Kade")
    assert differences(before, replace(before, batch=0)) == ()
    after = replace(before, cells=(cells[0], ("Wat kan beter?", "De lift is stil")))
    assert differences(before, after) == (Difference("cell", "Wat kan beter?", "De lift is druk", "De lift is stil"),)
    gone = replace(before, cells=cells[1:], organisation="haven", called="Haven", day=None, person="p2")
    assert differences(before, gone) == (
        Difference("cell", "Cijfer", "4", ""), Difference("organisation", "", "Kade", "Haven"),
        Difference("day", "", "2026-03-03", ""), Difference("person"),
    )  # fmt: skip
    renamed = replace(before, cells=(("Cijfer", "4"), ("Wat moet beter?", "De lift is druk")))
    assert differences(before, renamed) == (
        Difference("cell", "Wat moet beter?", "De lift is druk", "De lift is druk"),
    )
