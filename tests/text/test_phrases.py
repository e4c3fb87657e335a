import pytest

from feedback.text.phrases import Phrases, tokenize


def _found(lines: str, text: str, **macros: str) -> list[tuple[int, ...]]:
    return [match.at for match in Phrases({1.0: lines.splitlines()}, macros).find(tokenize(text))]


def test_tokens_mark_commas_and_ends_of_sentences() -> None:
    assert tokenize("ja, nee! waarom?") == ["ja", ",", "nee", ".", "waarom", "?"]


def test_either_word_and_a_gap() -> None:
    assert _found("laat|laten ~3 te wensen", "ze laten veel te wensen over") == [(1, 3, 4)]


def test_a_word_that_may_be_left_out() -> None:
    assert _found("niet zo? snel", "niet snel en niet zo snel") == [(0, 1), (3, 4, 5)]


def test_beginnings_numbers_and_lists() -> None:
    assert _found("wacht* # <tijd>", "wachten al drie weken", tijd="weken|dagen") == []
    assert _found("wacht* ~ # <tijd>", "wachten al drie weken", tijd="weken|dagen") == [(0, 2, 3)]


def test_no_phrase_reaches_over_the_end_of_a_sentence() -> None:
    assert _found("niet ~ goed", "dat kan niet. goed werk") == []


def test_the_longer_phrase_wins() -> None:
    assert _found("op tijd\nniet op tijd", "het was niet op tijd") == [(2, 3, 4)]


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(ValueError, match="uur"):
        Phrases({1.0: ["<uur>"]})
