"""The beamer as a page: it follows the workshop's row, and its keys move it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from feedback.access.identity import User, user_without_sign_in
from feedback.i18n import LANGUAGES, Language, translator
from feedback.room.picture import Picture, picture
from feedback.store.engine import engine, reading, writing
from feedback.store.tables import SCREENS, Audit, Participant, RoomRemark, RoomTheme, SavingsIdea, Workshop
from feedback.ui.page import Page
from feedback.ui.room_stage_keys import press
from feedback.workshop import door, plan, polls
from feedback.workshop.plan import Plan
from tests.builders import add_batch, add_remark, add_theme

App = Callable[..., AppTest]
PAGE = "pages/room.py"
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://elders.example/x.png)"


def a_room(*, remarks: int = 9) -> int:
    """Prepare and open a room with two themes of the same size."""
    with writing(engine()) as session:
        number = plan.prepare(
            "Najaar", dt.date(2026, 11, 22), Plan("", ("Wat kan beter?",)), session=session, actor="t"
        )
        door.open_room(number, session=session, actor="t")
        row = session.get_one(Workshop, number)
        row.batch_id = add_batch(row.session_id, kind="room", session=session)
        themes = [add_theme(name, session=session) for name in ("Koffie", "Parkeren")]
        for at in range(remarks):
            text = HOSTILE if at == remarks - 1 else f"Dit zei nummer {at} in de zaal."
            remark = add_remark(text, batch_id=row.batch_id, theme_id=themes[at % 2], session=session)
            session.add(RoomRemark(remark_id=remark, workshop_id=number))
        session.add_all([RoomTheme(workshop_id=number, theme_id=one, slot=at) for at, one in enumerate(themes)])
        session.add_all([Participant(workshop_id=number, mark=str(at)) for at in range(6)])
        session.add(SavingsIdea(title="Minder printers", status="confirmed"))
    return number


def seen(number: int) -> Picture:
    with reading(engine()) as session:
        return picture(number, session=session)


def put(number: int, **where: Any) -> None:
    with writing(engine()) as session:
        door.put(number, session=session, **where)


def scene(at: AppTest) -> dict[str, Any]:
    """What the browser is told to draw."""
    (component,) = [one for one in at.main if one.type == "bidi_component" and one.proto.component_name == "beamer"]
    told: dict[str, Any] = json.loads(component.proto.json or component.proto.mixed.json)
    return told


def page(lang: Language = "nl", user: User | None = None) -> Page:
    return Page("room", lang, user or user_without_sign_in())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_screen_is_drawn_as_the_row_of_the_workshop_says(app: App, lang: Language) -> None:
    app(example=False)
    number = a_room()
    at = app(PAGE, lang=lang, example=False, w=str(number))
    t, shown = translator(lang), {}
    assert scene(at)["view"]["code"] == seen(number).room.code
    for screen in SCREENS:
        put(number, screen=screen)
        shown[screen] = scene(at.run())["view"]["kind"]
        assert not at.exception and not at.error
    assert shown == {
        "join": "join", "wall": "wall", "themes": "themes", "areas": "words", "vote": "words", "regroup": "words",
        "promises": "podium",
    }  # fmt: skip
    with writing(engine()) as session:
        polls.open_poll(
            number, "dots_themes", [str(one) for one in seen(number).themes["theme_id"]], session=session, actor="t"
        )
    told = scene(at.run())
    assert [option["name"] for option in told["view"]["options"]] == ["Koffie", "Parkeren"]
    assert told["asked"] == "Wat kan beter?"
    assert told["timer"]["step"] == t("control.step_collect")
    assert told["corner"]["code"] == seen(number).room.code
    # What a customer typed goes along as plain text, and nowhere else.
    put(number, screen="wall")
    assert HOSTILE in [note["text"] for note in scene(at.run())["view"]["notes"]]
    assert not [part for part in (*at.markdown, *at.get("html")) if "onerror" in str(part.proto)]
    # Another screen on the same room stands at the same place.
    assert scene(app(PAGE, lang=lang, example=False, w=str(number)))["view"] == scene(at)["view"]


def test_without_a_workshop_the_page_names_the_open_rooms(app: App) -> None:
    at = app(PAGE, example=False)
    assert at.info[0].value == translator("nl")("room.which")
    a_room()
    assert [link.proto.label for link in at.run().get("page_link")] == ["Najaar", translator("nl")("room.to_workshops")]
    assert app(PAGE, example=False, w="4711").error


def test_the_keys_move_the_row_and_leave_no_trace_in_the_audit_table(app: App) -> None:
    app(example=False)
    number, before = a_room(), 0
    with reading(engine()) as session:
        before = len(session.exec(select(Audit)).all())
    visited = []
    for key in ("down", "down", "down", "down", "up", "3", "right", "right", "left", "left", "f", "q", "n", "?"):
        assert press(page(), number, key, None) == ""
        room = seen(number).room
        visited.append((room.screen, room.focus_id))
    first, second = (int(one) for one in seen(number).themes["theme_id"])
    # Nothing is put to the vote and no regrouping waits, so these are passed by.
    assert visited[:5] == [(one, None) for one in ("wall", "themes", "areas", "promises", "areas")]
    assert visited[5:10] == [("themes", one) for one in (None, first, second, first, None)]
    assert (room.frozen_at, room.quotes, room.step) == (int(seen(number).remarks["remark_id"].max()), False, "theme")
    press(page(), number, "f", None)
    assert seen(number).room.frozen_at is None
    with reading(engine()) as session:
        assert len(session.exec(select(Audit)).all()) == before


def test_h_hides_the_remark_that_was_marked_when_it_was_pressed_and_z_takes_it_back(app: App) -> None:
    app(example=False)
    number, t = a_room(), translator("nl")
    marked = int(seen(number).remarks["remark_id"].iloc[3])
    assert press(page(), number, "h", marked) == t("room.hid")
    assert seen(number).remarks.set_index("remark_id").at[marked, "state"] == "hidden"
    assert press(page(), number, "z", None) == t("room.undid", act=t("control.act.hidden"))
    assert seen(number).remarks.set_index("remark_id").at[marked, "state"] == "shown"
    assert press(page(), number, "z", None) == t("room.undo_none")
    assert press(page(), number, "redo", None) == t("room.redid", act=t("control.act.hidden"))
    assert press(page(), number, "redo", None) == t("room.redo_none")
    assert press(page(), number, "z", None) == t("room.undid", act=t("control.act.hidden"))
    # A click marks what stands on the wall, and nothing else.
    put(number, screen="wall")
    for at, there in ((marked, marked), (10**6, marked)):
        press(page(), number, "mark", at)
        assert seen(number).room.page == there
    assert press(page(), number, "h", None) == t("room.hide_none")
    # Of another room, or of none.
    assert press(page(), number, "h", 10**6) == t("workshop.error.remark_gone")
    viewer = page(user=User("kijker", "viewer"))
    assert press(viewer, number, "h", marked) == t("page.forbidden")
    with reading(engine()) as session:
        assert not session.exec(select(RoomRemark).where(col(RoomRemark.state) != "shown")).all()
