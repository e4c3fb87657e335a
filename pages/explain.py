"""Uitleg: the method and its limits in plain words, with the figures of this database."""

import streamlit as st

from feedback.i18n import percent
from feedback.settings import settings
from feedback.themes.finding import WEAK
from feedback.ui.data import snapshot
from feedback.ui.page import open_page
from feedback.ui.shell import title
from feedback.ui.theme_rows import is_unplaced

page = open_page("explain")
# Pixels: lines of some ninety characters.
READABLE = 760
t, data = page.t, snapshot()
remarks = data.remarks
weak = is_unplaced(remarks)
by_person = remarks["placed_by"] == "person"
batches = data.batches[data.batches["undone_at"].isna()]
share = lambda part: percent(part / len(remarks), page.lang) if len(remarks) else percent(None, page.lang)  # noqa: E731

title(page, t("explain.title"))
st.markdown(t("explain.lead"), width=READABLE)

figures = {
    "sessions": len(data.sessions[data.sessions["session_id"].isin(remarks["session_id"])]),
    "notes": int(batches["notes"].sum()),
    "remarks": len(remarks),
    "people": remarks["person"].nunique(),
    "themes": remarks["theme_id"].nunique(),
    "masked": sum(sum(found.values()) for found in batches["masked"]),
}
with st.container(horizontal=True):
    for name, value in figures.items():
        st.metric(t(f"explain.figure.{name}"), t("explain.count", n=value), border=True)

STEPS = {
    "intake": {"files": len(batches), "dropped": sum(len(dropped) for dropped in batches["dropped"])},
    "mask": {"masked": figures["masked"]},
    "cut": {"notes": figures["notes"], "filled": remarks["note_id"].nunique(), "remarks": figures["remarks"]},
    "themes": {
        "weak": int(weak.sum()), "weak_share": share(weak.sum()), "by_person": int(by_person.sum()),
        "confirmed": int((data.themes["status"] == "confirmed").sum()), "limit": percent(WEAK, page.lang),
    },
    "areas": {"none": int((remarks["area"] == "algemeen").sum()), "none_share": share((remarks["area"] == "algemeen").sum())},
    "sentiment": {"scores": len(data.scores)},
    "rising": {},
    "savings": {"saving": int(remarks["is_saving"].sum())},
    "package": {},
    "replies": {"replies": len(data.replies), "days": settings().reply_days},
    "groups": {"threshold": settings().group_threshold, "unknown": int(remarks["person"].isna().sum())},
    "forget": {},
}  # fmt: skip
for step, values in STEPS.items():
    st.subheader(t(f"explain.step.{step}"))
    st.markdown(t(f"explain.how.{step}"), width=READABLE)
    if values:
        st.caption(t(f"explain.here.{step}", **values), width=READABLE)

st.subheader(t("explain.limits"))
st.markdown(t("explain.limits_text"), width=READABLE)
