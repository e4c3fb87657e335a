"""The portfolio on the savings page: a target in the address, the set, what if, and who is hit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, translator
from feedback.replies import acts
from feedback.replies.states import REASONS, Subject
from feedback.savings import ideas, keeping
from feedback.savings.portfolio import Terms
from feedback.store import savings_frames
from feedback.store.engine import engine, reading, writing
from feedback.store.tables import Assumption
from feedback.ui import portfolio_state

App = Callable[..., AppTest]
PAGE = "pages/savings.py"
SIMS = "Stilliggende simkaarten en dubbele abonnementen stopzetten"


def linked(app: App, *, lang: str = "nl", example: bool = True, **query: str) -> AppTest:
    """Open the portfolio by a link that somebody mailed."""
    return app(PAGE, lang=lang, example=example, **{"beeld": "pakket", **query})


def ids() -> dict[str, str]:
    with reading(engine()) as session:
        table = savings_frames.ideas(session=session)
    return dict(zip(table["title"], table["idea_id"].astype(str), strict=True))


def figure(at: AppTest, label: str) -> str:
    return next(str(one.value) for one in at.metric if one.label == label)


def table(at: AppTest) -> pd.DataFrame:
    return at.dataframe[0].value.set_index("Idee")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_target_shows_the_set_its_figures_and_the_curve(app: App, lang: Language) -> None:
    t = translator(lang)
    at = linked(app, lang=lang, doel="250k")
    assert figure(at, t("savings.pain")) in ("2.150", "2,150")
    assert len(at.dataframe[0].value) == 6
    assert len(at.get("vega_lite_chart")) == 1
    assert "250" in at.success[0].value


def test_the_price_of_every_choice_is_shown_before_it_is_made(app: App) -> None:
    at = linked(app, doel="€ 250.000")
    assert table(at).loc[SIMS, "Wat als"] == "Weglaten: +2.020 pijn"


def test_an_idea_is_forced_out_and_the_price_is_told(app: App) -> None:
    at = linked(app, doel="0,25 mln", weg=ids()[SIMS])
    assert figure(at, "Pijn") == "4.170"
    assert any("2.020" in str(part.value) for part in at.markdown)
    assert SIMS not in table(at).index
    at.multiselect(key="f_weg").set_value([]).run()
    assert figure(at, "Pijn") == "2.150"


def test_a_click_decides_and_a_second_click_lets_go() -> None:
    out = portfolio_state.flipped(Terms(), "1", ["1"])
    assert out == Terms(left_out=frozenset("1"))
    assert portfolio_state.flipped(Terms(), "2", ["1"]) == Terms(forced=frozenset("2"))
    assert portfolio_state.flipped(out, "1", []) == Terms()


def test_ideas_that_exclude_each_other_are_never_both_in_the_set(app: App) -> None:
    at = linked(app, doel="9 mln")
    assert "niet te halen" in at.warning[0].value
    assert figure(at, "Besparing per jaar") == figure(at, "Hoogstens mogelijk")
    assert sum("schoonmaken" in title for title in table(at).index) == 1


def test_choices_that_contradict_each_other_are_said_to(app: App) -> None:
    both = [key for title, key in ids().items() if "per week schoonmaken" in title]
    at = linked(app, doel="100.000", mee=",".join(both))
    assert at.error[0].value == translator("nl")("portfolio.contradiction")
    assert not at.metric


def test_what_is_not_known_is_said_and_can_be_left_out(app: App) -> None:
    laptops = ids()["Laptops vijf jaar gebruiken in plaats van vier"]
    at = linked(app, doel="250.000", mee=laptops)
    assert figure(at, "Pijn").startswith("minstens")
    assert "onbekend: Museum Oud-Eskenborg" in " ".join(table(at)["Wie het raakt"])
    whom = at.dataframe[1].value.set_index("Organisatie")["Pijn"]
    assert whom["Museum Oud-Eskenborg"].startswith("minstens")
    at.toggle(key="f_bekend").set_value(True).run()
    assert "Laptops vijf jaar gebruiken in plaats van vier" not in at.multiselect(key="f_mee").options
    assert figure(at, "Pijn") == "2.150"


def test_an_amount_that_is_not_understood_is_refused_with_an_example(app: App) -> None:
    at = linked(app, doel="flink")
    assert "12\\.500" in at.error[0].value
    # No set and no figures for another amount than was meant.
    assert not at.metric and not at.get("vega_lite_chart")
    assert not at.success and at.warning[0].value == translator("nl")("portfolio.unread")


def test_limits_come_out_of_the_address(app: App) -> None:
    at = linked(app, doel="9 mln", eenmalig="10.000")
    assert "niet te halen" in at.warning[0].value
    assert float(table(at)["Eenmalige kosten"].sum()) <= 10_000


def test_without_a_target_of_ones_own_the_panels_counts_and_else_what_hurts_nobody(app: App) -> None:
    at = linked(app)
    assert "€\u00a0250.000" in at.success[0].value
    assert at.text_input(key="f_doel").value == "250.000"
    with writing(engine()) as session:
        keeping.put(Assumption, {(keeping.TARGET,): None}, session=session, actor="t")
    at = linked(app)
    assert figure(at, "Pijn") == "0"
    assert at.info[0].value == translator("nl")("portfolio.no_target")


def test_an_idea_that_customers_were_told_stays_as_it_is_cannot_be_chosen(app: App) -> None:
    own = ids()[SIMS]
    with writing(engine()) as session:
        acts.answer(
            Subject("idea", int(own)), "stays", text="Dit kan niet.", reason=REASONS[0], owner="A",
            due_on=dt.date(2030, 1, 1), seen=None, session=session, actor="t",
        )  # fmt: skip
    at = linked(app, doel="100.000", idee=own)
    assert SIMS not in at.multiselect(key="f_mee").options
    assert any(one.value == translator("nl")("savings.closed_by_answer") for one in at.caption)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_confirmed_yet_says_what_to_do(app: App, lang: Language) -> None:
    with reading(engine()) as session:
        listed = savings_frames.ideas(session=session)
    with writing(engine()) as session:
        ideas.judge(
            listed.loc[listed["status"] != "spotted", "idea_id"].astype(int), "refused", session=session, actor="t"
        )
    at = linked(app, lang=lang)
    assert at.info[0].value == translator(lang)("portfolio.none")


def test_what_an_idea_excludes_is_edited_in_its_form(app: App) -> None:
    known = ids()
    own, other = known[SIMS], known["Loonstrook alleen nog digitaal"]
    at = app(PAGE)
    at.query_params["idee"] = own
    at.run()
    at.button(key="idea.edit").click().run()
    at.multiselect(key=f"idea.{own}.excludes").set_value([int(other)])
    next(button for button in at.button if button.label == "Opslaan").click().run()
    with reading(engine()) as session:
        links = set(savings_frames.links(session=session).itertuples(index=False, name=None))
    assert (*sorted((int(own), int(other))), "excludes") in links
