import random
import subprocess
import sys

import numpy as np
import pytest

from feedback.themes import ThemeModel
from feedback.themes.codebook import Codebook, Entry
from feedback.themes.grouping import readable
from feedback.themes.naming import NAMED

REMARKS = [
    "Inloggen op de laptop duurt elke ochtend tien minuten.",
    "Mijn wachtwoord verloopt veel te vaak.",
    "De wifi in vleugel B valt steeds weg.",
    "Printer op de derde verdieping staat altijd stil.",
    "Thuiswerken gaat prima sinds de nieuwe verbinding.",
    "Op de salarisstrook snap ik de toeslagen niet.",
    "Mijn declaratie ligt al zes weken te wachten.",
    "Verlof aanvragen kan nu gelukkig op mijn telefoon.",
    "De vacature stond er pas na een maand op.",
    "De koffie uit de automaat is niet te drinken.",
    "Het toilet op de begane grond is zelden schoon.",
    "Vergaderzaal geboekt, stond er weer iemand anders.",
    "Mijn pasje opent de deur van het archief niet.",
    "Parkeren voor bezoekers is een ramp.",
    "De leverancier wacht al twee maanden op zijn geld.",
    "Een bestelling onder de honderd euro vraagt vier handtekeningen.",
    "Niemand neemt de telefoon op na vier uur.",
    "Ik werd van de ene naar de andere afdeling gestuurd.",
    "Op het intranet is niets te vinden.",
    "De jurist dacht snel en prettig mee over ons contract.",
]
ELSEWHERE = [
    "Speel mijn lievelingsnummer nog een keer.", "Zet de muziek wat harder.", "Draai iets rustigs van vroeger.",
    "Regent het morgen in Rome?", "Wordt het zonnig aan zee?", "Hoe warm wordt het zondag?",
    "Zet de wekker om zeven uur.", "Verwijder alle wekkers.", "Maak me om zes uur wakker.",
    "Heerlijke pizza, knapperig en goed belegd.", "De ober was chagrijnig en het toetje te zoet.",
    "Wijn prima, vis helaas droog.",
]  # fmt: skip


@pytest.fixture(scope="module")
def fitted():
    return ThemeModel().fit(REMARKS)


def test_every_remark_gets_a_theme_and_a_strength(fitted):
    assert len(fitted.labels_) == len(REMARKS)
    assert all(fitted.labels_)
    assert np.all((fitted.strengths_ > 0) & (fitted.strengths_ <= 1))
    assert {theme.key for theme in fitted.themes_} == set(fitted.labels_)
    assert sum(theme.size for theme in fitted.themes_) == len(REMARKS)


def test_empty_answers_get_none():
    model = ThemeModel(3).fit([*REMARKS, "", "n.v.t.", "-"])
    assert model.labels_[-3:] == ["", "", ""]
    assert not model.strengths_[-3:].any()
    assert all(model.labels_[:-3])


@pytest.mark.parametrize("codebook", ["default", None])
@pytest.mark.parametrize("k", [1, 2, 5, 13, 20])
def test_the_number_asked_for_is_exact(codebook, k):
    model = ThemeModel(k, codebook=codebook).fit(REMARKS)
    assert len(set(model.labels_)) == len(model.themes_) == k


def test_no_more_themes_than_texts():
    assert len(set(ThemeModel(50).fit([*REMARKS, *REMARKS]).labels_)) == len(REMARKS)


def test_the_number_is_exact_far_from_the_codebook():
    for k in (1, 2, 4, 12):
        assert len(set(ThemeModel(k).fit(ELSEWHERE).labels_)) == k


@pytest.mark.parametrize("share", [2, 8])
def test_the_number_is_exact_where_only_some_fit_the_codebook(share):
    texts = ELSEWHERE + REMARKS[:share]
    for k in (1, 2, 3, 9, len(texts) - 1, len(texts)):
        assert len(set(ThemeModel(k).fit(texts).labels_)) == k


def test_themes_nest_when_there_are_fewer_of_them():
    finer = ThemeModel(9).fit(REMARKS).labels_
    coarser = ThemeModel(8).fit(REMARKS).labels_
    assert len(set(zip(finer, coarser, strict=True))) == 9


@pytest.mark.parametrize(("n", "low", "high"), [(8, 2, 4), (40, 5, 9), (300, 10, 20), (5000, 20, 40), (90_000, 20, 40)])
def test_numbers_that_a_reader_can_take_in(n, low, high):
    assert readable(n) == (low, high)


