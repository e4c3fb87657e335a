"""Terugkoppeling: what is owed, answering it, the register, whether it helped, and what the panel is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, translator
from feedback.replies import acts
from feedback.replies.states import Subject
from feedback.store import frames, savings_frames
from feedback.store.engine import engine, reading, writing

App = Callable[..., AppTest]
PAGE = "pages/replies.py"
LATER = dt.date.today() + dt.timedelta(days=60)


def linked(app: App, page: str = PAGE, lang: str = "nl", **query: str) -> AppTest:
    """Open a page by a link that somebody mailed."""
    return app(page, lang=lang, **query)


def texts(at: AppTest) -> str:
    parts = (*at.markdown, *at.caption, *at.info, *at.error, *at.header, *at.subheader)
    return " ".join(str(part.value) for part in parts).replace("\\", "")


def theme_id(key: str) -> int:
    with reading(engine()) as session:
        themes = frames.themes(session=session)
    return int(themes.set_index("theme").loc[key, "theme_id"])


def newest_of(theme: int) -> pd.DataFrame:
    with reading(engine()) as session:
        table = frames.replies(session=session)
    return table[table["theme_id"] == theme].head(1)


def newest(theme: int) -> pd.Series:
    return newest_of(theme).iloc[0]


def open_answer(app: App, key: str) -> tuple[AppTest, int, str]:
    """Open the answer of a theme; gives the page, the theme's id and the start of the keys in its form."""
    number = theme_id(key)
    return linked(app, antwoord=f"thema-{number}"), number, f"reply.thema-{number}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_the_clock_and_what_is_open_or_answered(app: App, lang: Language) -> None:
    t = translator(lang)
    at = app(PAGE, lang=lang)
    assert at.title[0].value == t("replies.title")
    assert [metric.label for metric in at.metric][:3] == [
        t(f"replies.tile_{name}") for name in ("open", "answered", "median")
    ]
    states = set(at.dataframe[0].value[t("replies.state")].str.split(" · ").str[0])
    said = ("state_open", "state_study", "state_change", "state_stays", "state_done", "reopened")
    assert states == {t(f"replies.{name}") for name in said}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("look", ["klok", "waarom-niet", "geholpen", "u-zei"])
def test_every_look_opens_by_a_link(app: App, lang: Language, look: str) -> None:
    at = linked(app, lang=lang, beeld=look)
    assert texts(at) or len(at.dataframe)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_panel_says_what_to_do(app: App, lang: Language) -> None:
    assert app(PAGE, lang=lang, example=False).info[0].value == translator(lang)("replies.none")


def test_every_place_that_counts_answers_counts_the_same(app: App) -> None:
    at = app(PAGE)
    tiles = {metric.label: (metric.value, metric.delta) for metric in at.metric}
    pills = {label.rsplit(" ", 1)[0]: int(label.rsplit("(", 1)[1][:-1]) for label in at.pills(key="f_stand").options}
    states = {name: n for name, n in pills.items() if name not in ("te laat", "over datum")}
    n, open_ = sum(states.values()), states["nog geen antwoord"] + states["in onderzoek"]
    assert n == len(at.dataframe[0].value) and min(pills.values()) > 0
    assert tiles["Open antwoorden"] == (str(open_), f"van {n} · {states['in onderzoek']} in onderzoek")
    assert tiles["Langst open"][1] == f"{pills['te laat']} te laat"
    assert tiles["Beloften op tijd"][1].endswith(f"{pills['over datum']} over datum")
    over = app()
    tile = next(metric for metric in over.metric if metric.label == "Open antwoorden")
    assert (tile.value, tile.delta) == (str(open_), f"van {n} · {pills['te laat']} te laat")
    assert over.button(key="overview.do.answers").label.startswith(str(open_))
    assert len(linked(app, stand="open,study").dataframe[0].value) == open_


def test_filters_that_leave_nothing_are_named_and_can_be_cleared(app: App) -> None:
    for look in ("lijst", "u-zei"):
        at = linked(app, beeld=look, q="zebra", dienst="ict")
        assert "“zebra”" in at.info[0].value and "ICT" in at.info[0].value
        assert not at.metric
    at.button(key="replies.clear").click().run()
    assert not at.info and "Wij deden" in texts(at)
    at = linked(app, beeld="waarom-niet", zoek="zebra")
    assert "“zebra”" in at.info[0].value
    assert len(at.button(key="replies.clear_words").click().run().dataframe) == 1
    at = linked(app, stand="open", eigenaar="Inkoop")
    assert len(at.button(key="replies.clear_choice").click().run().dataframe[0].value) == 14


