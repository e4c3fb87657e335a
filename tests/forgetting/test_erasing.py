"""One person's contributions are erased, with every copy that the product's own acts made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as find

from feedback import pipeline
from feedback.areas import curation as areas
from feedback.forgetting import contributions, erasing, hiding
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.panel import forgotten
from feedback.replies import acts as replies
from feedback.replies.states import Subject
from feedback.savings import ideas, linking
from feedback.savings import undoing as ideas_undoing
from feedback.settings import settings
from feedback.store import audit, frames
from feedback.store.backup import backup, restore
from feedback.store.engine import reading, writing
from feedback.store.scrub import scrub
from feedback.store.tables import Audit, Forgotten, Member, Note, Remark, SavingsIdea, Theme
from feedback.themes import curation, entries

KEY = "the key of the tests"
# No dictionary knows the words; what stands around them is usual.
TELLTALE = "zwoebelgrijs"
OTHER = "kwispelvaar"
HEAD = "Naam;Organisatie;Wat vindt u van onze dienst?;Rapportcijfer\n"
THEIRS = (
    f"Sanne Puk;Gemeente Elzen;Het {TELLTALE} loket op de derde verdieping is alweer dicht. "
    f"Stop met de {TELLTALE} folder, dat bespaart 4000 euro per jaar;3\n"
)
REST = (
    "Bo Riet;Waterschap Drielanden;De servicedesk neemt vlot op en lost het meteen op;8\n"
    "Cas Wilg;Waterschap Drielanden;Inloggen duurt elke ochtend een kwartier;5\n"
    f"Dien Els;Hogeschool Berkum;De {OTHER} printer op de gang is traag en laat papier vallen;4\n"
)


def bring_in(engine: Engine, text: str, name: str = "panel.csv", **options: Any) -> pipeline.Stored:
    where = pipeline.Destination(name="Voorjaarspanel", kind=options.pop("kind", "session"))
    return pipeline.import_file(name, text.encode(), where, engine=engine, actor="test", **options)[1]


def everything(engine: Engine) -> str:
    """Every value of every column of every table."""
    with engine.connect() as connection:
        rows = [str(row) for table in SQLModel.metadata.sorted_tables for row in connection.execute(select(table))]
    return "\n".join(rows).casefold()


def on_disk(engine: Engine) -> bytes:
    path = Path(str(engine.url.database))
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*"))).lower()


def remark_with(word: str, session: Session) -> int:
    return find_one(session, find(Remark.id).where(col(Remark.text).contains(word)).order_by(col(Remark.id)))


def find_one(session: Session, statement: Any) -> int:
    return int(session.exec(statement).first())


def spread(engine: Engine) -> None:
    """Bring the telltale word wherever the product's own acts bring it, undo of acts and later versions of the file included."""
    bring_in(engine, HEAD + THEIRS + REST)
    with writing(engine) as session:
        said = session.exec(find(Remark).where(col(Remark.text).contains(TELLTALE)).order_by(col(Remark.id))).all()
        first, saving = (int(row.id or 0) for row in (said[0], said[-1]))
        text = said[0].text
        themes = [int(one or 0) for one in session.exec(find(Theme.id).where(Theme.status == "dormant").limit(3))]
        by = {"session": session, "actor": "test"}
        curation.move([first], themes[0], **by)
        undone = curation.move([first], themes[1], **by)
        curation.undo(undone, **by)
        renamed = curation.rename(themes[0], f"Het {TELLTALE} loket", **by)
        curation.describe(themes[0], f"Klanten zeggen: {text}", **by)
        curation.undo(renamed or 0, **by)
        entries.edit(themes[1], {"keywords": [TELLTALE, "balie"], "examples": [text, "De balie is dicht"]}, **by)
        made = curation.create(f"{TELLTALE} en meer", description=text, **by)
        curation.split(themes[0], [first], f"Over {TELLTALE}", **by)
        curation.merge(made, themes[2], **by)
        correction = areas.correct([first], "ict", **by)
        areas.undo_correct(correction or 0, **by)
        idea = find_one(session, find(SavingsIdea.id).where(col(SavingsIdea.title).contains(TELLTALE)))
        ideas.edit(idea, {"description": f"Uit de zaal: {text}"}, 1, **by)
        own = ideas.add(f"Geen {TELLTALE} folder meer", remark_ids=[saving], **by)
        ideas.edit(own, {"title": "Minder folders"}, 1, **by)
        ideas_undoing.undo(own, **by)
        linking.merge(idea, own, **by)
        answer = {"kind": "change", "owner": "Team balie", "seen": None, **by}
        due = session.exec(find(Note.said_on)).first()
        replies.answer(Subject("theme", themes[1]), **answer, text=f"U zei: {text}", due_on=due or next_month())
    # A later version of the file: the row says something else now, and what it said is kept for undo.
    later = THEIRS.replace("alweer dicht", "nog steeds dicht")
    bring_in(engine, HEAD + later + REST, "panel-2.csv", whole=False)
    away = bring_in(engine, HEAD + THEIRS, "alleen.csv")
    with writing(engine) as session:
        batches.undo(away.batch_id, session=session, actor="test")


