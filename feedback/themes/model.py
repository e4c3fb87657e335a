"""The estimator of themes: places remarks on the entries of a codebook and clusters what fits none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from feedback.text.bags import bag
from feedback.text.neighbours import with_neighbours
from feedback.themes.codebook import Codebook
from feedback.themes.described import Theme, described
from feedback.themes.given import by_lot, cleaned, whole
from feedback.themes.grouping import Found, by_entry, by_likeness, likeness_strength, readable, usual
from feedback.themes.prototypes import PIECE, Placement, Placer, ranked, strength_on, usual_home
from feedback.themes.space import Space

__all__ = ["Placement", "Theme", "ThemeModel", "readable"]

SMALLEST = 8  # distinct texts below which there is nothing to cluster
GATE = 0.2  # strength below which no entry fits a single remark
# Mean home feeling of a set below which the codebook has no say, and above which it leads for every remark.
FOREIGN, AT_HOME = 0.42, 0.52


class ThemeModel:
    """Themes of short texts.

    Parameters
    ----------
    n_themes : int, optional
        Exactly so many, where there are that many distinct texts; else chosen so that a reader can take them in.
    random_state : int
    codebook : Codebook, None or "default"
        What people usually talk about; "default" is the one that ships, None clusters only.

    Raises
    ------
    TypeError, ValueError
        When one of these is something else.

    Attributes
    ----------
    labels_ : list of str
        Key of the theme of each text; "" for an empty one.
    strengths_ : ndarray of shape (n_texts,), float
        How sure of the theme as its label names it, 0..1; 0 for an empty text.
    themes_ : list of Theme
        The largest first.
    too_few_ : bool
        Fewer than eight distinct texts: placed on the codebook alone.

    Examples
    --------
    >>> model = ThemeModel(n_themes=2, codebook=None).fit(["koffie is koud"] * 5 + ["laptop is traag"] * 5)
    >>> len(set(model.labels_))
    2
    """

    def __init__(
        self,
        n_themes: int | None = None,
        random_state: int = 0,
        *,
        codebook: Codebook | Literal["default"] | None = "default",
    ):
        if codebook is not None and codebook != "default" and not isinstance(codebook, Codebook):
            raise TypeError(f"codebook={codebook!r}: give a Codebook (Codebook.load(path)), 'default' or None")
        self.n_themes = None if n_themes is None else whole("n_themes", n_themes, at_least=1, or_else=", or None")
        self.random_state = whole("random_state", random_state, at_least=0)
        self.codebook = codebook
        self._trained_on: Codebook | None = None
        self._ready: Placer | None = None

    # -- fitting ---------------------------------------------------------------------------------------------------

    def fit(self, texts: Sequence[str]) -> "ThemeModel":
        """Find the themes of texts.

        Parameters
        ----------
        texts : sequence of str
            Empty ones get no theme.

        Returns
        -------
        ThemeModel
            Itself.
        """
        clean = cleaned(texts)
        # By lot and without copies: neither the order of the rows nor a copy changes what is found, and the first of many are a fair sample.
        distinct, lots = by_lot(set(clean) - {""})
        self.too_few_ = len(distinct) < SMALLEST
        self._space: Space | None = None
        self._centroids: np.ndarray | None = None
        found = self._find(distinct, lots)
        self._keys, self.themes_ = described(
            distinct, found, Counter(clean), self._placer.entries if self._placer else ()
        )
        self._known = {
            text: (self._keys[theme], float(strength))
            for text, theme, strength in zip(distinct, found.label.tolist(), found.strength, strict=True)
        }
        self._found = found
        self.labels_ = [self._known[text][0] if text else "" for text in clean]
        self.strengths_ = np.array([self._known[text][1] if text else 0.0 for text in clean], dtype=np.float64)
        return self

    def _find(self, texts: list[str], lots: np.ndarray) -> Found:
        self._placer = self._trained()
        n = len(texts)
        if n == 0:
            return Found(np.zeros(0, dtype=int), np.zeros(0), {})
        if self._placer is not None and self.too_few_:
            fit = self._placer.fit_of(texts)
            best, _, sure = ranked(fit.values, fit.at_home)
            k = n if self.n_themes is None else self._wanted(n)
            split = self.n_themes is not None and len(np.unique(best)) < k
            apart = Space(random_state=self.random_state).fit_transform(texts) if split else None
            found = by_entry(best, self._placer.tree, sure, k, apart, lots)
            return self._as_shown(found, np.arange(n), best, fit.values, fit.at_home)
        self._space = Space(random_state=self.random_state)
        counted = bag(texts) if n <= PIECE else None
        points = self._space.fit_transform(texts, counted)
        if self._placer is None:
            return self._by_likeness(points, lots, self._wanted(n))
        values, at_home = self._placer.values_of(texts, counted)
        values = with_neighbours(values, points)
        best, _, sure = ranked(values, at_home)
        fits = self._fits(sure, at_home)
        k = self._wanted(n, len(np.unique(best[fits])))
        if k < 2:  # one theme cannot be of both kinds
            fits[:] = fits.mean() >= 0.5
        rest = np.flatnonzero(~fits)
        k_rest = round(k * len(rest) / n) if len(rest) else 0
        k_rest = min(max(k_rest, 1), len(rest)) if len(rest) else 0
        k_book = max(k - k_rest, 1) if fits.any() else 0
        placed = np.flatnonzero(fits)
        found = by_entry(best[placed], self._placer.tree, sure[placed], k_book, points[placed], lots[placed])
        found = self._as_shown(found, placed, best, values, at_home)
        if not len(rest):
            return found
        first = int(found.label.max()) + 1 if len(placed) else 0
        others = self._by_likeness(points[rest], lots[rest], k - len(np.unique(found.label)))
        label, strength = np.zeros(n, dtype=int), np.zeros(n)
        label[placed], strength[placed] = found.label, found.strength
        label[rest], strength[rest] = others.label + first, others.strength
        self._first_own = first
        return Found(label, strength, found.entry_of, found.theme_of)

    @staticmethod
    def _as_shown(found: Found, rows: np.ndarray, best: np.ndarray, values: np.ndarray, at_home: np.ndarray) -> Found:
        shown = np.array([found.shown(int(column)) for column in best[rows]], dtype=int)
        return replace(found, strength=strength_on(shown, values[rows], at_home[rows]))

    def _trained(self) -> Placer | None:
        book = Codebook.load() if isinstance(self.codebook, str) else self.codebook
        if book is not self._trained_on:
            self._trained_on = book
            self._ready = Placer(book) if book is not None and book.entries else None
        return self._ready

    def _fits(self, sure: np.ndarray, at_home: np.ndarray) -> np.ndarray:
        """Tell which remarks the codebook leads: the better it fits the whole set, the less each remark has to show."""
        self.at_home_ = usual_home(at_home)
        if self.at_home_ <= FOREIGN or self.at_home_ >= AT_HOME:
            return np.full(len(sure), self.at_home_ >= AT_HOME)
        reach = (FOREIGN, (FOREIGN + AT_HOME) / 2, AT_HOME)
        fits: np.ndarray = sure >= np.interp(self.at_home_, reach, (1.0, GATE, 0.0))
        return fits & (at_home > np.interp(self.at_home_, reach, (1.5, 0.25, -1.0)))

    def _wanted(self, n: int, n_entries: int | None = None) -> int:
        if self.n_themes is not None:
            return min(self.n_themes, n)
        if not n_entries:
            return usual(n)
        fewest, most = readable(n)
        return min(max(n_entries, fewest), most)

    def _by_likeness(self, points: np.ndarray, lots: np.ndarray, k: int) -> Found:
        self._first_own = 0
        found, self._centroids = by_likeness(points, lots, k)
        return found

    # -- placing other texts ---------------------------------------------------------------------------------------

    def predict(self, texts: Sequence[str]) -> list[str]:
        """Place texts in the themes that were found.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        list of str
            Keys of themes; "" for an empty text. A text of the fit gets the theme it has there.
        """
        return self.predict_with_strength(texts)[0]

    def predict_with_strength(self, texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
        """Place texts in the themes that were found, with strengths.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        labels : list of str
            See `predict`.
        strengths : ndarray of shape (n_texts,), float
        """
        self._fitted()
        clean = cleaned(texts)
        known = dict(self._known)
        new = sorted(set(clean) - known.keys() - {""})
        if new and self._keys:
            known |= zip(new, self._placed(new), strict=True)
        return (
            [known[text][0] if text in known else "" for text in clean],
            np.array([known[text][1] if text in known else 0.0 for text in clean], dtype=np.float64),
        )

    def _placed(self, texts: list[str]) -> list[tuple[str, float]]:
        theme = np.full(len(texts), -1)
        strength = np.zeros(len(texts))
        if self._placer is not None and self._found.theme_of:
            values, at_home = self._placer.values_of(texts)
            _, _, sure = ranked(values, at_home)
            columns = sorted(self._found.theme_of)
            best = np.array(columns)[values[:, columns].argmax(axis=1)]
            fits = sure >= GATE if self._centroids is not None else np.ones(len(texts), dtype=bool)
            theme[fits] = [self._found.theme_of[int(column)] for column in best[fits]]
            shown = np.array([self._found.shown(int(column)) for column in best])
            strength[fits] = strength_on(shown, values, at_home)[fits]
        rest = np.flatnonzero(theme < 0)
        if len(rest) and self._space is not None and self._centroids is not None:
            alike = self._space.transform([texts[row] for row in rest]) @ self._centroids.T
            theme[rest] = alike.argmax(axis=1) + self._first_own
            strength[rest] = likeness_strength(alike)
        return [(self._keys[at], float(sure)) for at, sure in zip(theme.tolist(), strength, strict=True)]

    def explain(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the words that placed each text in its theme.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        list of tuple of str
            The most telling first; empty for an empty text.
        """
        from feedback.text.tokens import key, words

        self._fitted()
        keys = self.predict(texts)
        clean = cleaned(texts)
        found: list[tuple[str, ...]] = [()] * len(texts)
        by_key = {theme.key: theme for theme in self.themes_}
        telling = {
            theme.key: {key(word, language) for word in theme.keywords for language in ("nl", "en")}
            for theme in self.themes_
            if not theme.from_codebook
        }
        booked = []
        for at, theme_key in enumerate(keys):
            if theme_key in telling:
                mine = [word for word in words(clean[at]) if key(word, "nl") in telling[theme_key]]
                found[at] = tuple(dict.fromkeys(mine))[:4]
            elif theme_key and by_key[theme_key].from_codebook:
                booked.append(at)
        if booked and self._placer is not None:
            fit = self._placer.fit_of([clean[at] for at in booked])
            # A theme may hold several entries that are kin: the words speak for the one that the text fits best.
            held: dict[str, list[int]] = {self._keys[theme]: [] for theme in self._found.theme_of.values()}
            for column, theme in self._found.theme_of.items():
                held[self._keys[theme]].append(column)
            chosen = [held[keys[at]][int(fit.values[row, held[keys[at]]].argmax())] for row, at in enumerate(booked)]
            for at, said in zip(booked, self._placer.evidence(fit, np.array(chosen)), strict=True):
                found[at] = said
        return found

    def place(self, texts: Sequence[str]) -> Placement:
        """Place texts on the entries of the codebook only; needs no fit.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        Placement
            With key "" where no entry fits.

        Raises
        ------
        ValueError
            When the model has no codebook.
        """
        trained = self._trained()
        if trained is None:
            raise ValueError("this model has no codebook to place on: pass codebook='default' or a Codebook")
        return trained.place(cleaned(texts), GATE)

    def _fitted(self) -> None:
        if not hasattr(self, "labels_"):
            raise ValueError("this ThemeModel is not fitted yet: call fit(texts) first")
