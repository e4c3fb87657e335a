import re

import pytest
import yaml

from feedback.areas.frame import load_frame
from feedback.themes.codebook import Codebook, Entry

ENTRY = {
    "key": "ict-wifi", "area": "ict", "aspect": "snelheid", "name": {"nl": "Wifi", "en": "Wi-Fi"},
    "description": {"nl": "Over wifi.", "en": "About wi-fi."}, "keywords": {"nl": ["wifi"], "en": ["wi-fi"]},
    "examples": {"nl": ["De wifi valt weg."], "en": ["No signal upstairs."]},
}  # fmt: skip


def written(tmp_path, *entries):
    path = tmp_path / "codebook.yaml"
    path.write_text(yaml.safe_dump(list(entries), sort_keys=False), encoding="utf-8")
    return path


def test_the_codebook_that_ships_is_complete():
    book = Codebook.load()
    areas, aspects = load_frame()
    assert 90 <= len(book.entries) <= 150
    assert {entry.area for entry in book.entries} == {area.key for area in areas}
    assert {entry.aspect for entry in book.entries} <= {aspect.key for aspect in aspects}
    for entry in book.entries:
        assert re.fullmatch(r"[a-z0-9-]+", entry.key)
        assert len(entry.keywords) >= 15, entry.key
        assert len(entry.examples) >= 8, entry.key


def test_both_languages_end_in_one_list(tmp_path):
    (entry,) = Codebook.load(written(tmp_path, ENTRY)).entries
    assert entry.keywords == ("wifi", "wi-fi")
    assert entry.name == {"nl": "Wifi", "en": "Wi-Fi"}


def test_an_entry_in_one_language_is_enough(tmp_path):
    plain = {"key": "a", "name": "Koffie", "keywords": ["koffie"], "examples": ["De koffie is koud."]}
    (entry,) = Codebook.load(written(tmp_path, plain)).entries
    assert entry.name == {"nl": "Koffie", "en": "Koffie"}
    assert (entry.area, entry.aspect) == ("algemeen", "overig")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": None}, "entry 'ict-wifi': field 'name' is missing"),
        ({"key": ""}, "entry 1: field 'key' is missing"),
        ({"keywords": "wifi"}, "entry 'ict-wifi': field 'keywords' is neither"),
        ({"examples": {"nl": [["x"]]}}, "entry 'ict-wifi': field 'examples' is neither"),
        ({"description": 3}, "entry 'ict-wifi': field 'description' is neither"),
    ],
)
def test_an_error_names_entry_and_field(tmp_path, change, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Codebook.load(written(tmp_path, ENTRY | change))


def test_a_key_occurs_once(tmp_path):
    with pytest.raises(ValueError, match="entry 'ict-wifi': field 'key' occurs twice"):
        Codebook.load(written(tmp_path, ENTRY, ENTRY))


def test_what_is_no_list_is_refused(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text("just text", encoding="utf-8")
    with pytest.raises(ValueError, match="expected a list of entries"):
        Codebook.load(path)


def test_a_word_says_less_in_a_phrase_and_least_in_a_sentence() -> None:
    empty = {"nl": "", "en": ""}
    phrases = ("printer", "kapotte printer", "er komt weer geen papier uit")
    name = {"nl": "Printen", "en": "Printing"}
    entry = Entry("a", "ict", "overig", name, empty, phrases, ("De printer doet het niet.",))
    said = entry.weighted()
    assert said["printer"] == said["Printen"] == 1.0 > said["kapotte printer"] > said["De printer doet het niet."]
    assert said["er komt weer geen papier uit"] == said["De printer doet het niet."]
