"""The whole schema in one file.

A person who reads it from top to bottom knows what the product remembers: who speaks (organisation, constituency, member), when
(round, panel session), what came in (batch, note, score), what was cut from it (remark), what it is about (service area, aspect,
theme), what could be saved (savings idea), what was answered (reply), and who changed what (theme event, audit).

Keys of service areas and aspects are stable words (`ict`); names are for screens. Nothing that a person wrote is stored unmasked.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Dialect, Index, Text, TypeDecorator, UniqueConstraint
from sqlmodel import Field, SQLModel

LEVELS = ("operationeel", "tactisch", "strategisch")
SESSION_KINDS = ("session", "survey", "interview")
# Kind of a batch that keeps the rows which a later file changed: undone for good, and listed nowhere.
KEPT = "replaced"
SENTIMENTS = ("neg", "neu", "pos", "mixed")
THEME_STATUSES = ("dormant", "proposed", "confirmed", "parked", "merged")
IDEA_LINKS = ("excludes", "requires")
# Whose word goes first.
IMPACT_SOURCES = ("votes", "remarks", "typed")
IDEA_STATUSES = ("spotted", "confirmed", "study", "agreed", "done", "refused")
REPLY_KINDS = ("study", "change", "stays", "done")
# A workshop, from first to last: its steps, what its beamer shows, what the room can vote on, where a remark stands.
STEPS = ("collect", "theme", "weigh", "decide", "close")
SCREENS = ("join", "wall", "themes", "areas", "vote", "regroup", "promises")
POLL_KINDS = ("dots_themes", "dots_ideas", "worth", "impact", "heard")
ROOM_STATES = ("shown", "waiting", "parked", "hidden")


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Aware UTC time on every database; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Bring a moment to UTC on its way in."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give a moment its zone on its way out."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def now() -> dt.datetime:
    """Give the present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def _json(default: type[list[Any]] | type[dict[str, Any]]) -> Any:
    return Field(default_factory=default, sa_column=Column(JSON, nullable=False))


def _long_text(nullable: bool = False) -> Any:
    return Field(default=None if nullable else "", sa_column=Column(Text, nullable=nullable))


def _moment(nullable: bool = False) -> Any:
    if nullable:
        return Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    return Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


# Who speaks -----------------------------------------------------------------------------------------------------------


class Organisation(SQLModel, table=True):
    """A customer organisation of the SSC."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, unique=True)
    clients: int | None = Field(
        default=None, description="Employees served; weighs the pain of a saving. None: unknown."
    )
    is_own: bool = Field(default=False, description="The SSC itself: its people estimate, they are no customers.")
    is_example: bool = False


class Constituency(SQLModel, table=True):
    """The people for whom a member speaks."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    size: int | None = None


class Member(SQLModel, table=True):
    """A person, known by a pseudonym only."""

    id: int | None = Field(default=None, primary_key=True)
    pseudonym: str = Field(
        max_length=64, unique=True, description="Keyed hash of who it is; the key is in the settings."
    )
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    constituency_id: int | None = Field(default=None, foreign_key="constituency.id", index=True)
    level: str | None = Field(default=None, max_length=20)
    is_example: bool = False


class MemberAlias(SQLModel, table=True):
    """What else a file calls a member, beside the column that the pseudonym is made of: a keyed hash, to find them by."""

    __tablename__ = "member_alias"

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    code: str = Field(max_length=64, primary_key=True, index=True)


# When -----------------------------------------------------------------------------------------------------------------


