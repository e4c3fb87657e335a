"""The states of an answer, the moves between them and what each asks for: the only place that knows."""

from __future__ import annotations

from typing import Literal, NamedTuple

SubjectKind = Literal["theme", "idea"]
OPEN = "open"
# What the panel makes of a promise that was done, when it does not notice: nobody says it in a form.
REOPENED = "reopened"
# Once one of these was said, customers have their answer; under study is a promise of one.
ANSWERS = ("change", "stays", "done")
# From a state to what may be said next. The same again is a new version: another date, a better sentence.
MOVES: dict[str, tuple[str, ...]] = {
    OPEN: ("change", "stays", "study"),
    "study": ("study", "change", "stays"),
    "change": ("change", "done", "stays", "study"),
    "stays": ("stays", "change", "study"),
    "done": ("done", "change", "study", REOPENED),
    REOPENED: ("change", "stays", "study"),
}
# What must be filled in. `due_on` is by kind: by when, when to look again, until when, when it was done.
NEEDS: dict[str, tuple[str, ...]] = {
    "change": ("text", "owner", "due_on"),
    "stays": ("reason", "text", "due_on"),
    "study": ("due_on",),
    "done": ("text", "due_on"),
}
REASONS = ("law", "contract", "money", "technology", "safety", "choice")


class Subject(NamedTuple):
    """What an answer is about: a theme or a savings idea, with its id."""

    kind: SubjectKind
    id: int
