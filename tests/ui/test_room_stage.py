"""What a beamer draws: nothing jumps, nothing is shown that should not be, and the arrows lead where they should."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
import segno

from feedback.charts.palette import CATEGORIES
from feedback.i18n import LANGUAGES, Language, catalogue
from feedback.room.picture import FIRST_SENSE, Picture
from feedback.room.placed import NO_GROUP
from feedback.room.regrouping import Proposed
from feedback.room.results import Result
from feedback.settings import ROOT
from feedback.store.tables import POLL_KINDS, SCREENS
from feedback.themes.live import GROUP
from feedback.ui import room_stage_ending as ending
from feedback.ui import room_stage_keys
from feedback.ui import room_stage_scenes as scenes
from feedback.ui import room_stage_weigh as weigh
from feedback.ui.room_stage import SCRIPTS
from feedback.ui.room_stage_parts import GROUPS, UNGROUPED, Drawn, facts, quotes
from feedback.ui.room_stage_scenes import CELLS
from feedback.workshop.address import Joining
from feedback.workshop.door import Room
from feedback.workshop.polls import Vote

NOW = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
ROOM = Room(
    workshop_id=1, session_id=1, batch_id=1, name="Najaar", held_on=NOW.date(), goal="", questions=("Wat kan beter?",),
    question=0, steps=(("collect", 20),), step="collect", step_at=NOW, screen="wall", page=0, focus_id=None, poll_id=None,
    quotes=True, frozen_at=None, languages=("nl", "en"), is_pseudonymous=False, is_moderated=False, is_rehearsal=False,
    is_example=False, start_themes=(), start_replies=(), code="K7FDM", opened_at=NOW, closed_at=None, version=1,
)  # fmt: skip


def picture(
    themes: Sequence[int | None], room: Room = ROOM, states: dict[int, str] | None = None, **more: Any
) -> Picture:
    """Make a room in which remark 1, 2, .. went to these themes, each said by somebody else."""
    ids = list(range(1, len(themes) + 1))
    remarks = pd.DataFrame({
        "remark_id": ids, "text": [f"Dit is wat nummer {one} in de zaal zei." for one in ids],
        "theme_id": pd.array(list(themes), dtype="Int64"), "theme": [str(one or "") for one in themes], "strength": 0.9,
        "placed_by": "model", "weak": False, "state": [(states or {}).get(one, "shown") for one in ids],
        "is_pinned": False, "area": "ict", "area2": None, "person": pd.array(ids, dtype="Int64"),
    }).assign(**more)  # fmt: skip
    known = list(dict.fromkeys(one for one in themes if one is not None))
    # Places as `placed.give_slots` gives them: to what the room began with, then to each theme with its second remark.
    second = [one for at, one in enumerate(themes) if one is not None and list(themes[:at]).count(one) == 1]
    places = list(dict.fromkeys([*room.start_themes, *second]))
    slots = [places.index(one) if one in places else NO_GROUP + at for at, one in enumerate(known)]
    counts = remarks[remarks["state"] == "shown"].groupby("theme_id").size()
    table = pd.DataFrame({
        "theme_id": known, "theme": [str(one) for one in known], "name_nl": [f"Thema {one}" for one in known],
        "name_en": [f"Theme {one}" for one in known], "area": "ict", "status": "proposed", "slot": slots,
        "version": 1, "remarks": [int(counts.get(one, 0)) for one in known],
        "people": [int(counts.get(one, 0)) for one in known],
    })  # fmt: skip
    table["is_loose"] = (table["remarks"] < GROUP) & ~table["theme_id"].isin(room.start_themes)
    return Picture(room, "key", remarks, table, joined=9, voted=4)


def cells(drawn: Drawn) -> dict[int, int]:
    return {note["cell"]: note["id"] for note in drawn.view["notes"]}


def at_page(seen: Picture, where: dict[str, Any]) -> Picture:
    return replace(seen, room=replace(seen.room, **{"page": 0, **where}))


# Of the services in `picture`, only one is known here.
AREAS = {"ict": "ICT"}


# The wall


def test_a_new_remark_takes_the_place_of_the_oldest_and_nothing_else_moves() -> None:
    before, after = (cells(scenes.wall(picture([None] * n), "nl")) for n in (10, 11))
    assert set(before.values()) == set(range(5, 11))
    assert [cell for cell in before if before[cell] != after[cell]] == [cell for cell in before if before[cell] == 5]


def test_hiding_a_remark_moves_no_other_and_brings_back_the_one_that_stood_there() -> None:
    before = cells(scenes.wall(picture([None] * 10), "nl"))
    after = cells(scenes.wall(picture([None] * 10, states={8: "hidden"}), "nl"))
    assert {cell: one for cell, one in before.items() if one != 8} == {
        cell: one for cell, one in after.items() if one != 2
    }


def test_the_newest_is_marked_until_somebody_goes_back() -> None:
    seen = picture([None] * 10)
    drawn = scenes.wall(seen, "nl")
    assert drawn.marked == 10 and not drawn.right
    back = scenes.wall(at_page(seen, drawn.left), "nl")
    assert back.marked == 9
    again = scenes.wall(at_page(seen, back.right), "nl")
    # It stays on the newest of that moment until somebody goes past it: then it follows again.
    assert again.marked == 10 and again.right == {"page": 0}
    assert scenes.wall(at_page(picture([None] * 11), back.right), "nl").marked == 10


def test_what_is_spoken_of_stays_in_sight_whatever_comes_in() -> None:
    room = replace(ROOM, page=4)
    drawn = scenes.wall(picture([None] * 40, room), "nl")
    assert drawn.marked == 4
    assert 4 in cells(drawn).values()
    assert len(cells(drawn)) == CELLS
    assert drawn.note.endswith(f"{40 - 4 - CELLS + 1} nieuwer")


def test_a_mark_that_was_hidden_goes_to_the_one_before() -> None:
    assert scenes.wall(picture([None] * 9, replace(ROOM, page=4), states={4: "hidden"}), "nl").marked == 3
    assert scenes.wall(picture([None] * 9, replace(ROOM, page=1), states={1: "hidden"}), "nl").marked == 2


# What may not be seen


@pytest.mark.parametrize("state", ["waiting", "parked", "hidden"])
@pytest.mark.parametrize("screen", ["wall", "themes", "focus", "areas", "regroup"])
def test_what_is_not_shown_is_on_no_screen(screen: str, state: str) -> None:
    seen = picture([1, 1, 1, 2, 2, 2, 2, 2, 2, None], states={2: state, 10: state})
    moves = seen.remarks.assign(before=seen.remarks["theme_id"], after=3, name_before_nl="Voor", name_after_nl="Na")
    drawn = {
        "wall": lambda: scenes.wall(seen, "nl"),
        "themes": lambda: scenes.themes(seen, AREAS, "nl"),
        "focus": lambda: scenes.themes(at_page(seen, {"focus_id": 1}), AREAS, "nl"),
        "areas": lambda: scenes.areas(seen, {"ict": "ICT"}, "nl"),
        "regroup": lambda: weigh.regroup(seen, Proposed(1, moves[moves["remark_id"].isin([2, 10])]), "nl"),
    }[screen]()
    told = json.dumps([drawn.view, drawn.note, drawn.aside])
    assert "nummer 2 " not in told
    assert "nummer 10 " not in told


def test_a_frozen_screen_shows_nothing_newer() -> None:
    assert scenes.wall(picture([None] * 10, replace(ROOM, frozen_at=6)), "nl").marked == 6
    drawn = scenes.themes(picture([1] * 10, replace(ROOM, frozen_at=6)), AREAS, "nl")
    assert [group["dots"] for group in drawn.view["groups"]] == [6]


def test_without_quotes_no_words_of_customers_are_on_the_themes() -> None:
    seen = picture([1, 1, 1, 2, 2, 2, 2, 3, None], replace(ROOM, quotes=False))
    for where in ({}, {"focus_id": 1}):
        drawn = scenes.themes(at_page(seen, where), AREAS, "nl")
        assert "nummer" not in json.dumps([drawn.view, drawn.aside])
        assert drawn.marked is None


# The themes


def test_before_there_is_sense_the_wall_says_how_many_more() -> None:
    drawn = scenes.themes(picture([1] * (FIRST_SENSE - 3)), AREAS, "nl")
    assert drawn.view["kind"] == "wall"
    assert "3" in drawn.note


def test_a_new_group_comes_last_and_moves_and_recolours_no_other() -> None:
    # Theme 1 was spoken of first, and becomes a group last.
    said = [1, 2, 3, 2, 3, 3, 2, 2]
    before, after = (scenes.themes(picture(themes), AREAS, "nl").view["groups"] for themes in (said, [*said, 1]))
    assert [group["id"] for group in before] == [2, 3]
    assert [group["id"] for group in after] == [2, 3, 1]
    kept = [{key: group[key] for key in ("id", "row", "colour")} for group in before]
    assert kept == [{key: group[key] for key in ("id", "row", "colour")} for group in after[:2]]


def test_the_themes_of_the_start_come_first() -> None:
    seen = picture([1, 1, 2, 2, 1, 1, 1, 3], replace(ROOM, start_themes=(3,)))
    assert [group["id"] for group in scenes.themes(seen, AREAS, "nl").view["groups"]] == [3, 1, 2]


def test_no_two_groups_on_a_screen_have_the_same_colour() -> None:
    # Loose themes between them take slots as well.
    themes = [*range(100, 105), *[one for one in range(1, 25) for _ in range(2)]]
    seen = picture(themes)
    pages = [scenes.themes(at_page(seen, {"page": at}), {}, "nl").view["groups"] for at in range(3)]
    assert [len(page) for page in pages] == [GROUPS, GROUPS, 4]
    assert all(len({group["colour"] for group in page}) == len(page) for page in pages)


def test_what_stands_alone_is_counted_below_the_themes_and_is_no_group() -> None:
    drawn = scenes.themes(picture([1] * 8 + [2, None]), AREAS, "nl")
    assert [group["id"] for group in drawn.view["groups"]] == [1]
    assert drawn.note.endswith(" 2") and drawn.aside == "ICT 2"
    one = scenes.themes(picture([1] * 8 + [2]), AREAS, "nl")
    assert one.note.endswith(" 1") and not one.aside


def test_the_remarks_stand_on_the_wall_until_there_are_groups_and_never_come_back_as_more_come_in() -> None:
    said = [1, 2, 3, 4, 5, 6, 1, 7, 1, 8, 2, 9, 10]
    kinds = []
    for n in range(FIRST_SENSE, len(said) + 1):
        drawn = scenes.themes(picture(said[:n]), AREAS, "nl")
        kinds.append(drawn.view["kind"])
        if kinds[-1] == "wall":
            assert drawn.note == catalogue("nl")["room.until_groups"][0]
    assert kinds == ["wall"] * 3 + ["themes"] * 3
    # A room that speaks of one thing only has its theme, and one that was put in focus is shown.
    assert scenes.themes(picture([1] * 4 + [2, 3, 4, 5]), AREAS, "nl").view["kind"] == "themes"
    assert scenes.themes(at_page(picture(said[:8]), {"focus_id": 1}), AREAS, "nl").view["kind"] == "focus"


def test_who_said_it_aloud_is_told_beside_the_people_that_were_counted() -> None:
    seen = picture([1] * 8, person=pd.array([1] * 7 + [None], dtype="Int64"))
    assert scenes.themes(seen, AREAS, "nl").view["groups"][0]["facts"] == ["1 mens en hardop", " · 8 opmerkingen"]
    assert scenes.themes(seen, AREAS, "en").view["groups"][0]["facts"][0] == "1 person and aloud"
    assert facts(seen.remarks.tail(1), "nl") == ("1 opmerking", "")


def test_a_pinned_quote_comes_first_then_one_of_each_person() -> None:
    seen = picture([1] * 8, is_pinned=[False] * 7 + [True], person=pd.array([1, 1, 1, 1, 1, 1, 2, 3], dtype="Int64"))
    assert [one["id"] for one in quotes(seen.remarks, 3, 160)[1]] == [8, 1, 7]


def test_a_quote_on_the_screen_is_not_replaced_by_one_that_fits_better() -> None:
    seen = picture([1] * 9, strength=[0.5] * 8 + [1.0])
    assert [one["id"] for one in quotes(seen.remarks, 1, 160)[1]] == [1]


def test_arrows_walk_from_the_overview_through_every_theme_and_back() -> None:
    seen, walked = picture([one for one in range(1, GROUPS + 3) for _ in range(2)]), []
    drawn = scenes.themes(seen, AREAS, "nl")
    while drawn.right:
        seen = at_page(seen, drawn.right)
        walked.append(drawn.right)
        drawn = scenes.themes(seen, AREAS, "nl")
    assert walked == [{"page": 1}, *[{"focus_id": one} for one in range(1, GROUPS + 3)]]
    assert drawn.view["name"] == f"Thema {GROUPS + 2}"
    for _ in range(GROUPS + 2):
        seen = at_page(seen, drawn.left)
        drawn = scenes.themes(seen, AREAS, "nl")
    assert seen.room.focus_id is None
    assert seen.room.page == 1


def test_the_largest_group_has_most_room_and_the_smallest_enough() -> None:
    groups = scenes.themes(picture([1] * 16 + [2] * 4 + [3] * 2), AREAS, "nl").view["groups"]
    room = [group["grow"] for group in groups]
    assert room == sorted(room, reverse=True)
    assert room[0] < 2 * room[-1]


# Service areas


def test_a_remark_about_two_services_stands_with_both() -> None:
    seen = picture([1] * 8, area2=["hr", *["ict"] * 2, *[None] * 5])
    cards = scenes.areas(seen, {"hr": "HR", "ict": "ICT", "inkoop": "Inkoop"}, "nl").view["areas"]
    assert [(card["name"], card["facts"], card["themes"][0]["value"]) for card in cards] == [
        ("HR", "1", "1"), ("ICT", "8", "8"),
    ]  # fmt: skip


# Joining


def test_the_path_of_a_qr_code_is_the_code() -> None:
    url = "http://192.168.178.21:8501/mee/K7FDM"
    drawn = weigh.qr(url, "")
    dark = set()
    for x, y, wide in re.findall(r"M(\d+) ([\d.]+)h(\d+)", drawn["path"]):
        dark |= {(int(x) + at, int(float(y))) for at in range(int(wide))}
    matrix = segno.make_qr(url, error="m").matrix
    assert dark == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, on in enumerate(row) if on}
    assert drawn["size"] == len(matrix) + 8


def test_an_address_that_phones_cannot_reach_has_no_qr_code_and_says_what_to_do() -> None:
    local = weigh.join(picture([]), Joining("http://localhost:8501/mee/K7FDM", "localhost:8501/mee", True), "nl").view
    assert local["qr"] is None
    assert "--room" in local["warning"]
    near = weigh.join(picture([]), Joining("http://10.0.0.2/mee/K7FDM", "10.0.0.2/mee", False), "nl").view
    assert near["qr"] and not near["warning"]


def test_a_room_that_is_not_open_says_so() -> None:
    shut = picture([], replace(ROOM, code=None))
    assert weigh.join(shut, None, "nl").view["text"] == catalogue("nl")["room.not_open"][0]
    over = picture([], replace(ROOM, code=None, closed_at=NOW))
    assert weigh.join(over, None, "nl").view["text"] == catalogue("nl")["room.closed"][0]


# Voting


def result(
    kind: str, totals: dict[str, int], *, is_open: bool = False, is_shown: bool = True, hidden: bool = False
) -> Result:
    vote = Vote(1, 1, kind, tuple(totals), 3, NOW, is_open, is_shown, False)
    rows = pd.DataFrame({
        "option": list(totals), "name_nl": [f"Naam {one}" for one in totals], "name_en": "", "total": list(totals.values()),
        "mean": [value / 10 for value in totals.values()], "n": 10, "more": 6, "keep": 1, "less": 3,
    }).sort_values("total", ascending=False)  # fmt: skip
    by = pd.DataFrame({"option": [next(iter(totals))] * 2, "organisation": ["Aa", "Zee"], "n": 5, "mean": [2.0, -3.0]})
    return Result(vote, 10, hidden, rows, by)


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("kind", POLL_KINDS)
def test_nothing_of_a_result_is_told_before_it_is_shown(kind: str, is_open: bool) -> None:
    asked = result(kind, {"1": 777, "2": 888}, is_open=is_open, is_shown=False)
    view = weigh.vote(picture([1] * 8), asked, "nl").view
    assert [option["id"] for option in view["options"]] == ["1", "2"]
    assert "777" not in json.dumps(view) and "88.8" not in json.dumps(view)
    assert (view["voted"], view["joined"]) == (4, 9)


def test_a_vote_of_too_few_people_says_so_and_no_more() -> None:
    few = weigh.vote(picture([]), result("dots_themes", {"1": 5}, hidden=True), "nl")
    assert few.view == {"kind": "words", "text": catalogue("nl")["room.vote_hidden"][0]}


def test_dots_are_bars_that_start_with_most_in_the_colour_of_the_theme() -> None:
    seen = picture([1, 1, 2, 2, 1, 2, 1, 2])
    bars = weigh.vote(seen, result("dots_themes", {"1": 5, "2": 10}), "nl").view["bars"]
    assert [(bar["id"], bar["value"], bar["wide"]) for bar in bars] == [("2", "10", 100), ("1", "5", 50)]
    colours = {group["id"]: group["colour"] for group in scenes.themes(seen, AREAS, "nl").view["groups"]}
    assert [bar["colour"] for bar in bars] == [colours[2], colours[1]]


def test_a_theme_has_its_colour_on_every_screen_and_shares_it_with_none() -> None:
    # So many that the colours are used twice, and one of a single remark.
    many = 2 * GROUPS
    seen = picture([*[one for one in range(1, many + 1) for _ in range(2)], many + 1])
    totals = {str(one): many + 2 - one for one in range(1, many + 2)}
    voted: dict[int, Any] = {}
    for at in range(4):
        drawn = weigh.vote(at_page(seen, {"page": at}), result("dots_themes", totals), "nl")
        voted |= {int(bar["id"]): bar["colour"] for bar in drawn.view["bars"]}
    grouped: dict[int, Any] = {}
    for at in range(2):
        drawn = scenes.themes(at_page(seen, {"page": at}), AREAS, "nl")
        grouped |= {group["id"]: group["colour"] for group in drawn.view["groups"]}
    assert len(set(grouped.values())) == many
    assert voted == {**grouped, many + 1: UNGROUPED}
    none = pd.DataFrame([])
    best = ending.promises(seen, result("dots_themes", totals), none, none, "nl").view["places"]
    assert [place["colour"] for place in best] == [grouped[one] for one in (1, 2, 3)]
    assert scenes.themes(at_page(seen, {"focus_id": many + 1}), AREAS, "nl").view["colour"] == UNGROUPED


def test_worth_is_told_by_how_many_on_either_side() -> None:
    (bar,) = weigh.vote(picture([]), result("worth", {"ict": 3}), "nl").view["bars"]
    assert (bar["more"], bar["less"]) == (60, 30)
    assert [int(one) for one in re.findall(r"\d+", bar["value"])] == [6, 1, 3]


def test_a_service_that_nobody_voted_on_is_not_drawn() -> None:
    voted = result("worth", {"ict": 3, "hr": 0})
    voted.rows.loc[voted.rows["option"] == "hr", ["n", "more", "keep", "less"]] = 0
    assert [bar["id"] for bar in weigh.vote(picture([]), voted, "nl").view["bars"]] == ["ict"]


def test_whether_people_feel_heard_is_told_with_its_spread_and_only_once_it_is_shown() -> None:
    drawn = weigh.vote(picture([]), result("heard", {"heard": 33}), "nl", [2, 0, 1, 3, 4])
    assert drawn.view["figure"] == "3,3"
    assert [(bar["name"], bar["value"], bar["wide"]) for bar in drawn.view["bars"]] == [
        ("5", "4", 100), ("4", "3", 75), ("3", "1", 25), ("2", "0", 0), ("1", "2", 50),
    ]  # fmt: skip
    for asked in (result("heard", {"heard": 33}, is_shown=False), result("heard", {"heard": 33}, hidden=True)):
        assert "bars" not in weigh.vote(picture([]), asked, "nl", [2, 0, 1, 3, 4]).view


def test_an_impact_stands_left_or_right_of_nothing_with_who_is_hit_hardest_first() -> None:
    good, bad = weigh.vote(picture([]), result("impact", {"1": 20, "2": -30}), "nl").view["bars"]
    assert (good["value"], good["from"], good["wide"]) == ("+2,0", 50, 20)
    assert (bad["from"], bad["wide"]) == (20, 30)
    assert good["sub"].startswith("Zee") and not bad["sub"]


# Regrouping and promises


def test_a_regrouping_is_told_by_from_where_to_where() -> None:
    seen = picture([1, 1, 1, 2, 2, 2, 2, 1])
    moves = pd.DataFrame({
        "remark_id": [1, 2, 4], "text": ["een", "twee", "vier"], "before": pd.array([1, 1, 2], dtype="Int64"),
        "after": pd.array([2, 2, None], dtype="Int64"), "name_before_nl": ["Thema 1", "Thema 1", "Thema 2"],
        "name_after_nl": ["Thema 2", "Thema 2", "Nieuw"],
    })  # fmt: skip
    rows = weigh.regroup(seen, Proposed(1, moves), "nl").view["moves"]
    assert [(row["before"]["name"], row["after"]["name"], row["count"]) for row in rows] == [
        ("Thema 1", "Thema 2", "2 opmerkingen"), ("Thema 2", "Nieuw", "1 opmerking"),
    ]  # fmt: skip
    assert [bool(row["after"]["note"]) for row in rows] == [False, True]


def promise(reply_id: int, kind: str = "change") -> dict[str, Any]:
    return {
        "reply_id": reply_id, "subject": "theme", "subject_id": 1, "name_nl": f"Belofte {reply_id}", "name_en": "",
        "kind": kind, "text": "We doen het.", "reason": "", "owner": "Hoofd ICT", "due_on": dt.date(2027, 3, 1),
    }  # fmt: skip


def test_a_room_starts_with_its_promises_and_ends_on_the_podium_and_what_was_decided() -> None:
    promised, none = pd.DataFrame([promise(1)]), pd.DataFrame([])
    seen = picture([1] * 5 + [2] * 3)
    assert ending.promises(seen, None, none, promised, "nl").view["items"][0]["name"] == "Belofte 1"
    chosen, decided = result("dots_themes", {"1": 5, "2": 7, "3": 5, "4": 1}), pd.DataFrame([promise(2)])
    first = ending.promises(seen, chosen, decided, promised, "nl")
    assert [(place["name"], place["place"]) for place in first.view["places"]] == [
        ("Naam 2", "1"), ("Naam 1", "2"), ("Naam 3", "2"),
    ]  # fmt: skip
    for votes, places in (([9, 8, 7, 7, 7], 5), ([9, 8, 7, 7, 7, 7], 2), ([7] * 6, 0)):
        tied = result("dots_themes", {str(at): n for at, n in enumerate(votes, start=1)})
        first = ending.promises(seen, tied, none, promised, "nl").view
        assert len(first.get("places", ())) == places
    shown = [ending.promises(at_page(seen, {"page": at}), chosen, decided, promised, "nl") for at in (1, 2)]
    assert [one.view["items"][0]["name"] for one in shown] == ["Belofte 2", "Belofte 1"]
    assert "Hoofd ICT" in shown[0].view["items"][0]["who"] and "1 maart 2027" in shown[0].view["items"][0]["who"]
    assert not shown[1].right


def test_long_decisions_stand_with_fewer_on_a_screen() -> None:
    none = pd.DataFrame([])
    for length, first, turned in ((30, 3, ""), (200, 2, "1 / 2")):
        decided = pd.DataFrame([promise(at) | {"text": "x" * length} for at in range(1, 4)])
        drawn = ending.promises(picture([]), None, decided, none, "nl")
        assert (len(drawn.view["items"]), drawn.turned) == (first, turned)


# All of it


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scene_is_plain_json_in_both_languages(lang: Language) -> None:
    seen = picture([1] * 5 + [2] * 5)
    drawn = [scenes.wall(seen, lang), scenes.themes(seen, AREAS, lang), scenes.areas(seen, {"ict": "ICT"}, lang)]
    drawn += [weigh.vote(seen, result(kind, {"1": 3, "2": -3}), lang) for kind in POLL_KINDS]
    assert json.loads(json.dumps([one.view for one in drawn])) == [one.view for one in drawn]


def test_every_key_has_a_name_in_the_help() -> None:
    sent = {key for _, key in room_stage_keys.HELP}
    assert {str(at) for at in range(1, len(SCREENS) + 1)} | set("fhzq") | {"left", "right", "up", "down"} <= sent


def test_the_beamer_has_the_colours_of_the_app() -> None:
    css = (ROOT / "feedback" / "ui" / "room_stage.css").read_text(encoding="utf-8")
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    wanted = {
        "--paper": "backgroundColor", "--panel": "secondaryBackgroundColor", "--ink": "textColor",
        "--line": "borderColor", "--accent": "primaryColor",
    }  # fmt: skip
    for look in ("light", "dark"):
        block = re.search(rf'\[data-look="{look}"\] {{(.*?)}}', css, flags=re.DOTALL)
        assert block
        tokens = dict(re.findall(r"(--[\w-]+): (#\w+)", block[1]))
        assert {name: tokens[name] for name in wanted} == {name: theme[look][key] for name, key in wanted.items()}
    assert len(CATEGORIES) == GROUPS


def test_the_browser_only_ever_writes_text() -> None:
    script = "".join((ROOT / "feedback" / "ui" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", script)
