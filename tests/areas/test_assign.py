import re
from dataclasses import replace

import pytest

from feedback.areas.assign import AreaModel
from feedback.areas.frame import Area, load_frame
from feedback.themes.codebook import Codebook

AREAS, ASPECTS = load_frame()
OWN_LIST = [
    Area(
        "digitaal",
        {"nl": "Digitaal", "en": "Digital"},
        {},
        ("laptop", "wifi", "wachtwoord", "computer", "scherm", "inloggen"),
    ),
    Area("mensen", {"nl": "Mensen", "en": "People"}, {}, ("salaris", "verlof", "vacature", "rooster", "opleiding")),
    Area("huis", {"nl": "Huis", "en": "House"}, {}, ()),
    Area("algemeen", {"nl": "Algemeen", "en": "General"}, {}, ()),
]


@pytest.fixture(scope="module")
def model():
    return AreaModel(AREAS, ASPECTS, Codebook.load())


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Mijn wachtwoord is alweer verlopen en de laptop start niet op.", "ict"),
        ("Op mijn salarisstrook staat een toeslag die ik niet begrijp.", "hr"),
        ("De vergaderzaal is nooit schoon en de koffie is koud.", "facilitair"),
        ("Facturen van leveranciers worden te laat betaald.", "financien"),
        ("The toilets on our floor have not been cleaned for days.", "facilitair"),
    ],
)
def test_plain_remarks_find_their_area(model, text, area):
    assert model.predict([text])["area"].tolist() == [area]


def test_what_names_no_subject_belongs_to_no_service(model):
    silent = [
        "Kan niet beter.", "Het had slechter gekund.", "Vorig jaar was het beter.", "[naam] is het daarmee eens.",
        "Ik ben erg tevreden over alles.", "Het is er niet beter op geworden.", "Dik in orde, ga zo door!",
        "It could be better.", "Last year was worse.", "Not as expected, sadly.", "Excellent, thank you all.",
    ]  # fmt: skip
    assert set(model.predict(silent)["area"]) == {"algemeen"}
    spoken = [
        "Vorig jaar was de koffie beter.",
        "The laptop is much better.",
        "De wifi kan niet beter.",
        "Het salaris kan beter.",
    ]
    assert model.predict(spoken)["area"].tolist() == ["facilitair", "ict", "ict", "hr"]


def test_a_word_of_a_house_names_its_area():
    own = [*OWN_LIST[:3], Area("beter", {"nl": "Verbetering", "en": "Improvement"}, {}, ("verbeteren", "verbetering"))]
    model = AreaModel([*own, OWN_LIST[3]], ASPECTS, Codebook.load())
    assert model.predict(["Verbetering is nodig."])["area"].tolist() == ["beter"]


def test_one_row_a_text_in_the_same_order(model):
    texts = ["De wifi valt weg.", "", "De koffie is koud.", "De wifi valt weg."]
    table = model.predict(texts)
    assert list(table.columns) == ["area", "area2", "aspect", "area_strength"]
    assert table["area"].tolist() == ["ict", "algemeen", "facilitair", "ict"]
    assert table.loc[1, ["area2", "aspect", "area_strength"]].tolist() == ["", "overig", 0]
    assert table["area_strength"].between(0, 1).all()
    assert table.iloc[0].tolist() == table.iloc[3].tolist()


def test_a_second_area_is_another_one(model):
    table = model.predict(
        [f"{a} {b}" for a in ("De laptop", "Mijn salaris") for b in ("is traag.", "klopt niet op de factuur.")]
    )
    assert not ((table["area"] == table["area2"]) & (table["area2"] != "")).any()
    assert not ((table["area"] == "algemeen") & (table["area2"] != "")).any()


def test_no_texts_give_an_empty_table(model):
    assert model.predict([]).empty


def test_aspects_follow_the_words(model):
    table = model.predict(["Het duurt weken, veel te traag.", "Wat een vriendelijke en behulpzame mensen."])
    assert table["aspect"].tolist() == ["snelheid", "bejegening"]


def test_corrections_are_learned_at_once():
    texts = ["De snuffelmuur piept de hele dag.", "Onze snuffelmuur is stuk.", "Wanneer komt er een snuffelmuur bij?"]
    taught = AreaModel(AREAS, ASPECTS, Codebook.load()).fit([(text, "juridisch") for text in texts])
    assert taught.predict(texts)["area"].tolist() == ["juridisch"] * 3
    assert taught.predict(["De snuffelmuur piept alweer."])["area"].tolist() == ["juridisch"]


