"""The figures of one theme on one line, as HTML: sanitised by the browser, and every word of a user escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape as html
from typing import Any

import pandas as pd

from feedback.charts.palette import TONES
from feedback.i18n import number, percent
from feedback.settings import settings
from feedback.ui.page import Page

# A row of a frame, or what became of it as a dict.
Row = Mapping[Any, Any] | pd.Series
# Said in bold: a test stands behind it.
STRONG = ("rising", "falling", "new", "gone")


def facts(page: Page, row: Row, areas: Mapping[str, str]) -> str:
    """Give the figures of a theme on one line, as HTML without a word of a user that is not escaped.

    Parameters
    ----------
    page : Page
    row : mapping
        A row of `theme_rows.theme_rows`.
    areas : mapping of str to str
        Names of the service areas.

    Returns
    -------
    str
    """
    t, lang = page.t, page.lang
    if not row["shown"]:
        return _line([(t("themes.page.hidden", threshold=settings().group_threshold), "auto")])
    who = t("people.count", n=int(row["people"]))
    if not row["people"]:  # there are remarks, so somebody said them
        who = f'<span title="{html(t("people.unknown"))}">{html(t("people.unknown_here"))}</span>'
    size = f"<b>{who}</b> · {t('remarks.count', n=int(row['remarks']))}"
    grade = t("themes.page.grade_none")
    if row["grade"] == row["grade"]:
        grade = t("themes.page.grade", grade=number(row["grade"], lang, 1), n=int(row["grade_n"]))
    told = html(trend_text(page, row))
    parts = [
        (size, "11rem"),
        (_bar(page, row) if row["parts"] else "", "6rem"),
        (f'<span title="{html(t("themes.page.grade_help"))}">{grade}</span>', "7.5rem"),
        (html(areas_text(page, row, areas)), "6rem"),
        (f"<b>{told}</b>" if row["change"] in STRONG else told, "auto"),
    ]
    if row.get("status", "proposed") != "proposed":
        parts.append((t(f"themes.page.status_{row['status']}"), "auto"))
    if row["loud"]:
        parts.append((f'<b title="{html(t("themes.page.loud_help"))}">{t("themes.page.loud")}</b>', "auto"))
    return _line(parts)


def areas_of(row: Row) -> list[str]:
    """Give the service areas of a theme's remarks; the theme's own where those would tell on single people."""
    if row["parts"] and isinstance(row["areas"], list):
        return row["areas"]
    return [row["area"]] if isinstance(row["area"], str) else []


def areas_text(page: Page, row: Row, areas: Mapping[str, str]) -> str:
    """Name the service areas of a theme's remarks, or say that they are many and none stands out."""
    found = areas_of(row)
    if row["parts"] and not found:
        return page.t("themes.page.many_areas")
    return ", ".join(areas.get(area, area) for area in found)


def _line(parts: list[tuple[str, str]]) -> str:
    cells = "".join(f'<span style="flex:0 0 {width}">{part}</span>' for part, width in parts if part)
    return (
        f'<div style="display:flex;flex-wrap:wrap;gap:.15rem 1rem;align-items:center;font-size:.875rem">{cells}</div>'
    )


def _bar(page: Page, row: Row) -> str:
    counts = {tone: int(row[tone]) for tone in TONES}
    told = page.t("themes.page.tones", **counts)
    total = max(sum(counts.values()), 1)
    pieces = "".join(
        f'<span style="width:{100 * counts[tone] / total:.1f}%;background:{TONES[tone]}"></span>'
        for tone in TONES
        if counts[tone]
    )
    return (
        f'<span role="img" aria-label="{html(told)}" title="{html(told)}" '
        f'style="display:flex;height:.7rem;border-radius:.35rem;overflow:hidden;gap:1px">{pieces}</span>'
    )


def trend_text(page: Page, row: Row) -> str:
    """Tell how a theme moved between the last session and those before it, with its people; "" where untold."""
    change = row["change"]
    if not isinstance(change, str) or not change:
        return ""
    last, before = int(row["n_last"]), int(row["n_before"])
    return page.t(
        f"themes.page.trend_{change}", last=percent(row["share_last"], page.lang), n_last=last, n_before=before,
        before=percent(row["share_before"], page.lang), people=last + before,
    )  # fmt: skip


def tone_legend(page: Page) -> str:
    """Give the key to the colours of the bars, as HTML."""
    dots = "".join(
        f'<span style="white-space:nowrap"><span style="display:inline-block;width:.7rem;'
        f"height:.7rem;border-radius:50%;"
        f'background:{TONES[tone]};margin-right:.3rem"></span>{html(page.t(f"sentiment.{tone}"))}</span>'
        for tone in TONES
    )
    return f'<div style="display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.8rem;opacity:.85">{dots}</div>'
