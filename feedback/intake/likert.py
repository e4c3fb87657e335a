"""Answer words that stand for a place on a scale, in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable

from feedback.intake.clean import fold

# From bad to good; words on one line (apart by /) are the same answer. An answer's value is its line, from 1.
_FAMILIES = (
    """
    zeer ontevreden / heel ontevreden / helemaal niet tevreden / erg ontevreden / uiterst ontevreden
    ontevreden / niet tevreden / enigszins ontevreden
    neutraal / niet tevreden niet ontevreden / niet tevreden en niet ontevreden / niet ontevreden niet tevreden /
    tevreden noch ontevreden / noch tevreden noch ontevreden / gaat wel
    tevreden / enigszins tevreden / redelijk tevreden
    zeer tevreden / heel tevreden / erg tevreden / helemaal tevreden / uiterst tevreden
    """,
    """
    helemaal mee oneens / zeer mee oneens / helemaal oneens / helemaal niet mee eens / sterk mee oneens /
    volledig mee oneens / zeer oneens / volledig oneens
    mee oneens / oneens / niet mee eens / een beetje mee oneens / enigszins mee oneens / enigszins oneens
    neutraal / niet mee eens niet mee oneens / niet eens niet oneens / niet mee eens en niet mee oneens /
    noch eens noch oneens / niet eens en niet oneens / niet mee oneens niet mee eens
    mee eens / eens / een beetje mee eens / enigszins mee eens / enigszins eens
    helemaal mee eens / zeer mee eens / helemaal eens / sterk mee eens / volledig mee eens / zeer eens /
    volledig eens
    """,
    """
    zeer slecht / heel slecht / erg slecht
    slecht
    neutraal / matig / voldoende / redelijk / niet goed niet slecht / gemiddeld
    goed
    zeer goed / heel goed / uitstekend / erg goed
    """,
    """
    slecht / zeer slecht / onvoldoende
    matig
    voldoende / redelijk / neutraal
    goed / ruim voldoende
    uitstekend / zeer goed / heel goed
    """,
    """
    nooit / helemaal nooit
    zelden / bijna nooit
    soms / af en toe
    vaak / meestal / regelmatig
    altijd / bijna altijd
    """,
    """
    zeer onbelangrijk / helemaal niet belangrijk
    onbelangrijk / niet belangrijk / niet zo belangrijk
    neutraal / enigszins belangrijk
    belangrijk
    zeer belangrijk / heel belangrijk
    """,
    """
    very dissatisfied / very unsatisfied / extremely dissatisfied / completely dissatisfied
    dissatisfied / unsatisfied / somewhat dissatisfied / not satisfied
    neutral / neither satisfied nor dissatisfied / neither / neither dissatisfied nor satisfied
    satisfied / somewhat satisfied
    very satisfied / extremely satisfied / completely satisfied
    """,
    """
    strongly disagree / completely disagree / totally disagree / fully disagree
    disagree / somewhat disagree
    neutral / neither agree nor disagree / neither / undecided / neither disagree nor agree
    agree / somewhat agree
    strongly agree / completely agree / totally agree / fully agree
    """,
    """
    very poor / very bad / terrible
    poor / bad
    fair / average / neutral / acceptable / neither good nor bad / ok / okay
    good
    very good / excellent / great
    """,
    """
    poor / very poor
    fair
    good
    very good
    excellent
    """,
    """
    never
    rarely / seldom / almost never
    sometimes / occasionally
    often / usually / mostly
    always / almost always
    """,
    """
    very unlikely / extremely unlikely
    unlikely
    neutral / neither likely nor unlikely
    likely
    very likely / extremely likely
    """,
    """
    zeer onwaarschijnlijk
    onwaarschijnlijk
    neutraal / misschien
    waarschijnlijk
    zeer waarschijnlijk
    """,
    """
    zeker niet / absoluut niet / beslist niet / nee zeker niet
    waarschijnlijk niet / liever niet
    misschien / neutraal / weet niet zeker / twijfel
    waarschijnlijk wel / waarschijnlijk
    zeker wel / zeker / absoluut / beslist wel / ja zeker
    """,
    """
    definitely not / certainly not
    probably not
    maybe / might or might not / neutral / perhaps
    probably / probably yes
    definitely / definitely yes / certainly
    """,
    """
    boos / verdrietig / niet blij
    neutraal
    blij / vrolijk
    """,
    """
    zeer boos / heel boos
    boos / verdrietig
    neutraal
    blij
    zeer blij / heel blij
    """,
    """
    angry / sad / unhappy
    neutral
    happy
    """,
    """
    not important / not at all important / very unimportant
    slightly important / unimportant
    moderately important / neutral
    important
    very important / extremely important
    """,
    """
    zeer moeilijk / heel moeilijk
    moeilijk
    neutraal / niet moeilijk niet makkelijk
    makkelijk / gemakkelijk
    zeer makkelijk / zeer gemakkelijk / heel makkelijk
    """,
    """
    very difficult
    difficult
    neutral
    easy
    very easy
    """,
    """
    zeer negatief
    negatief
    neutraal
    positief
    zeer positief
    """,
    """
    very negative
    negative
    neutral
    positive
    very positive
    """,
    """
    negatief
    neutraal
    positief
    """,
    """
    slecht / onvoldoende
    matig / voldoende / neutraal / redelijk
    goed
    """,
    """
    laag
    midden / gemiddeld / middel
    hoog
    """,
    """
    negative
    neutral / mixed
    positive
    """,
    """
    bad
    neutral / ok / okay / average
    good
    """,
    """
    low
    medium / middle
    high
    """,
)
_FACES = ("😡🤬😠😭😫🤮😤", "😞🙁☹😟😕😢😒👎😥", "😐😑😶🤔", "🙂😊☺👍😌", "😀😃😄😁😍🤩😆🥰")
_SIGNS = (":-(( :(( >:( >:-( :'(", ":-( :( :-/ :/ =(", ":-| :| =|", ":-) :) =)", ":-)) :)) :-D :D =D")
_EMOJI = {face: place for place, faces in enumerate(_FACES, 1) for face in faces}
_TYPED = {sign: place for place, signs in enumerate(_SIGNS, 1) for sign in signs.split()}


def _family(text: str) -> dict[str, int]:
    # An answer with many words for it goes on after a slash at the end of its line.
    lines = text.replace("/\n", "/ ").strip().splitlines()
    return {fold(word): place for place, line in enumerate(lines, 1) for word in line.split("/")}


FAMILIES: tuple[dict[str, int], ...] = tuple(map(_family, _FAMILIES))


def face(text: str) -> int | None:
    """Give the place, 1-5, of a smiley; None for everything else."""
    plain = text.strip().rstrip("\ufe0f")
    return _TYPED.get(plain) or (_EMOJI.get(plain[0]) if len(plain) in (1, 2) else None)


def size(family: dict[str, int]) -> int:
    """Give the number of places of a family."""
    return max(family.values())


def best_family(answers: Iterable[tuple[str, int]], points: int | None = None) -> tuple[dict[str, int], float]:
    """Find the family whose words the answers are.

    Parameters
    ----------
    answers : iterable of (str, int)
        Answers, folded, and how often each was given.
    points : int, optional
        Only families with so many places.

    Returns
    -------
    family : dict of str to int
        Empty where no answer is in any.
    share : float
        Of the answers in it.
    """
    counted = list(answers)
    total = sum(n for _, n in counted)
    best, chosen = (0.0, 0.0, 0), dict[str, int]()
    for family in FAMILIES:
        if points is not None and size(family) != points:
            continue
        hits = [(family[word], n) for word, n in counted if word in family]
        if not hits:
            continue
        # Bad, fair and good alone are three answers; with "very bad" among them they are part of five.
        seen = len({place for place, _ in hits}) / size(family)
        rank = (sum(n for _, n in hits) / total, seen, size(family))
        if rank > best:
            best, chosen = rank, family
    return chosen, best[0]
