"""The report of a workshop as one piece of HTML, for the screen and for paper; every text in it is escaped."""

from __future__ import annotations

from html import escape

from feedback.i18n import LANGUAGES, Language, number
from feedback.reports.session_blocks import NARROW, Block, Bullets, Chart, Part, Quotes, Report, Table, Words

FIGURE = ' class="sr-figure"'


def as_html(report: Report, language: Language) -> str:
    """Write a report as HTML, without its title.

    Parameters
    ----------
    report : Report
        See `session_told.told`.
    language : {"nl", "en"}

    Returns
    -------
    str
        An article; no script, no address of anything. Its looks are the screen's: the classes start with `sr`.
    """
    notice = f'<p class="sr-notice">{escape(report.notice)}</p>' if report.notice else ""
    parts = "".join(_part(part, language) for part in report.parts)
    source = f'<p class="sr-small">{escape(report.source)}</p>'
    lead = f'<p class="sr-lead">{escape(report.subtitle)}</p>'
    return f'<article class="sr" lang="{language}">{lead}{notice}{parts}{source}</article>'


def _part(part: Part, language: Language) -> str:
    head = f"h{part.level + 1}"
    blocks = "".join(_block(block, part, language) for block in part.blocks)
    return f'<section class="sr-{part.key}"><{head}>{escape(part.title)}</{head}>{blocks}</section>'


def _block(block: Block, part: Part, language: Language) -> str:
    if isinstance(block, Words):
        look = ' class="sr-small"' if block.is_small else ' class="sr-head"' if block.is_head else ""
        return f"<p{look}>{escape(block.text)}</p>"
    if isinstance(block, Bullets):
        tag = "ol" if block.is_numbered else "ul"
        return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</{tag}>"
    if isinstance(block, Quotes):
        return "".join(f"<blockquote{_spoken(spoken)}>“{escape(text)}”</blockquote>" for text, spoken in block.said)
    if isinstance(block, Table):
        return _table(block, part)
    return _chart(block, language)


def _spoken(language: str) -> str:
    return f' lang="{language}"' if language in LANGUAGES else ""


def _table(table: Table, part: Part) -> str:
    def cell(at: int, text: str) -> str:
        shown = escape(text)
        if at == 0:
            return f'<th scope="row">{shown}</th>'
        figure = FIGURE if at in table.figures else ""
        return f'<td{figure} data-name="{escape(table.columns[at])}">{shown}</td>'

    head = "".join(
        f'<th scope="col"{FIGURE if at in table.figures else ""}>{escape(name)}</th>'
        for at, name in enumerate(table.columns)
    )
    body = "".join(f"<tr>{''.join(cell(at, text) for at, text in enumerate(row))}</tr>" for row in table.rows)
    # The heading over it says the same already, to who sees it.
    told = ' class="sr-unseen"' if table.title == part.title else ""
    look = ' class="sr-narrow"' if len(table.columns) <= NARROW else ""
    return (
        f"<table{look}><caption{told}>{escape(table.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _chart(chart: Chart, language: Language) -> str:
    """Draw lying bars; a table after it has the figures, so for who cannot see it one sentence is enough."""
    if chart.ends:
        low, high = chart.ends
    else:
        totals = [sum(one.values[at] for one in chart.series) for at in range(len(chart.names))]
        low, high = 0.0, max(totals, default=0.0) or 1.0
    rows = "".join(_bar(chart, at, low, high, language) for at in range(len(chart.names)))
    legend = "".join(f'<span><i style="background:{one.colour}"></i>{escape(one.name)}</span>' for one in chart.series)
    legend = f'<div class="sr-legend">{legend}</div>' if len(chart.series) > 1 else ""
    return f'<div class="sr-chart" role="img" aria-label="{escape(chart.alt)}">{legend}{rows}</div>'


def _bar(chart: Chart, at: int, low: float, high: float, language: Language) -> str:
    pieces = []
    for one in chart.series:
        value = one.values[at]
        if not value and len(chart.series) > 1:
            continue
        start, end = (min(value, 0.0), max(value, 0.0)) if low < 0 else (low, low + value)
        width = 100 * (end - start) / (high - low)
        shift = f"margin-left:{100 * (start - low) / (high - low):.2f}%;" if low < 0 else ""
        told = number(value, language, chart.decimals)
        # A figure stands in its piece where others follow it, else behind the bar.
        inside, behind = (told, "") if len(chart.series) > 1 else ("", f"<b>{told}</b>")
        pieces.append(
            f'<span class="sr-piece" style="{shift}width:{width:.2f}%;background:{one.colour}">{inside}</span>{behind}'
        )
    name = escape(chart.names[at])
    return (
        f'<div class="sr-bar"><span class="sr-name">{name}</span><span class="sr-track">{"".join(pieces)}</span></div>'
    )
