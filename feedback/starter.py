"""What ships, into an empty database: service areas, quality aspects and the dormant entries of the codebook."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import Session, select

from feedback.areas.frame import load_frame
from feedback.store.engine import reading, writing
from feedback.store.tables import Aspect, ServiceArea, Theme
from feedback.themes.codebook import Codebook, Entry


def ensure(engine: Engine) -> None:
    """Fill an empty database with what ships; leave every other as it is.

    Parameters
    ----------
    engine : Engine
    """
    with reading(engine) as session:
        if session.exec(select(ServiceArea.id).limit(1)).first() is not None:
            return
    with writing(engine) as session:
        # Another process may have been first; the write lock (SQLite) or the unique keys (PostgreSQL) decide.
        if session.exec(select(ServiceArea.id).limit(1)).first() is None:
            _fill(session)


def _fill(session: Session) -> None:
    areas, aspects = load_frame()
    for position, area in enumerate(areas):
        session.add(
            ServiceArea(
                key=area.key, name_nl=area.name["nl"], name_en=area.name["en"],
                keywords=list(area.keywords), position=position,
            )
        )  # fmt: skip
    for position, aspect in enumerate(aspects):
        session.add(
            Aspect(
                key=aspect.key, name_nl=aspect.name["nl"], name_en=aspect.name["en"],
                keywords=list(aspect.keywords), position=position,
            )
        )  # fmt: skip
    session.flush()
    area_ids = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    aspect_ids = {row.key: row.id for row in session.exec(select(Aspect)).all()}
    for entry in Codebook.load().entries:
        session.add(as_theme(entry, area_ids, aspect_ids))


def as_theme(entry: Entry, area_ids: dict[str, int | None], aspect_ids: dict[str, int | None]) -> Theme:
    """Turn an entry of the shipped codebook into a dormant theme.

    Parameters
    ----------
    entry : Entry
    area_ids, aspect_ids : dict of str to int
        Ids of service areas and aspects by key.

    Returns
    -------
    Theme
    """
    return Theme(
        key=entry.key, name_nl=entry.name["nl"], name_en=entry.name["en"],
        description_nl=entry.description["nl"], description_en=entry.description["en"],
        area_id=area_ids.get(entry.area), aspect_id=aspect_ids.get(entry.aspect),
        keywords=list(entry.keywords), examples=list(entry.examples),
    )  # fmt: skip
