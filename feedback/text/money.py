"""Amounts of money: typed in a field, or named in a remark and brought to a year."""

import re
from itertools import pairwise
from typing import NamedTuple

from feedback.text.tokens import fold

_FACTOR = {
    "k": 1e3, "mille": 1e3, "duizend": 1e3, "thousand": 1e3, "ton": 1e5, "m": 1e6, "mln": 1e6, "mio": 1e6, "miljoen": 1e6,
    "million": 1e6, "mrd": 1e9, "mld": 1e9, "miljard": 1e9, "billion": 1e9,
}  # fmt: skip
_UNIT = r"(?:k|mille|duizend|thousand|ton|m|mln\.?|mio|miljoen|million|mrd\.?|mld\.?|miljard|billion)"
_DIGITS = r"\d{1,3}(?:[.\u00a0 ]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d+)?"

_UNITS = {
    "nul": 0, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
    "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
    "negentien": 19,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
}  # fmt: skip
_BELOW_HUNDRED: dict[str, float] = {word: float(value) for word, value in {**_UNITS, **_TENS}.items()}
_BELOW_HUNDRED |= {f"{one}en{ten}": float(_UNITS[one] + _TENS[ten]) for one in list(_UNITS)[1:10] for ten in _TENS}
_BELOW_HUNDRED |= {"anderhalf": 1.5, "anderhalve": 1.5, "halve": 0.5, "half": 0.5, "paar": 0.0}
_BIG = (
    ("miljard", 1e9),
    ("miljoen", 1e6),
    ("million", 1e6),
    ("duizend", 1e3),
    ("thousand", 1e3),
    ("honderd", 1e2),
    ("hundred", 1e2),
)


def _word_number(word: str) -> float | None:
    """Value of a number in letters ("vijfentwintigduizend"), None when it is no number."""
    word = word.replace("ën", "en").replace(" ", "").replace("-", "")
    if word in _BELOW_HUNDRED and word != "paar":
        return _BELOW_HUNDRED[word]
    for name, factor in _BIG:
        before, found, after = word.partition(name)
        if found:
            left = _word_number(before) if before else 1.0
            right = _word_number(after.removeprefix("en") or "nul")
            return None if left is None or right is None else left * factor + right
    return None


_LETTERS = "|".join(sorted(_BELOW_HUNDRED.keys() - {"paar", "nul"}, key=len, reverse=True))
_ABOUT = r"(?:kleine|dikke|ruime|krappe|slordige|goede|grote|halve) "
_WORDS = rf"(?:een )?(?:(?:{_LETTERS})?(?:miljoen|duizend|honderd|hundred|thousand|million)(?:en(?=[a-z]))?)+(?:{_LETTERS})?|een {_ABOUT}(?=ton|miljoen|mille)|(?:een )?(?:{_LETTERS})"
_ROUGHLY = re.compile(rf"een (?!halve){_ABOUT}")  # "een kleine ton"
_AMOUNT = re.compile(
    rf"(?P<before>€|eur(?:o)?\b|\$)? ?(?<![\w.,])(?P<sign>-)? ?(?:(?P<digits>{_DIGITS})|(?P<letters>\b(?:{_WORDS})\b))"
    rf"(?: ?(?P<unit>{_UNIT})(?![\w]))?(?P<tail>,--?|,=|\.--?)? ?(?P<after>€|euro(?:'s|s)?\b|eur\b|piek\b)?"
)


def _value(digits: str, unit: str | None) -> float:
    """Read digits with Dutch or English separators; three digits after one mark are thousands, unless "mln" follows."""
    digits = re.sub(r"[\u00a0 ]", "", digits)
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        thousands, decimal = (".", ",") if digits.rfind(",") > digits.rfind(".") else (",", ".")
        return float(digits.replace(thousands, "").replace(decimal, "."))
    mark = "." if dots else "," if commas else ""
    if not mark:
        return float(digits)
    head, _, last = digits.rpartition(mark)
    large = unit is not None and _FACTOR[unit] >= 1e5
    if digits.count(mark) > 1 or (len(last) == 3 and head != "0" and not large):
        return float(digits.replace(mark, ""))
    return float(f"{head}.{last}")


_MONEY = re.compile(r"€|eur|\d|\bton\b|mille|mil[jl]|mln")


# One mark, three digits and a unit: decimals of the unit, or thousands of it.
_TWO_WAYS = re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}[.,]\d{{3}} ?{_UNIT}(?!\w)")


class _Amount(NamedTuple):
    value: float
    start: int
    end: int
    marked: bool  # an euro sign, the word euro or a unit of money stood beside it


