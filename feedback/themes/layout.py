"""The map of remarks: where each dot lies.

Every theme is a disc; themes with like words lie near each other. Inside a disc the remarks that fit best lie in the
middle, and remarks with like words lie on the same side. The same remarks always give the same map.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from feedback.text.vectors import word_vectors

# More marks than this make a browser slow and a map unreadable.
MOST_DOTS = 2500
# The map is this much wider than high.
ASPECT = 1.9
# Vogel (1979), A better way to construct the sunflower head: turned so, dots lie evenly however many there are.
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
_GAP = 1.1
# Dots in a disc lie this much closer than discs are wide, so that discs stand apart.
_CLOSE = 0.75
_ROUNDS = 200

Array = np.ndarray


def encode(texts: Sequence[str]) -> Array:
    """Give the meaning of texts as vectors.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    ndarray of shape (n_texts, dim)
        Rows of length one, or zero where no word is known.
    """
    return np.asarray(word_vectors().encode(texts), dtype=np.float32)


def layout(vectors: Array, themes: Sequence[str], strengths: Sequence[float]) -> Array:
    """Give every remark its place on the map.

    Parameters
    ----------
    vectors : ndarray of shape (n_remarks, dim)
        See `encode`.
    themes : sequence of str, length n_remarks
        Key of the theme of each remark; "" for none, which is a disc of its own.
    strengths : sequence of float, length n_remarks
        How well each remark fits its theme, 0..1.

    Returns
    -------
    ndarray of shape (n_remarks, 2)
        x in 0..`ASPECT` and y in 0..1; no two remarks at one place.
    """
    count = len(themes)
    if not count:
        return np.zeros((0, 2))
    keys, group = np.unique(np.asarray(themes, dtype=object).astype(str), return_inverse=True)
    sizes = np.bincount(group, minlength=len(keys))
    flat = flatten(vectors)
    middles = np.stack([np.bincount(group, column, len(keys)) / sizes for column in vectors.T], axis=1)
    anchors = _keep_apart(flatten(middles), np.sqrt(sizes) + _GAP)
    offset = flat - np.stack([np.bincount(group, axis, len(keys)) / sizes for axis in flat.T], axis=1)[group]
    places = anchors[group] + _sunflower(group, np.asarray(strengths, dtype=float), offset)
    low, high = places.min(axis=0), places.max(axis=0)
    # One scale for both directions, or discs become eggs.
    scale = max((high[0] - low[0]) / ASPECT, high[1] - low[1], 1e-9)
    return np.asarray((places - (low + high) / 2) / scale + (ASPECT / 2, 0.5))


def flatten(vectors: Array) -> Array:
    """Bring vectors to the two directions in which they differ most (principal components; signs fixed).

    Parameters
    ----------
    vectors : ndarray of shape (n, dim)

    Returns
    -------
    ndarray of shape (n, 2)
    """
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :2]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1, 1)
    flat = np.round(centred @ axes, 9)
    return flat if flat.shape[1] == 2 else np.pad(flat, ((0, 0), (0, 2 - flat.shape[1])))


def _sunflower(group: Array, strengths: Array, offset: Array) -> Array:
    """Place remarks in their disc: the strongest in the middle, like words on one side."""
    places = np.zeros((len(group), 2))
    angles = np.arctan2(offset[:, 1], offset[:, 0])
    for at in range(int(group.max()) + 1):
        members = np.flatnonzero(group == at)
        ranked = members[np.lexsort((members, -strengths[members]))]
        slots = np.arange(len(ranked))
        slot_angles = (slots * _GOLDEN_ANGLE + np.pi) % (2 * np.pi) - np.pi
        radii = np.sqrt(slots + 0.5)  # of equal area a dot
        # Ring by ring: the remark that points most to the left gets the place most to the left.
        for ring in np.split(slots, np.flatnonzero(np.diff(np.floor(radii))) + 1):
            chosen = ranked[ring]
            order = ring[np.argsort(slot_angles[ring], kind="stable")]
            sorted_members = chosen[np.argsort(angles[chosen], kind="stable")]
            places[sorted_members, 0] = radii[order] * np.cos(slot_angles[order])
            places[sorted_members, 1] = radii[order] * np.sin(slot_angles[order])
    return places * _CLOSE


def _keep_apart(wanted: Array, radii: Array) -> Array:
    """Move discs from where they want to be until none overlaps another."""
    count = len(radii)
    if count < 2:
        return np.zeros((count, 2))
    spread = wanted.std(axis=0)
    room = np.sqrt((radii**2).sum())
    home = wanted / np.where(spread > 0, spread, 1) * room * 0.4 * np.array([ASPECT, 1.0])
    # Discs that want the very same place need a direction to go.
    turn = np.arange(count) * _GOLDEN_ANGLE
    places = home + 1e-3 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    needed = radii[:, None] + radii[None, :]
    np.fill_diagonal(needed, 0)
    for step in range(_ROUNDS):
        pull = 0.08 * (1 - step / _ROUNDS)
        # To the middle as well, so that the map has no large empty parts; harder up and down, for it is wide.
        places = places + pull * (0.5 * (home - places) - 0.6 * places * np.array([1.0, ASPECT]))
        apart = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=2)) + 1e-9
        overlap = np.clip(needed - distance, 0, None) / distance
        places = places + 0.5 * (apart * overlap[:, :, None]).sum(axis=1) / 1.5
    return np.asarray(places)


def sample(themes: Sequence[str], most: int = MOST_DOTS) -> Array:
    """Choose which remarks are drawn when there are too many: of every theme the same share.

    Parameters
    ----------
    themes : sequence of str
        Key of the theme of each remark.
    most : int

    Returns
    -------
    ndarray of int
        Positions, in order; at most `most`.
    """
    count = len(themes)
    if count <= most:
        return np.arange(count)
    by_theme = np.argsort(np.asarray(themes, dtype=object).astype(str), kind="stable")
    return np.sort(by_theme[np.linspace(0, count - 1, most).astype(int)])
