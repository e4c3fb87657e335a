import numpy as np
import pytest

from feedback.text.bags import unit_rows
from feedback.themes.clusters import Hierarchy


@pytest.fixture(scope="module")
def clouds():
    random = np.random.default_rng(0)
    middles = random.normal(size=(6, 20))
    points = unit_rows(np.repeat(middles, 40, axis=0) + 0.5 * random.normal(size=(240, 20)))
    return points, random.integers(0, 2**63, 240, dtype=np.uint64)


@pytest.mark.parametrize("k", [1, 2, 6, 9])
def test_a_cut_has_exactly_so_many_clusters(clouds, k):
    points, lots = clouds
    assert len(set(Hierarchy(points, 6, lots).cut(k))) == k


def test_cuts_nest(clouds):
    points, lots = clouds
    tree = Hierarchy(points, 6, lots)
    assert len(set(zip(tree.cut(8), tree.cut(5), strict=True))) == 8


def test_clouds_stay_whole(clouds):
    points, lots = clouds
    assert len(set(zip(Hierarchy(points, 6, lots).cut(6), np.repeat(range(6), 40), strict=True))) == 6


def test_points_that_are_added_leave_the_others_together(clouds):
    points, lots = clouds
    old = np.sort(np.random.default_rng(1).permutation(240)[:218])
    before, after = Hierarchy(points[old], 6, lots[old]).cut(6), Hierarchy(points, 6, lots).cut(6)[old]
    assert len(set(zip(before, after, strict=True))) == 6
