"""Which language is a remark in: Dutch unless there is evidence against it."""

import re
from functools import lru_cache
from typing import Literal

from feedback.text.resources import DATA, read_lines
from feedback.text.tokens import words

Language = Literal["nl", "en", "other"]

# Functional words that the other language does not have; a word of both ("is", "in", "we", "was", "of") proves nothing.
_NL = frozenset(
    """de het een en dat die dit deze niet geen niets niks wel ook nog al maar dan dus want omdat als bij met voor van naar uit aan
    op om te ten ter tot door over onder tussen zonder binnen sinds na ik jij je jullie wij ze zij hij hem haar hun ons onze mijn jouw uw
    zich er hier daar waar wie wat welke hoe waarom wanneer zijn ben bent waren wordt worden werd werden heb hebt heeft hebben gehad
    kan kunt kunnen kon moet moeten mag mogen wil willen zou zouden zal zullen gaat gaan komt komen doet doen veel weinig meer minder
    meest altijd nooit vaak soms steeds weer opnieuw echt heel erg zeer te goed goede beter slecht slechte graag liever iets iemand niemand
    alles allemaal elke ieder iedere andere anders zelf eens even gewoon toch toen nu zo zodat terwijl tijdens volgens via per jaar week
    uur dagen keer mensen collega collega's prima fijn snel snelle traag trage duidelijk onduidelijk tevreden bereikbaar geregeld werkt
    werken krijg krijgen vind vinden weet weten nieuwe nodig tijd lang lange geen idee dank bedankt top vraag antwoord opmerkingen
    helaas jammer nee ja beste onze mij me men hen die hulp klacht storing hadden had""".split()
)
_EN = frozenset(
    """the and that this these those not no nothing but because if when with for from to at by about into through between without
    since after before i you he she it they them their our your my his its us who what which where why how are were be been being has have
    had does did do done can could should would will shall may might must much many more most less least very really always never
    often sometimes again still also just only too than then there here some any every each other another something someone nobody
    nothing everything good bad better best great slow fast quick quickly easy difficult hard nice friendly helpful please thanks
    thank don't doesn't didn't can't won't isn't aren't wasn't it's i'm we're i've we've you're need needs takes took get gets got
    works worked working work time people day days year years hours service help helped issue issues want wants know find found
    an all out so my as on up""".split()
)
_OTHER: dict[str, frozenset[str]] = {
    "de": frozenset(
        """der das und ist nicht ich ein eine einen einer sich auf für mit auch wir sie sind haben hat wird werden kein keine sehr
        bitte aber oder bei zu zum zur vom noch schon immer wenn weil dass daß mein unsere unser wurde sein gut lange mehr nur aus
        nach über kann können muss gibt schlecht leider schnell danke dem den des im am als""".split()
    ),
    "fr": frozenset(
        """le la les est et pas une des pour avec je nous vous très c'est sont dans qui que sur plus mais ce cette il elle ils du au aux
        ne son sa ses notre votre mon être avoir fait bien merci trop toujours jamais j'ai n'est qu'il d'une l'accès d'un on sans""".split()
    ),
    "es": frozenset(
        """el los las es y no una por para con muy pero que se del al lo como más está son todo nos mi su hay gracias siempre nunca
        cuando porque sin sobre""".split()
    ),
    "it": frozenset(
        """il gli è e non una per con molto ma che si del della lo come più sono tutto ci mio suo grazie sempre mai quando perché senza
        anche questo nel""".split()
    ),
    "tr": frozenset(
        "ve bir çok bu için değil ama ile daha yok var ne gibi kadar iyi teşekkürler olarak her zaman".split()
    ),
    "pl": frozenset("i nie jest się na z do w że to jak ale bardzo dla są przez tylko dziękuję od po za czy".split()),
}
_FOREIGN = frozenset().union(*_OTHER.values())
# "Teams, Outlook": names of systems and places prove nothing.
_NAMES = frozenset(word.lower() for word in read_lines(DATA / "lexicon" / "not-names.txt"))
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=50_000)
def _votes(word: str) -> tuple[float, float]:
    """Votes of one word for Dutch and English: functional words count fully, other known words a little."""
    dutch, english = float(word in _NL), float(word in _EN)
    if not dutch and not english and len(word) > 2 and word not in _NAMES:
        import simplemma

        known_nl, known_en = simplemma.is_known(word, lang="nl"), simplemma.is_known(word, lang="en")
        dutch, english = (
            (0.3, 0.0) if known_nl and not known_en else (0.0, 0.3) if known_en and not known_nl else (0, 0)
        )
        if not known_nl and not known_en and ("ij" in word or "aa" in word or "uu" in word):
            dutch = 0.2
    return dutch, english


def detect(text: str) -> Language:
    """Tell in which language a text is written, also when it is short.

    Functional words vote, other words vote a little when only one of the two dictionaries knows them; Dutch wins when in doubt,
    and a text without letters is Dutch too. "other" needs more evidence than Dutch and English have.

    Parameters
    ----------
    text : str

    Returns
    -------
    {"nl", "en", "other"}
    """
    tokens = words(text)
    if not tokens:
        letters = _LETTER.findall(text)
        return "other" if len(letters) > 1 and not _LATIN.search(text) else "nl"
    dutch = english = 0.0
    for token in tokens:
        vote = _votes(token)
        dutch += vote[0]
        english += vote[1]
    rival = (
        0 if _FOREIGN.isdisjoint(tokens) else max(sum(token in known for token in tokens) for known in _OTHER.values())
    )
    if rival >= 2 and rival > max(dutch, english):
        return "other"
    if len(tokens) > 1 and not _LATIN.search(text):
        return "other"
    return "en" if english > dutch else "nl"