def test_personal_data_in_an_answer_is_hidden_and_shown_before_it_is_stored(app: App) -> None:
    at, theme, key = open_answer(app, "hr-adviseur-bereikbaar")
    at.segmented_control(key=f"{key}.kind").set_value("study").run()
    at.date_input(key=f"{key}.study.due").set_value(LATER).run()
    # Typed and saved in one go: nobody saw yet what is hidden.
    at.text_area(key=f"{key}.study.text").set_value("Karin de Vries belt 030-1234567.")
    at.button(key=f"{key}.study.save").click().run()
    assert at.warning and newest_of(theme).empty
    assert "[naam] belt [telefoon]." in texts(at)
    keep = next(pills for pills in at.pills if "verborgen" in pills.label)
    keep.set_value(["030-1234567"]).run()
    at.button(key=f"{key}.study.save").click().run()
    assert newest(theme)["text"] == "[naam] belt 030-1234567."


def test_state_and_owner_narrow_the_list(app: App) -> None:
    at = linked(app, stand="stays")
    assert set(at.dataframe[0].value["Stand"].str.split(" · ").str[0]) == {"zo blijft het"}
    at = linked(app, stand="stays", eigenaar="Huisvesting")
    assert set(at.dataframe[0].value["Eigenaar"]) == {"Huisvesting"}
    assert set(linked(app, dienst="ict").dataframe[0].value["Dienst"]) == {"ICT"}


def test_a_filter_by_who_never_changes_a_figure(app: App) -> None:
    whole = app(PAGE).dataframe[0].value.set_index("Onderwerp")[["Mensen", "Opmerkingen", "Nog genoemd"]]
    for organisation in ("1", "2", "3", "4", "5"):
        at = linked(app, organisatie=organisation)
        for table in at.dataframe:
            part = table.value.set_index("Onderwerp")[list(whole.columns)]
            assert part.equals(whole.loc[part.index])


def test_a_theme_is_answered(app: App) -> None:
    at, theme, key = open_answer(app, "hr-adviseur-bereikbaar")
    at.segmented_control(key=f"{key}.kind").set_value("change").run()
    at.text_area(key=f"{key}.change.text").set_value("Wij nemen binnen twee minuten op.").run()
    at.button(key=f"{key}.change.save").click().run()
    assert "wie ervoor zorgt" in texts(at)
    at.text_input(key=f"{key}.change.owner").set_value("Servicedesk")
    at.date_input(key=f"{key}.change.due").set_value(LATER)
    at.button(key=f"{key}.change.save").click().run()
    told = newest(theme)
    assert (told["reply"], told["owner"], told["due_on"].date()) == ("change", "Servicedesk", LATER)


def test_difficult_words_are_marked_while_typing(app: App) -> None:
    at, _, key = open_answer(app, "hr-adviseur-bereikbaar")
    at.segmented_control(key=f"{key}.kind").set_value("change").run()
    at.text_area(key=f"{key}.change.text").set_value("Conform de planning implementeren wij dit.").run()
    assert "“implementeren” is een moeilijk woord. Schrijf liever “invoeren”." in texts(at)


def test_a_no_stands_in_the_register_with_its_reason(app: App) -> None:
    at, theme, key = open_answer(app, "hr-adviseur-bereikbaar")
    at.segmented_control(key=f"{key}.kind").set_value("stays").run()
    at.selectbox(key=f"{key}.stays.reason").set_value("technology").run()
    at.text_area(key=f"{key}.stays.text").set_value("Onze centrale kan niet meer mensen tegelijk aan.").run()
    at.date_input(key=f"{key}.stays.due").set_value(LATER).run()
    at.button(key=f"{key}.stays.save").click().run()
    table = linked(app, beeld="waarom-niet", zoek="centrale").dataframe[0].value
    assert list(table["Reden"]) == ["techniek"]
    assert list(table["Opnieuw kijken op"].dt.date) == [LATER]
    assert str(at.toast[0].value).endswith("zo blijft het\\.")
    at.button(key="notice.undo").click().run()
    assert newest_of(theme).empty and not at.exception


def test_the_second_of_two_people_is_shown_the_first_and_may_then_replace_it(app: App) -> None:
    at, theme, key = open_answer(app, "hr-adviseur-bereikbaar")
    at.segmented_control(key=f"{key}.kind").set_value("study").run()
    at.date_input(key=f"{key}.study.due").set_value(LATER).run()
    with writing(engine()) as session:
        acts.answer(
            Subject("theme", theme),
            "study",
            text="Wij tellen eerst.",
            due_on=LATER,
            seen=None,
            session=session,
            actor="anna",
        )
    at.button(key=f"{key}.study.save").click().run()
    assert "Wij tellen eerst." in texts(at)
    assert newest(theme)["actor"] == "anna"
    at.button(key=f"{key}.study.save").click().run()
    assert newest(theme)["actor"] == "admin"


def test_an_answer_is_taken_back(app: App) -> None:
    at, theme, key = open_answer(app, "ict-thuiswerken-vpn")
    assert newest(theme)["reply"] == "done"
    at.button(key=f"{key}.undo").click().run()
    assert newest(theme)["reply"] == "change"


