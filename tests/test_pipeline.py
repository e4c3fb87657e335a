"""The main job from file to themes, on both databases; killed at any moment it leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import SQLModel

from feedback import demo, pipeline
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.store import audit, example, frames, savings_frames
from feedback.store.engine import make_engine, reading, writing
from feedback.store.tables import Theme
from feedback.themes import curation

CSV = """naam;organisatie;functie;Wat kan beter?;Cijfer ICT;Cijfer HR
Anna de Wit;Gemeente Elzen;medewerker;Het inloggen duurt 's ochtends een kwartier, ik zit dan naar een zandloper te kijken.;4;7
Bram Kok;Gemeente Elzen;teamleider;Mijn salarisstrook is niet te begrijpen. Bel me op 06-12345678.;7;3,5
Carla Smit;Waterschap Zuid;directeur;Laat ons kantoorartikelen gewoon zelf bestellen, dat scheelt 5.000 euro per jaar.;6;8
Daan Vos;Waterschap Zuid;medewerker;geen;8;8
Els Bos;Waterschap Zuid;medewerker;De servicedesk was vriendelijk maar het duurde drie weken voor mijn laptop er was.;;6
"""
WHERE = pipeline.Destination(name="Panel maart", kind="session", held_on=dt.date(2026, 3, 17))


def load(
    engine: Engine, text: str = CSV, name: str = "panel.csv", where: pipeline.Destination = WHERE
) -> pipeline.Stored:
    return pipeline.import_file(name, text.encode(), where, engine=engine, actor="test")[1]


def row_counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in SQLModel.metadata.tables.items()
        }


def test_a_file_becomes_remarks_with_themes_areas_and_grades(fresh_db: Engine) -> None:
    stored = load(fresh_db)
    with reading(fresh_db) as session:
        remarks, scores = frames.remarks(session=session), frames.scores(session=session)
    assert stored.notes == 5
    assert len(remarks) == stored.remarks >= 5
    assert remarks["person"].nunique() == 4
    assert set(remarks["level"]) == {"operationeel", "tactisch", "strategisch"}
    assert remarks.set_index("row").loc[2, "area"] == "ict"
    assert len(scores) == 9
    assert set(scores["area"]) == {"ict", "hr"}
    assert remarks["strength"].between(0, 1).all()
    assert remarks.loc[remarks["is_saving"], "saving_eur"].tolist() == [5000.0]


def test_only_masked_text_is_stored(fresh_db: Engine) -> None:
    load(fresh_db)
    with fresh_db.connect() as connection:
        for table in SQLModel.metadata.tables.values():
            everything = str(connection.execute(select(table)).all())
            assert "06-12345678" not in everything
            assert "Anna de Wit" not in everything


def test_remarks_wake_the_themes_they_meet(fresh_db: Engine) -> None:
    load(fresh_db)
    with reading(fresh_db) as session:
        remarks, themes = frames.remarks(session=session), frames.themes(session=session)
    met = themes[themes["theme_id"].isin(remarks["theme_id"])]
    assert set(met["status"]) == {"proposed"}
    assert set(themes[~themes["theme_id"].isin(met["theme_id"])]["status"]) == {"dormant"}


def test_the_same_file_is_never_doubled(fresh_db: Engine) -> None:
    load(fresh_db)
    before = row_counts(fresh_db)
    with pytest.raises(UserError, match="already in session Panel maart"):
        load(fresh_db)
    assert row_counts(fresh_db) == before


def test_undo_hides_a_batch_and_redo_brings_it_back(fresh_db: Engine) -> None:
    stored = load(fresh_db)
    for act, expected in ((batches.undo, 0), (batches.redo, stored.remarks)):
        with writing(fresh_db) as session:
            act(stored.batch_id, session=session, actor="test")
        with reading(fresh_db) as session:
            assert len(frames.remarks(session=session)) == expected
            assert len(frames.scores(session=session)) == (9 if expected else 0)


def test_every_import_changes_the_version(fresh_db: Engine) -> None:
    with reading(fresh_db) as session:
        before = audit.version(session=session)
    load(fresh_db)
    with reading(fresh_db) as session:
        assert audit.version(session=session) != before


def test_numbers_of_respondents_are_people_of_their_own_survey_only(sqlite_db: Engine) -> None:
    text = "respondent;opmerking\nR1;De koffie is koud.\nR2;De printer doet het niet.\nR1;Het is te warm in de zaal.\n"
    for year in ("2025", "2026"):
        where = pipeline.Destination(name=f"Enquête {year}", kind="survey", held_on=dt.date(int(year), 9, 1))
        load(sqlite_db, text + f"R3;Alles goed in {year}.\n", f"enquete {year}.csv", where)
    with reading(sqlite_db) as session:
        assert frames.remarks(session=session)["person"].nunique() == 6


def test_two_imports_at_once_both_land(fresh_db: Engine) -> None:
    files = [(CSV.replace("kwartier", f"kwartier of {n}"), f"panel{n}.csv") for n in range(2)]
    with ThreadPoolExecutor(2) as pool:
        stored = list(pool.map(lambda file: load(fresh_db, *file), files))
    with reading(fresh_db) as session:
        remarks = frames.remarks(session=session)
        assert len(frames.organisations(session=session)) == 2
    assert len(remarks) == sum(part.remarks for part in stored)
    assert remarks["person"].nunique() == 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process to kill")
def test_killed_at_any_moment_nothing_is_half_stored(fresh_db: Engine) -> None:
    before = row_counts(fresh_db)
    url = fresh_db.url.render_as_string(False)
    for moment in ("new_batch", "add_notes", "add_scores", "log_import"):
        fresh_db.dispose()
        child = os.fork()
        if child == 0:
            act = getattr(batches, moment)

            def die(*args: object, act: Any = act, **kwargs: Any) -> None:
                act(*args, **kwargs)
                kwargs["session"].flush()
                os.kill(os.getpid(), signal.SIGKILL)

            setattr(batches, moment, die)
            try:
                load(make_engine(url))
            finally:
                os._exit(1)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL, moment
        assert row_counts(fresh_db) == before, moment
    assert load(fresh_db).remarks >= 5


def renamed_theme(engine: Engine) -> Any:
    """Rename a theme that the example met, of a service that the own file does not speak of; gives it as it was."""
    met = select(Theme.id, Theme.name_nl).where(Theme.status == "proposed", Theme.key.startswith("facilitair-"))  # type: ignore[arg-type, attr-defined]
    with reading(engine) as session:
        theme = session.connection().execute(met).first()
    assert theme is not None
    with writing(engine) as session:
        curation.rename(theme.id, "Even uitproberen", session=session, actor="test")
    return theme


def test_the_example_comes_whole_and_goes_whole(fresh_db: Engine) -> None:
    before = row_counts(fresh_db)
    demo.load(fresh_db, actor="test")
    with reading(fresh_db) as session:
        remarks = frames.remarks(session=session)
        assert list(frames.sessions(session=session)["own"]) == [False, False, False, False, True, False]
        assert len(frames.organisations(session=session)) == 5
        assert len(savings_frames.ideas(session=session)) >= 15
    assert len(remarks) >= 300
    theme = renamed_theme(fresh_db)
    with writing(fresh_db) as session:
        assert example.loaded(session=session)
        assert example.remove(session=session, actor="test")
    after = row_counts(fresh_db)
    assert {name: n for name, n in after.items() if name != "audit"} == {
        name: n for name, n in before.items() if name != "audit"
    }
    with reading(fresh_db) as session:
        assert set(frames.themes(session=session)["status"]) == {"dormant"}
        assert session.get_one(Theme, theme.id).name_nl == theme.name_nl


def test_example_and_own_data_never_mix(fresh_db: Engine) -> None:
    load(fresh_db)
    with pytest.raises(UserError, match="empty panel"):
        demo.load(fresh_db, actor="test")


def test_storing_ones_own_file_takes_the_example_away_and_gives_starter_themes_their_names_back(
    example_file: Path, tmp_path: Path
) -> None:
    engine = make_engine(f"sqlite:///{shutil.copyfile(example_file, tmp_path / 'panel.db').as_posix()}")
    theme = renamed_theme(engine)
    stored = load(engine)
    assert stored.removed_example
    with reading(engine) as session:
        assert len(frames.remarks(session=session)) == stored.remarks
        assert set(frames.organisations(session=session)["organisation"]) == {"Gemeente Elzen", "Waterschap Zuid"}
        kept = session.get(Theme, theme.id)
        assert kept is not None
        assert (kept.name_nl, kept.status) == (theme.name_nl, "dormant")
    engine.dispose()
