"""A workshop that was held, straight in the tables: who joined, what was said, voted, decided and left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from feedback.i18n import Language
from feedback.replies.states import Subject
from feedback.reports.session_blocks import Report
from feedback.reports.session_told import told
from feedback.room import deciding
from feedback.room.summary import summary
from feedback.store.engine import make_engine, reading, writing
from feedback.store.tables import (
    Ballot,
    Participant,
    Poll,
    Reply,
    RoomRemark,
    RoomTheme,
    SavingsIdea,
    Workshop,
    now,
)
from tests.builders import add_batch, add_member, add_organisation, add_remark, add_session, add_theme, area_id

HELD = dt.date(2026, 3, 17)
LEVELS = ("operationeel", "tactisch", "strategisch")
SAID = (
    "De wifi valt elke ochtend een paar keer weg.",
    "Bij de servicedesk krijg ik snel iemand aan de lijn.",
    "Een nieuwe laptop duurt weken, dat moet korter kunnen.",
    "Ik weet niet bij wie ik moet zijn met een vraag over mijn rooster.",
)


def held(
    engine: Engine,
    *,
    name: str = "Klantpanel maart",
    per_theme: Sequence[int] = (6, 5, 4),
    names: Sequence[str] = ("Wifi op kantoor", "Laptops", "Roosters"),
    text: str = "",
    decided: str = "Wij zetten op elke verdieping een zender erbij.",
    owner: str = "Afdeling netwerk",
    attendance: int | None = 14,
    all_closed: bool = False,
) -> int:
    """Hold a workshop: twelve phones (seven of Elzen, four of Berkum, one that says nothing); give its id."""
    with writing(engine) as session:
        panel = add_session(name, held_on=HELD, session=session, attendance=attendance)
        batch = add_batch(panel, filename="zaal", kind="room", session=session)
        promise = _promise(session)
        workshop = Workshop(
            session_id=panel, batch_id=batch, goal="Weten wat als eerste beter moet.", step="close", opened_at=now(), closed_at=now(),
            questions=["Wat gaat er goed?", "Wat moet als eerste beter?"], steps=[["collect", 20]], languages=["nl", "en"],
            start_replies=[promise],
        )  # fmt: skip
        session.add(workshop)
        session.flush()
        assert workshop.id is not None
        people = _people(workshop.id, session)
        themes = []
        for at, (theme, many) in enumerate(zip(names, per_theme, strict=True)):
            area = area_id(("ict", "ict", "hr")[at % 3], session=session)
            themes.append(add_theme(theme, status="proposed" if at % 2 else "confirmed", area_id=area, session=session))
            session.add(RoomTheme(workshop_id=workshop.id, theme_id=themes[-1], slot=at))
            for number in range(many):
                said = text or f"{SAID[number % len(SAID)]} ({theme} {number + 1})"
                member = people[number % len(people)][1] if number < many - 1 or many < 4 else None
                _say(workshop.id, said, batch, session, member_id=member, theme_id=themes[-1], tone=number % 3)
        _aside(workshop.id, batch, len(names), session)
        _vote(workshop.id, people, themes, session, all_closed=all_closed)
        deciding.decide(
            workshop.id, Subject("theme", themes[0]), "change", text=decided, owner=owner,
            due_on=dt.date.today() + dt.timedelta(days=60), seen=None, session=session, actor="t",
        )  # fmt: skip
        return workshop.id


def _people(workshop_id: int, session: Session) -> list[tuple[int, int]]:
    elzen, berkum = (add_organisation(name, session=session) for name in ("Gemeente Elzen", "Hogeschool Berkum"))
    people = []
    for at in range(12):
        organisation = elzen if at < 7 else berkum if at < 11 else None
        level = LEVELS[at % 2] if at < 11 else None
        member = add_member(f"persoon {at}", organisation_id=organisation, level=level, session=session)
        phone = Participant(
            workshop_id=workshop_id, mark=f"telefoon {at}", member_id=member, organisation_id=organisation, level=level
        )
        session.add(phone)
        session.flush()
        assert phone.id is not None
        people.append((phone.id, member))
    return people


def _promise(session: Session) -> int:
    """Add what was promised earlier, and is under way."""
    theme = add_theme("Wachtwoorden", status="confirmed", session=session)
    reply = Reply(
        theme_id=theme, kind="change", text="Eén wachtwoord voor alles.", owner="ICT", due_on=dt.date(2026, 9, 1)
    )
    session.add(reply)
    session.flush()
    assert reply.id is not None
    return reply.id


def _say(
    workshop_id: int, text: str, batch: int, session: Session, *, member_id: int | None, theme_id: int | None,
    tone: int = 0, state: str = "shown",
) -> int:  # fmt: skip
    remark = add_remark(
        text,
        batch_id=batch,
        member_id=member_id,
        theme_id=theme_id,
        sentiment=("neg", "pos", "neu")[tone],
        session=session,
    )
    session.add(RoomRemark(remark_id=remark, workshop_id=workshop_id, state=state))
    return remark


def _aside(workshop_id: int, batch: int, slot: int, session: Session) -> None:
    """Add what is in no group: a theme of one remark, a parked theme, a parked remark, one that is hidden and one that waits."""
    alone = add_theme("Alleen", session=session)
    parked = add_theme("Geparkeerd thema", status="parked", session=session)
    for at, theme in enumerate((alone, parked)):
        session.add(RoomTheme(workshop_id=workshop_id, theme_id=theme, slot=slot + at))
    _say(workshop_id, "Mag het licht in de gang wat langer aan?", batch, session, member_id=None, theme_id=alone)
    for text in ("Over het salaris praten we later.", "De cao hoort hier niet."):
        _say(workshop_id, text, batch, session, member_id=None, theme_id=parked)
    for state in ("parked", "hidden", "waiting"):
        _say(workshop_id, f"Deze staat op {state}.", batch, session, member_id=None, theme_id=None, state=state)


def _vote(
    workshop_id: int, people: list[tuple[int, int]], themes: list[int], session: Session, *, all_closed: bool
) -> None:
    """Vote on themes with all, on services with seven, on an idea with three, and leave one vote open."""
    idea = SavingsIdea(title="Minder printers", status="confirmed")
    session.add(idea)
    session.flush()

    def poll(kind: str, options: list[str], given: dict[str, int], voters: int, *, closed: bool = True) -> None:
        row = Poll(workshop_id=workshop_id, kind=kind, options=options, closed_at=now() if closed else None)
        session.add(row)
        session.flush()
        for phone, _ in people[:voters]:
            for option, value in given.items():
                session.add(Ballot(poll_id=row.id, participant_id=phone, option=option, value=value))

    poll("dots_themes", [str(theme) for theme in themes], {str(themes[0]): 2, str(themes[-1]): 1}, 12)
    poll("worth", ["ict", "hr"], {"ict": 1, "hr": -1}, 7)
    poll("impact", [str(idea.id)], {str(idea.id): -3}, 3)
    poll("heard", ["heard"], {"heard": 4}, 12, closed=all_closed)


HOSTILE = '=HYPERLINK("http://kwaad.example";"klik") <script>alert(1)</script> \x0b\x1b\ufffe\u202e **vet** {=1+1}'


@contextmanager
def database(file: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{file.as_posix()}")
    try:
        yield engine
    finally:
        engine.dispose()


def report(engine: Engine, language: Language, *, threshold: int = 5, **values: Any) -> Report:
    """Hold a workshop and tell it, on a day that stays the same."""
    workshop_id = held(engine, **values)
    with reading(engine) as session:
        return told(summary(workshop_id, threshold=threshold, session=session), language, made_on=dt.date(2026, 3, 18))
