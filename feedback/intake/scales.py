"""Answers on a scale: which scale a column uses, and the value of each answer on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback.intake.clean import fold
from feedback.intake.likert import best_family, face, size
from feedback.intake.model import Best, Scale
from feedback.intake.vocabulary import BURDEN, SCORE

# "7,5", "8 - zeer tevreden", "8/10", "85%", "4 (goed)", "10 uitstekend": a number, what it is counted in, a label.
_NUMBER = re.compile(
    r"(?:cijfer|score|grade|een|a)?\s*([-+]?\d+(?:[.,]\d+)?)\s*"
    r"(?:%|procent|percent|sterren|stars|punten|points|(?:/|van(?: de)?|out of|uit|op)\s*(?:5|7|10"
    r"|100)(?![\d.,]))?"
    r"(?:\s*[-–—=:(/,;.!]+\s*(\D.{0,60})?|\s+([^\W\d]\S*(?:\s\S+){0,3}))?",
    re.IGNORECASE,
)
# As a teacher writes them: "8-" is a quarter less, "7+" a quarter more, "7½" and "7 à 8" a half. "5+" may be a choice of years.
_SCHOOL = re.compile(r"([6-9]|10)\s?([-+])|(\d)\s?(?:½|1/2|à \d\d?)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_STARS = re.compile(r"([★⭐✭]+)[☆✩]*")
_SILENCE = """
    nvt | n.v.t. | niet van toepassing | not applicable | n/a | na | geen | geen mening | geen antwoord |
    geen oordeel | geen idee | geen ervaring | geen ervaring mee | geen cijfer | geen gebruik | geen
    gebruik van gemaakt | niet gebruikt | not used | weet niet | weet ik niet | dat weet ik niet | weet
    niet / geen mening | weet ik niet / n.v.t. | weet niet / n.v.t. | wnb | gm | onbekend | niet bekend |
    blanco | niet ingevuld | niet beantwoord | kan ik niet beoordelen | niet te beoordelen | dk | wn | x |
    wil ik niet zeggen | unknown | none | null | nan | don't know | dont know | do not know | i don't know
    | no opinion | skip | don't know / no opinion | no answer | not sure | prefer not to say | no
    experience | onb
"""
_NO_ANSWER = frozenset({"", *map(fold, _SILENCE.split("|"))})
_COUNTED = """
    nul zero, een one, twee two, drie three, vier four, vijf five, zes six, zeven seven, acht eight, negen nine,
    tien ten
