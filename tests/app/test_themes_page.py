"""The themes page, driven without a browser: read, filter, curate, undo; for a coordinator and for a viewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from feedback.access.identity import User
from feedback.i18n import Language, translator
from feedback.store import frames
from feedback.store.engine import engine, reading
from feedback.ui.page import escape

App = Callable[..., AppTest]
PAGE = "pages/themes.py"


@pytest.fixture(params=["nl", "en"])
def lang(request: pytest.FixtureRequest) -> Language:
    return request.param


def themes() -> pd.DataFrame:
    with reading(engine()) as session:
        return frames.themes(session=session).set_index("theme")


def remarks() -> pd.DataFrame:
    with reading(engine()) as session:
        return frames.remarks(session=session)


def largest(at: int = 0) -> str:
    return str(remarks()["theme"].value_counts().index[at])


def click(at: AppTest, key: str) -> AppTest:
    """Click a button by the start of its key: some get a new one after every act."""
    found = next(button for button in at.button if button.key == key or str(button.key).startswith(f"{key}."))
    found.click().run()
    assert not at.exception
    return at


def shown(at: AppTest) -> str:
    kinds = (at.title, at.markdown, at.caption, at.success, at.info, at.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def opens(at: AppTest) -> list[str]:
    """Give the themes that a click opens: those on lines of their own, then those under headings."""
    prefix = "themes.open."
    alone = [str(button.key).removeprefix(prefix) for button in at.button if str(button.key).startswith(prefix)]
    keys = {escape(name): str(theme) for lang in ("nl", "en") for theme, name in themes()[f"name_{lang}"].items()}
    return alone + [keys[label.rsplit(" · ", 1)[0]] for group in headings(at) for label in group.options]


def headings(at: AppTest) -> list[Any]:
    return [group for group in at.get("button_group") if str(group.key).startswith("themes.under.")]


def test_the_list_shows_the_largest_themes_and_the_rest_behind_a_click(app: App, lang: Language) -> None:
    everything = remarks_of_example(app, lang)
    at = app(PAGE, lang=lang, aantal=str(everything["theme"].nunique()))
    assert len(opens(at)) == 25
    people = everything.groupby("theme", observed=True)["person"].nunique()
    assert people[opens(at)[0]] == people.max()
    click(at, "themes.more")
    assert len(opens(at)) == everything["theme"].nunique()


def remarks_of_example(app: App, lang: Language) -> pd.DataFrame:
    return remarks()


def test_many_themes_stand_under_headings_and_the_slider_joins_and_parts_them(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang)
    click(at, "themes.more")
    themes_there = remarks()["theme"].nunique()
    assert sorted(opens(at)) == sorted(remarks()["theme"].dropna().unique())
    usual = at.slider(key="f_aantal").value
    assert usual < themes_there
    at.slider(key="f_aantal").set_value(themes_there).run()
    assert not at.exception and at.query_params["aantal"] in (str(themes_there), [str(themes_there)])
    assert not [button for button in at.button if "themes.join" in str(button.key)]
    at.slider(key="f_aantal").set_value(2).run()
    assert len([button for button in at.button if str(button.key).startswith("themes.join.")]) == 2


def test_the_figures_of_a_heading_are_those_of_its_themes_together(app: App) -> None:
    at = app(PAGE, aantal="2")
    known = remarks()
    themes_of = [themes for themes in (set(opens(at)),) if themes]
    told = translator("nl")("remarks.count", n=int(known["theme"].isin(themes_of[0]).sum()))
    sizes = [int(html.split(" opmerking")[0].split("· ")[-1]) for html in facts_of(at) if " opmerking" in html]
    assert sum(sizes) == int(told.split()[0])


def facts_of(at: AppTest) -> list[str]:
    return [str(element.proto.body) for element in at.get("html")]


def test_a_heading_is_made_one_theme_and_undone(app: App) -> None:
    lang: Language = "nl"
    at = app(PAGE, lang=lang, aantal="12")
    before = themes()
    click(at, "themes.join")
    field = next(box for box in at.text_input if str(box.key).startswith("themes.join_name"))
    field.input("Alles onder één kop")
    click(at, "themes.join_do")
    assert (themes()[f"name_{lang}"] == "Alles onder één kop").sum() == 1
    assert len(themes()) < len(before)
    click(at, "themes.undo_last")
    assert list(themes()[f"name_{lang}"]) == list(before[f"name_{lang}"])


def test_an_empty_panel_says_what_to_do(app: App, lang: Language) -> None:
    assert translator(lang)("themes.page.empty") in shown(app(PAGE, lang=lang, example=False))


def test_a_click_opens_a_theme_and_the_address_names_it(app: App) -> None:
    at = app(PAGE, aantal="500")
    theme = largest()
    click(at, f"themes.open.{theme}")
    assert at.query_params["thema"] == [theme] or at.query_params["thema"] == theme
    assert at.title[0].value == escape(themes().loc[theme, "name_nl"])
    click(at, "themes.back")
    assert "thema" not in at.query_params


def test_a_theme_under_a_heading_opens_too(app: App) -> None:
    at = app(PAGE, aantal="2")
    group = headings(at)[0]
    label = group.options[1]
    group.select(label).run()
    assert not at.exception
    assert label.startswith(at.title[0].value)


def test_a_link_shows_all_remarks_of_a_theme(app: App, lang: Language) -> None:
    theme = largest()
    at = app(PAGE, lang=lang, thema=theme)
    mine = remarks()[lambda rows: rows["theme"] == theme]
    boxes = {box.label for box in at.checkbox}
    assert boxes and boxes <= {escape(text) for text in mine["text"]}
    assert translator(lang)("remarks.count", n=len(mine)) in shown(at)
    files = [escape(name) for name in mine["filename"].unique()]
    assert any(name in shown(at) for name in files)


def test_search_works_inside_a_theme(app: App) -> None:
    theme = largest()
    mine = remarks()[lambda rows: rows["theme"] == theme]
    word = max(mine.iloc[0]["text"].split(), key=len).strip(".,;:!?'\"")
    at = app(PAGE, thema=theme)
    at.text_input(key="f_q").input(word).run()
    found = int(mine["text"].str.contains(word, case=False, regex=False).sum())
    assert found < len(mine)
    assert translator("nl")("themes.page.filtered", shown=found, total=len(mine)) in shown(at)
    assert len(at.checkbox) == min(found, 12)


def test_a_theme_that_is_gone(app: App, lang: Language) -> None:
    assert translator(lang)("themes.page.gone") in shown(app(PAGE, lang=lang, thema="bestaat-niet"))


def test_rename_is_seen_at_once(app: App, lang: Language) -> None:
    theme = largest()
    at = app(PAGE, lang=lang, thema=theme)
    field = next(box for box in at.text_input if str(box.key).startswith(f"themes.name_{lang}"))
    field.input("Een *heel* andere naam")
    click(at, "themes.rename_save")
    assert at.title[0].value == escape("Een *heel* andere naam")
    assert themes().loc[theme, f"name_{lang}"] == "Een *heel* andere naam"
    assert escape("‘Een *heel* andere naam’") in at.success[0].value
    click(at, "themes.undo_last")
    assert themes().loc[theme, f"name_{lang}"] != "Een *heel* andere naam"


def test_merge_and_undo(app: App) -> None:
    source, target = largest(0), largest(1)
    before = remarks()["theme"].value_counts()
    at = app(PAGE, thema=source)
    choice = next(box for box in at.selectbox if str(box.key).startswith("themes.merge_into"))
    choice.select(target).run()
    click(at, "themes.merge_do")
    assert source not in themes().index
    assert at.title[0].value == escape(themes().loc[target, "name_nl"])
    assert (remarks()["theme"] == target).sum() == before[source] + before[target]
    click(at, "themes.undo_last")
    assert (remarks()["theme"].value_counts()[[source, target]] == before[[source, target]]).all()


def test_merge_can_be_undone_later_from_the_history(app: App) -> None:
    source, target = largest(0), largest(1)
    at = app(PAGE, thema=source)
    next(box for box in at.selectbox if str(box.key).startswith("themes.merge_into")).select(target).run()
    click(at, "themes.merge_do")
    at = app(PAGE, thema=target)
    at.session_state["themes.history"] = True
    at.run()
    click(at, "themes.undo")
    assert source in themes().index


def test_moving_ticked_remarks(app: App) -> None:
    source, target = largest(0), largest(1)
    at = app(PAGE, thema=source)
    ids = [int(str(box.key).rsplit(".", 1)[1]) for box in at.checkbox[:2]]
    for box in at.checkbox[:2]:
        box.check()
    at.run()
    next(box for box in at.selectbox if str(box.key).startswith("themes.move_to")).select(target)
    next(box for box in at.selectbox if str(box.key).startswith("themes.area_to")).select("juridisch").run()
    before = remarks().set_index("remark_id").loc[ids]
    click(at, "themes.move_do")
    moved = remarks().set_index("remark_id").loc[ids]
    assert set(moved["theme"]) == {target} and set(moved["placed_by"]) == {"person"}
    assert set(moved["area"]) == {"juridisch"}
    assert not any(box.value for box in at.checkbox)
    click(at, "themes.undo_last")
    back = remarks().set_index("remark_id").loc[ids]
    assert list(back["theme"]) == list(before["theme"]) and list(back["area"]) == list(before["area"])


def test_splitting_off_and_undo(app: App) -> None:
    theme = largest()
    at = app(PAGE, thema=theme)
    at.checkbox[0].check().run()
    next(box for box in at.text_input if str(box.key).startswith("themes.split_name")).input("Iets nieuws")
    click(at, "themes.split_do")
    assert "Iets nieuws" in set(themes()["name_nl"])
    click(at, "themes.undo_last")
    assert "Iets nieuws" not in set(themes()["name_nl"])


def test_confirm_park_reopen(app: App) -> None:
    lang: Language = "nl"
    theme = next(
        theme for theme in remarks()["theme"].value_counts().index if themes().loc[theme, "status"] == "proposed"
    )
    at = app(PAGE, lang=lang, thema=theme)
    for verb, status in (("confirm", "confirmed"), ("park", "parked"), ("reopen", "proposed")):
        click(at, f"themes.{verb}")
        assert themes().loc[theme, "status"] == status
        assert at.success


def test_an_owner(app: App) -> None:
    theme = largest()
    at = app(PAGE, thema=theme)
    next(box for box in at.text_input if str(box.key).startswith("themes.owner_name")).input("Hoofd ICT")
    click(at, "themes.owner_save")
    assert themes().loc[theme, "owner"] == "Hoofd ICT"
    assert "Hoofd ICT" in shown(at)


def test_a_refusal_is_said_and_the_page_goes_on(app: App, lang: Language) -> None:
    theme, other = largest(0), largest(1)
    at = app(PAGE, lang=lang, thema=theme)
    taken = themes().loc[other, f"name_{lang}"]
    next(box for box in at.text_input if str(box.key).startswith(f"themes.name_{lang}")).input(taken)
    click(at, "themes.rename_save")
    assert at.error[0].value == escape(translator(lang)("themes.error.name_taken", name=taken))
    assert at.title


def test_what_is_still_to_place(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, thema="nog-te-plaatsen")
    loose = remarks()[lambda rows: rows["theme"].isna() | (rows["strength"] < 0.25)]
    assert translator(lang)("remarks.count", n=len(loose)) in shown(at)
    weakest = loose.sort_values(["strength", "remark_id"])["remark_id"]
    assert [str(box.key) for box in at.checkbox] == [f"themes.tick.{one}" for one in weakest[: len(at.checkbox)]]
    target = largest()
    click(at, "themes.choose_all")
    next(box for box in at.selectbox if str(box.key).startswith("themes.move_to")).select(target).run()
    click(at, "themes.move_do")
    assert translator(lang)("themes.page.unplaced_none") in shown(at)


def test_the_map_opens_remarks(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, beeld="kaart")
    assert len(at.get("vega_lite_chart")) == 1
    one = int(remarks()["remark_id"].iloc[0])
    at.session_state["themes.map.0"] = {"selection": {"pick": [{"remark_id": one}], "frame": {}}}
    at.run()
    assert not at.exception
    assert translator(lang)("remarks.count", n=1) in shown(at)


def test_a_frame_on_the_map_lists_remarks(app: App) -> None:
    at = app(PAGE, beeld="kaart")
    at.session_state["themes.map.0"] = {"selection": {"frame": {"x": [9.0, -1.0], "y": [-1.0, 9.0]}}}
    at.run()
    assert not at.exception
    assert translator("nl")("remarks.count", n=len(remarks())) in shown(at)


def test_a_viewer_reads_and_changes_nothing(app: App, lang: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.ui.page.user_without_sign_in", lambda: User("v", "viewer"))
    at = app(PAGE, lang=lang, thema=largest())
    assert not at.checkbox
    keys = [str(button.key) for button in at.button]
    assert not [key for key in keys if key.startswith("themes.") and key != "themes.back"]
    assert ".csv" not in shown(at)


def test_a_theme_of_few_of_the_chosen_people_stays_hidden(app: App) -> None:
    at = app(PAGE)
    at.multiselect(key="f_niveau").set_value(["strategisch"]).run()
    assert not at.exception
    people = remarks()[lambda rows: rows["level"] == "strategisch"].groupby("theme", observed=True)["person"].nunique()
    few = str(people[people.between(1, 4)].index[0])
    t = translator("nl")
    figures = "".join(str(element.proto.body) for element in at.get("html"))
    assert t("themes.page.hidden", threshold=5) in figures
    assert t("themes.page.tones", neg=1, mixed=0, neu=0, pos=0) not in figures
    at = app(PAGE, thema=few)
    at.multiselect(key="f_niveau").set_value(["strategisch"]).run()
    assert t("themes.page.hidden_theme") in shown(at)
    assert not at.checkbox


def test_the_frames_are_left_as_they_were(app: App) -> None:
    from feedback.ui.data import snapshot

    at = app(PAGE)
    before = pd.util.hash_pandas_object(snapshot().remarks[["remark_id", "text", "strength"]]).sum()
    at.run()
    assert pd.util.hash_pandas_object(snapshot().remarks[["remark_id", "text", "strength"]]).sum() == before


# Proposals ------------------------------------------------------------------------------------------------------------


def test_proposals_are_taken_over_declined_and_undone(app: App) -> None:
    lang: Language = "nl"
    at = app(PAGE, lang=lang)
    click(at, "themes.proposals")
    t = translator(lang)
    assert at.title[0].value == t("themes.page.proposals")
    cards = [button for button in at.button if str(button.key).startswith("themes.propose_do.")]
    assert cards, "the example panel gives something to propose"
    before = remarks().set_index("remark_id")["theme"]
    cards[0].click().run()
    assert not at.exception
    assert (remarks().set_index("remark_id")["theme"].astype(str) != before.astype(str)).any()
    left = len([button for button in at.button if str(button.key).startswith("themes.propose_do.")])
    assert left == len(cards) - 1
    click(at, "themes.undo_last")
    assert (remarks().set_index("remark_id")["theme"].astype(str) == before.astype(str)).all()
    if left:
        next(button for button in at.button if str(button.key).startswith("themes.propose_no.")).click().run()
        click(at, "themes.proposals_declined")
        assert escape(t("themes.page.proposals_offered")) in shown(at)
        assert len([button for button in at.button if str(button.key).startswith("themes.propose_do.")]) == len(cards)


def test_a_viewer_gets_no_proposals(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.ui.page.user_without_sign_in", lambda: User("v", "viewer"))
    assert not [button for button in app(PAGE).button if button.key == "themes.proposals"]
    assert translator("nl")("themes.page.gone") in shown(app(PAGE, thema="voorstellen"))
