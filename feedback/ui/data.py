"""The database as pages see it: one engine, and frames kept as long as nothing changed.

Frames are shared by all sessions: treat them as read-only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session

from feedback import starter
from feedback.areas import agreements
from feedback.savings.derived import derived
from feedback.scores import questions
from feedback.settings import settings
from feedback.store import audit, frames, savings_frames
from feedback.store.engine import engine, reading, writing
from feedback.ui.page import Page, report

R = TypeVar("R")
# What acts on themes and remarks never change.
UNTOUCHED = frozenset(
    ("scores", "own_scores", "organisations", "own_organisations", "sessions", "areas", "aspects", "batches")
)


@st.cache_resource(show_spinner=False)
def _ready(_url: str) -> bool:
    starter.ensure(engine())
    return True


def database() -> Engine:
    """Give the engine, with the database migrated and filled with what ships."""
    _ready(settings().database_url)
    return engine()


def version() -> str:
    """Give the name of the present state of the data; changes with every change by anybody."""
    with reading(database()) as session:
        return audit.version(session=session)


@dataclass(frozen=True)
class Snapshot:
    """All frames of one state of the data, each read when first asked for; see `feedback.store.frames` for their shapes."""

    version: str

    def _read(self, load: Callable[..., pd.DataFrame]) -> pd.DataFrame:
        with reading(database()) as session:
            return load(session=session)

    @cached_property
    def remarks(self) -> pd.DataFrame:
        """A row a remark of a customer."""
        return self._read(frames.remarks)

    @cached_property
    def own_remarks(self) -> pd.DataFrame:
        """A row a remark of the SSC's own staff: shown beside those of customers, in no figure of theirs."""
        return self._read(partial(frames.remarks, own=True))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """A row a score of a customer, with whether its question counts; see `scores.questions.marked`."""
        return questions.marked(self._read(frames.scores))

    @cached_property
    def own_scores(self) -> pd.DataFrame:
        """A row a score of the SSC's own staff, likewise."""
        return questions.marked(self._read(partial(frames.scores, own=True)))

    @cached_property
    def themes(self) -> pd.DataFrame:
        """A row a theme, dormant ones included."""
        return self._read(frames.themes)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """A row a service area."""
        return self._read(frames.areas)

    @cached_property
    def aspects(self) -> pd.DataFrame:
        """A row a quality aspect."""
        return self._read(frames.aspects)

    @cached_property
    def ideas(self) -> pd.DataFrame:
        """A row a savings idea."""
        return self._read(savings_frames.ideas)

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """Which remark carries which idea."""
        return self._read(savings_frames.evidence)

    @cached_property
    def told_impacts(self) -> pd.DataFrame:
        """Whom an idea hits, as people voted or typed."""
        return self._read(savings_frames.impacts)

    @cached_property
    def impacts(self) -> pd.DataFrame:
        """Whom an idea hits: as told, and where nobody did, as remarks tell; people: how many are behind the latter, else missing."""
        told, threshold = self.told_impacts, settings().group_threshold
        found = derived(self.evidence, self.remarks, told, self.organisations, threshold)
        both: pd.DataFrame = pd.concat([told, found.astype({"people": "Int64"})], ignore_index=True)
        return both

    @cached_property
    def links(self) -> pd.DataFrame:
        """Which ideas exclude or require each other."""
        return self._read(savings_frames.links)

    @cached_property
    def worth_votes(self) -> pd.DataFrame:
        """What organisations voted that services are worth."""
        return self._read(savings_frames.worth_votes)

    @cached_property
    def customer_time(self) -> pd.DataFrame:
        """What was assumed of customers' time."""
        return self._read(savings_frames.customer_time)

    @cached_property
    def assumptions(self) -> dict[str, float]:
        """The figures that the coordinator set for the whole panel, by key."""
        table = self._read(savings_frames.assumptions)
        return dict(zip(table["key"], table["value"], strict=True))

    @cached_property
    def organisations(self) -> pd.DataFrame:
        """A row a customer organisation."""
        return self._read(frames.organisations)

    @cached_property
    def own_organisations(self) -> pd.DataFrame:
        """A row an organisation that is the SSC itself."""
        return self._read(partial(frames.organisations, own=True))

    @cached_property
    def sessions(self) -> pd.DataFrame:
        """A row a panel session."""
        return self._read(frames.sessions)

    @cached_property
    def batches(self) -> pd.DataFrame:
        """A row an imported file."""
        return self._read(frames.batches)

    @cached_property
    def replies(self) -> pd.DataFrame:
        """A row a reply."""
        return self._read(frames.replies)

    @cached_property
    def agreements(self) -> pd.DataFrame:
        """A row an agreement; see `feedback.areas.agreements`."""
        return self._read(agreements.register)

    @cached_property
    def agreement_values(self) -> pd.DataFrame:
        """A row a measured value of an agreement; see `feedback.areas.agreements`."""
        return self._read(agreements.measured)

    @property
    def has_example(self) -> bool:
        """Whether the example panel is loaded."""
        return bool(self.batches["is_example"].any())

    def theme_names(self, lang: str) -> dict[str, str]:
        """Give the name of every theme by key."""
        return dict(zip(self.themes["theme"], self.themes[f"name_{lang}"], strict=True))

    def area_names(self, lang: str) -> dict[str, str]:
        """Give the name of every service area by key, in the coordinator's order."""
        return dict(zip(self.areas["area"], self.areas[f"name_{lang}"], strict=True))

    def aspect_names(self, lang: str) -> dict[str, str]:
        """Give the name of every aspect by key."""
        return dict(zip(self.aspects["aspect"], self.aspects[f"name_{lang}"], strict=True))


@st.cache_resource(max_entries=2, show_spinner=False)
def _latest(url: str) -> list[Snapshot]:
    return []


@st.cache_resource(max_entries=2, show_spinner=False)
def _snapshot(_url: str, version: str) -> Snapshot:
    made, latest = Snapshot(version), _latest(_url)
    for before in latest[-1:]:
        with reading(database()) as session:
            if audit.only_about(("theme", "remark"), since=before.version, session=session):
                # A correction is seen at once: what it cannot have touched is not read again.
                made.__dict__.update({name: frame for name, frame in vars(before).items() if name in UNTOUCHED})
    latest[:] = [made]
    return made


def snapshot() -> Snapshot:
    """Give all frames as they are now."""
    return _snapshot(settings().database_url, version())


def drop_frames() -> None:
    """Let go of everything that pages keep in memory: after an erasure, no state from before it may be shown or found."""
    st.cache_resource.clear()
    st.cache_data.clear()


def act(page: Page, do: Callable[..., R], /, *args: Any, **kwargs: Any) -> R | None:
    """Do one act on the database in the user's name; tell when it cannot be done.

    Parameters
    ----------
    page : Page
    do : callable
        An act of a capability: takes `session` and `actor` by keyword.
    *args, **kwargs
        Go to the act.

    Returns
    -------
    object or None
        What the act returns; None when it failed, and the person was told.
    """

    def run(session: Session) -> R:
        return do(*args, session=session, actor=page.user.name, **kwargs)

    try:
        with writing(database()) as session:
            return run(session)
    except Exception as error:
        if type(error).__module__.startswith("streamlit.runtime.scriptrunner"):
            raise
        report(page, error)
        return None