def test_a_correction_leaves_remarks_about_other_things_where_they_were(model):
    texts = ["De wifi valt weg.", "De koffie is koud.", "Mijn salaris klopt niet.", "De factuur is te laat betaald."]
    wrong = [("Onze snuffelmuur is stuk.", "juridisch"), ("De klapstoel in de hal kraakt.", "inkoop")]
    taught = AreaModel(AREAS, ASPECTS, Codebook.load()).fit(wrong)
    assert taught.predict(texts)["area"].tolist() == model.predict(texts)["area"].tolist()


def test_starter_themes_join_the_areas_of_a_list_of_ones_own_by_their_words():
    table = AreaModel(OWN_LIST, ASPECTS, Codebook.load()).predict(
        ["De pc start traag op.", "Er ligt nog ongelezen post."]
    )
    assert table["area"].tolist() == ["digitaal", "algemeen"]


def test_an_area_that_has_only_a_name_takes_over_the_starter_themes_that_corrections_point_at():
    texts = ["De koffie is niet te drinken.", "Espresso uit de automaat smaakt nergens naar."]
    taught = AreaModel(OWN_LIST, ASPECTS, Codebook.load()).fit([(text, "huis") for text in texts])
    assert taught.predict(["Mag er betere koffie komen?"])["area"].tolist() == ["huis"]


def test_corrections_to_an_area_that_is_not_in_use_are_passed_over():
    taught = AreaModel(AREAS, ASPECTS, Codebook.load()).fit([("De wifi valt weg.", "bestaat-niet")])
    assert taught.predict(["De wifi valt weg."])["area"].tolist() == ["ict"]


def test_an_area_of_the_coordinators_own_works_by_its_keywords():
    lab = Area(
        "lab", {"nl": "Laboratorium", "en": "Laboratory"}, {}, ("pipet", "reageerbuis", "centrifuge", "microscoop")
    )
    model = AreaModel([*AREAS, lab], ASPECTS, Codebook.load())
    assert model.predict(["De centrifuge en de microscoop zijn stuk."])["area"].tolist() == ["lab"]


def test_a_word_that_a_coordinator_adds_to_an_area_is_heard():
    text = "De centrifuge en de microscoop zijn stuk."
    own = [replace(a, keywords=(*a.keywords, "centrifuge", "microscoop")) if a.key == "inkoop" else a for a in AREAS]
    assert AreaModel(own, ASPECTS, Codebook.load()).predict([text])["area"].tolist() == ["inkoop"]
    assert AreaModel(AREAS, ASPECTS, Codebook.load()).predict([text])["area"].tolist() != ["inkoop"]


def test_only_areas_in_use_are_assigned():
    few = [area for area in AREAS if area.key in ("hr", "facilitair")]
    table = AreaModel(few, ASPECTS, Codebook.load()).predict(["Mijn laptop is traag.", "De koffie is koud."])
    assert table["area"].tolist() == ["algemeen", "facilitair"]


def test_keys_of_the_frame_are_those_of_the_design():
    assert [area.key for area in AREAS] == (
        "ict hr financien facilitair inkoop communicatie juridisch archief klantcontact algemeen".split()
    )
    assert [aspect.key for aspect in ASPECTS] == (
        "bereikbaarheid snelheid deskundigheid bejegening communicatie afspraken_sla gebruiksgemak samenwerking kosten "
        "kwaliteit_product overig".split()
    )


def test_names_come_before_keywords():
    assert AREAS[0].all_words[:2] == ("ICT", "IT")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("areas: []", "expected the lists 'areas' and 'aspects'"),
        ("areas: [{name: x}]\naspects: []", "areas, entry 1: field 'key' is missing"),
        ("areas: [{key: a, name: {nl: A}}]\naspects: []", "areas, entry 1 (a): field 'name' needs nl and en"),
        (
            "areas: [{key: a, name: {nl: A, en: A}, keywords: [x]}]\naspects: []",
            "field 'keywords' is no list by language",
        ),
    ],
)
def test_an_error_in_the_frame_names_entry_and_field(tmp_path, text, message):
    path = tmp_path / "areas.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        load_frame(path)
