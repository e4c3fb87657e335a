"""Answer words that stand for a place on a scale, in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedback.intake.clean import fold

# From bad to good. Words apart by / are the same answer; words apart by < are different answers that share a line, because few
# forms offer both. An answer's value is its line, from 1; in a column that has two of a line, each has a line of its own.
_FAMILIES = (
    """
    uiterst ontevreden / helemaal niet tevreden < zeer ontevreden / heel ontevreden / erg ontevreden
    ontevreden / niet tevreden < enigszins ontevreden / een beetje ontevreden / licht ontevreden
    neutraal / niet tevreden niet ontevreden / niet tevreden en niet ontevreden / niet ontevreden niet tevreden /
    tevreden noch ontevreden / noch tevreden noch ontevreden / gaat wel
    enigszins tevreden / een beetje tevreden / redelijk tevreden / licht tevreden < tevreden
    zeer tevreden / heel tevreden / erg tevreden < uiterst tevreden / helemaal tevreden
    """,
    """
    helemaal mee oneens / zeer mee oneens / helemaal oneens / helemaal niet mee eens / sterk mee oneens /
    volledig mee oneens / zeer oneens / volledig oneens
    mee oneens / oneens / niet mee eens < een beetje mee oneens / enigszins mee oneens / enigszins oneens / beetje mee oneens /
    deels mee oneens / deels oneens / gedeeltelijk mee oneens
    neutraal / niet mee eens niet mee oneens / niet eens niet oneens / niet mee eens en niet mee oneens /
    noch eens noch oneens / niet eens en niet oneens / niet mee oneens niet mee eens
    een beetje mee eens / enigszins mee eens / enigszins eens / beetje mee eens / deels mee eens / deels eens /
    gedeeltelijk mee eens < mee eens / eens
    helemaal mee eens / zeer mee eens / helemaal eens / sterk mee eens / volledig mee eens / zeer eens /
    volledig eens
    """,
    """
    zeer slecht / heel slecht / erg slecht
    slecht < onvoldoende
    matig < neutraal / niet goed niet slecht / gemiddeld < voldoende < redelijk
    ruim voldoende < goed
    zeer goed / heel goed / erg goed < uitstekend
    """,
    """
    zeer slecht < slecht < onvoldoende
    matig
    neutraal < voldoende < redelijk
    ruim voldoende < goed
    zeer goed / heel goed < uitstekend
    """,
    """
    slecht < onvoldoende
    matig
    voldoende < redelijk
    goed
    """,
    """
    helemaal nooit < nooit
    bijna nooit < zelden
    af en toe < soms
    regelmatig < vaak < meestal
    bijna altijd < altijd
    """,
    """
    helemaal niet belangrijk < zeer onbelangrijk
    onbelangrijk / niet belangrijk < niet zo belangrijk
    neutraal < enigszins belangrijk
    belangrijk
    zeer belangrijk / heel belangrijk
    """,
    """
    extremely dissatisfied / completely dissatisfied < very dissatisfied / very unsatisfied
    dissatisfied / unsatisfied / not satisfied < somewhat dissatisfied / slightly dissatisfied
    neutral / neither satisfied nor dissatisfied / neither / neither dissatisfied nor satisfied
    somewhat satisfied / slightly satisfied < satisfied
    very satisfied < extremely satisfied / completely satisfied
    """,
    """
    strongly disagree / completely disagree / totally disagree / fully disagree
    disagree < somewhat disagree / slightly disagree
    neutral / neither agree nor disagree / neither / undecided / neither disagree nor agree
    somewhat agree / slightly agree < agree
    strongly agree / completely agree / totally agree / fully agree
    """,
    """
    terrible < very poor / very bad
    poor / bad
    fair < average / neutral / acceptable / neither good nor bad / ok / okay
    good
    very good / great < excellent
    """,
    """
    very poor < poor
    fair
    good
    very good
    excellent
    """,
    """
    never
    almost never < rarely / seldom
    occasionally < sometimes
    often < usually / mostly
    almost always < always
    """,
    """
    extremely unlikely < very unlikely
    unlikely < somewhat unlikely / slightly unlikely
    neutral / neither likely nor unlikely
    somewhat likely / slightly likely < likely
    very likely < extremely likely
    """,
    """
    zeer onwaarschijnlijk / heel onwaarschijnlijk
    onwaarschijnlijk < enigszins onwaarschijnlijk
    neutraal / misschien
    enigszins waarschijnlijk < waarschijnlijk
    zeer waarschijnlijk / heel waarschijnlijk
    """,
    """
    zeker niet / absoluut niet / beslist niet / nee zeker niet
    waarschijnlijk niet < liever niet
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
    very unimportant < not at all important < not important
    unimportant < slightly important
    neutral < moderately important
    important
    very important < extremely important
    """,
    """
    zeer moeilijk / heel moeilijk / erg moeilijk
    moeilijk < enigszins moeilijk / een beetje moeilijk
    neutraal / niet moeilijk niet makkelijk
    enigszins makkelijk / redelijk makkelijk < makkelijk / gemakkelijk
    zeer makkelijk / zeer gemakkelijk / heel makkelijk / erg makkelijk
    """,
    """
    very difficult / extremely difficult
    difficult < somewhat difficult / slightly difficult
    neutral / neither easy nor difficult
    somewhat easy / slightly easy < easy
    very easy / extremely easy
    """,
    """
    zeer negatief
    negatief < enigszins negatief
    neutraal
    enigszins positief < positief
    zeer positief
    """,
    """
    very negative
    negative < somewhat negative
    neutral
    somewhat positive < positive
    very positive
    """,
    """
    negatief
    neutraal
    positief
    """,
    """
    slecht < onvoldoende
    matig < neutraal < voldoende < redelijk
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


