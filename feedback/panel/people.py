"""Pseudonyms, and the rows of organisations and members that an import needs."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session, col, select

from feedback.i18n import sort_key
from feedback.store.tables import Member, MemberAlias, Organisation

# A respondent's number: no name, address or staff code of more than a few letters.
SERIAL = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d{1,9}")


def pseudonym(person: str, *, key: str) -> str:
    """Give the name under which a person is known here.

    Parameters
    ----------
    person : str
        What the file calls the person: a name, an address, a code.
    key : str
        The installation's secret (settings); without it nobody can try names until one fits.

    Returns
    -------
    str
        24 hexadecimal characters: HMAC-SHA-256 (RFC 2104) of the folded text, cut to 96 bits.
    """
    folded = " ".join(sort_key(person).split())
    return hmac.new(key.encode(), folded.encode(), hashlib.sha256).hexdigest()[:24]


def code(person: str, *, numbers_of: str, key: str) -> str:
    """Give the pseudonym of what a file calls a person (see `speakers`)."""
    numbered = numbers_of and SERIAL.fullmatch(person.strip())
    return pseudonym(f"{numbers_of} {person}" if numbered else person, key=key)


def organisations_by_name(names: Iterable[str], *, session: Session, is_example: bool = False) -> dict[str, int]:
    """Find organisations by name, whatever their capitals and accents; make those that are new.

    Parameters
    ----------
    names : iterable of str
    session : Session
    is_example : bool
        Whether new ones belong to the example panel.

    Returns
    -------
    dict of str to int
        Each given name to the id of its row.
    """
    known = {sort_key(row.name): row.id for row in session.exec(select(Organisation)).all()}
    found: dict[str, int] = {}
    for name in dict.fromkeys(names):
        folded = sort_key(name)
        if folded not in known:
            row = Organisation(name=name[:200], is_example=is_example)
            session.add(row)
            session.flush()
            known[folded] = row.id
        found[name] = known[folded]  # type: ignore[assignment]
    return found


def members_by_pseudonym(
    people: Mapping[str, tuple[int | None, str | None]], *, session: Session, is_example: bool = False
) -> dict[str, int]:
    """Find members by pseudonym; make those that are new.

    Parameters
    ----------
    people : mapping of str to (int or None, str or None)
        Pseudonym to organisation id and level as the file has them; known members keep what they have, gaps are filled.
    session : Session
    is_example : bool
        Whether new ones belong to the example panel.

    Returns
    -------
    dict of str to int
        Pseudonym to the id of its row.
    """
    rows = {row.pseudonym: row for row in session.exec(select(Member)).all() if row.pseudonym in people}
    for name, (organisation_id, level) in people.items():
        row = rows.get(name)
        if row is None:
            row = rows[name] = Member(
                pseudonym=name, organisation_id=organisation_id, level=level, is_example=is_example
            )
            session.add(row)
        else:
            row.organisation_id = row.organisation_id or organisation_id
            row.level = row.level or level
    session.flush()
    return {name: row.id for name, row in rows.items()}  # type: ignore[misc]


class Contribution(Protocol):
    """What of a note or score tells who gave it."""

    @property
    def person(self) -> str | None:
        """What the file calls the person."""

    @property
    def organisation(self) -> str | None:
        """Name of the organisation."""

    @property
    def level(self) -> str | None:
        """Key of the level."""


@dataclass(frozen=True)
class Speakers:
    """The rows of everybody who speaks in a file, by what the file calls them."""

    organisations: dict[str, int]
    members: dict[str, int]

    def organisation_id(self, name: str | None) -> int | None:
        """Give the organisation's row, None where the file names none."""
        return self.organisations.get(name) if name else None

    def member_id(self, person: str | None) -> int | None:
        """Give the member's row, None where the file names nobody."""
        return self.members.get(person) if person else None


def speakers(
    contributions: Iterable[Contribution],
    *,
    key: str,
    session: Session,
    is_example: bool = False,
    numbers_of: str = "",
) -> Speakers:
    """Find or make the organisations and members who speak in a file.

    Parameters
    ----------
    contributions : iterable of Contribution
        Notes and scores.
    key : str
        Key of the pseudonyms.
    session : Session
    is_example : bool
        Whether new rows belong to the example panel.
    numbers_of : str
        Where respondents are only numbered: what they are numbered in. R12 of this year's survey is not R12 of last year's.

    Returns
    -------
    Speakers
    """
    first: dict[str, tuple[str | None, str | None]] = {}
    names: dict[str, None] = {}
    for given in contributions:
        if given.organisation:
            names[given.organisation] = None
        if given.person:
            organisation, level = first.get(given.person, (None, None))
            first[given.person] = (organisation or given.organisation, level or given.level)
    organisations = organisations_by_name(names, session=session, is_example=is_example)
    hidden = {person: code(person, numbers_of=numbers_of, key=key) for person in first}
    rows = {
        hidden[person]: (organisations[organisation] if organisation else None, level)
        for person, (organisation, level) in first.items()
    }
    members = members_by_pseudonym(rows, session=session, is_example=is_example)
    return Speakers(organisations, {person: members[name] for person, name in hidden.items()})


def keep_aliases(
    also_called: Iterable[tuple[str, str]], speakers: Speakers, *, key: str, session: Session, numbers_of: str = ""
) -> None:
    """Keep by what else a file calls its members, so that any of it finds them when they ask to be forgotten.

    Parameters
    ----------
    also_called : iterable of (str, str)
        See `intake.model.Taken`; whoever does not speak is passed over.
    speakers : Speakers
    key : str
        Of the pseudonyms.
    session : Session
    numbers_of : str
        See `speakers`.
    """
    found = {
        (member_id, code(alias, numbers_of=numbers_of, key=key))
        for person, alias in also_called
        if (member_id := speakers.member_id(person)) is not None
    }
    members = speakers.members.values()
    known = session.exec(
        select(MemberAlias.member_id, MemberAlias.code).where(col(MemberAlias.member_id).in_(members))
    ).all()
    session.add_all([MemberAlias(member_id=one, code=name) for one, name in found - {tuple(row) for row in known}])
    session.flush()
