"""What a form sends is checked field by field; the refusal names the field."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.i18n import UserError
from feedback.intake.posted import Posted, read_posted

NOTE = {"id": "r-17", "session": "Doorlopend panel", "date": "2026-03-17", "text": "De servicedesk neemt snel op"}


def body(**changed: Any) -> bytes:
    return json.dumps({name: value for name, value in {**NOTE, **changed}.items() if value != "-"}).encode()


def field_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        read_posted(data)
    assert caught.value.message("nl") and caught.value.message("en")
    return caught.value.key.removeprefix("posted.error."), caught.value.values["field"]


def test_one_note_with_everything() -> None:
    given_ = body(organisation="Gemeente Elzen", level="manager", member="a@b.nl", question="Wat vindt u?", grade=7.5)
    assert read_posted(given_) == [
        Posted(
            "r-17", "Doorlopend panel", dt.date(2026, 3, 17), "survey", "Gemeente Elzen", "tactisch", "a@b.nl",
            "Wat vindt u?", "De servicedesk neemt snel op", 7.5,
        )
    ]  # fmt: skip


def test_a_list_and_a_moment_for_a_day() -> None:
    several = json.dumps({"notes": [{**NOTE, "date": "2026-03-17T10:22:01Z"}, {**NOTE, "id": "r-18"}]}).encode()
    assert [note.date.day for note in read_posted(several)] == [17, 17]


def test_what_cannot_be_seen_or_stored_is_left_out() -> None:
    assert read_posted(body(text="a\x00b\ud800c\u202e", session="Zaal\x00\n1"))[0].text == "abc"
    assert read_posted(body(session="Zaal\x00\n1"))[0].session == "Zaal 1"


@pytest.mark.parametrize(
    ("data", "reason", "field"),
    [
        (b"", "json", ""),
        (b"\xff\xfe{}", "json", ""),
        (b"[" * 100_000, "json", ""),
        (b'{"grade": ' + b"9" * 5000 + b"}", "json", ""),
        (b'{"grade": NaN}', "json", ""),
        (b"[]", "no_notes", "notes"),
        (b"7", "no_notes", "notes"),
        (b'["x"]', "object", "notes[0]"),
        (body(id="-"), "needed", "id"),
        (body(id="\u200b"), "needed", "id"),
        (body(session=7), "string", "session"),
        (body(session="x" * 201), "long", "session"),
        (body(date="17 maart"), "date", "date"),
        (body(date="3026-01-01"), "date", "date"),
        (body(date="2026-13-01"), "date", "date"),
        (body(kind="feest"), "choice", "kind"),
        (body(level="purple"), "choice", "level"),
        (body(text="  "), "empty", "text"),
        (body(text="x" * 20_001), "long", "text"),
        (body(grade="8"), "grade", "grade"),
        (body(grade=True), "grade", "grade"),
        (body(grade=11), "grade", "grade"),
        (b'{"notes": [' + body(grade=1e999).replace(b"Infinity", b"1e999") + b"]}", "grade", "notes[0].grade"),
        (body(naam="Jan"), "unknown", "naam"),
        (json.dumps([NOTE, NOTE]).encode(), "twice", "notes[1].id"),
        (json.dumps([NOTE] * 201).encode(), "many", "notes"),
    ],
)
def test_a_refusal_names_the_field(data: bytes, reason: str, field: str) -> None:
    assert field_of(data) == (reason, field)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(
    st.binary()
    | st.dictionaries(st.sampled_from(sorted(NOTE)) | st.text(), _JSON, max_size=4).map(
        lambda one: json.dumps(one).encode()
    )
)
def test_nothing_but_a_refusal_comes_of_nonsense(data: bytes) -> None:
    try:
        assert all(isinstance(note, Posted) for note in read_posted(data))
    except UserError as error:
        assert "field" in error.values
