"""What people did to a theme, told with the names of the themes."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from feedback.store.engine import reading, writing
from feedback.themes import curation, history
from tests.builders import SmallPanel, small_panel


@pytest.fixture
def panel(sqlite_db: Engine) -> SmallPanel:
    return small_panel(sqlite_db)


def test_a_merge_is_told_on_both_sides(sqlite_db: Engine, panel: SmallPanel) -> None:
    with writing(sqlite_db) as session:
        curation.merge(panel.coffee, panel.parking, session=session, actor="Kim")
    with reading(sqlite_db) as session:
        (there,) = history.told(panel.parking, "nl", session=session)
        (here,) = history.told(panel.coffee, "nl", session=session)
    assert there.act == here.act == "merge"
    assert (there.here, here.here) == (False, True)
    assert there.theme and there.other and there.theme != there.other
    assert there.remarks > 0 and there.actor == "Kim" and not there.undone


def test_names_before_and_after_in_the_readers_language(sqlite_db: Engine, panel: SmallPanel) -> None:
    with writing(sqlite_db) as session:
        curation.rename(panel.coffee, "Koffie en thee", session=session, actor="Kim", language="nl")
    with reading(sqlite_db) as session:
        (told,) = history.told(panel.coffee, "nl", session=session)
    assert told.after == "Koffie en thee" != told.before


def test_newest_first_and_undone_ones_marked(sqlite_db: Engine, panel: SmallPanel) -> None:
    with writing(sqlite_db) as session:
        curation.park(panel.coffee, session=session, actor="Kim")
        event = curation.set_owner(panel.coffee, "Hoofd", session=session, actor="Kim")
        assert event is not None
        assert history.last_event(panel.coffee, session=session) == event
        curation.undo(event, session=session, actor="Kim")
    with reading(sqlite_db) as session:
        told = history.told(panel.coffee, "en", session=session)
    assert [(one.act, one.undone) for one in told] == [("edit", True), ("park", False)]


def test_a_theme_that_nobody_touched(sqlite_db: Engine, panel: SmallPanel) -> None:
    with reading(sqlite_db) as session:
        assert history.told(panel.coffee, "nl", session=session) == []
        assert history.last_event(panel.coffee, session=session) is None
