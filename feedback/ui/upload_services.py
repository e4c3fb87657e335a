"""What a file calls the services: which of the panel's own each name stands for, to correct; remembered for the same shape."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable

import pandas as pd
import streamlit as st

from feedback.intake.areas import AreaNames
from feedback.intake.clean import fold
from feedback.intake.model import Column, Table
from feedback.text.masking import mask
from feedback.ui.data import Snapshot
from feedback.ui.page import Page
from feedback.ui.upload_source import Incoming

# A name that no service of the panel stands for: its answers get their service from their words.
NONE = "-"
# More is no list of services.
MOST = 100


def named(table: Table, column: Column) -> dict[str, tuple[str, int]]:
    """Give what the cells of a column name: folded, to the name as first written and how often; the most frequent first."""
    at = table.header.index(column.name)
    first: dict[str, str] = {}
    times: Counter[str] = Counter()
    for text, n in Counter(row[at] for row in table.rows if row[at].strip()).items():
        times[fold(text)] += n
        first.setdefault(fold(text), text)
    return {name: (first[name], n) for name, n in times.most_common(MOST)}


def services(
    page: Page, data: Snapshot, incoming: Incoming, table: Table, column: Column, choose: Callable[..., None]
) -> None:
    """Show which service each name in a column stands for.

    Parameters
    ----------
    page : Page
    data : Snapshot
    incoming : Incoming
    table : Table
    column : Column
        The one of services.
    choose : callable
        Remembers what a person says of a column.
    """
    t, there = page.t, data.areas[data.areas["is_active"]]
    words = zip(there["name_nl"], there["name_en"], there["keywords"], strict=True)
    by_rule = AreaNames({key: (nl, en, *more) for key, (nl, en, more) in zip(there["area"], words, strict=True)})
    found, said = named(table, column), dict(column.names)
    if not found:
        return
    own = data.area_names(page.lang)
    options = {NONE: t("upload.services_none"), **{key: own[key] for key in there["area"]}}
    keys = [said.get(name, by_rule.called(text)) or NONE for name, (text, _) in found.items()]
    keys = [key if key in options else NONE for key in keys]
    with st.container(gap="xsmall"):
        st.caption(t("upload.services_help"))
        edited = st.data_editor(
            pd.DataFrame(
                {
                    "name": [mask(text).text for text, _ in found.values()],
                    "area": keys,
                    "times": [n for _, n in found.values()],
                }
            ),
            key=f"upload.services.{incoming.key}.{zlib.crc32(repr((column.name, keys)).encode())}",
            hide_index=True, height=min(38 + 35 * len(found), 248), width=620, disabled=("name", "times"),
            column_config={
                "name": st.column_config.TextColumn(t("upload.services_name"), width=150),
                "area": st.column_config.SelectboxColumn(
                    t("upload.role_area"), options=list(options), required=True, width=150,
                    format_func=lambda key: options.get(str(key), str(key)),
                ),
                "times": st.column_config.NumberColumn(t("upload.masked_times"), width=60),
            },
        )  # fmt: skip
    now = edited["area"].tolist()
    changed = {name: "" if new == NONE else new for name, old, new in zip(found, keys, now, strict=True) if new != old}
    if changed:
        choose(incoming, column.name, names=tuple((said | changed).items()))
        st.rerun()
