"""Find names of persons in a remark by rules: titles, initials, first names, surnames and what stands around them.

No list of names is complete, so a capitalised word that no dictionary knows counts as a name too where the words before it say so
("collega Xyra", "gesproken met Xyra"). A name that is a word as well ("Roos", "Mark") needs such a sign.
"""

import re
from collections.abc import Collection, Iterable

from feedback.text.called_after import things
from feedback.text.name_lists import TITLES, is_word, name_lists
from feedback.text.name_rules import Rules
from feedback.text.name_words import INFIX, POSSESSIVE, WORD, Token, capital

_INITIALS = re.compile(r"(?<![\w.])(?:[A-ZÀ-Þ](?:h|j)?\.[ ]?){1,5}(?=[\wÀ-ÿ'’])")
_SIGN_OFF = re.compile(
    r"(?:groet(?:en|jes)?|mvg|m\.v\.g|gr|regards|cheers|thanks|thx|thank you|bedankt|dank(?:jewel| je| u)?(?: wel)?|hgr|vr\.? ?gr)"
    r"[\s,.!:–-]+(?P<who>[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,4})[\s.!]*$",
    re.I,
)
_SPEAKER = re.compile(
    r"^[\s\"'“‘*•–-]*(?P<who>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)(?: ?\([^)\n]{2,40}\))? ?:(?=\s)", re.M
)
_INTRODUCTION = re.compile(
    r"(?:mijn naam is|ik heet|u spreekt met|je spreekt met|spreekt u met|t\.a\.v\.|my name is|this is|contact opnemen met|aldus) "
    r"(?P<who>[A-ZÀ-Þ][\w'’-]+)",
    re.I,
)
_INFIX_AND_NAME = re.compile(rf"{INFIX.pattern} [^\W\d_][\w'’-]*", re.I)
_MAYBE_INFIX_AND_LAST = re.compile(rf"(?:{INFIX.pattern} )?(?P<last>[A-ZÀ-Þ][\w'’-]+)", re.I)
_INITIALS_AND_NAME = re.compile(rf"(?:[A-Z]\.? ?)+ ?(?:{INFIX.pattern} )?[A-ZÀ-Þ][\w'’-]+")


class _Finder(Rules):
    """One pass over the words of one text."""

    def __init__(self, text: str, known: Collection[str]) -> None:
        super().__init__(text, known)
        self.spans: list[tuple[int, int]] = []

    def run(self) -> list[tuple[int, int]]:
        text = self.text
        if "." in text:
            for match in _INITIALS.finditer(text):
                self._after_initials(match)
        if ":" in text:
            for match in _SPEAKER.finditer(text):
                if all(self._listed(part) for part in match["who"].split()):
                    self.spans.append(match.span("who"))
        for match in _INTRODUCTION.finditer(text):
            if (
                match["who"][0].isupper()
                and match["who"].lower() not in self.lists.no_names
                and not match["who"].isupper()
            ):
                self._add(self._index_at(match.start("who")))
        sign_off = _SIGN_OFF.search(text, max(0, len(text) - 90))
        if sign_off:
            self._sign_off(sign_off)
        called = things(text)
        end = -1
        for index, token in enumerate(self.tokens):
            if token.start < end or not (token.text[0].isupper() or self._lower_may_be(index)):
                continue
            if self._is_name(index) and not any(start <= token.start < stop for start, stop in called):
                end = self._add(index)
        return _merge(self.spans, text)

    def _add(self, index: int) -> int:
        token = self.tokens[index]
        start, end = token.start, max(token.end, self._surname_end(index), self._in_capitals(index))
        match = _INFIX_AND_NAME.match(self.text, start)
        if match and INFIX.fullmatch(token.lower):
            end = max(end, match.end())
        match = _INITIALS_AND_NAME.match(self.text, start) if len(token.text) == 1 else None
        if match:  # "mw J. Achterberg"
            end = max(end, match.end())
        self.spans.append((start, end))
        return end

    def _after_initials(self, match: re.Match[str]) -> None:
        following = _MAYBE_INFIX_AND_LAST.match(self.text, match.end())
        if not following or not following["last"][0].isupper():
            return
        last = following["last"]
        listed = last in self.lists.last or last in self.lists.doubtful_last or following.group() != last
        if (
            (last.isupper() and len(last) > 1)
            or last.lower() in self.lists.no_names
            or (not listed and is_word(last.lower()))
        ):
            return
        index = self._index_at(following.start("last"))
        self.spans.append((match.start(), max(following.end(), self._surname_end(index))))

    def _sign_off(self, match: re.Match[str]) -> None:
        parts = re.sub(rf"\b{INFIX.pattern} ", "", match["who"], flags=re.I).split()
        good = [
            part for part in parts if self._listed(part.strip(".")) or part.lower().strip(".") in self.lists.lower_first
        ]
        strange = [part for part in parts if self._unknown(Token(part, part.lower(), 0, 0, False))]
        if (
            parts
            and (good or strange)
            and len(good) + len(strange) + sum(len(part.strip(".")) == 1 for part in parts) >= len(parts) - 1
        ):
            first_ok = parts[0] in good or parts[0] in strange or len(parts[0].strip(".")) == 1
            if first_ok:
                self.spans.append(match.span("who"))


