"""The guard: the first line of every page.

A page file can be reached without the entry script (a deep link as the first request on a fresh server), so every page starts with
`page = open_page(...)`: it refuses when the entry has not run, asks for the role, and hands over language and user.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from feedback.access.identity import Role, User, user_without_sign_in
from feedback.i18n import Language, UserError, as_language, catalogue, translator
from feedback.settings import settings
from feedback.ui.url import LANGUAGE

log = logging.getLogger(__name__)
ENTRY = "entry_ran"


@dataclass(frozen=True)
class Page:
    """What a page works with.

    Attributes
    ----------
    key : str
        Stable name of the page; prefix of its widget keys.
    lang : {"nl", "en"}
    user : User
    """

    key: str
    lang: Language
    user: User

    def t(self, key: str, /, **values: Any) -> str:
        """Give a text in the reader's language."""
        return translator(self.lang)(key, **values)


def language() -> Language:
    """Give the reader's language: chosen, else in the link, else the browser's, else the installation's."""
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE) or st.context.locale
    return as_language(chosen, default=as_language(settings().language))


def current_user() -> User:
    """Give the person at the screen."""
    return user_without_sign_in()


def who(page: Page, actor: str) -> str:
    """Name who did something; the names that the product itself gives are in the reader's language.

    Parameters
    ----------
    page : Page
    actor : str
        As the audit table has it.

    Returns
    -------
    str
    """
    key = f"actor.{actor.replace(' ', '_')}"
    return page.t(key) if key in catalogue(page.lang) else actor


def open_page(key: str, *, role: Role = "viewer") -> Page:
    """Guard a page; call it on the first line.

    Parameters
    ----------
    key : str
        Stable name of the page.
    role : Role
        Who may see it.

    Returns
    -------
    Page
        The script stops here when the entry has not run or the role is too low.
    """
    page = Page(key=key, lang=language(), user=current_user())
    if not st.session_state.get(ENTRY):
        st.info(page.t("page.entry_first"))
        st.link_button(page.t("page.to_start"), "/")
        st.stop()
    if not page.user.may(role):
        st.error(page.t("page.forbidden"))
        st.stop()
    return page


def report(page: Page, error: Exception) -> None:
    """Tell a person what went wrong: what to do when they can mend it, else a number that is also in the log."""
    if isinstance(error, UserError):
        st.error(escape(error.message(page.lang)))
        return
    number = uuid.uuid4().hex[:8]
    log.error("error %s on page %s", number, page.key, exc_info=error)
    st.error(page.t("page.unexpected", number=number))


@contextmanager
def reporting(page: Page) -> Iterator[None]:
    """Report what goes wrong inside, and let the page go on."""
    try:
        yield
    except UserError as error:
        report(page, error)
    except Exception as error:
        # Streamlit stops and reruns scripts with exceptions of its own.
        if type(error).__module__.startswith("streamlit.runtime.scriptrunner"):
            raise
        report(page, error)


_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]()<>#+-.!|~:$^@&\"'"})


_ADDRESS = re.compile(r"(https?(?=:)|www(?=\.)|[\w+.-](?=@))", re.IGNORECASE)


def escape(text: str) -> str:
    """Make a text of a user inert where Streamlit reads markdown (labels, titles, messages)."""
    # An address would become a link, whatever is escaped: a word joiner, which nobody sees, keeps it text.
    return _ADDRESS.sub("\\1\u2060", " ".join(text.split())).translate(_MARKDOWN)
