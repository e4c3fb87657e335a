"""A person is found by whatever a file calls them: name, e-mail address or number, and in files that use another of these."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from feedback import pipeline
from feedback.forgetting import contributions, erasing
from feedback.panel import forgotten
from feedback.store.backup import backup, restore
from feedback.store.engine import reading, writing
from feedback.store.tables import Forgotten, Member, MemberAlias, Note

KEY = "the key of the tests"
FORMS = (
    "E-mail;Naam;Personeelsnummer;Wat vindt u van onze dienst?;Cijfer\n"
    "jan@elzen.nl;Jan de Vries;AB-1001;Het loket op de derde is alweer dicht zonder bericht;3\n"
    "bo@berkum.nl;Bo Riet;AB-1002;De servicedesk neemt vlot op en lost het meteen op;8\n"
    "cas@berkum.nl;Cas Wilg;AB-1003;Inloggen duurt elke ochtend een kwartier of langer;5\n"
)
PANEL = (
    "Naam;Wat wilt u kwijt?;Cijfer\n"
    "Jan de Vries;De parkeergarage is iedere maandag al vroeg vol;4\nDien Els;De kantine sluit veel te vroeg op vrijdag;6\n"
)


def bring_in(engine: Engine, text: str, name: str) -> None:
    where = pipeline.Destination(name=name, kind="survey")
    pipeline.import_file(name, text.encode(), where, engine=engine, actor="test")


def texts(session: Session) -> str:
    return " ".join(session.exec(select(Note.text)).all())


def test_a_name_finds_who_came_in_by_address_and_so_does_a_number(sqlite_db: Engine) -> None:
    bring_in(sqlite_db, FORMS, "forms.csv")
    bring_in(sqlite_db, PANEL, "panel.csv")
    with writing(sqlite_db) as session:
        by = [contributions.find(one, key=KEY, session=session) for one in ("jan de vries", "jan@elzen.nl", "AB-1001")]
        assert len({found.members for one in by for found in one}) == 1 and len(by[0][0].members) == 2
        assert len(contributions.find("Bo Riet", key=KEY, session=session)) == 1
        look = erasing.look(by[0][0], session=session)
        assert [text.split()[1] for _, _, text in look.first] == ["loket", "parkeergarage"]
        assert look.sessions == ("forms.csv", "panel.csv")
        counts = erasing.erase(by[0][0], key=KEY, session=session, actor="test")
        assert (counts.notes, counts.scores) == (2, 2)
        assert "loket" not in texts(session) and "parkeergarage" not in texts(session) and "kantine" in texts(session)
        left = set(session.exec(select(Member.id)).all())
        assert len(left) == 3 and set(session.exec(select(MemberAlias.member_id)).all()) < left


def test_nothing_that_a_file_calls_people_is_stored_readably(sqlite_db: Engine) -> None:
    bring_in(sqlite_db, FORMS, "forms.csv")
    with reading(sqlite_db) as session:
        kept = session.exec(select(MemberAlias)).all()
        assert len(kept) == 6 and all(len(one.code) == 24 and int(one.code, 16) for one in kept)


def test_aliases_survive_a_backup_and_whoever_was_erased_does_not(sqlite_db: Engine, tmp_path: Path) -> None:
    bring_in(sqlite_db, FORMS, "forms.csv")
    backup(sqlite_db, tmp_path / "before.backup")
    with writing(sqlite_db) as session:
        (subject,) = contributions.find("Jan de Vries", key=KEY, session=session)
        erasing.erase(subject, key=KEY, session=session, actor="test")
    restore(sqlite_db, tmp_path / "before.backup")
    with writing(sqlite_db) as session:
        assert contributions.find("Jan de Vries", key=KEY, session=session)
        assert erasing.erase_again(key=KEY, session=session, actor="test") == 1
        assert not contributions.find("Jan de Vries", key=KEY, session=session)
        assert contributions.find("Cas Wilg", key=KEY, session=session)


def test_a_later_file_by_another_key_leaves_out_who_was_erased_until_they_are_admitted(sqlite_db: Engine) -> None:
    bring_in(sqlite_db, FORMS, "forms.csv")
    with writing(sqlite_db) as session:
        (subject,) = contributions.find("jan@elzen.nl", key=KEY, session=session)
        erasing.erase(subject, key=KEY, session=session, actor="test")
    moved = FORMS.replace("jan@elzen.nl", "j.devries@werk.nl").replace("loket", "kantoor").replace("AB-", "ZZ-")
    for file in (PANEL, moved):
        read = pipeline.prepare("later.csv", file.encode(), engine=sqlite_db, whole=True)
        assert not set(read.notes["text"].str.split().str[1]) & {"kantoor", "parkeergarage"} and len(read.notes)
    with writing(sqlite_db) as session:
        names = contributions.pseudonyms("Jan de Vries", key=KEY, session=session)
        assert forgotten.admit(names, key=KEY, session=session, actor="test")
        # The address goes off the list with the name; what was said stays on it.
        assert {one.kind for one in session.exec(select(Forgotten)).all()} == {"text"}


def test_two_people_of_one_name_are_told_apart_and_neither_goes_with_the_other(sqlite_db: Engine) -> None:
    bring_in(sqlite_db, FORMS.replace("Bo Riet", "Jan de Vries"), "forms.csv")
    with writing(sqlite_db) as session:
        both = contributions.find("Jan de Vries", key=KEY, session=session)
        assert [len(one.members) for one in both] == [1, 1]
        (one,) = contributions.find("jan@elzen.nl", key=KEY, session=session)
        erasing.erase(one, key=KEY, session=session, actor="test")
        assert "servicedesk" in texts(session)
    later = FORMS.replace("Bo Riet", "Jan de Vries").replace("vlot", "snel")
    read = pipeline.prepare("later.csv", later.encode(), engine=sqlite_db, whole=True)
    assert any("snel" in text for text in read.notes["text"]) and not any(
        "loket" in text for text in read.notes["text"]
    )


def test_first_and_last_name_are_one_name_and_what_many_share_is_nobodys(sqlite_db: Engine) -> None:
    head = "E-mail;Achternaam;Voornaam;Tussenvoegsel;Contactpersoon;Wat vindt u van onze dienst?\n"
    rows = "".join(
        f"{first}@elzen.nl;{last};{first};{between};Piet Baas;{text}\n"
        for first, between, last, text in (
            ("jan", "de", "Vries", "Het loket op de derde is alweer dicht"),
            ("bo", "", "Riet", "De servicedesk neemt vlot op en helpt"),
            ("cas", "", "Wilg", "Inloggen duurt elke ochtend een kwartier"),
        )
    )
    bring_in(sqlite_db, head + rows, "forms.csv")
    with reading(sqlite_db) as session:
        assert len(contributions.find("Jan de Vries", key=KEY, session=session)) == 1
        assert contributions.find("Piet Baas", key=KEY, session=session) == []
        assert contributions.find("jan", key=KEY, session=session) == []


def test_files_that_know_people_one_way_are_named(sqlite_db: Engine) -> None:
    bring_in(sqlite_db, FORMS, "forms.csv")
    bring_in(
        sqlite_db,
        "E-mail;Wat kan beter?\na@b.nl;De lift staat te vaak stil\nc@d.nl;Het is koud in de zaal\n",
        "mail.csv",
    )
    with reading(sqlite_db) as session:
        assert contributions.known_one_way(session=session) == [("mail.csv", "E-mail")]
