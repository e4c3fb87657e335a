"""What people said of remarks is carried over to remarks like them."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from feedback.store.engine import reading, writing
from feedback.store.tables import Batch, Note, PanelSession, Remark, Theme
from feedback.themes.codebook import Codebook
from feedback.themes.placing import NO_POOL, place
from feedback.themes.prototypes import Placer
from feedback.themes.stored import stored_codebook

BOOK = Codebook.load()
MOVED = ("Simkaarten die in de la liggen betalen we elke maand door.", "ict-licentiekosten")


def best(placer: Placer, text: str) -> str:
    return placer.keys[placer.fit_of([text]).values[0].argmax()]


@pytest.fixture(scope="module")
def taught() -> Placer:
    return Placer(Codebook(BOOK.entries, (MOVED,)))


def test_a_moved_remark_and_its_twin_go_where_a_person_put_it(taught: Placer) -> None:
    twin = "Er liggen simkaarten in de la die we elke maand betalen."
    for text in (MOVED[0], twin):
        assert best(Placer(BOOK), text) == "ict-mobiele-telefoon"
        assert best(taught, text) == "ict-licentiekosten"


def test_what_is_about_other_things_stays(taught: Placer) -> None:
    said = [
        "Mijn telefoon valt steeds uit.", "De koffie is koud.", "Elke maand te laat betaald.", "De la van mijn bureau klemt.",
        "", "!!",
    ]  # fmt: skip
    plain, now = Placer(BOOK).fit_of(said).values, taught.fit_of(said).values
    assert (plain.argmax(axis=1) == now.argmax(axis=1)).all()


def test_a_text_is_judged_alike_alone_and_in_company(taught: Placer) -> None:
    said = ["Simkaarten in tablets die niemand gebruikt.", "De koffie is koud.", MOVED[0]]
    together = taught.fit_of(said).values
    for at, text in enumerate(said):
        assert abs(together[at] - taught.fit_of([text]).values[0]).max() < 1e-5


def test_a_text_without_words_teaches_nothing() -> None:
    same = Placer(Codebook(BOOK.entries, (("!!", "facilitair-koffie"),)))
    assert (same.fit_of(["De vpn valt weg."]).values == Placer(BOOK).fit_of(["De vpn valt weg."]).values).all()


def _said(session: Session, text: str, placed_by: str, key: str, batch: Batch) -> Remark:
    note = Note(batch_id=batch.id, row=1, question="", text=text, language="nl", is_empty=False)
    session.add(note)
    session.flush()
    theme = session.exec(select(Theme).where(Theme.key == key)).one()
    remark = Remark(note_id=note.id, position=0, text=text, language="nl", theme_id=theme.id, placed_by=placed_by)
    session.add(remark)
    session.flush()
    return remark


def test_what_people_placed_and_counts_teaches(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        panel = PanelSession(name="Najaar", kind="survey", held_on=pd.Timestamp("2026-10-01").date())
        session.add(panel)
        session.flush()
        batches = [
            Batch(session_id=panel.id, filename="a", sha256=str(at), kind="table", created_by="t") for at in (1, 2)
        ]
        session.add_all(batches)
        session.flush()
        _said(session, "Door een mens geplaatst.", "person", "ict-licentiekosten", batches[0])
        _said(session, "Door de machine geplaatst.", "model", "ict-licentiekosten", batches[0])
        _said(session, "Van een teruggenomen bestand.", "person", "ict-licentiekosten", batches[1])
        batches[1].undone_at = pd.Timestamp("2026-10-02", tz="UTC").to_pydatetime()
        theme = session.exec(select(Theme).where(Theme.key == "ict-licentiekosten")).one()
        theme.examples = [*theme.examples, "Door een mens geplaatst."]
    with reading(fresh_db) as session:
        book = stored_codebook(session=session)
    assert book.taught == (("Door een mens geplaatst.", "ict-licentiekosten"),)
    assert "Door een mens geplaatst." not in book["ict-licentiekosten"].examples


def test_one_remark_wakes_the_entry_that_it_fits_rather_than_join_strangers() -> None:
    remarks = pd.DataFrame(
        {"text": ["De vpn viel vanochtend weer drie keer weg.", "De koffie is koud."], "area": "ict"}
    )
    placed, _ = place(
        remarks, book=BOOK, awake=frozenset({"facilitair-koffie", "inkoop-aanbesteding-traag"}), pool=NO_POOL
    )
    assert list(placed["theme"]) == ["ict-thuiswerken-vpn", "facilitair-koffie"]
