"""Workshop: prepared, led, and closed, by clicks of the facilitator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future

import pytest
import streamlit as st
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, UserError, translator
from feedback.room import deciding, regrouping, taking_back
from feedback.room.picture import Picture, picture
from feedback.room.receiving import Sent
from feedback.savings import ideas
from feedback.store.engine import engine, reading, writing
from feedback.store.tables import Participant, Regrouping, RoomRemark, RoomTheme, SavingsIdea, Workshop
from feedback.ui import room_control_aloud, room_control_data
from feedback.ui.page import escape
from feedback.workshop import door, library, plan, polls
from feedback.workshop.plan import Plan
from tests.builders import add_batch, add_remark, add_session, add_theme

App = Callable[..., AppTest]
PAGE = "pages/workshop.py"
ASKED = ("Wat kan beter?", "Wat kan minder?")


class FakeDesk:
    """Takes in what is sent; or is closed, or slow."""

    def __init__(self) -> None:
        self.closed, self.slow, self.taken = False, False, list[Sent]()
        self.last: Future[bool] = Future()

    def send(self, _workshop_id: int, sent: Sent) -> Future[bool]:
        self.last = Future()
        if self.closed:
            self.last.set_exception(UserError("workshop.error.closed"))
        elif not self.slow:
            self.taken.append(sent)
            self.last.set_result(True)
        return self.last


def texts(at: AppTest) -> str:
    return "\n".join(
        [one.value for kind in ("markdown", "caption", "text", "info", "warning", "error") for one in at.get(kind)]
    )


def seen(workshop_id: int) -> Picture:
    with reading(engine()) as session:
        return picture(workshop_id, session=session)


def a_room(app: App, lang: Language = "nl", *, remarks: int = 9, waiting: int = 0) -> tuple[AppTest, int, list[int]]:
    """Open the control screen of an open room with two themes, a remark outside them, and an idea."""
    app(example=False)
    with writing(engine()) as session:
        number = plan.prepare("Najaar", dt.date(2026, 11, 22), Plan("Beter", ASKED), session=session, actor="test")
        door.open_room(number, session=session, actor="test")
        row = session.get_one(Workshop, number)
        row.batch_id = add_batch(row.session_id, kind="room", session=session)
        themes = [add_theme(name, session=session) for name in ("Koffie", "Parkeren")]
        for at in range(remarks):
            theme = themes[at % 2] if at < remarks - 1 else None
            remark = add_remark(f"Zin {at}", batch_id=row.batch_id, theme_id=theme, session=session)
            state = "waiting" if at < waiting else "shown"
            session.add(RoomRemark(remark_id=remark, workshop_id=number, state=state))
        session.add_all([RoomTheme(workshop_id=number, theme_id=one, slot=at) for at, one in enumerate(themes)])
        session.add_all([Participant(workshop_id=number, mark=str(at)) for at in range(6)])
        session.add(SavingsIdea(title="Minder printers", status="confirmed"))
    return app(PAGE, lang=lang, example=False, w=str(number)), number, themes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workshop_is_prepared_listed_and_edited(app: App, lang: Language) -> None:
    t = translator(lang)
    at = app(PAGE, lang=lang, example=False)
    assert at.info[0].value == t("control.none")
    at.button(key="workshop.new").click().run()
    at.button(key="workshop.save").click().run()
    assert len(at.error) == 1
    at.text_input(key="plan.nieuw.name").set_value("Najaar *2026*")
    at.session_state["plan.nieuw.library"] = True
    at.run()
    at.button(key="plan.nieuw.take.verwachtingen.1").click().run()
    question = library.purposes()[0].questions[1][lang]
    assert at.text_input(key="plan.nieuw.question.0").value == question
    at.number_input(key="plan.nieuw.step.weigh").set_value(0)
    at.segmented_control(key="plan.nieuw.wait").set_value(True)
    at.button(key="workshop.save").click().run()
    assert at.subheader[0].value == escape("Najaar *2026*")
    at.menu_button(key="control.more").click("edit").run()
    at.text_input(key="plan.1.goal").set_value("Beter luisteren")
    at.button(key="workshop.save").click().run()
    with reading(engine()) as session:
        stored, _ = plan.plan_of(1, session=session)
    assert (stored.goal, stored.questions, stored.is_moderated) == ("Beter luisteren", (question,), True)
    assert "weigh" not in dict(stored.steps)
    at.menu_button(key="control.more").click("list").run()
    assert "Beter luisteren" in texts(at)
    at.button(key="workshop.steer.1").click().run()
    at.button(key="control.open").click().run()
    assert at.text[0].value == seen(1).room.code
    assert not at.exception


def test_a_session_that_is_there_gets_a_workshop_and_an_edit_by_somebody_else_is_told(app: App) -> None:
    app(example=False)
    with writing(engine()) as session:
        known = add_session("Voorjaarspanel", session=session)
    at = app(PAGE, example=False, plan="nieuw")
    at.segmented_control(key="plan.nieuw.way").set_value("there").run()
    at.text_input(key="plan.nieuw.question.0").set_value("Wat kan beter?")
    at.button(key="workshop.save").click().run()
    assert seen(1).room.session_id == known
    at.menu_button(key="control.more").click("edit").run()
    with writing(engine()) as session:
        plan.edit(1, Plan("Van een ander", ASKED), seen_version=None, session=session, actor="test")
    at.button(key="workshop.save").click().run()
    assert len(at.error) == 1
    assert seen(1).room.goal == "Van een ander"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_remarks_are_hidden_moved_pinned_and_the_last_act_is_taken_back(app: App, lang: Language) -> None:
    t = translator(lang)
    at, number, (_, parking) = a_room(app, lang, waiting=2)
    remarks = seen(number).remarks["remark_id"].tolist()
    assert "Zin 8" in texts(at)
    at.button(key=f"queue.hidden.{remarks[8]}").click().run()
    # What was hidden is named, here and where a key of the beamer did it.
    hid = t("control.act_on", act=t("control.act.hidden"), text="Zin 8")
    assert at.button(key="control.undo").label == t("control.undo", act=hid)
    assert [one.value for one in at.toast] == [t("control.hid", text="Zin 8")]
    at.button(key="control.undo").click().run()
    assert seen(number).remarks["state"].tolist()[8] == "shown"
    assert at.button(key="control.redo").label == t("control.redo", act=hid)
    # The beamer is turned from here, whatever stands on it.
    room = seen(number).room
    at.segmented_control(key=room_control_data.key("screen", room)).set_value("wall").run()
    at.button(key="control.page_back").click().run()
    assert (seen(number).room.screen, seen(number).room.page) == ("wall", remarks[7])
    at.segmented_control(key="control.filter").set_value("waiting").run()
    at.button(key="control.let_all").click().run()
    assert set(seen(number).remarks["state"]) == {"shown"}
    at.segmented_control(key="control.filter").set_value("all").run()
    at.menu_button(key=f"queue.more.{remarks[8]}").click(f"move {parking}").run()
    at.menu_button(key=f"queue.more.{remarks[8]}").click("pin").run()
    last = seen(number).remarks.iloc[8]
    assert (last["theme_id"], last["is_pinned"]) == (parking, True)
    assert not at.exception


def test_themes_are_renamed_merged_shown_large_and_made_of_ticked_remarks(app: App) -> None:
    at, number, (coffee, parking) = a_room(app)
    at.pills(key="control.theme").set_value(coffee).run()
    at.button(key="theme.focus").click().run()
    assert (seen(number).room.focus_id, seen(number).room.screen) == (coffee, "themes")
    for name, errors in (("", 1), ("Koffie en thee", 0)):
        field = next(one for one in at.text_input if str(one.key).startswith(f"theme.name.{coffee}."))
        field.set_value(name)
        at.button(key="theme.rename").click().run()
        assert len(at.error) == errors
    first = seen(number).remarks["remark_id"].iloc[0]
    at.checkbox(key=f"theme.pick.{first}.0").check().run()
    at.text_input(key="theme.new.0").set_value("Automaten")
    at.button(key="theme.make").click().run()
    names = seen(number).themes["name_nl"].tolist()
    assert names == ["Koffie en thee", "Parkeren", "Automaten"]
    # One name serves both languages until somebody gives a second.
    assert seen(number).themes["name_en"].iloc[0] == "Koffie en thee"
    at.pills(key="control.theme").set_value(parking).run()
    at.selectbox(key=f"theme.into.{parking}").set_value(coffee).run()
    at.button(key="theme.merge").click().run()
    assert "Parkeren" not in seen(number).themes["name_nl"].tolist()
    assert not at.exception


def test_a_fresh_look_waits_for_the_facilitator(app: App) -> None:
    at, number, (coffee, parking) = a_room(app)
    first = int(seen(number).remarks["remark_id"].iloc[0])
    with writing(engine()) as session:
        session.add(Regrouping(workshop_id=number, moves=[[first, coffee, parking, "", 0.9, []]]))
        session.get_one(Workshop, number).version += 1
    at.run()
    assert escape("1 van “Koffie” naar “Parkeren”") in texts(at)
    at.button(key="control.regroup_show").click().run()
    assert seen(number).room.screen == "regroup"
    at.button(key="control.regroup_accept").click().run()
    assert (seen(number).remarks["theme_id"].iloc[0], seen(number).room.screen) == (parking, "themes")
    with reading(engine()) as session:
        assert regrouping.waiting(number, session=session) is None
        last = taking_back.last(number, session=session)
        assert last is not None and last.kind == "regroup"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_steps_lead_through_a_vote_to_a_decision_and_the_end(app: App, lang: Language) -> None:
    at, number, (coffee, _) = a_room(app, lang)
    at.toggle(key=f"control.freeze.{seen(number).room.version}").set_value(True).run()
    at.segmented_control(key=f"control.screen.{seen(number).room.version}").set_value("areas").run()
    room = seen(number).room
    assert (room.frozen_at, room.screen) == (seen(number).remarks["remark_id"].max(), "areas")
    for _ in range(2):
        at.button(key="control.next").click().run()
    assert (seen(number).room.step, seen(number).room.screen) == ("weigh", "vote")
    if lang == "nl":
        # A double is not proposed; who offers it all the same is told.
        with writing(engine()) as session:
            doubles = ("Ongebruikte softwarelicenties opzeggen", "Zeg ongebruikte softwarelicenties op")
            for one in doubles:
                ideas.add(one, session=session, actor="t")
        at.segmented_control(key="vote.kind").set_value("impact").run()
        assert at.multiselect(key="vote.options.impact").value == ["1", "2"]
        at.multiselect(key="vote.options.impact").set_value(["1", "2", "3"]).run()
        hint = translator(lang)("control.vote_alike", one=doubles[0], other=doubles[1])
        assert any(hint in one.value for one in at.caption)
        at.segmented_control(key="vote.kind").set_value("dots_themes").run()
    at.button(key="vote.open").click().run()
    with writing(engine()) as session:
        (vote,) = polls.votes(number, session=session)
        for person in session.exec(select(Participant.id)).all():
            polls.cast(vote.poll_id, person or 0, {str(coffee): 3}, session=session)
    at.button(key="vote.show").click().run()
    assert any("18" in one.value for one in at.html)
    at.button(key="control.next").click().run()
    at.selectbox(key="decide.subject.0").set_value(at.selectbox(key="decide.subject.0").options[0]).run()
    key = f"decide.theme.{coffee}.0"
    at.segmented_control(key=f"{key}.kind").set_value("change").run()
    said = "Wij gaan een automaat implementeren. Bel 06 12345678."
    at.text_area(key=f"{key}.text.change").set_value(said)
    at.button(key=f"{key}.save").click().run()
    # What is difficult is told, and what would be hidden is seen before it is stored.
    assert any("implementeren" in one.value for one in at.caption)
    assert translator(lang)("replies.look_first") in [one.value for one in at.warning]
    kept = next(one for one in at.pills if str(one.key).startswith(f"{key}.keep."))
    kept.set_value(["06 12345678"])
    at.button(key=f"{key}.save").click().run()
    assert len(at.error) == 1
    at.text_input(key=f"{key}.owner").set_value("Team Facilitair")
    at.date_input(key=f"{key}.due.change").set_value(dt.date.today() + dt.timedelta(days=30))
    at.button(key=f"{key}.save").click().run()
    with reading(engine()) as session:
        taken = deciding.decisions(number, session=session)
    assert taken[["owner", "text"]].to_numpy().tolist() == [["Team Facilitair", said]]
    at.button(key=f"decide.undo.{taken['reply_id'].iloc[0]}").click().run()
    with reading(engine()) as session:
        assert deciding.decisions(number, session=session).empty
        assert taking_back.last(number, session=session) is None
    at.button(key="control.next").click().run()
    at.button(key="control.close_end").click().run()
    assert not seen(number).room.is_open
    assert not at.exception


def test_what_is_said_aloud_is_stored_a_line_a_remark_and_never_lost(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk()
    monkeypatch.setattr(room_control_aloud, "desk", lambda: desk)
    monkeypatch.setattr(room_control_aloud, "PATIENCE", 0.01)
    at, _, _ = a_room(app)
    at.chat_input(key="control.aloud").set_value("Een\n\n  Twee ").run()
    assert [one.text for one in desk.taken] == ["Een", "Twee"]
    # Streamlit may call it twice for one Enter: on a screen that did not change, the same line is the same remark.
    at.chat_input(key="control.aloud").set_value("Een\nAnders").run()
    assert desk.taken[0].nonce == desk.taken[2].nonce
    assert len({one.nonce for one in desk.taken}) == 3
    desk.taken.clear()
    desk.closed = True
    at.chat_input(key="control.aloud").set_value("Drie").run()
    assert "Drie" in [one.value for one in at.text]
    desk.closed = False
    at.button(key="control.again").click().run()
    assert [one.text for one in desk.taken] == ["Drie"]
    assert "Drie" not in [one.value for one in at.text]
    desk.slow = True
    at.chat_input(key="control.aloud").set_value("Vier").run()
    on_its_way = translator("nl")("control.on_its_way", n=1)
    assert on_its_way in [one.value for one in at.caption]
    desk.last.set_result(True)
    at.run()
    assert on_its_way not in [one.value for one in at.caption]


def test_a_workshop_that_is_gone_says_so_and_leads_back(app: App) -> None:
    at = app(PAGE, example=False, w="99")
    assert len(at.error) == 1
    at.button(key="control.back").click().run()
    assert at.button(key="workshop.new")


def test_drawing_a_room_does_not_change_what_is_kept_of_it(app: App) -> None:
    at, number, _ = a_room(app)
    st.cache_resource.clear()
    kept = room_control_data.seen(number)
    before = kept.remarks.copy(), kept.themes.copy()
    at.run()
    assert before[0].equals(kept.remarks)
    assert before[1].equals(kept.themes)


def test_a_preparation_goes_and_comes_back(app: App) -> None:
    with writing(engine()) as session:
        plan.prepare("Klantpanel", dt.date(2026, 11, 22), Plan("", ASKED), session=session, actor="test")
    at = app(PAGE).run()
    at.button(key="workshop.remove.1").click().run()
    assert not at.exception and "workshop.steer.1" not in [one.key for one in at.button]
    at.button(key="notice.undo").click().run()
    with reading(engine()) as session:
        (row,) = plan.workshops(session=session).to_dict("records")
        assert plan.plan_of(row["workshop_id"], session=session)[0].questions == ASKED


def test_a_callback_without_a_choice_moves_nothing(app: App) -> None:
    _, number, _ = a_room(app, "nl")
    room = seen(number).room
    st.session_state[room_control_data.key("step", room)] = room.step
    assert room_control_data.chosen("step", room, room.step) is None
    st.session_state[room_control_data.key("step", room)] = "weigh"
    assert room_control_data.chosen("step", room, room.step) == "weigh"
