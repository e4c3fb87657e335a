"""Parts of the upload page: from a file in the hand to something that can be looked at and stored."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePath
from typing import Any, cast

import streamlit as st

from feedback import annotating, pipeline
from feedback.i18n import UserError, number
from feedback.i18n import day as write_day
from feedback.intake import batches
from feedback.intake.dates import parse_day
from feedback.intake.model import Mapping, Source
from feedback.intake.read import read
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.store.tables import SESSION_KINDS
from feedback.ui.data import Snapshot, database
from feedback.ui.page import Page, escape, reporting
from feedback.ui.upload_source import HELD, READ, REFUSED, Incoming

DONE = "upload.done"
# How far the work is when a step begins, and the share of it that the step is.
SHARES: dict[annotating.Step, tuple[float, float]] = {
    "read": (0.0, 0.1), "masked": (0.1, 0.2), "annotated": (0.3, 0.35), "themed": (0.65, 0.3), "stored": (0.95, 0.05),
}  # fmt: skip
_DAY = re.compile(
    r"(?<!\d)(20\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)|(?<!\d)([0-3]?\d)[-_. ]([01]?\d)[-_. ](20\d\d)(?!\d)"
)
_SURVEY = re.compile(r"enqu[eê]te|survey|tevredenheid|satisfaction|onderzoek", re.IGNORECASE)


def understand(page: Page, data: Snapshot, waiting: list[Incoming]) -> tuple[Incoming, Source, Mapping | None] | None:
    """Read the first file that can be read, and guess its columns; tell why the ones before it cannot.

    Parameters
    ----------
    page : Page
    data : Snapshot
    waiting : list of Incoming

    Returns
    -------
    (Incoming, Source, Mapping or None) or None
        Notes have no columns; None when there is no file, or all were refused.
    """
    refused = st.session_state.setdefault(REFUSED, {})
    for incoming in waiting:
        held = st.session_state.get(READ)
        if held and held[0] == incoming.key:
            return incoming, *cast(tuple[Source, Mapping | None], held[1])
        with reporting(page):
            if incoming.key in refused:
                raise refused[incoming.key]
            try:
                with st.spinner(page.t("upload.working")):
                    understood = _read(data, incoming)
            except UserError as error:
                if error.key.startswith("intake."):
                    refused[incoming.key] = error
                raise
            st.session_state[READ] = incoming.key, understood
            return incoming, *understood
    return None


def _read(data: Snapshot, incoming: Incoming) -> tuple[Source, Mapping | None]:
    source = read(incoming.filename, incoming.data, max_mb=settings().max_upload_mb)
    with reading(database()) as session:
        context = pipeline.read_context(session=session)
        # The example is removed when own data are stored, so a copy of its files is no copy then.
        if not data.has_example:
            batches.must_be_new(source, session=session)
    return source, context.mapping_of(source.table) if source.table else None


class Progress:
    """Shows how far the work is, and goes when it is done; call it as `annotating.Progress`.

    Parameters
    ----------
    page : Page
    rows : int
        Of the file, to tell how many are done; 0 where they are not counted.
    """

    def __init__(self, page: Page, rows: int = 0) -> None:
        self.page, self.rows = page, rows

    def __enter__(self) -> Progress:
        self.bar = st.progress(0.0, self.page.t("upload.working"))
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.empty()

    def __call__(self, step: annotating.Step, share: float) -> None:
        """Show a step and the share of it that is done."""
        start, size = SHARES[step]
        told = self.page.t(f"upload.progress_{step}")
        if self.rows and step == "annotated":
            done, rows = (number(n, self.page.lang) for n in (int(self.rows * share), self.rows))
            told = self.page.t("upload.progress_rows", step=told, done=done, rows=rows)
        self.bar.progress(min(start + size * share, 1.0), told)


def prepare(
    page: Page, incoming: Incoming, mapping: Mapping | None, *, whole: bool = False
) -> pipeline.Prepared | None:
    """Do everything but store, with progress; once for a file and its columns.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    mapping : Mapping or None
    whole : bool
        See `pipeline.prepare`.

    Returns
    -------
    Prepared or None
        None when it was refused, and the person was told why.
    """
    held: tuple[Any, pipeline.Prepared] | None = st.session_state.get(HELD)
    if held and held[0] == (incoming.key, mapping, whole):
        return held[1]
    st.session_state.pop(HELD, None)
    read_already = st.session_state.get(READ)
    table = read_already[1][0].table if read_already and read_already[0] == incoming.key else None
    with reporting(page), Progress(page, len(table.rows) if table else 0) as progress:
        prepared = pipeline.prepare(
            incoming.filename, incoming.data, engine=database(), mapping=mapping, whole=whole, progress=progress
        )
        pipeline.must_hold_something(prepared)
        st.session_state[HELD] = (incoming.key, mapping, whole), prepared
        return prepared
    return None


def session_day(prepared: pipeline.Prepared) -> tuple[dt.date, str]:
    """Find the day of the panel session.

    Parameters
    ----------
    prepared : Prepared

    Returns
    -------
    day : date
    where : {"found", "named", "today"}
        In the file, in its name, or nowhere.
    """
    days = [note.said_on for note in prepared.taken.notes if note.said_on]
    if prepared.taken.held_on or days:
        return prepared.taken.held_on or max(days), "found"
    if match := _DAY.search(PurePath(prepared.source.filename).stem):
        year, month, day = match.groups()[:3] if match[1] else match.groups()[:2:-1]
        try:
            return parse_day(f"{year}-{int(month):02}-{int(day):02}") or dt.date.today(), "named"
        except ValueError:
            pass
    return dt.date.today(), "today"


def destination(page: Page, data: Snapshot, incoming: Incoming, prepared: pipeline.Prepared) -> pipeline.Destination:
    """Ask which panel session a file belongs to.

    Parameters
    ----------
    page : Page
    data : Snapshot
    incoming : Incoming
    prepared : Prepared

    Returns
    -------
    Destination
    """
    t, key = page.t, incoming.key
    again = prepared.again
    if again or st.session_state.get(f"upload.whole.{key}"):
        st.toggle(t("upload.whole"), key=f"upload.whole.{key}")
    if again:
        st.info(escape(t("upload.again", file=again.filename, **again.counts)), icon=":material/difference:")
        if again.missing:
            st.caption(t("upload.again_missing", missing=again.missing))
        return pipeline.Destination(session_id=again.session_id)
    # The sessions of the example disappear when own data are stored.
    sessions = {} if data.has_example else dict(zip(data.sessions["session_id"], data.sessions["session"], strict=True))
    if sessions:
        ways = {way: t(f"upload.session_{way}") for way in ("new", "old")}
        way = st.segmented_control(
            t("upload.session"), list(ways), key=f"upload.session.{key}", required=True, default="new",
            format_func=ways.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
        if way == "old":
            chosen = st.selectbox(t("upload.session_which"), list(reversed(sessions)), key=f"upload.which.{key}",
                                  format_func=lambda at: sessions[at])  # fmt: skip
            return pipeline.Destination(session_id=int(chosen))
    taken = prepared.taken
    asked = bool(taken.scores) and not (taken.mapping and taken.mapping.of("member"))
    survey = taken.kind == "table" and (asked or bool(_SURVEY.search(prepared.source.filename)))
    day, where = session_day(prepared)
    name_place, kind_place, day_place, people_place = st.columns([3, 2, 2, 2])
    stem = re.sub(r"[_\s]+", " ", PurePath(prepared.source.filename).stem).strip()
    if incoming.pasted:
        stem = f"{t('upload.kind_session')} {write_day(day, page.lang)}"
    name = name_place.text_input(t("upload.session_name"), stem, max_chars=200, key=f"upload.name.{key}")
    kind = kind_place.selectbox(
        t("upload.session_kind"), SESSION_KINDS, SESSION_KINDS.index("survey" if survey else "session"),
        key=f"upload.kind.{key}", format_func=lambda kind: t(f"upload.kind_{kind}"),
    )  # fmt: skip
    held_on = day_place.date_input(t("upload.session_date"), day, key=f"upload.date.{key}", format="DD-MM-YYYY")
    attendance = people_place.number_input(
        t("upload.attendance"), 1, 100_000, taken.attendance, 1, key=f"upload.attendance.{key}",
        placeholder=t("upload.attendance_hint"),
    )  # fmt: skip
    st.caption(t(f"upload.date_{where}"))
    return pipeline.Destination(
        name=name.strip(), kind=kind, held_on=cast(dt.date | None, held_on), attendance=attendance
    )


def store(page: Page, prepared: pipeline.Prepared, where: pipeline.Destination) -> pipeline.Stored | None:
    """Store a file, with progress; tell why when that cannot be done.

    Parameters
    ----------
    page : Page
    prepared : Prepared
    where : Destination

    Returns
    -------
    Stored or None
    """
    with reporting(page), Progress(page) as progress:
        if where.session_id is None and not where.name:
            raise UserError("upload.error.name")
        if where.session_id is None and where.held_on is None:
            raise UserError("upload.error.date")
        mapping = prepared.taken.mapping
        if asking := [column.name for column in (mapping.of("score") if mapping else ()) if column.asks_ends]:
            raise UserError("upload.error.ends", columns=", ".join(asking))
        if asking := [column.name for column in (mapping.of("score") if mapping else ()) if column.asks]:
            raise UserError("upload.error.direction", columns=", ".join(asking))
        return pipeline.store(prepared, where, engine=database(), actor=page.user.name, progress=progress)
    return None
