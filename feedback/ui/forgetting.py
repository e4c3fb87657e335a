"""Where a coordinator erases what one person said, or hides words, for good: under the files, and at a remark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from feedback.forgetting import contributions, erasing, hiding
from feedback.forgetting.contributions import Subject
from feedback.i18n import UserError
from feedback.panel import forgotten
from feedback.settings import settings
from feedback.store.copies import SAID, Copy
from feedback.store.engine import reading
from feedback.store.scrub import scrub
from feedback.ui.data import act, database, drop_frames, version
from feedback.ui.page import Page, escape, reporting

WAYS = ("person", "words")
DONE, LOOKED, TURN = "forgetting.done", "forgetting.looked", "forgetting.turn"
# What undo and the audit table remember is on no screen: it is counted, not shown.
_UNSEEN = {"audit", "theme_event"}
_SHOWN = ("theme", "savings_idea", "reply", "panel_session", "batch", "note", "remark")
FIRST = 100
Looked = TypeVar("Looked", erasing.Look, hiding.Look)


def draw(page: Page) -> None:
    """Draw the place under the stored files where a person is forgotten by name, or words are hidden everywhere.

    Parameters
    ----------
    page : Page
    """
    told(page)
    box = st.expander(page.t("forgetting.title"), key="forgetting.box", on_change="rerun", icon=":material/person_off:")
    if box.open:
        with box:
            if _way(page, "forgetting.way") == "person":
                _by_name(page)
            else:
                _words(page, None)


def for_remark(page: Page, remark_id: int) -> None:
    """Draw the button at a remark that opens the same for whoever made it.

    Parameters
    ----------
    page : Page
    remark_id : int
    """

    @st.dialog(page.t("forgetting.title"), width="large")
    def dialog() -> None:
        if _way(page, "forgetting.remark_way") == "person":
            with reporting(page), reading(database()) as session:
                subject = contributions.of_remark(remark_id, session=session)
                kind = "member" if subject.members else "row" if subject.row else "note"
                st.caption(page.t(f"forgetting.who_{kind}"))
                _person(page, subject)
        else:
            _words(page, remark_id)

    if st.button(page.t("forgetting.open"), key="forgetting.open", icon=":material/person_off:", type="tertiary"):
        dialog()


def told(page: Page) -> None:
    """Tell what was done, once."""
    done: tuple[str, bool, bool] | None = st.session_state.pop(DONE, None)
    if done:
        st.success(done[0], icon=":material/check_circle:")
        st.caption(page.t("forgetting.backups"))
        if done[2]:
            _known_one_way(page)
        if not done[1]:
            st.warning(page.t("forgetting.not_scrubbed"), icon=":material/warning:")


def _way(page: Page, key: str) -> str:
    return str(
        st.segmented_control(page.t("forgetting.title"), WAYS, key=key, default=WAYS[0], required=True,
                             label_visibility="collapsed", format_func=lambda way: page.t(f"forgetting.way_{way}"))
    )  # fmt: skip


def _by_name(page: Page) -> None:
    t, key = page.t, settings().hash_key
    called = st.text_input(
        t("forgetting.called"), key=_fresh("called"), max_chars=200, help=t("forgetting.called_help")
    )
    if not called.strip():
        st.caption(t("forgetting.person_intro"))
        return
    with reading(database()) as session:
        found = contributions.find(called, key=key, session=session)
        names = contributions.pseudonyms(called, key=key, session=session)
        erased = forgotten.remembered(key=key, session=session)
    if found:
        _person(page, found[0] if len(found) == 1 else _which(page, found), others=len(found) - 1)
    elif any(erased.person(name) for name in names):
        st.info(t("forgetting.is_forgotten"), icon=":material/info:")
        if st.button(t("forgetting.admit"), key="forgetting.admit") and act(page, _admit, names):
            _done(page, t("forgetting.admitted"), wrote=False)
    else:
        st.info(t("forgetting.nobody"), icon=":material/info:")
        _known_one_way(page)


def _admit(names: list[str], *, session: Any, actor: str) -> bool:
    return forgotten.admit(names, key=settings().hash_key, session=session, actor=actor)


def _which(page: Page, found: list[Subject]) -> Subject:
    """Let a person choose: a number is somebody else in every survey, and a name may be of several people."""
    with reading(database()) as session:
        looks = [erasing.look(one, session=session) for one in found]
    names = [
        f"{at}. {', '.join(look.sessions)}" + (f": {look.first[0][2][:60]}" if look.first else "")
        for at, look in enumerate(looks, 1)
    ]
    at = st.selectbox(
        page.t("forgetting.which"), range(len(found)), key="forgetting.which", format_func=names.__getitem__
    )
    return found[at]


def _looked(key: Any, look: Callable[..., Looked], *args: Any) -> Looked:
    """Look once: whoever types the confirmation does not wait for it again."""
    held = st.session_state.get(LOOKED)
    if held and held[0] == (key, version()):
        return held[1]  # type: ignore[no-any-return]
    with reading(database()) as session:
        looked = look(*args, session=session)
    st.session_state[LOOKED] = (key, version()), looked
    return looked


def _person(page: Page, subject: Subject, *, others: int = 0) -> None:
    t = page.t
    looked = _looked(subject, erasing.look, subject)
    counts = looked.counts
    st.markdown(
        t("forgetting.goes", notes=counts.notes, remarks=counts.remarks, scores=counts.scores, copies=counts.copies)
    )
    if looked.sessions:
        st.caption(escape(t("forgetting.in_sessions", sessions=", ".join(looked.sessions))))
    _first(page, looked)
    _changes(page, looked.copies)
    _known_one_way(page)
    if _confirmed(page, "forget"):
        erased = act(page, erasing.erase, subject, key=settings().hash_key)
        if erased is not None:
            text = t("forgetting.erased", notes=erased.notes, scores=erased.scores, copies=erased.copies)
            _done(page, f"{text} {t('forgetting.others', n=others)}" if others else text, person=True)


def _first(page: Page, looked: erasing.Look) -> None:
    """Show the first texts that go: counts do not tell whether it is the right person."""
    t = page.t
    if looked.first:
        st.caption(t("forgetting.first", n=len(looked.first)))
        names = [t("forgetting.where_panel_session"), t("forgetting.day"), t("forgetting.text")]
        table = pd.DataFrame(looked.first, columns=names)
        st.dataframe(table, hide_index=True, width="stretch", row_height=48, key="forgetting.first",
                     column_config={names[1]: st.column_config.DateColumn(format="D-M-YYYY")})  # fmt: skip


def _known_one_way(page: Page) -> None:
    """Name the files where the person may stand under another name, address or number."""
    with reading(database()) as session:
        files = contributions.known_one_way(session=session)
    if files:
        named = ", ".join(f"{file} ({column})" if column else file for file, column in files)
        st.warning(escape(page.t("forgetting.one_way", files=named)), icon=":material/manage_search:")


def _words(page: Page, remark_id: int | None) -> None:
    t = page.t
    words = st.text_input(t("forgetting.words"), key=_fresh(f"words.{remark_id}"), max_chars=200)
    if remark_id is not None:
        here = st.checkbox(t("forgetting.only_here"), key="forgetting.only_here", help=t("forgetting.only_here_help"))
        remark_id = remark_id if here else None
    if not words.strip():
        st.caption(t("forgetting.words_intro"))
        return
    try:
        looked = _looked((words, remark_id), hiding.look, words, remark_id)
    except UserError as error:
        st.info(escape(error.message(page.lang)), icon=":material/info:")
        return
    st.markdown(t("forgetting.hides", remarks=looked.counts.remarks, copies=looked.counts.copies))
    if remark_id is not None and looked.everywhere:
        st.caption(t("forgetting.nobody_else"))
    _changes(page, looked.found)
    if _confirmed(page, "hide"):
        hidden = act(page, hiding.hide, words, remark_id, key=settings().hash_key)
        if hidden is not None:
            _done(page, t("forgetting.hidden", remarks=hidden.remarks, copies=hidden.copies))


def _fresh(name: str) -> str:
    """Give the key of a field that is empty again after an act: a name does not stay on the screen."""
    return f"forgetting.{name}.{st.session_state.get(TURN, 0)}"


def _changes(page: Page, found: tuple[Copy, ...]) -> None:
    """Show what changes on screens, before and after."""
    t = page.t
    rows = [
        (t(f"forgetting.where_{copy.table if copy.table in _SHOWN else 'other'}"), before, after)
        for copy in found
        if copy.table not in _UNSEEN and copy.column != "key" and (copy.table not in SAID or copy.column == "text")
        for before, after in dict.fromkeys(copy.told)
    ]  # fmt: skip
    if rows:
        names = [t("forgetting.where"), t("forgetting.before"), t("forgetting.after")]
        table = pd.DataFrame(list(dict.fromkeys(rows))[:FIRST], columns=names)
        st.dataframe(table, hide_index=True, width="stretch", row_height=48)


def _confirmed(page: Page, verb: str) -> bool:
    """Ask for a word: what comes now cannot be undone."""
    t = page.t
    word = t(f"forgetting.word_{verb}")
    with st.form(f"forgetting.form_{verb}", border=False, enter_to_submit=False):
        typed = st.text_input(t("forgetting.confirm", word=word), key=_fresh(f"confirm_{verb}"))
        pressed = st.form_submit_button(t(f"forgetting.{verb}"), type="primary", icon=":material/delete_forever:")
    if pressed and typed.strip().casefold() != word.casefold():
        st.error(t("forgetting.error.word", word=word))
    return pressed and typed.strip().casefold() == word.casefold()


def _done(page: Page, text: str, *, wrote: bool = True, person: bool = False) -> None:
    """Take what was erased out of the disk and out of memory too, tell it, and draw the page anew."""
    st.session_state.pop(LOOKED, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    scrubbed = scrub(database()) if wrote else True
    drop_frames()
    st.session_state[DONE] = text, scrubbed, person
    st.rerun()
