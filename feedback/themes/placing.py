"""Remarks to themes: place on the stored codebook, propose new entries for what fits none.

Stored remarks are never placed again by an import, so themes keep their identity; only remarks that fitted nothing may join a new proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from feedback.i18n import sort_key
from feedback.store.tables import Aspect, Batch, Note, Remark, ServiceArea, Theme
from feedback.themes.codebook import Codebook, Entry
from feedback.themes.grouping import readable
from feedback.themes.model import Theme as ModelTheme
from feedback.themes.model import ThemeModel
from feedback.themes.prototypes import PIECE, Placer, ranked, strength

# Below this strength a placement is a guess that a person should look at: shown as "nog te plaatsen".
WEAK = 0.25
# Fewer remarks than this that fit nothing are left alone: clusters of one or two say nothing.
SMALLEST_POOL = 8
SMALLEST_FOUND = 4
# Mean likeness to its own middle from which a cluster holds together.
COHESION = 0.4
# A dormant entry that fits one remark so well wakes for it.
CONFIDENT = 0.5
# Remarks that must fit a dormant entry better than every theme that is awake, for it to wake.
SMALLEST_THEME = 3
# Older remarks that fit nothing and are looked at again; bounds the work of one import.
LARGEST_POOL = 3000


NO_POOL = pd.DataFrame(columns=["remark_id", "text", "area"])


@dataclass(frozen=True)
class FoundTheme:
    """A proposed new entry: what fitted none of the old ones but belongs together.

    Attributes
    ----------
    key : str
    label : str
        Two to four words of the remarks themselves.
    keywords, examples : tuple of str
    area : str
        Key of the service area most of its remarks have.
    stored : tuple of int
        Ids of remarks already stored that join it.
    """

    key: str
    label: str
    keywords: tuple[str, ...]
    examples: tuple[str, ...]
    area: str
    stored: tuple[int, ...]


def stored_codebook(*, session: Session, without_example: bool = False) -> Codebook:
    """Read the codebook as people left it: starter entries, found ones, their own; merged ones live on in their target.

    Parameters
    ----------
    session : Session
    without_example : bool
        Leave out the entries that came with the example panel.

    Returns
    -------
    Codebook
    """
    areas = {row.id: row.key for row in session.exec(select(ServiceArea)).all()}
    aspects = {row.id: row.key for row in session.exec(select(Aspect)).all()}
    rows = session.exec(select(Theme).order_by(col(Theme.id))).all()
    if without_example:
        rows = [row for row in rows if not row.is_example]
    by_id = {row.id: row for row in rows}
    extra: dict[int | None, list[str]] = {}
    for row in rows:
        if row.merged_into_id in by_id:
            extra.setdefault(_target(row, by_id).id, []).extend(row.examples)
    return Codebook(
        entries=tuple(
            Entry(
                key=row.key, area=areas.get(row.area_id, "algemeen"), aspect=aspects.get(row.aspect_id, "overig"),
                name={"nl": row.name_nl, "en": row.name_en},
                description={"nl": row.description_nl, "en": row.description_en},
                keywords=tuple(row.keywords), examples=(*row.examples, *extra.get(row.id, ())),
            )
            for row in rows
            if row.merged_into_id not in by_id
        )
    )  # fmt: skip


def _target(row: Theme, by_id: Mapping[int | None, Theme]) -> Theme:
    while row.merged_into_id in by_id:
        row = by_id[row.merged_into_id]
    return row


def weakly_placed(*, session: Session) -> pd.DataFrame:
    """Read the newest stored remarks that fit no theme well and that nobody placed.

    Parameters
    ----------
    session : Session

    Returns
    -------
    DataFrame
        remark_id, text, area (key); at most `LARGEST_POOL` rows.
    """
    rows = session.exec(
        select(Remark.id, Remark.text, ServiceArea.key)
        .join(Note, col(Remark.note_id) == Note.id)
        .join(Batch, col(Note.batch_id) == Batch.id)
        .join(ServiceArea, col(Remark.area_id) == ServiceArea.id, isouter=True)
        .where(
            or_(col(Remark.theme_id).is_(None), col(Remark.strength) < WEAK), Remark.placed_by == "model",
            col(Batch.undone_at).is_(None), col(Note.erased_at).is_(None),
        )
        .order_by(col(Remark.id).desc())
        .limit(LARGEST_POOL)
    ).all()  # fmt: skip
    return pd.DataFrame([tuple(row) for row in rows], columns=["remark_id", "text", "area"])


def awake_themes(*, session: Session) -> frozenset[str]:
    """Give the keys of the themes that are awake: proposed, confirmed or parked.

    Parameters
    ----------
    session : Session

    Returns
    -------
    frozenset of str
    """
    rows = session.exec(select(Theme.key).where(Theme.status != "dormant", col(Theme.merged_into_id).is_(None))).all()
    return frozenset(rows)


def model_for(book: Codebook) -> Placer:
    """Give the entries of a codebook, trained; the last few are kept, so that one remark costs no training."""
    return Placer(book)


def place(
    remarks: pd.DataFrame, *, book: Codebook, awake: frozenset[str], pool: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[FoundTheme, ...]]:
    """Give every remark a theme with a strength and the words that placed it.

    The first remarks of a panel are themed together, in as many themes as a reader can take in. Later ones join the themes that are awake;
    a dormant entry wakes when several fit it better than all of those, and what fits nothing is clustered and proposed.

    Parameters
    ----------
    remarks : DataFrame
        With text and area.
    book : Codebook
    awake : frozenset of str
        Keys of the themes that have remarks.
    pool : DataFrame
        See `weakly_placed`.

    Returns
    -------
    remarks : DataFrame
        The same rows with theme (key; "" only where there are no words to go by), strength (0..1), words (tuple).
    found : tuple of FoundTheme
    """
    texts = list(remarks["text"])
    if not texts:
        return remarks.assign(theme="", strength=0.0, words=None), ()
    if awake:
        keys, strengths, words = _join(texts, book, awake, list(pool["text"]))
        found = _propose(remarks, keys, strengths, pool, book)
    else:
        keys, strengths, words, found = _first(remarks, book)
    placed = remarks.assign(theme=keys.astype(str), strength=strengths)
    placed["words"] = pd.Series(words, index=remarks.index, dtype=object)
    return placed, found


Placed = tuple[npt.NDArray[np.object_], npt.NDArray[np.float64], list[tuple[str, ...]]]


def _first(
    remarks: pd.DataFrame, book: Codebook
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float64], list[tuple[str, ...]], tuple[FoundTheme, ...]]:
    """Theme the first remarks of a panel together."""
    texts = list(remarks["text"])
    model = ThemeModel(n_themes=_borne_out(texts, book), codebook=book).fit(texts)
    keys = np.array(model.labels_, dtype=object)
    kept = {theme.key for theme in model.themes_ if theme.from_codebook}
    on_book = np.isin(keys, list(kept))
    strengths, words = np.asarray(model.strengths_, dtype=float).copy(), model.explain(texts)
    if on_book.any():
        # The model is sure of the entry a remark was placed on before entries were merged; ask about the theme it is in now.
        rows = np.flatnonzero(on_book)
        strengths[rows] = _fit_of([texts[at] for at in rows], list(keys[rows]), book)
    taken = {entry.key for entry in book.entries}
    found = []
    for theme in model.themes_:
        if theme.from_codebook:
            continue
        members = np.flatnonzero(keys == theme.key)
        found.append(_found(theme, remarks["area"].iloc[members], (), taken))
        keys[members] = found[-1].key
    return keys, strengths, words, tuple(found)


def _borne_out(texts: list[str], book: Codebook) -> int | None:
    """Count the entries that several remarks fit well: so many themes the first remarks of a panel get, within what can be read.

    Measured on the example panel: with as many themes as fit on one screen half of the remarks sit in a theme that is not theirs; sticky
    notes for 400 remarks are 30 to 40, of which the largest dozen is read first.
    """
    if len(set(texts)) < SMALLEST_POOL or not book.entries:
        return None
    placer = model_for(book)
    votes = np.zeros(len(placer.keys), dtype=int)
    for start in range(0, len(texts), PIECE):
        fit = placer.fit_of(texts[start : start + PIECE])
        best, _, sure = ranked(fit.values, fit.at_home)
        votes += np.bincount(best[sure >= WEAK], minlength=len(votes))
    fewest, most = readable(len(texts))
    borne_out = int((votes >= max(SMALLEST_THEME, len(texts) // 200)).sum())
    return None if borne_out < fewest else min(borne_out, 2 * most)


def _fit_of(texts: list[str], keys: list[str], book: Codebook) -> npt.NDArray[np.float64]:
    """Tell how well each text fits the entry it is in, given how well it fits the others."""
    placer = model_for(book)
    column = {key: at for at, key in enumerate(placer.keys)}
    how_well = np.empty(len(texts))
    for start in range(0, len(texts), PIECE):
        fit = placer.fit_of(texts[start : start + PIECE])
        chosen = np.array([column[key] for key in keys[start : start + PIECE]])
        how_well[start : start + PIECE] = _fit_in(fit.values, chosen, fit.at_home)
    return how_well


def _fit_in(
    values: npt.NDArray[np.float64], chosen: npt.NDArray[np.int64], at_home: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    rows = np.arange(len(values))
    own = values[rows, chosen]
    others = values.copy()
    others[rows, chosen] = -np.inf
    return np.asarray(strength(own, own - others.max(axis=1), at_home), dtype=float)


def _join(texts: list[str], book: Codebook, awake: frozenset[str], pool: list[str]) -> Placed:
    """Place later remarks on the themes that are awake, and on dormant entries that earn to wake."""
    placer = model_for(book)
    is_awake = np.array([key in awake for key in placer.keys])
    everything = [*texts, *pool]
    fits = [placer.fit_of(everything[at : at + PIECE]) for at in range(0, len(everything), PIECE)]
    values, at_home = np.vstack([fit.values for fit in fits]), np.concatenate([fit.at_home for fit in fits])
    columns = np.flatnonzero(is_awake | _earned(values, at_home, is_awake))
    if not len(columns):
        columns = np.arange(len(placer.keys))
    mine = values[: len(texts)]
    chosen = columns[mine[:, columns].argmax(axis=1)]
    silent = np.concatenate([fit.silent for fit in fits])[: len(texts)]
    words: list[tuple[str, ...]] = []
    for start in range(0, len(texts), PIECE):
        part = texts[start : start + PIECE]
        words += placer.evidence(placer.fit_of(part), chosen[start : start + PIECE])
    keys = np.array([placer.keys[at] for at in chosen], dtype=object)
    keys[silent] = ""
    return keys, np.where(silent, 0.0, _fit_in(mine, chosen, at_home[: len(texts)])), words


def _earned(
    values: npt.NDArray[np.float64], at_home: npt.NDArray[np.float64], is_awake: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Tell which dormant entries wake: several remarks fit them better than all that are awake, most gain first, while there is room.

    One remark wakes an entry that fits it very well.
    """
    best, _, sure = ranked(values, at_home)
    wins = sure >= WEAK
    gain = values.max(axis=1) - (values[:, is_awake].max(axis=1) if is_awake.any() else values.min())
    gains = np.bincount(best[wins], weights=gain[wins], minlength=len(is_awake))
    votes = np.bincount(best[wins], minlength=len(is_awake))
    # As many themes as a reader can take in of what the panel said; a theme that is awake is never in the way.
    room = max(2, 2 * readable(len(values))[1] - int(is_awake.sum()))
    surest = np.zeros(len(is_awake))
    np.maximum.at(surest, best, sure)
    earns = ~is_awake & ((votes >= SMALLEST_THEME) | (surest >= CONFIDENT))
    candidates = [at for at in np.argsort(-gains, kind="stable") if earns[at]]
    earned = np.zeros(len(is_awake), dtype=bool)
    earned[candidates[:room]] = True
    return earned


