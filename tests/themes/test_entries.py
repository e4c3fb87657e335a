"""What a coordinator does to the codebook, as entries and as a file, and undoing it; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from feedback.files import read_codebook
from feedback.i18n import UserError
from feedback.reports import tables
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, Batch, Theme
from feedback.themes import curation, entries, exchange, stored
from feedback.themes.codebook_table import Row, read_rows
from tests.builders import SmallPanel, add_remark, small_panel


@pytest.fixture
def panel(fresh_db: Engine) -> SmallPanel:
    return small_panel(fresh_db)


def do(engine: Engine, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    with writing(engine) as session:
        return act(*args, session=session, actor="Coördinator", **values)


def refused(engine: Engine, act: Callable[..., Any], *args: Any, **values: Any) -> str:
    before = codebook(engine)
    with pytest.raises(UserError) as error:
        do(engine, act, *args, **values)
    assert codebook(engine) == before
    assert error.value.message("nl") != error.value.key
    return error.value.key


def codebook(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        rows = session.exec(select(Theme).order_by(col(Theme.id))).all()
        return [row.model_dump(exclude={"version"}) for row in rows]


def theme(engine: Engine, theme_id: int) -> Theme:
    with reading(engine) as session:
        row = session.get(Theme, theme_id)
        assert row is not None
        return row


def asleep(engine: Engine) -> Theme:
    with reading(engine) as session:
        return session.exec(select(Theme).where(Theme.status == "dormant").order_by(col(Theme.id))).all()[0]


def rows(*lines: str) -> list[Row]:
    return read_rows([[cell.strip() for cell in line.split("|")] for line in lines])


def preview(engine: Engine, file: list[Row]) -> Any:
    with reading(engine) as session:
        return exchange.preview(file, session=session)


def take_in(engine: Engine, file: list[Row]) -> list[int]:
    return do(engine, exchange.take_in, file, preview(engine, file), "codeboek.csv")


# One entry ------------------------------------------------------------------------------------------------------------


def test_an_edit_changes_all_of_an_entry_and_undo_brings_it_back(fresh_db: Engine, panel: SmallPanel) -> None:
    before = codebook(fresh_db)
    first = asleep(fresh_db)
    values = {
        "name_nl": "Aanmelden", "description_en": " Signing  in ", "area": "hr", "aspect": None,
        "keywords": ["pasje", first.keywords[3], first.keywords[0]], "examples": [*first.examples[2:], "Mijn pas doet niets."],
    }  # fmt: skip
    event = do(fresh_db, entries.edit, first.id, values, seen_version=first.version)
    now = theme(fresh_db, first.id)
    assert (now.name_nl, now.name_en, now.description_en) == ("Aanmelden", first.name_en, "Signing in")
    assert now.aspect_id is None
    assert now.keywords == [first.keywords[0], first.keywords[3], "pasje"]
    assert now.examples == [*first.examples[2:], "Mijn pas doet niets."]
    do(fresh_db, curation.undo, event)
    assert codebook(fresh_db) == before


def test_an_edit_that_changes_nothing_leaves_no_trace(fresh_db: Engine, panel: SmallPanel) -> None:
    first = asleep(fresh_db)
    values = {
        "name_nl": first.name_nl,
        "keywords": first.keywords[::-1],
        "examples": [f" {x} " for x in first.examples],
    }
    assert do(fresh_db, entries.edit, first.id, values) is None
    assert theme(fresh_db, first.id).version == first.version


def test_the_second_editor_is_told(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, entries.edit, panel.coffee, {"keywords": ["bonen"]}, seen_version=1)
    assert refused(fresh_db, entries.edit, panel.coffee, {"keywords": []}, seen_version=1) == "codebook.error.changed"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name_nl": " "}, "themes.error.name_empty"),
        ({"name_en": "parkeren bij het stadhuis"}, "themes.error.name_taken"),
        ({"area": "kantine"}, "codebook.error.area"),
        ({"aspect": "kleur"}, "codebook.error.aspect"),
        ({"examples": [f"Zin {n}." for n in range(31)]}, "codebook.error.examples"),
    ],
)
def test_what_an_edit_refuses(fresh_db: Engine, panel: SmallPanel, values: dict[str, Any], reason: str) -> None:
    assert refused(fresh_db, entries.edit, panel.coffee, values) == reason


def test_what_was_taught_after_an_edit_stays_when_that_is_undone(fresh_db: Engine, panel: SmallPanel) -> None:
    event = do(fresh_db, entries.edit, panel.coffee, {"examples": ["Koud."]})
    do(fresh_db, curation.move, panel.remarks[-1:], panel.coffee)
    do(fresh_db, curation.undo, event)
    assert theme(fresh_db, panel.coffee).examples == ["Graag een plek voor wie slecht ter been is."]


def test_personal_data_in_a_new_example_is_masked(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, entries.edit, panel.coffee, {"examples": ["Bel 06-12345678 voor koffie."]})
    assert theme(fresh_db, panel.coffee).examples == ["Bel [telefoon] voor koffie."]


def test_the_audit_table_does_not_repeat_examples(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, entries.edit, panel.coffee, {"examples": ["De bekers lekken."], "keywords": ["lekkage"]})
    with reading(fresh_db) as session:
        last = session.exec(select(Audit).order_by(col(Audit.id).desc())).first()
    assert last is not None
    assert last.after == {"changed": ["examples", "keywords"]}


def test_a_new_entry_sleeps_and_undo_takes_it_away(fresh_db: Engine) -> None:
    before = codebook(fresh_db)
    event = do(fresh_db, entries.add, {"name_nl": "Vergaderkoffie", "area": "facilitair", "keywords": ["kan koffie"]})
    new = codebook(fresh_db)[-1]
    assert (new["key"], new["name_en"], new["status"]) == ("eigen-vergaderkoffie", "Vergaderkoffie", "dormant")
    assert new["keywords"] == ["kan koffie"]
    do(fresh_db, curation.undo, event)
    assert codebook(fresh_db) == before


def test_a_new_entry_needs_a_name(fresh_db: Engine) -> None:
    assert refused(fresh_db, entries.add, {"name_nl": " ", "name_en": ""}) == "themes.error.name_empty"


# Out of use -----------------------------------------------------------------------------------------------------------


def in_book(engine: Engine, key: str) -> bool:
    with reading(engine) as session:
        return key in stored.stored_codebook(session=session)


def test_an_entry_out_of_use_gets_no_remarks_until_it_is_used_again(fresh_db: Engine) -> None:
    first = asleep(fresh_db)
    event = do(fresh_db, entries.retire, first.id)
    assert not in_book(fresh_db, first.key)
    with reading(fresh_db) as session:
        assert stored.awake_themes(session=session) == frozenset()
    do(fresh_db, entries.reuse, first.id)
    assert in_book(fresh_db, first.key)
    assert theme(fresh_db, first.id).status == "dormant"
    with pytest.raises(UserError):
        do(fresh_db, curation.undo, event)


def test_undo_brings_an_entry_back_into_use(fresh_db: Engine) -> None:
    first = asleep(fresh_db)
    do(fresh_db, curation.undo, do(fresh_db, entries.retire, first.id))
    assert in_book(fresh_db, first.key)


def test_a_theme_with_remarks_is_not_put_out_of_use(fresh_db: Engine, panel: SmallPanel) -> None:
    assert refused(fresh_db, entries.retire, panel.coffee) == "codebook.error.has_remarks"
    do(fresh_db, curation.park, panel.coffee)
    assert in_book(fresh_db, theme(fresh_db, panel.coffee).key)


def test_remarks_of_an_undone_file_do_not_count(fresh_db: Engine, panel: SmallPanel) -> None:
    with writing(fresh_db) as session:
        for batch in session.exec(select(Batch)).all():
            batch.undone_at = batch.created_at
    assert do(fresh_db, entries.retire, panel.coffee) is not None


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_is_imported_changes_nothing(fresh_db: Engine, panel: SmallPanel, kind: str, own: bool) -> None:
    do(fresh_db, curation.move, panel.remarks[:3], asleep(fresh_db).id)
    do(fresh_db, entries.retire, asleep(fresh_db).id)
    do(fresh_db, curation.merge, panel.coffee, panel.parking)
    with reading(fresh_db) as session:
        table = exchange.table(session=session, own_examples=own)
    data = tables.as_csv(table) if kind == "csv" else tables.as_xlsx(table)
    plan = preview(fresh_db, read_codebook(f"codeboek.{kind}", data))
    assert (plan.new, plan.changed, plan.refused, plan.same) == ((), (), (), len(table))


def test_an_export_without_own_examples_holds_no_remark(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.move, panel.remarks[:1], panel.parking)
    said = "De koffieautomaat op de tweede is alweer leeg."
    with reading(fresh_db) as session:
        found = {own: exchange.table(session=session, own_examples=own)["examples"] for own in (True, False)}
    assert found[True].str.contains(said).any()
    assert not found[False].str.contains(said).any()


def test_another_organisation_starts_from_a_codebook(sqlite_db: Engine, postgres_db: Engine) -> None:
    do(sqlite_db, entries.add, {"name_nl": "Vergaderkoffie", "keywords": ["kan koffie"], "area": "facilitair"})
    do(sqlite_db, entries.retire, asleep(sqlite_db).id)
    with reading(sqlite_db) as session:
        file = read_codebook("codeboek.csv", tables.as_csv(exchange.table(session=session, own_examples=False)))
    take_in(postgres_db, file)
    with reading(postgres_db) as session:
        there = exchange.table(session=session, own_examples=True)
    with reading(sqlite_db) as session:
        here = exchange.table(session=session, own_examples=True)
    assert there.to_dict("records") == here.to_dict("records")


FILE = rows(
    "sleutel|naam|dienst|trefwoorden|status", "|Vergaderkoffie|facilitair|kan koffie|", "|Ergonomie|hr||geparkeerd",
    "|Koffie op de afdeling|facilitair|bonen|",
)  # fmt: skip


def test_a_file_is_stored_and_undone_as_a_whole(fresh_db: Engine, panel: SmallPanel) -> None:
    before = codebook(fresh_db)
    events = take_in(fresh_db, FILE)
    new = {row["name_nl"]: row["status"] for row in codebook(fresh_db)[len(before) :]}
    assert new == {"Vergaderkoffie": "dormant", "Ergonomie": "parked"}
    assert theme(fresh_db, panel.coffee).keywords == ["bonen"]
    with reading(fresh_db) as session:
        last = exchange.last_taken_in(session=session)
    assert last is not None
    assert (last.filename, last.new, last.changed, last.events) == ("codeboek.csv", 2, 1, events)
    do(fresh_db, curation.undo_all, events)
    assert codebook(fresh_db) == before
    with reading(fresh_db) as session:
        assert exchange.last_taken_in(session=session) is None


def test_a_file_is_undone_whole_or_not_at_all(fresh_db: Engine, panel: SmallPanel) -> None:
    events = take_in(fresh_db, FILE)
    with writing(fresh_db) as session:
        add_remark(theme_id=session.exec(select(Theme.id).where(Theme.name_nl == "Ergonomie")).one(), session=session)
    assert refused(fresh_db, curation.undo_all, events) == "themes.error.in_use"


def test_a_file_that_would_do_something_else_by_now_is_not_stored(fresh_db: Engine, panel: SmallPanel) -> None:
    seen = preview(fresh_db, FILE)
    do(fresh_db, entries.edit, panel.coffee, {"keywords": ["thee"]})
    assert refused(fresh_db, exchange.take_in, FILE, seen, "codeboek.csv") == "codebook.error.other_now"


def test_a_second_import_of_the_same_file_changes_nothing(fresh_db: Engine, panel: SmallPanel) -> None:
    take_in(fresh_db, FILE)
    assert preview(fresh_db, FILE).same == 3


def test_a_merged_theme_does_not_come_back_with_an_old_file(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.merge, panel.coffee, panel.parking)
    plan = preview(fresh_db, rows("key|naam", f"{theme(fresh_db, panel.coffee).key}|Koffie op de afdeling"))
    assert [one.reason for one in plan.refused] == ["codebook.error.merged"]
