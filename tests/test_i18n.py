"""Both catalogues are complete, every key in use is in them, and numbers read as the reader writes them."""

from __future__ import annotations

import ast
import datetime as dt
import re
import string
from pathlib import Path

import pytest

from feedback import i18n

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    ROOT / "streamlit_app.py",
    *sorted((ROOT / "pages").glob("*.py")),
    *sorted((ROOT / "feedback").rglob("*.py")),
]
KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def literals() -> set[str]:
    """Every string in the code that looks like a key, and the fixed start of every f-string that does."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def called_keys() -> set[tuple[str, str]]:
    """Keys given as plain text to a translating call or a UserError, with where."""
    found: set[tuple[str, str]] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = {"t": 0, "UserError": 0, "translate": 1}.get(name)
            if at is None or len(node.args) <= at:
                continue
            argument = node.args[at]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and KEY.match(argument.value):
                found.add((argument.value, f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found


def test_both_languages_have_the_same_keys() -> None:
    assert set(i18n.catalogue("nl")) == set(i18n.catalogue("en"))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_text_is_blank(language: i18n.Language) -> None:
    assert [key for key, texts in i18n.catalogue(language).items() if not all(text.strip() for text in texts)] == []


def test_both_languages_fill_in_the_same_values() -> None:
    dutch, english = i18n.catalogue("nl"), i18n.catalogue("en")
    assert [key for key in dutch if fields("".join(dutch[key])) != fields("".join(english[key]))] == []


def test_every_key_that_code_asks_for_exists() -> None:
    known = i18n.catalogue("nl")
    assert sorted(f"{where} {key}" for key, where in called_keys() if key not in known) == []


def test_no_text_is_left_that_no_code_asks_for() -> None:
    used = literals()
    # Keys made of a fixed start and a value: f"level.{level}".
    starts = {text for text in used if text.endswith((".", "_")) and "." in text}
    unused = [key for key in i18n.catalogue("nl") if key not in used and not key.startswith(tuple(starts))]
    assert unused == []


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (i18n.number(1234567.8, "nl", 1), "1.234.567,8"),
        (i18n.number(1234567.8, "en", 1), "1,234,567.8"),
        (i18n.number(float("nan"), "nl"), "–"),
        (i18n.euro(12500, "nl"), "€\u00a012.500"),
        (i18n.euro(12500, "en"), "€12,500"),
        (i18n.percent(0.125, "nl", 1), "12,5%"),
        (i18n.day(dt.date(2026, 3, 17), "nl"), "17 maart 2026"),
        (i18n.day(dt.date(2026, 3, 17), "en", short=True), "17 Mar 2026"),
    ],
)
def test_figures_read_as_in_the_language(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("nl-BE", "nl"), ("en_US", "en"), ("de-DE", "en"), ("", "nl"), (None, "nl")]
)
def test_language_of_a_browser(raw: str | None, expected: str) -> None:
    assert i18n.as_language(raw) == expected


def test_plural_follows_the_count() -> None:
    assert i18n.translate("nl", "people.count", n=1) == "1 mens"
    assert i18n.translate("nl", "people.count", n=1200) == "1.200 mensen"
