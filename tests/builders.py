"""A panel for tests, row by row: each function adds one row and gives its id; what is left out has a good value."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, func, select

from feedback.panel.people import pseudonym
from feedback.store.engine import writing
from feedback.store.tables import Batch, Member, Note, Organisation, PanelSession, Remark, Score, ServiceArea, Theme


def _add(row: Any, session: Session) -> int:
    session.add(row)
    session.flush()
    return int(row.id)


def _next(table: type[SQLModel], session: Session) -> int:
    return session.exec(select(func.count()).select_from(table)).one() + 1


def area_id(key: str | None, *, session: Session) -> int | None:
    return None if key is None else session.exec(select(ServiceArea.id).where(ServiceArea.key == key)).one()


def add_organisation(name: str = "Gemeente Elzen", *, session: Session, clients: int | None = None) -> int:
    return _add(Organisation(name=name, clients=clients), session)


def add_member(
    name: str = "Anna", *, session: Session, organisation_id: int | None = None, level: str | None = None
) -> int:
    hidden = pseudonym(name, key="the key of the tests")
    return _add(Member(pseudonym=hidden, organisation_id=organisation_id, level=level), session)


def add_session(
    name: str = "Voorjaarspanel",
    *,
    session: Session,
    held_on: dt.date = dt.date(2026, 3, 10),
    kind: str = "session",
    attendance: int | None = None,
) -> int:
    return _add(PanelSession(name=name, held_on=held_on, kind=kind, attendance=attendance), session)


def add_batch(
    session_id: int | None = None, *, session: Session, filename: str = "panel.csv", kind: str = "table",
    is_example: bool = False,
) -> int:  # fmt: skip
    session_id = add_session(session=session) if session_id is None else session_id
    digest = hashlib.sha256(f"{filename} {_next(Batch, session)}".encode()).hexdigest()
    row = Batch(session_id=session_id, filename=filename, sha256=digest, kind=kind, is_example=is_example)
    return _add(row, session)


def add_note(
    text: str = "",
    *,
    batch_id: int,
    session: Session,
    member_id: int | None = None,
    row: int | None = None,
    **values: Any,
) -> int:
    """Add what came in; organisation and level are the member's unless given."""
    member = session.get(Member, member_id) if member_id is not None else None
    if member is not None:
        values = {"organisation_id": member.organisation_id, "level": member.level, **values}
    number = row or session.exec(select(func.count()).select_from(Note).where(Note.batch_id == batch_id)).one() + 1
    return _add(Note(batch_id=batch_id, row=number, text=text, member_id=member_id, **values), session)


def add_remark(
    text: str = "De wifi valt steeds weg.",
    *,
    session: Session,
    batch_id: int | None = None,
    member_id: int | None = None,
    theme_id: int | None = None,
    area: str | None = None,
    row: int | None = None,
    **values: Any,
) -> int:
    """Add a remark with a note of its own, in the newest batch unless told otherwise."""
    if batch_id is None:
        batch_id = session.exec(select(func.max(Batch.id))).one() or add_batch(session=session)
    note_id = add_note(text, batch_id=batch_id, member_id=member_id, row=row, session=session)
    strength = 0.8 if theme_id is not None else 0.0
    if area is not None:
        values["area_id"] = area_id(area, session=session)
    values = {"strength": strength, **values}
    return _add(Remark(note_id=note_id, text=text, theme_id=theme_id, **values), session)


def add_score(
    grade: float, *, batch_id: int, session: Session, area: str | None = None, member_id: int | None = None,
    row: int | None = None, question: str = "",
) -> int:  # fmt: skip
    member = session.get(Member, member_id) if member_id is not None else None
    who = {"organisation_id": member.organisation_id, "level": member.level} if member else {}
    number = row or session.exec(select(func.count()).select_from(Score).where(Score.batch_id == batch_id)).one() + 1
    found = area_id(area, session=session)
    score = Score(batch_id=batch_id, row=number, area_id=found, raw=str(grade), grade=grade, member_id=member_id, **who)
    score.question = question
    return _add(score, session)


def add_theme(name: str = "Koffie", *, session: Session, status: str = "proposed", **values: Any) -> int:
    key = f"proef-{_next(Theme, session)}"
    names = {"name_nl": name, "name_en": name}
    return _add(Theme(key=key, status=status, origin="found", **{**names, **values}), session)


@dataclass(frozen=True)
class SmallPanel:
    """Ids of a small panel: who spoke, where, and about what."""

    organisations: list[int]
    members: list[int]
    sessions: list[int]
    batches: list[int]
    coffee: int
    parking: int
    remarks: list[int]


_COFFEE = (
    "De koffieautomaat op de tweede is alweer leeg.",
    "Lekkere bonen sinds de nieuwe leverancier, dank.",
    "Mag er ook thee zonder smaakje bij?",
    "Het apparaat spuugt halve bekers uit.",
    "Bekers zijn zonde; neem mokken.",
    "Rond tien uur staat er een rij tot aan de lift.",
)
_PARKING = (
    "Na negen uur is het terrein vol.",
    "De slagboom herkent mijn kenteken niet.",
    "Bezoekers moeten ver lopen vanaf de straat.",
    "Fietsen staan droog sinds de verbouwing, fijn.",
    "Laadpalen zijn altijd bezet door dezelfde auto's.",
    "Graag een plek voor wie slecht ter been is.",
)


def small_panel(engine: Engine, *, coffee: Sequence[str] = _COFFEE, parking: Sequence[str] = _PARKING) -> SmallPanel:
    """Add three organisations, six members, a session and a survey, two themes, twelve remarks and six grades."""
    with writing(engine) as session:
        clients = (("Gemeente Elzen", 900), ("Waterschap Drielanden", 400), ("Hogeschool Berkum", None))
        organisations = [add_organisation(name, clients=n, session=session) for name, n in clients]
        levels = ("operationeel", "tactisch", "strategisch")
        members = [
            add_member(name, organisation_id=organisations[at % 3], level=levels[at // 2], session=session)
            for at, name in enumerate(("Anna", "Bas", "Chaima", "Daan", "Els", "Fenna"))
        ]
        sessions = [
            add_session("Voorjaarspanel", held_on=dt.date(2026, 3, 10), attendance=8, session=session),
            add_session("Najaarsenquête", held_on=dt.date(2026, 10, 6), kind="survey", session=session),
        ]
        batches = [add_batch(at, filename=f"panel-{at}.csv", session=session) for at in sessions]
        facilities = area_id("facilitair", session=session)
        themes = [
            add_theme(name, area_id=facilities, session=session)
            for name in ("Koffie op de afdeling", "Parkeren bij het stadhuis")
        ]
        remarks = [
            add_remark(
                text, batch_id=batches[at % 2], member_id=members[at % 6], theme_id=theme_id, area_id=facilities,
                words=["koffie"], row=at + 1, session=session,
            )
            for theme_id, texts in zip(themes, (coffee, parking), strict=True)
            for at, text in enumerate(texts)
        ]  # fmt: skip
        for at, member_id in enumerate(members):
            add_score(5 + at / 2, batch_id=batches[at % 2], area="facilitair", member_id=member_id, session=session)
    return SmallPanel(organisations, members, sessions, batches, themes[0], themes[1], remarks)


def theme_of(remark_ids: Sequence[int], *, session: Session) -> list[int | None]:
    """Give the theme of each remark, in the order given."""
    rows = dict(session.exec(select(Remark.id, Remark.theme_id).where(col(Remark.id).in_(remark_ids))).all())
    return [rows[remark_id] for remark_id in remark_ids]