def _propose(
    remarks: pd.DataFrame,
    keys: npt.NDArray[np.object_],
    strengths: npt.NDArray[np.float64],
    pool: pd.DataFrame,
    book: Codebook,
) -> tuple[FoundTheme, ...]:
    """Cluster what fits nothing well, new and stored; clusters that hold together become proposals."""
    alone = np.flatnonzero(strengths < WEAK)
    if not len(alone) or len(alone) + len(pool) < SMALLEST_POOL:
        return ()
    areas = pd.Series([*remarks["area"].iloc[alone], *pool["area"]])
    model = ThemeModel(codebook=None).fit([*remarks["text"].iloc[alone], *pool["text"]])
    labels = np.array(model.labels_, dtype=object)
    taken = {entry.key for entry in book.entries}
    found = []
    for theme in model.themes_:
        members = np.flatnonzero(labels == theme.key)
        if len(members) < SMALLEST_FOUND or model.strengths_[members].mean() < COHESION:
            continue
        new = members[members < len(alone)]
        stored = pool["remark_id"].iloc[members[members >= len(alone)] - len(alone)]
        found.append(_found(theme, areas.iloc[members], tuple(int(at) for at in stored), taken))
        keys[alone[new]] = found[-1].key
        strengths[alone[new]] = model.strengths_[new]
    return tuple(found)