def _merge(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif merged and text[merged[-1][1] : start] == " ":  # "Linda" and "de Jong" found apart are one name
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def names_of(people: Iterable[str]) -> frozenset[str]:
    """Cut the names of people into what each may be called by.

    Parameters
    ----------
    people : iterable of str
        As an attendance list has them: "mw. Ellen de Vries", "Mo".

    Returns
    -------
    frozenset of str
        First names and surnames; nothing of what is an organisation or department ("Gemeente Noord", "HR").
    """
    lists = name_lists()
    found: set[str] = set()
    for person in people:
        parts = [part for part in WORD.findall(person) if part.lower() not in TITLES and len(part) > 1]
        if not parts or parts[0].lower() in lists.no_names or parts[0].isupper():
            continue
        first = {*lists.first, *lists.doubtful_first, *lists.last, *lists.doubtful_last}
        if parts[0] not in first and is_word(parts[0].lower()) and not INFIX.fullmatch(parts[0]):
            continue
        found.update(part for part in parts if capital(part) and not INFIX.fullmatch(part))
    return frozenset(found)


def find_names(text: str, known: Collection[str] = frozenset()) -> list[tuple[int, int]]:
    """Find the names of persons in a text.

    Parameters
    ----------
    text : str
    known : collection of str
        Names of people who were there, as `names_of` gives them.

    Returns
    -------
    list of (int, int)
        Start and end of each name, in reading order, without overlap; titles and roles are not part of it.
    """
    return _Finder(text, known).run() if _worth_a_look(text, known) else []


def _worth_a_look(text: str, known: Collection[str]) -> bool:
    """Whether a text holds anything that may be a name: most remarks do not, and the search takes its time."""
    if text.islower() and "groet" not in text:
        lists = name_lists()
        words = set(WORD.findall(text))
        return not (words.isdisjoint(TITLES) and words.isdisjoint(lists.lower_first) and "mvg" not in words)
    lists = name_lists()
    for place, word in enumerate(WORD.findall(text)):
        if word[0].isupper():
            lower = word.lower()
            if lower in TITLES or (place and len(word) == 1) or (known and POSSESSIVE.sub("", word) in known):
                return True
            if len(word) > 2 and word.isupper() and lower in lists.lower_last:
                return True
            if (len(word) > 1 and word.isupper()) or lower in lists.no_names:
                continue
            if place or word in lists.first or word in lists.last or word in lists.doubtful_first or not is_word(lower):
                return True
        elif word in TITLES or word in lists.lower_first or word in _FAREWELLS:
            return True
    return False


_FAREWELLS = frozenset("groet groeten groetjes mvg gr regards cheers thanks bedankt dank thx hgr".split())