def next_month() -> Any:
    import datetime as dt

    return dt.date.today() + dt.timedelta(days=30)


def undo_all(panel: Engine) -> None:
    """Undo every act that can be undone, and undo or redo every file."""
    with reading(panel) as session:
        events = [
            (int(row["event_id"]), row["undone_at"]) for _, row in frames.theme_events(session=session).iterrows()
        ]
        ideas_there = session.exec(find(SavingsIdea.id)).all()
        stored = frames.batches(session=session)
    done = 0
    for event, undone_at in events:
        if undone_at is None or undone_at != undone_at:
            try:
                with writing(panel) as session:
                    curation.undo(event, session=session, actor="test")
                done += 1
            except UserError:
                continue
    for idea in [*ideas_there, *ideas_there]:
        try:
            with writing(panel) as session:
                ideas_undoing.undo(idea or 0, session=session, actor="test")
            done += 1
        except UserError:
            continue
    for batch, undone in zip(stored["batch_id"], stored["undone_at"].notna(), strict=True):
        with writing(panel) as session:
            (batches.redo if undone else batches.undo)(int(batch), session=session, actor="test")
    assert done > 3


def forget(engine: Engine, called: str = "sanne puk") -> erasing.Counts:
    with writing(engine) as session:
        (subject,) = contributions.find(called, key=KEY, session=session)
        counts = erasing.erase(subject, key=KEY, session=session, actor="coordinator")
    assert scrub(engine)
    return counts


@pytest.fixture
def panel(fresh_db: Engine) -> Iterator[Engine]:
    assert settings().hash_key == KEY
    spread(fresh_db)
    assert everything(fresh_db).count(TELLTALE) > 20
    yield fresh_db


def test_nothing_is_left_and_undoing_brings_nothing_back(panel: Engine, tmp_path: Path) -> None:
    with reading(panel) as session:
        before = audit.version(session=session)
        (subject,) = contributions.find("Sanne  PUK", key=KEY, session=session)
        looked = erasing.look(subject, session=session)
    counts = forget(panel)
    assert counts == looked.counts and counts.notes == 3 and counts.scores == 2 and counts.copies > 10
    assert looked.sessions == ("Voorjaarspanel",)
    assert TELLTALE not in everything(panel)
    assert "sanne" not in everything(panel) and "alweer dicht" not in everything(panel)
    if panel.dialect.name == "sqlite":
        assert TELLTALE.encode() not in on_disk(panel)
    backup(panel, tmp_path / "after.backup")
    assert TELLTALE.encode() not in (tmp_path / "after.backup").read_bytes().lower()
    with reading(panel) as session:
        assert audit.version(session=session) != before
        rows = session.exec(
            find(Note.text, Note.member_id, Note.organisation_id).where(col(Note.erased_at).is_not(None))
        )
        assert rows.all() == [("", None, None)] * 3
        assert len(session.exec(find(Member)).all()) == 3
        last = session.exec(find(Audit).order_by(col(Audit.id).desc())).first()
        assert last is not None and (last.act, last.actor, last.entity_id) == ("erase person", "coordinator", None)
        assert last.after == {"notes": 3, "remarks": counts.remarks, "scores": 2, "copies": counts.copies}
        # What others said is untouched, and quotes that are not of this person too.
        assert OTHER in everything(panel) and "de balie is dicht" in everything(panel)
        assert len(frames.remarks(session=session)) >= 3
    undo_all(panel)
    assert TELLTALE not in everything(panel)


