"""Two people work on the same themes at once, each in a process of their own.

Both succeed or one is told, and nothing is lost.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from feedback.store import frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, Remark, Theme, ThemeEvent
from feedback.themes import acts, curation
from tests.builders import add_batch, add_remark, add_theme, theme_of

ROUNDS = 5
# A person: waits for a line that says what to do, does it, and tells how it went.
PERSON = """
import json, sys
from functools import cache
from feedback.i18n import UserError
from feedback.store.engine import make_engine, writing
from feedback.themes import curation

engine = cache(make_engine)
print("ready", flush=True)
for line in sys.stdin:
    url, act, *args = json.loads(line)
    try:
        with writing(engine(url)) as session:
            getattr(curation, act)(*args, session=session, actor=sys.argv[1])
        print("done", flush=True)
    except UserError as error:
        print(error.key, flush=True)
    except Exception as error:
        print("broken: " + repr(error).replace(chr(10), " "), flush=True)
"""
People = list["subprocess.Popen[str]"]
Act = tuple[Any, ...]


@pytest.fixture(scope="module")
def people() -> Iterator[People]:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", PERSON, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=Path(__file__).resolve().parents[2],
        )
        for name in ("Anna", "Bas")
    ]
    assert [tells(person) for person in both] == ["ready", "ready"]
    yield both
    for person in both:
        person.communicate(timeout=20)


def starts(person: subprocess.Popen[str], engine: Engine, act: Act) -> None:
    assert person.stdin is not None
    person.stdin.write(json.dumps([engine.url.render_as_string(False), *act]) + "\n")
    person.stdin.flush()


def tells(person: subprocess.Popen[str]) -> str:
    assert person.stdout is not None
    return person.stdout.readline().strip()


def at_once(people: People, engine: Engine, first: Act, second: Act) -> list[str]:
    """Let two people act on themes that are held until both stand waiting; give what each was told."""
    with writing(engine) as session:
        acts.locked(themes(engine), session=session)
        for person, act in zip(people, (first, second), strict=True):
            starts(person, engine, act)
        time.sleep(0.1)
    return [tells(person) for person in people]


def pair(engine: Engine, name: str) -> tuple[int, int, list[int]]:
    """Add two themes with three remarks each."""
    with writing(engine) as session:
        batch = add_batch(session=session)
        one, other = (add_theme(f"{name} {at}", session=session) for at in "ab")
        ids = [add_remark(theme_id=at, batch_id=batch, session=session) for at in (one, other) for _ in range(3)]
    return one, other, ids


def themes(engine: Engine) -> dict[int | None, Theme]:
    with reading(engine) as session:
        return {row.id: row for row in session.exec(select(Theme)).all()}


def check_nothing_is_lost(engine: Engine, told: list[str]) -> None:
    """Every remark is in a theme that is shown; every act that was done, and no other, left its event and its row."""
    with reading(engine) as session:
        shown = set(frames.themes(session=session)["theme_id"])
        assert {row.theme_id for row in session.exec(select(Remark)).all()} <= shown
        assert len(session.exec(select(ThemeEvent)).all()) == told.count("done")
        assert len(session.exec(select(Audit)).all()) == told.count("done")
    assert [answer for answer in told if answer.startswith("broken")] == []


def where(engine: Engine, ids: list[int]) -> list[int | None]:
    with reading(engine) as session:
        return theme_of(ids, session=session)


def test_one_renames_what_the_other_merges(fresh_db: Engine, people: People) -> None:
    told: list[str] = []
    for turn in range(ROUNDS):
        one, other, ids = pair(fresh_db, f"Ronde {turn}")
        answers = at_once(people, fresh_db, ("rename", one, f"Hernoemd {turn}"), ("merge", one, other))
        told += answers
        assert answers in (["done", "done"], ["themes.error.merged", "done"])
        row = themes(fresh_db)[one]
        assert (row.status, row.merged_into_id) == ("merged", other)
        assert row.name_nl == (f"Hernoemd {turn}" if answers[0] == "done" else f"Ronde {turn} a")
        assert set(where(fresh_db, ids)) == {other}
    check_nothing_is_lost(fresh_db, told)


def test_both_merge_the_other_way_round(fresh_db: Engine, people: People) -> None:
    told: list[str] = []
    for turn in range(ROUNDS):
        one, other, _ = pair(fresh_db, f"Ronde {turn}")
        answers = at_once(people, fresh_db, ("merge", one, other), ("merge", other, one))
        told += answers
        assert sorted(answers) == ["done", "themes.error.merged"]
    check_nothing_is_lost(fresh_db, told)


def test_one_moves_remarks_out_of_what_the_other_merges(fresh_db: Engine, people: People) -> None:
    told: list[str] = []
    for turn in range(ROUNDS):
        one, other, ids = pair(fresh_db, f"Ronde {turn}")
        third, _, _ = pair(fresh_db, f"Derde {turn}")
        answers = at_once(people, fresh_db, ("move", ids[:2], third), ("merge", one, other))
        told += answers
        assert answers in (["done", "done"], ["themes.error.remarks_moved", "done"])
        assert set(where(fresh_db, ids[:2])) == {third if answers[0] == "done" else other}
        assert set(where(fresh_db, ids[2:])) == {other}
    check_nothing_is_lost(fresh_db, told)


def test_both_give_two_themes_one_name(fresh_db: Engine, people: People) -> None:
    told: list[str] = []
    for turn in range(ROUNDS):
        one, other, _ = pair(fresh_db, f"Ronde {turn}")
        answers = at_once(people, fresh_db, ("rename", one, f"Samen {turn}"), ("rename", other, f"SAMEN {turn}"))
        told += answers
        assert sorted(answers) == ["done", "themes.error.name_taken"]
    check_nothing_is_lost(fresh_db, told)


def test_both_undo_one_merge(fresh_db: Engine, people: People) -> None:
    for turn in range(ROUNDS):
        one, other, ids = pair(fresh_db, f"Ronde {turn}")
        with writing(fresh_db) as session:
            event = curation.merge(one, other, session=session, actor="Anna")
        answers = at_once(people, fresh_db, ("undo", event), ("undo", event))
        assert sorted(answers) == ["done", "themes.error.undone"]
        assert where(fresh_db, ids) == [one] * 3 + [other] * 3