def _amounts(text: str) -> list[_Amount]:
    found = []
    for match in _AMOUNT.finditer(text):
        unit = match["unit"].rstrip(".") if match["unit"] else None
        if match["digits"]:
            value = _value(match["digits"], unit)
        else:
            letters = match["letters"]
            number = 1.0 if _ROUGHLY.fullmatch(letters) else _word_number(letters.removeprefix("een ") or "een")
            if number is None:
                continue
            value = number
        value *= _FACTOR[unit] if unit else 1.0
        if match["sign"]:
            value = -value
        marked = bool(match["before"] or match["after"] or match["tail"]) or unit in {
            "mln",
            "mille",
            "mrd",
            "mld",
            "k",
            "mio",
        }
        marked = marked or (unit in {"ton", "miljoen", "million"} and not match["after"])
        found.append(_Amount(value, match.start(), match.end(), marked))
    return found


class AmbiguousAmountError(ValueError):
    """Typed digits that are two amounts, a thousand times apart."""


def parse_euro(text: str) -> float:
    """Read an amount as people type it in a field.

    Parameters
    ----------
    text : str
        For instance "1.250.000", "€ 12,5k", "0,3 mln", "40 mille", "2 ton", "vijfduizend euro".

    Returns
    -------
    float
        Euros.

    Raises
    ------
    ValueError
        When the text is not one amount; the message says what is understood. An `AmbiguousAmountError` where a mark may stand for
        thousands or for decimals: "1.250 mln", "12.500k".
    """
    plain = fold(text.replace("−", "-").replace("–", "-").replace("—", "-"))
    if plain.startswith("-"):  # "- € 5" and "€ -5" are both typed
        plain = plain[1:].lstrip()
        return -parse_euro(plain)
    found = _amounts(plain)
    if len(found) != 1 or plain[: found[0].start].strip() or plain[found[0].end :].strip(" ."):
        raise ValueError(f"no amount understood in {text!r}: type for instance 12500, 12.500,50, 12,5k or 0,3 mln")
    if _TWO_WAYS.search(plain):
        raise AmbiguousAmountError(f"{text!r} may be two amounts: type for instance 1,25 mln or 1.250.000")
    return found[0].value


_A_YEAR = (
    (1.0, r"per jaar|p/?j|p\.j\.?|/ ?j(?:aa)?r|jaarlijkse?|per annum|a year|per year|yearly|annual(?:ly)?|(?:elk|ieder|het hele|op) jaar(?:basis)?|every year|structureel"),
    (2.0, r"per half ?jaar|per halfjaar|halfjaarlijkse?|(?:elk|ieder) half ?jaar|per semester"),
    (4.0, r"per kwartaal|per kwart|/ ?kwartaal|(?:elk|ieder) kwartaal|a quarter|per quarter|quarterly"),
    (12.0, r"per maand|p/?m|p\.m\.?|/ ?m(?:aa)?nd|maandelijkse?|(?:elke|iedere|in de) maand|a month|per month|monthly|every month"),
    (52.0, r"per week|p/?w|/ ?week|wekelijkse?|(?:elke|iedere) week|a week|per week|weekly|every week"),
    (250.0, r"per (?:werk)?dag|/ ?dag|dagelijkse?|(?:elke|iedere) (?:werk)?dag|a day|per day|daily|every day"),
)  # fmt: skip
_PERIOD = re.compile(
    "|".join(rf"(?P<p{number}>(?<!\w)(?:{pattern})(?!\w))" for number, (_, pattern) in enumerate(_A_YEAR))
)
_EACH = re.compile(
    r"^ ?,?(?:-)? ?(?:per|p/|/|each|a piece|apiece|de man|ieder)(?! ?(?:jaar|half|kwartaal|maand|week|dag|year|month|quarter|day|j\b|m\b))"
    r" ?(?:stuk|persoon|licentie|\w+)?"
)
_NUMBER = rf"\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|(?:{_LETTERS})(?:honderd|duizend)?|honderd|duizend"
_TIMES = re.compile(
    rf"(?<![\w.,€])(?P<n>{_NUMBER}) ?(?P<x>x|×|keer|maal|times)? ?(?P<what>(?:[a-z'-]+,? ){{0,3}}?)"
    r"(?P<of>x|×|keer|maal|van|a|à|voor|tegen|at|times|met|die|@)? ?(?:elk |ieder |each |ongeveer |circa |ca\. |zo'n )?$"
)
_TIMES_AFTER = re.compile(rf"^[ a-z]{{0,12}}(?:maal|keer|x|×|times) (?P<n>{_NUMBER})\b")
_COUNT = re.compile(
    rf"(?<![\w.,€])(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d{{2,6}}|(?:{_LETTERS})(?:honderd|duizend)?)(?= [a-z])"
    r"(?! ?(?:euro|eur|%|procent|uur|uren|minuten|dagen|weken|maanden|jaar|jaren|keer))"
)
_EACH_BEFORE = re.compile(r"per (?:stuk|persoon|licentie|medewerker|apparaat|keer|exemplaar|piece|person)[^.;]{0,30}$")
_GAIN = re.compile(
    r"bespar|bespaar|schel(?:en|t)|scheel|opleve|levert|lever|minder|uitspar|saves?|saving|goedkoper|terugverdien|winst|vrij|verdien"
)
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d$")


