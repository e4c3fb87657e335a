"""Numbers of clients are typed by a person, and weigh savings from then on."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from feedback.i18n import UserError
from feedback.panel.organisations import set_clients, set_own
from feedback.store import frames
from feedback.store.engine import writing
from tests.builders import add_batch, add_member, add_organisation, add_remark, add_score, add_session


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


def test_own_staff_count_in_no_frame_of_customers(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ours, elzen = (add_organisation(name, session=session) for name in ("Ons centrum", "Elzen"))
        mirror = add_session("Spiegel", kind="survey", session=session)
        member = add_member("Anna", organisation_id=ours, session=session)
        customer = add_member("Bas", organisation_id=elzen, session=session)
        batch, other = add_batch(session=session), add_batch(mirror, session=session)
        for batch_id, member_id in ((batch, member), (batch, customer), (other, None)):
            add_remark(batch_id=batch_id, member_id=member_id, session=session)
            add_score(7, batch_id=batch_id, member_id=member_id, area="ict", session=session)
        assert set_own([ours], [mirror], session=session, actor="t") == 2
        assert set_own([ours], [mirror], session=session, actor="t") == 0
        for read in (frames.remarks, frames.scores):
            table = read(session=session)
            assert list(table["organisation"]) == list(table["organisation"].cat.categories) == ["Elzen"]
            assert len(read(session=session, own=True)) == 2
        assert list(frames.organisations(session=session)["organisation"]) == ["Elzen"]
        assert list(frames.organisations(session=session, own=True)["organisation"]) == ["Ons centrum"]
        assert list(frames.sessions(session=session)["own"]) == [True, False]
        assert set_own([], [], session=session, actor="t") == 2
        assert len(frames.remarks(session=session)) == 3
        assert (frames.history(session=session)["act"] == "own staff").sum() == 4
