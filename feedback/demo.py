"""The example panel: loaded through the same pipeline as any file, marked as such, gone in one click."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from feedback import annotating, pipeline, starter
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.replies import acts as replying
from feedback.replies.states import Subject
from feedback.savings import ideas
from feedback.settings import DATA
from feedback.store import example
from feedback.store.engine import reading, writing
from feedback.store.tables import IDEA_LINKS, Batch, Note, Organisation, Remark, SavingsIdea, ServiceArea, Theme
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
        _curate(plan["themes"], session=session, actor=actor)
        _add_ideas(plan["ideas"], session=session, actor=actor)
        _add_replies(plan["replies"], session=session, actor=actor)
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
        idea_id = ideas.add(
            idea["title"], description=idea["description"], area_id=areas[idea["area"]], eur_low=idea["eur_per_year"],
            eur_high=idea["eur_per_year"], one_off_cost=idea["one_off_cost"], effort=idea["effort"], is_example=True,
            links={(kind, known[title]): True for kind in IDEA_LINKS for title in idea.get(kind, ())},
            session=session, actor=actor,
        )  # fmt: skip
        known[idea["title"]] = idea_id
        impacts = {names[name]: impact for name, impact in idea["impacts"].items()}
        ideas.set_impacts(idea_id, impacts, session=session, actor=actor)  # type: ignore[arg-type]


def _add_replies(plan: list[dict[str, Any]], *, session: Session, actor: str) -> None:
    themes = {row.key: row.id for row in session.exec(select(Theme)).all()}
    titles = {row.title: row.id for row in session.exec(select(SavingsIdea)).all()}
    for entry in plan:
        about = Subject("theme", themes[entry["theme"]]) if "theme" in entry else Subject("idea", titles[entry["idea"]])  # type: ignore[arg-type]
        seen = None
        for said in entry["said"]:
            seen = replying.answer(
                about, said["kind"], text=said["text"], reason=said.get("reason", ""), owner=said["owner"],
                due_on=said["due"], answered_on=said["told"], seen=seen, session=session, actor=actor,
            )  # fmt: skip
