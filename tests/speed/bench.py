"""Measure what the product promises about speed, and print it beside the targets: `make bench`.

Nothing here fails on a slow machine: it prints. `--write` puts the table in docs/speed.md too.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import itertools
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.serving import ROOT, Server, serving
from tests.speed import made, room
from tests.speed.wire import Run, Visitor

PAGES = ("", "themas", "diensten", "besparingen", "terugkoppeling", "upload", "presenteren", "uitleg")
AREAS = ("ict", "hr", "financien", "facilitair", "inkoop", "klantcontact")
REPEATS = 15
SESSIONS = 30
STARTS = 5


@dataclass
class Report:
    """Rows of the table, printed as they come."""

    lines: list[str] = field(default_factory=list)

    def head(self, text: str) -> None:
        self.text(f"\n{text}\n\n| what | measured | target |\n| --- | ---: | ---: |")

    def row(self, what: str, measured: str, target: str = "") -> None:
        self.text(f"| {what} | {measured} | {target} |")

    def text(self, line: str) -> None:
        self.lines.append(line)
        print(line, flush=True)


def machine() -> str:
    names = [line for line in _read("/proc/cpuinfo").splitlines() if line.startswith("model name")]
    chip = names[0].split(":", 1)[1].strip() if names else platform.processor() or platform.machine()
    memory = psutil.virtual_memory().total / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores ({chip}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def _read(path: str) -> str:
    return Path(path).read_text() if Path(path).exists() else ""


def ms(seconds: Iterable[float]) -> str:
    return f"{1000 * statistics.median(list(seconds)):.0f} ms"


# Import ---------------------------------------------------------------------------------------------------------------


def import_one(data: bytes, name: str, day: dt.date, database: Path) -> dict[str, float]:
    """Import one file the way the upload page does; give the seconds of each step."""
    from feedback import pipeline, starter
    from feedback.store.engine import make_engine, migrate

    engine = make_engine(f"sqlite:///{database.as_posix()}")
    migrate(engine)
    starter.ensure(engine)
    took: dict[str, float] = {}
    last = time.perf_counter()

    def progress(step: str, _share: float) -> None:
        nonlocal last
        now = time.perf_counter()
        took[step] = took.get(step, 0) + now - last
        last = now

    destination = pipeline.Destination(name=name, held_on=day)
    pipeline.import_file(f"{name}.csv", data, destination, engine=engine, actor="bench", progress=progress)
    engine.dispose()
    return took


def imports(report: Report, rows: int, folder: Path) -> None:
    day = dt.date(2026, 3, 14)
    processor = time.process_time()
    took = import_one(made.table(rows, day, seed=99), "alles", day, folder / "one.db")
    report.head(f"Import of one CSV of {rows:,} rows")
    for step, seconds in took.items():
        report.row(step, f"{seconds:.1f} s")
    report.row("**in all**", f"**{sum(took.values()):.1f} s**", "30 s")
    report.row("of the processor, both cores together", f"{time.process_time() - processor:.1f} s")
    for name, held_on, data in made.sessions(rows):
        import_one(data, name, held_on, folder / "panel.db")


# Scripts --------------------------------------------------------------------------------------------------------------


def filters() -> Iterator[str]:
    """Give filters that nobody chose before, so that none is answered from a cache: on what, on who, on words."""
    for session in range(1, 9):
        for area in AREAS:
            yield f"dienst={area}&sessie={session}"
            yield f"organisatie={session}&sessie={session},{session % 8 + 1}&q={area}"
            yield f"organisatie={session},{session + 4}&niveau=operationeel&dienst={area}"


async def scripts(report: Report, server: Server) -> None:
    report.head(
        "Script time of a rerun by Streamlit's own clock: without a filter, with one, when one is chosen (median)"
    )
    fresh = filters()
    for page in PAGES:
        async with Visitor(server.url) as visitor:
            await visitor.run()
            await visitor.run(page)
            plain = [await visitor.run(page) for _ in range(REPEATS)]
            chosen = [await visitor.run(page, next(fresh)) for _ in range(REPEATS)]
            await visitor.run(page, "dienst=ict")
            kept = [await visitor.run(page, "dienst=ict") for _ in range(REPEATS)]
        broken = " **fails**" if any(run.failed for run in (*plain, *chosen, *kept)) else ""
        measured = (
            f"{ms(run.script for run in plain)}, {ms(run.script for run in kept)}, {ms(run.script for run in chosen)}"
        )
        report.row((page or "overzicht") + broken, measured, "60 ms")
        slowest("without: ", plain)
        slowest("when one is chosen: ", chosen)


def slowest(what: str, runs: list[Run]) -> None:
    """Tell on the error stream where the time of a rerun went; for whoever makes it faster."""
    names = {name for run in runs for name in run.commands or {}}
    medians = {name: statistics.median((run.commands or {}).get(name, 0.0) for run in runs) for name in names}
    top = sorted(medians.items(), key=lambda item: -item[1])[:5]
    commands = ", ".join(f"{name} {1000 * seconds:.1f} ms" for name, seconds in top)
    longest = max(run.script for run in runs)
    print(f"    {what}longest {1000 * longest:.0f} ms; of Streamlit's own: {commands}", file=sys.stderr)


async def crowd(report: Report, server: Server) -> None:
    """Let many sessions choose a filter at the same moment."""
    visitors = [Visitor(server.url) for _ in range(SESSIONS)]
    for visitor in visitors:
        await visitor.__aenter__()
        await visitor.run()
    runs: list[Run] = []
    for choice in itertools.islice(filters(), 3):
        runs += await asyncio.gather(*(visitor.run("", choice) for visitor in visitors))
    memory = psutil.Process(server.process.pid).memory_info().rss / 2**20
    for visitor in visitors:
        await visitor.__aexit__(None, None, None)
    report.head(f"{SESSIONS} sessions choosing a filter at the same moment, on Overzicht")
    longest = max(run.seconds for run in runs)
    report.row("until the answer is in", f"{ms(run.seconds for run in runs)}, longest {longest:.1f} s", "1000 ms")
    report.row("memory of the server", f"{memory:.0f} MB", "600 MB")


# Main -----------------------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--write", action="store_true", help="write docs/speed.md too")
    options = parser.parse_args(arguments)
    os.environ["KLANTPANEL_HASH_KEY"] = "0" * 64
    report = Report(
        [f"# Speed\n\nMeasured on {dt.date.today():%d-%m-%Y} by `make bench`: {options.rows:,} remarks made up by the"]
    )
    report.lines[0] += (
        f"\nbenchmark, 8 sessions, 12 organisations; {machine()}. Server, browser and visitors share the cores."
    )
    print(report.lines[0])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        imports(report, options.rows, folder)
        # The clock is in the usage statistics; only this visitor gets them, nothing goes out.
        with serving(folder, STREAMLIT_BROWSER_GATHER_USAGE_STATS="true") as server:
            settled(server)
            asyncio.run(scripts(report, server))
        with serving(folder) as server:
            settled(server)
            asyncio.run(crowd(report, server))
        for measure in browser_measures():
            measure(report, folder)
    report.text("\nA full room: phones × remarks each, over real HTTP\n")
    for line in room.table(room.measure()):
        report.text(line)
    if options.write:
        (ROOT / "docs" / "speed.md").write_text("\n".join(report.lines) + "\n", encoding="utf-8")
    return 0


def settled(server: Server) -> None:
    """Wait until the preload is over (it pauses once): it would compete with what is measured."""
    process, idle = psutil.Process(server.process.pid), 0
    process.cpu_percent()
    for _ in range(120):
        time.sleep(1)
        idle = idle + 1 if process.cpu_percent() < 5 else 0
        if idle > 8:
            return


def browser_measures() -> list[Callable[[Report, Path], None]]:
    from tests.speed.window import first_load, starts

    return [first_load, starts]


if __name__ == "__main__":
    sys.exit(main())
