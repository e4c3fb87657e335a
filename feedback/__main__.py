"""Command line: serve, import, annotate, themes, portfolio, demo, report, erase, backup, restore.

UTF-8 in and out; exit 0, 2 with what to do, 3 in part.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import getpass
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from feedback.i18n import Language, UserError, as_language, translate
from feedback.settings import SettingError, settings


def serve(options: argparse.Namespace) -> int:
    """Start the server; the database is made and migrated first."""
    from feedback.server import run

    if options.room:
        from feedback.workshop.address import joining

        found = joining("", "0.0.0.0", options.port)  # noqa: S104  (asked for by name)
        print(translate(_language(), "phone.serving", address=found.short), flush=True)
    return run(port=options.port, address=options.address, room=options.room)


def themes(options: argparse.Namespace) -> int:
    """Give every row of a CSV a theme; no database."""
    from feedback.files import theme_file

    theme_file(options.csv, options.text, options.out, n_themes=options.n_themes, codebook=options.codebook)
    return 0


def annotate(options: argparse.Namespace) -> int:
    """Annotate every row of a CSV; no database."""
    from feedback.files import annotate_file

    annotate_file(options.csv, options.text, options.out)
    return 0


def portfolio(options: argparse.Namespace) -> int:
    """Choose the ideas of a file that reach a target with the least pain; no database."""
    from feedback import portfolio_file

    language = _language()
    with _only_our_own_words():
        found = portfolio_file.portfolio_file(options.ideas, options.clients, options.target, closed_too=options.all)
    for remark in portfolio_file.remarks_on(found, language):
        print(remark, file=sys.stderr)
    if options.json:
        print(json.dumps(portfolio_file.as_json(found), ensure_ascii=False, indent=1))
    else:
        print(portfolio_file.as_text(found, language))
    return 0


@contextmanager
def _only_our_own_words() -> Iterator[None]:
    """Lead to the error output what the solver prints by itself (HiGHS in scipy 1.17), or no program could read ours."""
    sys.stdout.flush()
    ours = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        # C keeps what it prints until its own buffer is full.
        ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush(None)
        os.dup2(ours, 1)
        os.close(ours)


def import_files(options: argparse.Namespace) -> int:
    """Take files into the database, as the Upload page does."""
    from feedback import summary

    wishes = summary.Wishes(
        _language(), dry_run=options.dry_run, session_name=options.session, held_on=options.date, kind=options.kind,
        best=options.best,
    )  # fmt: skip
    results = [result for path in options.files for result in summary.import_path(path, wishes)]
    if options.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        for result in results:
            print(f"{result['file']}: {result['message']}")
    statuses = {result["status"] for result in results}
    return 2 if "refused" in statuses else 3 if "partial" in statuses else 0


def demo(options: argparse.Namespace) -> int:
    """Load or remove the example panel."""
    from feedback.demo import load
    from feedback.store import example
    from feedback.store.engine import engine, writing

    if options.remove:
        with writing(engine()) as session:
            example.remove(session=session, actor="command line")
        return 0
    load(engine(), actor="command line")
    return 0


def report(options: argparse.Namespace) -> int:
    """Write the report of a workshop as a Word document, as slides, or as both."""
    from feedback.reports.session_docx import as_docx
    from feedback.reports.session_pptx import as_pptx
    from feedback.reports.session_told import told
    from feedback.room.summary import summary
    from feedback.store.engine import engine, reading

    language = as_language(options.lang or settings().language)
    if options.docx is None and options.pptx is None:
        raise UserError("session_report.what_to_write")
    with reading(engine()) as session:
        found = summary(options.workshop, threshold=settings().group_threshold, session=session)
    whole = told(found, language)
    for path, write in ((options.docx, as_docx), (options.pptx, as_pptx)):
        if path is not None:
            path.write_bytes(write(whole, language))
    return 0


def backup(options: argparse.Namespace) -> int:
    """Write the whole database to one file."""
    from feedback.store.backup import backup as write
    from feedback.store.engine import engine

    write(engine(), options.file)
    return 0


def restore(options: argparse.Namespace) -> int:
    """Replace the whole database by a backup; who was forgotten since stays forgotten."""
    from feedback.forgetting import erasing
    from feedback.store.backup import restore as read
    from feedback.store.engine import engine, writing
    from feedback.store.scrub import scrub

    read(engine(), options.file)
    with writing(engine()) as session:
        again = erasing.erase_again(key=settings().hash_key, session=session, actor="command line")
    if again:
        scrub(engine())
    return 0


def erase(options: argparse.Namespace) -> int:
    """Tell what one person contributed, and with --yes erase it for good; asks for the name, so that no history keeps it."""
    from feedback.forgetting import contributions, erasing
    from feedback.store.engine import engine, reading, writing
    from feedback.store.scrub import scrub

    key, language = settings().hash_key, _language()
    called = (
        getpass.getpass(translate(language, "forgetting.called") + ": ") if sys.stdin.isatty() else input()
    ).strip()
    with reading(engine()) as session:
        found = contributions.find(called, key=key, session=session)
        looks = [erasing.look(one, session=session) for one in found]
    if options.session:
        kept = [(one, look) for one, look in zip(found, looks, strict=True) if options.session in look.sessions]
        found, looks = [one for one, _ in kept], [look for _, look in kept]
    if not found:
        raise UserError("forgetting.nobody")
    if len(found) > 1:
        names = ", ".join(name for look in looks for name in look.sessions)
        raise UserError("forgetting.error.several", sessions=names)
    print(translate(language, "forgetting.goes", **asdict(looks[0].counts)).replace("**", ""))
    with reading(engine()) as session:
        files = contributions.known_one_way(session=session)
    if files:
        named = ", ".join(f"{file} ({column})" if column else file for file, column in files)
        print(translate(language, "forgetting.one_way", files=named))
    if options.yes:
        with writing(engine()) as session:
            erased = erasing.erase(found[0], key=key, session=session, actor="command line")
        scrubbed = scrub(engine())
        print(translate(language, "forgetting.erased", **asdict(erased)), translate(language, "forgetting.backups"))
        if not scrubbed:
            print(translate(language, "forgetting.not_scrubbed"), file=sys.stderr)
    return 0


def _language() -> Language:
    return as_language(settings().language)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-03-17") from None


def _row(text: str) -> int:
    # No row has a number that a database cannot hold.
    if not text.isdecimal() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a workshop")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m feedback", description="Klantpanel on the command line.")
    verbs = top.add_subparsers(dest="verb", required=True)

    def verb(name: str, do: Any) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=do.__doc__, description=do.__doc__)
        sub.set_defaults(do=do)
        return sub

    sub = verb("serve", serve)
    sub.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8501")))
    sub.add_argument("--address", default="localhost", help="0.0.0.0 to serve other machines (behind a proxy)")
    sub.add_argument(
        "--room", action="store_true", help="let phones on this network join a workshop; only that is open to them"
    )
    for name, do in (("themes", themes), ("annotate", annotate)):
        sub = verb(name, do)
        sub.add_argument("csv", type=Path, metavar="IN.csv")
        sub.add_argument("--text", required=True, metavar="COLUMN", help="the column with the text")
        sub.add_argument("--out", required=True, type=Path, metavar="OUT.csv")
        if do is themes:
            sub.add_argument("--n-themes", type=int, metavar="K", help="exactly this many themes")
            sub.add_argument("--codebook", default="default", metavar="FILE|none", help="YAML, CSV or XLSX; or none")
    sub = verb("portfolio", portfolio)
    sub.add_argument("ideas", type=Path, metavar="IDEAS.csv")
    sub.add_argument("--clients", required=True, type=Path, metavar="CLIENTS.csv", help="organisation and clients")
    sub.add_argument("--target", required=True, metavar="EUR", help="euro a year: 250000, 250.000 or 0,25 mln")
    sub.add_argument("--json", action="store_true", help="the set and its figures, for other programs")
    sub.add_argument("--all", action="store_true", help="ideas that are done or refused take part too")
    sub = verb("import", import_files)
    sub.add_argument("files", type=Path, nargs="+", metavar="FILE")
    sub.add_argument("--dry-run", action="store_true", help="tell what would be stored; store nothing")
    sub.add_argument("--json", action="store_true", help="a list with one summary a file")
    sub.add_argument("--session", metavar="NAME", help="name of the panel session; default: the file's name")
    sub.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="date of the panel session")
    sub.add_argument("--kind", choices=["session", "survey", "interview"])
    sub.add_argument("--best", choices=["high", "low"], help="the good end of a scale where the file does not tell")
    sub = verb("demo", demo)
    sub.add_argument("--remove", action="store_true", help="take the example panel away again")
    sub = verb("report", report)
    sub.add_argument("workshop", type=_row, metavar="WORKSHOP", help="its number: ?w= in the address of its report")
    sub.add_argument("--docx", type=Path, metavar="FILE", help="a Word document")
    sub.add_argument("--pptx", type=Path, metavar="FILE", help="PowerPoint slides")
    sub.add_argument("--lang", choices=["nl", "en"], help="default: KLANTPANEL_LANGUAGE")
    sub = verb("erase", erase)
    sub.add_argument("--session", metavar="NAME", help="of the survey, where a number is given in several")
    sub.add_argument("--yes", action="store_true", help="erase; it cannot be undone")
    for name, do in (("backup", backup), ("restore", restore)):
        verb(name, do).add_argument("file", type=Path, metavar="FILE")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb.

    Returns
    -------
    int
        Exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            # Windows consoles would otherwise stumble over "één" and "€".
            reconfigure(encoding="utf-8")
    options = parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except UserError as error:
        print(error.message(_language()), file=sys.stderr)
    except (SettingError, OSError) as error:
        print(error, file=sys.stderr)
    except Exception as error:
        if (reason := _no_database(error)) is None:
            raise
        print(translate(_language(), "files.error.database", reason=reason), file=sys.stderr)
    return 2


def _no_database(error: Exception) -> str | None:
    """Tell why the database cannot be used; None where the error is another one."""
    from sqlalchemy import exc

    if isinstance(error, exc.ArgumentError):
        return str(error)
    # "File is not a database" comes as the plain class; its other kinds are ours to mend.
    if isinstance(error, exc.OperationalError) or type(error) is exc.DatabaseError:
        return str(error.orig).strip().split("\n")[0]
    return None


if __name__ == "__main__":
    sys.exit(main())
