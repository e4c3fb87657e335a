"""Find names of persons in a remark by rules: titles, initials, first names, surnames and what stands around them.

No list of names is complete, so a capitalised word that no dictionary knows counts as a name too where the words before it say so
("collega Xyra", "gesproken met Xyra"). A name that is a word as well ("Roos", "Mark") needs such a sign.
"""

import re
from typing import NamedTuple

from feedback.text.name_lists import (
    DE_NAMES,
    GREETINGS,
    INFIX_WORDS,
    LINKS,
    NO_NAME_AFTER,
    PERSON_LINKS,
    PLACES,
    PLACES_AFTER,
    ROLES,
    SURE_TITLES,
    SURNAME_ENDS,
    TITLES,
    UNITS,
    VAN_DE_NAMES,
    VERBS,
    is_word,
    name_lists,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_INFIX = re.compile(
    r"(?:van (?:de[rn]?|het|'t|’t)|van|de[rn]?|den|ter|ten|te|von|vom|el|al|bin|ben|ait|aït|da|dos|di|del|della|la|le|du|op de[rn]?|in 't|in het"
    r"|v\.?d\.?|v/d|st\.)",
    re.I,
)
_STOP = re.compile(r"[!?:\n•\"“]|^\s*[-–*]\s")
_POSSESSIVE = re.compile(r"(?<=..)['’]s?$")
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


class _Token(NamedTuple):
    text: str
    lower: str
    start: int
    end: int
    opens: bool  # first word of a sentence or a line


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    last = 0
    for match in _WORD.finditer(text):
        start, word = match.start(), match.group()
        lower = word.lower()
        stop = not found
        if (found and start - last > 1) or stop:
            between = text[last:start]
            stop = stop or bool(_STOP.search(between))
            if "." in between and found:  # the dot of an abbreviation or of initials ends no sentence
                stop = stop or not (len(found[-1].text) == 1 or found[-1].lower in TITLES)
        if "'" in word or "’" in word:
            word = _POSSESSIVE.sub("", word)  # "Sophie's laptop"
            lower = word.lower()
        found.append(_Token(word, lower, start, start + len(word), stop))
        last = match.end()
    return found


def _capital(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper()) and not (len(word) > 2 and word[1:3].isupper())


class _Finder:
    """One pass over the words of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.lists = name_lists()
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
        end = -1
        for index, token in enumerate(self.tokens):
            if token.start < end or not (token.text[0].isupper() or self._lower_may_be(index)):
                continue
            if self._is_name(index):
                end = self._add(index)
        return _merge(self.spans, text)

    # what stands where -------------------------------------------------------------------------------------------------

    def _index_at(self, position: int) -> int:
        return next(index for index, token in enumerate(self.tokens) if token.end > position)

    def _lower_may_be(self, index: int) -> bool:
        """Whether a word without a capital is worth a look: most are not, and there are many."""
        lower = self.tokens[index].lower
        return lower in INFIX_WORDS or lower in self.lists.lower_first or self._near(index - 1) in TITLES

    def _near(self, index: int) -> str:
        """Lower-case word at `index`, empty where there is none."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def _joined(self, index: int) -> bool:
        """Whether only a space stands before the token at `index`."""
        return 0 < index < len(self.tokens) and self.text[self.tokens[index - 1].end : self.tokens[index].start] == " "

    def _listed(self, word: str) -> bool:
        lists = self.lists
        return (
            word in lists.first
            or word in lists.doubtful_first
            or word in lists.last
            or ("-" in word and all(part in lists.first or part in lists.doubtful_first for part in word.split("-")))
        )

    def _unknown(self, token: _Token) -> bool:
        return _capital(token.text) and len(token.text) > 2 and not is_word(token.lower)

    # decisions ---------------------------------------------------------------------------------------------------------

    def _is_name(self, index: int) -> bool:
        token, before = self.tokens[index], self._near(index - 1)
        joined = self._joined(index) or (
            before in TITLES and self.text[self.tokens[index - 1].end : token.start] == ". "
        )
        if before in TITLES and joined and self._after_title(index, before):
            return True
        if not token.text[0].isupper():
            return self._lower_case(index)
        if token.lower in ("van", "de", "el", "al", "ben", "ter", "ten", "den") and self._infix_name(index):
            return True
        if not _capital(token.text) or token.lower in self.lists.no_names:
            return False
        following = self.text[token.end : token.end + 6]
        if (
            re.match(r"[ .]{1,2}\d|['’]s? ?\d|\.\w|@", following)
            or before in PLACES
            or self._near(index + 1) in PLACES_AFTER
        ):
            return False
        if before == "sint" or self._near(index - 2) == "sint":
            return False
        if (
            before in ("de", "het", "een", "the")
            and not self.tokens[index - 1].opens
            and not token.opens
            and token.text in self.lists.first
        ):
            return self._surname_end(index) > token.end and not is_word(self._near(index + 1))
        if token.text in self.lists.first or ("-" in token.text and self._listed(token.text)):
            after = _WORD.match(self.text, self._surname_end(index) + 1)
            return not (after and after.group().lower() in PLACES_AFTER)
        if token.text in self.lists.last and token.text not in self.lists.doubtful_last:
            return not (token.opens and is_word(token.lower)) or before in LINKS
        if joined and before in GREETINGS and (self._listed(token.text) or self._unknown(token)):
            return True
        if joined and before in ROLES and (self._listed(token.text) or self._unknown(token)):
            return True
        if token.text in self.lists.doubtful_first:
            return self._doubtful(index, before, joined)
        if self._unknown(token):
            return self._person_like(index, before, joined)
        return False

    def _after_title(self, index: int, title: str) -> bool:
        token = self.tokens[index]
        if _INFIX.fullmatch(token.lower) and self._surname_end(index - 1) > token.end:
            return True
        if token.text[0].isupper():
            return token.lower not in self.lists.no_names and (len(token.text) == 1 or not token.text.isupper())
        return title in SURE_TITLES and (token.lower in self.lists.lower_last or token.lower in self.lists.lower_first)

    def _lower_case(self, index: int) -> bool:
        """A name typed without capitals: a rare first name with a surname or a sign of a person beside it."""
        token = self.tokens[index]
        if _INFIX.fullmatch(token.lower):
            return token.lower in ("van", "el", "ter", "ten", "de") and self._infix_name(index)
        if token.lower not in self.lists.lower_first or len(token.lower) < 3:
            return False
        after, before = self._near(index + 1), self._near(index - 1)
        if self._joined(index + 1) and after in self.lists.lower_last and after.capitalize() in self.lists.last:
            return True
        infix = _INFIX_AND_LOWER.match(self.text, token.end + 1) if self._joined(index + 1) else None
        if infix and infix["last"] in self.lists.lower_last:  # "piet de boer"
            return True
        if is_word(token.lower) or len(token.lower) < 4:
            return False
        return (
            before in LINKS or before in ROLES or after in VERBS or (after == "van" and self._near(index + 2) in UNITS)
        )

    def _infix_name(self, index: int) -> bool:
        """Whether "Van der Meulen" and "De Boer" stand here without a first name or title."""
        token = self.tokens[index]
        match = _INFIX_AND_LAST.match(self.text, token.start)
        if not match or not match["last"][0].isupper():
            return False
        infix, last = match.group()[: match.start("last") - match.start()].strip().lower(), match["last"]
        if last.lower() in self.lists.no_names or (last.isupper() and len(last) > 1):
            return False
        capital = token.text[0].isupper() and not token.opens
        surname = last in self.lists.last or last in self.lists.doubtful_last
        if infix in ("van der", "van den", "vd", "v.d.", "v/d", "van 't", "van ’t", "van het"):
            return surname or capital or (infix in ("van der", "van den") and last not in ("Valk",))
        if infix in ("el", "al", "ben", "ait", "aït", "bin"):
            return surname or (not is_word(last.lower()) and (infix == "el" or capital))
        if infix in ("van de", "van", "de", "den", "ter", "ten", "te"):
            told = self._near(index - 1) in ROLES and capital  # "onze directeur Van Oranje"
            plain = last in self.lists.last or (capital and surname) or told
            after = _WORD.match(self.text, match.end() + 1)
            if infix == "de" and surname and token.opens and after and after.group() in VERBS:  # "De Jong belde"
                return True
            return (
                plain
                or (infix == "de" and surname and not token.opens and last in DE_NAMES)
                or (infix == "van de" and surname and last in VAN_DE_NAMES)
            )
        return False

    def _doubtful(self, index: int, before: str, joined: bool) -> bool:
        token, after = self.tokens[index], self._near(index + 1)
        if self._surname_end(index) > token.end and self._joined(index + 1):
            return True
        if (
            self._joined(index + 1)
            and after == "van"
            and (self._near(index + 2) in UNITS or self._near(index + 3) in UNITS)
        ):
            return True
        if self._joined(index + 1) and after in VERBS:
            return True
        if token.opens or before in NO_NAME_AFTER:
            return False
        return joined and self.tokens[index - 1].text.islower()

    def _person_like(self, index: int, before: str, joined: bool) -> bool:
        """An unknown capitalised word: a name when the words around it speak of a person."""
        token = self.tokens[index]
        if not token.text.replace("'", "").replace("’", "").replace("-", "").isalpha():
            return False
        after = self._near(index + 1)
        if self._joined(index + 1) and after in ("van", "from") and self.text[token.end : token.end + 5].strip():
            unit = self._near(index + 2) if self._near(index + 2) not in ("de", "het", "the") else self._near(index + 3)
            if unit in UNITS:
                return True
        if token.opens:
            return False
        if (
            joined
            and before in ("met", "aan", "voor", "bij", "van", "to", "with", "door")
            and self._near(index - 2) in PERSON_LINKS
        ):
            return True
        if joined and before in ("dankzij", "bedankt", "namens", "aldus", "volgens"):
            return True
        return len(token.text) > 5 and token.lower.endswith(SURNAME_ENDS)

    # spans -------------------------------------------------------------------------------------------------------------

    def _surname_end(self, index: int) -> int:
        """End of the surname that follows the token at `index`: infixes and capitalised words; its own end when none follows."""
        token = self.tokens[index]
        position, end = token.end, token.end
        for _ in range(3):
            match = _NEXT.match(self.text, position)
            if not match:
                break
            word = match["last"]
            if word.lower() in self.lists.no_names or (len(word) > 1 and word.isupper()):
                break
            lower = not word[0].isupper()
            if lower and not (match["infix"] or token.text[0].islower() or token.lower in TITLES):
                break
            if lower and word not in self.lists.lower_last:
                break
            surname = any(part in self.lists.last or part in self.lists.doubtful_last for part in word.split("-"))
            if not surname and not lower and not match["infix"] and is_word(word.lower()) and not self._listed(word):
                break
            position = end = match.end()
        return end

    def _add(self, index: int) -> int:
        token = self.tokens[index]
        start, end = token.start, max(token.end, self._surname_end(index))
        match = _INFIX_AND_NAME.match(self.text, start)
        if match and _INFIX.fullmatch(token.lower):
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
        parts = re.sub(rf"\b{_INFIX.pattern} ", "", match["who"], flags=re.I).split()
        good = [
            part for part in parts if self._listed(part.strip(".")) or part.lower().strip(".") in self.lists.lower_first
        ]
        strange = [part for part in parts if self._unknown(_Token(part, part.lower(), 0, 0, False))]
        if (
            parts
            and (good or strange)
            and len(good) + len(strange) + sum(len(part.strip(".")) == 1 for part in parts) >= len(parts) - 1
        ):
            first_ok = parts[0] in good or parts[0] in strange or len(parts[0].strip(".")) == 1
            if first_ok:
                self.spans.append(match.span("who"))


_NEXT = re.compile(rf"[ ](?P<infix>{_INFIX.pattern} )?(?P<last>[^\W\d_][\w]*(?:['’-][^\W\d_]\w*)*)", re.I)
_INFIX_AND_NAME = re.compile(rf"{_INFIX.pattern} [^\W\d_][\w'’-]*", re.I)
_INFIX_AND_LAST = re.compile(rf"{_INFIX.pattern} (?P<last>[A-ZÀ-Þ][\w'’-]+)", re.I)
_INFIX_AND_LOWER = re.compile(rf"{_INFIX.pattern} (?P<last>[a-zà-ÿ]+)")
_MAYBE_INFIX_AND_LAST = re.compile(rf"(?:{_INFIX.pattern} )?(?P<last>[A-ZÀ-Þ][\w'’-]+)", re.I)
_INITIALS_AND_NAME = re.compile(rf"(?:[A-Z]\.? ?)+ ?(?:{_INFIX.pattern} )?[A-ZÀ-Þ][\w'’-]+")


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


def find_names(text: str) -> list[tuple[int, int]]:
    """Find the names of persons in a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (int, int)
        Start and end of each name, in reading order, without overlap; titles and roles are not part of it.
    """
    return _Finder(text).run() if _worth_a_look(text) else []


def _worth_a_look(text: str) -> bool:
    """Whether a text holds anything that may be a name: most remarks do not, and the search takes its time."""
    if text.islower() and "groet" not in text:
        lists = name_lists()
        words = set(_WORD.findall(text))
        return not (words.isdisjoint(TITLES) and words.isdisjoint(lists.lower_first) and "mvg" not in words)
    lists = name_lists()
    for place, word in enumerate(_WORD.findall(text)):
        if word[0].isupper():
            lower = word.lower()
            if lower in TITLES or (place and len(word) == 1):
                return True
            if (len(word) > 1 and word.isupper()) or lower in lists.no_names:
                continue
            if place or word in lists.first or word in lists.last or word in lists.doubtful_first or not is_word(lower):
                return True
        elif word in TITLES or word in lists.lower_first or word in _FAREWELLS:
            return True
    return False


_FAREWELLS = frozenset("groet groeten groetjes mvg gr regards cheers thanks bedankt dank thx hgr".split())
