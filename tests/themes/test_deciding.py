"""Taking proposals over, and declining them, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from feedback.i18n import UserError
from feedback.store.engine import reading
from feedback.store.tables import Theme
from feedback.themes import curation, deciding
from feedback.themes.proposals import Proposal
from tests.builders import SmallPanel, small_panel
from tests.themes.test_curation import do, dormant, snapshot, theme, where


@pytest.fixture
def panel(fresh_db: Engine) -> SmallPanel:
    return small_panel(fresh_db)


def key_of(engine: Engine, theme_id: int) -> str:
    return str(theme(engine, theme_id)["key"])


def wanted(engine: Engine, *proposals: Proposal) -> list[Proposal]:
    with reading(engine) as session:
        return deciding.wanted(proposals, session=session)


def in_coffee(engine: Engine, panel: SmallPanel) -> list[int]:
    return [
        remark for remark, at in zip(panel.remarks, where(engine, panel.remarks), strict=True) if at == panel.coffee
    ]


@pytest.mark.parametrize("kind", ["move", "wake", "found", "merge", "split"])
def test_what_is_taken_over_is_undone_whole(fresh_db: Engine, panel: SmallPanel, kind: str) -> None:
    mine = in_coffee(fresh_db, panel)[:2]
    coffee, parking, asleep = key_of(fresh_db, panel.coffee), key_of(fresh_db, panel.parking), dormant(fresh_db)
    proposal = {
        "move": Proposal("move", tuple(mine), theme=parking),
        "wake": Proposal("wake", tuple(mine), theme=asleep.key),
        "found": Proposal("found", tuple(mine), label="Lauwe koffie"),
        "merge": Proposal("merge", tuple(mine), theme=parking, source=coffee),
        "split": Proposal("split", tuple(mine), source=coffee, label="Lauwe koffie"),
    }[kind]
    before = snapshot(fresh_db)
    events = do(fresh_db, deciding.take_over, proposal, proposal.label)
    now = set(where(fresh_db, mine))
    assert len(now) == 1 and now != {panel.coffee}
    expected = {"move": panel.parking, "merge": panel.parking, "wake": asleep.id}
    assert kind not in expected or now == {expected[kind]}
    do(fresh_db, curation.undo_all, events)
    after = snapshot(fresh_db)
    # A theme that was made and undone stays as a merged or parked row without remarks, or is gone.
    assert after["Remark"] == before["Remark"]
    assert [row for row in after["Theme"] if row["id"] <= max(row["id"] for row in before["Theme"])] == before["Theme"]


def test_a_proposal_whose_theme_is_gone_is_refused(fresh_db: Engine, panel: SmallPanel) -> None:
    with pytest.raises(UserError):
        do(fresh_db, deciding.take_over, Proposal("move", tuple(panel.remarks[:1]), theme="bestaat-niet"))


def test_what_was_declined_does_not_come_back_unless_more_speaks_for_it(fresh_db: Engine, panel: SmallPanel) -> None:
    one = Proposal("move", tuple(panel.remarks[:2]), theme=key_of(fresh_db, panel.coffee))
    other = Proposal("split", tuple(panel.remarks[:2]), source=key_of(fresh_db, panel.coffee))
    assert wanted(fresh_db, one, other) == [one, other]
    assert do(fresh_db, deciding.decline, one)
    assert wanted(fresh_db, one, other) == [other]
    fewer = Proposal("move", one.remarks[:1], theme=one.theme)
    more = Proposal("move", tuple(panel.remarks[:3]), theme=one.theme)
    assert wanted(fresh_db, fewer, more) == [more]
    assert do(fresh_db, deciding.offer_again)
    assert wanted(fresh_db, fewer, more) == [fewer, more]


def test_declining_changes_nothing_else(fresh_db: Engine, panel: SmallPanel) -> None:
    before = snapshot(fresh_db)
    do(fresh_db, deciding.decline, Proposal("move", tuple(panel.remarks[:2]), theme=key_of(fresh_db, panel.coffee)))
    assert snapshot(fresh_db) == before
    with reading(fresh_db) as session:
        assert session.get(Theme, panel.coffee) is not None
