"""An open room for the tests of phones, with a desk that needs no models."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select
from starlette.applications import Starlette
from starlette.routing import Route

from feedback.phone.routes import Phones
from feedback.room.receiving import Sent
from feedback.store.engine import reading, writing
from feedback.store.tables import Organisation
from feedback.workshop import door, polls
from feedback.workshop.plan import Plan, prepare


class FakeDesk:
    """Stores remarks in a list, each nonce once, as the real one does in the database."""

    def __init__(self) -> None:
        self.stored: dict[str, Sent] = {}
        self.trouble: Exception | None = None

    def send(self, _workshop_id: int, sent: Sent) -> Future[bool]:
        done: Future[bool] = Future()
        if self.trouble:
            done.set_exception(self.trouble)
        else:
            done.set_result(self.stored.setdefault(sent.nonce, sent) is sent)
        return done


@dataclass
class Hall:
    """An open room and what its phones talk to."""

    engine: Engine
    desk: FakeDesk
    app: Starlette
    pages: Phones
    code: str
    workshop_id: int

    def move(self, **where: Any) -> None:
        with writing(self.engine) as session:
            door.put(self.workshop_id, session=session, **where)
        self.pages.rooms.forget(self.code)

    def vote(self, kind: str, *options: str, dots: int = 3) -> int:
        with writing(self.engine) as session:
            poll_id = polls.open_poll(self.workshop_id, kind, options, dots=dots, session=session, actor="test")
        self.pages.rooms.forget(self.code)
        return poll_id

    def close(self) -> None:
        with writing(self.engine) as session:
            door.close_room(self.workshop_id, session=session, actor="test")
        self.pages.rooms.forget(self.code)

    def rows(self, table: Any) -> list[Any]:
        with reading(self.engine) as session:
            return list(session.exec(select(table)).all())


def opened(engine: Engine, **changed: Any) -> Hall:
    plan = Plan(questions=("Wat kost u de meeste tijd?", "Wat mag weg?"), **changed)
    with writing(engine) as session:
        session.add(Organisation(name="Gemeente Élzen"))
        session.add(Organisation(name="<Waterschap>"))
        workshop_id = prepare("Najaarspanel", dt.date(2026, 10, 6), plan, session=session, actor="test")
        code = door.open_room(workshop_id, session=session, actor="test")
    desk = FakeDesk()
    pages = Phones(lambda: engine, lambda: desk)  # type: ignore[arg-type, return-value]
    app = Starlette(
        routes=[Route("/mee", pages.answer), Route("/mee/{rest:path}", pages.answer, methods=["GET", "POST"])]
    )
    return Hall(engine, desk, app, pages, code, workshop_id)
