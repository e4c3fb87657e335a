import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text.masking import mask
from feedback.text.names import names_of

PRESENT = names_of(["Karin", "Mo", "mw. Ellen de Vries", "Wil Bakker (HR)", "Roos Noord", "Gemeente Lindervoort", "HR"])


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
        ("Dorpsstraat 12, 1971 AB IJmuiden", "[adres], [postcode] IJmuiden"),
        ("Dorpsstraat 12\n2011 hr haarlem", "[adres]\n[postcode] haarlem"),
        ("Ik werk op 1971 AB IJmuiden en 1971 AB te Velsen", "Ik werk op [postcode] IJmuiden en [postcode] te Velsen"),
        ("Mijn postcode is 1971ab en 1971AB", "Mijn postcode is [postcode] en [postcode]"),
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
        "Het 2026 AB-overleg kost 1000 EUR en 1000 mb, in 2026 AB bellen",
        "Zaal Van Gogh is dubbel geboekt",
        "Op 03-03-2026 09:12 was het portaal uit de lucht",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text).text == text and mask(text).found == {}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mo is het daarmee eens.", "[naam] is het daarmee eens."),
        ("Ellen vindt dat HR goed bereikbaar is.", "[naam] vindt dat HR goed bereikbaar is."),
        ("Volgens Mo en De Vries duurt het lang.", "Volgens [naam] en [naam] duurt het lang."),
        ("Wil en Mo willen een tweede scherm.", "[naam] en [naam] willen een tweede scherm."),
        ("Mo's laptop is traag.", "[naam]'s laptop is traag."),
        ("Dat vindt ook Bakker.", "Dat vindt ook [naam]."),
        ("Roos wil een andere stoel.", "[naam] wil een andere stoel."),
    ],
)
def test_who_was_there_is_hidden_everywhere(text: str, masked: str) -> None:
    assert mask(text, PRESENT).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "Wil graag een tweede scherm.",
        "Bakker van de kantine mist suiker.",
        "Bij Gemeente Lindervoort is HR snel.",
        "De zaal Mo is te klein.",
        "Een roos bij de balie, wat fijn.",
    ],
)
def test_a_word_that_is_also_a_name_of_somebody_there_stays(text: str) -> None:
    assert mask(text, PRESENT).text == text


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
