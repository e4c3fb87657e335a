"""Numbers of clients are typed by a person, and weigh savings from then on."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from feedback.i18n import UserError
from feedback.panel.organisations import set_clients
from feedback.store import frames
from feedback.store.engine import writing
from tests.builders import add_organisation


def test_numbers_are_set_and_made_unknown_again(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        elzen, berkum = (add_organisation(name, session=session) for name in ("Elzen", "Berkum"))
        assert set_clients({elzen: 900, berkum: 0}, session=session, actor="t") == 2
        assert set_clients({elzen: 900, berkum: None}, session=session, actor="t") == 1
        session.flush()
        table = frames.organisations(session=session).set_index("organisation_id")["clients"]
        assert table[elzen] == 900
        assert table.isna()[berkum]
        assert len(frames.history(session=session)) == 3


@pytest.mark.parametrize(("clients", "extra"), [(-1, 0), (5, 99)])
def test_what_cannot_be_is_refused(sqlite_db: Engine, clients: int, extra: int) -> None:
    with writing(sqlite_db) as session:
        elzen = add_organisation("Elzen", session=session)
        with pytest.raises(UserError):
            set_clients({elzen + extra: clients}, session=session, actor="t")
