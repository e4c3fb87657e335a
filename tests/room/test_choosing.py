"""What a room is asked to weigh: what it spoke of comes first, and what looks alike is told."""

from __future__ import annotations

import pandas as pd

from feedback.room.choosing import alike, areas_first, ideas_first

NO_LINKS = pd.DataFrame({"idea_id": [], "other_id": []})


def test_ideas_that_the_room_spoke_of_come_first_then_the_most_euros_then_the_most_remarks() -> None:
    ideas = pd.DataFrame(
        {
            "idea_id": [1, 2, 3, 4, 5, 6], "status": ["spotted", "confirmed", "spotted", "spotted", "done", "refused"],
            "eur_low": [None, 10.0, 500.0, None, 900.0, 900.0], "eur_high": [None, 20.0, None, None, 900.0, 900.0],
        }
    )  # fmt: skip
    evidence = pd.DataFrame({"idea_id": [4, 1, 1, 5], "remark_id": [7, 1, 2, 7]})
    assert ideas_first(ideas, evidence, pd.Series([7, 8])) == [4, 3, 2, 1]
    assert ideas_first(ideas, evidence, pd.Series([], dtype=int)) == [3, 2, 1, 4]


def test_services_that_the_room_spoke_of_come_first_and_the_others_stay_in_order() -> None:
    remarks = pd.DataFrame({"area": ["hr", "hr", "inkoop", None], "area2": [None, "inkoop", "hr", None]})
    assert areas_first(["ict", "hr", "inkoop", "post"], remarks) == ["hr", "inkoop", "ict", "post"]
    assert areas_first(["ict", "hr"], remarks.iloc[:0]) == ["ict", "hr"]


def test_options_that_look_alike_are_found_by_name_or_by_what_was_said() -> None:
    names = ["Ongebruikte softwarelicenties opzeggen", "Zeg ongebruikte softwarelicenties op", "Kantine", "Catering"]
    options = pd.DataFrame({"option": [1, 2, 3, 4], "name": names, "area": ["ict", "ict", "facilitair", "facilitair"]})
    nothing = pd.DataFrame({"option": [], "text": []}, dtype=object)
    assert alike(options, nothing, NO_LINKS) == [(1, 2)]
    lunch = "De lunch in de kantine is te duur geworden"
    said = pd.DataFrame({"option": [3, 4], "text": [f"{lunch}.", f"{lunch} vind ik."]})
    assert set(alike(options, said, NO_LINKS)) == {(1, 2), (3, 4)}
    # Who said already that two differ is not asked again.
    assert alike(options, nothing, pd.DataFrame({"idea_id": [2], "other_id": [1]})) == []
