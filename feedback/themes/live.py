"""Placing remarks one by one, as a room says them: themes of the room draw first, and nothing that stands is moved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from feedback.text.neighbours import with_neighbours
from feedback.themes.codebook import Codebook
from feedback.themes.finding import SMALLEST_POOL, WEAK, FoundTheme, belonging, found_theme
from feedback.themes.placing import CONFIDENT, earned, in_company, model_for
from feedback.themes.proposals import SURER
from feedback.themes.prototypes import ranked, strength_on
from feedback.themes.space import Space

# Fewer remarks than this are no group yet.
GROUP = 2
# So well must a group fit a remark that stands alone, for it to go there: alone is better than in the wrong company.
JOINS = 0.35


def place_live(
    texts: Sequence[str], *, book: Codebook, in_room: Collection[str]
) -> tuple[list[str], npt.NDArray[np.float64], list[tuple[str, ...]]]:
    """Place each text by itself, whatever else comes with it.

    An entry that no one in the room spoke of opens when it fits very well, or when no theme of the room fits at all: a
    room of twenty remarks is no codebook.

    Parameters
    ----------
    texts : sequence of str
    book : Codebook
    in_room : collection of str
        Keys of the themes that the room speaks of.

    Returns
    -------
    keys : list of str
        "" for a text without words to go by, or without a codebook.
    strengths : ndarray of shape (n_texts,), float
        0..1.
    words : list of tuple of str
        What placed it.
    """
    if not texts or not book.entries:
        return [""] * len(texts), np.zeros(len(texts)), [()] * len(texts)
    placer = model_for(book)
    fit = placer.fit_of(texts)
    # Each by itself: what happened to come in at the same moment is no company.
    home = np.concatenate([in_company(one) for one in np.split(fit.at_home, len(texts))])
    best, _, sure = ranked(fit.values, home)
    chosen = best.copy()
    known = np.flatnonzero([key in in_room for key in placer.keys])
    if len(known):
        own = known[fit.values[:, known].argmax(axis=1)]
        stays = (sure < CONFIDENT) & (strength_on(own, fit.values, home) >= WEAK)
        chosen = np.where(stays, own, best)
    strengths = np.where(fit.silent, 0.0, strength_on(chosen, fit.values, home))
    keys = ["" if silent else placer.keys[at] for at, silent in zip(chosen.tolist(), fit.silent.tolist(), strict=True)]
    return keys, strengths, placer.evidence(fit, chosen)


@dataclass(frozen=True)
class Look:
    """Where remarks of a room would go.

    Attributes
    ----------
    keys : list of str
        Theme of each remark: its own where it may as well stay.
    strengths : ndarray of shape (n_remarks,), float
    words : list of tuple of str
    found : tuple of FoundTheme
        New entries, for remarks that fit none and belong together.
    """

    keys: list[str]
    strengths: npt.NDArray[np.float64]
    words: list[tuple[str, ...]]
    found: tuple[FoundTheme, ...]


def look_again(remarks: pd.DataFrame, *, book: Codebook) -> Look:
    """Look at all remarks of a room together, which help each other, and say what would go where.

    What stands in a group stays unless it fits far better elsewhere; a remark that is alone joins a group that it fits.

    Parameters
    ----------
    remarks : DataFrame
        remark_id, text, theme (key or ""), area, placed_by. What a person placed stays.
    book : Codebook
        With at least one entry.

    Returns
    -------
    Look
    """
    texts = list(remarks["text"])
    placer = model_for(book)
    fit = placer.fit_of(texts)
    home = in_company(fit.at_home)
    near = with_neighbours(fit.values, Space().fit_transform(texts)).astype(np.float32)
    column = {key: at for at, key in enumerate(placer.keys)}
    now = np.array([column.get(theme, -1) for theme in remarks["theme"]])
    by_person = (remarks["placed_by"] == "person").to_numpy()
    size = np.bincount(now[now >= 0], minlength=len(column))
    grouped = (now >= 0) & (size[now] >= GROUP)
    open_ = earned(near, home, np.zeros(len(column), dtype=bool)) | (size >= GROUP)
    open_[now[by_person & (now >= 0)]] = True
    columns = np.flatnonzero(open_) if open_.any() else np.arange(len(column))
    then = columns[near[:, columns].argmax(axis=1)]
    own = np.where(now >= 0, now, then)
    gain = strength_on(then, near, home) - strength_on(own, near, home)
    alone = ~grouped & (strength_on(then, fit.values, home) < JOINS)
    stays = by_person | fit.silent | alone | (grouped & (gain < SURER))
    then = np.where(stays, own, then)
    strengths = strength_on(then, fit.values, home)
    strengths[fit.silent & (now < 0)] = 0.0
    keys = [placer.keys[at] for at in then.tolist()]
    for at in np.flatnonzero(fit.silent & (now < 0)):
        keys[at] = ""
    found = _found(remarks, keys, strengths, ~(by_person | fit.silent), book)
    return Look(keys, strengths, placer.evidence(fit, then), found)


def _found(
    remarks: pd.DataFrame,
    keys: list[str],
    strengths: npt.NDArray[np.float64],
    may_move: npt.NDArray[np.bool_],
    book: Codebook,
) -> tuple[FoundTheme, ...]:
    """Propose new entries for what fits none; changes `keys` and `strengths` of what joins one."""
    weak = np.flatnonzero((strengths < WEAK) & may_move)
    if len(weak) < SMALLEST_POOL:
        return ()
    texts = list(remarks["text"])
    points = Space().fit_transform(texts)[weak]
    taken, found = {entry.key for entry in book.entries}, []
    for members, label in belonging([texts[at] for at in weak], points):
        mine = weak[members]
        said = tuple(texts[at] for at in mine[:3])
        found.append(found_theme(label.text, label.keywords, said, remarks["area"].iloc[mine], (), taken))
        for at in mine:
            keys[at], strengths[at] = found[-1].key, 0.5
    return tuple(found)
