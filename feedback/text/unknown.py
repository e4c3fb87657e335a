"""What to make of a word that the table of vectors lacks: an inflection, a compound or a typing error."""

from collections.abc import Callable, Iterator, Mapping

_VOWELS = "aeiou"
_LINKS = ("", "s", "e", "en", "n")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 3  # letters of a part of a compound
_TYPO_FROM = 6  # letters from which one wrong letter still leaves the word recognisable


def resolve(word: str, log_p: Mapping[str, float], usual: float = -6.6) -> tuple[str, ...]:
    """Find the known words that stand for an unknown one.

    Tried in this order: the parts around hyphens, the lemma and other inflections, the parts of a compound
    (thuis-werk-plekken), one wrong, missing, doubled or swapped letter.

    Parameters
    ----------
    word : str
        Lower-case word.
    log_p : mapping of str to float
        Known words with the base-10 logarithm of their frequency.
    usual : float
        Only words at least this frequent may be a short part of a compound or the correction of an error.

    Returns
    -------
    tuple of str
        Empty when nothing fits.
    """
    if word in log_p:
        return (word,)
    pieces = [piece for piece in word.replace("-", " ").replace("'", " ").split() if len(piece) > 1]
    if len(pieces) > 1 or (pieces and pieces[0] != word):
        return tuple(known for piece in pieces for known in resolve(piece, log_p, usual))
    if len(word) < 4 or not word.isalpha():
        return ()
    for candidate in _inflections(word):
        if candidate in log_p:
            return (candidate,)

    def known(part: str) -> float | None:
        value = log_p.get(part)
        if value is None or (len(part) < 5 and value < -5.5) or value < usual - 1:
            return None
        return value

    return _split(word, known, 2) or _corrected(word, log_p, usual) or _split(word, known, 3)


def _inflections(word: str) -> Iterator[str]:
    import simplemma

    yield simplemma.lemmatize(word, lang="nl").lower()
    for suffix in ("en", "s", "e", "t", "n", "je", "jes", "tje", "tjes", "de", "te", "d"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            stem = word[: -len(suffix)]
            yield stem
            if suffix in ("en", "e"):
                yield from _respelled(stem)
    for suffix in ("en", "e", "s", "t", "n"):
        yield word + suffix
    if word[-1] not in _VOWELS and word[-2] in _VOWELS:
        if word[-3] == word[-2]:
            yield word[:-2] + word[-1] + "en"  # annuleer: annuleren
        yield word + word[-1] + "en"  # wek: wekken


def _respelled(stem: str) -> Iterator[str]:
    if stem[-1] == stem[-2]:
        yield stem[:-1]  # plekk(en): plek
    elif stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
        yield stem[:-1] + stem[-2] + stem[-1]  # storing(en) stays, zal(en): zaal
    if stem[-1] in "vz":
        yield stem[:-1] + {"v": "f", "z": "s"}[stem[-1]]


def _split(word: str, known: Callable[[str], float | None], parts: int) -> tuple[str, ...]:
    """Return the two or three known words a compound is made of, the most frequent reading first."""
    shortest = _SHORTEST if parts == 2 else _SHORTEST + 1
    best: tuple[float, tuple[str, ...]] = (-1e9, ())
    for cut in range(shortest, len(word) - shortest + 1):
        head = word[:cut]
        for link in _LINKS:
            if not head.endswith(link) or len(head) - len(link) < shortest:
                continue
            first = head[: len(head) - len(link)]
            value = known(first)
            if value is None:
                continue
            rest = word[cut:]
            tail = _split(rest, known, parts - 1) if parts > 2 else (rest,) if known(rest) is not None else ()
            if tail:
                score = value + sum(known(part) or 0.0 for part in tail) - 0.3 * bool(link)
                best = max(best, (score, (first, *tail)))
    return best[1]


def _corrected(word: str, log_p: Mapping[str, float], usual: float) -> tuple[str, ...]:
    """Return the most frequent known word one typing error away."""
    if len(word) < _TYPO_FROM:
        return ()
    best = (usual, "")
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        variants = [head[:-1] + tail]
        if tail:
            variants.append(head[:-1] + tail[0] + head[-1] + tail[1:])
        for letter in _LETTERS:
            variants += (head + letter + tail, head[:-1] + letter + tail)
        for variant in variants:
            value = log_p.get(variant)
            if value is not None and (value, variant) > best:
                best = (value, variant)
    return (best[1],) if best[1] else ()
