"""What a coordinator does to a theme as a whole, on its page: acts with undo, and the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from sqlmodel import Session

from feedback.areas.curation import undo_correct
from feedback.i18n import LANGUAGES, Language, day, sort_key
from feedback.replies.states import Subject
from feedback.store.engine import reading
from feedback.themes import curation, history
from feedback.ui import url
from feedback.ui.data import Snapshot, act, database
from feedback.ui.page import Page, escape, who
from feedback.ui.replies import answer_button

MESSAGE, CHOSEN, TURN = "themes.message", "themes.chosen", "themes.turn"
THEME = "thema"
PROPOSED = "themes.proposed"


def message(page: Page) -> None:
    """Tell what was just done, with a button that undoes it.

    Parameters
    ----------
    page : Page
    """
    told: tuple[str, list[int], int | None, str] | None = st.session_state.get(MESSAGE)
    # It stays until something else is done or another theme is opened.
    if not told or told[3] != url.get(THEME):
        st.session_state.pop(MESSAGE, None)
        return
    text, events, correction, _ = told
    with st.container(horizontal=True, vertical_alignment="center", key="themes.told"):
        st.success(escape(text), icon=":material/check_circle:", width="stretch")
        if (events or correction) and st.button(
            page.t("themes.page.undo"), key="themes.undo_last", icon=":material/undo:"
        ):
            _undo(page, events, correction)


def _undo(page: Page, events: list[int], correction: int | None = None) -> None:
    left = act(page, _taken_back, events, correction)
    if left is not None:
        # What was taken over is there to be proposed again.
        st.session_state.pop(PROPOSED, None)
        done(page.t("themes.page.undid_left", n=left) if left else page.t("themes.page.undid"), None)


def _taken_back(events: list[int], correction: int | None, *, session: Session, actor: str) -> int:
    left = curation.undo_all(events, session=session, actor=actor) if events else 0
    # Of one act on the same remarks: those that are left as they are, are the same ones.
    return max(left, undo_correct(correction, session=session, actor=actor)) if correction else left


def remember(text: str, event: int | list[int] | None, correction: int | None = None) -> None:
    """Remember what to tell; for a callback, after which the page is drawn anyway.

    Parameters
    ----------
    text : str
    event : int, list of int or None
        What can be undone; of several acts the last first.
    correction : int, optional
        Of the service area, which is undone with it; see `areas.curation.correct`.
    """
    events = event if isinstance(event, list) else [] if event is None else [event]
    st.session_state[MESSAGE] = text, events, correction, url.get(THEME)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state[CHOSEN] = set()


def done(text: str, event: int | list[int] | None, *, go_to: str | None = None) -> None:
    """Remember what to tell and draw the page anew, so that everything on it is as it is now.

    Parameters
    ----------
    text, event
        See `remember`.
    go_to : str, optional
        Key of the theme to show now.
    """
    if go_to is not None:
        url.set_value(THEME, go_to)
    remember(text, event)
    st.rerun()


def fresh_key(name: str) -> str:
    """Give a widget key that is new after every act: a popover that did its work closes."""
    return f"themes.{name}.{st.session_state.get(TURN, 0)}"


def toolbar(page: Page, data: Snapshot, theme: pd.Series) -> None:
    """Draw what can be done to a theme as a whole.

    Parameters
    ----------
    page : Page
    data : Snapshot
    theme : Series
        A row of `store.frames.themes`.
    """
    t, theme_id, status = page.t, int(theme["theme_id"]), theme["status"]
    name = str(theme[f"name_{page.lang}"])

    def simple(verb: str, do: Callable[..., int | None], icon: str, primary: bool = False) -> None:
        if st.button(t(f"themes.page.{verb}"), key=fresh_key(verb), icon=icon, help=t(f"themes.page.{verb}_help"),
                     type="primary" if primary else "secondary"):  # fmt: skip
            event = act(page, do, theme_id)
            if event is not None:
                done(t(f"themes.page.did_{verb}", name=name), event)

    with st.container(horizontal=True, gap="small", key="themes.toolbar"):
        if status == "proposed":
            simple("confirm", curation.confirm, ":material/check:", primary=True)
        answer_button(page, Subject("theme", theme_id), "themes.answer")
        with st.popover(t("themes.page.rename"), key=fresh_key("rename"), icon=":material/edit:"):
            _rename(page, theme)
        with st.popover(t("themes.page.merge"), key=fresh_key("merge"), icon=":material/merge:"):
            _merge(page, data, theme)
        with st.popover(t("themes.page.owner"), key=fresh_key("owner"), icon=":material/person:"):
            _owner(page, theme)
        if status in ("proposed", "confirmed"):
            simple("park", curation.park, ":material/pause:")
        if status in ("parked", "confirmed"):
            simple("reopen", curation.reopen, ":material/replay:")


def _rename(page: Page, theme: pd.Series) -> None:
    t, theme_id, version = page.t, int(theme["theme_id"]), int(theme["version"])
    # A theme with one name for both languages keeps one; the reader's own language comes first.
    same = theme["name_nl"] == theme["name_en"]
    fields: list[Language] = [page.lang] if same else sorted(LANGUAGES, key=lambda lang: lang != page.lang)
    with st.form(fresh_key("rename_form"), border=False):
        labels = {lang: t("themes.page.name_both") if same else t(f"themes.page.name_{lang}") for lang in fields}
        names = {
            lang: st.text_input(labels[lang], theme[f"name_{lang}"], max_chars=200, key=fresh_key(f"name_{lang}"))
            for lang in fields
        }
        if st.form_submit_button(t("themes.page.save"), type="primary", key=fresh_key("rename_save")):
            changed = {lang: name for lang, name in names.items() if name.strip() != theme[f"name_{lang}"]}
            if not changed:
                return
            # A new name that is given once is the theme's name: the old one in the other language would be another theme's.
            once = same or list(changed) == [page.lang]
            event = act(page, _rename_all, theme_id, changed, same=once, seen_version=version)
            if event is not None:
                # The name in the other language may be the only one that changed.
                new = changed.get(page.lang, next(iter(changed.values()))).strip()
                told = t("themes.page.did_rename_both" if once and not same else "themes.page.did_rename", name=new)
                done(told, event)


def _rename_all(
    theme_id: int, names: dict[Language, str], *, same: bool, seen_version: int, session: Session, actor: str
) -> int | None:
    event = None
    for lang, name in names.items():
        event = curation.rename(
            theme_id, name, session=session, actor=actor, language=None if same else lang, seen_version=seen_version
        )
        seen_version += event is not None
    return event


def _merge(page: Page, data: Snapshot, theme: pd.Series) -> None:
    t, theme_id = page.t, int(theme["theme_id"])
    st.caption(t("themes.page.merge_help"))
    target = theme_select(page, data, t("themes.page.merge_into"), fresh_key("merge_into"), but=str(theme["theme"]))
    if st.button(t("themes.page.merge"), key=fresh_key("merge_do"), type="primary", disabled=target is None):
        assert target is not None
        event = act(page, curation.merge, theme_id, id_of(data, target))
        if event is not None:
            names = data.theme_names(page.lang)
            text = t("themes.page.did_merge", name=names[str(theme["theme"])], other=names[target])
            done(text, event, go_to=target)


def _owner(page: Page, theme: pd.Series) -> None:
    t = page.t
    with st.form(fresh_key("owner_form"), border=False):
        owner = st.text_input(
            t("themes.page.owner_field"), theme["owner"], max_chars=200, key=fresh_key("owner_name"),
            help=t("themes.page.owner_help"),
        )  # fmt: skip
        if st.form_submit_button(t("themes.page.save"), type="primary", key=fresh_key("owner_save")):
            event = act(page, curation.set_owner, int(theme["theme_id"]), owner, seen_version=int(theme["version"]))
            if event is not None:
                done(t("themes.page.did_owner", name=str(theme[f"name_{page.lang}"])), event)


def theme_select(page: Page, data: Snapshot, label: str, key: str, *, but: str = "") -> str | None:
    """Let a person choose a theme; the ones in use first.

    Parameters
    ----------
    page : Page
    data : Snapshot
    label : str
    key : str
    but : str
        Key of a theme that is left out.

    Returns
    -------
    str or None
        Key of the theme.
    """
    names = data.theme_names(page.lang)
    asleep = set(data.themes.loc[data.themes["status"] == "dormant", "theme"])
    options = sorted((key for key in names if key != but), key=lambda key: (key in asleep, sort_key(names[key])))
    suffix = f" ({page.t('themes.page.status_dormant')})"
    return st.selectbox(
        label, options, index=None, key=key, placeholder=page.t("themes.page.choose_theme"),
        format_func=lambda key: names[key] + (suffix if key in asleep else ""),
    )  # fmt: skip


def id_of(data: Snapshot, theme: str) -> int:
    """Give the id of a theme by its key."""
    return int(data.themes.loc[data.themes["theme"] == theme, "theme_id"].iloc[0])


def past(page: Page, theme_id: int) -> None:
    """List what people did to a theme, each act with undo.

    Parameters
    ----------
    page : Page
    theme_id : int
    """
    t = page.t
    box = st.expander(t("themes.page.history"), key="themes.history", on_change="rerun", icon=":material/history:")
    if not box.open:
        return
    with box:
        with reading(database()) as session:
            acts = history.told(theme_id, page.lang, session=session)
        if not acts:
            st.caption(t("themes.page.history_none"))
        for one in acts:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                values: dict[str, Any] = {
                    "theme": one.theme, "other": one.other, "before": one.before, "after": one.after,
                    "remarks": one.remarks,
                }  # fmt: skip
                line = escape(t(f"themes.page.told_{one.act}", **values))
                st.markdown(f"~~{line}~~" if one.undone else line, width="stretch")
                st.caption(
                    escape(
                        t("themes.page.told_line", who=who(page, one.actor), when=day(one.at, page.lang, short=True))
                    )
                )
                if one.undone:
                    st.badge(t("themes.page.undone"), color="gray")
                elif st.button(t("themes.page.undo"), key=f"themes.undo.{one.event_id}", icon=":material/undo:"):
                    _undo(page, [one.event_id])