def _found(theme: ModelTheme, areas: pd.Series, stored: tuple[int, ...], taken: set[str]) -> FoundTheme:
    label = theme.label if isinstance(theme.label, str) else theme.label["nl"]
    key = _slug(label, taken)
    taken.add(key)
    usual = areas.dropna().mode()
    return FoundTheme(
        key=key, label=label[:1].upper() + label[1:], keywords=tuple(theme.keywords), examples=tuple(theme.exemplars),
        area=str(usual.iloc[0]) if len(usual) else "algemeen", stored=stored,
    )  # fmt: skip


def _slug(label: str, taken: Iterable[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", sort_key(label)).strip("-")[:80] or "thema"
    taken = set(taken)
    key, n = f"gevonden-{base}", 2
    while key in taken:
        key, n = f"gevonden-{base}-{n}", n + 1
    return key


def wake(keys: pd.Series, found: Iterable[FoundTheme], *, is_example: bool, session: Session) -> dict[str, int]:
    """Wake the dormant entries that remarks meet, and add the found ones as proposals.

    Parameters
    ----------
    keys : Series of str
        Theme of each remark.
    found : iterable of FoundTheme
    is_example : bool
    session : Session

    Returns
    -------
    dict of str to int
        Key to the id of the theme that its remarks go to: its own, or the one it was merged into meanwhile.
    """
    areas = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    themes = session.exec(
        # Locked in the order of their ids, as curation does: a theme that is being merged away right now has its target when we go on.
        select(Theme).order_by(col(Theme.id)).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    rows = {row.key: row for row in themes}
    by_id = {row.id: row for row in themes}
    used = set(keys) - {""}
    for theme in found:
        # Somebody else's import may have proposed the same words a moment ago: then these remarks join that theme.
        if theme.key in used and theme.key not in rows:
            row = Theme(
                key=theme.key, name_nl=theme.label[:200], name_en=theme.label[:200], area_id=areas.get(theme.area),
                keywords=list(theme.keywords), examples=[], status="proposed", origin="found", is_example=is_example,
            )  # fmt: skip
            session.add(row)
            session.flush()
            rows[theme.key] = by_id[row.id] = row
    ids: dict[str, int] = {}
    for key in used & set(rows):
        target = _target(rows[key], by_id)
        if target.status == "dormant":
            target.status = "proposed"
        assert target.id is not None
        ids[key] = target.id
    session.flush()
    return ids


def join_found(found: Iterable[FoundTheme], theme_ids: Mapping[str, int], *, session: Session) -> None:
    """Let stored remarks that fitted nothing join the new proposal they were clustered with.

    Parameters
    ----------
    found : iterable of FoundTheme
    theme_ids : mapping of str to int
    session : Session
    """
    for theme in found:
        if theme.stored and theme.key in theme_ids:
            session.connection().execute(
                update(Remark)
                # A person may have placed it while the file was being read.
                .where(col(Remark.id).in_(theme.stored), col(Remark.strength) < WEAK, col(Remark.placed_by) == "model")
                .values(theme_id=theme_ids[theme.key], strength=0.5)
            )
