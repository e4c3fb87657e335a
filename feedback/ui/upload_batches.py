"""The files that were stored, newest first: each with undo and its log."""

from __future__ import annotations

import re
from pathlib import PurePath

import pandas as pd
import streamlit as st

from feedback.i18n import day
from feedback.intake import batches
from feedback.ui.data import Snapshot, act
from feedback.ui.page import Page, escape, who
from feedback.ui.parts import downloads
from feedback.ui.upload_lists import kind_name, left_out, row_name
from feedback.ui.upload_parts import DONE

NEWEST = 8


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
    whys = left_out(page, batch["dropped"], batch["kind"]).itertuples(index=False)
    for one, (row, column, reason) in zip(batch["dropped"], whys, strict=True):
        by_hand = str(one["reason"]).startswith("pipeline.by_hand.")
        lines.append((t("upload.log_by_hand" if by_hand else "upload.log_dropped"), row, column, reason))
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
            stem = re.sub(r"[^\w-]+", "-", PurePath(str(batch["filename"])).stem).strip("-")[:60]
            name = f"{t('upload.log').lower()}-{stem}"
            downloads(page, f"upload-{key}", lambda: log_of(page, batch), label=t("upload.log"), name=name)
            label = t("upload.redo") if undone else t("upload.undo")
            wanted = st.button(label, key=f"upload.mark.{key}", help=None if undone else t("upload.undo_help"))
            if wanted and act(page, _mark, key, undone=undone):
                # "Stored" on top of the page is true no more, or not the news any more.
                st.session_state.pop(DONE, None)
                st.rerun()
        st.caption(escape(_line(page, batch)))
        if undone:
            st.markdown(escape(t("upload.undone_line", **_counts(page, batch))))


def _counts(page: Page, batch: pd.Series) -> dict[str, str]:
    """Say how many answers and remarks, each with its own plural."""
    return {name: page.t(f"upload.count_{name}", n=int(batch[name])) for name in ("notes", "remarks")}


def _line(page: Page, batch: pd.Series) -> str:
    return page.t(
        "upload.batch_line", session=batch["session"], date=day(batch["date"], page.lang),
        **_counts(page, batch), who=who(page, batch["created_by"]), when=day(batch["created_at"], page.lang),
    )  # fmt: skip


def _mark(batch_id: int, *, undone: bool, session: object, actor: str) -> bool:
    """Undo a batch, or bring it back; true, because `act` gives None for a failure."""
    do = batches.redo if undone else batches.undo
    do(batch_id, session=session, actor=actor)  # type: ignore[arg-type]
    return True
