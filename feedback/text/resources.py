"""Where the shipped word lists lie, and how a plain list is read."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parents[2] / "data"


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
