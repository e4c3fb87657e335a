import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De wifi valt steeds weg", "nl"),
        ("The wifi keeps dropping", "en"),
        ("Traag", "nl"),
        ("Too slow", "en"),
        ("Das Netz ist sehr langsam und nicht stabil", "other"),
        ("Le réseau est très lent pour nous", "other"),
        ("Связь очень медленная", "other"),
        ("Teams, Outlook, SharePoint", "nl"),
        ("servicedesk top", "nl"),
        ("", "nl"),
        ("42", "nl"),
        ("???", "nl"),
    ],
)
def test_language_of_a_short_answer(text: str, language: str) -> None:
    assert detect(text) == language


@given(st.text())
def test_every_text_has_a_language(text: str) -> None:
    assert detect(text) in {"nl", "en", "other"}
