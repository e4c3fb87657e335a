"""The example panel: loaded through the same pipeline as any file, marked as such, gone in one click."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine, or_
from sqlmodel import Session, col, select

from feedback import annotating, pipeline, starter
from feedback.areas import agreements
from feedback.areas.periods import parse_period, parse_value
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.panel.organisations import set_own
from feedback.replies import acts as replying
from feedback.replies import noticed
from feedback.replies.states import Subject
from feedback.savings import ideas, keeping
from feedback.settings import DATA
from feedback.store import example
from feedback.store.engine import reading, writing
from feedback.store.tables import (
    IDEA_LINKS,
    Assumption,
    Batch,
    CustomerTime,
    Note,
    Organisation,
    PanelSession,
    Remark,
    SavingsIdea,
    ServiceArea,
    Theme,
    WorthVote,
)
from feedback.themes import curation

FOLDER = DATA / "demo"


def load(
    engine: Engine, *, actor: str, folder: Path = FOLDER, progress: annotating.Progress = annotating.silent
) -> None:
    """Load the example panel into an empty one, all of it or nothing.

    Parameters
    ----------
    engine : Engine
    actor : str
    folder : Path
        With demo.yaml and the files it names.
    progress : callable
        See `pipeline.prepare`; runs from 0 to 1 over all files.

    Raises
    ------
    UserError
        When the panel holds anything: example and own data never mix.
    """
    starter.ensure(engine)
    plan = yaml.safe_load((folder / "demo.yaml").read_text(encoding="utf-8"))
    with reading(engine) as session:
        _must_be_empty(session)
        context = pipeline.read_context(session=session)
    understood = []
    for at, entry in enumerate(plan["sessions"]):
        path = folder / entry["file"]
        understood.append(pipeline.understand(path.name, path.read_bytes(), context))
        progress("annotated", (at + 1) / (len(plan["sessions"]) + 1))
    prepared = pipeline.put_in_themes(understood, context)
    with writing(engine) as session:
        batches.one_import_at_a_time(session=session)
        _must_be_empty(session)
        example.loading(session=session, actor=actor)
        for organisation in plan["organisations"]:
            session.add(Organisation(name=organisation["name"], clients=organisation["clients"], is_example=True))
        session.flush()
        for entry, file in zip(plan["sessions"], prepared, strict=True):
            destination = pipeline.Destination(
                name=entry["name"], kind=entry["kind"], held_on=dt.date.fromisoformat(str(entry["date"])),
                question=entry["question"], attendance=entry["attendance"],
            )  # fmt: skip
            pipeline.store_in(file, destination, session=session, actor=actor, is_example=True)
        own = {entry["name"] for entry in plan["sessions"] if entry.get("own_staff")}
        held = session.exec(select(PanelSession.id).where(col(PanelSession.name).in_(own))).all()
        set_own([], [at for at in held if at is not None], session=session, actor=actor)
        _curate(plan["themes"], session=session, actor=actor)
        _add_ideas(plan["ideas"], session=session, actor=actor)
        _add_figures(plan["figures"], session=session, actor=actor)
        _add_replies(plan["replies"], session=session, actor=actor)
        _add_agreements(plan["agreements"], session=session, actor=actor)
    progress("stored", 1.0)


def _must_be_empty(session: Session) -> None:
    if session.exec(select(Batch.id).limit(1)).first() is not None:
        raise UserError("demo.error.not_empty")


def _curate(plan: list[dict[str, str]], *, session: Session, actor: str) -> None:
    ids = {row.key: row.id for row in session.exec(select(Theme)).all()}
    for entry in plan:
        theme_id = ids[entry["theme"]]
        assert theme_id is not None
        if agenda := entry.get("agenda"):
            asked = select(Remark.id).join(Note, col(Remark.note_id) == Note.id).where(Note.question == agenda)
            remarks = [one for one in session.exec(asked).all() if one is not None]
            curation.move(remarks, theme_id, session=session, actor=actor)
        curation.confirm(theme_id, session=session, actor=actor)


def _add_ideas(plan: list[dict[str, Any]], *, session: Session, actor: str) -> None:
    areas = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    names = {row.name: row.id for row in session.exec(select(Organisation)).all()}
    known: dict[str, int] = {}
    for idea in plan:
        carried = [
            Theme.key == idea.get("evidence", ""),
            *(col(Remark.text).contains(words) for words in idea.get("said", ())),
        ]
        about = select(Remark.id).join(Theme, col(Remark.theme_id) == Theme.id, isouter=True).where(or_(*carried))
        idea_id = ideas.add(
            idea["title"], description=idea["description"], area_id=areas[idea["area"]], eur_low=idea["eur_per_year"],
            eur_high=idea["eur_per_year"], one_off_cost=idea["one_off_cost"], effort=idea["effort"], is_example=True,
            remark_ids=[at for at in session.exec(about).all() if at is not None],
            links={(kind, known[title]): True for kind in IDEA_LINKS for title in idea.get(kind, ())},
            session=session, actor=actor,
        )  # fmt: skip
        known[idea["title"]] = idea_id
        impacts = {names[name]: impact for name, impact in idea["impacts"].items()}
        source = idea.get("source", "typed")
        ideas.set_impacts(idea_id, impacts, source=source, session=session, actor=actor)  # type: ignore[arg-type]
        if decided := idea.get("decided"):
            ideas.edit(idea_id, decided, 2 if impacts else 1, session=session, actor=actor)


def _add_figures(plan: dict[str, Any], *, session: Session, actor: str) -> None:
    """Add what the coordinator typed on the savings page: target and price of an hour, votes."""
    areas = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    names = [row.id for row in session.exec(select(Organisation).order_by(col(Organisation.id))).all()]
    told: dict[keeping.Key, Any] = {(key,): {"value": float(value)} for key, value in plan["assumptions"].items()}
    keeping.put(Assumption, told, session=session, actor=actor)
    titles = {row.title: row.id for row in session.exec(select(SavingsIdea)).all()}
    lost: dict[keeping.Key, Any] = {
        (areas[one["area"]], one["kind"]): {
            **{name: one.get(name) for name in ("minutes", "people", "times")}, "idea_id": titles.get(one.get("idea")),
        }
        for one in plan["time"]
    }  # fmt: skip
    keeping.put(CustomerTime, lost, session=session, actor=actor)
    votes: dict[keeping.Key, Any] = {
        (areas[area], organisation, plan["worth"]["date"]): dict(zip(("more", "keep", "less"), counts, strict=True))
        for area, given in plan["worth"]["votes"].items()
        for organisation, counts in zip(names, given, strict=True)
    }
    keeping.put(WorthVote, votes, session=session, actor=actor)


def _add_replies(plan: list[dict[str, Any]], *, session: Session, actor: str) -> None:
    themes = {row.key: row.id for row in session.exec(select(Theme)).all()}
    titles = {row.title: row.id for row in session.exec(select(SavingsIdea)).all()}
    held = {row.name: row.id or 0 for row in session.exec(select(PanelSession)).all()}
    for entry in plan:
        about = Subject("theme", themes[entry["theme"]]) if "theme" in entry else Subject("idea", titles[entry["idea"]])  # type: ignore[arg-type]
        seen = None
        for said in entry["said"]:
            seen = replying.answer(
                about, said["kind"], text=said["text"], reason=said.get("reason", ""), owner=said["owner"],
                due_on=said["due"], answered_on=said["told"], seen=seen, session=session, actor=actor,
            )  # fmt: skip
        for cast in entry.get("votes", ()):
            yes, a_bit, no = cast["noticed"]
            assert seen is not None
            counted = {"yes": yes, "a_bit": a_bit, "no": no}
            noticed.vote(about, held[cast["session"]], **counted, seen=seen, session=session, actor=actor)


def _add_agreements(plan: list[dict[str, Any]], *, session: Session, actor: str) -> None:
    areas = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    themes = {row.key: row.id for row in session.exec(select(Theme)).all()}
    for entry in plan:
        same = {name: entry[name] for name in ("text", "measure", "norm", "unit", "owner", "customer_part")}
        about = {"area_id": areas[entry["area"]], "themes": [themes[key] for key in entry["themes"]]}
        values = {**same, **about, "at_most": entry.get("at_most", False), "review_on": entry["review"]}
        at = agreements.add(values, session=session, actor=actor, is_example=True)
        measured = {
            (at, parse_period(period)): parse_value(value, entry["unit"]) for period, value in entry["values"].items()
        }
        agreements.measure(measured, session=session, actor=actor)
