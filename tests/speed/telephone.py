"""A phone without a browser: sends what the page's own script sends, over a connection that it keeps."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlencode

LOOK_SECONDS = 4.0
# As the page's script: longer without an answer is no connection.
PATIENCE = 15.0
IDLE_SECONDS = 3.0


@dataclass
class Result:
    """What a run showed.

    Attributes
    ----------
    took : list of float
        Seconds until each remark was confirmed, of the try that was.
    looks : list of float
        Seconds of the small question whether there is something new.
    confirmed : list of str
        Texts that a phone was told are received.
    again : int
        How often a phone had to send again.
    stored : Counter of str
        Texts in the database.
    people : int
    before, memory : float
        What the server used when the room opened, and the most it used since, in megabytes.
    gap : float
        Seconds in which nothing was confirmed, the longest.
    """

    took: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    again: int = 0
    stored: Counter[str] = field(default_factory=Counter)
    people: int = 0
    memory: float = 0.0
    before: float = 0.0
    # Remarks on their way, neither confirmed nor refused.
    flying: int = 0

    @property
    def gap(self) -> float:
        moments = sorted(self.at)
        return max((later - one for one, later in pairwise(moments)), default=0.0)

    @property
    def lost(self) -> int:
        return sum(1 for text in self.confirmed if not self.stored[text])

    @property
    def doubled(self) -> int:
        return sum(1 for times in self.stored.values() if times > 1)


class Telephone:
    """A phone with a connection that it keeps, a cookie and the number of its form."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code, self.cookie, self.nonce = port, code, "", ""
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.used = 0.0

    async def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Give status and body; raises OSError where there is no connection."""
        body = urlencode(form).encode() if form is not None else b""
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept-Language: nl",
        ]
        lines += [f"Cookie: mee={self.cookie}"] if self.cookie else []
        if form is not None:
            kind = "application/x-www-form-urlencoded"
            lines += ["Accept: application/json", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        try:
            async with asyncio.timeout(PATIENCE):
                # The server hangs up after five idle seconds; browsers then dial again, as is done here.
                if self.ends is not None and time.monotonic() - self.used > IDLE_SECONDS:
                    self.hang_up()
                if self.ends is None:
                    self.ends = await asyncio.open_connection("127.0.0.1", self.port)
                reader, writer = self.ends
                writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
                text = (await reader.readexactly(int(length[1]))).decode() if length else ""
        except (OSError, EOFError, TimeoutError) as error:
            self.hang_up()
            raise OSError("no connection") from error
        if found := re.search(r"set-cookie: mee=([^;]+)", head, re.IGNORECASE):
            self.cookie = found[1]
        self.used = time.monotonic()
        return int(head.split(" ", 2)[1]), text

    def hang_up(self) -> None:
        if self.ends is not None:
            self.ends[1].close()
            self.ends = None

    async def join(self) -> None:
        """Open the page, as the first visit does, and say that somebody is there; a person without a page tries again."""
        while not self.nonce:
            with suppress(OSError):
                for path in ("/mee/phone.css", "/mee/phone.js", f"/mee/{self.code}"):
                    _, page = await self.ask(path)
                self.nonce = re.findall(r'name="nonce" value="([^"]+)"', page)[0]
                await self.ask(f"/mee/{self.code}", {"what": "join", "nonce": self.nonce})
            if not self.nonce:
                await asyncio.sleep(1)

    async def send(self, text: str, result: Result) -> None:
        """Send a remark until it is confirmed."""
        tries = 0
        while True:
            begin, answer = time.perf_counter(), {}
            result.flying += 1
            with suppress(OSError, ValueError):
                form = {"what": "remark", "question": "0", "nonce": self.nonce, "text": text}
                status, said = await self.ask(f"/mee/{self.code}", form)
                answer = json.loads(said) if status < 500 else {}
            result.flying -= 1
            if answer.get("ok"):
                now = time.perf_counter()
                result.took.append(now - begin)
                result.at.append(now)
                result.confirmed.append(text)
                self.nonce = answer["nonce"]
                return
            tries += 1
            result.again += 1
            await asyncio.sleep(answer.get("again") or min(15, 2**tries) * random.uniform(0.5, 1.0))

    async def follow(self, result: Result) -> None:
        """Ask now and then whether there is something new, on a connection of its own as browsers do."""
        beside = Telephone(self.port, self.code)
        beside.cookie = self.cookie
        while True:
            await asyncio.sleep(LOOK_SECONDS * random.uniform(0.95, 1.05))
            begin = time.perf_counter()
            with suppress(OSError):
                await beside.ask(f"/mee/{self.code}/stand")
                result.looks.append(time.perf_counter() - begin)
