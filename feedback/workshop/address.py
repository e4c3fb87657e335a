"""Where phones find a room: the address on the beamer, and in its QR code."""

from __future__ import annotations

import array
import ipaddress
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from feedback.settings import settings

PATH = "mee"
# Addresses of the kind that a wifi has; which one makes no difference, for nothing is sent.
_ANYWHERE = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")


@dataclass(frozen=True)
class Joining:
    """How phones join.

    Attributes
    ----------
    url : str
        What the QR code carries; the code is in it.
    short : str
        What people type; the page there asks for the code.
    is_local : bool
        Whether no phone can reach it: the server listens to its own machine only, or there is no network.
    """

    url: str
    short: str
    is_local: bool


def joining(code: str, address: str | None, port: int) -> Joining:
    """Give the address of a room.

    Parameters
    ----------
    code : str
    address : str or None
        What the server listens on (Streamlit's `server.address`); None or a wildcard: every network.
    port : int

    Returns
    -------
    Joining
        By `KLANTPANEL_ROOM_URL` where that is set: then a proxy stands before the server, whatever it listens on.
    """
    given = settings().room_url
    if given:
        base = given.rstrip("/")
        return Joining(f"{base}/{PATH}/{code}", f"{_without_scheme(base)}/{PATH}", is_local=False)
    host = (address or "").strip("[]").lower()
    if host in ("", "0.0.0.0", "::"):  # noqa: S104  (what it listens on is looked at, not chosen)
        host = own_address() or "localhost"
    place = f"[{host}]" if ":" in host else host
    place += "" if port == 80 else f":{port}"
    return Joining(f"http://{place}/{PATH}/{code}", f"{place}/{PATH}", is_local=_is_local(host))


def own_address() -> str | None:
    """Find the address of this machine on its wifi or network, without sending anything; None where it has none.

    Returns
    -------
    str or None
    """
    return next((found for found in _own_addresses() if not _is_local(found)), None)


def _own_addresses() -> Iterator[str]:
    for target in _ANYWHERE:
        # Choosing a way for UDP chooses the card; a packet goes out only when something is sent.
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            yield str(probe.getsockname()[0])
    with suppress(OSError):
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
    yield from _of_cards()


def _of_cards() -> Iterator[str]:
    """Give the address of each network card, where the system is Linux: a wifi without a way out has no default."""
    try:
        import fcntl
    except ImportError:
        return
    for _, name in socket.if_nameindex():
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            asked = array.array("b", struct.pack("256s", name[:15].encode()))
            fcntl.ioctl(probe.fileno(), 0x8915, asked)  # SIOCGIFADDR
            yield socket.inet_ntoa(asked.tobytes()[20:24])


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    # Link-local: the machine asked for an address and nobody gave one.
    return found.is_loopback or found.is_link_local or found.is_unspecified


def _without_scheme(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc + parts.path
