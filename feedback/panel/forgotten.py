"""The list of what was erased, so that no later file brings it back.

Kept under the duty to honour the erasure (GDPR, articles 17 and 19): without it the same file, uploaded again, undoes it.
It holds keyed hashes only, of another kind than the pseudonyms, so that it cannot be laid beside an old backup.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sqlmodel import Session, col, delete, select

from feedback.store import audit
from feedback.store.tables import Forgotten
from feedback.text.passages import grams_of

# Shorter answers ("Alles gaat goed zo") many people give: they would keep others out.
LONG_ENOUGH = 6


@dataclass(frozen=True)
class Remembered:
    """What was erased.

    Attributes
    ----------
    marks : frozenset of str
        Of people, answers and words.
    sizes : frozenset of int
        How many words the hidden rows of words have.
    key : str
        Of the pseudonyms.
    """

    marks: frozenset[str] = frozenset()
    sizes: frozenset[int] = frozenset()
    key: str = field(default="", repr=False)

    @cached_property
    def _seen(self) -> dict[tuple[str, ...], bool]:
        return {}

    def person(self, pseudonym: str | None) -> bool:
        """Tell whether somebody was erased."""
        return bool(pseudonym and self.marks) and mark("person", str(pseudonym), key=self.key) in self.marks

    def alias(self, code: str) -> bool:
        """Tell whether somebody whom a file calls this too was erased, and nobody else was known by it."""
        return bool(self.marks) and mark("alias", code, key=self.key) in self.marks

    def text(self, text: str) -> bool:
        """Tell whether an answer was erased, whoever gave it."""
        words = grams_of(text) if self.marks else ()
        return len(words) >= LONG_ENOUGH and mark("text", " ".join(words), key=self.key) in self.marks

    def hidden(self, words: tuple[str, ...]) -> bool:
        """Tell whether a row of words was hidden everywhere."""
        if words not in self._seen:
            self._seen[words] = mark("words", " ".join(words), key=self.key) in self.marks
        return self._seen[words]


def mark(kind: str, text: str, *, key: str) -> str:
    """Give the keyed hash (HMAC-SHA-256, RFC 2104) under which something is remembered.

    Parameters
    ----------
    kind : {"person", "alias", "text", "words"}
    text : str
        A pseudonym or the code of an alias; the folded words of an answer; the folded words that are hidden.
    key : str

    Returns
    -------
    str
        64 hexadecimal characters.
    """
    return hmac.new(key.encode(), f"forgotten {kind}: {text}".encode(), hashlib.sha256).hexdigest()


def remembered(*, key: str, session: Session) -> Remembered:
    """Read the list.

    Parameters
    ----------
    key : str
        Of the pseudonyms.
    session : Session

    Returns
    -------
    Remembered
    """
    rows = session.exec(select(Forgotten.mark, Forgotten.size)).all()
    return Remembered(frozenset(one for one, _ in rows), frozenset(size for _, size in rows if size), key)


def remember(
    *,
    people: Iterable[str] = (),
    aliases: Iterable[str] = (),
    texts: Iterable[str] = (),
    words: Iterable[tuple[str, ...]] = (),
    key: str,
    session: Session,
) -> None:
    """Put a person (pseudonyms), answers and rows of words on the list.

    Parameters
    ----------
    people : iterable of str
        All pseudonyms of one person.
    aliases : iterable of str
        Codes by which a row is theirs, whatever else it calls them.
    texts : iterable of str
        Answers of fewer than `LONG_ENOUGH` words are passed over.
    words : iterable of tuple of str
        Folded.
    key : str
    session : Session
    """
    rows = {mark("person", one, key=key): ("person", 0) for one in people}
    rows |= {mark("alias", one, key=key): ("alias", 0) for one in aliases}
    lot = secrets.token_hex(16)
    for said in map(grams_of, texts):
        if len(said) >= LONG_ENOUGH:
            rows[mark("text", " ".join(said), key=key)] = ("text", 0)
    rows |= {mark("words", " ".join(one), key=key): ("words", len(one)) for one in words}
    for known in session.exec(select(Forgotten.mark).where(col(Forgotten.mark).in_(rows))).all():
        del rows[known]
    session.add_all(
        [
            Forgotten(mark=one, kind=kind, size=size, together=lot if kind in ("person", "alias") else "")
            for one, (kind, size) in rows.items()
        ]
    )
    session.flush()


def admit(pseudonyms: Iterable[str], *, key: str, session: Session, actor: str) -> bool:
    """Take somebody off the list who takes part again; what was erased does not come back.

    Parameters
    ----------
    pseudonyms : iterable of str
    key : str
    session : Session
    actor : str

    Returns
    -------
    bool
        Whether somebody was on it.
    """
    marks = [mark(kind, one, key=key) for one in pseudonyms for kind in ("person", "alias")]
    lots = session.exec(
        select(Forgotten.together).where(col(Forgotten.mark).in_(marks), Forgotten.together != "")
    ).all()
    theirs = col(Forgotten.mark).in_(marks) | col(Forgotten.together).in_(lots)
    done = session.connection().execute(delete(Forgotten).where(theirs))
    if done.rowcount:
        audit.record(session=session, actor=actor, act="admit person", entity="panel")
    return bool(done.rowcount)
