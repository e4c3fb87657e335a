"""What a user wrote stays text: no markdown, no link to anywhere."""

from __future__ import annotations

import pytest

from feedback.ui.page import escape


@pytest.mark.parametrize(
    "text", ["zie http://x.nl/a", "HTTPS://x.nl", "www.x.nl", "mail a@x.nl", "[klik](http://x.nl)"]
)
def test_an_address_does_not_become_a_link(text: str) -> None:
    told = escape(text)
    assert not any(
        start in told.lower() for start in ("http:", "https:", "http\\:", "https\\:", "www.", "www\\.", "a@")
    )


def test_what_is_read_stays_the_same() -> None:
    shown = escape("zie http://x.nl of a@x.nl").replace("\u2060", "").replace("\\", "")
    assert shown == "zie http://x.nl of a@x.nl"
