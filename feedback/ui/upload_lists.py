"""What the upload page shows of a file before it is stored."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from feedback import pipeline
from feedback.i18n import catalogue, number
from feedback.intake.by_hand import hide
from feedback.intake.model import Dropped
from feedback.text.masking import mask
from feedback.text.names import names_of
from feedback.ui.data import Snapshot
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads, tiles

# Enough to see whether it was understood; all of it is on the themes page in a minute.
FIRST = 100
# Of what stays behind: as many, and as much of each.
MOST, LONGEST = 500, 1000
# So many are written out, which a telephone shows whole; more are a table.
WRITTEN = 20


def figures(page: Page, prepared: pipeline.Prepared) -> None:
    """Show in numbers what a file gives.

    Parameters
    ----------
    page : Page
    prepared : Prepared
    """
    t, notes, taken = page.t, prepared.notes, prepared.taken
    numbers = {
        "notes": len(notes), "remarks": len(prepared.remarks), "scores": len(taken.scores),
        "empty": int(notes["is_empty"].sum()), "masked": sum(prepared.masked.values()),
        "dropped": len(kept_out(prepared)),
    }  # fmt: skip
    helped = ("remarks", "empty", "masked")
    with tiles():
        for name, value in numbers.items():
            st.metric(t(f"upload.n_{name}"), number(value, page.lang), width="content",
                      help=t(f"upload.n_{name}_help") if name in helped else None)  # fmt: skip


def kept_out(prepared: pipeline.Prepared) -> list[Dropped]:
    """Give what stays behind of a file; what was only cut or masked by hand does not."""
    changed = {f"pipeline.by_hand.{what}" for what in ("cut", "hidden", "shown")}
    return [drop for drop in prepared.taken.dropped if drop.reason not in changed]


def dropped(page: Page, prepared: pipeline.Prepared) -> None:
    """List what stays behind, and why; rows to mend can be downloaded.

    Parameters
    ----------
    page : Page
    prepared : Prepared
    """
    t, kind, out = page.t, prepared.taken.kind, kept_out(prepared)
    if not out:
        st.write(t("upload.dropped_none"))
        return
    reasons = [{"row": d.row, "column": d.column, "reason": d.reason, "values": d.values} for d in out]
    table, place = left_out(page, reasons, kind).head(MOST), t("upload.col_name")
    if kind == "notes":
        # Notes have no columns; what was said tells where it stands.
        table, place = table.assign(**{t("remarks.text"): _said(prepared, out[:MOST])}), t("remarks.text")
    row, why = row_name(page, kind), t("upload.reason")
    if len(table) <= WRITTEN:
        lines = zip(table[row], table[place], table[why], strict=True)
        st.markdown("\n".join(f"- **{row} {at}: {escape(what)}**\\\n  {escape(reason)}" for at, what, reason in lines))
    else:
        st.dataframe(
            table, hide_index=True, width="stretch", row_height=56, column_order=[row, place, why],
            column_config={
                row: st.column_config.NumberColumn(width=60),
                place: st.column_config.TextColumn(width="large" if kind == "notes" else 180),
                why: st.column_config.TextColumn(width="medium" if kind == "notes" else 600),
            },
        )  # fmt: skip
    bad = rejected(page, prepared)
    if len(bad):
        st.write(t("upload.bad_rows"))
        downloads(page, "upload-rows", lambda: bad)


def _said(prepared: pipeline.Prepared, out: list[Dropped]) -> list[str]:
    """Give what stands in session notes where something was left out, masked: for the screen only."""
    document = prepared.source.document
    texts: dict[int, list[tuple[str, str]]] = {}
    for one in document.paragraphs if document else ():
        texts.setdefault(one.row, []).append((f"intake.dropped.{one.kind}", one.text))
    found = []
    people = names_of(prepared.taken.people)
    for drop in out:
        there = texts.get(drop.row, [])
        at = next((i for i, (reason, _) in enumerate(there) if reason == drop.reason), None)
        if at is None and drop.reason.startswith(("pipeline.by_hand.", "intake.dropped.paragraph")):
            at = next((i for i, (reason, _) in enumerate(there) if reason == "intake.dropped.remark"), None)
        text = there.pop(at)[1][:LONGEST] if at is not None else ""
        found.append(hide(mask(text, people).text, prepared.hidden)[0])
    return found


def rejected(page: Page, prepared: pipeline.Prepared) -> pd.DataFrame:
    """Give the rows of a table that stayed behind as they stand in the file, with the reason.

    Parameters
    ----------
    page : Page
    prepared : Prepared

    Returns
    -------
    DataFrame
        The file's own columns and one for the reason, which is left out again when the rows come back mended.
    """
    table = prepared.source.table
    if table is None:
        return pd.DataFrame()
    reasons: dict[int, list[str]] = {}
    for drop in prepared.taken.dropped:
        if drop.whole_row:
            said = page.t(drop.reason, **drop.values)
            reasons.setdefault(drop.row - table.first_row, []).append(f"{drop.column}: {said}" if drop.column else said)
    rows = [(*table.rows[at], " ".join(said)) for at, said in sorted(reasons.items())]
    return pd.DataFrame(rows, columns=[*table.header, page.t("upload.bad_reason")])


def remarks(page: Page, data: Snapshot, prepared: pipeline.Prepared) -> None:
    """List the remarks of a file with what was made of each.

    Parameters
    ----------
    page : Page
    data : Snapshot
    prepared : Prepared
    """
    t, found = page.t, prepared.remarks
    if found.empty:
        st.write(t("upload.no_remarks"))
        return
    shown = found.head(FIRST)
    more = len(found) > FIRST
    st.caption(t("upload.first_remarks", shown=FIRST, total=len(found)) if more else t("upload.all_remarks"))
    themes = data.theme_names(page.lang) | {
        theme.key: (theme.label_en if page.lang == "en" else "") or theme.label for theme in prepared.found
    }
    areas = data.area_names(page.lang)
    st.dataframe(
        pd.DataFrame(
            {
                row_name(page, prepared.taken.kind): shown["note"].map(prepared.notes["row"]),
                t("remarks.text"): shown["text"],
                t("upload.theme"): shown["theme"].map(lambda key: themes.get(key) or t("upload.no_theme")),
                t("remarks.area"): shown["area"].map(lambda key: areas.get(key, key)),
                t("remarks.sentiment"): shown["sentiment"].map(lambda key: t(f"sentiment.{key}")),
            }
        ),
        hide_index=True, width="stretch", row_height=48,
        column_config={
            row_name(page, prepared.taken.kind): st.column_config.NumberColumn(width=60),
            t("remarks.text"): st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip


def kind_name(page: Page, kind: str) -> str:
    """Give the name of a kind of personal data; the placeholder's own word where the catalogues have none."""
    key = f"masked.{kind}"
    return page.t(key) if key in catalogue(page.lang) else kind


def row_name(page: Page, kind: str) -> str:
    """Name where something stands: a row of a table, a line of notes."""
    return page.t("remarks.row" if kind == "table" else "upload.line")


def left_out(page: Page, dropped: list[dict[str, object]], kind: str) -> pd.DataFrame:
    """Give what was left out of a file as a table for people.

    Parameters
    ----------
    page : Page
    dropped : list of dict
        row, column, reason (key), values.
    kind : {"table", "notes"}

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, whole = page.t, page.t("upload.whole_row" if kind == "table" else "upload.whole_line")
    return pd.DataFrame(
        {
            row_name(page, kind): [one["row"] for one in dropped],
            t("upload.col_name"): [one["column"] or whole for one in dropped],
            t("upload.reason"): [t(str(one["reason"]), **dict(one["values"] or {})) for one in dropped],  # type: ignore[call-overload]
        }
    )