# A word's line, and which of the different answers on that line it is.
Family = dict[str, tuple[int, int]]


def _family(text: str) -> Family:
    # An answer with many words for it goes on after a slash at the end of its line.
    lines = text.replace("/\n", "/ ").strip().splitlines()
    return {
        fold(word): (line, at)
        for line, answers in enumerate(lines, 1)
        for at, words in enumerate(answers.split("<"))
        for word in words.split("/")
    }


FAMILIES: tuple[Family, ...] = tuple(map(_family, _FAMILIES))


def face(text: str) -> int | None:
    """Give the place, 1-5, of a smiley; None for everything else."""
    plain = text.strip().rstrip("\ufe0f")
    return _TYPED.get(plain) or (_EMOJI.get(plain[0]) if len(plain) in (1, 2) else None)


def size(places: dict[str, int]) -> int:
    """Give the number of places of a scale of words."""
    return max(places.values())


def best_family(answers: Iterable[tuple[str, int]], points: int | None = None) -> tuple[dict[str, int], float]:
    """Find the scale of words that the answers are on.

    Parameters
    ----------
    answers : iterable of (str, int)
        Answers, folded, and how often each was given.
    points : int, optional
        Only scales with so many places.

    Returns
    -------
    places : dict of str to int
        Each word's place, from 1; different answers have different places. Empty where no answer is on any scale.
    share : float
        Of the answers that are on it.
    """
    counted = list(answers)
    total = sum(n for _, n in counted)
    best, chosen = (0.0, False, 0.0, 0), dict[str, int]()
    for family in FAMILIES:
        used = {family[word] for word, _ in counted if word in family}
        if not used:
            continue
        hits = sum(n for word, n in counted if word in family) / total
        plain = len({line for line, _ in used}) == len(used)
        for places in _readings(family, used, points):
            # Bad, fair and good alone are three answers; with "very bad" among them they are part of five.
            rank = hits, plain, len(used) / size(places), size(places)
            if rank > best:
                best, chosen = rank, places
    return chosen, best[0]


def _readings(family: Family, used: set[tuple[int, int]], points: int | None) -> Iterator[dict[str, int]]:
    """Give the places of the words: a line each, unless different answers share one; all apart where so many are asked for."""
    apart = _with_mirrors(family, used)
    for ranks in (apart,) if points is None else (apart, set(family.values())):
        places = _numbered(family, ranks)
        if points in (None, size(places)):
            yield places
            return


def _with_mirrors(family: Family, used: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Give the answers that share a line, and their counterparts: who may agree somewhat may disagree somewhat."""
    lines = max(line for line, _ in family.values())
    widths = {line: max(at for other, at in family.values() if other == line) for line in range(1, lines + 1)}
    apart = {(line, at) for line, at in used if sum(other == line for other, _ in used) > 1}
    mirrored = {
        (lines + 1 - line, widths[line] - at)
        for line, at in apart
        if widths[lines + 1 - line] == widths[line] and 2 * line != lines + 1
    }
    return apart | mirrored | {one for one in used if any(one[0] == line for line, _ in mirrored)}


def _numbered(family: Family, apart: set[tuple[int, int]]) -> dict[str, int]:
    """Number the answers: those in `apart` each have a place, any other is with the one before it on its line, or is the line."""
    starts = sorted({(line, 0) for line, _ in family.values()} | apart)
    first = {line: min(at for other, at in apart if other == line) for line, _ in apart}
    ranks = [start for start in starts if start[0] not in first or start in apart]
    return {
        word: max(sum(rank <= one for rank in ranks), sum(rank[0] < one[0] for rank in ranks) + 1)
        for word, one in family.items()
    }
