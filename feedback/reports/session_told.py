"""A workshop in the reader's words: what the screen, the document and the slides of its report have in common."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, Translate, day, number, translator
from feedback.reports.session_blocks import Block, Bullets, Chart, Part, Quotes, Report, Series, Table, Words, plain
from feedback.reports.session_short import short
from feedback.reports.session_votes import votes
from feedback.room.summary import OTHERS, UNSAID, SessionReport
from feedback.workshop import library

# From bad to good.
TONES = tuple(palette.TONES)


def told(report: SessionReport, language: Language, *, made_on: dt.date | None = None) -> Report:
    """Tell a workshop in a language.

    Parameters
    ----------
    report : SessionReport
    language : {"nl", "en"}
    made_on : date, optional
        Default: today.

    Returns
    -------
    Report
        Every text in it is fit for any file (see `plain`). Parts that have nothing to tell are left out.
    """
    t = translator(language)
    parts = [
        short(report, t, language), _goal(report, t, language), _present(report, t, language),
        *_themes(report, t, language), _aside(report, t, language),
        *votes(report, language), _decisions(report, t, language), _started(report, t, language), _open(report, t, language),
    ]  # fmt: skip
    notices = [t(f"session_report.{key}") for key in ("is_rehearsal", "is_example") if getattr(report, key)]
    return Report(
        title=plain(report.name), subtitle=t("session_report.subtitle", date=day(report.held_on, language)),
        notice=" ".join(notices), parts=tuple(part for part in parts if part is not None),
        source=t(
            "session_report.source", name=plain(report.name), held=day(report.held_on, language),
            made=day(made_on or dt.date.today(), language),
        ),
    )  # fmt: skip


def _goal(report: SessionReport, t: Translate, language: Language) -> Part:
    blocks: list[Block] = [Words(plain(report.goal))] if report.goal.strip() else []
    asked = tuple(plain(library.in_language(question, language)) for question in report.questions)
    if asked:
        blocks += [Words(t("session_report.asked", n=len(asked))), Bullets(asked, is_numbered=True)]
    return Part("goal", t("session_report.goal"), tuple(blocks))


def _present(report: SessionReport, t: Translate, language: Language) -> Part:
    facts = [t("session_report.joined", n=report.joined)]
    if report.attendance is not None:
        facts.insert(0, t("session_report.attendance", n=report.attendance))
    facts.append(
        t("session_report.said", remarks=t("remarks.count", n=report.remarks), themes=t("session_report.themes_n", n=len(report.themes)))
    )  # fmt: skip
    if report.people:
        facts.append(t("session_report.people", n=report.people))
    if report.aloud:
        facts.append(t("session_report.aloud", n=report.aloud))
    blocks: list[Block] = [Bullets(tuple(facts))]
    # Nobody said it: then there is nothing to tell apart.
    for key, table in (("organisation", report.organisations), ("level", report.levels)):
        if set(table["group"]) - {UNSAID, OTHERS}:
            blocks.append(_groups(table, key, t, language))
    if any(OTHERS in set(table["group"]) for table in (report.organisations, report.levels)) and len(blocks) > 1:
        blocks.append(Words(t("session_report.small", threshold=report.threshold), is_small=True))
    return Part("present", t("session_report.present"), tuple(blocks))


def _groups(table: pd.DataFrame, key: str, t: Translate, language: Language) -> Table:
    def name(group: str) -> str:
        if group in (OTHERS, UNSAID):
            return t(f"session_report.{group}")
        return t(f"level.{group}") if key == "level" else plain(group)

    rows = tuple((name(row["group"]), number(row["people"], language)) for row in table.to_dict("records"))
    columns = (t(f"remarks.{key}"), t("session_report.people_column"))
    return Table(t(f"session_report.by_{key}"), columns, rows, frozenset({1}))


def _themes(report: SessionReport, t: Translate, language: Language) -> list[Part]:
    themes = report.themes.to_dict("records")
    if not themes:
        key = "no_themes" if report.remarks else "no_remarks"
        return [Part("themes", t("session_report.about"), (Words(t(f"session_report.{key}")),))]
    names = [plain(theme[f"name_{language}"]) for theme in themes]
    most = max(range(len(themes)), key=lambda at: themes[at]["remarks"])
    chart = Chart(
        t("session_report.about"),
        t("session_report.themes_alt", n=len(themes), most=names[most], remarks=themes[most]["remarks"]),
        tuple(names),
        tuple(
            Series(t(f"sentiment.{tone}"), palette.TONES[tone], tuple(float(theme[tone]) for theme in themes))
            for tone in TONES
        ),
    )
    columns = (
        t("remarks.theme"), t("remarks.area"), t("session_report.people_column"), t("session_report.remarks_column"),
        *(t(f"sentiment.{tone}") for tone in TONES),
    )  # fmt: skip
    rows = tuple(
        (
            name, plain(theme[f"area_{language}"]), number(theme["people"], language) if theme["people"] else t("people.unknown_here"),
            number(theme["remarks"], language), *(number(theme[tone], language) for tone in TONES),
        )
        for name, theme in zip(names, themes, strict=True)
    )  # fmt: skip
    table = Table(t("session_report.themes_table"), columns, rows, frozenset(range(2, 4 + len(TONES))), repeats=True)
    is_weighed = report.themes["dots"].notna().any() or len(report.decisions)
    hints = ("order_hint", "tone_hint") if is_weighed else ("tone_hint",)
    hint = Words(" ".join(t(f"session_report.{key}") for key in hints), is_small=True)
    parts = [Part("themes", t("session_report.about"), (chart, hint, table))]
    for name, theme in zip(names, themes, strict=True):
        said = report.quotes[report.quotes["theme_id"] == theme["theme_id"]]
        facts = Words(_facts(theme, t, language))
        parts.append(Part("theme", name, (facts, _said(said)) if len(said) else (facts,), level=2))
    return parts


def _facts(theme: dict[Any, Any], t: Translate, language: Language) -> str:
    facts = [
        plain(theme[f"area_{language}"]), t("people.count", n=theme["people"]) if theme["people"] else t("people.unknown"),
        t("remarks.count", n=theme["remarks"]),
        "" if pd.isna(theme["dots"]) else t("session_report.dots", n=int(theme["dots"])),
        t("present.proposal") if theme["status"] == "proposed" else "",
    ]  # fmt: skip
    return " · ".join(fact for fact in facts if fact)


def _aside(report: SessionReport, t: Translate, language: Language) -> Part | None:
    blocks: list[Block] = []
    if len(report.parked):
        named = (
            f"{plain(row[f'name_{language}'])} ({t('remarks.count', n=row['remarks'])})"
            for row in report.parked.to_dict("records")
        )
        blocks += [Words(t("session_report.parked")), Bullets(tuple(named))]
    if len(report.parked_remarks):
        blocks += [Words(t("session_report.parked_remarks")), _said(report.parked_remarks)]
    if report.loose:
        blocks.append(Words(t("session_report.loose", n=report.loose)))
        for area, said in report.alone.groupby(f"area_{language}", sort=False):
            blocks += [Words(plain(str(area)) or t("session_report.no_area"), is_head=True), _said(said)]
        if report.loose > len(report.alone):
            blocks.append(Words(t("session_report.loose_named", n=report.loose - len(report.alone)), is_small=True))
    is_parked = len(report.parked) or len(report.parked_remarks)
    title = t(
        "session_report.aside"
        if is_parked and report.loose
        else "session_report.aside_parked"
        if is_parked
        else "session_report.aside_loose"
    )
    return Part("aside", title, tuple(blocks)) if blocks else None


def _said(remarks: pd.DataFrame) -> Quotes:
    return Quotes(tuple((plain(text), lang) for text, lang in zip(remarks["text"], remarks["language"], strict=True)))


def _decisions(report: SessionReport, t: Translate, language: Language) -> Part:
    title = t("session_report.decisions")
    if report.decisions.empty:
        return Part("decisions", title, (Words(t("session_report.no_decisions")),))
    columns = tuple(t(f"session_report.column_{key}") for key in ("subject", "decision", "text", "owner", "date"))
    rows = tuple(
        (
            plain(row[f"name_{language}"]), _decision(row, t), plain(row["text"]), plain(row["owner"]),
            _when(row["kind"], row["due_on"], t, language),
        )
        for row in report.decisions.to_dict("records")
    )  # fmt: skip
    return Part("decisions", title, (Table(title, columns, rows, sentence=2),))


def _decision(row: dict[Any, Any], t: Translate) -> str:
    decided = t(f"replies.state_{row['kind']}")
    return f"{decided}: {t('session_report.because_' + row['reason'])}" if row["reason"] else decided


def _when(kind: str, due_on: Any, t: Translate, language: Language) -> str:
    # A promise that the panel opened again has no day of its own.
    if due_on is None or pd.isna(due_on) or kind not in ("study", "change", "stays", "done"):
        return ""
    return t(f"replies.date_{kind}", date=day(due_on, language))


def _started(report: SessionReport, t: Translate, language: Language) -> Part | None:
    if report.started.empty:
        return None
    title = t("session_report.started")
    columns = tuple(t(f"session_report.column_{key}") for key in ("subject", "promise", "owner", "date", "now"))
    rows = tuple(
        (
            plain(row[f"name_{language}"]), plain(row["text"]) or t(f"replies.state_{row['kind']}"),
            plain(row["owner"]), _when(row["kind"], row["due_on"], t, language), t(f"replies.state_{row['now']}"),
        )
        for row in report.started.to_dict("records")
    )  # fmt: skip
    return Part("started", title, (Table(title, columns, rows, sentence=1),))


def _open(report: SessionReport, t: Translate, language: Language) -> Part:
    lines = [
        f"{plain(row[f'name_{language}'])} ({t('remarks.count', n=row['remarks'])})"
        for row in report.undecided.to_dict("records")
    ]
    blocks: list[Block] = [Words(t("session_report.open_lead")), Bullets(tuple(lines))] if lines else []
    if report.unshown:
        blocks.append(Words(t("session_report.unshown", n=report.unshown)))
    return Part("open", t("session_report.open"), tuple(blocks) or (Words(t("session_report.nothing_open")),))
