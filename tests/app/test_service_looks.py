"""Diensten, looked at in other ways: importance, aspects, two groups, agreements, who sends whom on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from xml.etree import ElementTree

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from feedback import settings
from feedback.areas import agreements
from feedback.i18n import Language, translator
from feedback.store import frames
from feedback.store.engine import engine, reading

App = Callable[..., AppTest]
PAGE = "pages/services.py"
HOSPITAL = "Ziekenhuis Merenwaard"


def remarks() -> pd.DataFrame:
    with reading(engine()) as session:
        return frames.remarks(session=session)


def register() -> pd.DataFrame:
    with reading(engine()) as session:
        return agreements.register(session=session)


def sheet(at: AppTest) -> pd.DataFrame:
    """Read the table that is drawn as text."""
    (drawn,) = [str(part.value) for part in at.get("html") if '<table class="sheet">' in str(part.value)]
    table = ElementTree.fromstring(drawn)
    lines = [["".join(cell.itertext()) for cell in line] for line in table.iter("tr")]
    return pd.DataFrame(lines[1:], columns=lines[0])


def captions(at: AppTest) -> str:
    return " ".join(str(part.value) for part in (*at.caption, *at.markdown, *at.info)).replace("\\", "")


def click(at: AppTest, chart: str, **mark: str) -> AppTest:
    at.session_state[f"services.{chart}.0"] = {"selection": {"pick": [mark]}}
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize(("lang", "look", "chart", "mark"), [
    ("nl", "belang", "priority", {"area": "ict"}),
    ("en", "aspecten", "grid", {"area": "ict", "aspect": "snelheid"}),
    ("nl", "doorverwijzen", "handover", {"area": "facilitair", "other": "inkoop"}),
])  # fmt: skip
def test_a_mark_opens_its_remarks_and_a_choice_by_who_shows_none(
    app: App, lang: Language, look: str, chart: str, mark: dict[str, str]
) -> None:
    t = translator(lang)
    at = app(PAGE, lang=lang, beeld=look)
    assert len(at.get("vega_lite_chart")) == (2 if look == "belang" else 1)
    table = remarks()
    inside = (table["area"] == mark["area"]) | (table["area2"] == mark["area"])
    if "aspect" in mark:
        inside &= table["aspect"] == mark["aspect"]
    n = 1 if look == "doorverwijzen" else int(inside.sum())
    assert t("remarks.count", n=n) in captions(click(at, chart, **mark))
    at.multiselect(key="f_organisatie").set_value(["1"]).run()
    assert t("services.whole_only") in captions(at)
    assert not at.get("vega_lite_chart")


def test_what_drives_the_grade_opens_its_theme(app: App) -> None:
    at = click(app(PAGE, beeld="belang"), "drivers", theme="klantcontact-portaal-gebruik")
    n = int((remarks()["theme"] == "klantcontact-portaal-gebruik").sum())
    assert translator("nl")("remarks.count", n=n) in captions(at)
    # What the bars show stands in words too.
    assert sheet(at).iloc[:, 2:].map(lambda cell: "n = " in cell).all(axis=None)


def figures(table: pd.DataFrame) -> list[int]:
    """Every n that stands in a comparison."""
    cells = pd.Series(table.iloc[:, 1:3].to_numpy().ravel(), dtype="str")
    return [int(n) for n in cells.str.extract(r"n = (\d+)")[0].dropna()]


def test_two_groups_side_by_side_and_small_ones_hidden(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    t = translator("nl")
    at = app(PAGE, beeld="vergelijken")
    table = sheet(at)
    assert list(table.columns[1:3]) == ["2025", "2026"]
    row = table.set_index(t("remarks.area")).loc["ICT"]
    assert row[t("services.compare_step")].endswith("duidelijk")
    at.selectbox(key="f_vergelijk").select("organisatie").run()
    # The two of whom most people gave a grade stand first, and have something to show.
    assert at.selectbox(key="f_links").value != at.selectbox(key="f_rechts").value and len(sheet(at)) >= 3
    names = at.selectbox(key="f_links").options
    at.selectbox(key="f_links").select_index(names.index(HOSPITAL))
    seen = []
    for name in names:
        at.selectbox(key="f_rechts").select_index(names.index(name)).run()
        if name == HOSPITAL:
            assert t("services.compare_same") in captions(at)
            continue
        if any(one.value == t("services.compare_nothing", threshold=5) for one in at.info):
            assert "Gemeente Eskenborg" in captions(at)
            continue
        found = sheet(at)
        assert t("services.compare_negative") not in found
        seen += figures(found)
    assert len(seen) >= 12 and min(seen) >= 5
    at.selectbox(key="f_vergelijk").select("niveau").run()
    assert len(sheet(at)) >= 3
    at.selectbox(key="f_vergelijk").select("organisatie").run()
    at.selectbox(key="f_links").select_index(names.index(HOSPITAL))
    at.selectbox(key="f_rechts").select_index(names.index("Gemeente Eskenborg"))
    monkeypatch.setenv("KLANTPANEL_GROUP_THRESHOLD", "90")
    settings.settings.cache_clear()
    st.cache_resource.clear()
    at.run()
    assert HOSPITAL in captions(at) and '<table class="sheet">' not in " ".join(
        str(part.value) for part in at.get("html")
    )
    assert not at.exception


def test_the_register_says_what_is_kept_and_how_it_feels(app: App) -> None:
    t = translator("nl")
    at = app(PAGE, beeld="afspraken")
    assert t("services.sla_hurts") in captions(at)
    assert t("services.sla_quiet") in captions(at)
    told = captions(at)
    assert [told.count(f"· {t(f'services.sla_{state}')} ·") for state in ("missed", "kept")] == [5, 1]
    assert f"{t('services.sla_smart')}: Specifiek, Meetbaar, Tijdgebonden" in told
    at.multiselect(key="f_organisatie").set_value(["1"]).run()
    assert f"{t('services.sla_felt').lower()}:" not in captions(at)
    assert t("services.sla_hurts") not in captions(at)


def test_an_agreement_is_made_measured_ended_and_brought_back(app: App) -> None:
    at = app(PAGE, beeld="afspraken")
    before = len(register())
    at.button(key="services.sla_make.ict-laptop-hardware").click().run()
    key = "sla.newict-laptop-hardware"
    assert at.selectbox(key=f"{key}.area").value == "ict"
    at.text_area(key=f"{key}.text").set_value("Een kapotte laptop is binnen twee werkdagen vervangen.")
    at.text_input(key=f"{key}.norm").set_value("twee")
    at.selectbox(key=f"{key}.unit").select("workdays")
    submit(at, translator("nl")("services.save"))
    assert "'twee'" in at.error[0].value.replace("\\", "")
    at.text_input(key=f"{key}.norm").set_value("2,5")
    submit(at, translator("nl")("services.save"))
    row = register().query("text.str.startswith('Een kapotte')").iloc[0]
    assert (len(register()), row["norm"], row["unit"]) == (before + 1, 2.5, "workdays")
    at.button(key="services.sla_values").click().run()
    at.text_area(key="sla.paste").set_value(f"{row['agreement_id']}; oktober 2026; 3,5\n{row['agreement_id']}; ooit; 3")
    at.button(key="sla.store").click().run()
    assert at.error[0].value.replace("\\", "").startswith("Regel 2")
    at.text_area(key="sla.paste").set_value(f"{row['agreement_id']}; oktober 2026; 3,5")
    at.file_uploader(key="sla.file").set_value(("m.csv", b"1;2026-10;3", "text/csv"))
    at.button(key="sla.store").click().run()
    assert at.error[0].value == translator("nl")("services.sla_both")
    at.file_uploader(key="sla.file").set_value(None)
    at.button(key="sla.store").click().run()
    with reading(engine()) as session:
        stored = agreements.measured(session=session).query("agreement_id == @row.agreement_id")
    assert stored[["starts_on", "value"]].to_numpy().tolist() == [[dt.date(2026, 10, 1), 3.5]]
    at.button(key=f"services.agreement.{row['agreement_id']}").click().run()
    assert at.button(key="sla.sla_undo_measure").label == translator("nl")("services.sla_undo_measure")
    at.button(key="sla.sla_end").click().run()
    assert len(register()) == before
    assert translator("nl")("services.sla_ended", text=str(row["text"])) in str(at.toast[0].value).replace("\\", "")
    at.button(key="notice.undo").click().run()
    assert len(register()) == before + 1
    assert not at.exception


def submit(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label and "FormSubmitter" in str(button.key)).click().run()


def test_what_rises_in_a_service_is_said_with_its_test(app: App) -> None:
    t = translator("nl")
    at = app(PAGE, gebied="klantcontact")
    assert f"{t('services.change_rising')}: Gebruik van het portaal" in captions(at)
    assert "MijnKaapstander en het inlogscherm" in captions(at) and "Een vraag aan de HR-adviseur" not in captions(at)
    at.multiselect(key="f_organisatie").set_value(["1"]).run()
    assert t("services.change_rising") + ":" not in captions(at)


def test_own_staff_stand_beside_customers_until_somebody_says_they_are_none(app: App) -> None:
    t = translator("nl")
    at = app(PAGE, beeld="verwachting")
    people = remarks()["person"].nunique()
    told = " ".join(str(part.value) for part in at.get("html"))
    assert t("services.beside_estimate") in told and "7,1 (6,7–7,5; n = 25)" in told
    assert t("services.own_read", n=7) in [button.label for button in at.button]
    at.session_state["services.own_who"] = True
    at.run()
    session = next(part for part in at.multiselect if part.label == t("services.own_sessions"))
    session.set_value([]).run()
    at.button(key="services.own_save").click().run()
    assert [str(toast.value).replace("\\", "") for toast in at.toast] == [t("services.own_saved")]
    assert t("services.beside_estimate") not in " ".join(str(part.value) for part in at.get("html"))
    assert remarks()["person"].nunique() == people + 7
    at.button(key="notice.undo").click().run()
    assert remarks()["person"].nunique() == people
    at.multiselect(key="f_organisatie").set_value(["1"]).run()
    assert t("services.whole_only") in captions(at)
    assert not at.exception
