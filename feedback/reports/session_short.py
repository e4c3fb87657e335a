"""The report of a workshop in a few lines, for who reads no further: what the room chose, what was decided, what is left."""

from __future__ import annotations

from collections import Counter
from typing import Any

from feedback.i18n import Language, Translate, number
from feedback.reports.session_blocks import Bullets, Part, plain
from feedback.room.results import Result
from feedback.room.summary import SessionReport

# Named in a line; more only where they share the last place.
_TOP, _MOST = 3, 5


def short(report: SessionReport, t: Translate, language: Language) -> Part | None:
    """Tell a workshop in a few lines.

    Parameters
    ----------
    report : SessionReport
    t : callable
        See `i18n.translator`.
    language : {"nl", "en"}

    Returns
    -------
    Part or None
        None where nothing was said or decided.
    """
    told = {result.vote.kind: result for result in report.votes if result.voters and not result.is_hidden}
    lines = [_most(report, told, t, language)]
    if "worth" in told:
        lines += _worth(told["worth"], t, language)
    if len(report.decisions):
        kinds = Counter(report.decisions["kind"])
        decided = ", ".join(f"{t(f'replies.state_{kind}')} ({number(n, language)})" for kind, n in kinds.items())
        lines.append(t("session_report.short_decided", decided=decided))
    if len(report.undecided):
        lines.append(t("session_report.short_open", n=len(report.undecided)))
    if "heard" in told:
        row = told["heard"].rows.iloc[0]
        lines.append(t("session_report.heard_is", n=int(row["n"]), high=int(row["high"])))
    lines = [line for line in lines if line]
    return Part("short", t("session_report.short"), (Bullets(tuple(lines)),)) if lines else None


def _most(report: SessionReport, told: dict[str, Result], t: Translate, language: Language) -> str:
    """Name what got most dots, or what was spoken of most where nobody gave any."""
    if "dots_themes" in told:
        rows: list[dict[Any, Any]] = told["dots_themes"].rows.to_dict("records")
        return _line("short_dots", [(plain(row[f"name_{language}"]), int(row["total"])) for row in rows], t, language)
    themes = report.themes.to_dict("records")
    return _line("short_said", [(plain(row[f"name_{language}"]), int(row["remarks"])) for row in themes], t, language)


def _worth(result: Result, t: Translate, language: Language) -> list[str]:
    """Name what most call valuable, what most can do with less of, and what divides the room: no service stands in two lines."""
    rows: list[dict[Any, Any]] = result.rows.to_dict("records")
    sides = {
        "more": [row for row in rows if row["more"] > row["less"]],
        "less": [row for row in rows if row["less"] > row["more"]],
        "divided": [row for row in rows if row["less"] == row["more"]],
    }
    return [
        _line(
            f"short_{side}",
            [(plain(row[f"name_{language}"]), int(row["less" if side == "less" else "more"])) for row in found],
            t,
            language,
        )
        for side, found in sides.items()
    ]


def _line(key: str, given: list[tuple[str, int]], t: Translate, language: Language) -> str:
    best = sorted((one for one in given if one[1] and one[0]), key=lambda one: -one[1])
    if not best:
        return ""
    last = best[min(_TOP, len(best)) - 1][1]
    named = [f"{name} ({number(n, language)})" for name, n in best if n >= last][:_MOST]
    return t(f"session_report.{key}", names=", ".join(named))
