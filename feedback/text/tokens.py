"""Words, grouping keys, stop words and sentences: the smallest units that the other modules share."""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from feedback.text.resources import DATA, read_lines

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer
    from snowballstemmer.basestemmer import BaseStemmer

# "2e" and "3x" are no words, so a word never starts right after a digit; "o365" and "collega's" are.
_WORD = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]*(?:['’‑-][^\W_]+)*")
# What masking leaves behind must never become a label or a key.
PLACEHOLDERS = (
    "naam e-mail telefoon iban bsn adres postcode kenteken personeelsnummer persoonsnummer geboortedatum verborgen"
)
_PLACEHOLDER = re.compile(rf"\[(?:{PLACEHOLDERS.replace(' ', '|')})\]")

_ABBREVIATIONS = frozenset(
    """a.d.h.v a.h.w a.s a.u.b afd alg art ass b.g.g b.v bijl bijv blz bv c.q c.s ca dd dec dept dhr d.d d.m.v d.w.z dr drs
    e.a e.d e.e.a e.g e.o e.v ed em enz env ev evt excl ext fam febr fig gem geb gr i.c.m i.e i.g.v i.h.a i.h.b i.i.g i.o i.o.v
    i.p.v i.s.m i.t.t i.v.m inc incl ing ir jan jl jr k.o kan kol l.g m.a.w m.b.t m.b.v m.h.o m.i m.i.v m.m.v m.n m.u.v max mej
    mevr min mln mr mrd mrs ms mw n.a.v n.b n.o.t.k n.v n.v.t nl no nov nr nrs o.a o.b.v o.g o.i.d o.l.v o.m o.v.v okt p.d p.j
    p.m p.p p.s p.w pag par prof r.s.v.p red resp s.v.p sept sg sr st str t.a.v t.b.v t.g.v t.h.v t.m t.n.v t.o.v t.w.v t.z.t
    tel tst u.s v.a v.d v.h v.l.n.r v.o.f v.v versch vgl vlg vnl vs w.o wg wnd z.g.a.n z.i z.o.z z.s.m zgn zog""".split()
)


def fold(text: str) -> str:
    """Fold a text for search and matching: case, accents and runs of white space disappear.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Case-folded text without combining accents, with single spaces and no space at the ends.
    """
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.replace("’", "'").replace("‘", "'"))
        plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return " ".join(plain.split())


def words(text: str) -> list[str]:
    """Cut a text into lower-case words.

    Hyphens and apostrophes inside a word stay ("hr-portaal", "collega's"); numbers, punctuation and the
    placeholders of masking ("[naam]") are left out.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        The words in reading order.
    """
    if "[" in text:
        text = _PLACEHOLDER.sub(" ", text)
    return [word.replace("’", "'").replace("‑", "-") for word in _WORD.findall(text.lower())]


_stemming = threading.Lock()


@lru_cache(maxsize=4)
def _stemmer(language: str) -> "BaseStemmer":
    import snowballstemmer

    return snowballstemmer.stemmer(language)


@lru_cache(maxsize=200_000)
def key(word: str, language: str) -> str:
    """Return the key under which the forms of one word are grouped.

    The lemma (simplemma) is stemmed (Snowball 3: Kraaij-Pohlmann for Dutch, Porter 2 for English); the pair joins more
    forms than either alone. A key is for grouping, never for showing.

    Parameters
    ----------
    word : str
        One word, as `words` gives it.
    language : {"nl", "en", "other"}
        Words of another language are only folded.

    Returns
    -------
    str
    """
    if language not in ("nl", "en"):
        return fold(word)
    import simplemma

    lemma = simplemma.lemmatize(word, lang=language).lower()
    # A stemmer keeps its place in the word it is at: two threads at once would mix theirs.
    with _stemming:
        stemmed: str = _stemmer("dutch" if language == "nl" else "english").stemWord(lemma)
    return fold(stemmed)


def keys(text: str, language: str) -> list[str]:
    """Return the grouping key of each word of a text.

    Parameters
    ----------
    text : str
    language : {"nl", "en", "other"}

    Returns
    -------
    list of str
        As long as ``words(text)``.
    """
    return [key(word, language) for word in words(text)]


@lru_cache(maxsize=4)
def stopwords(language: str) -> frozenset[str]:
    """Return the words that never make a label: functional words, greetings and survey filler.

    They are for labels only: negations and intensifiers are among them, which sentiment needs.

    Parameters
    ----------
    language : {"nl", "en", "other"}
        Another language has no list.

    Returns
    -------
    frozenset of str
    """
    if language not in ("nl", "en"):
        return frozenset()
    return frozenset(read_lines(DATA / "stopwords" / f"{language}.txt"))


@lru_cache(maxsize=1)
def _punkt() -> "PunktSentenceTokenizer":
    # NLTK takes two seconds to import and its trained Punkt models cannot be shipped, so it is set up here, late.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, knowing the usual Dutch and English abbreviations.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        Sentences without white space around them; joined they hold every word of the text.
    """
    return [sentence.strip() for sentence in _punkt().tokenize(text) if sentence.strip()]
