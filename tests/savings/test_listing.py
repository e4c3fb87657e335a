"""Ideas that were found: the ones with most evidence first, plain complaints last."""

from __future__ import annotations

import pandas as pd

from feedback.savings import listing

PROPOSAL = "Stop met kleurenprints, dat scheelt 5.000 euro per jaar."
COMPLAINT = "Een whiteboard ophangen duurde zeven weken en er kwamen drie verschillende mensen meten."


def found(*said: tuple[int, str, str], eur: float | None = None, status: str = "spotted") -> pd.DataFrame:
    """Ideas of (idea, words, sentiment)."""
    ids = sorted({idea_id for idea_id, _, _ in said})
    ideas = pd.DataFrame({"idea_id": ids, "status": status, "eur_low": eur, "eur_high": eur})
    evidence = pd.DataFrame({"idea_id": [one[0] for one in said], "remark_id": range(len(said))})
    remarks = pd.DataFrame(
        {
            "remark_id": range(len(said)),
            "text": [one[1] for one in said],
            "language": "nl",
            "sentiment": [one[2] for one in said],
        }
    )
    return listing.found(ideas, evidence, remarks).set_index("idea_id")


def test_a_complaint_that_hardly_reads_as_a_proposal_is_weak_and_comes_last() -> None:
    table = found((1, COMPLAINT, "neg"), (2, PROPOSAL, "neg"))
    assert list(table.index) == [2, 1]
    assert dict(table["weak"]) == {2: False, 1: True}


def test_what_more_people_say_comes_first() -> None:
    table = found((1, PROPOSAL, "neu"), (2, COMPLAINT, "neu"), (2, COMPLAINT, "neu"))
    assert list(table.index) == [2, 1]
    assert table.loc[2, "said"] == 2


def test_a_named_amount_is_never_weak() -> None:
    assert not found((1, COMPLAINT, "neg"), eur=8000.0)["weak"].any()


def test_what_a_person_judged_no_longer_waits() -> None:
    assert found((1, PROPOSAL, "neu"), status="refused").empty


def test_an_idea_that_customers_were_told_stays_as_it_is_counts_as_refused_while_that_is_the_newest_answer() -> None:
    ideas = pd.DataFrame({"idea_id": [1, 2, 3, 4], "status": ["confirmed", "agreed", "done", "confirmed"]})
    replies = pd.DataFrame(
        {"idea_id": [1, 2, 2, 3, pd.NA], "reply": ["stays", "change", "stays", "stays", "stays"]}
    ).astype({"idea_id": "Int64"})
    table = listing.answered(ideas, replies)
    assert list(table["status"]) == ["refused", "agreed", "done", "confirmed"]
    assert list(table["own_status"]) == list(ideas["status"])


def test_beside_an_amount_stands_the_proposal_that_fits_best() -> None:
    remarks = pd.DataFrame(
        {
            "remark_id": [1, 2, 3, 4],
            "text": ["Print minder.", "Haal drie printers weg.", "De printer is stuk.", ""],
            "is_saving": [True, True, False, True],
            "strength": [0.4, 0.8, 0.9, 1.0],
        }
    )
    said = pd.DataFrame({"idea_id": [7, 7, 7, 8, 9], "remark_id": [1, 2, 3, 3, 4]})
    assert listing.voices(said, remarks).to_dict() == {7: "Haal drie printers weg", 8: "De printer is stuk"}
    assert listing.voices(said.iloc[:0], remarks).empty
