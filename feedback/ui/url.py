"""The address bar holds the view, so that it can be mailed; keys and values are stable and the same in both languages.

Streamlit's own binding writes the translated option labels into the address and forgets it when the reader goes to another page (measured
on 1.67), so this module keeps the values itself: the address when somebody arrives with one, the session after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

import streamlit as st

LANGUAGE = "lang"
_VALUES = "url_values"
_WRITTEN = "url_written"
_NEXT = "url_next"
_PREFIX = "f_"
# Kept from page to page: the language and the filters. Everything else belongs to the page that wrote it.
FILTERS = ("q", "sessie", "dienst", "organisatie", "niveau", "van", "tot")


def arrive() -> None:
    """Take over an address that this session did not write itself: a mailed link, or the browser's back button."""
    now = st.query_params.to_dict()
    st.session_state.setdefault(_VALUES, {})
    if now == st.session_state.get(_WRITTEN):
        return
    if set(now) - {LANGUAGE}:
        st.session_state[_VALUES] = dict(now)
    else:
        # Navigation empties the address, but for the language.
        kept = {key: value for key, value in st.session_state[_VALUES].items() if key in (LANGUAGE, *FILTERS)}
        asked = st.session_state.pop(_NEXT, {})
        st.session_state[_VALUES] = kept | now | asked
        for key, value in asked.items():
            put(key, value)
    # Streamlit forgets what a widget of the former page held as soon as the new page draws it; the address knows.
    for key in [key for key in st.session_state if str(key).startswith(_PREFIX)]:
        del st.session_state[key]


def go(page: str, **values: str) -> NoReturn:
    """Go to another page with values of its own; language and filters come along.

    Parameters
    ----------
    page : str
        Path of the page file.
    **values : str
        Keys of the address and their values.
    """
    st.session_state[_NEXT] = values
    st.switch_page(page)


def link(page: str, label: str, *, help: str | None = None, **values: str) -> None:
    """Draw a link to another page with values of its own; language and filters come along.

    Parameters
    ----------
    page : str
        Path of the page file.
    label : str
        Escaped.
    help : str, optional
        Shown on hover, escaped.
    **values : str
        Keys of the address and their values.
    """
    kept = {key: value for key, value in st.session_state.get(_VALUES, {}).items() if key in (LANGUAGE, *FILTERS)}
    st.page_link(page, label=label, query_params={**kept, **values}, help=help)


def get(key: str) -> str:
    """Give a value of the address, "" where it has none."""
    return str(st.session_state.get(_VALUES, {}).get(key, ""))


def get_list(key: str) -> list[str]:
    """Give the values of a list in the address."""
    return [part for part in get(key).split(",") if part]


def put(key: str, value: str | Iterable[str] | None) -> None:
    """Write a value to the address; an empty one disappears from it."""
    text = value if isinstance(value, str) else ",".join(value or ())
    values = st.session_state.setdefault(_VALUES, {})
    if text:
        values[key] = text
        if st.query_params.get(key) != text:
            st.query_params[key] = text
    else:
        values.pop(key, None)
        if key in st.query_params:
            del st.query_params[key]
    st.session_state[_WRITTEN] = st.query_params.to_dict()


def widget_key(key: str) -> str:
    """Give the widget key that follows a value of the address."""
    return _PREFIX + key


def clear(keys: Iterable[str]) -> None:
    """Forget values and what their widgets hold; for a callback."""
    for key in keys:
        st.session_state.pop(widget_key(key), None)
        put(key, None)


def set_value(key: str, value: str) -> None:
    """Set a value from code (a click on a mark); its widget follows on the next run; for a callback or before `st.rerun`."""
    st.session_state.pop(widget_key(key), None)
    put(key, value)
