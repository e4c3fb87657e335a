"""Ideas that say nearly the same are proposed as one, until a person says how they stand to each other."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.savings.duplicates import pairs

NO_LINKS = pd.DataFrame({"idea_id": [], "other_id": []})
TITLES = {
    1: "Ongebruikte softwarelicenties opzeggen",
    2: "Zeg softwarelicenties op die ongebruikt zijn",
    3: "Kantoren drie dagen per week schoonmaken",
    4: "Oude meubels verkopen",
}


def table(**values: Any) -> pd.DataFrame:
    ideas = pd.DataFrame({"idea_id": list(TITLES), "title": list(TITLES.values())})
    return ideas.assign(**{"status": "spotted", "area": "ict", **values})


def said(**texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give evidence and remarks: i4="..." is a remark that carries idea 4."""
    evidence = pd.DataFrame({"idea_id": [int(name[1:]) for name in texts], "remark_id": range(len(texts))}, dtype=int)
    return evidence, pd.DataFrame({"remark_id": range(len(texts)), "text": list(texts.values())})


def found(ideas: pd.DataFrame, links: pd.DataFrame = NO_LINKS, **texts: str) -> list[tuple[int, int, str]]:
    result = pairs(ideas, *said(**texts), links)
    return list(result[["idea_id", "other_id", "by"]].itertuples(index=False, name=None))


def test_near_same_titles_are_a_pair_and_others_are_not() -> None:
    assert found(table()) == [(1, 2, "title")]


def test_near_same_remarks_make_a_pair_of_ideas_with_other_titles() -> None:
    text = "Verkoop het oude meubilair dat in de kelder staat"
    assert (3, 4, "remarks") in found(table(), i3=text, i4=text.upper())


def test_the_idea_that_is_further_on_is_the_one_to_keep() -> None:
    assert found(table(status=["spotted", "confirmed", "spotted", "spotted"])) == [(2, 1, "title")]
    assert found(table(), i2="Iets heel anders over de kantine")[0][:2] == (2, 1)


def test_what_was_refused_or_judged_already_is_no_proposal() -> None:
    assert found(table(status=["refused", "spotted", "spotted", "spotted"])) == []
    assert found(table(), pd.DataFrame({"idea_id": [2], "other_id": [1]})) == []


def test_no_ideas_and_titles_without_words_are_no_trouble() -> None:
    assert found(table().iloc[:0]) == []
    assert found(table(title=["...", "12", "?", "de het een"])) == []
