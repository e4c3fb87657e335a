"""The register of agreements (SLA): kept or not, how it feels beside that, and what has no agreement yet."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import MISSING, percent
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads, show_all
from feedback.ui.remarks import remarks_dialog
from feedback.ui.service_agreement import NEW, OPENED, VALUES, open_dialog
from feedback.ui.service_priority import HEAD
from feedback.ui.service_register import about, amount, listing, norm, rows
from feedback.ui.theme_rows import theme_rows

OPEN, MORE = "services.agreement", "services.agreements.more"
# Lines drawn at once.
FIRST = 15
MOST_THEMES = 6
# A theme of fewer people needs no agreement yet.
FEWEST_PEOPLE = 3


def draw(page: Page, view: View) -> None:
    """Draw the register, and open what was asked for.

    Parameters
    ----------
    page : Page
    view : View
    """
    t, data = page.t, view.snapshot
    found, may = rows(view), page.user.may("coordinator")
    asked: int | None = None
    with st.container(**HEAD):
        counts = {"kept": int((found["met"] == True).sum()), "missed": int((found["met"] == False).sum())}  # noqa: E712
        st.caption(
            t("services.sla_lead", n=len(found), rest=len(found) - sum(counts.values()), **counts), width="content"
        )
        if may:
            with st.container(horizontal=True, width="content"):
                for name, icon in (("values", "upload"), ("add", "add")):
                    if name == "add" or len(found):
                        st.button(
                            t(f"services.sla_{name}"), key=f"services.sla_{name}", icon=f":material/{icon}:",
                            type="primary" if name == "add" else "tertiary",
                            on_click=url.set_value, args=(OPENED, VALUES if name == "values" else NEW),
                        )  # fmt: skip
    if found.empty:
        st.info(t("services.sla_none"), icon=":material/handshake:")
    elif not view.selection.by_who:
        for beside in ("hurts", "quiet"):
            asked = _beside(page, found[found["beside"] == beside], beside) or asked
    if len(found):
        with st.container(border=True, gap="xsmall"):
            with st.container(**HEAD):
                st.markdown(f"**{t('services.sla')}**", help=t("services.sla_help"))
                downloads(page, "afspraken", lambda: listing(page, data, found, felt=not view.selection.by_who))
            _lines(page, data, found, felt=not view.selection.by_who)
    if not view.selection.by_who:
        _without(page, view, may)
    if asked is not None:
        row: Any = next(found[found["agreement_id"] == asked].itertuples())
        remarks = about(row, view.remarks).sort_values("sentiment", key=lambda tones: tones.astype("str") != "neg")
        remarks_dialog(page, data, remarks, row.text[:120], "services.sla_behind")
    elif url.get(OPENED):
        open_dialog(page, data, url.get(OPENED))


def _beside(page: Page, found: pd.DataFrame, name: str) -> int | None:
    """Draw the agreements whose figure and whose feeling differ; give the one whose remarks were asked for."""
    if found.empty:
        return None
    t, lang, asked = page.t, page.lang, None
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"**{t(f'services.sla_{name}')}**", help=t(f"services.sla_{name}_help"))
        row: Any
        for row in found.itertuples():
            share = percent(row.negative / row.remarks, lang) if row.remarks else MISSING
            told = t(
                "services.sla_beside",
                last=amount(row.last, row.unit, lang),
                norm=norm(page, row),
                share=share,
                n=row.remarks,
            )
            with st.container(horizontal=True, vertical_alignment="center", key=f"sla_line_{name}_{row.agreement_id}"):
                st.markdown(f"{escape(row.text)}  \n:small[{escape(told)}]", width="stretch")
                if st.button(t("services.sla_read"), key=f"services.sla_read.{row.agreement_id}", type="tertiary"):
                    asked = int(row.agreement_id)
    return asked


def _look() -> None:
    # On a telephone the button stays beside its line.
    st.html(
        """<style>@media (max-width: 640px) {
  [class*="st-key-sla_line_"] {flex-wrap: nowrap}
  [class*="st-key-sla_line_"] > :first-child {min-width: 0}
}</style>"""
    )


def _lines(page: Page, data: Snapshot, found: pd.DataFrame, *, felt: bool, area: bool = True) -> None:
    """Draw every agreement on a line that opens it; the first ones, until somebody wants all."""
    t = page.t
    _look()
    if found.empty:
        st.caption(t("services.sla_none_here"))
    table = listing(page, data, found, felt=felt)
    # What stands in the text itself, and who owns it, stand in the agreement and in the download.
    about = [
        t("services.sla_met"),
        t("services.sla_last"),
        t("services.sla_norm"),
        t("services.sla_felt"),
        t("services.sla_smart"),
    ]
    shown = table if st.session_state.get(MORE) else table.head(FIRST)
    for at, line in zip(found["agreement_id"], shown.to_dict("records"), strict=False):
        told = [line[t("remarks.area")]] if area else []
        told += [line[about[0]]] if line[about[0]] != t("services.sla_unknown") else []
        told += [
            f"{name.lower() if name != about[-1] else name}: {line[name]}"
            for name in about[1:]
            if line.get(name, MISSING) != MISSING
        ]
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"sla_line_{at}"):
            st.markdown(
                f"{escape(line[t('services.sla_text')])}  \n:small[{escape(' · '.join(told))}]", width="stretch"
            )
            st.button(
                t("services.sla_open"),
                key=f"{OPEN}.{at}",
                type="tertiary",
                on_click=url.set_value,
                args=(OPENED, str(at)),
            )
    if len(found) > len(shown):
        st.button(t("services.sla_more", n=len(found) - len(shown)), key="services.sla_more", on_click=show_all, args=(MORE,),
                  type="tertiary")  # fmt: skip


def on_area(page: Page, view: View, area: str) -> None:
    """Draw the agreements on one service, and open what was asked for.

    Parameters
    ----------
    page : Page
    view : View
        Of all services: how an agreement feels may be told by remarks on its themes elsewhere.
    area : str
        Key.
    """
    t, found = page.t, rows(view)
    mine = found[found["area"] == area]
    with st.container(border=True, gap="xsmall"):
        with st.container(**HEAD):
            st.markdown(f"**{t('services.sla')}**", help=t("services.sla_help"))
            if page.user.may("coordinator"):
                st.button(
                    t("services.sla_add"), key="services.sla_add", icon=":material/add:", type="tertiary",
                    on_click=url.set_value, args=(OPENED, NEW),
                )  # fmt: skip
        _lines(page, view.snapshot, mine, felt=not view.selection.by_who, area=False)
    if url.get(OPENED):
        open_dialog(page, view.snapshot, url.get(OPENED), area=area)


def _without(page: Page, view: View, may: bool) -> None:
    """Draw the themes that no agreement is about, the largest first."""
    t, data = page.t, view.snapshot
    covered = {theme for themes in data.agreements["themes"] for theme in themes}
    table = theme_rows(view)
    table = table[table["status"].isin(["proposed", "confirmed"]) & table["shown"] & (table["people"] >= FEWEST_PEOPLE)]
    table = table[~table["theme_id"].isin(covered)].sort_values(["people", "remarks"], ascending=False)
    if table.empty:
        return
    names = data.theme_names(page.lang)
    with st.expander(t("services.sla_without", n=len(table))):
        with st.container(**HEAD):
            st.caption(t("services.sla_without_help"))
            downloads(page, "themas-zonder-afspraak", lambda: _without_list(page, table, names))
        for theme, row in table.head(MOST_THEMES).iterrows():
            with st.container(horizontal=True, vertical_alignment="center", key=f"sla_line_{theme}"):
                told = f"{t('people.count', n=int(row['people']))} · {t('remarks.count', n=int(row['remarks']))}"
                st.markdown(f"{escape(names[str(theme)])} · {told}", width="stretch")
                if may:
                    st.button(
                        t("services.sla_make"), key=f"services.sla_make.{theme}", type="tertiary",
                        on_click=url.set_value, args=(OPENED, f"{NEW}-{theme}"),
                    )  # fmt: skip


def _without_list(page: Page, table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    told = table[["people", "remarks"]].reset_index(names="theme")
    told["theme"] = told["theme"].map(names)
    return told.rename(columns={name: page.t(f"columns.{name}") for name in told})