@pytest.mark.parametrize("codebook", ["default", None])
def test_a_small_room_gets_few_themes(codebook):
    assert 2 <= len(ThemeModel(codebook=codebook).fit(REMARKS[::3][:8] + REMARKS[1:2]).themes_) <= 4
    assert 5 <= len(ThemeModel(codebook=codebook).fit([*REMARKS, *ELSEWHERE, *REMARKS]).themes_) <= 9


@pytest.mark.parametrize("codebook", ["default", None])
def test_the_order_of_the_rows_does_not_matter(codebook):
    order = list(range(len(REMARKS)))
    random.Random(1).shuffle(order)
    straight = ThemeModel(6, codebook=codebook).fit(REMARKS).labels_
    shuffled = ThemeModel(6, codebook=codebook).fit([REMARKS[at] for at in order]).labels_
    assert [straight[at] for at in order] == shuffled


def test_identical_texts_have_identical_themes():
    model = ThemeModel(7).fit([*REMARKS, *REMARKS[:5], f"  {REMARKS[0]} "])
    assert model.labels_[20:25] == model.labels_[:5]
    assert model.labels_[25] == model.labels_[0]


def test_a_text_of_the_fit_is_predicted_as_it_was_fitted(fitted):
    labels, strengths = fitted.predict_with_strength([*REMARKS[::-1], ""])
    assert labels == [*fitted.labels_[::-1], ""]
    assert np.array_equal(strengths[:-1], fitted.strengths_[::-1])


def test_a_new_text_goes_to_the_theme_it_is_like(fitted):
    assert fitted.predict(["De wifi doet het niet op onze afdeling."]) == [fitted.labels_[2]]


def test_new_texts_far_from_the_codebook_go_to_a_cluster():
    model = ThemeModel(4).fit(ELSEWHERE)
    assert not any(theme.from_codebook for theme in model.themes_)
    assert model.predict(["Zet de wekker om acht uur."]) == [model.labels_[6]]


def test_fewer_than_eight_texts_are_placed_on_the_codebook_alone():
    model = ThemeModel().fit(["Mijn pasje doet het niet.", "De koffie is koud.", ""])
    assert model.too_few_
    assert model.labels_ == ["facilitair-pasje-toegang", "facilitair-koffie", ""]
    assert all(theme.from_codebook for theme in model.themes_)


def test_fewer_than_eight_texts_without_a_codebook_still_get_themes():
    model = ThemeModel(codebook=None).fit(["Mijn pasje doet het niet.", "De koffie is koud."])
    assert model.too_few_
    assert all(model.labels_)


def test_no_texts_at_all():
    model = ThemeModel().fit([])
    assert model.labels_ == model.themes_ == []
    assert model.predict(["De koffie is koud."]) == [""]


def test_words_explain_a_placement(fitted):
    words = fitted.explain([REMARKS[9], ""])
    assert "koffie" in words[0] or "automaat" in words[0]
    assert words[1] == ()


def test_placing_needs_no_fit_and_says_when_nothing_fits():
    place = ThemeModel().place(["Mijn pasje opent de slagboom niet.", "Zet de wekker om half zeven.", "", "n.v.t."])
    assert place.keys == ["facilitair-pasje-toegang", "", "", ""]
    assert "pasje" in place.words[0]
    assert place.strengths[0] > place.strengths[1] > place.strengths[2] == 0
    assert place.second[0] not in ("", place.keys[0])


def test_placing_is_the_same_in_any_order():
    texts = REMARKS + ELSEWHERE
    straight = ThemeModel().place(texts)
    back = ThemeModel().place(texts[::-1])
    assert straight.keys == back.keys[::-1]
    assert np.allclose(straight.strengths, back.strengths[::-1], atol=1e-5)


def test_a_codebook_of_ones_own():
    def entry(key, *words):
        return Entry(key, "ict", "overig", {"nl": key, "en": key}, {"nl": "", "en": ""}, words, ())

    book = Codebook((entry("nat", "regen", "water", "lekkage"), entry("koud", "kou", "tocht", "kachel")))
    assert ThemeModel(codebook=book).fit(["Er staat water in de kelder.", "Het tocht bij het raam."]).labels_ == [
        "nat",
        "koud",
    ]


def test_small_words_in_the_name_of_an_entry_draw_nothing_in_a_small_codebook():
    def entry(key, name, *words):
        return Entry(key, "algemeen", "overig", {"nl": name, "en": name}, {"nl": "", "en": ""}, words, ())

    book = Codebook(
        (entry("loket", "Een loket"), entry("sleutel", "Sleutels", "pasje"), entry("koffie", "Koffie", "thee"))
    )
    texts = ["Er is een slot dat niet opengaat.", "Ik drink een espresso in een kopje."]
    assert ThemeModel(codebook=book).place(texts).nearest == ["sleutel", "koffie"]