class Round(SQLModel, table=True):
    """One turn of the loop: question, sessions, themes, decisions, letters."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    question: str = _long_text()
    goal: str = _long_text()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_example: bool = False


class PanelSession(SQLModel, table=True):
    """A meeting, survey wave or interview round on a date."""

    __tablename__ = "panel_session"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    kind: str = Field(default="session", max_length=20)
    held_on: dt.date = Field(index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    question: str = _long_text()
    attendance: int | None = Field(default=None, description="People present, where known.")
    is_own: bool = Field(default=False, description="Of the SSC's own staff only.")
    is_example: bool = False


# What came in ---------------------------------------------------------------------------------------------------------


class Batch(SQLModel, table=True):
    """One imported file or pasted text; undone by a mark, never by deleting."""

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="panel_session.id", index=True)
    filename: str = Field(max_length=300)
    sha256: str = Field(max_length=64, index=True)
    kind: str = Field(max_length=10, description="table or notes; replaced: see KEPT")
    rows: int = 0
    language: str = Field(default="nl", max_length=10)
    mapping: dict[str, Any] = _json(dict)
    dropped: list[Any] = _json(list)
    masked: dict[str, Any] = _json(dict)
    created_by: str = Field(default="", max_length=200)
    created_at: dt.datetime = _moment()
    undone_at: dt.datetime | None = _moment(nullable=True)
    is_example: bool = False


class Note(SQLModel, table=True):
    """One answer or paragraph as it came in, personal data masked."""

    __table_args__ = (Index("ix_note_batch_row", "batch_id", "row"),)

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    row: int = Field(description="Row or paragraph in the source, as the person counts them.")
    question: str = Field(default="", max_length=500)
    text: str = _long_text()
    language: str = Field(default="nl", max_length=10)
    is_empty: bool = False
    said_on: dt.date | None = None
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    level: str | None = Field(default=None, max_length=20)
    erased_at: dt.datetime | None = _moment(nullable=True)


class Score(SQLModel, table=True):
    """One answer on a scale: raw value kept, brought to a grade 1-10."""

    __table_args__ = (Index("ix_score_batch_row", "batch_id", "row"),)

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    row: int
    question: str = Field(default="", max_length=500)
    area_id: int | None = Field(default=None, foreign_key="service_area.id", index=True)
    raw: str = Field(default="", max_length=100)
    scale_low: float = 1
    scale_high: float = 10
    grade: float = Field(description="1-10, 10 is best.")
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    level: str | None = Field(default=None, max_length=20)
    said_on: dt.date | None = None


# What it is about -----------------------------------------------------------------------------------------------------


class ServiceArea(SQLModel, table=True):
    """A service of the SSC; the coordinator's own list."""

    __tablename__ = "service_area"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=60, unique=True)
    name_nl: str = Field(max_length=200)
    name_en: str = Field(max_length=200)
    keywords: list[str] = _json(list)
    owner: str = Field(default="", max_length=200)
    position: int = 0
    is_active: bool = True
    version: int = 1


class Aspect(SQLModel, table=True):
    """A quality aspect: the second axis."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=60, unique=True)
    name_nl: str = Field(max_length=200)
    name_en: str = Field(max_length=200)
    keywords: list[str] = _json(list)
    position: int = 0


class Theme(SQLModel, table=True):
    """An entry of the codebook; a proposal until a person confirms it."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=100, unique=True)
    name_nl: str = Field(max_length=200)
    name_en: str = Field(max_length=200)
    description_nl: str = _long_text()
    description_en: str = _long_text()
    area_id: int | None = Field(default=None, foreign_key="service_area.id", index=True)
    aspect_id: int | None = Field(default=None, foreign_key="aspect.id")
    keywords: list[str] = _json(list)
    examples: list[str] = _json(list)
    status: str = Field(default="dormant", max_length=20, index=True)
    origin: str = Field(default="starter", max_length=20, description="starter, found or person")
    owner: str = Field(default="", max_length=200)
    merged_into_id: int | None = Field(default=None, foreign_key="theme.id", index=True)
    created_at: dt.datetime = _moment()
    version: int = 1
    is_example: bool = False


class Remark(SQLModel, table=True):
    """One statement cut from a note: the unit that gets a theme, a service area, a sentiment."""

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="note.id", index=True)
    position: int = 0
    text: str = _long_text()
    language: str = Field(default="nl", max_length=10)
    sentiment: str = Field(default="neu", max_length=10)
    sentiment_words: list[str] = _json(list)
    area_id: int | None = Field(default=None, foreign_key="service_area.id", index=True)
    area2_id: int | None = Field(default=None, foreign_key="service_area.id")
    aspect_id: int | None = Field(default=None, foreign_key="aspect.id")
    area_by: str = Field(default="model", max_length=10, description="model, file or person")
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True)
    strength: float = Field(default=0.0, description="How well the theme fits, 0..1.")
    placed_by: str = Field(default="model", max_length=10, description="model or person")
    words: list[str] = _json(list)
    is_saving: bool = False
    saving_eur: float | None = None
    is_handover: bool = False


