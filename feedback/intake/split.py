"""Cut a note into remarks: one subject each, nothing lost, no fragment that cannot stand alone."""

import re
from functools import lru_cache

from feedback.intake.clean import with_below
from feedback.text.empty import is_empty
from feedback.text.tokens import key, sentences, stopwords, words
from feedback.text.vectors import word_vectors

_BULLET = re.compile(r"^(?P<indent>[ \t]*)(?:[-–—*•·◦▪●○■□►➢✓✔>]|o(?=\t| {2})|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+(?=\S)")
_INLINE = re.compile(r"(?:(?<=\s)|^)\(?([1-9])\)[ \t]+")
_WRAPPED = 50  # a line this long that ends without a full stop was broken by an editor, not by its writer
_ENDS = (".", "!", "?", "…", ":", ";", '."', '!"', '?"', ".)", ".”", "!”", "?”")

# A sentence that opens like this speaks of the one before it.
_LEANS = re.compile(
    r"^\W*(?:dat|dit|die|deze|daar(?:door|om|mee|van|voor|bij|aan|in|op|na|over|toe|tegen|uit)?|hier(?:door|mee|van|voor|bij|aan|in|op|over)?|dus|want|"
    r"omdat|zodat|waardoor|terwijl|anders|zo|toen|dan|vervolgens|pas|ze|zij|hij|hem|hen|hun|maar|alleen|doch|bijvoorbeeld|bijv|jammer|helaas|"
    r"zonde|gelukkig|kortom|en dan|en dat|en die|en nu|en toch|toch|nu|wel|zeker|vooral|met name|niet alleen|anderzijds|soms|eerst|intussen|inmiddels|uiteindelijk|"
    r"(?:kan|kun|is|zou|moet|mag|hoe|waarom|wie|wat|can|could|why|how) (?:\w+ )?(?:dat|dit|die|daar|that|this)|ga zo door|zo door|dank|bedankt|thanks|keep|"
    r"het gaat om|het zou|het is|het was|dezelfde|hetzelfde|datzelfde|ook niet|ook daar|ook dat|ook die|in dat geval|in plaats daarvan|voor dat|op dag|"
    r"this|that|these|those|they|he|she|it|so|because|therefore|then|there|otherwise|which|such|for example|eg|only|but|and then|and that|sadly|hence|thus|instead)\b",
    re.I,
)
# "Zet het op de site": what it is stands in the sentence before.
_ACTS_ON_IT = re.compile(
    r"^\W*[a-zà-ÿ]{3,} (?:het|dat|die|ze|it|them) (?:terug|naar|op|aan|weg|af|uit|in|toe|dan|weer|niet|voor|bij|over|liever|anders|eerst|"
    r"gewoon|samen|door|back|to|on|up|out|off|away|down|instead|again)\b",
    re.I,
)
# What a proposal gains, or what it costs to go on as now, belongs to the proposal.
_GAINS = re.compile(
    r"\b(?:scheelt|schelen|bespaart|bespaar|bespaard|besparing|goedkoper|efficiënter|saves?|saving|cheaper|pays? for itself)\b",
    re.I,
)
_COSTS = re.compile(
    r"€|\b(?:euro|kost(?:en|te)?|uur|uren|minuten|dag(?:en|deel)?|per (?:jaar|maand|week)|costs?|hours?|minutes|days?|a year)\b",
    re.I,
)
_PROPOSES = re.compile(
    r"\b(?:stel(?:t|len)? (?:\w+ )?voor|voorstel\w*|stop(?:pen)? met|waarom niet|laat \w+|zou(?:den)? .{1,40} kunnen|suggests?|proposes?|replace|"
    r"could be)\b",
    re.I,
)
# A sentence that opens like this starts a subject of its own.
_TURNS = re.compile(
    r"^\W*(?:(?:en )?(?:verder|daarnaast|voorts|bovendien|tevens|overigens|trouwens)|ook (?:is|zijn|de|het|onze|mijn|wij|we|ik|een|graag|mis|zou)|"
    r"(?:veel |wat |iets )?(?:minder|niet|wel|zeer|erg|heel|less|not so) (?:goed|tevreden|positief|blij|enthousiast|fijn|good|happy|pleased)|"
    r"en (?:kan|kunnen|kunt|zou|zouden|graag|is|zijn|de|het|onze|wat|waarom|hoe)|"
    r"(?:ten )?(?:eerste|tweede|derde|vierde)\b|tot slot|ten slotte|tenslotte|een ander punt|ander punt|nog iets|nog een|punt \w+|wat betreft|qua|over de|"
    r"also|further(?:more)?|moreover|besides|in addition|another|finally|secondly|however|apart from|as for|regarding)\b",
    re.I,
)
# In minutes another person takes the floor; masking may have hidden the name.
_SPEAKS = re.compile(
    r"(?:\[naam\]|[A-Z][\w'’-]+)(?: (?:van|de|der|den|ter|ten|el|al|[A-Z][\w'’-]+)){0,4}(?: \([^)]*\))?,? (?:vertelt|meldt|zegt|vindt|vraagt|noemt|geeft aan|merkt op|"
    r"stelt (?:voor|vast|dat)|ervaart|klaagt|wijst|benadrukt|mist|wil graag|hoort|ziet graag|says|said|mentions|mentioned|asks|asked|adds|reports|"
    r"reported|notes|noted|suggests|suggested|finds|feels|complains|complained)\b"
)
_JOINT = re.compile(
    r"(?<=[\w,)])\s+(?=(?:en (?:verder|daarnaast|ook (?:is|zijn|de|het|onze)|voorts|tevens)|and (?:also|furthermore|besides))\b)"
    r"|(?<=;)\s+|(?<=[\w,)])\s+(?=(?:maar|but)\b)",
    re.I,
)
_OWN_SUBJECT = re.compile(
    r"^(?:maar|but)\s+(?:de|het|een|onze|mijn|alle|sommige|veel|the|our|my|a|some)\s+(?!(?:is|was|duurt|kan|moet|zou|lijkt|blijft|werkt|gaat|wordt|kost|heeft|valt|blijkt|had|scheelt|hangt)\b)",
    re.I,
)
_NOT_ONLY = re.compile(r"\b(?:niet (?:alleen|zozeer|per se)|geen|not only|niet)\b[^,;]{0,30},? (?:maar|but)\b", re.I)
_JOIN = -0.6  # a little in favour of joining: a remark in two sentences does less harm than half a remark
_SMALL = stopwords("nl") | stopwords("en")
_DETERMINERS = frozenset("de het een onze mijn alle elke iedere sommige the our my a an every all some".split())
_THEREBY = frozenset(
    "daardoor hierdoor daarom hierom daarmee hiermee daarvoor daarbij daarna zodoende thereby therefore".split()
)
_PERSONS = frozenset("ik wij we je men jullie u i you".split())
_ANAPHOR = frozenset("dat die dit deze daar er hier zo ze zij hem dan ook it that this they them there".split())
_FINITE = frozenset(
    """is zijn was waren ben bent word wordt worden werd werden heb hebt heeft hebben had hadden kan kun kunt kunnen kon konden moet moeten moest
    moesten mag mogen mocht wil wilt willen wou wilde zal zullen zou zouden ga gaat gaan ging gingen kom komt komen kwam kwamen doe doet doen deed
    deden krijg krijgt krijgen kreeg kregen sta staat staan stond stonden zit zitten zat zaten lig ligt liggen lag lagen blijf blijft blijven bleef
    bleven duurt duurde werkt werken werkte werkten vind vinden vond vonden mis missen lijkt lijken loopt lopen liep weet weten wist zie ziet zien zag
    hoort horen geeft geven gaf valt vallen viel hangt hangen laat laten liet rijdt rijden kost kosten neemt nemen nam ontbreekt klopt ervaren hoeft
    are were be been am do does did has have had can could will would should may might must need needs takes took works work makes get gets got feels
    seems keeps goes went know knows want wants find think miss""".split()
)


