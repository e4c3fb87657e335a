"""Our own labelled sentences, from other organisations and moods than the examples that ship."""

from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [[cell.replace("\\n", "\n") for cell in line.split("\t")] for line in lines if line]


def _f1(pairs: list[tuple[bool, bool]]) -> float:
    hits = sum(wanted and got for wanted, got in pairs)
    return 2 * hits / max(1, sum(wanted for wanted, _ in pairs) + sum(got for _, got in pairs))


@pytest.fixture
def labelled() -> Callable[[str], list[list[str]]]:
    """Lines of a tab-separated set, cut into columns; a written backslash-n is a line break."""
    return _rows


@pytest.fixture
def f1() -> Callable[[list[tuple[bool, bool]]], float]:
    """F1 of (wanted, got) pairs."""
    return _f1
