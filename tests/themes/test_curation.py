"""What people do to themes, and undoing it, on both databases."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import audit, frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, Batch, Remark, Reply, Theme, ThemeEvent
from feedback.themes import acts, curation
from tests.builders import SmallPanel, add_remark, add_theme, small_panel, theme_of


@pytest.fixture
def panel(fresh_db: Engine) -> SmallPanel:
    return small_panel(fresh_db)


def do(engine: Engine, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    with writing(engine) as session:
        return act(*args, session=session, actor="Coördinator", **values)


def refused(engine: Engine, act: Callable[..., Any], *args: Any, **values: Any) -> UserError:
    before = snapshot(engine)
    with pytest.raises(UserError) as error:
        do(engine, act, *args, **values)
    assert snapshot(engine) == before
    assert error.value.message("nl") != error.value.key
    return error.value


def theme(engine: Engine, theme_id: int) -> dict[str, Any]:
    with reading(engine) as session:
        row = session.get(Theme, theme_id)
        assert row is not None
        return row.model_dump()


def remarks(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        return [row.model_dump() for row in session.exec(select(Remark).order_by(col(Remark.id))).all()]


def snapshot(engine: Engine) -> dict[str, Any]:
    """Everything people see of themes; versions and the logs may differ."""
    with reading(engine) as session:
        rows: dict[str, Any] = {}
        for table in (Theme, Remark, Reply):
            found = session.exec(select(table).order_by(col(table.id))).all()
            rows[table.__name__] = [row.model_dump(exclude={"version"}) for row in found]
    return rows


def last_event(engine: Engine) -> int:
    with reading(engine) as session:
        return int(frames.theme_events(session=session)["event_id"].iloc[0])


def where(engine: Engine, ids: list[int]) -> list[int | None]:
    with reading(engine) as session:
        return theme_of(ids, session=session)


def dormant(engine: Engine) -> Theme:
    with reading(engine) as session:
        return session.exec(select(Theme).where(Theme.status == "dormant").order_by(col(Theme.id))).all()[0]


# Names ----------------------------------------------------------------------------------------------------------------


def test_rename_names_both_languages(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.rename, panel.coffee, "  Koffie   en\nthee ")
    assert (theme(fresh_db, panel.coffee)["name_nl"], theme(fresh_db, panel.coffee)["name_en"]) == (
        "Koffie en thee",
    ) * 2


def test_rename_in_one_language(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.rename, panel.coffee, "Coffee", language="en")
    row = theme(fresh_db, panel.coffee)
    assert (row["name_nl"], row["name_en"]) == ("Koffie op de afdeling", "Coffee")


@pytest.mark.parametrize("name", ["", "   ", "\u200b\n", "x" * 201])
def test_rename_refuses_no_name_and_too_long_a_name(fresh_db: Engine, panel: SmallPanel, name: str) -> None:
    assert refused(fresh_db, curation.rename, panel.coffee, name).key.startswith("themes.error.name_")


def test_rename_takes_200_characters(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.rename, panel.coffee, "é" * 200)
    assert theme(fresh_db, panel.coffee)["name_nl"] == "é" * 200


def test_rename_refuses_a_taken_name_whatever_its_capitals(fresh_db: Engine, panel: SmallPanel) -> None:
    error = refused(fresh_db, curation.rename, panel.coffee, "PARKEREN BIJ HET STADHUIS")
    assert error.key == "themes.error.name_taken"


def test_rename_to_a_sleeping_entry_says_so(fresh_db: Engine, panel: SmallPanel) -> None:
    assert refused(fresh_db, curation.rename, panel.coffee, dormant(fresh_db).name_nl).key == "themes.error.name_asleep"


def test_the_name_of_a_merged_theme_is_free(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.merge, panel.coffee, panel.parking)
    do(fresh_db, curation.rename, panel.parking, "Koffie op de afdeling")
    assert theme(fresh_db, panel.parking)["name_nl"] == "Koffie op de afdeling"


def test_rename_may_change_only_the_capitals(fresh_db: Engine, panel: SmallPanel) -> None:
    assert do(fresh_db, curation.rename, panel.coffee, "KOFFIE OP DE AFDELING") is not None


def test_rename_to_the_same_name_leaves_no_trace(fresh_db: Engine, panel: SmallPanel) -> None:
    version = theme(fresh_db, panel.coffee)["version"]
    assert do(fresh_db, curation.rename, panel.coffee, "Koffie op de afdeling") is None
    assert theme(fresh_db, panel.coffee)["version"] == version


def test_who_looked_at_an_older_version_is_told_what_it_is_now(fresh_db: Engine, panel: SmallPanel) -> None:
    seen = theme(fresh_db, panel.coffee)["version"]
    do(fresh_db, curation.rename, panel.coffee, "Koffie", seen_version=seen)
    error = refused(fresh_db, curation.rename, panel.coffee, "Thee", seen_version=seen)
    assert error.key == "themes.error.changed"
    assert "“Koffie”" in error.message("nl")


# Edit and status ------------------------------------------------------------------------------------------------------


def test_describe_owner_and_area(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.describe, panel.coffee, "Over de automaten.", language="nl")
    do(fresh_db, curation.set_owner, panel.coffee, " Team Gastvrijheid ")
    do(fresh_db, curation.set_area, panel.coffee, "inkoop")
    row = theme(fresh_db, panel.coffee)
    assert (row["description_nl"], row["description_en"]) == ("Over de automaten.", "")
    assert row["owner"] == "Team Gastvrijheid"
    with reading(fresh_db) as session:
        assert frames.themes(session=session).set_index("theme_id")["area"][panel.coffee] == "inkoop"


@pytest.mark.parametrize("act", [curation.describe, curation.set_owner])
def test_edits_do_not_overwrite_what_was_not_seen(fresh_db: Engine, panel: SmallPanel, act: Callable[..., Any]) -> None:
    do(fresh_db, act, panel.coffee, "Facilitair", seen_version=1)
    error = refused(fresh_db, act, panel.coffee, "Inkoop", seen_version=1)
    assert "Facilitair" in error.message("en")


def test_an_area_that_is_not_there(fresh_db: Engine, panel: SmallPanel) -> None:
    assert refused(fresh_db, curation.set_area, panel.coffee, "tuin").key == "themes.error.area_gone"


def test_confirm_park_reopen(fresh_db: Engine, panel: SmallPanel) -> None:
    states = []
    for act in (curation.confirm, curation.confirm, curation.park, curation.reopen):
        do(fresh_db, act, panel.coffee)
        states.append(theme(fresh_db, panel.coffee)["status"])
    assert states == ["confirmed", "confirmed", "parked", "proposed"]
    assert theme(fresh_db, panel.coffee)["version"] == 4


def test_create_adds_a_confirmed_theme(fresh_db: Engine, panel: SmallPanel) -> None:
    new = do(fresh_db, curation.create, "Lift & trap", "facilitair", keywords=["lift", " lift ", ""])
    row = theme(fresh_db, new)
    assert (row["key"], row["status"], row["origin"], row["keywords"]) == (
        "eigen-lift-trap",
        "confirmed",
        "person",
        ["lift"],
    )


def test_keys_stay_unique_when_a_name_comes_back(fresh_db: Engine, panel: SmallPanel) -> None:
    first = do(fresh_db, curation.create, "Lift")
    do(fresh_db, curation.rename, first, "Trap")
    assert theme(fresh_db, do(fresh_db, curation.create, "Lift"))["key"] == "eigen-lift-2"


def test_what_is_made_while_the_example_counts_belongs_to_it(fresh_db: Engine, panel: SmallPanel) -> None:
    with writing(fresh_db) as session:
        batch = session.get(Batch, panel.batches[0])
        assert batch is not None
        batch.is_example = True
    assert theme(fresh_db, do(fresh_db, curation.create, "Lift"))["is_example"]


def test_a_theme_that_is_not_there(fresh_db: Engine, panel: SmallPanel) -> None:
    assert refused(fresh_db, curation.rename, 10**6, "Lift").key == "themes.error.gone"


# Merge ----------------------------------------------------------------------------------------------------------------


def test_merge_takes_remarks_and_replies_along(fresh_db: Engine, panel: SmallPanel) -> None:
    with writing(fresh_db) as session:
        session.add(Reply(theme_id=panel.coffee, kind="change", text="Er komt een tweede automaat."))
    do(fresh_db, curation.merge, panel.coffee, panel.parking)
    assert set(where(fresh_db, panel.remarks)) == {panel.parking}
    row = theme(fresh_db, panel.coffee)
    assert (row["status"], row["merged_into_id"]) == ("merged", panel.parking)
    with reading(fresh_db) as session:
        assert panel.coffee not in set(frames.themes(session=session)["theme_id"])
        assert list(frames.replies(session=session)["theme_id"]) == [panel.parking]


def test_merge_touches_two_themes_only(fresh_db: Engine, panel: SmallPanel) -> None:
    with reading(fresh_db) as session:
        before = {row.id: row.model_dump() for row in session.exec(select(Theme)).all()}
    do(fresh_db, curation.merge, panel.coffee, panel.parking)
    with reading(fresh_db) as session:
        after = {row.id: row.model_dump() for row in session.exec(select(Theme)).all()}
    assert {at for at in before if before[at] != after[at]} == {panel.coffee, panel.parking}


def test_merge_with_itself(fresh_db: Engine, panel: SmallPanel) -> None:
    assert refused(fresh_db, curation.merge, panel.coffee, panel.coffee).key == "themes.error.itself"


def test_a_merged_theme_tells_where_it_went_in_the_end(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.merge, panel.coffee, panel.parking)
    last = do(fresh_db, curation.create, "Terrein")
    do(fresh_db, curation.merge, panel.parking, last)
    for act, args in (
        (curation.merge, (panel.coffee, last)),
        (curation.merge, (last, panel.coffee)),
        (curation.rename, (panel.coffee, "Thee")),
        (curation.confirm, (panel.coffee,)),
        (curation.move, (panel.remarks[:1], panel.coffee)),
        (curation.split, (panel.coffee, panel.remarks[:1], "Thee")),
    ):
        error = refused(fresh_db, act, *args)
        assert error.key == "themes.error.merged"
        assert "“Terrein”" in error.message("nl")


def test_undo_merge_gives_each_remark_back(fresh_db: Engine, panel: SmallPanel) -> None:
    with writing(fresh_db) as session:
        session.add(Reply(theme_id=panel.coffee, kind="change"))
        session.add(Reply(theme_id=panel.parking, kind="study"))
    before = snapshot(fresh_db)
    event = do(fresh_db, curation.merge, panel.coffee, panel.parking)
    with writing(fresh_db) as session:
        new = add_remark("De poort bij het terrein piept.", theme_id=panel.parking, session=session)
    assert do(fresh_db, curation.undo, event) == 0
    after = snapshot(fresh_db)
    after["Remark"] = [row for row in after["Remark"] if row["id"] != new]
    assert after == before
    assert where(fresh_db, [new]) == [panel.parking]


def test_undo_merge_leaves_what_was_moved_on(fresh_db: Engine, panel: SmallPanel) -> None:
    event = do(fresh_db, curation.merge, panel.coffee, panel.parking)
    other = do(fresh_db, curation.create, "Terrein")
    do(fresh_db, curation.move, panel.remarks[:1], other)
    do(fresh_db, curation.move, panel.remarks[1:2], panel.parking)
    assert do(fresh_db, curation.undo, event) == 2
    assert where(fresh_db, panel.remarks[:3]) == [other, panel.parking, panel.coffee]


def test_undo_merge_waits_for_a_later_merge(fresh_db: Engine, panel: SmallPanel) -> None:
    before = snapshot(fresh_db)
    first = do(fresh_db, curation.merge, panel.coffee, panel.parking)
    second = do(fresh_db, curation.merge, panel.parking, dormant(fresh_db).id)
    assert refused(fresh_db, curation.undo, first).key == "themes.error.merged"
    do(fresh_db, curation.undo, second)
    do(fresh_db, curation.undo, first)
    assert snapshot(fresh_db) == before


def test_undo_merge_needs_the_name_back(fresh_db: Engine, panel: SmallPanel) -> None:
    event = do(fresh_db, curation.merge, panel.coffee, panel.parking)
    do(fresh_db, curation.rename, panel.parking, "Koffie op de afdeling")
    assert refused(fresh_db, curation.undo, event).key == "themes.error.name_taken"


def test_merge_of_thousands(fresh_db: Engine, panel: SmallPanel) -> None:
    with writing(fresh_db) as session:
        note_id = session.exec(select(Remark.note_id)).first()
        assert note_id is not None
        session.add_all(Remark(note_id=note_id, text="Thee", theme_id=panel.coffee) for _ in range(1200))
    before = snapshot(fresh_db)
    event = do(fresh_db, curation.merge, panel.coffee, panel.parking)
    do(fresh_db, curation.undo, event)
    assert snapshot(fresh_db) == before


# Move and split -------------------------------------------------------------------------------------------------------


def test_move_teaches_the_target(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.move, panel.remarks[:2], panel.parking)
    first = remarks(fresh_db)[0]
    assert (first["theme_id"], first["placed_by"], first["strength"], first["words"]) == (
        panel.parking,
        "person",
        1.0,
        [],
    )
    assert theme(fresh_db, panel.parking)["examples"] == [row["text"] for row in remarks(fresh_db)[:2]]


def test_move_to_where_it_is_confirms_the_place(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.move, panel.remarks[:1], panel.coffee)
    assert remarks(fresh_db)[0]["placed_by"] == "person"
    assert theme(fresh_db, panel.coffee)["version"] == 2


def test_move_from_no_theme_wakes_a_sleeping_entry(fresh_db: Engine, panel: SmallPanel) -> None:
    asleep = dormant(fresh_db)
    with writing(fresh_db) as session:
        loose = add_remark("Iets heel anders.", session=session)
    before = snapshot(fresh_db)
    event = do(fresh_db, curation.move, [loose], asleep.id)
    assert theme(fresh_db, asleep.id)["status"] == "proposed"  # type: ignore[arg-type]
    do(fresh_db, curation.undo, event)
    assert snapshot(fresh_db) == before


def test_a_theme_keeps_its_newest_examples(fresh_db: Engine, panel: SmallPanel) -> None:
    with writing(fresh_db) as session:
        many = [add_remark(f"Melding {at} over de slagboom.", session=session) for at in range(40)]
    before = snapshot(fresh_db)
    first = do(fresh_db, curation.move, many[:25], panel.parking)
    second = do(fresh_db, curation.move, many[25:], panel.parking)
    examples = theme(fresh_db, panel.parking)["examples"]
    assert examples == [f"Melding {at} over de slagboom." for at in range(10, 40)]
    do(fresh_db, curation.undo, second)
    do(fresh_db, curation.undo, first)
    assert snapshot(fresh_db) == before


def test_a_remark_that_leaves_takes_its_example_along(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.move, panel.remarks[:3], panel.parking)
    before = snapshot(fresh_db)
    event = do(fresh_db, curation.move, panel.remarks[1:2], panel.coffee)
    text = remarks(fresh_db)[1]["text"]
    assert text not in theme(fresh_db, panel.parking)["examples"]
    assert theme(fresh_db, panel.coffee)["examples"] == [text]
    do(fresh_db, curation.undo, event)
    assert snapshot(fresh_db) == before


def test_move_refuses_nothing_and_what_is_gone(fresh_db: Engine, panel: SmallPanel) -> None:
    for chosen in ([], [10**6], [*panel.remarks, 10**6]):
        assert refused(fresh_db, curation.move, chosen, panel.parking).key == "themes.error.remarks_gone"


def test_undo_move_puts_each_remark_where_it_was(fresh_db: Engine, panel: SmallPanel) -> None:
    other = do(fresh_db, curation.create, "Terrein")
    before = snapshot(fresh_db)
    event = do(fresh_db, curation.move, [*panel.remarks[:2], *panel.remarks[6:8]], other)
    do(fresh_db, curation.undo, event)
    assert snapshot(fresh_db) == before


def test_undo_move_refuses_when_all_moved_on(fresh_db: Engine, panel: SmallPanel) -> None:
    other = do(fresh_db, curation.create, "Terrein")
    first = do(fresh_db, curation.move, panel.remarks[:2], panel.parking)
    second = do(fresh_db, curation.move, panel.remarks[:1], other)
    assert do(fresh_db, curation.undo, first) == 1
    assert where(fresh_db, panel.remarks[:2]) == [other, panel.coffee]
    third = do(fresh_db, curation.move, panel.remarks[:1], panel.parking)
    assert refused(fresh_db, curation.undo, second).key == "themes.error.later"
    do(fresh_db, curation.undo, third)
    do(fresh_db, curation.undo, second)
    assert where(fresh_db, panel.remarks[:1]) == [panel.parking]


def test_undo_move_to_a_theme_that_was_merged_away(fresh_db: Engine, panel: SmallPanel) -> None:
    other = do(fresh_db, curation.create, "Terrein")
    event = do(fresh_db, curation.move, panel.remarks[:1], other)
    do(fresh_db, curation.merge, panel.coffee, panel.parking)
    assert refused(fresh_db, curation.undo, event).key == "themes.error.merged"


def test_split_makes_a_theme_of_its_own(fresh_db: Engine, panel: SmallPanel) -> None:
    new = do(fresh_db, curation.split, panel.coffee, panel.remarks[3:5], "Bekers")
    row = theme(fresh_db, new)
    assert where(fresh_db, panel.remarks[2:5]) == [panel.coffee, new, new]
    assert (row["name_nl"], row["status"], row["area_id"]) == (
        "Bekers",
        "confirmed",
        theme(fresh_db, panel.coffee)["area_id"],
    )
    assert row["examples"] == [row["text"] for row in remarks(fresh_db)[3:5]]


def test_split_refuses_remarks_of_another_theme(fresh_db: Engine, panel: SmallPanel) -> None:
    error = refused(fresh_db, curation.split, panel.coffee, [panel.remarks[0], panel.remarks[7]], "Bekers")
    assert error.key == "themes.error.not_in_theme"
    assert refused(fresh_db, curation.split, panel.coffee, panel.remarks[:1], "koffie op de afdeling").key == (
        "themes.error.name_taken"
    )


def test_undo_split_brings_everything_back(fresh_db: Engine, panel: SmallPanel) -> None:
    before = snapshot(fresh_db)
    new = do(fresh_db, curation.split, panel.coffee, panel.remarks[3:5], "Bekers")
    with writing(fresh_db) as session:
        met = add_remark("Mokken in plaats van karton.", theme_id=new, session=session)
    do(fresh_db, curation.undo, last_event(fresh_db))
    after = snapshot(fresh_db)
    assert where(fresh_db, [met]) == [panel.coffee]
    assert [row for row in after["Remark"] if row["id"] != met] == before["Remark"]
    assert [row for row in after["Theme"] if row["id"] != new] == before["Theme"]
    do(fresh_db, curation.create, "Bekers")


def test_undo_split_refuses_when_others_moved_in(fresh_db: Engine, panel: SmallPanel) -> None:
    new = do(fresh_db, curation.split, panel.coffee, panel.remarks[3:5], "Bekers")
    event = last_event(fresh_db)
    do(fresh_db, curation.move, panel.remarks[7:8], new)
    assert refused(fresh_db, curation.undo, event).key == "themes.error.later"


# Undo of the rest -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "values"),
    [
        (curation.rename, ["Koffie"]),
        (curation.describe, ["Over koffie."]),
        (curation.set_owner, ["Facilitair"]),
        (curation.set_area, ["ict"]),
        (curation.confirm, []),
        (curation.park, []),
    ],
)
def test_undo_of_one_theme(fresh_db: Engine, panel: SmallPanel, act: Callable[..., Any], values: list[str]) -> None:
    before = snapshot(fresh_db)
    event = do(fresh_db, act, panel.coffee, *values)
    assert snapshot(fresh_db) != before
    do(fresh_db, curation.undo, event)
    assert snapshot(fresh_db) == before
    assert theme(fresh_db, panel.coffee)["version"] == 3
    assert refused(fresh_db, curation.undo, event).key == "themes.error.undone"


def test_undo_reopen(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.park, panel.coffee)
    event = do(fresh_db, curation.reopen, panel.coffee)
    do(fresh_db, curation.undo, event)
    assert theme(fresh_db, panel.coffee)["status"] == "parked"


def test_undo_create(fresh_db: Engine, panel: SmallPanel) -> None:
    before = snapshot(fresh_db)
    do(fresh_db, curation.create, "Lift")
    do(fresh_db, curation.undo, last_event(fresh_db))
    assert snapshot(fresh_db) == before
    new = do(fresh_db, curation.create, "Lift")
    event = last_event(fresh_db)
    do(fresh_db, curation.move, panel.remarks[:1], new)
    assert refused(fresh_db, curation.undo, event).key == "themes.error.in_use"


def test_undo_refuses_what_a_later_act_changed_again(fresh_db: Engine, panel: SmallPanel) -> None:
    first = do(fresh_db, curation.rename, panel.coffee, "Koffie")
    second = do(fresh_db, curation.rename, panel.coffee, "Thee")
    do(fresh_db, curation.confirm, panel.coffee)
    error = refused(fresh_db, curation.undo, first)
    assert error.key == "themes.error.later"
    do(fresh_db, curation.undo, second)
    do(fresh_db, curation.undo, first)
    row = theme(fresh_db, panel.coffee)
    assert (row["name_nl"], row["status"]) == ("Koffie op de afdeling", "confirmed")


def test_undo_rename_needs_the_name_to_be_free(fresh_db: Engine, panel: SmallPanel) -> None:
    event = do(fresh_db, curation.rename, panel.coffee, "Koffie")
    do(fresh_db, curation.create, "Koffie op de afdeling")
    assert refused(fresh_db, curation.undo, event).key == "themes.error.name_taken"


def test_undo_of_nothing(fresh_db: Engine, panel: SmallPanel) -> None:
    assert refused(fresh_db, curation.undo, 10**6).key == "themes.error.event_gone"


def test_a_day_of_work_undone_from_the_last_act_to_the_first(fresh_db: Engine, panel: SmallPanel) -> None:
    before = snapshot(fresh_db)
    do(fresh_db, curation.rename, panel.coffee, "Koffie")
    do(fresh_db, curation.move, panel.remarks[:2], panel.parking)
    cups = do(fresh_db, curation.split, panel.coffee, panel.remarks[3:5], "Bekers")
    do(fresh_db, curation.set_owner, cups, "Facilitair")
    do(fresh_db, curation.merge, panel.coffee, cups)
    do(fresh_db, curation.move, panel.remarks[2:4], dormant(fresh_db).id)
    do(fresh_db, curation.park, panel.parking)
    with reading(fresh_db) as session:
        events = [int(event) for event in frames.theme_events(session=session)["event_id"]]
    assert len(events) == 7
    for event in events:
        do(fresh_db, curation.undo, event)
    after = snapshot(fresh_db)
    after["Theme"] = [row for row in after["Theme"] if row["id"] != cups]
    assert after == before


def any_act(chance: random.Random, engine: Engine, panel: SmallPanel, themes: list[int], name: str) -> None:
    one, other = chance.sample(themes, 2)
    chosen = chance.sample(panel.remarks, chance.choice((1, 3)))
    match chance.choice(("rename", "park", "confirm", "merge", "move", "move", "split")):
        case "rename":
            do(engine, curation.rename, one, name)
        case "park":
            do(engine, curation.park, one)
        case "confirm":
            do(engine, curation.confirm, one)
        case "merge":
            do(engine, curation.merge, one, other)
        case "move":
            do(engine, curation.move, chosen, one)
        case "split":
            inside = [row["id"] for row in remarks(engine) if row["theme_id"] == one]
            themes.append(do(engine, curation.split, one, inside[:2], name))


@pytest.mark.parametrize("seed", range(8))
def test_any_row_of_acts_undone_from_the_last_to_the_first(sqlite_db: Engine, seed: int) -> None:
    panel, chance = small_panel(sqlite_db), random.Random(seed)
    before = snapshot(sqlite_db)
    themes = [panel.coffee, panel.parking, dormant(sqlite_db).id or 0]
    refusals = 0
    for step in range(30):
        try:
            any_act(chance, sqlite_db, panel, themes, f"Naam {step}")
        except UserError:
            refusals += 1
    assert refusals < 25
    with reading(sqlite_db) as session:
        events = [int(event) for event in frames.theme_events(session=session)["event_id"]]
    for event in events:
        assert do(sqlite_db, curation.undo, event) == 0
    after = snapshot(sqlite_db)
    after["Theme"] = [row for row in after["Theme"] if row["id"] not in themes[3:]]
    assert after == before


# What every act leaves behind -----------------------------------------------------------------------------------------


def every_act(engine: Engine, panel: SmallPanel) -> list[Callable[[], Any]]:
    return [
        lambda: do(engine, curation.rename, panel.coffee, "Koffie"),
        lambda: do(engine, curation.describe, panel.coffee, remarks(engine)[0]["text"]),
        lambda: do(engine, curation.set_owner, panel.coffee, "Facilitair"),
        lambda: do(engine, curation.set_area, panel.coffee, "ict"),
        lambda: do(engine, curation.confirm, panel.coffee),
        lambda: do(engine, curation.park, panel.coffee),
        lambda: do(engine, curation.reopen, panel.coffee),
        lambda: do(engine, curation.create, "Lift"),
        lambda: do(engine, curation.split, panel.coffee, panel.remarks[:2], "Bekers"),
        lambda: do(engine, curation.move, panel.remarks[2:4], panel.parking),
        lambda: do(engine, curation.merge, panel.coffee, panel.parking),
        lambda: do(engine, curation.undo, last_event(engine)),
    ]


def test_every_act_leaves_a_row_and_a_new_version_of_the_data(fresh_db: Engine, panel: SmallPanel) -> None:
    for act in every_act(fresh_db, panel):
        with reading(fresh_db) as session:
            before = audit.version(session=session)
        act()
        with reading(fresh_db) as session:
            assert audit.version(session=session) != before
    with reading(fresh_db) as session:
        rows = session.exec(select(Audit)).all()
        assert [row.act for row in rows][-3:] == ["move", "merge", "undo merge"]
        assert {(row.actor, row.entity) for row in rows} == {("Coördinator", "theme")}


def test_the_audit_table_repeats_no_remark(fresh_db: Engine, panel: SmallPanel) -> None:
    for act in every_act(fresh_db, panel):
        act()
    with reading(fresh_db) as session:
        told = json.dumps(
            [row.model_dump(mode="json") for row in session.exec(select(Audit)).all()], ensure_ascii=False
        )
    assert [row["text"] for row in remarks(fresh_db) if row["text"] in told] == []


def test_events_keep_no_text_but_dropped_examples(fresh_db: Engine, panel: SmallPanel) -> None:
    do(fresh_db, curation.move, panel.remarks[:4], panel.parking)
    do(fresh_db, curation.split, panel.parking, panel.remarks[:2], "Bekers")
    with reading(fresh_db) as session:
        kept = json.dumps([row.before for row in session.exec(select(ThemeEvent)).all()], ensure_ascii=False)
    assert [row["text"] for row in remarks(fresh_db) if row["text"] in kept] == []


def test_every_error_is_written_in_both_languages() -> None:
    names = {"name": "a", "target": "b", "now": "c", "length": 201, "limit": 200}
    for key in ("merged", "changed", "name_long", "later"):
        error = UserError(f"themes.error.{key}", **names)
        assert error.message("nl") != error.message("en")


def test_acts_on_many_remarks_fit_in_statements() -> None:
    assert [len(chunk) for chunk in acts.chunks(list(range(2500)))] == [1000, 1000, 500]


def test_no_act_leaves_part_of_itself_when_it_fails_halfway(
    fresh_db: Engine, panel: SmallPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError

    do(fresh_db, curation.park, panel.coffee)
    before = snapshot(fresh_db)
    park_again = 5
    every = every_act(fresh_db, panel)
    monkeypatch.setattr(audit, "record", fails)
    for act in every[:park_again] + every[park_again + 1 :]:
        with pytest.raises(RuntimeError):
            act()
    assert snapshot(fresh_db) == before


def test_a_message_names_a_theme_in_the_readers_language(sqlite_db: Engine) -> None:
    with Session(sqlite_db) as session:
        theme_id = add_theme(name="Koffie", name_en="Coffee", session=session)
        row = session.get(Theme, theme_id)
        assert row is not None
        error = UserError("themes.error.not_in_theme", name=acts.shown(row))
        assert "Koffie" in error.message("nl") and "Coffee" not in error.message("nl")
        assert "Coffee" in error.message("en")
        assert acts.both_names(row) == "Koffie / Coffee"


# Several at once ------------------------------------------------------------------------------------------------------


def test_a_heading_becomes_one_theme_and_all_of_it_is_undone(fresh_db: Engine, panel: SmallPanel) -> None:
    before = snapshot(fresh_db)
    events = do(fresh_db, curation.join, [panel.coffee, panel.parking], "Koffie en printers")
    assert len(events) == 2
    assert theme(fresh_db, panel.coffee)["name_nl"] == "Koffie en printers"
    assert theme(fresh_db, panel.parking)["merged_into_id"] == panel.coffee
    do(fresh_db, curation.undo_all, events)
    assert snapshot(fresh_db) == before


def test_a_heading_that_keeps_its_name(fresh_db: Engine, panel: SmallPanel) -> None:
    name = theme(fresh_db, panel.coffee)["name_nl"]
    assert len(do(fresh_db, curation.join, [panel.coffee, panel.parking], "  ")) == 1
    assert theme(fresh_db, panel.coffee)["name_nl"] == name


def test_undoing_several_is_all_or_nothing(fresh_db: Engine, panel: SmallPanel) -> None:
    events = do(fresh_db, curation.join, [panel.coffee, panel.parking], "Koffie en printers")
    do(fresh_db, curation.undo, events[0])
    refused(fresh_db, curation.undo_all, events)