def split_remarks(text: str) -> list[str]:
    """Cut a note into remarks.

    Bullets and separate lines are cut first, sentences next, and last "en verder", ";" and a "maar" between two full statements. A
    sentence that leans on the one before ("Dat is jammer.") stays with it; an indented bullet stays with the one above it.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        The remarks in order, white space folded; together they hold every word of the note. Only list markers and semicolons at an end are dropped.
    """
    remarks: list[str] = []
    for block, listed in _blocks(text):
        remarks += _cut(block, listed)
    return _tidy(remarks)


def _blocks(text: str) -> list[tuple[str, bool]]:
    """Paragraphs and bullets of a note, and whether each is a bullet."""
    blocks: list[tuple[str, bool]] = []
    indent = 0
    fresh = True
    last = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        body = line.strip()
        if not body:
            fresh, last = True, ""
            continue
        parts = _numbered(body)
        bullet = _BULLET.match(line) if len(parts) == 1 else None
        if bullet:
            body = line[bullet.end() :].strip()
            deeper = len(bullet["indent"].expandtabs(4)) > indent
            if blocks and blocks[-1][1] and deeper and last:
                blocks[-1] = (with_below(blocks[-1][0], body), True)
            else:
                indent = len(bullet["indent"].expandtabs(4))
                blocks.append((body, True))
            fresh = False
        elif blocks and not fresh and _continues(last, line, listed=blocks[-1][1]):
            blocks[-1] = (f"{blocks[-1][0]} {body}", blocks[-1][1])
        else:
            blocks += [(part, len(parts) > 1) for part in parts]
            indent, fresh = 0, False
        last = body
    return blocks