def euros_a_year(text: str) -> float | None:
    """Find the amount that a remark names and bring it to a year.

    A period beside the amount counts ("per maand" x 12, "per kwartaal" x 4, "per week" x 52, "per dag" x 250 working days); without
    one the amount is taken as it stands. A count times a price is multiplied ("90 licenties van € 300"), "van € 9.000 naar
    € 4.000" gives the difference, and of several amounts the one beside a word of gain ("scheelt", "bespaart") leads.

    Parameters
    ----------
    text : str

    Returns
    -------
    float or None
        Euros a year; None when no amount is named, or only a price per piece without a count.
    """
    plain = fold(text)
    if not _MONEY.search(plain):
        return None
    amounts = [amount for amount in _amounts(plain) if amount.value > 0 and (amount.marked or _unmarked(plain, amount))]
    if not amounts:
        return None
    drop = _difference(plain, amounts)
    if drop is not None:
        return drop
    best, best_rank = None, -1.0
    for number, amount in enumerate(amounts):
        limit = amounts[number + 1].start if number + 1 < len(amounts) else len(plain)
        after = plain[amount.end : min(limit, amount.end + 45)]
        floor = amounts[number - 1].end if number else 0
        before = plain[max(floor, amount.start - 45) : amount.start]
        value = _with_count(plain, amount, before, after)
        if value is None:
            continue
        period = _PERIOD.search(after) or _PERIOD.search(before[-18:])
        if period:
            value *= next(factor for index, (factor, _) in enumerate(_A_YEAR) if period[f"p{index}"])
        rank = 2.0 * bool(_GAIN.search(before) or _GAIN.search(after)) + bool(period) + value * 1e-12
        if rank > best_rank:
            best, best_rank = value, rank
    return None if best is None else round(best, 2)


def _with_count(plain: str, amount: _Amount, before: str, after: str) -> float | None:
    """An amount times the count that goes with it; None when it is a price per piece without a count."""
    each = _EACH.match(after) or _EACH_BEFORE.search(before)
    times = _TIMES.search(before)
    joined = times and (each or times["x"] or times["of"] or (times["what"].strip() and len(times["n"]) > 1))
    if times and joined and _count(times["n"]):
        return amount.value * _count(times["n"])
    later = _TIMES_AFTER.match(after[after.find(" per ") + 5 :].partition(" ")[2] if " per " in after[:6] else after)
    if later:
        return amount.value * _count(later["n"])
    if not each:
        return amount.value
    counts = [_count(m["n"]) for m in _COUNT.finditer(plain) if not amount.start <= m.start() < amount.end]
    counts = [count for count in counts if count > 1]
    return amount.value * counts[0] if len(counts) == 1 else None


def _count(number: str) -> float:
    """Value of a count in digits or letters; 0 for a year or what is no whole count."""
    if number[0].isdigit():
        return 0.0 if _YEAR_NUMBER.fullmatch(number) else _value(number, None)
    value = _word_number(number) or 0.0
    return value if value > 1 else 0.0


def names_money(text: str) -> bool:
    """Tell whether a text names an amount of money.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
    """
    plain = fold(text)
    return bool(_MONEY.search(plain)) and any(amount.marked for amount in _amounts(plain))


def _unmarked(plain: str, amount: _Amount) -> bool:
    """Whether a number is money though no euro is named: "scheelt ongeveer 5000 per kwartaal"."""
    after = plain[amount.end : amount.end + 14].lstrip(" ,")
    gain = _GAIN.search(plain[max(0, amount.start - 30) : amount.start])
    return bool(amount.value >= 100 and gain and _PERIOD.match(after))


def _difference(plain: str, amounts: list[_Amount]) -> float | None:
    """Yearly gain of "van € 9.000 naar € 4.000 per jaar", None when the text is not of that form."""
    for first, second in pairwise(amounts):
        between = plain[first.end : second.start].strip()
        opening = plain[max(0, first.start - 8) : first.start].rstrip()
        if between in ("naar", "to", "tot") and opening.endswith(("van", "from")) and first.value > second.value:
            period = _PERIOD.search(plain[second.end : second.end + 30])
            factor = next((f for i, (f, _) in enumerate(_A_YEAR) if period and period[f"p{i}"]), 1.0)
            return round((first.value - second.value) * factor, 2)
    return None
