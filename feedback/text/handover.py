"""Was the customer sent from one to the other? Read from sayings, from who refers to whom and from examples.

Rules look for what says it by itself ("van het kastje naar de muur") and count departments and verbs of sending
(`data/lexicon/handover.yaml`); a learner weighs them together with the words, as it learned from `handover-examples.tsv`.
"""

import math
import re
from functools import lru_cache

from feedback.text.judge import Evidence, Judge, read
from feedback.text.language import detect
from feedback.text.phrases import Phrases
from feedback.text.resources import DATA, made_once, read_examples, read_yaml

# How much better "yes" must fit than "no": after a saying, where another rule says it, and where none does.
_SAYING, _SAID, _UNSAID = -1.5, -0.2, 0.7
_STEP = 2  # every second remark of the other examples is told as "no"
# "A verwijst naar B en B naar A", whoever A and B are.
_EACH_OTHER = re.compile(
    r"\b(?P<a>[\w&-]{2,})\b(?: \w+){1,3}? (?:naar|to)(?: de| het| the)? (?P<b>[\w&-]{2,})\b.{0,30}?"
    r"\b(?P=b)\b(?: \w+){0,4}? (?:naar|to)(?: de| het| the)? (?P=a)\b"
    r"|\bnaar(?: de| het)? (?P<c>[\w&-]{2,})\W+(?:(?:de|het|en|die|waarna) )*(?P=c)\b(?: \w+){0,2}? naar\b"
)
# "A zegt B, B zegt A"
_SAYS = r"(?:zegt|zeggen|zei|noemt|roept|says|say|said)"
_SAY_EACH_OTHER = re.compile(
    rf"\b(?P<a>\w{{2,}}) {_SAYS}(?: \w+){{0,3}}? (?P<b>\w{{2,}})\b(?: \w+){{0,3}}? (?P=b) {_SAYS}(?: \w+){{0,4}}? (?P=a)\b"
)
# "A: dat doet B. B: nee, dat doet A."
_TALKS = re.compile(
    r"\b(?P<a>[\w-]{2,}):(?=[^:]{0,300}\b(?P<b>[\w-]{3,})\b)[^:]{0,300}[.!?] (?P=b):[^:]{0,300}\b(?P=a)\b"
)


class _Signs:
    def __init__(self) -> None:
        raw = read_yaml(DATA / "lexicon" / "handover.yaml")
        macros = raw["macros"]
        kinds = [raw[kind].splitlines() for kind in ("sayings", "sure", "likely", "praise")]
        kinds += [[macros[name]] for name in ("dept", "says", "sends", "desk", "many")]
        self.phrases = Phrases({float(place): lines for place, lines in enumerate(kinds)}, macros, share=True)
        self.n_kinds = len(kinds)


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    return _Signs()


def _evidence(text: str, language: str) -> tuple[Evidence, float]:
    """What the rules find, for the learner, and how much better "yes" must fit than "no" in view of it."""
    reading = read(text, "en" if language == "en" else "nl")
    tokens = [token for token in reading.tokens if token[0].isalnum()]
    signs = _signs()
    counts = [0] * signs.n_kinds
    departments: set[str] = set()
    for match in signs.phrases.find(tokens):
        counts[int(match.value)] += 1
        if match.value == _DEPARTMENT:
            departments.add(tokens[match.at[0]])
    paths = tokens.count("naar") + tokens.count("to")
    joined = " ".join(tokens)
    to_and_fro = (paths > 1 and bool(_EACH_OTHER.search(joined))) or bool(
        _SAY_EACH_OTHER.search(joined) or (text.count(":") > 1 and _TALKS.search(text.lower()))
    )
    saying, sure, likely = counts[0] > 0, counts[1] > 0, counts[2] > 0 and not counts[3]
    numbers = (
        *(min(count, 3) for count in counts),
        saying or sure,
        likely,
        to_and_fro,
        min(len(departments), 4),
        min(counts[_DEPARTMENT] - len(departments), 3),  # one named twice: "HR zegt ICT, ICT zegt HR"
        min(paths, 3),
        math.log1p(len(tokens)),
    )
    least = _SAYING if saying else _SAID if sure or likely or to_and_fro else _UNSAID
    if least == _UNSAID and not any(counts[_DEPARTMENT:]) and not paths:
        least = math.inf  # nobody is named and nothing is passed on
    return Evidence(tuple(float(number) for number in numbers), reading), least


_DEPARTMENT = 4  # the place of "dept" among the kinds of signs


SOURCES = tuple(
    DATA / "lexicon" / name for name in ("handover-examples.tsv", "sentiment-examples.tsv", "handover.yaml")
)


@made_once()
def _judge() -> Judge:
    return Judge.kept("handover", SOURCES, learn)


def learn() -> Judge:
    """Learn from the examples that ship; `tools/learn.py` keeps the result."""
    told = read_examples(DATA / "lexicon" / "handover-examples.tsv")
    known = {text for _, text in told}
    others = [text for _, text in read_examples(DATA / "lexicon" / "sentiment-examples.tsv") if text not in known]
    told += [("no", text) for text in others[::_STEP] if _evidence(text, detect(text))[1] >= _UNSAID]
    rows = [_evidence(text, detect(text))[0] for _, text in told]
    return Judge(("no", "yes"), sign_share=0.7, vector_share=0.7).fit(rows, [label for label, _ in told])


def is_handover(text: str, language: str = "nl") -> bool:
    """Tell whether the customer complains of being sent from one to the other.

    Parameters
    ----------
    text : str
    language : {"nl", "en", "other"}

    Returns
    -------
    bool
        "Netjes doorverbonden" is no complaint.
    """
    row, least = _evidence(text, language)
    if least == math.inf:
        return False
    no, yes = _judge().scores(row)
    return yes - no >= least
