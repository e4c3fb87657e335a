"""One typed Settings object, read from the environment."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
LOCAL = DATA / "local"
# What nobody guesses, however long they try.
SHORTEST_TOKEN = 32


class SettingError(ValueError):
    """A setting in the environment cannot be used; the message says which and what it should be."""


@dataclass(frozen=True)
class Settings:
    """What differs between installations.

    Attributes
    ----------
    database_url : str
        SQLAlchemy URL; `DATABASE_URL`. Default: SQLite in `data/local/klantpanel.db`.
    hash_key : str
        Key of the pseudonyms; `KLANTPANEL_HASH_KEY`. Default: made once, kept in `data/local/hash.key`.
    group_threshold : int
        Fewest people a selection by *who* may show; `KLANTPANEL_GROUP_THRESHOLD`, at least 1.
    max_upload_mb : int
        Largest file that is read, in megabytes; `KLANTPANEL_MAX_UPLOAD_MB`.
    reply_days : int
        Working days in which an answer is promised; `KLANTPANEL_REPLY_DAYS`, at least 1.
    language : str
        Language when neither the link nor the browser says so; `KLANTPANEL_LANGUAGE`, nl or en.
    api_token : str
        What a form that sends notes by itself must show; `KLANTPANEL_API_TOKEN`. Empty: nothing is taken in that way.
    room_url : str
        Under which address phones reach a room through a proxy, https://panel.example; `KLANTPANEL_ROOM_URL`. Empty: without one.
    """

    database_url: str
    hash_key: str = field(repr=False)
    group_threshold: int = 5
    max_upload_mb: int = 20
    reply_days: int = 20
    language: str = "nl"
    api_token: str = field(default="", repr=False)
    room_url: str = ""


def _whole(name: str, default: int, at_least: int) -> int:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise SettingError(f"{name}={raw!r} is not a whole number; give one of at least {at_least}.") from None
    if value < at_least:
        raise SettingError(f"{name}={value} is too low; give a whole number of at least {at_least}.")
    return value


def _hash_key() -> str:
    given = os.environ.get("KLANTPANEL_HASH_KEY", "").strip()
    if given:
        return given
    path = LOCAL / "hash.key"
    LOCAL.mkdir(parents=True, exist_ok=True)
    try:
        # Exclusive creation: of two processes that start at once one makes the key, the other reads it.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text().strip()


@cache
def settings() -> Settings:
    """Read the settings once a process.

    Returns
    -------
    Settings

    Raises
    ------
    SettingError
        When a value cannot be used.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        LOCAL.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{(LOCAL / 'klantpanel.db').as_posix()}"
    # Hosting providers hand out postgres://; SQLAlchemy wants the driver named.
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    language = os.environ.get("KLANTPANEL_LANGUAGE", "nl").strip().lower() or "nl"
    if language not in ("nl", "en"):
        raise SettingError(f"KLANTPANEL_LANGUAGE={language!r} is not known; give nl or en.")
    token = os.environ.get("KLANTPANEL_API_TOKEN", "").strip()
    if token and len(token) < SHORTEST_TOKEN:
        raise SettingError(
            f"KLANTPANEL_API_TOKEN has {len(token)} characters; give at least {SHORTEST_TOKEN}, at random."
        )
    room_url = os.environ.get("KLANTPANEL_ROOM_URL", "").strip().rstrip("/")
    if room_url and not (urlsplit(room_url).scheme in ("http", "https") and urlsplit(room_url).netloc):
        raise SettingError(f"KLANTPANEL_ROOM_URL={room_url!r} is no address; give one as https://panel.example")
    return Settings(
        database_url=url,
        hash_key=_hash_key(),
        group_threshold=_whole("KLANTPANEL_GROUP_THRESHOLD", 5, 1),
        max_upload_mb=_whole("KLANTPANEL_MAX_UPLOAD_MB", 20, 1),
        reply_days=_whole("KLANTPANEL_REPLY_DAYS", 20, 1),
        language=language,
        api_token=token,
        room_url=room_url,
    )
