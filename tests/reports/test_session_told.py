"""A workshop in words and as HTML: both languages, Dutch figures and dates, nothing alive in what people typed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from feedback.i18n import LANGUAGES, Language, day
from feedback.reports.session_blocks import Bullets, Chart, Part, Quotes, Report, Table, Words, plain
from feedback.reports.session_html import as_html
from feedback.reports.session_told import told
from feedback.room.summary import SessionReport, summary
from feedback.store.engine import reading
from tests.reports import session_made
from tests.reports.session_made import HOSTILE


def texts(report: Report) -> Iterator[str]:
    yield from (report.title, report.subtitle, report.notice, report.source)
    for part in report.parts:
        yield part.title
        for block in part.blocks:
            if isinstance(block, Words):
                yield block.text
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Quotes):
                yield from (text for text, _ in block.said)
            elif isinstance(block, Table):
                yield from (block.title, *block.columns, *(cell for row in block.rows for cell in row))
            else:
                yield from (block.title, block.alt, *block.names, *(one.name for one in block.series))


@pytest.fixture(scope="module")
def found(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> SessionReport:
    """One session for all who only read it."""
    file = Path(shutil.copyfile(empty_file, tmp_path_factory.mktemp("told") / "a.db"))
    with session_made.database(file) as engine:
        workshop_id = session_made.held(engine, attendance=1250)
        with reading(engine) as session:
            return summary(workshop_id, threshold=5, session=session)


def part(report: Report, key: str, title: str = "") -> Part:
    return next(part for part in report.parts if part.key == key and title in part.title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there_and_every_text_is_filled_in(found: SessionReport, language: Language) -> None:
    report = told(found, language)
    assert [part.key for part in report.parts] == [
        "short", "goal", "present", "themes", "theme", "theme", "theme", "aside", "votes", "vote", "vote", "vote", "decisions",
        "started", "open",
    ]  # fmt: skip
    assert not [text for text in texts(report) if "session_report." in text or "{" in text or "nan" in text.split()]


def test_dates_and_figures_are_those_of_the_reader(found: SessionReport) -> None:
    dutch = told(found, "nl")
    assert dutch.subtitle == "Verslag van de sessie van 17 maart 2026"
    facts = part(dutch, "present").blocks[0]
    assert isinstance(facts, Bullets)
    assert facts.items[:3] == (
        "1.250 mensen waren aanwezig.", "12 mensen stuurden iets of stemden met een telefoon.",
        "Opbrengst: 18 opmerkingen, 3 thema's.",
    )  # fmt: skip


def test_promises_have_owner_and_day(found: SessionReport) -> None:
    report = told(found, "en")
    (decisions,) = part(report, "decisions").blocks
    (started,) = part(report, "started").blocks
    assert isinstance(decisions, Table)
    assert isinstance(started, Table)
    assert decisions.rows[0][:4] == (
        "Wifi op kantoor", "we change it", "Wij zetten op elke verdieping een zender erbij.", "Afdeling netwerk",
    )  # fmt: skip
    assert started.rows[0][3] == "done by 1 September 2026"


def test_it_begins_in_short_with_what_was_chosen_decided_and_left(found: SessionReport) -> None:
    (lines,) = part(told(found, "nl"), "short").blocks
    assert lines == Bullets(
        (
            "Meeste stippen: Wifi op kantoor (24), Roosters (12).", "Vooral waardevol: ICT (7).",
            "Kan vooral minder: HR (7).", "Besloten: we passen aan (1).", "Over 2 thema's is nog niets besloten.",
        )
    )  # fmt: skip
    # Without a vote that is told: what was mentioned most. Who shares the last place is named too.
    fewest = found.themes[found.themes["name_nl"] == "Roosters"]
    themes = pd.concat([found.themes, fewest.assign(name_nl="Vergaderen")])
    (lines,) = part(told(replace(found, votes=(), themes=themes), "nl"), "short").blocks
    assert isinstance(lines, Bullets)
    assert lines.items[0] == "Het vaakst genoemd: Wifi op kantoor (6), Laptops (5), Roosters (4), Vergaderen (4)."


def test_a_service_that_divides_the_room_is_named_as_that_and_one_without_a_vote_not_at_all(
    found: SessionReport,
) -> None:
    worth = next(result for result in found.votes if result.vote.kind == "worth")
    rows = worth.rows.assign(more=[3, 0], less=[3, 0], keep=[1, 0], n=[7, 0])
    report = told(replace(found, votes=(replace(worth, rows=rows, by_organisation=worth.by_organisation[:0]),)), "nl")
    (lines,) = part(report, "short").blocks
    assert isinstance(lines, Bullets)
    assert [line for line in lines.items if "ICT" in line] == [
        "De zaal is verdeeld, even vaak waardevol als minder: ICT (3)."
    ]
    _, chart, table, left = part(report, "vote", "waardevol").blocks
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert (chart.names, [row[0] for row in table.rows]) == (("ICT",), ["ICT"])
    assert left == Words("1 keuze kreeg geen stem en staat hier niet.", is_small=True)


def test_people_of_what_was_said_aloud_are_unknown_not_nobody(found: SessionReport) -> None:
    aloud = replace(found, themes=found.themes.assign(people=0))
    report = told(aloud, "nl")
    table = part(report, "themes").blocks[2]
    assert isinstance(table, Table)
    assert {row[2] for row in table.rows} == {"onbekend"}
    assert part(report, "theme", "Laptops").blocks[0] == Words(
        "ICT · onbekende mensen · 5 opmerkingen · 0 stippen · voorstel"
    )


def test_reasons_and_questions_are_told_in_the_words_of_the_reader(found: SessionReport) -> None:
    stays = found.decisions.assign(kind="stays", reason="law")
    report = told(
        replace(found, decisions=stays, questions=("Wat mag van u minder of eenvoudiger?", "Eigen vraag")), "en"
    )
    (table,) = part(report, "decisions").blocks
    assert isinstance(table, Table)
    assert table.rows[0][1].endswith(": the law requires it")
    assert part(report, "goal").blocks[-1] == Bullets(
        ("What may be less or simpler, as far as you are concerned?", "Eigen vraag"), is_numbered=True
    )


def test_single_remarks_stand_under_their_service(found: SessionReport) -> None:
    said = ("Mag het licht in de gang wat langer aan?", "nl")
    assert part(told(found, "nl"), "aside").blocks[-3:] == (
        Words("1 opmerking staat los: er was geen tweede over hetzelfde."), Words("Zonder dienst", is_head=True),
        Quotes((said,)),
    )  # fmt: skip
    assert '<p class="sr-head">Without a service</p><blockquote' in as_html(told(found, "en"), "en")
    named = replace(found, loose=3)
    assert part(told(named, "nl"), "aside").blocks[-1] == Words(
        "2 daarvan staan hier niet: die noemen een organisatie.", is_small=True
    )


def test_a_theme_tells_its_dots(found: SessionReport) -> None:
    facts = part(told(found, "nl"), "theme", "Wifi").blocks[0]
    assert facts == Words("ICT · 5 mensen · 6 opmerkingen · 24 stippen")


def test_votes_are_told_from_most_to_least_and_small_ones_are_not(found: SessionReport) -> None:
    report = told(found, "nl")
    dots = part(report, "vote", "belangrijkst").blocks
    assert isinstance(dots[1], Chart)
    assert (dots[1].names, dots[1].series[0].values) == (("Wifi op kantoor", "Roosters", "Laptops"), (24.0, 12.0, 0.0))
    assert "Wifi op kantoor (24)" in dots[1].alt
    worth = part(report, "vote", "waardevol").blocks[1]
    assert isinstance(worth, Chart)
    assert [(one.name, one.values) for one in worth.series] == [
        ("Kan minder", (7.0, 0.0)), ("Zo houden", (0.0, 0.0)), ("Waardevol", (0.0, 7.0)),
    ]  # fmt: skip
    assert part(report, "vote", "ideeën").blocks == (
        Words("De uitslag blijft verborgen: er stemden minder dan 5 mensen."),
    )
    everything = " ".join(texts(report))
    assert "Gemeente Elzen" in everything
    assert "Berkum" not in everything


def test_what_ideas_mean_and_whether_people_feel_heard(sqlite_db: Engine) -> None:
    report = session_made.report(sqlite_db, "nl", threshold=3, all_closed=True)
    impact = part(report, "vote", "ideeën").blocks
    assert isinstance(impact[1], Chart)
    assert (impact[1].names, impact[1].series[0].values, impact[1].ends) == (("Minder printers",), (-3.0,), (-5.0, 5.0))
    assert "gemiddeld -3,0" in impact[1].alt
    assert isinstance(impact[3], Table)
    assert impact[3].rows == (("Minder printers", "Gemeente Elzen", "-3,0", "3"),)
    heard = part(report, "vote", "gehoord").blocks
    assert heard[0] == Words(
        "12 van 12 mensen voelden zich gehoord (4 of 5). Gemiddeld 4,0 op een schaal van 1 (helemaal niet) tot 5 (helemaal wel)."
    )
    assert isinstance(heard[1], Table)
    # The one who is left of twelve would stand alone beside both: then the smaller goes too.
    assert heard[1].rows == (("Gemeente Elzen", "4,0", "7"),)
    # Left of nothing on a scale from -5 to 5: from two tenths to the middle.
    assert "margin-left:20.00%;width:30.00%" in as_html(report, "nl")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\x00b\x0b\x1bc", "a b c"),
        ("rechts\u202elinks", "rechts links"),
        ("\ud800half\uffff", "half"),
        (" één \n 👍 ", "één 👍"),
    ],
)
def test_a_text_is_one_line_that_any_file_can_hold(raw: str, expected: str) -> None:
    assert plain(raw) == expected


class Tags(HTMLParser):
    """What a piece of HTML is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_whole_and_holds_no_tag_of_a_user(sqlite_db: Engine) -> None:
    report = session_made.report(
        sqlite_db, "nl", name=HOSTILE, names=(HOSTILE, 'x" onmouseover="alert(1)', "C"), text=f"{HOSTILE} zo gaat het",
        decided=HOSTILE, owner=HOSTILE,
    )  # fmt: skip
    found = Tags()
    found.feed(as_html(report, "nl"))
    assert found.open == []
    assert not found.tags & {"script", "a", "img", "svg", "iframe"}
    assert found.attributes <= {"class", "lang", "scope", "data-name", "role", "aria-label", "style"}
    assert "\x0b" not in as_html(report, "nl")


def test_headings_of_the_html_are_a_hierarchy_and_tables_have_headers(found: SessionReport) -> None:
    html = as_html(told(found, "nl"), "nl")
    assert html.count("<h2>") == 9
    assert html.count("<h3>") == 6
    assert html.count("<table") == html.count("<caption") == html.count("<thead>")
    assert 'lang="nl"' in html
    assert html.count('role="img"') == 3


def test_made_today_unless_told_otherwise(found: SessionReport) -> None:
    assert told(found, "nl").source.endswith(f"Gemaakt met Klantpanel op {day(dt.date.today(), 'nl')}.")
