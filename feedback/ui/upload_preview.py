"""The preview of a file: figures, and one look at a time at what becomes of it."""

from __future__ import annotations

import streamlit as st

from feedback import pipeline
from feedback.i18n import number
from feedback.ui import upload_changed, upload_cut, upload_lists, upload_masked, upload_twice
from feedback.ui.data import Snapshot
from feedback.ui.page import Page
from feedback.ui.upload_hand import changed, finished
from feedback.ui.upload_source import Incoming


def preview(page: Page, data: Snapshot, incoming: Incoming, base: pipeline.Prepared) -> pipeline.Prepared | None:
    """Show what a file gives, and let a person change it.

    Parameters
    ----------
    page : Page
    data : Snapshot
    incoming : Incoming
    base : Prepared
        Without changes.

    Returns
    -------
    Prepared or None
        With the changes, for `upload_hand.finished`; None when that cannot be, and the person was told.
    """
    t = page.t
    prepared = changed(page, incoming, base)
    shown = prepared or base
    upload_lists.figures(page, shown)
    counts = {
        "remarks": len(shown.remarks), "cut": None, "masked": sum(shown.masked.values()),
        "dropped": len(upload_lists.kept_out(shown)),
    }  # fmt: skip
    if doubles := upload_twice.found_twice(base):
        counts["twice"] = len(doubles)
    if base.again and base.again.changed:
        counts["changed"] = len(base.again.changed)
    names = {
        look: t(f"upload.look_{look}") + ("" if n is None else f" ({number(n, page.lang)})")
        for look, n in counts.items()
    }
    look = st.segmented_control(t("upload.look"), list(counts), key=f"upload.look.{incoming.key}", required=True,
                                default="remarks", format_func=names.__getitem__, label_visibility="collapsed")  # fmt: skip
    if look == "cut":
        upload_cut.cutting(page, incoming, base, shown)
    elif look == "masked":
        upload_masked.masking(page, incoming, base, shown)
    elif look == "dropped":
        upload_lists.dropped(page, shown)
    elif look == "twice":
        upload_twice.doubles(page, incoming, base)
    elif look == "changed":
        upload_changed.changed(page, shown)
    elif themed := finished(page, incoming, prepared) if prepared else base:
        upload_lists.remarks(page, data, themed)
    return prepared
