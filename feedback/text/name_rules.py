"""Whether a word is a name of a person, told by what stands around it."""

import re

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
)
from feedback.text.name_words import INFIX, WORD, Words, capital

_INFIX_AND_LAST = re.compile(rf"{INFIX.pattern} (?P<last>[A-ZÀ-Þ][\w'’-]+)", re.I)
_INFIX_AND_LOWER = re.compile(rf"{INFIX.pattern} (?P<last>[a-zà-ÿ]+)")
_STATES = frozenset("is was wil wilde kan moet zou mag ziet hoort is wants would can".split())


class Rules(Words):
    """Decides about each word of a text."""

    def _lower_may_be(self, index: int) -> bool:
        """Whether a word without a capital is worth a look: most are not, and there are many."""
        lower = self.tokens[index].lower
        return lower in INFIX_WORDS or lower in self.lists.lower_first or self._near(index - 1) in TITLES

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
        if token.text in self.known and before not in PLACES:
            return self._known_is_meant(index)
        if len(token.text) > 1 and token.text.isupper() and self._in_capitals(index) > 0:
            return True
        if not capital(token.text) or token.lower in self.lists.no_names:
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
            after = WORD.match(self.text, self._surname_end(index) + 1)
            return not (after and after.group().lower() in PLACES_AFTER)
        if token.text in self.lists.last and token.text not in self.lists.doubtful_last:
            return not (token.opens and is_word(token.lower)) or before in LINKS
        if joined and before in GREETINGS and (self._listed(token.text) or self._unknown(token)):
            return True
        if joined and before in ROLES and (self._listed(token.text) or self._unknown(token)):
            return True
        if before in ROLES and self._in_brackets(index) and (self._listed(token.text) or self._unknown(token)):
            return True
        if token.text in self.lists.doubtful_first:
            return self._doubtful(index, before, joined)
        if self._unknown(token):
            return self._person_like(index, before, joined)
        return False

    def _after_title(self, index: int, title: str) -> bool:
        token = self.tokens[index]
        if INFIX.fullmatch(token.lower) and self._surname_end(index - 1) > token.end:
            return True
        if token.text[0].isupper():
            upper = len(token.text) > 1 and token.text.isupper()
            return token.lower not in self.lists.no_names and (
                not upper or self._surname_in_capitals(token.text, sure=False)
            )
        return title in SURE_TITLES and (token.lower in self.lists.lower_last or token.lower in self.lists.lower_first)

    def _known_is_meant(self, index: int) -> bool:
        """Whether the name of somebody who was there is meant: not where it may be a word that opens a sentence."""
        token, after = self.tokens[index], self._near(index + 1)
        if not token.opens or not is_word(token.lower):
            return True
        beside = self.tokens[index + 2].text if after in ("en", "and") and index + 2 < len(self.tokens) else ""
        owns = self.text[token.end : token.end + 1] in ("'", "’")
        return owns or after in VERBS or after in _STATES or beside in self.known

    def _in_brackets(self, index: int) -> bool:
        """Whether a name stands apart from the role before it: "onze adviseur (Fleur)", "de planner, Fleur, belde"."""
        token = self.tokens[index]
        held = self.text[self.tokens[index - 1].end : token.start], self.text[token.end : token.end + 1]
        return held in ((" (", ")"), (", ", ","))

    def _in_capitals(self, index: int) -> int:
        """Where "VAN DIJK" or "JANSEN" ends, typed in capitals before what persons do; -1 where it is no name."""
        last = index
        while self._joined(last + 1) and self.tokens[last + 1].text.isupper():
            last += 1
        infix = bool(INFIX.fullmatch(" ".join(token.text for token in self.tokens[index:last])))
        acts = self._near(last + 1) in VERBS or (infix and self._near(index - 1) in VERBS | LINKS)
        if not (acts and (infix or last == index)):
            return -1
        return self.tokens[last].end if self._surname_in_capitals(self.tokens[last].text, sure=not infix) else -1

    def _surname_in_capitals(self, word: str, sure: bool) -> bool:
        known = word.capitalize()
        return word.isupper() and (known in self.lists.last or (not sure and known in self.lists.doubtful_last))

    def _lower_case(self, index: int) -> bool:
        """A name typed without capitals: a rare first name with a surname or a sign of a person beside it."""
        token = self.tokens[index]
        if INFIX.fullmatch(token.lower):
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
            after = WORD.match(self.text, match.end() + 1)
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
