"""The portfolio is the one that trying every set would find, and nothing beats a point of the frontier."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.savings.portfolio import Idea, Terms, choose, frontier, least_pain, open_ideas

ORGANISATIONS = ("gemeente", "hogeschool", "waterschap")


def idea(name: str, saving: float = 1000, pain: float | dict[str, float] = 0, **values: object) -> Idea:
    hurt = pain if isinstance(pain, dict) else {"gemeente": pain}
    sets = {key: frozenset(value) if isinstance(value, set) else value for key, value in values.items()}
    return Idea(name, saving, hurt, **sets)  # type: ignore[arg-type]


# What a set of ideas is ------------------------------------------------------------------------------------------


def test_the_target_is_reached_with_the_least_pain() -> None:
    found = choose([idea("a", 3000, 90), idea("b", 2000, 30), idea("c", 1500, 20)], 3000)
    assert (found.ideas, found.saving, found.pain) == (("b", "c"), 3500, 50)
    assert found.feasible and found.most_possible == 6500


def test_of_two_sets_that_hurt_as_much_the_cheaper_one_and_then_the_one_with_more_euros() -> None:
    dear, cheap, rich = idea("dear", one_off_cost=500), idea("cheap"), idea("rich", 1200)
    assert choose([dear, cheap], 1000).ideas == ("cheap",)
    assert choose([dear, cheap, rich], 1000).ideas == ("cheap", "rich")


def test_a_target_that_cannot_be_reached_shows_the_most_that_can_with_the_least_pain() -> None:
    found = choose([idea("a", 1000, 10), idea("b", 1000, 5, excludes={"a"}), idea("c", 500)], 9000)
    assert not found.feasible
    assert (found.ideas, found.saving, found.most_possible, found.pain) == (("b", "c"), 1500, 1500, 5)


def test_an_exclusion_counts_when_either_side_names_it() -> None:
    for pair in ([idea("a", excludes={"b"}), idea("b")], [idea("a"), idea("b", excludes={"a"})]):
        assert choose(pair, 2000).most_possible == 1000


def test_an_idea_brings_along_what_it_requires() -> None:
    found = choose([idea("a", 1000, requires={"b"}), idea("b", 0, 7)], 1000)
    assert (found.ideas, found.pain) == (("a", "b"), 7)
    assert choose([idea("a", requires={"elsewhere"})], 1000).ideas == ()


def test_ideas_are_forced_in_and_out_and_the_price_is_known() -> None:
    ideas = [idea("a", 1000, 10), idea("b", 1000, 30)]
    assert choose(ideas, 1000).ideas == ("a",)
    assert choose(ideas, 1000, Terms(left_out=frozenset("a"))).ideas == ("b",)
    assert choose(ideas, 1000, Terms(forced=frozenset("b"))).ideas == ("b",)
    assert least_pain(ideas, 1000, Terms(left_out=frozenset("a"))) == 30
    assert least_pain(ideas, 1001, Terms(left_out=frozenset("a"))) is None


def test_terms_that_contradict_each_other_leave_no_set_at_all() -> None:
    pair = [idea("a", excludes={"b"}), idea("b")]
    found = choose(pair, 0, Terms(forced=frozenset("ab")))
    assert (found.feasible, found.ideas, found.most_possible) == (False, (), None)
    assert frontier(pair, Terms(forced=frozenset("ab"))) == []
    assert choose(pair, 0, Terms(forced=frozenset({"gone"}))).most_possible is None


def test_effort_one_off_costs_and_the_pain_of_one_organisation_have_limits() -> None:
    ideas = [idea("a", 3000, {"gemeente": 80}, effort=5, one_off_cost=900), idea("b", 1000, {"museum": 60}, effort=1)]
    assert choose(ideas, 0, Terms(effort=4)).most_possible == 1000
    assert choose(ideas, 0, Terms(budget=899.99)).most_possible == 1000
    assert choose(ideas, 0, Terms(cap=79)).most_possible == 1000
    assert choose(ideas, 4000, Terms(cap=80)).pain_by_organisation == {"gemeente": 80, "museum": 60}


def test_nothing_to_choose_from() -> None:
    found = choose([], 100)
    assert (found.feasible, found.ideas, found.most_possible) == (False, (), 0)
    assert choose([], 0).feasible
    assert [(point.saving, point.pain) for point in frontier([])] == [(0, 0)]


@pytest.mark.parametrize("target", [0.3, 0.1 + 0.2, 249_999.99])
def test_amounts_count_to_the_cent(target: float) -> None:
    assert choose([idea("a", round(target, 2))], target).feasible
    assert not choose([idea("a", round(target, 2) - 0.01)], target).feasible


# What was decided already ----------------------------------------------------------------------------------------


def test_what_is_done_or_refused_takes_no_part() -> None:
    ideas = [idea("a"), idea("b", state="done"), idea("c", state="refused")]
    assert [one.id for one in open_ideas(ideas)] == ["a"]


def test_a_requirement_that_is_done_is_met_and_one_that_is_refused_never_is() -> None:
    ideas = [idea("a", requires={"b"}), idea("b", state="done"), idea("c", requires={"d"}), idea("d", state="refused")]
    assert choose(open_ideas(ideas), 5000).ideas == ("a",)


def test_what_is_done_shuts_out_what_it_excludes() -> None:
    ideas = [idea("a", excludes={"b"}), idea("b", state="done", excludes={"c"}), idea("c"), idea("d")]
    assert [one.id for one in open_ideas(ideas)] == ["d"]


# Against trying every set ----------------------------------------------------------------------------------------

ids = st.integers(0, 13)
figures = st.one_of(st.integers(0, 60).map(lambda n: n * 500.0), st.integers(0, 3_000_000).map(lambda n: n / 100))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Idea], float, Terms]:
    n = draw(st.integers(1, 14))
    names = [f"i{at}" for at in range(n)]
    few = st.frozensets(st.sampled_from(names), max_size=2)
    hurt = st.fixed_dictionaries({name: st.one_of(st.just(0.0), figures) for name in ORGANISATIONS})
    # Most ideas are free of conditions, or hardly any set would be left.
    links = st.one_of(st.just(frozenset[str]()), st.just(frozenset[str]()), few)
    ideas = [
        Idea(name, draw(figures), draw(hurt), draw(figures), draw(st.integers(0, 5)), draw(links) - {name}, draw(links))
        for name in names
    ]
    limit = st.one_of(st.none(), figures)
    terms = Terms(
        forced=draw(st.one_of(st.just(frozenset[str]()), few)), left_out=draw(few),
        effort=draw(st.one_of(st.none(), st.integers(0, 30))), budget=draw(limit), cap=draw(limit),
    )  # fmt: skip
    return ideas, draw(st.one_of(st.just(0.0), figures.map(lambda eur: eur * 4))), terms


def every_set(ideas: Sequence[Idea], terms: Terms) -> dict[str, np.ndarray]:
    """Every set that meets the terms: in whole cents and thousandths its saving, pain and one-off cost."""
    at = {one.id: number for number, one in enumerate(ideas)}
    sets = (np.arange(2 ** len(ideas))[:, None] >> np.arange(len(ideas))) & 1 == 1
    keep = np.ones(len(sets), dtype=bool)
    for one in ideas:
        for other in one.excludes:
            keep &= ~(sets[:, at[one.id]] & sets[:, at[other]])
        for other in one.requires:
            keep &= ~sets[:, at[one.id]] | sets[:, at[other]]
    for name in terms.forced:
        keep &= sets[:, at[name]]
    for name in terms.left_out:
        keep &= ~sets[:, at[name]]

    def total(values: list[float], unit: int) -> np.ndarray:
        return sets @ np.array([round(value * unit) for value in values], dtype=np.int64)

    hurt = {name: total([one.pain[name] for one in ideas], 1000) for name in ORGANISATIONS}
    cost = total([one.one_off_cost for one in ideas], 100)
    if terms.effort is not None:
        keep &= total([one.effort for one in ideas], 1) <= terms.effort
    if terms.budget is not None:
        keep &= cost <= round(terms.budget * 100)
    if terms.cap is not None:
        for each in hurt.values():
            keep &= each <= round(terms.cap * 1000)
    saving = total([one.saving for one in ideas], 100)
    figures = {"saving": saving, "pain": sum(hurt.values()), "cost": cost}
    return {name: values[keep] for name, values in figures.items()}


@given(cases())
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_no_set_does_better(case: tuple[list[Idea], float, Terms]) -> None:
    ideas, target, terms = case
    found, sets = choose(ideas, target, terms), every_set(ideas, terms)
    if not len(sets["saving"]):
        assert found.most_possible is None
        return
    assert found.most_possible == sets["saving"].max() / 100
    wanted = min(round(target * 100), sets["saving"].max())
    assert found.feasible == (sets["saving"].max() >= round(target * 100))
    order = [
        (pain, cost, -saving)
        for saving, pain, cost in zip(sets["saving"], sets["pain"], sets["cost"], strict=True)
        if saving >= wanted
    ]
    pain, cost, saving = min(order)
    assert (found.pain, found.one_off_cost, found.saving) == (pain / 1000, cost / 100, -saving / 100)
    chosen = [one for one in ideas if one.id in found.ideas]
    assert found.saving == pytest.approx(sum(one.saving for one in chosen))
    assert found.pain == pytest.approx(sum(found.pain_by_organisation.values()))


@given(cases())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_nothing_beats_a_point_of_the_frontier(case: tuple[list[Idea], float, Terms]) -> None:
    ideas, _, terms = case
    points, sets = frontier(ideas, terms, most_points=6), every_set(ideas, terms)
    if not len(sets["saving"]):
        assert points == []
        return
    assert len(points) <= 6
    for point in points:
        saving, pain = round(point.saving * 100), round(point.pain * 1000)
        assert pain == sets["pain"][sets["saving"] >= saving].min()
        assert saving == sets["saving"][sets["pain"] <= pain].max()
    assert all(one.saving < two.saving and one.pain < two.pain for one, two in pairwise(points))
    assert round(points[0].pain * 1000) == sets["pain"].min()
    assert round(points[-1].saving * 100) == sets["saving"].max()


def test_a_frontier_with_few_points_has_them_all() -> None:
    ideas = [idea("a", 1000, 0), idea("b", 5000, 50), idea("c", 90_000, 2000)]
    assert [(point.saving, point.pain) for point in frontier(ideas)] == [
        (1000, 0), (6000, 50), (91_000, 2000), (96_000, 2050),
    ]  # fmt: skip
