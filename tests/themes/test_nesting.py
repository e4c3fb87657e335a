"""Themes under headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.themes.codebook import Codebook
from feedback.themes.nesting import Nesting

BOOK = Codebook.load()
NESTING = Nesting(BOOK.entries)
KEYS = [entry.key for entry in BOOK.entries]


def heading_of(headings: list[tuple[str, ...]]) -> dict[str, int]:
    return {theme: at for at, themes in enumerate(headings) for theme in themes}


@given(st.sets(st.sampled_from(KEYS), min_size=1, max_size=60), st.integers(1, 60), st.integers(1, 60))
def test_fewer_headings_never_part_what_more_had_together(themes: set[str], one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    coarse = heading_of(NESTING.cut(themes, fewer))
    assert coarse.keys() == themes
    for together in NESTING.cut(themes, more):
        assert len({coarse[theme] for theme in together}) == 1


@given(st.sets(st.sampled_from(KEYS), min_size=1, max_size=60), st.integers(1, 60))
def test_there_are_as_many_headings_as_asked_for(themes: set[str], k: int) -> None:
    assert len(NESTING.cut(themes, k)) == min(k, len(themes))


def test_another_theme_moves_none_of_the_others_to_another_heading() -> None:
    before = NESTING.cut(KEYS[:40:2], 8)
    after = NESTING.cut(KEYS[:40:2] + KEYS[1:3], 8)
    assert sum(set(themes) <= set(more) or set(more) <= set(themes) for themes in before for more in after) >= 8


def test_what_belongs_together_stands_together() -> None:
    themes = [
        "hr-salarisstrook", "hr-salaris-betaling", "facilitair-schoonmaak", "facilitair-koffie", "ict-inloggen", "ict-wachtwoorden",
    ]  # fmt: skip
    known = [theme for theme in themes if theme in KEYS]
    together = NESTING.cut(known, 3)
    assert all(len({theme.split("-")[0] for theme in heading}) == 1 for heading in together)


@pytest.mark.parametrize("n", [0, 1])
def test_a_codebook_of_nothing_and_of_one(n: int) -> None:
    nesting = Nesting(BOOK.entries[:n])
    assert nesting.cut(KEYS[:n], 3) == [(key,) for key in KEYS[:n]]
