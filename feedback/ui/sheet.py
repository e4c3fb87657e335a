"""A table of words that reads on a telephone too: there every line stands as a card, each figure under its name."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as html

import streamlit as st

_LOOK = """<style>
.sheet {width: 100%; border-collapse: collapse; font-size: .875rem}
.sheet th, .sheet td {text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0}
.sheet td, .sheet th {border: 0; border-bottom: 1px solid rgba(128, 128, 128, .25)}
.sheet thead th {font-weight: 400; opacity: .75; font-size: .8rem}
@media (max-width: 640px) {
  .sheet thead {display: none}
  .sheet, .sheet tbody, .sheet tr, .sheet td, .sheet tbody th {display: block}
  .sheet tr {padding: .35rem 0; border-bottom: 1px solid rgba(128, 128, 128, .25)}
  .sheet td, .sheet tbody th {border: 0; padding: .1rem 0}
  .sheet td:empty {display: none}
  .sheet td::before {content: attr(data-name) ": "; opacity: .75}
}
</style>"""


def sheet(columns: Sequence[str], rows: Sequence[Sequence[str]], *, bold: Sequence[tuple[int, int]] = ()) -> None:
    """Draw the table.

    Parameters
    ----------
    columns : sequence of str
        Names; the first column names the line.
    rows : sequence of sequence of str
        Not escaped.
    bold : sequence of (int, int)
        Row and column of the cells that stand out.
    """
    thick = set(bold)

    def cell(at: int, place: int, text: str) -> str:
        told = html(text)
        if place == 0:
            return f'<th scope="row">{told}</th>'
        told = f"<b>{told}</b>" if (at, place) in thick else told
        return f'<td data-name="{html(columns[place])}">{told}</td>'

    head = "".join(f'<th scope="col">{html(name)}</th>' for name in columns)
    body = "".join(
        f"<tr>{''.join(cell(at, place, text) for place, text in enumerate(row))}</tr>" for at, row in enumerate(rows)
    )
    st.html(f'<table class="sheet"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    st.html(_LOOK)
