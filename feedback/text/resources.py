"""Where the shipped word lists lie, and how a plain list is read."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from threading import RLock
from typing import Any, ParamSpec, TypeVar

import yaml

DATA = Path(__file__).resolve().parents[2] / "data"

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def made_once(most: int = 1) -> Callable[[Callable[_Given, _Made]], Callable[_Given, _Made]]:
    """Keep the last results of a function that takes long; threads that ask for the same wait instead of making it twice.

    Parameters
    ----------
    most : int
        Results that are kept.

    Returns
    -------
    callable
        A decorator, for functions of hashable arguments.
    """

    def around(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        kept: Any = lru_cache(maxsize=most)(make)
        lock = RLock()

        @wraps(make)
        def get(*args: _Given.args, **named: _Given.kwargs) -> _Made:
            with lock:
                made: _Made = kept(*args, **named)
                return made

        return get

    return around


def read_lines(path: Path) -> list[str]:
    """Read a word list: one entry a line, ``#`` starts a comment.

    Parameters
    ----------
    path : Path
        A UTF-8 text file.

    Returns
    -------
    list of str
        The entries in file order, without comments and empty lines.
    """
    rows = (line.split("#", 1)[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row]


@lru_cache(maxsize=8)
def read_yaml(path: Path) -> Any:
    """Read a YAML file of word lists; the answer is shared, so it must not be changed.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Any
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML has it
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both loaders are safe


def read_examples(path: Path) -> list[tuple[str, str]]:
    """Read labelled texts: a label, a tab and the text on each line, ``#`` starts a comment line.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of (str, str)
        Label and text, in file order.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return [(label, text) for label, _, text in pairs]
