"""What a room voted, in the reader's words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import MISSING, Language, Translate, number, translator
from feedback.reports.session_blocks import Block, Chart, Part, Series, Table, Words, plain
from feedback.room.results import Result
from feedback.room.summary import SessionReport

ANSWERS = {"less": palette.TONES["neg"], "keep": palette.TONES["neu"], "more": palette.TONES["pos"]}
ENDS = {"impact": (-5.0, 5.0)}
DECIMALS = {"total": 0, "mean": 1}


def votes(report: SessionReport, language: Language) -> list[Part]:
    """Tell what was voted.

    Parameters
    ----------
    report : SessionReport
    language : {"nl", "en"}

    Returns
    -------
    list of Part
        One over all, and one a vote; none where nothing was voted.
    """
    t = translator(language)
    if not report.votes:
        return []
    head = Part("votes", t("session_report.votes"), (Words(t("session_report.votes_lead", n=len(report.votes))),))
    return [head, *(_vote(result, report.threshold, t, language) for result in report.votes)]


def _vote(result: Result, threshold: int, t: Translate, language: Language) -> Part:
    kind = result.vote.kind
    title = t(f"session_report.vote_{kind}")
    if result.voters == 0:
        return Part("vote", title, (Words(t("session_report.nobody_voted")),), level=2)
    if result.is_hidden:
        return Part("vote", title, (Words(t("session_report.vote_hidden", threshold=threshold)),), level=2)
    dots = result.vote.dots
    voters = t("session_report.dots_each", n=result.voters, dots=dots) if kind.startswith("dots") and dots > 1 else ""
    blocks: list[Block] = [Words(voters or t("session_report.voters", n=result.voters))]
    rows = result.rows.to_dict("records")
    if kind == "heard":
        heard = t("session_report.heard_is", n=int(rows[0]["n"]), high=int(rows[0]["high"]))
        mean = t("session_report.heard_mean", mean=number(rows[0]["mean"], language, 1))
        blocks = [Words(f"{heard} {mean}")]
    else:
        if kind in ("worth", "impact"):
            # Nobody gave it anything: that is no figure.
            rows = [row for row in rows if row["n"]]
        left = len(result.rows) - len(rows)
        rows = _ordered(rows, kind)
        names = [_name(row[f"name_{language}"]) for row in rows]
        blocks += [_chart(title, names, rows, kind, t, language), _table(names, rows, kind, t, language)]
        if left:
            blocks.append(Words(t("session_report.without_vote", n=left), is_small=True))
    if len(result.by_organisation):
        blocks.append(_by_organisation(result, t, language))
    return Part("vote", title, tuple(blocks), level=2)


def _ordered(rows: list[dict[Any, Any]], kind: str) -> list[dict[Any, Any]]:
    if kind == "worth":
        return sorted(rows, key=lambda row: (-row["less"] / max(row["n"], 1), row["more"] / max(row["n"], 1)))
    if kind == "impact":
        return sorted(rows, key=lambda row: row["mean"] if pd.notna(row["mean"]) else 9.0)
    return sorted(rows, key=lambda row: -row["total"])


def _chart(
    title: str, names: list[str], rows: list[dict[Any, Any]], kind: str, t: Translate, language: Language
) -> Chart:
    if kind == "worth":
        series = tuple(
            Series(t(f"phone.worth_{answer}"), colour, tuple(float(row[answer]) for row in rows))
            for answer, colour in ANSWERS.items()
        )
        alt = t(
            "session_report.worth_alt", n=len(names), name=names[0], less=int(rows[0]["less"]), of=int(rows[0]["n"])
        )
        return Chart(title, alt, tuple(names), series)
    value = _measure(kind)
    decimals = DECIMALS[value]
    values = tuple(0.0 if pd.isna(row[value]) else float(row[value]) for row in rows)
    series = (Series(t(f"session_report.measure_{value}"), palette.ACCENT, values),)
    alt = t(
        f"session_report.{value}_alt", n=len(names), first=names[0], high=number(values[0], language, decimals),
        last=names[-1], low=number(values[-1], language, decimals),
    )  # fmt: skip
    return Chart(title, alt, tuple(names), series, decimals, ENDS.get(kind))


def _table(names: list[str], rows: list[dict[Any, Any]], kind: str, t: Translate, language: Language) -> Table:
    columns = _columns(kind, t)
    body = tuple((name, *_cells(row, kind, language)) for name, row in zip(names, rows, strict=True))
    return Table(
        t("session_report.in_figures"),
        (_subject(kind, t), *columns),
        body,
        frozenset(range(1, 1 + len(columns))),
        repeats=True,
    )


def _by_organisation(result: Result, t: Translate, language: Language) -> Table:
    kind, names = result.vote.kind, dict(zip(result.rows["option"], result.rows[f"name_{language}"], strict=True))
    rows = result.by_organisation.to_dict("records")
    columns = _columns(kind, t)
    subject = () if kind == "heard" else (_subject(kind, t),)
    heads = (*subject, t("remarks.organisation"), *columns)
    body = tuple(
        (
            *((_name(names.get(row["option"], "")),) if subject else ()), plain(row["organisation"]),
            *_cells(row, kind, language),
        )
        for row in rows
    )  # fmt: skip
    first = len(heads) - len(columns)
    return Table(t("session_report.vote_by_organisation"), heads, body, frozenset(range(first, len(heads))))


def _columns(kind: str, t: Translate) -> tuple[str, ...]:
    if kind == "worth":
        return tuple(t(f"phone.worth_{answer}") for answer in ANSWERS)
    return t(f"session_report.measure_{_measure(kind)}"), t("session_report.people_column")


def _cells(row: dict[Any, Any], kind: str, language: Language) -> tuple[str, ...]:
    if kind == "worth":
        return tuple(number(row[answer], language) for answer in ANSWERS)
    measure = _measure(kind)
    return number(row[measure], language, DECIMALS[measure]), number(row["n"], language)


def _measure(kind: str) -> str:
    return "total" if kind.startswith("dots") else "mean"


def _name(name: str) -> str:
    # Whatever was voted on may be gone since.
    return plain(name) or MISSING


def _subject(kind: str, t: Translate) -> str:
    return t("remarks.area" if kind == "worth" else "session_report.column_subject")