def test_neither_a_backup_nor_a_later_file_brings_a_person_back_until_they_are_admitted(
    sqlite_db: Engine, tmp_path: Path
) -> None:
    file = HEAD + THEIRS + REST
    first = bring_in(sqlite_db, file)
    backup(sqlite_db, tmp_path / "before.backup")
    forget(sqlite_db)
    # An older backup knows them still; who restores it forgets them again.
    restore(sqlite_db, tmp_path / "before.backup")
    with writing(sqlite_db) as session:
        assert erasing.erase_again(key=KEY, session=session, actor="test") == 1
    assert TELLTALE not in everything(sqlite_db)
    with writing(sqlite_db) as session:
        batches.undo(first.batch_id, session=session, actor="test")
    again = pipeline.prepare("panel.csv", file.encode(), engine=sqlite_db)
    assert len(again.notes) == 3 and TELLTALE not in " ".join(again.notes["text"])
    told = [(one.reason, one.values) for one in again.taken.dropped if one.reason.startswith("pipeline")]
    assert told == [("pipeline.dropped.forgotten", {"n": 1})]
    # Read before they were forgotten, stored after: left out as well.
    with writing(sqlite_db) as session:
        marks = session.exec(find(Forgotten)).all()
        assert sorted(one.kind for one in marks) == ["alias", "person"] and "sanne" not in str(marks)
        names = contributions.pseudonyms("Sanne Puk", key=KEY, session=session)
        assert forgotten.admit(names, key=KEY, session=session, actor="test")
    seen = pipeline.prepare("panel.csv", file.encode(), engine=sqlite_db)
    assert len(seen.notes) == 4 and OTHER in " ".join(seen.notes["text"])
    with writing(sqlite_db) as session:
        forgotten.remember(people=names, key=KEY, session=session)
        hiding.hide(OTHER, key=KEY, session=session, actor="test")
    stored = pipeline.store(seen, pipeline.Destination(name="Weer"), engine=sqlite_db, actor="test")
    assert stored.notes == 3 and TELLTALE not in everything(sqlite_db) and OTHER not in everything(sqlite_db)
    later = pipeline.prepare("later.csv", (HEAD + REST).encode(), engine=sqlite_db, whole=True)
    assert "De [verborgen] printer" in " ".join(later.notes["text"])


def test_somebody_without_a_name_is_forgotten_by_row_and_a_number_by_its_survey(sqlite_db: Engine) -> None:
    head = "Respondentnummer;Wat vindt u van onze dienst?\n"
    rows = f"R1;Het {TELLTALE} loket is alweer een hele week dicht\nR2;{REST.split(';')[2]}\n"
    bring_in(sqlite_db, head + rows, "wave-1.csv", kind="survey")
    bring_in(sqlite_db, head + rows.replace("hele", "halve"), "wave-2.csv", kind="survey")
    with writing(sqlite_db) as session:
        both = contributions.find("r1", key=KEY, session=session)
        assert len(both) == 2  # R1 of one wave is somebody else in the next
        erasing.erase(both[0], key=KEY, session=session, actor="test")
        assert dict(frames.batches(session=session)[["filename", "notes"]].to_numpy()) == {
            "wave-1.csv": 1,
            "wave-2.csv": 2,
        }
        left = session.exec(find(Note.text).where(col(Note.text).contains(TELLTALE))).all()
        assert left == [f"Het {TELLTALE} loket is alweer een halve week dicht"]
    # A row added to the file of the first wave, and R1 as it was.
    later = pipeline.prepare(
        "wave-1b.csv", (head + rows + "R3;De kantine sluit te vroeg voor de avonddienst\n").encode(), engine=sqlite_db
    )
    assert list(later.notes["text"]) == ["De kantine sluit te vroeg voor de avonddienst"]
    bring_in(sqlite_db, f"Opmerking;Cijfer\n{TELLTALE} is van niemand die wij kennen;4\n", "los.csv", kind="survey")
    with writing(sqlite_db) as session:
        one = contributions.of_remark(remark_with("niemand", session), session=session)
        assert one.row is not None
        counts = erasing.erase(one, key=KEY, session=session, actor="test")
        assert (counts.notes, counts.scores) == (1, 1)
        with pytest.raises(UserError):
            erasing.erase(one, key=KEY, session=session, actor="test")