class ThemeEvent(SQLModel, table=True):
    """What a person did to a theme, with what is needed to undo it."""

    __tablename__ = "theme_event"

    id: int | None = Field(default=None, primary_key=True)
    theme_id: int = Field(foreign_key="theme.id", index=True)
    other_id: int | None = Field(default=None, foreign_key="theme.id")
    kind: str = Field(max_length=20, description="rename, merge, split, move, confirm, park, reopen, edit")
    before: dict[str, Any] = _json(dict)
    after: dict[str, Any] = _json(dict)
    actor: str = Field(default="", max_length=200)
    at: dt.datetime = _moment()
    undone_at: dt.datetime | None = _moment(nullable=True)


# What could be saved, what was answered ---------------------------------------------------------------------------------


class SavingsIdea(SQLModel, table=True):
    """A way to spend less: euro a year, cost, effort, and whom it hits."""

    __tablename__ = "savings_idea"

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=300)
    description: str = _long_text()
    area_id: int | None = Field(default=None, foreign_key="service_area.id", index=True)
    eur_low: float | None = Field(default=None, description="Euro a year, at least.")
    eur_high: float | None = Field(default=None, description="Euro a year, at most.")
    one_off_cost: float | None = None
    effort: int | None = Field(default=None, description="1 (a day) .. 5 (a programme).")
    owner: str = Field(default="", max_length=200)
    status: str = Field(default="spotted", max_length=20, index=True)
    eur_agreed: float | None = Field(default=None, description="Euro a year that was agreed on.")
    eur_realised: float | None = Field(default=None, description="Euro a year that came of it.")
    taken_on: dt.date | None = Field(default=None, description="From when customers can feel it. None: not taken.")
    created_at: dt.datetime = _moment()
    version: int = 1
    is_example: bool = False


class SavingsEvidence(SQLModel, table=True):
    """A remark that carries a savings idea."""

    __tablename__ = "savings_evidence"

    idea_id: int = Field(foreign_key="savings_idea.id", primary_key=True)
    remark_id: int = Field(foreign_key="remark.id", primary_key=True)


class SavingsImpact(SQLModel, table=True):
    """What an idea does to one organisation: -5 (hurts) .. +5 (helps)."""

    __tablename__ = "savings_impact"

    idea_id: int = Field(foreign_key="savings_idea.id", primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    impact: float
    source: str = Field(default="typed", max_length=20, description="typed, votes or remarks")


class SavingsLink(SQLModel, table=True):
    """How two ideas stand to each other: they cannot both be done (excludes) or somebody said that they are not the
    same (differs), both stored once, lowest id first; or one needs the other (requires)."""

    __tablename__ = "savings_link"

    idea_id: int = Field(foreign_key="savings_idea.id", primary_key=True)
    other_id: int = Field(foreign_key="savings_idea.id", primary_key=True)
    kind: str = Field(max_length=20, primary_key=True, description="excludes, requires or differs")


class WorthVote(SQLModel, table=True):
    """How an organisation voted on a service on a day: worth more, keep it so, or it can be less."""

    __tablename__ = "worth_vote"
    __table_args__ = (UniqueConstraint("area_id", "organisation_id", "asked_on", name="uq_worth_vote"),)

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="service_area.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    asked_on: dt.date
    more: int = 0
    keep: int = 0
    less: int = 0
    is_example: bool = False


class CustomerTime(SQLModel, table=True):
    """What searching, waiting or doing twice costs customers in a service a year, as far as somebody assumed it."""

    __tablename__ = "customer_time"

    area_id: int = Field(foreign_key="service_area.id", primary_key=True)
    kind: str = Field(max_length=10, primary_key=True, description="search, wait or twice")
    minutes: float | None = Field(default=None, description="Of one person, one time.")
    people: int | None = None
    times: float | None = Field(default=None, description="Of one person, a year.")
    idea_id: int | None = Field(default=None, foreign_key="savings_idea.id", description="The idea it is set against.")
    is_example: bool = False


class Assumption(SQLModel, table=True):
    """A figure that the coordinator sets for the whole panel: the savings target, the price of an hour."""

    key: str = Field(max_length=40, primary_key=True)
    value: float
    is_example: bool = False


class Reply(SQLModel, table=True):
    """One version of what was answered: under study, we change it, it stays because, done, or reopened by the panel.

    The newest that was not undone counts.
    """

    id: int | None = Field(default=None, primary_key=True)
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True)
    idea_id: int | None = Field(default=None, foreign_key="savings_idea.id", index=True)
    kind: str = Field(max_length=20)
    text: str = _long_text()
    reason: str = Field(default="", max_length=60)
    audience: str = Field(default="", max_length=20)
    owner: str = Field(default="", max_length=200)
    due_on: dt.date | None = Field(
        default=None, description="By kind: until when, by when, when to look again, when it was done."
    )
    answered_on: dt.date | None = Field(default=None, description="When customers heard it. None: when it was typed.")
    actor: str = Field(default="", max_length=200)
    created_at: dt.datetime = _moment()
    sent_at: dt.datetime | None = _moment(nullable=True)
    undone_at: dt.datetime | None = _moment(nullable=True)
    version: int = 1


