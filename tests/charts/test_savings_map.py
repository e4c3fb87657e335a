"""The savings map shows what is known, where the quadrants say, and picks an idea by its id."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from feedback.charts import savings_map
from feedback.i18n import LANGUAGES, Language
from feedback.reports import pictures
from feedback.savings.impact import QUADRANTS, Cuts

CUTS = Cuts(eur=1000, pain=500)
IDEAS = pd.DataFrame(
    {
        "idea_id": [1, 2, 3, 4, 5],
        "title": ["Post digitaal", "Minder printers", "Post per mail", "Bedrag onbekend", "Pijn onbekend"],
        "eur": [2000.0, 500.0, 1990.0, None, 4000.0],
        "pain": [0.0, 900.0, 0.0, 5.0, None],
        "unknown": [0, 2, 0, 0, 3],
        "quadrant": ["do", "dont", "do", "explore", "explore"],
        "whom": ["", "Gemeente Elzen −2", "", "", ""],
        "voice": "",
        "sure": [1.0, 0.5, 1.0, 1.0, 0.0],
    }
)


def layer(spec: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(part for part in spec["layer"] if part.get("name") == name)
    return found


def test_what_is_not_known_is_not_on_the_map() -> None:
    assert savings_map.marks(IDEAS, CUTS, "nl")["idea_id"].to_list() == [1, 3, 2]


def test_pain_that_is_known_in_part_says_so() -> None:
    dots = savings_map.marks(IDEAS, CUTS, "nl").set_index("idea_id")
    assert dots.loc[2, "at_least"]
    assert dots.loc[2, "pain_text"] == "minstens 900; 2 organisaties onbekend"
    assert dots.loc[1, "pain_text"] == "0"


def test_of_two_titles_that_would_overlap_the_one_with_more_euros_is_written() -> None:
    dots = savings_map.marks(IDEAS, CUTS, "nl").set_index("idea_id")
    assert dots["label"].to_dict() == {1: "Post digitaal", 3: "", 2: "Minder printers"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_spec_holds_no_data_of_ideas_and_picks_one_by_its_id(language: Language) -> None:
    spec = savings_map.spec(savings_map.marks(IDEAS, CUTS, language), CUTS, language)
    assert "data" not in spec
    assert "Post digitaal" not in str(spec)
    assert spec["params"][0]["select"]["fields"] == ["idea_id"]
    assert layer(spec, "ideas")["encoding"]["color"]["scale"]["domain"] == list(QUADRANTS)


def test_all_dots_and_both_sides_of_the_limits_are_on_the_axes() -> None:
    dots = savings_map.marks(IDEAS, CUTS, "nl")
    encoding = layer(savings_map.spec(dots, CUTS, "nl"), "ideas")["encoding"]
    assert encoding["x"]["scale"]["domain"][1] > max(dots["pain"].max(), CUTS.pain)
    assert encoding["y"]["scale"]["domain"][1] > max(dots["eur"].max(), CUTS.eur)


def test_a_map_without_dots_can_be_drawn() -> None:
    dots = savings_map.marks(IDEAS.iloc[:0], CUTS, "nl")
    assert pictures.as_svg(savings_map.spec(dots, Cuts(0, 0), "nl"), dots).startswith(b"<svg")


def test_words_tell_what_the_map_shows() -> None:
    said = savings_map.alt(savings_map.marks(IDEAS, CUTS, "nl"), "nl")
    assert "3 besparingsideeën" in said
    assert "Doen: 2" in said
