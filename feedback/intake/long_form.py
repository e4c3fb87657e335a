"""Tables with a row an answer: under one question stand words, under the next grades, all in the same column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from feedback.intake.model import Scale
from feedback.intake.scales import detect, is_blank, number
from feedback.intake.vocabulary import COUNT, SCORE, words_of

# A question that tells its own ends asks for a grade in whatever words.
_SURE, _HINTED = 0.7, 0.9


def asked_marks(questions: Sequence[str | None], answers: Sequence[str]) -> dict[str, Scale | None]:
    """Find the questions that are answered with numbers only.

    Parameters
    ----------
    questions, answers : sequence of str
        Of the same rows.

    Returns
    -------
    dict of str to Scale or None
        Question to its scale; None where it is not sure that the numbers are grades.
    """
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for question, answer in zip(questions, answers, strict=True):
        if question and answer:
            given[question][answer] += 1
    marks: dict[str, Scale | None] = {}
    for question, counts in given.items():
        told = [answer for answer in counts if not is_blank(answer)]
        if told and all(number(answer) is not None for answer in told):
            found = detect(question, counts)
            header = words_of(question)
            asked = (found.confidence >= _HINTED or SCORE.search(header)) and not COUNT.search(header)
            sure = asked and found.confidence >= _SURE and found.told and found.ends_told
            marks[question] = found.scale if sure else None
    return marks
