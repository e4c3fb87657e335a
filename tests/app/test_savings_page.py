"""Besparingen: ideas on the map, judged by a person, and changed without losing anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from feedback import felt
from feedback.i18n import LANGUAGES, Language, UserError, translator
from feedback.savings import ideas, keeping, listing
from feedback.store import frames, savings_frames
from feedback.store.engine import engine, reading, writing
from feedback.store.tables import CustomerTime
from feedback.ui import savings_felt, savings_found, savings_time_form, savings_worth
from feedback.ui.data import Snapshot

App = Callable[..., AppTest]
PAGE = "pages/savings.py"


def linked(app: App, **query: str) -> AppTest:
    """Open the page by a link that somebody mailed."""
    return app(PAGE, **query)


def stored() -> pd.DataFrame:
    with reading(engine()) as session:
        return savings_frames.ideas(session=session)


def open_ones() -> pd.DataFrame:
    """Ideas that the map shows: judged, and not refused nor answered with "it stays"."""
    with reading(engine()) as session:
        table = listing.answered(savings_frames.ideas(session=session), frames.replies(session=session))
    return table[~table["status"].isin(["spotted", "refused"])]


def spotted() -> int:
    table = stored()
    return int(table.loc[table["status"] == "spotted", "idea_id"].iloc[0])


def texts(at: AppTest) -> str:
    return " ".join(str(part.value) for part in (*at.markdown, *at.caption, *at.info, *at.text, *at.metric))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_map_quadrants_and_table(app: App, lang: Language) -> None:
    t = translator(lang)
    at = app(PAGE, lang=lang)
    assert at.title[0].value == t("savings.title")
    assert len(at.get("vega_lite_chart")) == 1
    assert all(t(f"savings.quadrant_{key}") in texts(at) for key in ("do", "explore", "later", "dont"))
    table = at.dataframe[0].value
    assert list(table.columns[:3]) == [t("savings.title_of"), t("savings.quadrant"), t("savings.eur")]
    assert len(table) == len(open_ones())


def test_what_was_only_found_counts_once_somebody_asks_for_it(app: App) -> None:
    table = linked(app, ideestatus="spotted").dataframe[0].value
    assert set(table["Status"]) == {"Gevonden"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_panel_says_what_to_do(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, example=False)
    assert at.info[0].value == translator(lang)("savings.none")
    assert not at.get("vega_lite_chart")


def opened(app: App) -> AppTest:
    """Open the list of ideas that were found."""
    at = app(PAGE)
    at.session_state["savings.waiting"] = True
    return at.run()


def boxes(at: AppTest) -> list[str]:
    return [str(box.key) for box in at.checkbox if str(box.key).removeprefix("savings.tick.").isdigit()]


def statuses(keys: list[str]) -> set[str]:
    return set(stored().set_index("idea_id").loc[[int(key.rsplit(".", 1)[1]) for key in keys], "status"])


def test_an_idea_that_was_found_is_confirmed_and_that_is_undone(app: App) -> None:
    at = opened(app)
    first = boxes(at)[:1]
    at.checkbox(key=first[0]).check().run()
    at.button(key="savings.confirm").click().run()
    assert statuses(first) == {"confirmed"}
    at.button(key="savings.undo_last").click().run()
    assert statuses(first) == {"spotted"}


def test_several_ideas_are_left_out_at_once_and_undo_brings_all_back(app: App) -> None:
    at = opened(app)
    page = boxes(at)
    at.checkbox(key="savings.tick_all").check().run()
    assert all(at.checkbox(key=key).value for key in page)
    at.checkbox(key=page[0]).uncheck().run()
    assert not at.checkbox(key="savings.tick_all").value
    at.button(key="savings.refuse").click().run()
    assert statuses(page[1:]) == {"refused"} and statuses(page[:1]) == {"spotted"}
    assert page[0] in boxes(at) and not set(page[1:]) & set(boxes(at))
    at.button(key="savings.undo_last").click().run()
    assert statuses(page) == {"spotted"}
    assert set(boxes(at)) == set(page)


def test_complaints_that_hardly_read_as_a_proposal_only_show_when_asked_for(app: App) -> None:
    at = opened(app)
    label = at.expander[0].label if at.expander else ""
    at.toggle(key="savings.weak").set_value(True).run()
    pages = -(-int((stored()["status"] == "spotted").sum()) // savings_found.PER_PAGE)
    at.session_state["savings.waiting_page"] = pages
    weak = boxes(at.run())
    assert "Werkkleding paste meteen" in " ".join(at.checkbox(key=key).label for key in weak)
    assert f"{(stored()['status'] == 'spotted').sum()} gevonden" not in label


def test_a_dismissed_idea_only_shows_when_asked_for(app: App) -> None:
    at = opened(app)
    before = len(linked(app, ideestatus="refused").dataframe[0].value)
    at.checkbox(key=boxes(at)[0]).check().run()
    at.button(key="savings.refuse").click().run()
    assert "Niet meegenomen" not in set(at.dataframe[0].value["Status"])
    assert len(linked(app, ideestatus="refused").dataframe[0].value) == before + 1


def test_an_idea_that_is_refused_after_it_was_judged_owes_the_panel_the_reason(app: App) -> None:
    with reading(engine()) as session:
        told = frames.replies(session=session)["idea_id"].dropna()
        carried = savings_frames.evidence(session=session)["idea_id"]
    mine = open_ones()
    at_id = int(mine.loc[~mine["idea_id"].isin([*told, *carried]), "idea_id"].iloc[0])
    at = linked(app, idee=str(at_id))
    assert not any("wacht nog op de reden" in one.value for one in at.warning)
    at.button(key="idea.refuse").click().run()
    assert any("wacht nog op de reden" in one.value for one in at.warning)


def test_a_link_opens_an_idea_with_whom_it_hits_and_the_words_behind_it(app: App) -> None:
    idea_id = spotted()
    title = stored().set_index("idea_id").loc[idea_id, "title"]
    at = linked(app, idee=str(idea_id))
    assert not at.exception
    assert any("Klanten" in frame.value.columns for frame in at.dataframe)
    assert title.rstrip("…")[:20] in texts(at).replace("\\", "")


def test_an_idea_is_edited_in_its_own_window(app: App) -> None:
    table = stored()
    idea = table[table["status"] == "confirmed"].iloc[0]
    at = linked(app, idee=str(idea["idea_id"]))
    at.button(key="idea.edit").click().run()
    at.text_input(key=f"idea.{idea['idea_id']}.eur_high").set_value("0,3 mln")
    next(button for button in at.button if button.label == "Opslaan").click().run()
    assert stored().set_index("idea_id").loc[idea["idea_id"], "eur_high"] == 300_000


def test_an_amount_that_is_not_understood_is_told_with_an_example(app: App) -> None:
    idea_id = int(stored()["idea_id"].iloc[0])
    at = linked(app, idee=str(idea_id))
    at.button(key="idea.edit").click().run()
    before = stored()["version"].iloc[0]
    at.text_input(key=f"idea.{idea_id}.eur_low").set_value("flink wat")
    next(button for button in at.button if button.label == "Opslaan").click().run()
    assert "12\\.500" in at.error[0].value
    assert stored()["version"].iloc[0] == before


def test_a_second_person_is_told_that_somebody_changed_the_idea(app: App) -> None:
    idea = stored().iloc[0]
    idea_id = int(idea["idea_id"])
    at = linked(app, idee=str(idea_id))
    at.button(key="idea.edit").click().run()
    with writing(engine()) as session:
        ideas.edit(idea_id, {"owner": "Inkoop"}, int(idea["version"]), session=session, actor="anna")
    at.text_input(key=f"idea.{idea_id}.owner").set_value("Facilitair")
    next(button for button in at.button if button.label == "Opslaan").click().run()
    assert stored().set_index("idea_id").loc[idea_id, "owner"] == "Inkoop"


def test_filters_leave_the_ideas_of_a_service_and_those_that_hit_an_organisation(app: App) -> None:
    assert set(linked(app, dienst="ict").dataframe[0].value["Dienst"]) == {"ICT"}
    with reading(engine()) as session:
        impacts = savings_frames.impacts(session=session)
    hit = impacts[(impacts["organisation"] == "Hogeschool Lage Wierde") & (impacts["impact"] != 0)]
    school = int(hit["organisation_id"].iloc[0])
    confirmed = open_ones()
    at = linked(app, organisatie=str(school))
    assert translator("nl")("savings.whole_panel") in [one.value for one in at.caption]
    assert set(confirmed[confirmed["idea_id"].isin(hit["idea_id"])]["title"]) <= set(at.dataframe[0].value["Idee"])
    # Nothing left: the filters are named as the cause, and one click clears them.
    at = linked(app, organisatie=str(school), ideestatus="study", idee="99999")
    assert "Hogeschool" in at.info[0].value and "in onderzoek" in at.info[0].value.lower()
    assert at.warning[0].value == translator("nl")("savings.link_gone")
    at.button(key="savings.clear_filters").click().run()
    assert len(at.dataframe[0].value) == len(confirmed)


def test_limits_out_of_the_address_move_ideas(app: App) -> None:
    assert "doen" not in {str(name).lower() for name in linked(app, vanaf="9 mln").dataframe[0].value["Vak"]}


def test_words_of_a_customer_stay_inert(app: App) -> None:
    first = boxes(opened(app))[0]
    with writing(engine()) as session:
        wild = {"title": "<b>Vet</b> [klik](http://x) $5$"}
        ideas.edit(int(first.rsplit(".", 1)[1]), wild, 1, session=session, actor="t")
    shown = [box.label for box in opened(app).checkbox if "Vet" in box.label]
    assert shown
    assert all("<b>" not in label and "[klik]" not in label for label in shown)


def test_the_book_tells_what_was_saved_without_being_felt_and_warns(app: App) -> None:
    at = linked(app, beeld="boek")
    t = translator("nl")
    tiles = {metric.label: str(metric.value) for metric in at.metric}
    assert (tiles[t("savings.book_realised")], tiles[t("savings.book_unfelt")]) == ("€\u00a075.500", "€\u00a046.000")
    assert "Servicedesk een uur korter" in at.warning[0].value.replace("\\", "")
    felt = dict(zip(at.dataframe[0].value["Idee"], at.dataframe[0].value[t("savings.felt")], strict=True))
    assert felt["Knipselkrant alleen nog digitaal"] == t("savings.felt_few")
    at.session_state["savings.target"] = True
    at.run()
    at.text_input(key="savings.target_eur").set_value("0,1 mln")
    next(button for button in at.button if button.label == "Opslaan").click().run()
    assert "76%" in {str(metric.value) for metric in at.metric}


def test_a_share_that_too_few_stand_behind_on_either_side_is_left_out() -> None:
    def compared(verdict: felt.Verdict) -> felt.Compared:
        return felt.Compared(0.75, 0.52, 4, 128, -0.4, 0.1, verdict)

    assert [savings_felt.measured(one) for one in (compared("few"), compared("unsure"), None)] == [False, True, False]


def test_the_panel_votes_and_what_can_be_less_becomes_an_idea(app: App) -> None:
    at = linked(app, beeld="waarde")
    by = at.dataframe[0].value
    hidden = by[by["Kan minder"] == "verborgen"]["Organisatie"]
    # The museum is too small, and with it the one by which it could be worked out.
    assert set(hidden) == {"Museum Oud-Eskenborg", "Waterschap Drie Maren"}
    at.button(key="savings.seed.communicatie").click().run()
    assert not at.exception
    made = stored().iloc[-1]
    assert (made["area"], made["status"]) == ("communicatie", "confirmed") and "25" in made["description"]
    # What stands in the field is what is stored: a line taken out goes, one that is not understood changes nothing.
    day, data = dt.date(2026, 10, 13), Snapshot("test")
    with writing(engine()) as session:
        typed = "ICT; Gemeente Eskenborg; 5; 3; 0"
        assert savings_worth.put_votes(typed, day, data, "nl", session=session, actor="t") == len(data.worth_votes) - 1
    with pytest.raises(UserError), writing(engine()) as session:
        savings_worth.put_votes(
            "ICT; Gemeente Eskenborg; tien; 0; 0", day, Snapshot("test 2"), "nl", session=session, actor="t"
        )


def test_ideas_that_look_alike_are_merged_and_that_is_undone(app: App) -> None:
    at = app(PAGE)
    at.session_state["savings.alike"] = True
    at.run()
    before = len(stored())
    merge = next(
        button
        for button in at.button
        if str(button.key).startswith("savings.alike.") and str(button.key).endswith(".merge")
    )
    merge.click().run()
    assert len(stored()) == before - 1
    at.button(key="savings.alike_undo").click().run()
    assert len(stored()) == before


def test_hidden_time_is_assumed_set_against_an_idea_and_taken_back(app: App) -> None:
    t = translator("nl")
    at = linked(app, beeld="tijd")
    table = at.dataframe[0].value
    assert "20 (genoemd in 1 opmerking)" in set(table[t("savings.time_minutes")])
    assert "onbekend" in set(table[t("savings.time_people")])
    assert "€\u00a086.400" in texts(at) and "€\u00a021.000" in texts(at)
    data = Snapshot("test")
    idea_id = int(data.customer_time["idea_id"].dropna().iloc[0])
    seen = {"minutes": None, "people": 1800, "times": 3.0, "idea_id": idea_id}
    key = (int(data.areas.set_index("area")["area_id"]["ict"]), "wait")
    with writing(engine()) as session:
        savings_time_form.set_time(
            key, {"minutes": 10.0, "people": 1800.0, "times": 3.0}, idea_id, seen, session=session, actor="t"
        )
    assert "10 (aanname)" in set(linked(app, beeld="tijd").dataframe[0].value[t("savings.time_minutes")])
    with writing(engine()) as session:
        keeping.undo(CustomerTime, session=session, actor="t")
    assert "€\u00a086.400" in texts(linked(app, beeld="tijd"))