def _continues(last: str, line: str, listed: bool) -> bool:
    """Whether a line without a bullet goes on with the line before it."""
    body = line.strip()
    if listed and line[:1] in " \t":
        return True
    if body[0].islower():
        return True
    return not last.endswith(_ENDS) and len(last) >= _WRAPPED


def _numbered(body: str) -> list[str]:
    """Cut "1) badges 2) printers" where the numbers count up from one."""
    marks = list(_INLINE.finditer(body)) if "1)" in body else []
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return [body]
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    parts = [body[: marks[0].start()], *(body[mark.end() : end] for mark, end in zip(marks, ends, strict=True))]
    return [part.strip() for part in parts if part.strip()]


def _cut(block: str, listed: bool) -> list[str]:
    block = " ".join(block.split())
    pieces: list[str] = []
    last = ""
    for sentence in sentences_of(block):
        if pieces and (_goes_on(last, sentence) if not listed else not _TURNS.match(sentence)):
            pieces[-1] = f"{pieces[-1]} {sentence}"
        else:
            pieces.append(sentence)
        last = sentence
    return [part for piece in pieces for part in _statements(piece)]


def sentences_of(block: str) -> list[str]:
    """Cut a paragraph into sentences; what has no blank behind its mark ("![foto]") is not cut.

    Parameters
    ----------
    block : str
        White space folded.

    Returns
    -------
    list of str
        Joined by blanks they are the paragraph.
    """
    if not re.search(r"[.!?…]\W", block):
        return [block]
    found: list[str] = []
    end = 0
    for sentence in sentences(block):
        start = block.index(sentence, end)
        apart = block[end:start].isspace()
        end = start + len(sentence)
        if not found:
            found.append(sentence)
        elif not apart:
            found[-1] += sentence
        elif not re.search(r"\w", sentence) or re.match(r"[\"'”’)(]*[a-zà-ÿ]", sentence):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found


