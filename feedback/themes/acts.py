"""What every act on a theme shares: locks, names, and the rows that remember the act.

A customer's words are copied from a remark to two places only, which erasure and later masking must reach as
well: the examples of a theme, and those that a `ThemeEvent` keeps so that an act can be undone: `dropped` of a move,
`examples` of a change in the codebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from feedback.i18n import LANGUAGES, Language, UserError
from feedback.store import audit
from feedback.store.tables import Batch, Remark, Theme, ThemeEvent
from feedback.themes.codebook_table import key_of

LONGEST_NAME = 200
LONGEST_OWNER = 200
# Examples teach the next placing; more than this of one theme would drown the entries that have few.
MOST_EXAMPLES = 30
# Of these an event remembers what went ([place, text]) and what came: others may add to them later.
LISTS = ("keywords", "examples")
# Any fixed number: on PostgreSQL people name themes one after the other, so that no name is given twice.
_NAMING_LOCK = 715_003_123
# Databases limit the number of values in one statement.
_AT_ONCE = 1000
# What the audit table may repeat. Descriptions may quote a customer: it only says that they changed.
_TELLING = {"name_nl", "name_en", "status", "owner", "area_id", "merged_into_id"}


def one_naming_at_a_time(*, session: Session) -> None:
    """Let acts that give or give back a name wait for each other; call it before any row is locked."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _NAMING_LOCK})


