import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mevrouw Jansen belde", "Mevrouw [naam] belde"),
        ("dhr. P. van den Berg is weg", "dhr. [naam] is weg"),
        ("Vraag Fatima El Amrani maar", "Vraag [naam] maar"),
        ("Mail j.visser@example.nl", "Mail [e-mail]"),
        ("Bel 06-12345678 of toestel 4312", "Bel [telefoon] of toestel [telefoon]"),
        ("op NL91 ABNA 0417 1643 00 graag", "op [iban] graag"),
        ("mijn bsn is 123456782", "mijn bsn is [bsn]"),
        ("Kerkstraat 12, 1234 AB Zwolle", "[adres], [postcode] Zwolle"),
        ("auto 12-ABC-3 is stuk", "auto [kenteken] is stuk"),
        ("personeelsnummer 204518", "personeelsnummer [personeelsnummer]"),
        ("geboren op 12-03-1984", "geboren op [geboortedatum]"),
        ("Het duurt lang. Groet, Piet", "Het duurt lang. Groet, [naam]"),
        ("Roos van de receptie helpt altijd", "[naam] van de receptie helpt altijd"),
    ],
)
def test_personal_data_is_hidden_readably(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "Teams en Citrix zijn traag in Mei",
        "Groot onderhoud aan de lift",
        "Roos en tulp in de hal",
        "Artikelnummer 123456789 is op",
        "Mail servicedesk@example.nl",
        "In 2024 HR gebeld over € 1.250,00",
        "Zaal Van Gogh is dubbel geboekt",
        "Op 03-03-2026 09:12 was het portaal uit de lucht",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text).text == text and mask(text).found == {}


def test_only_a_number_that_passes_the_eleven_test_is_a_citizen_number() -> None:
    assert mask("nummer 123456782").found == {"bsn": 1}
    assert mask("nummer 123456783").found == {}


def test_counts_by_kind() -> None:
    assert mask("Kees en Sandra, 06-12345678").found == {"naam": 2, "telefoon": 1}


def test_masking_again_changes_nothing(labelled) -> None:
    for _, text in labelled("masking.tsv"):
        once = mask(text).text
        assert mask(once).text == once


def test_own_set_recall_and_clean_remarks(labelled) -> None:
    rows = labelled("masking.tsv")
    spans = [(span, mask(text).text) for spans, text in rows if spans != "-" for span in spans.split("|")]
    clean = [bool(mask(text).found) for spans, text in rows if spans == "-"]
    assert sum(span not in masked for span, masked in spans) / len(spans) >= 0.95
    assert sum(clean) / len(clean) <= 0.02


@given(st.text())
def test_never_raises(text: str) -> None:
    assert isinstance(mask(text).text, str)
