"""Texts that say the opposite of their words, or say it by how they are built: the learner of `sentiment` weighs words one by one.

"Vorig jaar was het beter" names only praise, "Kan niet beter" only a lack, "Geweldig. Drie weken wachten op een muis" both. The
sayings stand in `data/lexicon/ssc.yaml` under `settles`; what is told here is then and now, and praise called out over a complaint.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from feedback.text.lexicon import Lexicon
from feedback.text.phrases import END

Verdict = Literal["pos", "neg", "neu"]
# The value of the words between two places of a text, read without what else it says.
Worth = Callable[[int, int], tuple[float, float]]

_NOW = frozenset("nu inmiddels tegenwoordig sindsdien thans sinds now nowadays today since".split())
_NOT = frozenset("niet geen nooit niets niks not no never nothing".split())
_MORE = frozenset("meer more longer anymore".split())
_ENDED = _NOW | _NOT | _MORE | frozenset("maar but any dat is zo gelukkig helaas".split())
_GONE = frozenset("voorbij verleden geschiedenis opgelost verholpen past solved fixed".split())
_FAR = 60  # a turn stands near the start; a remark is a sentence or two
_HAD_TO = frozenset("moest moesten had".split())
_HALF = frozenset("maar but however echter wel soms jammer helaas though sometimes sadly".split())
_AGAIN = frozenset("weer alweer opnieuw nogmaals another again".split())
_LACK = frozenset("zonder geen without no".split())
_BY_THE_WAY = frozenset("hoor zeg dan weer toch joh zo dat dit is job stuff".split())


def turned(tokens: Sequence[str], lists: Lexicon, worth: Worth) -> Verdict | None:
    """Tell what a text says where its words by themselves would mislead.

    Parameters
    ----------
    tokens : sequence of str
        As `feedback.text.phrases.tokenize` gives them, folded.
    lists : Lexicon
    worth : callable
        Praise and complaint, each 0 or more, of the words from one place to another.

    Returns
    -------
    {"pos", "neg", "neu"} or None
    """
    return _settled(tokens, lists, worth) or _then_and_now(tokens, lists, worth) or _called_out(tokens, lists, worth)


def _settled(tokens: Sequence[str], lists: Lexicon, worth: Worth) -> Verdict | None:
    """A saying that settles it, unless it is denied, asked, set against now or followed by the opposite."""
    # A saying does not reach over a comma; a condition does.
    parted = ["." if token == "," else token for token in tokens]
    for match in lists.settles.find(parted):
        start, end = match.at[0], match.at[-1]
        between = {tokens[place] for place in range(start, end) if place not in match.at}
        closes = next((token for token in tokens[end:] if token in END), "")
        denied = start and tokens[start - 1] in _NOT
        praise, complaint = worth(end + 1, len(tokens))
        opposite = (complaint if match.value > 0 else praise) >= 0.3
        if between.isdisjoint(_NOT | _NOW) and closes != "?" and not denied and not opposite:
            return "pos" if match.value > 0 else "neg"
    return "neu" if lists.conditions.find(tokens) else None


def _then_and_now(tokens: Sequence[str], lists: Lexicon, worth: Worth) -> Verdict | None:
    """Of "toen ..., nu ..." now counts; "nu niet meer" turns what was."""
    for place in range(1, min(len(tokens), _FAR)):
        opens = tokens[place - 1] in (",", "en", "and") or tokens[place - 1] in lists.contrast
        if not opens or any(token in END for token in tokens[:place]):
            continue
        end = next((at for at in range(place, len(tokens)) if tokens[at] in END), len(tokens))
        rest = tokens[place:end]
        gone = not _NOT.isdisjoint(rest) and not _MORE.isdisjoint(rest[-3:])
        over = len(rest) <= 7 and (gone or not _GONE.isdisjoint(rest[-2:]))
        if not rest or not (over or rest[0] in _NOW):
            continue
        was = not lists.then.isdisjoint(tokens[:place]) or _ENDED.issuperset(rest)
        praise, complaint = worth(0, place)
        if over and was and praise == complaint == 0 and not _HAD_TO.isdisjoint(tokens[:place]):
            return "pos"
        if over and was and praise != complaint:
            return "neg" if praise > complaint else "pos"
        praise, complaint = worth(place, end)
        if was and not over and abs(praise - complaint) > 0.3 and min(praise, complaint) < 0.2:
            return "pos" if praise > complaint else "neg"
    return None


def _called_out(tokens: Sequence[str], lists: Lexicon, worth: Worth) -> Verdict | None:
    """Praise called out over what is plainly a complaint: "Fantastisch hoor, weer een dag zonder wifi"."""
    if not tokens or tokens[0] not in lists.exclaims:
        return None
    place = 1
    while place < len(tokens) and tokens[place] in _BY_THE_WAY:
        place += 1
    if place >= len(tokens) - 1 or not (tokens[place] == "," or tokens[place] == "."):
        return None
    rest = tokens[place + 1 :]
    if not _HALF.isdisjoint(rest):
        return None
    praise, complaint = worth(place + 1, len(tokens))
    lacks = not _AGAIN.isdisjoint(rest) and not _LACK.isdisjoint(rest) and praise < 0.5
    burden = bool(lists.burdens.find(rest[:4])) and praise < 0.3 and "later" not in rest
    return "neg" if lacks or burden or (complaint >= 0.5 and praise < 0.2) else None