class NoticedVote(SQLModel, table=True):
    """How a session answered "merkt u het?" of a promise that was done, as typed totals; a clear no opens the answer again."""

    __tablename__ = "noticed_vote"

    id: int | None = Field(default=None, primary_key=True)
    reply_id: int = Field(foreign_key="reply.id", index=True, description="The reply that says it is done.")
    session_id: int = Field(foreign_key="panel_session.id", index=True)
    yes: int = 0
    a_bit: int = 0
    no: int = 0
    reopened_id: int | None = Field(default=None, foreign_key="reply.id", description="The reply a clear no added.")
    actor: str = Field(default="", max_length=200)
    created_at: dt.datetime = _moment()
    undone_at: dt.datetime | None = _moment(nullable=True)


# What may not come back, what came in by itself ---------------------------------------------------------------------------


class Forgotten(SQLModel, table=True):
    """What was erased, so that a later file does not bring it back: a keyed hash of it, which tells nobody who it is."""

    mark: str = Field(max_length=64, primary_key=True)
    kind: str = Field(max_length=10, description="person, alias, text or words")
    size: int = Field(default=0, description="How many words a hidden row of words has.")
    together: str = Field(default="", max_length=32, description="Drawn by lot: the same for all marks of one person.")
    created_at: dt.datetime = _moment()


class Received(SQLModel, table=True):
    """A note that came in over HTTP, by a keyed hash of the id that its sender gave it: sent again, it is there already."""

    mark: str = Field(max_length=64, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    at: dt.datetime = _moment()


# In the room -------------------------------------------------------------------------------------------------------------


class Workshop(SQLModel, table=True):
    """A panel session that is held live: what it is for, and where it stands, so that every screen follows the same row."""

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="panel_session.id", unique=True)
    batch_id: int | None = Field(default=None, foreign_key="batch.id", description="Where its remarks are stored.")
    goal: str = _long_text()
    questions: list[str] = _json(list)
    steps: list[list[Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False), description="[step, minutes]"
    )
    languages: list[str] = _json(list)
    is_pseudonymous: bool = Field(
        default=False, description="Whether people may say a code by which they are known again."
    )
    is_moderated: bool = Field(
        default=False, description="Whether a remark waits for the facilitator before it is shown."
    )
    start_themes: list[int] = _json(list)
    start_replies: list[int] = _json(list)
    code: str | None = Field(
        default=None, max_length=10, unique=True, description="Of the room while it is open, and after."
    )
    opened_at: dt.datetime | None = _moment(nullable=True)
    expires_at: dt.datetime | None = _moment(nullable=True)
    closed_at: dt.datetime | None = _moment(nullable=True)
    step: str = Field(default="collect", max_length=20)
    step_at: dt.datetime | None = _moment(nullable=True)
    screen: str = Field(default="join", max_length=20)
    question: int = Field(default=0, description="Which of the questions is being asked.")
    page: int = Field(default=0, description="How far the screen was turned.")
    focus_id: int | None = Field(default=None, foreign_key="theme.id", description="The theme that fills the screen.")
    poll_id: int | None = Field(default=None, description="The poll on the screen and the phones.")
    quotes: bool = True
    frozen_at: int | None = Field(default=None, description="Highest remark that a frozen screen shows.")
    is_rehearsal: bool = False
    created_at: dt.datetime = _moment()
    version: int = 1
    is_example: bool = False


class RoomTheme(SQLModel, table=True):
    """A theme of a room and its place there: once it is a group, place and colour stay, whatever comes."""

    __tablename__ = "room_theme"

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    theme_id: int = Field(foreign_key="theme.id", primary_key=True)
    slot: int


