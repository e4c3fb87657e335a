import pytest

from feedback.text.subject import names_a_subject


@pytest.mark.parametrize("text", ["Kan niet beter.", "Top!", "[naam] vindt dat ook.", "It could be worse."])
def test_praise_and_blame_name_no_subject(text: str) -> None:
    assert not names_a_subject(text)


@pytest.mark.parametrize("text", ["De koffie kan beter.", "Te duur", "IT is better", "太慢了", "Nog steeds koud"])
def test_one_word_is_enough_to_name_it(text: str) -> None:
    assert names_a_subject(text)


def test_a_house_has_words_of_its_own() -> None:
    assert names_a_subject("Verbetering is nodig", {"verbetering"})
    assert not names_a_subject("Verbetering is nodig")
