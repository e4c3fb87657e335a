import numpy as np

from feedback.text.unknown import resolve
from feedback.text.vectors import DEFAULT, word_vectors


def cosine(first, second):
    a, b = word_vectors().encode([first, second])
    return float(a @ b)


def test_the_table_is_small_enough_for_git():
    assert DEFAULT.stat().st_size <= 10_000_000


def test_texts_become_rows_of_length_one():
    rows = word_vectors().encode(["de laptop is traag", "salaris klopt niet"])
    assert rows.shape == (2, word_vectors().dim)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_text_without_known_words_is_zero():
    assert not word_vectors().encode(["", "12 34 !!", "xqzvw"]).any()


def test_words_of_one_meaning_are_nearer_than_others_also_across_languages():
    assert cosine("factuur", "rekening") > cosine("factuur", "koffie") + 0.2
    assert cosine("wachtwoord", "password") > cosine("wachtwoord", "lunch") + 0.5


def test_an_unknown_compound_is_split_into_known_words():
    known = {"vergader": -5.0, "zaal": -4.0, "reservering": -5.0, "werk": -3.0, "plek": -4.0, "thuis": -4.0}
    assert resolve("thuiswerkplek", known) == ("thuis", "werk", "plek")
    assert resolve("vergaderzaal", known) == ("vergader", "zaal")
    assert resolve("zaal-reservering", known) == ("zaal", "reservering")


def test_an_inflection_or_one_typing_error_finds_its_word():
    known = {"laptop": -5.0, "salaris": -5.0}
    assert resolve("laptops", known) == ("laptop",)
    assert resolve("salarsi", known) == ("salaris",)
    assert resolve("xyzxyz", known) == ()


def test_a_compound_lies_near_its_parts():
    assert cosine("koffieautomaatstoring", "koffieautomaat") > 0.5


def test_order_and_copies_of_texts_change_nothing():
    texts = ["koffie is koud", "laptop is traag", "koffie is koud"]
    rows = word_vectors().encode(texts)
    assert np.array_equal(rows[0], rows[2])
    assert np.allclose(rows[::-1], word_vectors().encode(texts[::-1]), atol=1e-6)


def test_frequencies_of_the_named_language_count():
    mixed = word_vectors().encode(["want koffie"] * 2, languages=["nl", "en"])
    assert not np.allclose(mixed[0], mixed[1], atol=1e-3)
