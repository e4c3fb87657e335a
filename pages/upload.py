"""Upload: from a file or pasted notes to themes, seen before it is stored; and what was stored, with undo."""

import streamlit as st

from feedback.ui import (
    forgetting,
    upload_batches,
    upload_columns,
    upload_guide,
    upload_hand,
    upload_parts,
    upload_preview,
    upload_source,
)
from feedback.ui.data import snapshot
from feedback.ui.page import escape, open_page
from feedback.ui.shell import title

page = open_page("upload", role="coordinator")
t, data = page.t, snapshot()

title(page, t("upload.title"))
if done := st.session_state.get(upload_parts.DONE):
    file, stored = done
    said = "upload.done" if stored.remarks else "upload.done_scores"
    lines = [
        escape(
            t(
                said,
                file=file,
                remarks=t("upload.count_remarks", n=stored.remarks),
                themes=t("upload.count_themes", n=stored.themes),
            )
        )
    ]
    if stored.ideas:
        lines.append(t("upload.done_ideas", n=stored.ideas))
    if stored.removed_example:
        lines.append(t("upload.done_example"))
    st.success(" ".join(lines), icon=":material/check_circle:")
    there = "themes" if stored.remarks else "services"
    if st.button(t(f"upload.to_{there}"), key="upload.to_themes", type="primary", icon=":material/arrow_forward:"):
        del st.session_state[upload_parts.DONE]
        st.switch_page(f"pages/{there}.py", query_params={"lang": page.lang})
else:
    st.caption(t("upload.intro"))
if data.has_example:
    st.info(t("upload.example_goes"), icon=":material/info:")

st.subheader(t("upload.step_source"))
upload_guide.guide(page)
waiting = upload_source.choose(page)
understood = upload_parts.understand(page, data, waiting)

if understood:
    st.session_state.pop(upload_parts.DONE, None)
    incoming, source, mapping = understood
    upload_source.queue(page, waiting, incoming)
    session_place = st.container()

    if source.table and mapping:
        st.subheader(t("upload.step_columns"))
        if source.table.other_sheets:
            others = ", ".join(source.table.other_sheets)
            st.caption(escape(t("upload.other_sheets", sheet=source.table.sheet, others=others)))
        mapping = upload_columns.columns(page, data, incoming, source.table, mapping)

    whole = bool(st.session_state.get(f"upload.whole.{incoming.key}"))
    prepared = upload_parts.prepare(page, incoming, mapping, whole=whole)
    if prepared:
        with session_place:
            st.subheader(t("upload.step_session"))
            where = upload_parts.destination(page, data, incoming, prepared)

        st.subheader(t(f"upload.step_check_{source.kind}"))
        seen = upload_preview.preview(page, data, incoming, prepared)

        st.subheader(t(f"upload.step_store_{source.kind}"))
        with st.container(horizontal=True):
            label = t("upload.store" if len(prepared.remarks) else "upload.store_scores")
            wanted = st.button(label, key="upload.store", type="primary", icon=":material/save:")
            st.button(t("upload.cancel"), key="upload.cancel", on_click=upload_source.put_aside, args=(incoming,))
        final = upload_hand.finished(page, incoming, seen) if wanted and seen else None
        if final and (stored := upload_parts.store(page, final, where)):
            st.session_state[upload_parts.DONE] = source.filename, stored
            upload_source.put_aside(incoming)
            st.rerun()

st.subheader(t("upload.batches"))
upload_batches.stored(page, data)
forgetting.draw(page)