def _goes_on(before: str, sentence: str) -> bool:
    """Whether a sentence is on the same subject as the one before it.

    The weights are a logistic regression on sentences that follow each other in one remark of our own and on pairs
    drawn from different remarks, rounded.
    """
    tokens = words(sentence)
    if is_empty(sentence) or (len(tokens) < 3 and ":" not in sentence):
        return True
    if _TURNS.match(sentence) or _SPEAKS.match(sentence):
        return False
    if _GAINS.search(sentence) or (_COSTS.search(sentence) and _PROPOSES.search(before)):
        return True
    leans = bool(_LEANS.match(sentence) or _ACTS_ON_IT.match(sentence)) or (
        len(tokens) < 5 and not _verb(sentence) and ":" not in sentence
    )
    first = tokens[0]
    named = first in _DETERMINERS or not (first in _SMALL or _is_verb(first))
    thereby = not _THEREBY.isdisjoint(tokens)
    own = named and not leans and (_verb(sentence) or ":" in sentence) and _ANAPHOR.isdisjoint(tokens) and not thereby
    mine, theirs = ([word for word in part if word not in _SMALL and len(word) > 2] for part in (words(before), tokens))
    shared = {key(word, "nl") for word in mine} & {key(word, "nl") for word in theirs}
    score = (
        -1.4
        + 2.3 * leans
        + 1.2 * (thereby and not leans)
        - 1.2 * own
        + 1.3 * _alike(mine, theirs)
        + 0.9 * bool(shared)
        + (not own) * (1.7 * (len(tokens) < 4) + 1.1 * (len(tokens) < 7) + 0.9 * (len(words(before)) < 5))
        - 0.4 * (first in _PERSONS)
        + 0.6 * _is_verb(first)
        + 2.1 * before.endswith("?")
        - 1.0 * sentence.endswith("?")
    )
    return score > _JOIN


def _alike(mine: list[str], theirs: list[str]) -> float:
    """Cosine of the mean word vectors of two sentences, at least 0."""
    if not mine or not theirs:
        return 0.0
    first, second = word_vectors().encode([" ".join(mine), " ".join(theirs)])
    return max(0.0, float(first @ second))


def _statements(piece: str) -> list[str]:
    """Cut at "en verder", ";" and "maar" where both sides are statements of their own."""
    parts: list[str] = []
    start = 0
    listing = piece.count(";") > 1
    for joint in _JOINT.finditer(piece):
        left, right = piece[start : joint.end()].strip(), piece[joint.end() :].strip()
        contrast = re.match(r"(?:maar|but)\b", right, re.I)
        if left.endswith(";") and not listing and _goes_on(left, right):
            continue
        if contrast and (not _OWN_SUBJECT.match(right) or _NOT_ONLY.search(piece[start:])):
            continue
        if _full(left) and _full(right):
            parts.append(left.rstrip(",") if contrast else left.rstrip("; "))
            start = joint.end()
    parts.append(piece[start:].strip())
    return parts


def _full(part: str) -> bool:
    return len(words(part)) >= 3 and _verb(part) and part.count('"') % 2 == 0 and part.count("(") == part.count(")")


@lru_cache(maxsize=20_000)
def _is_verb(word: str) -> bool:
    if word in _FINITE:
        return True
    import simplemma

    lemma = simplemma.lemmatize(word, lang="nl")
    return lemma.endswith("en") and lemma != word and not word.endswith(("en", "e", "s")) and len(word) > 3


def _verb(part: str) -> bool:
    return any(_is_verb(word) for word in words(part))


def _tidy(remarks: list[str]) -> list[str]:
    """Put pieces without a word at the one before; a note without any word stays as it is."""
    tidy: list[str] = []
    for remark in remarks:
        if tidy and not re.search(r"\w", remark):
            tidy[-1] = f"{tidy[-1]} {remark}"
        elif remark:
            tidy.append(remark.rstrip("; ") or remark)
    return tidy
