"""The coordinator's list of service areas, and the area of remarks: changed, and taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from feedback.areas import curation, listing
from feedback.areas.listing import Row, RowsError
from feedback.i18n import UserError
from feedback.store import audit, frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, Remark, ServiceArea
from tests.builders import add_remark, area_id


def area(key: str, session: Session) -> ServiceArea:
    return session.exec(select(ServiceArea).where(ServiceArea.key == key)).one()


def areas_of(ids: list[int], session: Session) -> list[tuple[int | None, int | None, str]]:
    rows = session.exec(select(Remark).where(col(Remark.id).in_(ids)).order_by(col(Remark.id))).all()
    return [(row.area_id, row.area2_id, row.area_by) for row in rows]


def failing(key: str) -> pytest.RaisesExc[UserError]:
    return pytest.raises(UserError, check=lambda error: error.key == key)


# The list -------------------------------------------------------------------------------------------------------------


def test_a_name_changes_and_the_key_stays(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        curation.edit(
            area("ict", session).id, {"name_nl": " Automatisering  en telefonie "}, session=session, actor="a"
        )
    with reading(fresh_db) as session:
        table = frames.areas(session=session).set_index("area")
        assert table.loc["ict", "name_nl"] == "Automatisering en telefonie"
        assert table.loc["ict", "version"] == 2
        change = session.exec(select(Audit).where(Audit.entity == "service_area")).one()
        assert (change.actor, change.before) == ("a", {"name_nl": "ICT"})


def test_what_stays_the_same_leaves_no_trace(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        before = audit.version(session=session)
        curation.edit(area("ict", session).id, {"name_nl": "ICT"}, session=session, actor="a")
        assert audit.version(session=session) == before


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_has_1_to_200_characters(fresh_db: Engine, name: str) -> None:
    with writing(fresh_db) as session, failing("areas.error.name"):
        curation.edit(area("ict", session).id, {"name_nl": name}, session=session, actor="a")


@pytest.mark.parametrize("name", ["hr", "FINANCIEN"])
def test_two_areas_never_have_one_name(fresh_db: Engine, name: str) -> None:
    with writing(fresh_db) as session:
        with failing("areas.error.name_taken"):
            curation.edit(area("ict", session).id, {"name_en": name}, session=session, actor="a")
        with failing("areas.error.name_taken"):
            curation.add(name, session=session, actor="a")


def test_who_saw_an_older_version_is_told(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ict = area("ict", session)
        curation.edit(ict.id, {"owner": "Sanne"}, session=session, actor="a", seen_version=1)
        with failing("areas.error.changed"):
            curation.edit(ict.id, {"owner": "Joris"}, session=session, actor="b", seen_version=1)


def test_an_edit_is_taken_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ict = area("ict", session)
        curation.edit(ict.id, {"owner": "Sanne", "keywords": ["wifi"]}, session=session, actor="a")
        curation.undo(session=session, actor="a", area_id=ict.id)
        assert ict.owner == ""
        assert len(ict.keywords) > 1
        with failing("areas.error.nothing_to_undo"):
            curation.undo(session=session, actor="a", area_id=area("hr", session).id)


def test_a_new_area_stands_at_the_end_with_a_key_of_its_own(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        curation.add("Zorg & welzijn", session=session, actor="a")
        curation.add("Zorg / welzijn", session=session, actor="a")
    with reading(fresh_db) as session:
        assert list(frames.areas(session=session)["area"])[-2:] == ["zorg_welzijn", "zorg_welzijn_2"]


def test_an_added_area_goes_only_while_nothing_is_about_it(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        first, second = (curation.add(name, session=session, actor="a") for name in ("Zorg", "Wagenpark"))
        add_remark(area="wagenpark", session=session)
        curation.remove(first, session=session, actor="a")
        with failing("areas.error.used"):
            curation.remove(second, session=session, actor="a")
        with failing("areas.error.gone"):
            curation.remove(first, session=session, actor="a")


def test_keywords_are_cut_as_typed() -> None:
    assert curation.keywords_of("Wifi, VPN;  thuis  werken\nwifi,") == ["wifi", "vpn", "thuis werken"]


# The list as a whole --------------------------------------------------------------------------------------------------


def test_a_list_is_saved_and_taken_back_as_one(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        before = frames.areas(session=session).drop(columns="version")
        ict, hr = area("ict", session).id, area("hr", session).id
        rows = [
            Row(1, {"owner": "Sanne"}, ict, 1),
            Row(2, {"position": 5}, hr, 1),
            Row(3, {"name_nl": "HR"}, hr, 2),
            Row(11, {"name_nl": "Wagenpark", "name_en": "Car pool", "keywords": ["auto"], "is_active": True}),
        ]
        saved = listing.save(rows, session=session, actor="a")
        assert saved.count == 3
        added = area("wagenpark", session)
        assert (added.name_en, added.keywords) == ("Car pool", ["auto"])
        listing.undo(saved, session=session, actor="a")
        assert frames.areas(session=session).drop(columns="version").equals(before)


def test_every_row_that_is_wrong_is_named_and_nothing_is_stored(fresh_db: Engine) -> None:
    with pytest.raises(RowsError) as wrong, writing(fresh_db) as session:
        rows = [
            Row(1, {"owner": "Sanne"}, area("ict", session).id, 1),
            Row(2, {"name_nl": " "}, area("hr", session).id, 1),
            Row(11, {"name_nl": "Archief"}),
        ]
        listing.save(rows, session=session, actor="a")
    assert {number: error.key for number, error in wrong.value.rows.items()} == {
        2: "areas.error.name",
        11: "areas.error.name_taken",
    }
    with reading(fresh_db) as session:
        assert area("ict", session).owner == ""


def test_a_list_that_somebody_changed_since_is_not_taken_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ict = area("ict", session).id
        saved = listing.save([Row(1, {"owner": "Sanne"}, ict, 1)], session=session, actor="a")
        curation.edit(ict, {"owner": "Joris"}, session=session, actor="b")
        with failing("areas.error.changed"):
            listing.undo(saved, session=session, actor="a")


# The area of remarks --------------------------------------------------------------------------------------------------


def test_a_correction_stands_as_said_by_a_person(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        hr = area_id("hr", session=session)
        ids = [add_remark(area="ict", area2_id=hr, session=session), add_remark(area="ict", session=session)]
        curation.correct(ids, "facilitair", session=session, actor="a")
        assert areas_of(ids, session) == [(area_id("facilitair", session=session), None, "person")] * 2


def test_a_correction_is_taken_back_once(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        hr = area_id("hr", session=session)
        ids = [add_remark(area="ict", area2_id=hr, session=session), add_remark(area=None, session=session)]
        before = areas_of(ids, session)
        correction = curation.correct(ids, "facilitair", session=session, actor="a")
        assert correction is not None
        assert curation.undo_correct(correction, session=session, actor="a") == 0
        assert areas_of(ids, session) == before
        with failing("areas.error.nothing_to_undo"):
            curation.undo_correct(correction, session=session, actor="a")


def test_what_was_corrected_later_stays(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ids = [add_remark(area="ict", session=session), add_remark(area="ict", session=session)]
        first = curation.correct(ids, "facilitair", session=session, actor="a")
        curation.correct(ids[:1], "hr", session=session, actor="b")
        assert first is not None
        assert curation.undo_correct(first, session=session, actor="a") == 1
        assert [row[0] for row in areas_of(ids, session)] == [
            area_id("hr", session=session),
            area_id("ict", session=session),
        ]


def test_the_same_correction_by_a_second_person_stays(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ids = [add_remark(area="ict", session=session)]
        first = curation.correct(ids, "hr", session=session, actor="a")
        curation.correct(ids, "hr", session=session, actor="b")
        assert first is not None
        with failing("areas.error.nothing_to_undo"):
            curation.undo_correct(first, session=session, actor="a")


def test_an_area_that_is_gone_is_told(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        ids = [add_remark(session=session)]
        with failing("areas.error.gone"):
            curation.correct(ids, "zorg", session=session, actor="a")
        assert curation.correct([], "hr", session=session, actor="a") is None
