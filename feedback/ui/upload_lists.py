"""What the upload page shows of a file before it is stored, and of the files that were."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from feedback import pipeline
from feedback.i18n import catalogue, day, number
from feedback.intake import batches
from feedback.ui.data import Snapshot, act
from feedback.ui.page import Page, escape, who
from feedback.ui.parts import downloads

# Enough to see whether it was understood; all of it is on the themes page in a minute.
FIRST = 100
NEWEST = 8


def preview(page: Page, data: Snapshot, prepared: pipeline.Prepared) -> None:
    """Show what a file gives: remarks, what was hidden, what was left out.

    Parameters
    ----------
    page : Page
    data : Snapshot
    prepared : Prepared
    """
    t, lang, notes, taken = page.t, page.lang, prepared.notes, prepared.taken
    figures = {
        "notes": len(notes), "remarks": len(prepared.remarks), "scores": len(taken.scores),
        "empty": int(notes["is_empty"].sum()), "masked": sum(prepared.masked.values()), "dropped": len(taken.dropped),
    }  # fmt: skip
    helped = ("remarks", "empty", "masked")
    with st.container(horizontal=True, gap="medium"):
        for name, value in figures.items():
            st.metric(t(f"upload.n_{name}"), number(value, lang), width="content",
                      help=t(f"upload.n_{name}_help") if name in helped else None)  # fmt: skip
    again = prepared.again
    changes = [f"{t('upload.tab_changed')} ({number(len(again.changed), lang)})"] if again and again.changed else []
    remarks, masked, dropped, *changed = st.tabs(
        [
            t("upload.tab_remarks"),
            f"{t('upload.tab_masked')} ({number(figures['masked'], lang)})",
            f"{t('upload.tab_dropped')} ({number(figures['dropped'], lang)})",
            *changes,
        ]
    )
    with remarks:
        _remarks(page, data, prepared)
    with masked:
        _masked(page, prepared)
    with dropped:
        if not taken.dropped:
            st.write(t("upload.dropped_none"))
        else:
            reasons = [
                {"row": d.row, "column": d.column, "reason": d.reason, "values": d.values} for d in taken.dropped
            ]
            st.dataframe(
                left_out(page, reasons, taken.kind).head(500), hide_index=True, width="stretch", row_height=56,
                column_config={
                    row_name(page, taken.kind): st.column_config.NumberColumn(width=60),
                    t("upload.col_name"): st.column_config.TextColumn(width=180),
                    t("upload.reason"): st.column_config.TextColumn(width=600),
                },
            )  # fmt: skip
            bad = rejected(page, prepared)
            if len(bad):
                st.write(t("upload.bad_rows"))
                downloads(page, "upload-rows", lambda: bad)
    if again and changed:
        with changed[0]:
            rows = sorted(again.changed)
            st.dataframe(
                pd.DataFrame(
                    {
                        row_name(page, taken.kind): rows,
                        t("upload.changed_before"): [again.said[row][0] for row in rows],
                        t("upload.changed_now"): [again.said[row][1] for row in rows],
                    }
                ).head(FIRST),
                hide_index=True, width="stretch", row_height=56,
            )  # fmt: skip


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


def _remarks(page: Page, data: Snapshot, prepared: pipeline.Prepared) -> None:
    t, found = page.t, prepared.remarks
    if found.empty:
        st.write(t("upload.no_remarks"))
        return
    shown = found.head(FIRST)
    more = len(found) > FIRST
    st.caption(t("upload.first_remarks", shown=FIRST, total=len(found)) if more else t("upload.all_remarks"))
    themes = data.theme_names(page.lang) | {theme.key: theme.label for theme in prepared.found}
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


def _masked(page: Page, prepared: pipeline.Prepared) -> None:
    t = page.t
    if not prepared.masked:
        st.write(t("upload.masked_none"))
        return
    kinds = ", ".join(f"{kind_name(page, kind)} {number(n, page.lang)}×" for kind, n in prepared.masked.items())
    st.write(escape(t("upload.masked_kinds", kinds=kinds)))
    row = row_name(page, prepared.taken.kind)
    raw = pd.Series([note.text for note in prepared.taken.notes], index=prepared.notes.index, dtype=object)
    touched = prepared.notes[prepared.notes["text"].str.contains("[", regex=False) & (raw != prepared.notes["text"])]
    st.dataframe(
        pd.DataFrame({row: touched["row"], t("remarks.text"): touched["text"]}).head(FIRST),
        hide_index=True, width="stretch", row_height=48,
        column_config={row: st.column_config.NumberColumn(width=60)},
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


def log_of(page: Page, batch: pd.Series) -> pd.DataFrame:
    """Give the log of a stored file: what came in, what was hidden, what was left out and why.

    Parameters
    ----------
    page : Page
    batch : Series
        A row of `store.frames.batches`.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t = page.t
    lines = [(t("upload.log_batch"), None, "", f"{batch['filename']}: {_line(page, batch)}")]
    for kind, n in batch["masked"].items():
        lines.append((t("upload.log_masked"), None, "", t("upload.log_times", n=int(n), kind=kind_name(page, kind))))
    for row, column, reason in left_out(page, batch["dropped"], batch["kind"]).itertuples(index=False):
        lines.append((t("upload.log_dropped"), row, column, reason))
    names = [t("upload.log_what"), row_name(page, batch["kind"]), t("upload.col_name"), t("upload.reason")]
    table = pd.DataFrame(lines, columns=names)
    table[names[1]] = table[names[1]].astype("Int64")
    return table


def stored(page: Page, data: Snapshot) -> None:
    """List the stored files, newest first, each with undo and its log.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """
    rows = [row for _, row in data.batches.iterrows()]
    if not rows:
        st.caption(page.t("upload.batches_none"))
    for row in rows[:NEWEST]:
        _batch(page, row)
    if rows[NEWEST:]:
        older = st.expander(page.t("upload.older", n=len(rows) - NEWEST), key="upload.older", on_change="rerun")
        with older:
            for row in rows[NEWEST:] if older.open else ():
                _batch(page, row)


def _batch(page: Page, batch: pd.Series) -> None:
    t, key = page.t, int(batch["batch_id"])
    undone = pd.notna(batch["undone_at"])
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{escape(str(batch['filename']))}**", width="stretch")
            if undone:
                st.badge(t("upload.undone"), color="orange", icon=":material/undo:")
            downloads(page, f"upload-{key}", lambda: log_of(page, batch))
            label = t("upload.redo") if undone else t("upload.undo")
            wanted = st.button(label, key=f"upload.mark.{key}", help=None if undone else t("upload.undo_help"))
            if wanted and act(page, _mark, key, undone=undone):
                st.rerun()
        st.caption(escape(_line(page, batch)))


def _line(page: Page, batch: pd.Series) -> str:
    return page.t(
        "upload.batch_line", session=batch["session"], date=day(batch["date"], page.lang), notes=int(batch["notes"]),
        remarks=int(batch["remarks"]), who=who(page, batch["created_by"]), when=day(batch["created_at"], page.lang),
    )  # fmt: skip


def _mark(batch_id: int, *, undone: bool, session: object, actor: str) -> bool:
    """Undo a batch, or bring it back; true, because `act` gives None for a failure."""
    do = batches.redo if undone else batches.undo
    do(batch_id, session=session, actor=actor)  # type: ignore[arg-type]
    return True