def locked(theme_ids: Iterable[int | None], *, session: Session) -> dict[int | None, Theme]:
    """Read themes as they are now and keep others from changing them until this transaction ends.

    Parameters
    ----------
    theme_ids : iterable of int or None
        None is skipped.
    session : Session

    Returns
    -------
    dict of int to Theme

    Raises
    ------
    UserError
        When one is not there.
    """
    wanted = {theme_id for theme_id in theme_ids if theme_id is not None}
    rows = session.exec(
        # In the order of their ids: two acts that lock the same themes in another order would wait for ever.
        select(Theme).where(col(Theme.id).in_(wanted)).order_by(col(Theme.id)).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    if len(rows) < len(wanted):
        raise UserError("themes.error.gone")
    return {row.id: row for row in rows}


def locked_remarks(remark_ids: Iterable[int], *, session: Session) -> list[Remark]:
    """Read remarks as they are now, in the order of their ids, and keep others from moving them.

    Their themes must be locked before, so that nobody waits the other way round.
    """
    rows: list[Remark] = []
    for chunk in chunks(sorted(remark_ids)):
        rows += session.exec(
            select(Remark).where(col(Remark.id).in_(chunk)).order_by(col(Remark.id)).with_for_update(),
            execution_options={"populate_existing": True},
        ).all()
    return rows


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a list of ids into pieces that fit in one statement."""
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def alive(theme: Theme, *, session: Session) -> Theme:
    """Give the theme back, unless it was merged away.

    Raises
    ------
    UserError
        When it was; tells where it went.
    """
    if theme.merged_into_id is None:
        return theme
    raise UserError("themes.error.merged", name=shown(theme), target=shown(target_of(theme, session=session)))


def target_of(theme: Theme, *, session: Session) -> Theme:
    """Give the theme that one was merged into, be it by way of others; itself where it was not."""
    while theme.merged_into_id is not None:
        theme = session.get_one(Theme, theme.merged_into_id)
    return theme


def one(theme_id: int, *, session: Session) -> Theme:
    """Lock one living theme."""
    return alive(locked([theme_id], session=session)[theme_id], session=session)


def shown(theme: Theme) -> dict[Language, str]:
    """Give a theme's name for a message whose language is not known yet; see `i18n.UserError`."""
    return {"nl": theme.name_nl, "en": theme.name_en}


def both_names(theme: Theme) -> str:
    """Give a theme's name in both languages, for the log."""
    return theme.name_nl if theme.name_nl == theme.name_en else f"{theme.name_nl} / {theme.name_en}"


def clean(text: str) -> str:
    """Give text on one line without what cannot be seen."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def clean_name(name: str) -> str:
    """Give a theme's name as it is stored.

    Raises
    ------
    UserError
        When it is empty or too long.
    """
    name = clean(name)
    if not name:
        raise UserError("themes.error.name_empty")
    if len(name) > LONGEST_NAME:
        raise UserError("themes.error.name_long", length=len(name), limit=LONGEST_NAME)
    return name


def check_free(names: Mapping[Language, str], *, but: int | None, session: Session) -> None:
    """Refuse a name that another living theme has, whatever its capitals.

    Parameters
    ----------
    names : mapping of language to str
        Cleaned names.
    but : int or None
        The theme that is named, which may keep its own.
    session : Session

    Raises
    ------
    UserError
        When a name is taken. A sleeping entry has its own message, for it is on no screen.
    """
    living = session.exec(select(Theme).where(col(Theme.merged_into_id).is_(None))).all()
    for language, name in names.items():
        for theme in living:
            if theme.id != but and getattr(theme, f"name_{language}").casefold() == name.casefold():
                asleep = theme.status == "dormant"
                raise UserError("themes.error.name_asleep" if asleep else "themes.error.name_taken", name=name)


def both(name: str) -> dict[Language, str]:
    """Give one name to both languages."""
    return dict.fromkeys(LANGUAGES, name)


def new_theme(name: str, *, area_id: int | None, aspect_id: int | None, session: Session) -> Theme:
    """Add a theme that a person makes: confirmed from the start.

    Parameters
    ----------
    name : str
        Cleaned and free; for both languages.
    area_id, aspect_id : int or None
    session : Session

    Returns
    -------
    Theme
    """
    key = key_of(name, session.exec(select(Theme.key).where(col(Theme.key).startswith("eigen-"))).all(), start="eigen-")
    # Example data and own data never mix: while the example counts, whatever is made belongs to it.
    example = select(Batch.id).where(col(Batch.is_example), col(Batch.undone_at).is_(None)).limit(1)
    theme = Theme(
        key=key, name_nl=name, name_en=name, area_id=area_id, aspect_id=aspect_id, status="confirmed",
        origin="person", is_example=session.exec(example).first() is not None,
    )  # fmt: skip
    session.add(theme)
    session.flush()
    return theme


def wake(theme: Theme) -> dict[str, Any]:
    """Turn a sleeping entry into a proposal, now that remarks are in it; give what it was, for the event."""
    if theme.status != "dormant":
        return {}
    theme.status = "proposed"
    return {"status": "dormant"}


def teach(theme: Theme, texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Make texts examples of a theme; of too many the newest stay.

    Returns
    -------
    taught, dropped : list of str
        What was added, and what had to go.
    """
    new = [text for text in dict.fromkeys(texts) if text.strip() and text not in theme.examples]
    taught = new[-MOST_EXAMPLES:]
    examples = [*theme.examples, *taught]
    # A new list: the database does not see a change inside the old one.
    theme.examples = examples[-MOST_EXAMPLES:]
    return taught, examples[:-MOST_EXAMPLES]


def relist(theme: Theme, field: str, gone: Iterable[str], added: Iterable[str]) -> list[list[Any]]:
    """Take texts out of a list of a theme and put others at its end; give what went, with its place."""
    present, out = list(getattr(theme, field)), set(gone)
    setattr(theme, field, [*(one for one in present if one not in out), *added])
    return [[at, one] for at, one in enumerate(present) if one in out]


def list_back(theme: Theme, field: str, gone: Iterable[Sequence[Any]], added: Iterable[str]) -> None:
    """Undo `relist`; what came into the list since stays."""
    out = set(added)
    present = [one for one in getattr(theme, field) if one not in out]
    for at, one in gone:
        if one not in present:
            present.insert(at, one)
    setattr(theme, field, present[-MOST_EXAMPLES:] if field == "examples" else present)


def write_down(
    kind: str,
    theme: Theme,
    other: Theme | None = None,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    log: Mapping[str, Any],
    actor: str,
    session: Session,
) -> int:
    """Leave the event that can be undone, and the row in the audit table.

    Parameters
    ----------
    kind : str
    theme, other : Theme
    before, after : mapping
        What undo needs.
    log : mapping
        What the audit table tells besides; never a customer's words.
    actor : str
    session : Session

    Returns
    -------
    int
        Id of the event.
    """
    assert theme.id is not None
    event = ThemeEvent(
        theme_id=theme.id,
        other_id=other.id if other else None,
        kind=kind,
        before=dict(before),
        after=dict(after),
        actor=actor,
    )
    session.add(event)
    telling = [{k: v for k, v in side.items() if k in _TELLING} for side in (before, after)]
    audit.record(
        session=session, actor=actor, act=kind, entity="theme", entity_id=theme.id, before=telling[0],
        after={**telling[1], **log},
    )  # fmt: skip
    session.flush()
    assert event.id is not None
    return event.id