def test_every_earlier_answer_can_be_read_also_what_the_panel_opened_again(app: App) -> None:
    at, _, _ = open_answer(app, "facilitair-flexplekken")
    at.session_state["reply.past"] = True
    at.run()
    assert not at.exception
    badges = [part.value for part in at.markdown if "badge" in part.value]
    assert [name for badge in badges for name in ("heropend", "klaar", "we passen aan") if name in badge][-3:] == [
        "heropend", "klaar", "we passen aan",
    ]  # fmt: skip


def test_a_clear_no_of_the_panel_opens_an_answer_until_it_is_taken_back(app: App) -> None:
    at = app(PAGE)
    theme = theme_id("ict-thuiswerken-vpn")
    at = linked(app, beeld="geholpen")
    key = f"vote.thema-{theme}."
    assert "de meeste mensen merken het niet" in texts(at) and newest(theme)["reply"] == "done"
    at.session_state[f"{key}box"] = True
    at.run()
    session = at.selectbox(key=f"{key}session").value
    for name, n in (("yes", 2), ("a_bit", 3), ("no", 40)):
        at.number_input(key=f"{key}{session}.{name}").set_value(n)
    at.button(key=f"{key}save").click().run()
    assert "in deze sessie waren 33 mensen" in texts(at)
    at.number_input(key=f"{key}{session}.no").set_value(25).run()
    at.button(key=f"{key}save").click().run()
    assert newest(theme)["reply"] == "reopened" and "2 ja, 3 een beetje, 25 nee" in texts(at)
    at.session_state[f"{key}box"] = True
    at.run()
    at.button(key=f"{key}undo").click().run()
    assert newest(theme)["reply"] == "done" and "2 ja, 3 een beetje" not in texts(at)


def test_the_earlier_answer_stands_beside_a_theme_that_comes_back(app: App) -> None:
    at = linked(app, "pages/themes.py", thema="facilitair-parkeren-dienstauto")
    assert "Een grotere stalling kost dit jaar te veel." in texts(at)
    assert "reden: geld" in texts(at) and "keer genoemd" in texts(at)
    assert "komt terug" in texts(at) and "niet aantoonbaar minder" in texts(at)
    short = "zo blijft het · geld · opnieuw kijken op 1 okt 2026 · komt terug: Een grotere stalling"
    assert short in texts(linked(app, "pages/services.py", gebied="facilitair"))
    assert short in texts(linked(app, "pages/present.py", thema="facilitair-parkeren-dienstauto"))


def test_a_savings_idea_shows_its_answer_and_leads_to_it(app: App) -> None:
    with reading(engine()) as session:
        ideas = savings_frames.ideas(session=session).set_index("title")
    idea = int(ideas.loc["Servicedesk sluit om zes uur 's avonds", "idea_id"])
    at = linked(app, "pages/savings.py", idee=str(idea))
    assert "patiënten en dijken" in texts(at)
    at.button(key="idea.answer").click().run()
    assert at.query_params["antwoord"] == f"idee-{idea}"


def test_did_it_help_says_so_only_with_numbers(app: App) -> None:
    shown = texts(linked(app, beeld="geholpen"))
    assert len(re.findall(r"(?:Ervoor|Erna): \d+% \(\d+ van \d+; met 95% zekerheid tussen", shown)) == 4
    assert len(re.findall(r"(?:Ervoor|Erna): \d,\d \(\d+ mensen; met 95% zekerheid tussen", shown)) == 4
    # Like with like: it says of which kind of session.
    assert len(re.findall(r"Cijfer voor [^*]+(?:enquête|bijeenkomst)", shown)) == 2


def test_what_the_panel_is_told_names_nobody(app: App) -> None:
    shown = texts(linked(app, beeld="u-zei"))
    assert "Dit bekijken we opnieuw" in shown and "Podium" in shown and "[naam]" not in shown
    # Fewer than five people are nobody in particular.
    assert not re.search(r"\\?\([1-4] mens", shown) and re.search(r"\d mensen", shown)
    assert "Wij vervangen" not in shown and "De nieuwe verbinding voor thuiswerken werkt." in shown
    with reading(engine()) as session:
        names = set(frames.organisations(session=session)["organisation"])
        names |= set(frames.replies(session=session)["owner"])
    assert not [name for name in names if name and name in shown]


def test_words_of_a_person_stay_inert(app: App) -> None:
    theme = theme_id("hr-adviseur-bereikbaar")
    wild = "<b>Vet</b> [klik](http://x) $5$ ![](http://x/y.png) en meer"
    with writing(engine()) as session:
        acts.answer(
            Subject("theme", theme),
            "change",
            text=wild,
            owner="*x*",
            due_on=LATER,
            seen=None,
            session=session,
            actor="t",
        )
    for query in ({"beeld": "u-zei"}, {"antwoord": f"thema-{theme}"}):
        at = linked(app, **query)
        raw = " ".join(str(part.value) for part in (*at.markdown, *at.caption) if "Vet" in str(part.value))
        assert raw and "<b>" not in raw and "[klik]" not in raw and "![" not in raw
