"""A row that a person is about to change."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from feedback.i18n import UserError
from feedback.store import changing
from feedback.store.engine import writing
from feedback.store.tables import Organisation, ServiceArea


def test_a_row_is_read_as_it_is_now(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        assert changing.find(ServiceArea, 1, gone="areas.error.gone", session=session).id == 1


def test_a_row_that_is_gone_is_told_by_its_own_message(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session, pytest.raises(UserError) as told:
        changing.find(Organisation, 999, gone="savings.error.organisation_gone", session=session)
    assert told.value.key == "savings.error.organisation_gone"


def test_what_somebody_changed_meanwhile_is_not_overwritten() -> None:
    with pytest.raises(UserError) as told:
        changing.as_seen(ServiceArea(key="ict", version=3), 2, "areas.error.changed", name="ICT")
    assert "ICT" in told.value.message("nl")


@pytest.mark.parametrize("seen", [3, None])
def test_what_was_seen_or_does_not_matter_may_be_changed(seen: int | None) -> None:
    changing.as_seen(ServiceArea(key="ict", version=3), seen, "areas.error.changed", name="ICT")
