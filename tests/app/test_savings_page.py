"""Besparingen: ideas on the map, judged by a person, and changed without losing anything."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, translator
from feedback.savings import ideas
from feedback.store import frames
from feedback.store.engine import engine, reading, writing
from feedback.ui import savings_found

App = Callable[..., AppTest]
PAGE = "pages/savings.py"


def linked(app: App, **query: str) -> AppTest:
    """Open the page by a link that somebody mailed."""
    at = app(PAGE)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def stored() -> pd.DataFrame:
    with reading(engine()) as session:
        return frames.ideas(session=session)


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
    assert len(table) == (stored()["status"] == "confirmed").sum()


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
    assert "Pasjes zonder foto" in " ".join(at.checkbox(key=key).label for key in weak)
    assert f"{(stored()['status'] == 'spotted').sum()} gevonden" not in label


def test_a_dismissed_idea_only_shows_when_asked_for(app: App) -> None:
    at = opened(app)
    at.checkbox(key=boxes(at)[0]).check().run()
    at.button(key="savings.refuse").click().run()
    assert "Niet meegenomen" not in set(at.dataframe[0].value["Status"])
    assert len(linked(app, ideestatus="refused").dataframe[0].value) == 1


def test_a_link_opens_an_idea_with_whom_it_hits_and_the_words_behind_it(app: App) -> None:
    app(PAGE)
    idea_id = spotted()
    title = stored().set_index("idea_id").loc[idea_id, "title"]
    at = linked(app, idee=str(idea_id))
    assert not at.exception
    assert any("Klanten" in frame.value.columns for frame in at.dataframe)
    assert title.rstrip("…")[:20] in texts(at).replace("\\", "")


def test_an_idea_is_edited_in_its_own_window(app: App) -> None:
    app(PAGE)
    table = stored()
    idea = table[table["status"] == "confirmed"].iloc[0]
    at = linked(app, idee=str(idea["idea_id"]))
    at.button(key="idea.edit").click().run()
    at.text_input(key=f"idea.{idea['idea_id']}.eur_high").set_value("0,3 mln")
    next(button for button in at.button if button.label == "Opslaan").click().run()
    assert stored().set_index("idea_id").loc[idea["idea_id"], "eur_high"] == 300_000


def test_an_amount_that_is_not_understood_is_told_with_an_example(app: App) -> None:
    app(PAGE)
    idea_id = int(stored()["idea_id"].iloc[0])
    at = linked(app, idee=str(idea_id))
    at.button(key="idea.edit").click().run()
    before = stored()["version"].iloc[0]
    at.text_input(key=f"idea.{idea_id}.eur_low").set_value("flink wat")
    next(button for button in at.button if button.label == "Opslaan").click().run()
    assert "12\\.500" in at.error[0].value
    assert stored()["version"].iloc[0] == before


def test_a_second_person_is_told_that_somebody_changed_the_idea(app: App) -> None:
    app(PAGE)
    idea = stored().iloc[0]
    idea_id = int(idea["idea_id"])
    at = linked(app, idee=str(idea_id))
    at.button(key="idea.edit").click().run()
    with writing(engine()) as session:
        ideas.edit(idea_id, {"owner": "Inkoop"}, int(idea["version"]), session=session, actor="anna")
    at.text_input(key=f"idea.{idea_id}.owner").set_value("Facilitair")
    next(button for button in at.button if button.label == "Opslaan").click().run()
    assert stored().set_index("idea_id").loc[idea_id, "owner"] == "Inkoop"


def test_a_filter_on_services_leaves_the_ideas_of_that_service(app: App) -> None:
    at = linked(app, dienst="ict")
    assert set(at.dataframe[0].value["Dienst"]) == {"ICT"}


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
