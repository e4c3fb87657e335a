"""The upload page without a browser: a file is seen, corrected, stored, undone; after a refusal the page goes on."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from feedback.i18n import Language, translator
from feedback.settings import settings
from feedback.store import frames
from feedback.store.engine import engine, reading

App = Callable[..., AppTest]
PAGE = "pages/upload.py"
CSV = (
    b"Naam;Afdeling;Wat vindt u van onze dienst?;Rapportcijfer ICT;Datum\n"
    b"P1;Haven;De servicedesk neemt vlot op en lost het meteen op;8;03-03-2026\n"
    b"P2;Haven;Inloggen duurt elke ochtend een kwartier. Bel mij op 06-12345678;4,5;03-03-2026\n"
    b"P3;Kade;geen;7;03-03-2026\n"
    b"P4;Kade;Mijn laptop is traag en de printer doet het niet;13;03-03-2026\n"
)


@pytest.fixture(params=["nl", "en"])
def lang(request: pytest.FixtureRequest) -> Language:
    return request.param


def upload(at: AppTest, name: str, data: bytes) -> AppTest:
    turn = at.session_state["upload.turn"] if "upload.turn" in at.session_state else 0  # noqa: SIM401 (has no get)
    at.file_uploader(key=f"upload.file.{turn}").upload(name, data)
    at.run()
    assert not at.exception
    return at


def edit(at: AppTest, column: str, **choices: str) -> AppTest:
    """Correct what a column was taken for, as a person would."""
    for what, value in choices.items():
        label = f"{translator('nl')(f'upload.col_{what}')}: {column}"
        next(one for one in at.selectbox if one.label == label).set_value(value).run()
        assert not at.exception
    return at


def look(at: AppTest, name: str) -> AppTest:
    at.segmented_control(key=f"upload.look.{at.session_state['upload.read'][0]}").set_value(name).run()
    assert not at.exception
    return at


def texts(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.error, at.success, at.info, at.warning, at.subheader, at.title)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_an_empty_panel_asks_for_a_file(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, example=False)
    assert translator(lang)("upload.drop", mb=20) in texts(at)
    assert translator(lang)("upload.batches_none") in texts(at)


def test_a_file_is_shown_before_it_is_stored(app: App, lang: Language) -> None:
    t = translator(lang)
    at = upload(app(PAGE, lang=lang, example=False), "klanten.csv", CSV)
    shown = {metric.label: metric.value for metric in at.metric}
    assert int(shown.pop(t("upload.n_remarks"))) >= 2
    assert shown == {
        t("upload.n_notes"): "3", t("upload.n_scores"): "3", t("upload.n_empty"): "1", t("upload.n_masked"): "1",
        t("upload.n_dropped"): "1",
    }  # fmt: skip
    with reading(engine()) as session:
        assert frames.batches(session=session).empty


def test_what_was_hidden_and_left_out_is_named(app: App) -> None:
    at = upload(app(PAGE, example=False), "klanten.csv", CSV)
    for name, named in (("masked", "[telefoon]"), ("dropped", "Rapportcijfer ICT"), ("remarks", "servicedesk")):
        cells = " ".join([texts(look(at, name)), *(str(frame.value.to_dict()) for frame in at.dataframe)])
        assert named in cells and ("06-12345678" in cells) == (name == "masked")


def test_what_a_person_changes_is_shown_and_stored_so(app: App) -> None:
    t = translator("nl")
    at = upload(app(PAGE, example=False), "klanten.csv", CSV)
    look(at, "cut")
    first = next(area for area in at.text_area if "servicedesk" in area.value)
    first.input("- De servicedesk neemt vlot op\n- Zij lossen het op, zegt Piet de Vries").run()
    assert not at.exception
    assert "- Zij lossen het op, zegt [naam]" in [line for area in at.text_area for line in area.value.splitlines()]
    assert t("upload.cut_is_changed") in texts(at)
    look(at, "masked")
    at.text_input(key=f"upload.hide_words.{at.session_state['upload.read'][0]}").input("kwartier")
    next(button for button in at.button if button.label == t("upload.hide_do")).click().run()
    secrets = at.dataframe[-1].value
    assert secrets["words"].tolist() == ["06-12345678"]
    before = {metric.label: metric.value for metric in at.metric}
    # The phone, the word, and the name that was typed.
    assert before[t("upload.n_masked")] == "3"
    at.button(key="upload.store").click().run()
    with reading(engine()) as session:
        stored, (batch,) = frames.remarks(session=session), frames.batches(session=session).to_dict("records")
    assert {"De servicedesk neemt vlot op", "Zij lossen het op, zegt [naam]"} <= set(stored["text"])
    assert not stored["text"].str.contains("kwartier").any()
    assert {one["reason"] for one in batch["dropped"]} > {"pipeline.by_hand.cut", "pipeline.by_hand.hidden"}
    assert "upload.hand" not in at.session_state
    from feedback.ui.upload_batches import log_of

    page = type("Page", (), {"t": staticmethod(t), "lang": "nl"})()
    log = log_of(page, pd.Series(batch))
    assert (log[t("upload.log_what")] == t("upload.log_by_hand")).sum() == 2
    assert "kwartier" not in str(log.to_dict())
    later = CSV + b"P5;Kade;Het duurt een kwartier, bel Els op 06-87654321;7;03-03-2026\n"
    at = look(upload(app(PAGE, example=False), "later.csv", later), "masked")
    (table,) = (frame.value for frame in at.dataframe if "words" in frame.value)
    assert "06-87654321" in table["words"].tolist() and "kwartier" not in table["words"].tolist()
    assert "een [verborgen]" in table["around"][0]


def test_what_was_sent_in_twice_is_shown_and_left_out_with_one_click(app: App) -> None:
    said = "De lift staat elke maandagochtend stil op de derde verdieping"
    rows = f"Naam;Opmerking;Cijfer\nP1;{said};4\nP1;{said}!;4\nP2;De koffie is prima;8\n"
    at = look(upload(app(PAGE, example=False), "dubbel.csv", rows.encode()), "twice")
    assert any("where" in frame.value and frame.value["row"].tolist() == [3] for frame in at.dataframe)
    at.button(key="upload.twice_all").click().run()
    shown = {metric.label: metric.value for metric in at.metric}
    t = translator("nl")
    assert (shown[t("upload.n_notes")], shown[t("upload.n_scores")], shown[t("upload.n_dropped")]) == ("2", "2", "1")


def test_a_false_hit_is_ticked_and_stays(app: App) -> None:
    at = look(upload(app(PAGE, example=False), "klanten.csv", CSV), "masked")
    (table,) = (frame for frame in at.dataframe if "words" in frame.value)
    assert "[telefoon]" in table.value["around"][0]
    at.session_state[table.key] = {"edited_rows": {0: {"back": True}}, "added_rows": [], "deleted_rows": []}
    at.run()
    assert not at.exception
    (table,) = (frame for frame in at.dataframe if "words" in frame.value)
    assert "06-12345678" in table.value["around"][0] and "[telefoon]" not in table.value["around"][0]
    assert {metric.label: metric.value for metric in at.metric}[translator("nl")("upload.n_masked")] == "0"
    look(at, "remarks")
    assert any("06-12345678" in str(frame.value.to_dict()) for frame in at.dataframe)


def test_storing_makes_themes_and_says_so(app: App, lang: Language) -> None:
    at = upload(app(PAGE, lang=lang, example=False), "klanten.csv", CSV)
    at.button(key="upload.store").click().run()
    assert not at.exception
    assert "klanten" in at.success[0].value
    with reading(engine()) as session:
        assert len(frames.remarks(session=session)) >= 2
        assert frames.sessions(session=session)["date"].dt.date.tolist() == [dt.date(2026, 3, 3)]
    assert at.button(key="upload.to_themes")


def test_own_data_take_the_place_of_the_example(app: App) -> None:
    at = app(PAGE)
    assert translator("nl")("upload.example_goes") in texts(at)
    upload(at, "klanten.csv", CSV)
    at.button(key="upload.store").click().run()
    assert translator("nl")("upload.done_example") in at.success[0].value
    with reading(engine()) as session:
        assert frames.batches(session=session)["filename"].tolist() == ["klanten.csv"]


def test_undo_and_bring_back(app: App) -> None:
    at = upload(app(PAGE, example=False), "alleen-cijfers.csv", b"Rapportcijfer ICT;Rapportcijfer HR\n7;8\n6;5\n")
    at.button(key="upload.store").click().run()
    t, batch = translator("nl"), 1
    said = t("upload.done_scores", file="alleen-cijfers.csv", remarks=0, themes=0)
    assert at.success[0].value.replace("\\", "") == said
    at.button(key=f"upload.mark.{batch}").click().run()
    assert not at.success
    assert t("upload.undone_line", notes=t("upload.count_notes", n=0), remarks=t("upload.count_remarks", n=0)) in texts(
        at
    ).replace("\\", "")
    with reading(engine()) as session:
        assert frames.batches(session=session).set_index("batch_id")["undone_at"].notna()[batch]
    at.button(key=f"upload.mark.{batch}").click().run()
    with reading(engine()) as session:
        assert frames.batches(session=session)["undone_at"].isna().all()


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("leeg.csv", b"", "intake.error.empty"),
        ("kop.csv", b"naam;opmerking\n", "intake.error.header_only"),
        ("plaatje.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
        ("stuk.xlsx", b"PK\x03\x04" + bytes(100), ""),
    ],
)
def test_a_refusal_names_the_file_and_the_page_goes_on(
    app: App, lang: Language, name: str, data: bytes, key: str
) -> None:
    at = upload(app(PAGE, lang=lang, example=False), name, data)
    assert len(at.error) == 1
    said = at.error[0].value.replace("\\", "")
    assert name in said
    if key:
        assert said == " ".join(translator(lang)(key, file=name, row=1).split())
    at = upload(at, "klanten.csv", CSV)
    assert not at.error and at.metric


def test_a_file_over_the_limit_is_refused_in_the_readers_language(
    app: App, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLANTPANEL_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    at = upload(app(PAGE, lang=lang, example=False), "groot.csv", b"opmerking\n" + b"te veel \n" * 200_000)
    assert "groot.csv" in at.error[0].value.replace("\\", "")


def test_the_same_file_twice_is_refused(app: App) -> None:
    at = upload(app(PAGE, example=False), "klanten.csv", CSV)
    at.button(key="upload.store").click().run()
    at = upload(at, "klanten.csv", CSV)
    assert "klanten" in at.error[0].value
    assert not at.metric


def test_without_a_text_column_a_person_can_point_one_out(app: App) -> None:
    at = upload(app(PAGE, example=False), "codes.csv", b"nr;cat\n1;duur\n2;traag\n3;duur\n4;goed\n5;traag\n")
    assert "codes" in at.error[0].value
    edit(at, "cat", role="text")
    assert not at.error
    assert at.metric[0].value == "5"


def test_a_corrected_scale_is_stored(app: App) -> None:
    at = upload(app(PAGE, example=False), "klanten.csv", CSV)
    edit(at, "Rapportcijfer ICT", scale="1|10|low", area="hr")
    at.button(key="upload.store").click().run()
    with reading(engine()) as session:
        scores = frames.scores(session=session)
    assert set(scores["area"]) == {"hr"}
    assert scores.set_index("raw")["grade"]["8"] == 3


def test_a_scale_of_which_nothing_tells_the_best_end_is_asked_in_one_click(app: App, lang: Language) -> None:
    at = upload(
        app(PAGE, lang=lang, example=False), "vragen.csv", b"ICT;Waarom?\n1;De kast staat scheef\n4;Het bureau\n"
    )
    at.button(key="upload.store").click().run()
    assert at.error[0].value.replace("\\", "") == translator(lang)("upload.error.direction", columns="ICT")
    at.segmented_control(key=f"upload.direction.{at.session_state['upload.read'][0]}.1.5").set_value("low").run()
    at.button(key="upload.store").click().run()
    assert not at.error and not at.exception
    with reading(engine()) as session:
        assert frames.scores(session=session).set_index("raw")["grade"]["1"] == 10


def test_grades_that_are_never_above_five_are_asked_about_in_one_click(app: App, lang: Language) -> None:
    rows = "".join(f"De kast in zaal {n} staat scheef;{grade}\n" for n, grade in enumerate((4, 2, 5, 3, 1, 4)))
    at = upload(app(PAGE, lang=lang, example=False), "vragen.csv", f"Wat kan beter?;Cijfer\n{rows}".encode())
    assert translator(lang)("upload.unsure") in texts(at)
    at.button(key="upload.store").click().run()
    assert at.error[0].value.replace("\\", "") == translator(lang)("upload.error.ends", columns="Cijfer")
    at.segmented_control(key=f"upload.ends.{at.session_state['upload.read'][0]}").set_value(5).run()
    at.button(key="upload.store").click().run()
    assert not at.error and not at.exception
    with reading(engine()) as session:
        assert frames.scores(session=session).set_index("raw")["grade"]["5"] == 10


def test_one_is_no_plural(app: App, lang: Language) -> None:
    t = translator(lang)
    at = upload(app(PAGE, lang=lang, example=False), "een.csv", b"Wat kan beter?;Cijfer\nDe kast staat scheef;7\n")
    at.button(key="upload.store").click().run()
    assert t("upload.count_remarks", n=1) in at.success[0].value
    assert f"{t('upload.count_notes', n=1)} (" in texts(at).replace("\\", "")


def test_pasted_notes_become_remarks(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, example=False)
    at.segmented_control(key="upload.way").set_value("text").run()
    said = "- De kantine is te duur\n- Parkeren lukt nooit na negen uur\n- Actie: Rob Jansen belt de garage\n"
    at.text_area(key="upload.paste.0").input(said).run()
    assert not at.exception
    assert at.metric[0].value == "2"
    assert r"\[naam\] belt de garage" in texts(look(at, "dropped"))
    at.button(key="upload.store").click().run()
    assert translator(lang)("upload.pasted_name") in at.success[0].value


def test_user_text_stays_inert(app: App) -> None:
    name = "<img src=x onerror=alert(1)>.csv"
    at = upload(app(PAGE, example=False), name, CSV)
    at.button(key="upload.store").click().run()
    kinds = (at.success, at.markdown, at.caption)
    assert not any(re.search(r"(?<!\\)<img", str(element.value)) for kind in kinds for element in kind)


def test_a_viewer_does_not_come_in(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedback.access.identity import User

    monkeypatch.setattr("feedback.ui.page.user_without_sign_in", lambda: User("v", "viewer"))
    at = app(example=False)
    with pytest.raises(Exception, match="upload"):
        at.switch_page(PAGE).run()


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.csv", data)
    return made.getvalue()


def test_files_of_a_zip_come_one_after_the_other(app: App, lang: Language) -> None:
    t = translator(lang)
    second = CSV.replace(b"Haven", b"Sluis")
    at = upload(app(PAGE, lang=lang, example=False), "alles.zip", zipped(een=CSV, leeg=b"", twee=second))
    assert "een" in texts(at) and t("upload.queue_last") not in texts(at)
    at.button(key="upload.store").click().run()
    assert not at.exception
    assert t("upload.queue_last") in texts(at)
    assert "leeg" in at.error[0].value
    at.button(key="upload.store").click().run()
    assert not at.exception and not at.metric
    with reading(engine()) as session:
        assert sorted(frames.batches(session=session)["filename"]) == ["een.csv", "twee.csv"]


def test_a_file_of_several_can_be_skipped(app: App) -> None:
    at = upload(app(PAGE, example=False), "alles.zip", zipped(een=CSV, twee=CSV.replace(b"Haven", b"Sluis")))
    at.button(key="upload.skip").click().run()
    at.button(key="upload.store").click().run()
    with reading(engine()) as session:
        assert frames.batches(session=session)["filename"].tolist() == ["twee.csv"]


def test_columns_that_were_corrected_are_remembered_for_the_next_file(app: App) -> None:
    at = upload(app(PAGE, example=False), "klanten.csv", CSV)
    edit(at, "Rapportcijfer ICT", scale="1|10|low", area="hr")
    at.button(key="upload.store").click().run()
    at = upload(at, "meer.csv", CSV.replace(b"Haven", b"Sluis"))
    at.button(key="upload.store").click().run()
    with reading(engine()) as session:
        scores = frames.scores(session=session)
    assert set(scores["area"]) == {"hr"}
    assert set(scores[scores["raw"] == "8"]["grade"]) == {3}


def test_what_a_file_calls_a_service_is_shown_corrected_and_remembered(app: App, lang: Language) -> None:
    rows = [f"P{n};{('Geldzaken', 'ICT')[n % 2]};Dit duurde de {n}e keer te lang\n" for n in range(8)]
    file = "Naam;Over welke dienst gaat het?;Wat kan beter?\n" + "".join(rows)
    at = upload(app(PAGE, lang=lang, example=False), "een.csv", file.encode())

    def services() -> pd.DataFrame:
        return next(frame.value for frame in at.dataframe if "area" in frame.value and "times" in frame.value)

    assert dict(zip(services()["name"], services()["area"], strict=True)) == {"Geldzaken": "-", "ICT": "ict"}
    widget = next(frame.key for frame in at.dataframe if "area" in frame.value and "times" in frame.value)
    at.session_state[widget] = {"edited_rows": {0: {"area": "financien"}}, "added_rows": [], "deleted_rows": []}
    at.run()
    assert services()["area"].tolist() == ["financien", "ict"]
    at.button(key="upload.store").click().run()
    with reading(engine()) as session:
        stored = frames.remarks(session=session)
    assert stored.groupby("area").size().to_dict() == {"financien": 4, "ict": 4}
    at = upload(at, "twee.csv", file.replace("keer", "maal").encode())
    assert services()["area"].tolist() == ["financien", "ict"]


ROWS = [f"P{n};Kade;De {what} is hier veel te druk op dinsdag;{5 + n % 4};03-03-2026\n" for n, what in enumerate(
    ("kantine", "garage", "lift", "balie", "hal", "trap", "zaal", "gang"))]  # fmt: skip
HEADER = "Naam;Afdeling;Wat vindt u van onze dienst?;Rapportcijfer ICT;Datum\n"


def test_a_later_version_adds_what_is_new_and_says_so(app: App, lang: Language) -> None:
    t = translator(lang)
    at = upload(app(PAGE, lang=lang, example=False), "maart.csv", (HEADER + "".join(ROWS)).encode())
    at.button(key="upload.store").click().run()
    later = [ROWS[0].replace("druk", "stil"), *ROWS[1:], "P9;Kade;De poort piept al weken heel hard;4;03-03-2026\n"]
    at = upload(at, "april.csv", (HEADER + "".join(later)).encode())
    said = t("upload.again", file="maart.csv", added=1, changed=1, same=7)
    assert at.info[0].value.replace("\\", "") == said
    look(at, "changed")
    assert ":red[~~druk~~] op dinsdag" in texts(at) and ":green[**stil**] op dinsdag" in texts(at)
    at.button(key="upload.store").click().run()
    assert not at.exception
    with reading(engine()) as session:
        assert len(frames.scores(session=session)) == 9
        assert len(frames.batches(session=session)) == 2


def test_bad_rows_can_be_taken_away_and_come_back_mended(app: App) -> None:
    at = look(upload(app(PAGE, example=False), "klanten.csv", CSV), "dropped")
    assert translator("nl")("upload.bad_rows") in texts(at)
    from feedback.ui.upload_lists import rejected

    prepared = at.session_state["upload.held"][1]
    page = type("Page", (), {"t": staticmethod(translator("nl"))})()
    bad = rejected(page, prepared)
    assert bad["Naam"].tolist() == ["P4"] and "13" in bad["Klantpanel: reden"][0]
    at.button(key="upload.cancel").click().run()
    at = upload(at, "klanten2.csv", bad.assign(**{"Rapportcijfer ICT": "3"}).to_csv(index=False).encode())
    assert [column.name for column in at.session_state["upload.held"][1].taken.mapping.columns] == HEADER.strip().split(
        ";"
    )
