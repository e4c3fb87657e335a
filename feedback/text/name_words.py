"""A text as the search for names sees it: its words, what stands beside each, and where a surname ends."""

import re
from collections.abc import Collection
from typing import NamedTuple

from feedback.text.name_lists import TITLES, is_word, name_lists

WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
INFIX = re.compile(
    r"(?:van (?:de[rn]?|het|'t|’t)|van|de[rn]?|den|ter|ten|te|von|vom|el|al|bin|ben|ait|aït|da|dos|di|del|della|la|le|du|op de[rn]?|in 't|in het"
    r"|v\.?d\.?|v/d|st\.)",
    re.I,
)
_STOP = re.compile(r"[!?:\n•\"“]|^\s*[-–*]\s")
POSSESSIVE = re.compile(r"(?<=..)['’]s?$")
_NEXT = re.compile(rf"[ ](?P<infix>{INFIX.pattern} )?(?P<last>[^\W\d_]\w*(?:['’-][^\W\d_]\w*)*)(?![\w&])", re.I)


class Token(NamedTuple):
    """One word, with the genitive taken off; `opens` tells the first word of a sentence or a line."""

    text: str
    lower: str
    start: int
    end: int
    opens: bool


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    last = 0
    for match in WORD.finditer(text):
        start, word = match.start(), match.group()
        lower = word.lower()
        stop = not found
        if (found and start - last > 1) or stop:
            between = text[last:start]
            stop = stop or bool(_STOP.search(between))
            if "." in between and found:  # the dot of an abbreviation or of initials ends no sentence
                stop = stop or not (len(found[-1].text) == 1 or found[-1].lower in TITLES)
        if "'" in word or "’" in word:
            word = POSSESSIVE.sub("", word)  # "Sophie's laptop"
            lower = word.lower()
        found.append(Token(word, lower, start, start + len(word), stop))
        last = match.end()
    return found


def capital(word: str) -> bool:
    """Tell a word with a capital, not one in capitals."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper()) and not (len(word) > 2 and word[1:3].isupper())


class Words:
    """The words of one text.

    Parameters
    ----------
    text : str
    known : collection of str
        Names of people who were there.
    """

    def __init__(self, text: str, known: Collection[str]) -> None:
        self.text = text
        self.known = known
        self.tokens = _tokens(text)
        self.lists = name_lists()

    def _index_at(self, position: int) -> int:
        return next(index for index, token in enumerate(self.tokens) if token.end > position)

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

    def _unknown(self, token: Token) -> bool:
        return capital(token.text) and len(token.text) > 2 and not is_word(token.lower)

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
