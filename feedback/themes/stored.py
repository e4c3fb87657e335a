"""Themes in the database, as placing needs them: the codebook and what fitted nothing before, the themes that wake after.

Stored remarks are never placed again by an import, so themes keep their identity; only remarks that fitted nothing may join a new proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from feedback.store.tables import Aspect, Batch, Note, Remark, ServiceArea, Theme
from feedback.themes.codebook import Codebook, Entry
from feedback.themes.finding import LARGEST_POOL, WEAK, FoundTheme

# An entry of so many keywords and examples speaks for itself.
ENOUGH = 8
# Remarks that people placed, as many as teach: bounds the work.
MOST_TAUGHT = 1000
# Of a remark that counts, joined with its note and batch.
_COUNTS = (col(Batch.undone_at).is_(None), col(Note.erased_at).is_(None))


def stored_codebook(*, session: Session, without_example: bool = False) -> Codebook:
    """Read the codebook as people left it: starter entries, found ones, their own; merged ones live on in their target.

    Entries that a person put out of use (parked, without remarks) are left out: nothing is placed on them. A remark that a person
    placed is no example of an entry with enough texts of its own: it teaches by likeness, see `Taught`.

    Parameters
    ----------
    session : Session
    without_example : bool
        Leave out the entries that came with the example panel.

    Returns
    -------
    Codebook
    """
    areas = {row.id: row.key for row in session.exec(select(ServiceArea)).all()}
    aspects = {row.id: row.key for row in session.exec(select(Aspect)).all()}
    rows = session.exec(select(Theme).order_by(col(Theme.id))).all()
    if without_example:
        rows = [row for row in rows if not row.is_example]
    out_of_use = _out_of_use(rows, session)
    by_id = {row.id: row for row in rows}
    extra: dict[int | None, list[str]] = {}
    for row in rows:
        if row.merged_into_id in by_id:
            extra.setdefault(_target(row, by_id).id, []).extend(row.examples)
    taught = _taught(by_id, session, without_example=without_example)
    entries = []
    for row in rows:
        if row.merged_into_id in by_id or row.id in out_of_use:
            continue
        said = (*row.examples, *extra.get(row.id, ()))
        own = tuple(text for text in said if text not in taught)
        entries.append(
            Entry(
                key=row.key, area=areas.get(row.area_id, "algemeen"), aspect=aspects.get(row.aspect_id, "overig"),
                name={"nl": row.name_nl, "en": row.name_en},
                description={"nl": row.description_nl, "en": row.description_en},
                keywords=tuple(row.keywords), examples=own if len(own) + len(row.keywords) >= ENOUGH else said,
            )
        )  # fmt: skip
    return Codebook(tuple(entries), tuple(taught.items()))


def _taught(by_id: Mapping[int | None, Theme], session: Session, *, without_example: bool) -> dict[str, str]:
    """Read the remarks that people placed, the newest ones: text to the key of the theme."""
    statement = (
        select(Remark.text, Remark.theme_id)
        .join(Note, col(Remark.note_id) == Note.id)
        .join(Batch, col(Note.batch_id) == Batch.id)
        .where(
            Remark.placed_by == "person", col(Remark.theme_id).is_not(None), col(Remark.text) != "", *_COUNTS,
        )
        .order_by(col(Remark.id).desc())
        .limit(MOST_TAUGHT)
    )  # fmt: skip
    if without_example:
        statement = statement.where(col(Batch.is_example).is_(False))
    found: dict[str, str] = {}
    for text, theme_id in session.exec(statement).all():
        if theme_id in by_id:
            found.setdefault(text, _target(by_id[theme_id], by_id).key)
    return dict(sorted(found.items()))


def with_remarks(theme_ids: Sequence[int], *, session: Session) -> set[int]:
    """Give those of some themes in which a remark is that counts.

    Parameters
    ----------
    theme_ids : sequence of int
    session : Session

    Returns
    -------
    set of int
    """
    rows = session.exec(
        select(Remark.theme_id)
        .join(Note, col(Remark.note_id) == Note.id)
        .join(Batch, col(Note.batch_id) == Batch.id)
        .where(col(Remark.theme_id).in_(theme_ids), *_COUNTS)
        .distinct()
    ).all()
    return {theme_id for theme_id in rows if theme_id is not None}


def _out_of_use(themes: Iterable[Theme], session: Session) -> set[int]:
    parked = {row.id for row in themes if row.id is not None and row.status == "parked"}
    return parked - with_remarks(sorted(parked), session=session) if parked else set()


def _target(row: Theme, by_id: Mapping[int | None, Theme]) -> Theme:
    while row.merged_into_id in by_id:
        row = by_id[row.merged_into_id]
    return row


def weakly_placed(*, session: Session) -> pd.DataFrame:
    """Read the newest stored remarks that fit no theme well and that nobody placed.

    Parameters
    ----------
    session : Session

    Returns
    -------
    DataFrame
        remark_id, text, area (key); at most `LARGEST_POOL` rows.
    """
    rows = session.exec(
        select(Remark.id, Remark.text, ServiceArea.key)
        .join(Note, col(Remark.note_id) == Note.id)
        .join(Batch, col(Note.batch_id) == Batch.id)
        .join(ServiceArea, col(Remark.area_id) == ServiceArea.id, isouter=True)
        .where(
            or_(col(Remark.theme_id).is_(None), col(Remark.strength) < WEAK), Remark.placed_by == "model", *_COUNTS,
        )
        .order_by(col(Remark.id).desc())
        .limit(LARGEST_POOL)
    ).all()  # fmt: skip
    return pd.DataFrame([tuple(row) for row in rows], columns=["remark_id", "text", "area"])


def awake_themes(*, session: Session) -> frozenset[str]:
    """Give the keys of the themes that are awake: proposed, confirmed, or parked with remarks.

    Parameters
    ----------
    session : Session

    Returns
    -------
    frozenset of str
    """
    rows = session.exec(select(Theme).where(Theme.status != "dormant", col(Theme.merged_into_id).is_(None))).all()
    out_of_use = _out_of_use(rows, session)
    return frozenset(row.key for row in rows if row.id not in out_of_use)


def wake(keys: pd.Series, found: Iterable[FoundTheme], *, is_example: bool, session: Session) -> dict[str, int]:
    """Wake the dormant entries that remarks meet, and add the found ones as proposals.

    Parameters
    ----------
    keys : Series of str
        Theme of each remark.
    found : iterable of FoundTheme
    is_example : bool
    session : Session

    Returns
    -------
    dict of str to int
        Key to the id of the theme that its remarks go to: its own, or the one it was merged into meanwhile.
    """
    areas = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    themes = session.exec(
        # Locked in the order of their ids, as curation does: a theme that is being merged away right now has its target when we go on.
        select(Theme).order_by(col(Theme.id)).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    rows = {row.key: row for row in themes}
    by_id = {row.id: row for row in themes}
    used = set(keys) - {""}
    for theme in found:
        # Somebody else's import may have proposed the same words a moment ago: then these remarks join that theme.
        if theme.key in used and theme.key not in rows:
            row = Theme(
                key=theme.key, name_nl=theme.label[:200], name_en=(theme.label_en or theme.label)[:200],
                area_id=areas.get(theme.area),
                keywords=list(theme.keywords), examples=[], status="proposed", origin="found", is_example=is_example,
            )  # fmt: skip
            session.add(row)
            session.flush()
            rows[theme.key] = by_id[row.id] = row
    ids: dict[str, int] = {}
    for key in used & set(rows):
        target = _target(rows[key], by_id)
        if target.status == "dormant":
            target.status = "proposed"
        assert target.id is not None
        ids[key] = target.id
    session.flush()
    return ids


def join_found(found: Iterable[FoundTheme], theme_ids: Mapping[str, int], *, session: Session) -> None:
    """Let stored remarks that fitted nothing join the new proposal they were clustered with.

    Parameters
    ----------
    found : iterable of FoundTheme
    theme_ids : mapping of str to int
    session : Session
    """
    for theme in found:
        if theme.stored and theme.key in theme_ids:
            session.connection().execute(
                update(Remark)
                # A person may have placed it while the file was being read.
                .where(col(Remark.id).in_(theme.stored), col(Remark.strength) < WEAK, col(Remark.placed_by) == "model")
                .values(theme_id=theme_ids[theme.key], strength=0.5)
            )
