"""What the estimator of themes is given: numbers that hold, texts without their blanks, in an order that says nothing."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np


def whole(name: str, value: object, at_least: int, or_else: str = "") -> int:
    """Take a whole number.

    Parameters
    ----------
    name : str
        Of the argument, for the message.
    value : object
    at_least : int
    or_else : str
        What may be given instead, for the message.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        When it is no whole number, or too low.
    """
    said = f"{name}={value!r}: give a whole number of {at_least} or more{or_else}"
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(said)
    if value < at_least:
        raise ValueError(said)
    return int(value)


def cleaned(texts: Sequence[str]) -> list[str]:
    """Return texts without blanks at their ends, "" for an answer that says nothing.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    list of str

    Raises
    ------
    TypeError
        When it is one string, or holds something else than strings.
    """
    from feedback.text.empty import is_empty

    if isinstance(texts, (str, bytes)):
        raise TypeError("texts is one string: give a list of strings, one a remark")
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"texts holds {text!r}: give strings only, with '' where there is no answer")
    return ["" if is_empty(text) else text.strip() for text in texts]


def by_lot(texts: set[str]) -> tuple[list[str], np.ndarray]:
    """Return texts in an order that has nothing to do with what they say, and the numbers they drew.

    Parameters
    ----------
    texts : set of str

    Returns
    -------
    texts : list of str
    lots : ndarray of shape (n_texts,), uint64
    """
    drawn = sorted((int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big"), text) for text in texts)
    return [text for _, text in drawn], np.array([lot for lot, _ in drawn], dtype=np.uint64)
