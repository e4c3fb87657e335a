from hypothesis import given
from hypothesis import strategies as st

from feedback.text.tokens import fold, key, keys, sentences, stopwords, words


def test_words_are_lower_case_and_keep_hyphens_and_apostrophes() -> None:
    assert words("De collega’s van het HR-portaal") == ["de", "collega's", "van", "het", "hr-portaal"]


def test_words_leave_out_numbers_and_what_masking_left_behind() -> None:
    assert words("[naam] belde 3x over o365 en de 2e pas, [e-mail]") == ["belde", "over", "o365", "en", "de", "pas"]


def test_forms_of_a_word_share_a_key() -> None:
    assert key("vergaderzalen", "nl") == key("vergaderzaal", "nl")
    assert key("printers", "en") == key("printer", "en")
    assert keys("wachtwoorden vergeten", "nl")[0] == key("wachtwoord", "nl")


def test_words_of_another_language_are_only_folded() -> None:
    assert key("Größe", "other") == "grosse"


def test_fold_drops_case_accents_and_white_space() -> None:
    assert fold("  Eén   CAFÉ\n’s avonds ") == "een cafe 's avonds"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_stop_words_hold_the_functional_words_only() -> None:
    assert {"de", "het", "niet", "bedankt", "opmerkingen"} <= stopwords("nl")
    assert "printer" not in stopwords("nl") and "the" in stopwords("en") and not stopwords("other")


def test_abbreviations_end_no_sentence() -> None:
    text = "Dhr. Jansen belde i.v.m. o.a. de factuur. Daarna bleef het stil."
    assert sentences(text) == ["Dhr. Jansen belde i.v.m. o.a. de factuur.", "Daarna bleef het stil."]


@given(st.lists(st.sampled_from(["De lift is stuk.", "Waarom?", "b.v. zo", "Nu!"]), max_size=6))
def test_sentences_lose_no_word(parts: list[str]) -> None:
    text = " ".join(parts)
    assert words(" ".join(sentences(text))) == words(text)