def test_without_a_codebook_there_is_nothing_to_place_on():
    with pytest.raises(ValueError, match="no codebook"):
        ThemeModel(codebook=None).place(["koffie"])


def test_predicting_before_fitting_says_what_to_do():
    with pytest.raises(ValueError, match="call fit"):
        ThemeModel().predict(["koffie"])


def test_the_arguments_hold_by_position():
    model = ThemeModel(None, 3)
    assert (model.n_themes, model.random_state, model.codebook) == (None, 3, "default")


@pytest.mark.parametrize(
    ("given", "error"), [(0, ValueError), (-1, ValueError), (2.5, TypeError), ("3", TypeError), (True, TypeError)]
)
def test_a_wrong_number_of_themes_says_what_to_give(given, error):
    with pytest.raises(error, match=r"n_themes=.* give a whole number of 1 or more, or None"):
        ThemeModel(given)


def test_a_wrong_start_or_codebook_says_what_to_give():
    with pytest.raises(TypeError, match=r"random_state=.* whole number of 0 or more"):
        ThemeModel(random_state="3")
    with pytest.raises(TypeError, match="give a Codebook"):
        ThemeModel(codebook="mijn.yaml")


def test_one_string_or_no_string_says_what_to_give():
    for texts, said in (("De koffie is koud.", "a list of strings"), ([None], "'' where there is no answer")):
        for use in (ThemeModel().fit, ThemeModel().place):
            with pytest.raises(TypeError, match=said):
                use(texts)


def test_importing_is_cheap():
    code = "import sys, feedback.themes.model; print('sklearn' in sys.modules or 'scipy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


def test_hundreds_of_texts_at_once():
    parts = [word for text in REMARKS for word in text.split()]
    pick = random.Random(3)
    texts = [" ".join(pick.choices(parts, k=9)) for _ in range(300)]
    model = ThemeModel().fit(texts)
    assert 10 <= len(model.themes_) <= 20


def test_a_handful_of_ordinary_remarks_is_placed_on_the_codebook():
    texts = [
        "De toiletten zijn vies", "Salaris kwam te laat op de rekening", "De servicedesk neemt nooit op", "Facturen worden te laat betaald",
        "Wifi valt weg in de hal", "Koffie is koud", "Printer op de tweede is stuk", "Vergaderzalen zijn altijd bezet",
    ]  # fmt: skip
    assert all(theme.from_codebook for theme in ThemeModel().fit(texts).themes_)


ROOM = [
    "Vergaderzalen zijn altijd bezet", "minder printers", "Mijn laptop is traag", "Verlof aanvragen gaat makkelijk", "Goede service van de receptie!",
    "De koffie is koud", "Parkeren is een ramp", "Salarisstrook is onduidelijk", "Facturen worden te laat betaald", "Wifi valt weg",
    "De servicedesk neemt nooit op", "Mijn wachtwoord is verlopen",
]  # fmt: skip


def test_a_theme_of_several_entries_says_so():
    model = ThemeModel().fit(ROOM)
    by_key = {entry.key: entry for entry in Codebook.load().entries}
    nearest = ThemeModel(len(ROOM)).fit(ROOM).labels_
    for theme in model.themes_:
        held = {own for own, key in zip(nearest, model.labels_, strict=True) if key == theme.key}
        assert held == set(theme.entries)
        assert (theme.label == by_key[theme.key].name) == (len(held) == 1)
        assert ("e.a." in theme.label["nl"]) == ("and more" in theme.label["en"]) == (len(held) > NAMED)


def test_a_remark_is_not_strong_in_a_theme_whose_label_leaves_its_entry_out():
    whole, alone = ThemeModel(1).fit(ROOM), ThemeModel(len(ROOM)).fit(ROOM)
    named = whole.themes_[0].entries[:NAMED]
    assert whole.themes_[0].label["en"].endswith(" and more")
    for key, sure, own in zip(alone.labels_, whole.strengths_, alone.strengths_, strict=True):
        assert sure == own if key in named else sure < min(own, 0.35)
    assert whole.predict_with_strength(["De vergaderzalen zijn steeds bezet"])[1][0] < 0.35


def test_the_number_is_exact_for_a_few_texts_of_one_entry():
    texts = ["De koffie is koud.", "De koffie is lauw.", "Koffie smaakt naar niets.", "De koffie is slap."]
    for k in (1, 2, 4, 9):
        assert len(set(ThemeModel(k).fit(texts).labels_)) == min(k, len(texts))
    assert len(set(ThemeModel().fit(texts).labels_)) == 1
