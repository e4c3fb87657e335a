"""Translate, and format numbers, dates and euros for the reader.

Texts live in `locales/<language>/*.po` (gettext, one file a room of the house); a message is named by a stable key
(`themes.rename`), so that the wording of either language changes in one place and code never does.
"""

from __future__ import annotations

import datetime as dt
import logging
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES = Path(__file__).parent / "locales"
# English for Dutch public bodies: day before month.
BABEL_LOCALE: dict[str, str] = {"nl": "nl_NL", "en": "en_GB"}
MISSING = "–"

Translate = Callable[..., str]
log = logging.getLogger(__name__)


@cache
def catalogue(language: Language) -> dict[str, tuple[str, ...]]:
    """Read all texts of one language.

    Parameters
    ----------
    language : {"nl", "en"}

    Returns
    -------
    dict of str to tuple of str
        Key to its text, or to its texts for one and for more (gettext plurals).

    Raises
    ------
    ValueError
        When two files of a language define the same key.
    """
    texts: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            entries: Catalog = read_po(file, locale=language)
        for message in entries:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if key in texts:
                raise ValueError(f"{path.name}: key {key!r} stands in another file of {language} too")
            texts[key] = strings
    return texts


def translate(language: Language, key: str, /, **values: Any) -> str:
    """Give the text of a key in a language, with values filled in.

    Parameters
    ----------
    language : {"nl", "en"}
    key : str
        Stable name of the text.
    **values
        Fill `{name}` in the text. `n` (a count) also chooses between one and more.

    Returns
    -------
    str
        The text; where it is missing, the other language's, at last the key itself (and a line in the log).
    """
    texts = catalogue(language).get(key)
    if not texts or not texts[0]:
        log.error("text %r is missing in %s", key, language)
        other = next((catalogue(lang).get(key) for lang in LANGUAGES if catalogue(lang).get(key)), None)
        texts = other or (key,)
    n = values.get("n")
    text = texts[0] if len(texts) == 1 or n == 1 else texts[1]
    if not values:
        return text
    shown = {
        name: number(value, language) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in values.items()
    }
    return text.format_map(shown)


def translator(language: Language) -> Translate:
    """Bind `translate` to one language.

    Parameters
    ----------
    language : {"nl", "en"}

    Returns
    -------
    callable
        `t(key, **values) -> str`.
    """

    def t(key: str, /, **values: Any) -> str:
        return translate(language, key, **values)

    return t


class UserError(Exception):
    """Something a person can mend; says what and how in the reader's language.

    Parameters
    ----------
    key : str
        Key of the message in the catalogues.
    **values
        What the message names: row, column, file, limit ... A name that differs by language is a dict of language to name.
    """

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def message(self, language: Language) -> str:
        """Give the message in a language."""
        said = {name: value[language] if isinstance(value, dict) else value for name, value in self.values.items()}
        return translate(language, self.key, **said)

    def __str__(self) -> str:
        return self.message("en")


def as_language(raw: str | None, default: Language = "nl") -> Language:
    """Turn a browser's or a link's language ("nl-BE", "en_US", "de") into one that we have."""
    start = (raw or "").lower().replace("_", "-").split("-")[0]
    for language in LANGUAGES:
        if start == language:
            return language
    return default if not start else ("nl" if start == "nl" else "en")


def number(value: float | int | None, language: Language, decimals: int = 0) -> str:
    """Write a number as the reader does: 1.234,5 or 1,234.5; a missing one as a dash."""
    if value is None or value != value:
        return MISSING
    return _decimal(float(value), language, decimals)


@lru_cache(4096)
def _decimal(value: float, language: Language, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=BABEL_LOCALE[language]))


def percent(share: float | None, language: Language, decimals: int = 0) -> str:
    """Write a share 0..1 as a percentage."""
    if share is None or share != share:
        return MISSING
    return _percent(float(share), language, decimals)


@lru_cache(4096)
def _percent(share: float, language: Language, decimals: int) -> str:
    # Dutch style guides write 12% without a space, as English does; CLDR agrees.
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
    return str(format_percent(share, format=pattern, locale=BABEL_LOCALE[language]))


def euro(value: float | None, language: Language, *, compact: bool = False, cents: bool = False) -> str:
    """Write whole euros: € 12.500, or € 12,5K where space is short; with `cents` those too where there are any: € 2,50."""
    if value is None or value != value:
        return MISSING
    locale = BABEL_LOCALE[language]
    if compact and abs(value) >= 10_000:
        return str(format_compact_currency(value, "EUR", locale=locale, fraction_digits=0 if abs(value) < 1e6 else 1))
    pattern = "¤\u00a0#,##0" if language == "nl" else "¤#,##0"
    if cents and round(value, 2) % 1:
        pattern += ".00"
    written = str(format_currency(value, "EUR", locale=locale, format=pattern, currency_digits=False))
    # A line may break after a hyphen, never after a minus.
    return written.replace("-", "−")


def day(value: dt.date | dt.datetime | None, language: Language, *, short: bool = False) -> str:
    """Write a date: 3 maart 2026, or 3 mrt 2026 where space is short."""
    if value is None or value != value:
        return MISSING
    return str(format_date(value, format="d MMM y" if short else "d MMMM y", locale=BABEL_LOCALE[language]))


def sort_key(text: str) -> str:
    """Key to sort names as a reader expects: case and accents do not count."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
