"""The portfolio: of all savings ideas the set that reaches a target with the least pain. Plain values in, plain values out.

Exact: a mixed-integer programme solved in stages, the optimum of each a condition of the next. Least pain first, of
those the lowest one-off cost, of those the most euros. Amounts count to the cent, pain to a thousandth of a point.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from feedback.savings.programme import Choice, Programme

State = Literal["open", "done", "refused"]
CENTS, POINTS = 100, 1000
MOST_POINTS = 40


@dataclass(frozen=True)
class Idea:
    """A saving that can be chosen or not.

    Attributes
    ----------
    id : str
    saving : float
        Euro a year.
    pain : mapping of str to float
        By organisation: max(0, -impact) x clients. An organisation that is left out is unknown.
    one_off_cost : float
        Euro.
    effort : float
        Points; only their sum is limited.
    excludes, requires : frozenset of str
        Ids. An exclusion counts when either idea names the other.
    state : {"open", "done", "refused"}
        See `open_ideas`.
    """

    id: str
    saving: float
    pain: Mapping[str, float]
    one_off_cost: float = 0.0
    effort: float = 0.0
    excludes: frozenset[str] = field(default=frozenset())
    requires: frozenset[str] = field(default=frozenset())
    state: State = "open"


@dataclass(frozen=True)
class Terms:
    """What people decided beforehand.

    Attributes
    ----------
    forced, left_out : frozenset of str
        Ids of ideas that are in, or out, whatever it costs.
    effort, budget : float, optional
        Most effort points, and most euros of one-off cost, of all ideas together.
    cap : float, optional
        Most pain of any one organisation.
    """

    forced: frozenset[str] = field(default=frozenset())
    left_out: frozenset[str] = field(default=frozenset())
    effort: float | None = None
    budget: float | None = None
    cap: float | None = None


@dataclass(frozen=True)
class Portfolio:
    """A set of ideas and what it does.

    Attributes
    ----------
    target : float
        Euro a year that was asked for.
    feasible : bool
        Whether the set reaches it. If not, it is the set with the most euros, and of those with the least pain.
    ideas : tuple of str
        Ids, in the order in which they were given.
    saving, one_off_cost : float
        Euro a year, euro.
    effort : float
    pain : float
    pain_by_organisation : dict of str to float
    most_possible : float or None
        The most euros a year under these terms; None: the terms contradict each other, no set meets them.
    """

    target: float
    feasible: bool
    ideas: tuple[str, ...]
    saving: float
    one_off_cost: float
    effort: float
    pain: float
    pain_by_organisation: dict[str, float]
    most_possible: float | None


@dataclass(frozen=True)
class Point:
    """One place on the frontier: no set brings as much with less pain, none hurts as little and brings more."""

    saving: float
    pain: float


def open_ideas(ideas: Sequence[Idea]) -> list[Idea]:
    """Leave out what was decided already, and draw the consequences.

    Parameters
    ----------
    ideas : sequence of Idea

    Returns
    -------
    list of Idea
        The open ones. A requirement that is done is met; what is done shuts out the ideas that exclude it. An
        idea that requires a refused one stays, and cannot be chosen.
    """
    done = {idea.id for idea in ideas if idea.state == "done"}
    shut = set().union(*(idea.excludes for idea in ideas if idea.state == "done"))
    return [
        replace(idea, requires=idea.requires - done)
        for idea in ideas
        if idea.state == "open" and idea.id not in shut and not idea.excludes & done
    ]


def choose(ideas: Sequence[Idea], target: float, terms: Terms | None = None) -> Portfolio:
    """Choose the set that reaches a target with the least pain.

    Parameters
    ----------
    ideas : sequence of Idea
        Those that take part (see `open_ideas`), each id once; what requires an idea that is not among them
        cannot be chosen.
    target : float
        Euro a year.
    terms : Terms, optional

    Returns
    -------
    Portfolio
        Of sets with the same pain the one with the lowest one-off cost, of those the one with the most euros.
    """
    problem = _Problem(ideas, terms or Terms())
    most = problem.rules.least(-problem.saving)
    if most is None:
        return problem.describe(target, np.zeros(len(ideas), dtype=bool), None)
    most_possible = int(problem.saving[most].sum())
    rules = problem.rules.copy()
    rules.at_least(problem.saving, min(_up(target, CENTS), most_possible))
    choice = most
    for goal in (problem.pain, problem.one_off_cost, -problem.saving):
        found = rules.least(goal)
        if found is None:
            break
        choice = found
        rules.at_most(goal, int(goal[choice].sum()))
    return problem.describe(target, choice, most_possible)


def least_pain(ideas: Sequence[Idea], target: float, terms: Terms | None = None) -> float | None:
    """Tell how little pain a target can cost; quicker than `choose`.

    Parameters
    ----------
    ideas, target, terms
        See `choose`.

    Returns
    -------
    float or None
        None: the target cannot be reached.
    """
    problem = _Problem(ideas, terms or Terms())
    problem.rules.at_least(problem.saving, _up(target, CENTS))
    found = problem.rules.least(problem.pain)
    return None if found is None else int(problem.pain[found].sum()) / POINTS


def frontier(ideas: Sequence[Idea], terms: Terms | None = None, most_points: int = MOST_POINTS) -> list[Point]:
    """Set the least pain against the euros, from the set without pain to the set with the most euros.

    The epsilon-constraint method: for a growing least amount first the least pain, then the most euros for that
    pain, so that every point is one that nothing beats. Where there are more such points than asked for, they are
    spread over the amounts.

    Parameters
    ----------
    ideas, terms
        See `choose`.
    most_points : int

    Returns
    -------
    list of Point
        Pain and euros both rise from each point to the next. Empty: no set meets the terms.
    """
    problem = _Problem(ideas, terms or Terms())
    most = problem.rules.least(-problem.saving)
    if most is None:
        return []
    highest = int(problem.saving[most].sum())
    points: list[Point] = []
    least: int | None = None
    while least is None or least <= highest:
        rules = problem.rules.copy()
        if least is not None:
            rules.at_least(problem.saving, least)
        gentle = rules.least(problem.pain)
        if gentle is None:
            break
        rules.at_most(problem.pain, int(problem.pain[gentle].sum()))
        best = rules.least(-problem.saving)
        best = gentle if best is None else best
        reached = int(problem.saving[best].sum())
        points.append(Point(reached / CENTS, int(problem.pain[best].sum()) / POINTS))
        left = most_points - len(points)
        least = max(reached + 1, highest if left <= 1 else reached + (highest - reached) // left)
    return points


class _Problem:
    """Ideas and terms in whole numbers: cents, thousandths of pain."""

    def __init__(self, ideas: Sequence[Idea], terms: Terms) -> None:
        self.ideas = ideas
        self.organisations = list(dict.fromkeys(name for idea in ideas for name in idea.pain))
        self.saving = _whole((idea.saving for idea in ideas), CENTS)
        self.one_off_cost = _whole((idea.one_off_cost for idea in ideas), CENTS)
        self.effort = _whole((idea.effort for idea in ideas), POINTS)
        self.hurt = {name: _whole((idea.pain.get(name, 0.0) for idea in ideas), POINTS) for name in self.organisations}
        self.pain = sum(self.hurt.values(), np.zeros(len(ideas), dtype=np.int64))
        self.rules = self._rules(terms)

    def _rules(self, terms: Terms) -> Programme:
        rules = Programme(len(self.ideas))
        at = {idea.id: number for number, idea in enumerate(self.ideas)}
        unit = np.eye(len(self.ideas), dtype=np.int64)
        pairs = {frozenset((idea.id, other)) for idea in self.ideas for other in idea.excludes if other in at}
        for pair in sorted(pairs, key=sorted):
            rules.at_most(sum(unit[at[name]] for name in pair), 1 if len(pair) > 1 else 0)
        for idea in self.ideas:
            for other in sorted(idea.requires):
                rules.at_most(unit[at[idea.id]] - (unit[at[other]] if other in at else 0), 0)
        for name in terms.forced:
            rules.at_least(unit[at[name]] if name in at else 0 * self.saving, 1)
        for name in terms.left_out & at.keys():
            rules.at_most(unit[at[name]], 0)
        if terms.effort is not None:
            rules.at_most(self.effort, _down(terms.effort, POINTS))
        if terms.budget is not None:
            rules.at_most(self.one_off_cost, _down(terms.budget, CENTS))
        if terms.cap is not None:
            for hurt in self.hurt.values():
                rules.at_most(hurt, _down(terms.cap, POINTS))
        return rules

    def describe(self, target: float, choice: Choice, most_possible: int | None) -> Portfolio:
        saving = int(self.saving[choice].sum())
        return Portfolio(
            target=target,
            feasible=most_possible is not None and saving >= _up(target, CENTS),
            ideas=tuple(idea.id for idea, chosen in zip(self.ideas, choice, strict=True) if chosen),
            saving=saving / CENTS,
            one_off_cost=int(self.one_off_cost[choice].sum()) / CENTS,
            effort=int(self.effort[choice].sum()) / POINTS,
            pain=int(self.pain[choice].sum()) / POINTS,
            pain_by_organisation={name: int(hurt[choice].sum()) / POINTS for name, hurt in self.hurt.items()},
            most_possible=None if most_possible is None else most_possible / CENTS,
        )


def _whole(values: Iterable[float], unit: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([round(value * unit) for value in values], dtype=np.int64)


# What is a whole number of cents but for the last digits of a float is that number.
def _up(value: float, unit: int) -> int:
    return math.ceil(round(value * unit, 4))


def _down(value: float, unit: int) -> int:
    return math.floor(round(value * unit, 4))
