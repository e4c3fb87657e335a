"""The address on the beamer is one that phones can reach, or it is said that they cannot."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from feedback.settings import SettingError, settings
from feedback.workshop import address
from feedback.workshop.address import Joining, joining, own_address


def on_wifi(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    monkeypatch.setattr(address, "_own_addresses", lambda: iter(found))


@pytest.mark.parametrize("listens", ["0.0.0.0", "::", "", None])
def test_a_server_on_every_network_is_found_by_its_wifi(monkeypatch: pytest.MonkeyPatch, listens: str | None) -> None:
    on_wifi(monkeypatch, "127.0.1.1", "169.254.3.4", "192.168.1.20")
    assert joining("ACDEF", listens, 8501) == Joining(
        "http://192.168.1.20:8501/mee/ACDEF", "192.168.1.20:8501/mee", is_local=False
    )


@pytest.mark.parametrize("listens", ["localhost", "127.0.0.1", "::1", "[::1]"])
def test_a_server_for_its_own_machine_says_so(listens: str) -> None:
    assert joining("ACDEF", listens, 8501).is_local


def test_a_machine_without_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    on_wifi(monkeypatch)
    assert joining("ACDEF", "0.0.0.0", 8501) == Joining(
        "http://localhost:8501/mee/ACDEF", "localhost:8501/mee", is_local=True
    )


def test_a_given_address_is_kept_and_the_usual_port_left_out() -> None:
    assert joining("ACDEF", "10.0.0.7", 80).short == "10.0.0.7/mee"
    assert joining("ACDEF", "fd00::2", 8501).url == "http://[fd00::2]:8501/mee/ACDEF"


def test_behind_a_proxy_its_address_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    behind = replace(settings(), room_url="https://panel.example/klant")
    monkeypatch.setattr(address, "settings", lambda: behind)
    assert joining("ACDEF", "localhost", 8501) == Joining(
        "https://panel.example/klant/mee/ACDEF", "panel.example/klant/mee", is_local=False
    )


def test_looking_for_the_own_address_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def sent(*_anything: object) -> Iterator[None]:
        raise AssertionError("something was sent")

    monkeypatch.setattr(socket.socket, "send", sent)
    monkeypatch.setattr(socket.socket, "sendto", sent)
    found = own_address()
    assert found is None or socket.inet_aton(found)


def test_an_address_of_a_proxy_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTPANEL_ROOM_URL", "panel.example")
    settings.cache_clear()
    with pytest.raises(SettingError, match="KLANTPANEL_ROOM_URL"):
        settings()
    monkeypatch.setenv("KLANTPANEL_ROOM_URL", "https://panel.example/")
    assert settings().room_url == "https://panel.example"
    settings.cache_clear()