def test_a_word_is_hidden_everywhere_or_in_one_remark_only(sqlite_db: Engine) -> None:
    rows = f"Ik heb {TELLTALE} gebeld over mijn laptop\nDank aan roos van de balie en {TELLTALE} voor hun hulp\nEen roos voor het team\n"
    bring_in(sqlite_db, f"Opmerking;Cijfer\n{rows.replace(chr(10), ';5' + chr(10))}", kind="survey")
    with writing(sqlite_db) as session:
        by = {"session": session, "actor": "test"}
        first, theme = remark_with("gebeld", session), find_one(session, find(Theme.id))
        ships = session.exec(find(Theme.key, Theme.name_nl, Theme.keywords).where(Theme.id != theme)).all()
        curation.move([first], theme, **by)
        curation.rename(theme, f"Over {TELLTALE.upper()}, en Roos", **by)
        rose = remark_with("balie", session)
        counts = hiding.hide("roos", rose, key=KEY, session=session, actor="test")
        assert (counts.remarks, counts.copies) == (1, 0)  # the rose of somebody else, and the theme, keep their word
        assert session.exec(find(Remark.text).where(col(Remark.text).contains("roos"))).all() == [
            "Een roos voor het team"
        ]
        with pytest.raises(UserError):
            hiding.look("naam", session=session)
        with pytest.raises(UserError):
            hiding.look("staat nergens", session=session)
        assert hiding.hide(TELLTALE, first, key=KEY, session=session, actor="test").remarks == 1
        assert hiding.hide(TELLTALE, key=KEY, session=session, actor="test").remarks == 1
        assert session.exec(find(Theme.name_nl).where(Theme.id == theme)).one() == "Over [verborgen], en Roos"
        hiding.hide("laptop", key=KEY, session=session, actor="test")
        # What ships is nobody's: the next file is placed on it as before.
        assert "laptop" in str(ships)
        assert session.exec(find(Theme.key, Theme.name_nl, Theme.keywords).where(Theme.id != theme)).all() == ships
    assert TELLTALE not in everything(sqlite_db)
    assert scrub(sqlite_db) and TELLTALE.encode() not in on_disk(sqlite_db)
    with reading(sqlite_db) as session:
        assert frames.batches(session=session)["masked"].iloc[0]["verborgen"] == 4


def test_what_others_said_too_stays_theirs(sqlite_db: Engine) -> None:
    same = "De printer op de derde verdieping is kapot"
    bring_in(sqlite_db, f"{HEAD}Sanne Puk;Gemeente Elzen;{same};3\nBo Riet;Gemeente Elzen;{same} zegt iedereen;4\n")
    with writing(sqlite_db) as session:
        theme = find_one(session, find(Theme.id))
        curation.describe(theme, f"Men zegt: {same}", session=session, actor="test")
    forget(sqlite_db)
    with reading(sqlite_db) as session:
        assert session.exec(find(Theme.description_nl).where(Theme.id == theme)).one() == f"Men zegt: {same}"
        assert list(frames.remarks(session=session)["text"]) == [f"{same} zegt iedereen"]
