"""Ideas are found in remarks once, changed by people without loss, and every change can be taken back."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from feedback.i18n import UserError
from feedback.savings import ideas, linking, rows, undoing
from feedback.store import frames, savings_frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, SavingsIdea
from tests.builders import add_batch, add_organisation, add_remark

LICENCES = "Zeg de licenties op die niemand opent, dat scheelt 40.000 euro per jaar."


def spot(session: Session, *texts: str, eur: float | None = 40_000, area: str = "ict") -> list[int]:
    """Add remarks with a saving; give the ids of the remarks."""
    add_batch(session=session)
    ids = [add_remark(text, session=session, is_saving=True) for text in texts]
    frame = pd.DataFrame({"remark_id": ids, "text": texts, "area": area, "is_saving": True, "saving_eur": eur})
    ideas.spotted(frame, is_example=False, session=session)
    return ids


def one(session: Session) -> int:
    return int(savings_frames.ideas(session=session)["idea_id"].iloc[0])


def field(idea_id: int, name: str, session: Session) -> object:
    row = session.get(SavingsIdea, idea_id)
    assert row is not None
    return getattr(row, name)


def evidence(session: Session) -> list[tuple[int, int]]:
    return list(savings_frames.evidence(session=session).itertuples(index=False, name=None))


def impact_of(idea_id: int, session: Session) -> dict[int, float]:
    table = savings_frames.impacts(session=session).query("idea_id == @idea_id")
    return dict(zip(table["organisation_id"], table["impact"], strict=True))


# Spotting -----------------------------------------------------------------------------------------


def test_a_remark_with_a_saving_becomes_an_idea_with_its_amount_and_evidence(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ids = spot(session, LICENCES)
        idea = savings_frames.ideas(session=session).iloc[0]
        assert idea["title"] == LICENCES.rstrip(".")
        assert idea[["area", "eur_low", "eur_high", "status"]].to_list() == ["ict", 40_000, 40_000, "spotted"]
        assert evidence(session) == [(idea["idea_id"], ids[0])]


def test_the_same_words_again_are_more_evidence(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        spot(session, LICENCES, LICENCES.upper())
        spot(session, LICENCES)
        assert len(savings_frames.ideas(session=session)) == 1
        assert len(evidence(session)) == 3


def test_the_same_words_join_an_idea_that_was_renamed_or_merged_into(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        spot(session, LICENCES, "Waarom niet minder printers? Dat bespaart veel.")
        first, second = savings_frames.ideas(session=session)["idea_id"]
        ideas.edit(first, {"title": "Licenties opruimen"}, 1, session=session, actor="t")
        linking.merge(second, first, session=session, actor="t")
        spot(session, "Waarom niet minder printers? Dat bespaart veel.", "licenties opruimen")
        ideas.confirm(first, session=session, actor="t")
        spot(session, "licenties opruimen")
        table = savings_frames.ideas(session=session)
        assert table["title"].to_list() == ["Licenties opruimen", "licenties opruimen"]
        assert [idea_id for idea_id, _ in evidence(session)].count(first) == 3


def test_remarks_without_a_saving_make_no_idea(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        frame = pd.DataFrame(
            {"remark_id": [1], "text": ["Fijn."], "area": ["ict"], "is_saving": [False], "saving_eur": [None]}
        )
        assert ideas.spotted(frame, is_example=False, session=session) == 0


def test_example_and_own_ideas_stay_apart(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ids = spot(session, LICENCES)
        frame = pd.DataFrame(
            {"remark_id": ids, "text": [LICENCES], "area": "ict", "is_saving": True, "saving_eur": 1.0}
        )
        ideas.spotted(frame, is_example=True, session=session)
        assert len(savings_frames.ideas(session=session)) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kort.", "Kort"),
        ("  twee\nregels  ", "twee regels"),
        ("een " * 40, "een " * 21 + "een…"),
        ("x" * 200, "x" * 89 + "…"),
    ],
)
def test_titles_are_cut_at_a_word(text: str, title: str) -> None:
    assert rows.shorten(text) == title


# Adding and editing -------------------------------------------------------------------------------


def test_a_person_adds_an_idea_with_amounts_as_typed(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        idea_id = ideas.add("Post digitaal", eur_low="€ 12,5k", eur_high="0,3 mln", session=session, actor="t")
        idea = savings_frames.ideas(session=session).iloc[0]
        assert idea["idea_id"] == idea_id
        assert idea[["eur_low", "eur_high", "status"]].to_list() == [12_500, 300_000, "confirmed"]


def test_one_amount_is_the_whole_range_and_a_range_may_be_typed_either_way(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ideas.add("Eén bedrag", eur_high="9000", session=session, actor="t")
        ideas.add("Omgekeerd", eur_low="9000", eur_high="5000", session=session, actor="t")
        assert savings_frames.ideas(session=session)[["eur_low", "eur_high"]].to_numpy().tolist() == [
            [9000, 9000],
            [5000, 9000],
        ]


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"title": "  "}, "savings.error.no_title"),
        ({"title": "A", "eur_low": "heel veel"}, "savings.error.amount"),
        ({"title": "A", "one_off_cost": "-5"}, "savings.error.negative"),
        ({"title": "A", "effort": 6}, "savings.error.effort"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(sqlite_db: Engine, values: dict[str, object], key: str) -> None:
    with writing(sqlite_db) as session, pytest.raises(UserError) as error:
        ideas.add(**values, session=session, actor="t")  # type: ignore[arg-type]
    assert error.value.key == key


def test_an_amount_that_is_not_understood_is_answered_with_an_example() -> None:
    with pytest.raises(UserError) as error:
        rows.amount("een paar <b>centen</b>")
    assert "12.500" in error.value.message("nl")
    assert "een paar" in error.value.message("nl")


def test_an_edit_of_what_somebody_else_changed_is_refused(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        idea_id = ideas.add("Post digitaal", session=session, actor="t")
        ideas.edit(idea_id, {"title": "Post per mail"}, 1, session=session, actor="anna")
        with pytest.raises(UserError) as error:
            ideas.edit(idea_id, {"title": "Geen post"}, 1, session=session, actor="bas")
        assert error.value.key == "savings.error.changed"
        assert field(idea_id, "title", session) == "Post per mail"


def test_an_edit_that_changes_nothing_leaves_no_trace(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        idea_id = ideas.add("Post digitaal", eur_low=5, session=session, actor="t")
        ideas.edit(idea_id, {"title": "Post digitaal", "eur_low": "5"}, 1, session=session, actor="t")
        assert field(idea_id, "version", session) == 1
        assert len(frames.history(session=session)) == 1


# Whom it hits -------------------------------------------------------------------------------------


def test_impacts_are_set_changed_and_made_unknown_again(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        elzen, berkum = (add_organisation(name, session=session) for name in ("Elzen", "Berkum"))
        idea_id = ideas.add("Post digitaal", session=session, actor="t")
        ideas.set_impacts(idea_id, {elzen: -3, berkum: 0}, session=session, actor="t")
        assert impact_of(idea_id, session) == {elzen: -3, berkum: 0}
        ideas.set_impacts(idea_id, {elzen: None}, session=session, actor="t")
        assert impact_of(idea_id, session) == {berkum: 0}
        undoing.undo(idea_id, session=session, actor="t")
        assert impact_of(idea_id, session) == {elzen: -3, berkum: 0}


@pytest.mark.parametrize(("organisation", "impact"), [(0, 6), (99, 1)])
def test_impacts_off_the_scale_or_on_nobody_are_refused(sqlite_db: Engine, organisation: int, impact: float) -> None:
    with writing(sqlite_db) as session:
        elzen = add_organisation(session=session)
        idea_id = ideas.add("Post digitaal", session=session, actor="t")
        with pytest.raises(UserError):
            ideas.set_impacts(idea_id, {elzen + organisation: impact}, session=session, actor="t")


# Merging and undoing ------------------------------------------------------------------------------


def test_a_merge_keeps_evidence_and_fills_unknown_impacts_and_can_be_undone(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        remarks = spot(session, LICENCES, "Minder licenties graag, dat bespaart.")
        first, second = (int(idea_id) for idea_id in savings_frames.ideas(session=session)["idea_id"])
        elzen, berkum = (add_organisation(name, session=session) for name in ("Elzen", "Berkum"))
        ideas.set_impacts(first, {elzen: -1}, session=session, actor="t")
        ideas.set_impacts(second, {elzen: -5, berkum: 2}, session=session, actor="t")
        ideas.confirm(second, session=session, actor="t")

        linking.merge(second, first, session=session, actor="t")
        assert savings_frames.ideas(session=session)["idea_id"].to_list() == [first]
        assert evidence(session) == [(first, remark_id) for remark_id in remarks]
        assert impact_of(first, session) == {elzen: -1, berkum: 2}

        undoing.undo(first, session=session, actor="t")
        assert savings_frames.ideas(session=session)["status"].to_list() == ["spotted", "confirmed"]
        assert evidence(session) == [(first, remarks[0]), (second, remarks[1])]
        assert impact_of(first, session) == {elzen: -1}


def test_merging_with_itself_or_with_what_is_gone_is_refused(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        spot(session, LICENCES, "Minder printers, dat bespaart.", "Minder auto's, dat bespaart.")
        first, second, third = (int(idea_id) for idea_id in savings_frames.ideas(session=session)["idea_id"])
        linking.merge(second, first, session=session, actor="t")
        for source, target in ((first, first), (second, third), (third, second), (third, 999)):
            with pytest.raises(UserError):
                linking.merge(source, target, session=session, actor="t")


def test_linked_remarks_carry_the_idea_until_that_is_undone(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        add_batch(session=session)
        remark_id = add_remark("Post kan digitaal.", session=session)
        idea_id = ideas.add("Post digitaal", session=session, actor="t")
        linking.link(idea_id, [remark_id, remark_id, 999], session=session, actor="t")
        assert evidence(session) == [(idea_id, remark_id)]
        undoing.undo(idea_id, session=session, actor="t")
        assert evidence(session) == []


def test_undo_goes_back_step_by_step_to_before_the_idea_was_added(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        idea_id = ideas.add("Post digitaal", session=session, actor="t")
        ideas.edit(idea_id, {"title": "Post per mail", "eur_low": "5k"}, 1, session=session, actor="t")
        ideas.refuse(idea_id, session=session, actor="t")
        assert field(idea_id, "status", session) == "refused"
        undoing.undo(idea_id, session=session, actor="t")
        assert field(idea_id, "status", session) == "confirmed"
        undoing.undo(idea_id, session=session, actor="t")
        assert field(idea_id, "title", session) == "Post digitaal"
        assert field(idea_id, "eur_low", session) is None
        undoing.undo(idea_id, session=session, actor="t")
        assert savings_frames.ideas(session=session).empty
        assert not undoing.can_undo(idea_id, session=session)
        with pytest.raises(UserError):
            undoing.undo(idea_id, session=session, actor="t")


def test_undo_of_what_somebody_else_changed_meanwhile_is_refused(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        idea_id = ideas.add("Post digitaal", session=session, actor="t")
        ideas.refuse(idea_id, session=session, actor="anna")
        with pytest.raises(UserError):
            undoing.undo(idea_id, seen_version=1, session=session, actor="bas")


def test_no_words_of_a_customer_reach_the_audit_table(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        spot(session, LICENCES, "Minder printers, dat bespaart.")
        first, second = (int(idea_id) for idea_id in savings_frames.ideas(session=session)["idea_id"])
        ideas.edit(first, {"title": "Opruimen"}, 1, session=session, actor="t")
        ideas.confirm(first, session=session, actor="t")
        linking.merge(second, first, session=session, actor="t")
        undoing.undo(first, session=session, actor="t")
        kept = " ".join(f"{row.before} {row.after}" for row in session.exec(select(Audit)).all())
        assert "niemand opent" not in kept
        assert "printers" not in kept
        undoing.undo(first, session=session, actor="t")
        undoing.undo(first, session=session, actor="t")
        assert field(first, "title", session) == LICENCES.rstrip(".")


def test_an_idea_that_does_not_exist_is_told_not_crashed_on(sqlite_db: Engine) -> None:
    with reading(sqlite_db) as session, pytest.raises(UserError):
        ideas.confirm(999, session=session, actor="t")


def test_several_ideas_are_judged_and_taken_back_together(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        spot(session, LICENCES, "Print minder in kleur.")
        ids = [int(idea_id) for idea_id in savings_frames.ideas(session=session)["idea_id"]]
        versions = ideas.judge(ids, "refused", session=session, actor="anna")
        assert {field(idea_id, "status", session) for idea_id in ids} == {"refused"}
        undoing.undo_all(versions, session=session, actor="anna")
        assert {field(idea_id, "status", session) for idea_id in ids} == {"spotted"}


def test_taking_back_several_stops_at_what_somebody_else_changed(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        spot(session, LICENCES, "Print minder in kleur.")
        first, second = (int(idea_id) for idea_id in savings_frames.ideas(session=session)["idea_id"])
        versions = ideas.judge([first, second], "refused", session=session, actor="anna")
        ideas.edit(second, {"owner": "Inkoop"}, versions[second], session=session, actor="bram")
    with pytest.raises(UserError) as told, writing(sqlite_db) as session:
        undoing.undo_all(versions, session=session, actor="anna")
    assert told.value.key == "savings.error.changed"
    with reading(sqlite_db) as session:
        assert field(first, "status", session) == "refused"


# What goes together and what does not -------------------------------------------------------------


def links(session: Session) -> set[tuple[int, int, str]]:
    return set(savings_frames.links(session=session).itertuples(index=False, name=None))


def three(session: Session) -> tuple[int, int, int]:
    first, second, third = (ideas.add(name, session=session, actor="t") for name in ("Een", "Twee", "Drie"))
    return first, second, third


def test_links_are_stored_seen_from_both_sides_and_undone(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        one, two, three_ = three(session)
        ideas.edit(two, {}, 1, links={("excludes", one): True, ("requires", three_): True}, session=session, actor="t")
        assert links(session) == {(one, two, "excludes"), (two, three_, "requires")}
        assert rows.links_of(one, session=session) == {("excludes", two)}
        assert rows.links_of(three_, session=session) == {("needed_by", two)}
        ideas.edit(one, {}, 1, links={("excludes", two): False}, session=session, actor="t")
        assert links(session) == {(two, three_, "requires")}
        undoing.undo(one, session=session, actor="t")
        undoing.undo(two, session=session, actor="t")
        assert links(session) == set()


def test_an_idea_cannot_require_what_it_excludes(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        one, two, _ = three(session)
        ideas.edit(one, {}, 1, links={("requires", two): True}, session=session, actor="t")
        with pytest.raises(UserError) as error:
            ideas.edit(two, {}, 1, links={("excludes", one): True}, session=session, actor="t")
        assert error.value.key == "savings.error.contradiction"


def test_links_go_along_in_a_merge_and_come_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        one, two, three_ = three(session)
        ideas.edit(three_, {}, 1, links={("requires", one): True}, session=session, actor="t")
        linking.merge(one, two, session=session, actor="t")
        assert links(session) == {(three_, two, "requires")}
        undoing.undo(two, session=session, actor="t")
        assert links(session) == {(three_, one, "requires")}


def test_what_was_decided_is_typed_merged_and_comes_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        kept, other = (ideas.add(title, session=session, actor="t") for title in ("Post digitaal", "Geen post meer"))
        decided = {"eur_agreed": "€ 12,5k", "eur_realised": "9.000", "taken_on": dt.date(2026, 3, 1)}
        ideas.edit(other, decided, 1, session=session, actor="t")
        elzen, berkum = (add_organisation(name, session=session) for name in ("Elzen", "Berkum"))
        ideas.set_impacts(kept, {elzen: -1, berkum: -2}, session=session, actor="t")
        ideas.set_impacts(other, {elzen: -4}, source="votes", session=session, actor="t")
        linking.merge(other, kept, session=session, actor="t")
        row = savings_frames.ideas(session=session).set_index("idea_id").loc[kept]
        assert row[["eur_agreed", "eur_realised"]].to_list() == [12_500, 9_000]
        assert row["taken_on"] == pd.Timestamp("2026-03-01")
        # What customers voted goes before what somebody typed.
        assert impact_of(kept, session) == {elzen: -4, berkum: -2}
        undoing.undo(kept, session=session, actor="t")
        assert field(kept, "taken_on", session) is None and field(kept, "eur_realised", session) is None
        assert impact_of(kept, session) == {elzen: -1, berkum: -2}
        assert field(other, "taken_on", session) == dt.date(2026, 3, 1)
        undoing.undo(other, session=session, actor="t")
        undoing.undo(other, session=session, actor="t")
        assert field(other, "taken_on", session) is None


def test_ideas_that_differ_are_said_to_and_that_is_undone(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        first, second = (ideas.add(title, session=session, actor="t") for title in ("Post digitaal", "Post per mail"))
        linking.differ(second, first, session=session, actor="t")
        links = savings_frames.links(session=session)
        assert links.to_numpy().tolist() == [[first, second, "differs"]]
        # It says nothing of which can be chosen together.
        ideas.edit(first, {}, 2, links={("requires", second): True}, session=session, actor="t")
        undoing.undo(first, session=session, actor="t")
        undoing.undo(second, session=session, actor="t")
        assert savings_frames.links(session=session).empty


def test_only_what_was_refused_while_it_was_found_is_dismissed(fresh_db: Engine) -> None:
    def dismissed(session: Session) -> bool:
        session.flush()
        return bool(savings_frames.ideas(session=session)["dismissed"].iloc[0])

    with writing(fresh_db) as session:
        spot(session, LICENCES)
        idea_id = one(session)
        ideas.judge([idea_id], "refused", session=session, actor="t")
        assert dismissed(session)
        ideas.confirm(idea_id, session=session, actor="t")
        assert not dismissed(session)
        ideas.refuse(idea_id, session=session, actor="t")
        assert not dismissed(session)
        assert savings_frames.ideas(session=session)["refused_on"].notna().all()
