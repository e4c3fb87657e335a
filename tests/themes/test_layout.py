from __future__ import annotations

import numpy as np

from feedback.themes import layout


def panel(count: int = 120, themes: int = 6, seed: int = 0) -> tuple[np.ndarray, list[str], list[float]]:
    random = np.random.default_rng(seed)
    which = random.integers(0, themes, count)
    vectors = random.normal(size=(themes, 16))[which] + 0.2 * random.normal(size=(count, 16))
    return vectors.astype(np.float32), [f"t{at}" for at in which], list(random.random(count))


def test_the_same_remarks_give_the_same_map() -> None:
    assert np.array_equal(layout.layout(*panel()), layout.layout(*panel()))


def test_everything_lies_on_the_map_and_nothing_on_another() -> None:
    places = layout.layout(*panel())
    assert places.min() >= 0 and places[:, 0].max() <= layout.ASPECT and places[:, 1].max() <= 1
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + np.eye(len(places))
    assert apart.min() > 0.005


def test_a_remark_lies_nearest_to_its_own_theme() -> None:
    vectors, themes, strengths = panel()
    places = layout.layout(vectors, themes, strengths)
    names = sorted(set(themes))
    middles = np.stack([places[np.array(themes) == name].mean(axis=0) for name in names])
    nearest = np.linalg.norm(places[:, None] - middles[None], axis=2).argmin(axis=1)
    assert np.mean([names[at] == theme for at, theme in zip(nearest, themes, strict=True)]) > 0.97


def test_the_strongest_lie_in_the_middle() -> None:
    vectors, themes, strengths = panel()
    places = layout.layout(vectors, themes, strengths)
    mine = np.array(themes) == "t0"
    away = np.linalg.norm(places[mine] - places[mine].mean(axis=0), axis=1)
    assert np.corrcoef(away, np.array(strengths)[mine])[0, 1] < -0.8


def test_one_remark_none_and_remarks_without_a_known_word() -> None:
    assert layout.layout(np.zeros((1, 4), np.float32), [""], [0.0]).shape == (1, 2)
    assert layout.layout(np.zeros((0, 4), np.float32), [], []).shape == (0, 2)
    assert np.isfinite(layout.layout(np.zeros((9, 4), np.float32), ["a", "b", ""] * 3, [0.0] * 9)).all()


def test_a_sample_keeps_the_share_of_every_theme() -> None:
    themes = ["a"] * 8000 + ["b"] * 2000
    chosen = layout.sample(themes)
    assert len(chosen) == layout.MOST_DOTS == len(set(chosen))
    assert abs(np.mean(np.array(themes)[chosen] == "a") - 0.8) < 0.01
    assert list(layout.sample(["a"] * 3)) == [0, 1, 2]
