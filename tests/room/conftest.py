"""A room for tests: planned, open, and with people who send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from feedback.room import picture, receiving
from feedback.room.receiving import Sent
from feedback.settings import settings
from feedback.store.engine import reading, writing
from feedback.workshop import door, phones, plan

SAID = (
    "De laptop start traag op.",
    "Mijn laptop doet er tien minuten over om op te starten.",
    "De factuur van onze leverancier is weer te laat betaald.",
    "Facturen blijven wekenlang liggen, leveranciers bellen ons.",
    "Het is te koud op de derde verdieping.",
    "De verwarming staat in het weekend aan, zonde.",
    "De servicedesk neemt nooit de telefoon op.",
    "Ik wacht een half uur voordat de servicedesk opneemt.",
    "Bij de helpdesk krijg ik niemand te pakken.",
)


@dataclass
class Held:
    """An open workshop."""

    engine: Engine
    workshop_id: int
    code: str

    def say(self, *texts: str, person: int | None = None, nonce: str = "") -> list[bool]:
        sent = [Sent(text, nonce or f"{person} {text}", 0, person) for text in texts]
        return receiving.receive(self.workshop_id, sent, engine=self.engine)

    def join(self, name: str, **values: object) -> int:
        with writing(self.engine) as session:
            return phones.join(self.workshop_id, name, key=settings().hash_key, session=session, **values)  # type: ignore[arg-type]

    @property
    def picture(self) -> picture.Picture:
        with reading(self.engine) as session:
            return picture.picture(self.workshop_id, session=session)

    @property
    def stamp(self) -> str:
        with reading(self.engine) as session:
            return picture.stamp(self.workshop_id, session=session)

    def theme_of(self, text: str) -> int | None:
        rows = self.picture.remarks
        theme = rows.loc[rows["text"] == text, "theme_id"].iloc[0]
        return None if theme is None else int(theme)

    def ids(self, texts: Sequence[str]) -> list[int]:
        rows = self.picture.remarks
        return [int(rows.loc[rows["text"] == text, "remark_id"].iloc[0]) for text in texts]


def opened(engine: Engine, *, rehearsal: bool = False, **plan_values: object) -> Held:
    with writing(engine) as session:
        wanted = plan.Plan("Horen wat u nodig heeft", ("Wat gaat er mis?",), **plan_values)  # type: ignore[arg-type]
        workshop_id = plan.prepare("Klantpanel", dt.date(2026, 11, 22), wanted, session=session, actor="test")
    with writing(engine) as session:
        code = door.open_room(workshop_id, rehearsal=rehearsal, session=session, actor="test")
    return Held(engine, workshop_id, code)


@pytest.fixture
def room(sqlite_db: Engine) -> Held:
    """An open room on SQLite."""
    return opened(sqlite_db)


@pytest.fixture
def either_room(fresh_db: Engine) -> Held:
    """An open room: the test runs on SQLite and on PostgreSQL."""
    return opened(fresh_db)