class RoomRemark(SQLModel, table=True):
    """Where a remark of a room stands: on the screen or not."""

    __tablename__ = "room_remark"

    remark_id: int = Field(foreign_key="remark.id", primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    state: str = Field(default="shown", max_length=10, description="See ROOM_STATES.")
    is_pinned: bool = False
    said_at: dt.datetime = _moment()


class RoomAct(SQLModel, table=True):
    """What the facilitator did, with what is needed to take it back."""

    __tablename__ = "room_act"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    kind: str = Field(max_length=20)
    before: dict[str, Any] = _json(dict)
    events: list[int] = _json(list)
    actor: str = Field(default="", max_length=200)
    at: dt.datetime = _moment()
    undone_at: dt.datetime | None = _moment(nullable=True)


class Regrouping(SQLModel, table=True):
    """A proposed fresh look at the themes of a room: nothing moves before the facilitator says so."""

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    moves: list[list[Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False),
        description="[remark, theme now or None, theme then or None, key of the new entry or '']",
    )  # fmt: skip
    entries: dict[str, Any] = _json(dict)
    at: dt.datetime = _moment()
    accepted: bool | None = None


class Participant(SQLModel, table=True):
    """A phone in a room: a keyed hash of the one cookie that it has."""

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    mark: str = Field(max_length=64, unique=True)
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    level: str | None = Field(default=None, max_length=20)
    joined_at: dt.datetime = _moment()


class Poll(SQLModel, table=True):
    """A vote of the room; its result is seen only once somebody shows it."""

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    kind: str = Field(max_length=20)
    options: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False),
        description="Ids of themes or ideas, keys of service areas; one empty for a question without.",
    )  # fmt: skip
    dots: int = Field(default=3, description="Votes each person may give, where these are counted.")
    opened_at: dt.datetime = _moment()
    closed_at: dt.datetime | None = _moment(nullable=True)
    shown_at: dt.datetime | None = _moment(nullable=True)
    kept_at: dt.datetime | None = _moment(nullable=True)


class Ballot(SQLModel, table=True):
    """What one person gave one option of a poll: dots, -1 less .. +1 more, -5..+5, or 1-5."""

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
    option: str = Field(max_length=60, primary_key=True)
    value: int


class RoomDecision(SQLModel, table=True):
    """An answer that was given in a room."""

    __tablename__ = "room_decision"

    workshop_id: int = Field(foreign_key="workshop.id", primary_key=True)
    reply_id: int = Field(foreign_key="reply.id", primary_key=True)


# What was agreed -------------------------------------------------------------------------------------------------------


class Agreement(SQLModel, table=True):
    """What the SSC agreed to deliver (SLA): a norm that can be measured, and what the customer does in return."""

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="service_area.id", index=True)
    text: str = _long_text()
    customer_part: str = _long_text()
    measure: str = Field(default="", max_length=300, description="What is counted, and how.")
    norm: float | None = None
    unit: str = Field(default="", max_length=20)
    at_most: bool = Field(default=False, description="Whether the norm is the most allowed; else the least.")
    themes: list[int] = _json(list)
    owner: str = Field(default="", max_length=200)
    review_on: dt.date | None = None
    ended_at: dt.datetime | None = _moment(nullable=True)
    created_at: dt.datetime = _moment()
    version: int = 1
    is_example: bool = False


class AgreementValue(SQLModel, table=True):
    """What was measured of an agreement over a period."""

    __tablename__ = "agreement_value"

    agreement_id: int = Field(foreign_key="agreement.id", primary_key=True)
    starts_on: dt.date = Field(primary_key=True)
    ends_on: dt.date = Field(primary_key=True)
    value: float
    source: str = Field(default="typed", max_length=20, description="typed or file")


# Who changed what -----------------------------------------------------------------------------------------------------


class Audit(SQLModel, table=True):
    """One change by a person (or by an import in a person's name). Its highest id is the version of the data."""

    # Never give an id again: the frames that pages keep are named after it.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = _moment()
    actor: str = Field(default="", max_length=200)
    act: str = Field(max_length=60)
    entity: str = Field(max_length=60)
    entity_id: int | None = None
    before: dict[str, Any] = _json(dict)
    after: dict[str, Any] = _json(dict)
