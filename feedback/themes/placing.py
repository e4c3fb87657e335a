"""Remarks to themes: place on the codebook, propose new entries for what fits none. Knows no database; see `stored`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from feedback.text.neighbours import with_neighbours
from feedback.themes.codebook import LANGUAGES, Codebook
from feedback.themes.finding import SMALLEST_POOL, WEAK, FoundTheme, found_theme, propose_new
from feedback.themes.grouping import readable
from feedback.themes.model import AT_HOME, ThemeModel
from feedback.themes.prototypes import PIECE, Placer, ranked, strength_on, usual_home
from feedback.themes.space import Space

# A dormant entry that fits one remark so well wakes for it.
CONFIDENT = 0.5
# What fits nothing that is awake goes to a sleeping entry that it fits so well: more than half of such placements are right (measured).
FITS = 0.45
# Remarks that must fit a dormant entry better than every theme that is awake, for it to wake.
SMALLEST_THEME = 3


NO_POOL = pd.DataFrame(columns=["remark_id", "text", "area"])


def in_company(at_home: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Draw the home feeling of remarks halfway to that of all: "de koffie smaakt nergens naar" is no restaurant in a client panel.

    Halfway told right from wrong placements as well as or better than each by itself on three labelled sets, and leaves fewer in doubt.

    Parameters
    ----------
    at_home : ndarray of shape (n,)
        See `text.prototypes.Fit`; of remarks that came together.

    Returns
    -------
    ndarray of shape (n,)
    """
    drawn: npt.NDArray[np.float32] = ((at_home + usual_home(at_home)) / 2).astype(np.float32)
    return drawn


def model_for(book: Codebook) -> Placer:
    """Give the entries of a codebook, trained; the last few are kept, so that one remark costs no training."""
    return Placer(book)


