"""Savings ideas: spotted in remarks, then confirmed, edited and weighed by people; every act can be undone.

An idea that is only spotted and that no remark carries does not show (`store.savings_frames.ideas`). Hiding an idea
(merged into another, or added by mistake) is therefore: take its remarks away and call it spotted again. No
row is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pandas as pd
from sqlalchemy import insert
from sqlmodel import Session, col, select

from feedback.savings import rows
from feedback.store import audit, changing
from feedback.store.tables import Remark, SavingsEvidence, SavingsIdea, ServiceArea
from feedback.text.tokens import fold

Verdict = Literal["confirmed", "refused"]
ACTS: dict[Verdict, str] = {"confirmed": "confirm", "refused": "refuse"}


def spotted(remarks: pd.DataFrame, *, is_example: bool, session: Session) -> int:
    """Make ideas of the remarks that propose a saving; the same words again are more evidence for the idea.

    Parameters
    ----------
    remarks : DataFrame
        New remarks: remark_id, text, area (key), is_saving, saving_eur.
    is_example : bool
        Whether they belong to the example panel.
    session : Session

    Returns
    -------
    int
        How many ideas these remarks carry, new ones and known ones.
    """
    savings = remarks[remarks["is_saving"].astype(bool)]
    if savings.empty:
        return 0
    areas = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    known = _known_texts(is_example, session=session)
    new: dict[str, SavingsIdea] = {}
    said: list[tuple[str, int]] = []
    for remark_id, text, area, eur in zip(
        savings["remark_id"], savings["text"], savings["area"], savings["saving_eur"], strict=True
    ):
        words = fold(text)
        if words not in known and words not in new:
            euros = None if pd.isna(eur) else float(eur)
            new[words] = SavingsIdea(
                title=rows.shorten(text), area_id=areas.get(area), eur_low=euros, eur_high=euros,
                is_example=is_example,
            )  # fmt: skip
        said.append((words, int(remark_id)))
    session.add_all(new.values())
    session.flush()
    known.update({words: rows.id_of(idea) for words, idea in new.items()})
    evidence = [{"idea_id": known[words], "remark_id": remark_id} for words, remark_id in said]
    session.connection().execute(insert(SavingsEvidence), evidence)
    return len({row["idea_id"] for row in evidence})


def _known_texts(is_example: bool, *, session: Session) -> dict[str, int]:
    """Give the ideas there are by what was said for them (folded), and by the title a person gave."""
    said = (
        select(SavingsEvidence.idea_id, Remark.text)
        .join(Remark, col(SavingsEvidence.remark_id) == Remark.id)
        .join(SavingsIdea, col(SavingsEvidence.idea_id) == SavingsIdea.id)
        .where(SavingsIdea.is_example == is_example, Remark.text != "")
        .order_by(col(SavingsEvidence.idea_id))
    )
    titles = select(SavingsIdea.id, SavingsIdea.title).where(
        SavingsIdea.is_example == is_example, SavingsIdea.status != "spotted"
    )
    known: dict[str, int] = {}
    for idea_id, text in [*session.exec(said).all(), *session.exec(titles).all()]:
        known.setdefault(fold(text), idea_id)
    return known


def add(
    title: str,
    *,
    description: str = "",
    area_id: int | None = None,
    eur_low: str | float | None = None,
    eur_high: str | float | None = None,
    one_off_cost: str | float | None = None,
    effort: int | None = None,
    owner: str = "",
    remark_ids: Iterable[int] = (),
    impacts: Mapping[int, float | None] | None = None,
    links: Mapping[rows.Link, bool] | None = None,
    is_example: bool = False,
    session: Session,
    actor: str,
) -> int:
    """Add an idea of a person's own; it counts as confirmed.

    Parameters
    ----------
    title, description, area_id, eur_low, eur_high, one_off_cost, effort, owner
        See `store.tables.SavingsIdea`; amounts may be as typed.
    remark_ids : iterable of int
        Remarks that carry it.
    impacts : mapping of int to float or None, optional
        See `set_impacts`.
    links : mapping of (str, int) to bool, optional
        See `rows.put_links`.
    is_example : bool
    session : Session
    actor : str

    Returns
    -------
    int
        Its id.

    Raises
    ------
    UserError
        When there is no title, an amount is not understood, or links contradict each other.
    """
    values = rows.checked(
        {
            "title": title, "description": description, "area_id": area_id, "eur_low": eur_low,
            "eur_high": eur_high, "one_off_cost": one_off_cost, "effort": effort, "owner": owner,
            "status": "confirmed",
        }
    )  # fmt: skip
    idea = SavingsIdea(**values, is_example=is_example)
    session.add(idea)
    session.flush()
    idea_id = rows.id_of(idea)
    linked = rows.put_evidence(idea_id, remark_ids, session=session)
    told = rows.put_impacts(idea_id, impacts or {}, session=session)
    linked_to = rows.put_links(idea_id, links or {}, session=session)
    audit.record(
        session=session, actor=actor, act="add", entity=rows.ENTITY, entity_id=idea_id,
        before={"status": "spotted", "impacts": told, "links": linked_to}, after={**rows.plain(values), "linked": linked},
    )  # fmt: skip
    return idea_id


def edit(
    idea_id: int,
    changes: Mapping[str, Any],
    seen_version: int,
    *,
    impacts: Mapping[int, float | None] | None = None,
    links: Mapping[rows.Link, bool] | None = None,
    session: Session,
    actor: str,
) -> int:
    """Change an idea, whom it hits and what it goes with, in one go.

    Parameters
    ----------
    idea_id : int
    changes : mapping
        Some of `rows.FIELDS`; amounts may be as typed.
    seen_version : int
        The version that the person looked at.
    impacts : mapping of int to float or None, optional
        See `set_impacts`.
    links : mapping of (str, int) to bool, optional
        See `rows.put_links`.
    session : Session
    actor : str

    Returns
    -------
    int
        The idea's id.

    Raises
    ------
    UserError
        When somebody else changed it meanwhile, or a value cannot be used.
    """
    idea = rows.find(idea_id, session=session)
    changing.as_seen(idea, seen_version, "savings.error.changed", title=idea.title)
    known = {name: getattr(idea, name) for name in rows.FIELDS}
    wanted = rows.checked({**known, **changes})
    changed = {name: value for name, value in wanted.items() if value != known[name]}
    before = {name: known[name] for name in changed}
    if "title" in changed:
        before["title"] = rows.title_for_audit(idea, session=session)
    told = rows.put_impacts(idea_id, impacts or {}, session=session)
    linked = rows.put_links(idea_id, links or {}, session=session)
    if changed or told or linked:
        rows.change(idea, changed)
        audit.record(
            session=session, actor=actor, act="edit", entity=rows.ENTITY, entity_id=idea_id,
            before={**rows.plain(before), "impacts": told, "links": linked},
            after={**rows.plain(changed), "impacts": _as_told(told, impacts or {}), "links": {key: not was for key, was in linked.items()}},
        )  # fmt: skip
    return idea_id


def confirm(idea_id: int, *, session: Session, actor: str) -> int:
    """Say that a spotted idea is one.

    Parameters
    ----------
    idea_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        The idea's id.
    """
    return rows.id_of(_change_status(idea_id, "confirmed", session=session, actor=actor))


def refuse(idea_id: int, *, session: Session, actor: str) -> int:
    """Say no to an idea; said again, it stays refused.

    Parameters
    ----------
    idea_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        The idea's id.
    """
    return rows.id_of(_change_status(idea_id, "refused", session=session, actor=actor))


def judge(idea_ids: Iterable[int], verdict: Verdict, *, session: Session, actor: str) -> dict[int, int]:
    """Say yes or no to several ideas in one go.

    Parameters
    ----------
    idea_ids : iterable of int
    verdict : {"confirmed", "refused"}
    session : Session
    actor : str

    Returns
    -------
    dict of int to int
        The version of each idea now; for `undoing.undo_all`.
    """
    # Always in the same order, or two people who judge the same ideas wait for each other for ever.
    judged = [_change_status(idea_id, verdict, session=session, actor=actor) for idea_id in sorted(idea_ids)]
    return {rows.id_of(idea): idea.version for idea in judged}


def _change_status(idea_id: int, status: Verdict, *, session: Session, actor: str) -> SavingsIdea:
    idea = rows.find(idea_id, session=session)
    if idea.status != status:
        before = {"status": idea.status}
        rows.change(idea, {"status": status})
        audit.record(
            session=session, actor=actor, act=ACTS[status], entity=rows.ENTITY, entity_id=idea_id,
            before=before, after={"status": status},
        )  # fmt: skip
    return idea


def set_impacts(
    idea_id: int, impacts: Mapping[int, float | None], *, source: str = "typed", session: Session, actor: str
) -> int:
    """Say what an idea does to organisations.

    Parameters
    ----------
    idea_id : int
    impacts : mapping of int to float or None
        Organisation's id to -5 (hurts) .. +5 (helps); None: unknown. Organisations left out stay as they are.
    source : {"typed", "votes", "remarks"}
    session : Session
    actor : str

    Returns
    -------
    int
        The idea's id.

    Raises
    ------
    UserError
        When a value is off the scale or an organisation does not exist.
    """
    idea = rows.find(idea_id, session=session)
    told = rows.put_impacts(idea_id, impacts, source=source, session=session)
    if told:
        rows.change(idea, {})
        audit.record(
            session=session, actor=actor, act="impacts", entity=rows.ENTITY, entity_id=idea_id,
            before={"impacts": told}, after={"impacts": _as_told(told, impacts), "source": source},
        )  # fmt: skip
    return idea_id


def _as_told(told: Iterable[str], impacts: Mapping[int, float | None]) -> dict[str, float | None]:
    return {organisation: impacts[int(organisation)] for organisation in told}