"""
_NUMBER_WORDS = {word: float(value) for value, words in enumerate(_COUNTED.split(",")) for word in words.split()}
# A scale told in the header: "(1-10)", "1 t/m 5", "1 = slecht, 5 = goed", "op een schaal van 0 tot 10".
_RANGE = re.compile(
    r"(?<![\d.,])([01])\s*(?:\([^)]*\))?\s*(?:-|–|t/m|tm|tot(?: en met)?|to|through|\.\.+|/|\ben\b|\band\b"
    r"|(?:=|is|:)[^\d]{1,60}?)\s*"
    r"(4|5|6|7|10|100)(?![\d.,]*\d)",
    re.IGNORECASE,
)
# "1 very difficult - 7 very easy"
_LABELLED = re.compile(
    r"(?<![\d.,])([01])\s+[^\W\d][^\d]{2,60}?(?:[-–,;/(]|\bto|\btot|\bt/m|\ben|\band)\s*(4|5|6|7|10|100)(?![\d.,]*\d)",
    re.IGNORECASE,
)
# The same from the good end: "10 = best, 1 = slechtst".
_RANGE_DOWN = re.compile(r"(?<![\d.,])(5|7|10|100)\s*(?:=|is|:)[^\d]{1,60}?([01])\s*(?:=|is|:)", re.IGNORECASE)
_OUT_OF = re.compile(r"\b(?:out of|max(?:imaal)?\.?|uit|van de) (5|7|10|100)\b", re.IGNORECASE)
_GRADE = re.compile(r"\b(?:rapportcijfers?|cijfers?|grades?|mark|\w+cijfer)\b")
# A school grade is out of ten by its name; a "cijfer" of which so many are 5 at most may be out of five.
_SURELY_TEN = re.compile(r"\b(?:rapport|school)cijfers?\b")
_MANY, _GRADED_LOW = 6, 0.55
_NPS = re.compile(r"\b(?:nps|net promotor|net promoter|aanbeve\w*|aanraden|aanbevelen|recommend\w*)\b")
_PERCENT = re.compile(r"%|\b(?:percentage|procent|percent|pct)\b", re.IGNORECASE)
_STAR = re.compile(r"\b(?:sterren|stars|star)\b")
_GOOD = re.compile(
    r"\b(?:tevreden|goed|satisfied|good|(?:ge)?makkelijk|easy|eens|agree|positief|positive|uitstekend"
    r"|excellent|best|beste|top"
    r"|perfect|hoogste|hoog|belangrijk\w*|important|altijd|always)\b"
)
_BAD = re.compile(
    r"\b(?:ontevreden|niet tevreden|slecht\w*|dissatisfied|unsatisfied|not satisfied|poor|bad|worst|moeilijk"
    r"|difficult|oneens"
    r"|niet mee eens|disagree|negatief|negative|onvoldoende|waardeloos|niet goed|laagste|onbelangrijk|nooit"
    r"|never|not)\b"
)
# "Hoe tevreden bent u over de wachttijd?": much is good, whatever it is about.
_JUDGES = re.compile(r"\b(?:tevreden\w*|satisf\w*|\w*cijfers?|grade|rating|waarder\w*|beoorde\w*|oordeel|happy|blij)\b")
# More of it is better, whatever it is about; an "oordeel" may also be 1 at its best, as a German grade is.
_MUCH_IS_GOOD = re.compile(
    r"\b(?:tevreden\w*|\w*tevredenheid\w*|satisf\w*|waarder\w*|gewaardeerd|happy|blij|rapportcijfers?|\w*cijfers?|scores?|ratings?|csat|nps|punten"
    r"|points|sterren|stars?|smileys?|kwaliteit|quality|gemak|aanbe\w*|recommend\w*|likely|waarschijnlijk\w*|hoe goed|how (?:well|good)"
    r"|belang\w*|importan\w*)\b"
)
# A number with its label in a header: "1 = zeer tevreden".
_LABEL = re.compile(r"(?<!\d)(\d{1,3})\s*(?:=|:|is|betekent|means|\()?\s*([^\W\d][^\d,;)]*)", re.IGNORECASE)
_ONE_LABEL = re.compile(
    r"(?<!\d)(\d{1,3})\s*(?:(?:=|:|is|betekent|means)\s*(?:het |de |the )?(?=[^\W\d])|(?=(?:beste?|hoogste|top|slechtste?|worst)\b))"
    r"([^\d,;)]+)",
    re.IGNORECASE,
)
LESS = re.compile(
    r"\b(?:(?:lager|laag|hoe lager|low|lower|less|minder) (?:is |= ?|hoe )?(?:beter|goed|better|good|best)"
    r"|(?:hoger|hoog|high|higher) (?:is )?(?:slechter|slecht|worse|bad))\b"
)


@dataclass(frozen=True)
class Found:
    """A scale (None: the values are no scores), how sure it is, 0..1, and whether anything tells which end is best and where it ends."""

    scale: Scale | None
    confidence: float
    told: bool = True
    ends_told: bool = True


def number(text: str) -> float | None:
    """Read an answer that leads with a number: "7,5", "8 - zeer tevreden", "85%", "★★★☆☆"; None where it has none."""
    plain = text.strip()
    if match := _SCHOOL.fullmatch(plain):
        return float(match[3]) + 0.5 if match[3] else float(match[1]) + (0.25 if match[2] == "+" else -0.25)
    if match := _NUMBER.fullmatch(plain):
        return float(match[1].replace(",", "."))
    if match := _STARS.fullmatch(plain):
        return float(len(match[1]))
    return None


def is_blank(text: str) -> bool:
    """Tell a cell that gives no answer: blank, "n.v.t.", "weet niet" ..."""
    return len(text) < 60 and fold(text) in _NO_ANSWER and face(text) is None and number(text) is None


def detect(header: str, values: Mapping[str, int]) -> Found:
    """Find the scale of a column.

    Parameters
    ----------
    header : str
    values : mapping of str to int
        Distinct cells and how often each occurs.

    Returns
    -------
    Found
        Confidence below 0.7 where range or direction is an assumption.
    """
    answers = {text: n for text, n in values.items() if not is_blank(text)}
    total = sum(answers.values())
    numbers = {text: value for text in answers if (value := number(text)) is not None}
    # Where a grade was asked for, words among the numbers are slips.
    needed = 0.5 if SCORE.search(fold(header)) else 0.7
    if numbers and sum(answers[text] for text in numbers) >= needed * total:
        return _of_numbers(header, answers, numbers)
    words, share = best_family((fold(text), n) for text, n in answers.items())
    faces = sum(n for text, n in answers.items() if face(text)) / total if total else 0.0
    if max(share, faces) < 0.7:
        return Found(None, 0.0)
    if faces > share:
        return Found(Scale(1, 5), 0.9)
    agree = any("eens" in text or "agree" in text for text in map(fold, answers))
    if agree and BURDEN.search(fold(header)) and not _JUDGES.search(fold(header)):
        # "Ik moet lang wachten: mee eens" is bad news, but a person had better say so.
        return Found(Scale(1, size(words), "low"), 0.5, told=False)
    return Found(Scale(1, size(words)), round(0.9 * share, 2))


def _of_numbers(header: str, answers: Mapping[str, int], numbers: Mapping[str, float]) -> Found:
    counts: Counter[float] = Counter()
    for text, value in numbers.items():
        counts[value] += answers[text]
    ends, sure = _told(header, counts, numbers)
    if ends is None:
        ends, sure = _range(counts)
    # Where the header tells the ends, what is outside them is a slip, also when there are many.
    needed = 0.5 if sure < 0.9 or not _RANGE.search(header) else 0.0 if SCORE.search(fold(header)) else 0.25
    if ends is None or _share(counts, *ends) < needed:
        return Found(None, 0.0)
    best, certain = _direction(header, numbers, ends)
    told = certain >= 0.7 and (certain != 1.0 or ends[1] >= 10 or bool(_MUCH_IS_GOOD.search(fold(header))))
    return Found(Scale(*ends, best), min(sure, certain), told, sure != _GRADED_LOW)


def _share(counts: Counter[float], low: float, high: float) -> float:
    return sum(n for value, n in counts.items() if low <= value <= high) / sum(counts.values())


def _told(
    header: str, counts: Counter[float], numbers: Mapping[str, float]
) -> tuple[tuple[float, float] | None, float]:
    """Read the ends out of the header or the way the answers are written."""
    folded = fold(header)
    if match := _RANGE.search(header) or _LABELLED.search(header):
        return (float(match[1]), float(match[2])), 0.95
    if match := _RANGE_DOWN.search(header):
        return (float(match[2]), float(match[1])), 0.95
    if match := _OUT_OF.search(header):
        return (0.0 if match[1] == "100" else 1.0, float(match[1])), 0.9
    marked = sum(1 for text in numbers if _PERCENT.search(text)) > 0.5 * len(numbers)
    if marked or _PERCENT.search(header):
        # Excel hands a percentage over as a share.
        return ((0.0, 100.0) if marked or _share(counts, 0, 1) < 1 else (0.0, 1.0)), 0.9
    if _NPS.search(folded) and _share(counts, 0, 10) >= 0.5:
        return (0.0, 10.0), 0.95
    if _GRADE.search(folded) and _share(counts, 1, 10) >= 0.5:
        low = sum(counts.values()) >= _MANY and _share(counts, 1, 5) == 1 and not _SURELY_TEN.search(folded)
        return (1.0, 10.0), _GRADED_LOW if low and all(value == int(value) for value in counts) else 0.95
    if _STAR.search(folded) or any(_STARS.fullmatch(text) for text in numbers):
        return (1.0, 5.0), 0.9
    if all(re.search(r"(?:/|van|out of)\s*10\b", text) for text in numbers):
        return (1.0, 10.0), 0.9
    return None, 0.0


def _range(counts: Counter[float]) -> tuple[tuple[float, float] | None, float]:
    """Guess the ends from the values alone."""
    total = sum(counts.values())
    whole = all(value == int(value) for value in counts)
    five = _share(counts, 1, 5)
    if whole and five == 1:
        return (1.0, 5.0), 0.8 if counts[5.0] and total >= 3 else 0.6
    # A slip of the key in a long column; with more of them it is another scale.
    if whole and total >= 20 and five >= 0.95 and _share(counts, 6, 10) < 0.02:
        return (1.0, 5.0), 0.65
    if _share(counts, 1, 10) >= 0.8 and _share(counts, 0, 0.99) < 0.02:
        return (1.0, 10.0), 0.85 if _share(counts, 6, 10) > 0 else 0.6
    if _share(counts, 0, 10) >= 0.8:
        return (0.0, 10.0), 0.7
    if _share(counts, 0, 100) >= 0.9 and _share(counts, 11, 100) >= 0.5:
        return (0.0, 100.0), 0.55
    return None, 0.0


def _direction(header: str, numbers: Mapping[str, float], ends: tuple[float, float]) -> tuple[Best, float]:
    """Tell which end is good, from the words beside the numbers; where nothing tells, high is: hardly sure."""
    middle = sum(ends) / 2
    labels = [(float(value), label) for value, label in _LABEL.findall(header)]
    if not set(ends) <= {value for value, _ in labels}:
        # One end is enough where it is said outright: "1 = zeer tevreden".
        labels = [one for value, label in _ONE_LABEL.findall(header) if (one := (float(value), label))[0] in ends]
    for text, value in numbers.items():
        if match := _NUMBER.fullmatch(text.strip()):
            labels.append((value, match[2] or match[3] or ""))
    judged = [
        (value > middle) == good for value, label in labels if value != middle and (good := is_good(label)) is not None
    ]
    if judged:
        return ("low", 0.9) if judged.count(False) > judged.count(True) else ("high", 0.95)
    folded = fold(header)
    if LESS.search(folded):
        return "low", 0.9
    if BURDEN.search(folded) and not _JUDGES.search(folded):
        return "low", 0.5
    # A grade and a recommendation run one way; a bare 1-5 usually runs upward, but not always.
    return "high", 1.0 if ends[1] >= 10 or SCORE.search(folded) else 0.65


def is_good(label: str) -> bool | None:
    """Tell whether a word beside a number praises; None where it neither praises nor complains."""
    folded = fold(label)
    return False if _BAD.search(folded) else True if _GOOD.search(folded) else None


def labels_tell(header: str, values: Iterable[str], scale: Scale) -> bool:
    """Tell whether words in the header or in the cells themselves say which end of a scale is best."""
    numbers = {text: value for text in values if (value := number(text)) is not None}
    return _direction(header, numbers, (scale.low, scale.high))[1] in (0.9, 0.95)


def ends_told(header: str) -> bool:
    """Tell whether a header says by itself where its scale ends."""
    forms = (_RANGE, _LABELLED, _RANGE_DOWN, _OUT_OF, _PERCENT)
    return any(form.search(header) for form in forms) or any(
        form.search(fold(header)) for form in (_NPS, _SURELY_TEN, _STAR)
    )


def read_values(values: Iterable[str], scale: Scale) -> dict[str, float | str | None]:
    """Read the answers of a column, each distinct one once.

    Parameters
    ----------
    values : iterable of str
        Distinct cells.
    scale : Scale

    Returns
    -------
    dict of str to (float, str or None)
        The value on the scale; None for no answer; a catalogue key where it is outside the scale
        (`intake.dropped.score_outside`) or no score (`intake.dropped.score_unreadable`).
    """
    distinct = list(values)
    words: Mapping[str, float] = {}
    if scale.low == 1 and any(number(text) is None for text in distinct):
        words = _places([fold(text) for text in distinct if len(text) < 80 and not is_blank(text)], int(scale.high))
    thousands = set(_thousands(distinct))
    return {
        text: "intake.dropped.score_outside" if text in thousands else _value(text, scale, words) for text in distinct
    }  # fmt: skip


def _thousands(answers: Sequence[str]) -> list[str]:
    """Find the slips that are thousands, "1.000", where nothing else is written with a decimal point."""
    found = [text for text in answers if _THOUSANDS.fullmatch(text.strip())]
    points = sum("." in text for text in answers if number(text) is not None)
    return found if found and points == len(found) and 2 * len(found) < len(answers) else []


def _places(answers: Sequence[str], points: int) -> Mapping[str, float]:
    """Give the place of each word on a scale of so many points; one with more or fewer words is stretched."""
    words, _ = best_family(((word, 1) for word in answers), points)
    if words:
        return words
    words, share = best_family((word, 1) for word in answers)
    if share < 0.7:
        return {}
    return {word: round(1 + (place - 1) * (points - 1) / (size(words) - 1), 4) for word, place in words.items()}


def _value(text: str, scale: Scale, words: Mapping[str, float]) -> float | str | None:
    if not text or is_blank(text):
        return None
    found = number(text)
    if found is None:
        folded = fold(text)
        place = words.get(folded) or (face(text) if scale.high == 5 else None)
        if place is None and folded not in _NUMBER_WORDS:
            return "intake.dropped.score_unreadable"
        found = float(place) if place is not None else _NUMBER_WORDS[folded]
    elif scale.high == 1 and _PERCENT.search(text):
        found /= 100
    return found if scale.low <= found <= scale.high else "intake.dropped.score_outside"