def place(
    remarks: pd.DataFrame, *, book: Codebook, awake: frozenset[str], pool: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[FoundTheme, ...]]:
    """Give every remark a theme with a strength and the words that placed it.

    The first remarks of a panel are themed together, in as many themes as a reader can take in. Later ones join the themes that are awake;
    a dormant entry wakes when several fit it better than all of those, or for one that it fits and they do not; what fits nothing is
    clustered and proposed.

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
    elif (first := _first(texts, book)) is not None:
        keys, strengths, words = first
    else:
        keys, strengths, words, found = _elsewhere(remarks, book)
        return _with(remarks, keys, strengths, words), found
    found = propose_new(remarks, keys, strengths, pool, book)
    return _with(remarks, keys, strengths, words), found


def _with(
    remarks: pd.DataFrame,
    keys: npt.NDArray[np.object_],
    strengths: npt.NDArray[np.float64],
    words: list[tuple[str, ...]],
) -> pd.DataFrame:
    placed = remarks.assign(theme=keys.astype(str), strength=strengths)
    placed["words"] = pd.Series(words, index=remarks.index, dtype=object)
    return placed


Placed = tuple[npt.NDArray[np.object_], npt.NDArray[np.float64], list[tuple[str, ...]]]


def _first(texts: list[str], book: Codebook) -> Placed | None:
    """Place the first remarks of a panel, which help each other; None where the codebook is about other things than they are.

    As many entries wake as several remarks bear out, within what can be read. Measured on the example panel: with as many as fit on one
    screen half of the remarks sit in a theme that is not theirs, so themes are read under headings (see `nesting`).
    """
    distinct = sorted(set(texts))
    if len(distinct) < SMALLEST_POOL or not book.entries:
        return None
    placer = model_for(book)
    values, at_home = placer.values_of(distinct)
    if usual_home(at_home) < AT_HOME:
        return None
    home = in_company(at_home)
    near = with_neighbours(values, Space().fit_transform(distinct)).astype(np.float32)
    awake = earned(near, home, np.zeros(len(placer.keys), dtype=bool))
    columns = np.flatnonzero(awake) if awake.any() else np.arange(len(placer.keys))
    chosen = _among_friends(columns[near[:, columns].argmax(axis=1)], values, home)
    keys, strengths, words = _on_entries(distinct, chosen, values, home, placer)
    at = {text: place for place, text in enumerate(distinct)}
    rows = np.array([at[text] for text in texts])
    return keys[rows], strengths[rows], [words[row] for row in rows]


def _elsewhere(
    remarks: pd.DataFrame, book: Codebook
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float64], list[tuple[str, ...]], tuple[FoundTheme, ...]]:
    """Theme the first remarks of a panel that speaks of other things than the codebook, or that is very small.

    Entries that are merged, for there are few remarks, become one new theme with the names of both.
    """
    texts = list(remarks["text"])
    model = ThemeModel(codebook=book).fit(texts)
    keys = np.array(model.labels_, dtype=object)
    strengths, words = np.asarray(model.strengths_, dtype=float), model.explain(texts)
    taken = {entry.key for entry in book.entries}
    found = []
    for theme in model.themes_:
        if len(theme.entries) == 1:
            continue
        members = np.flatnonzero(keys == theme.key)
        areas, said = remarks["area"].iloc[members], theme.keywords
        if isinstance(theme.label, str):
            found.append(found_theme(theme.label, said, theme.exemplars, areas, (), taken))
        else:
            named = [book[key].name[language] for key in theme.entries for language in LANGUAGES]
            said, english = tuple(dict.fromkeys([*named, *said])), theme.label["en"]
            found.append(found_theme(theme.label["nl"], said, theme.exemplars, areas, (), taken, english))
        keys[members] = found[-1].key
    return keys, strengths, words, tuple(found)


def _on_entries(
    texts: list[str],
    chosen: npt.NDArray[np.int64],
    values: npt.NDArray[np.float32],
    home: npt.NDArray[np.float32],
    placer: Placer,
) -> Placed:
    """Put each text on the entry chosen for it: with a strength and the words that speak for it; one without words on none."""
    words: list[tuple[str, ...]] = []
    silent: list[npt.NDArray[np.bool_]] = []
    for start in range(0, len(texts), PIECE):
        fit = placer.fit_of(texts[start : start + PIECE])
        words += placer.evidence(fit, chosen[start : start + PIECE])
        silent.append(fit.silent)
    quiet = np.concatenate(silent)
    keys = np.array([placer.keys[at] for at in chosen], dtype=object)
    keys[quiet] = ""
    return keys, np.where(quiet, 0.0, strength_on(chosen, values, home)), words


def _join(texts: list[str], book: Codebook, awake: frozenset[str], pool: list[str]) -> Placed:
    """Place later remarks on the themes that are awake, and on dormant entries that earn to wake."""
    placer = model_for(book)
    is_awake = np.array([key in awake for key in placer.keys])
    values, at_home = placer.values_of([*texts, *pool])
    home = in_company(at_home)
    columns = np.flatnonzero(is_awake | earned(values, home, is_awake))
    if not len(columns):
        columns = np.arange(len(placer.keys))
    mine, home = values[: len(texts)], home[: len(texts)]
    chosen = _among_friends(columns[mine[:, columns].argmax(axis=1)], mine, home)
    return _on_entries(texts, chosen, mine, home, placer)


def _among_friends(
    chosen: npt.NDArray[np.int64], values: npt.NDArray[np.float32], home: npt.NDArray[np.float32]
) -> npt.NDArray[np.int64]:
    """Put what does not fit the entry chosen for it, but fits one that sleeps, on that one: no remark is put among strangers."""
    best, _, sure = ranked(values, home)
    return np.where((sure >= FITS) & (strength_on(chosen, values, home) < WEAK), best, chosen)


def earned(
    values: npt.NDArray[np.float32], at_home: npt.NDArray[np.float32], is_awake: npt.NDArray[np.bool_]
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
