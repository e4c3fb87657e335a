"""The portfolio of a file of savings ideas; no database."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from feedback.i18n import Language, UserError, euro, number, translator
from feedback.intake.delimited import decode, grid
from feedback.savings import impact, rows
from feedback.savings.candidates import candidates, usable
from feedback.savings.portfolio import Portfolio, choose
from feedback.text.money import parse_euro

PREFIX = "impact_"
STATES = {
    "uitgevoerd": "done", "gerealiseerd": "done", "done": "done", "realised": "done", "realized": "done",
    "afgewezen": "refused", "niet meegenomen": "refused", "refused": "refused", "rejected": "refused",
}  # fmt: skip
SAVING, COST, EFFORT = "saving_per_year_eur", "one_off_cost_eur", "effort"


@dataclass(frozen=True)
class Table:
    """A file as rows: the number of each row as people count them, and its cells by the name of the column."""

    file: str
    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]


@dataclass(frozen=True)
class Result:
    """What was chosen from which ideas.

    Attributes
    ----------
    portfolio : Portfolio
    ideas : DataFrame
        All ideas of the file; see `savings.impact.weigh`. idea_id as in the file, title and state beside it.
    took_part : frozenset of str
        Ids of the ideas that could be chosen from.
    """

    portfolio: Portfolio
    ideas: pd.DataFrame
    took_part: frozenset[str]


def portfolio_file(ideas: Path, clients: Path, target: str, *, closed_too: bool = False) -> Result:
    """Choose the set of a file's ideas that reaches a target with the least pain.

    Parameters
    ----------
    ideas : Path
        CSV with the columns id, title, saving_per_year_eur, one_off_cost_eur, effort, impact_<organisation> (one or
        more), status, excludes and requires (ids); others are passed over. Only id, the saving and an impact are needed.
    clients : Path
        CSV with the columns organisation (as after impact_) and clients.
    target : str
        Euro a year, as people type it.
    closed_too : bool
        Whether ideas that are done or refused take part.

    Returns
    -------
    Result

    Raises
    ------
    UserError
        When a file cannot be used; names row and column.
    """
    wanted = rows.amount(target)
    if wanted is None:
        raise UserError("savings.error.amount", text=target)
    organisations = _organisations(_read(clients, ("organisation", "clients")))
    table = _read(ideas, ("id", SAVING))
    listed, impacts, links = _ideas(table, organisations, closed_too)
    weighed = impact.weigh(listed, impacts, organisations)
    part = candidates(weighed, impacts, organisations, links)
    return Result(choose(part, wanted), weighed, frozenset(idea.id for idea in part))


def as_json(result: Result) -> dict[str, Any]:
    """Give a portfolio as plain values.

    Parameters
    ----------
    result : Result

    Returns
    -------
    dict
        target, feasible, pain, saving, one_off_cost, ideas (ids), pain_by_organisation, most_possible. Where the
        target cannot be reached: of the set with the most euros.
    """
    found = result.portfolio
    return {
        "target": _plain(found.target), "feasible": found.feasible, "pain": _plain(found.pain),
        "saving": _plain(found.saving), "one_off_cost": _plain(found.one_off_cost), "ideas": list(found.ideas),
        "pain_by_organisation": {name: _plain(pain) for name, pain in found.pain_by_organisation.items()},
        "most_possible": _plain(found.most_possible or 0.0),
    }  # fmt: skip


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def as_text(result: Result, language: Language) -> str:
    """Tell a portfolio in a few lines.

    Parameters
    ----------
    result : Result
    language : {"nl", "en"}

    Returns
    -------
    str
    """
    t, found = translator(language), result.portfolio
    told = "reached" if found.feasible else "not_reached"
    lines = [
        t(
            f"portfolio.file.{told}", target=euro(found.target, language, cents=True), saving=euro(found.saving, language),
            pain=number(found.pain, language), cost=euro(found.one_off_cost, language),
            most=euro(found.most_possible, language),
        )
    ]  # fmt: skip
    chosen = result.ideas[result.ideas["idea_id"].isin(found.ideas)]
    each: Any
    for each in chosen.itertuples():
        pain = t("portfolio.file.pain", pain=number(each.pain, language))
        lines.append(f"  {each.idea_id}  {each.title}  {euro(each.eur, language)}  {pain}".rstrip())
    lines += [
        f"  {name}: {t('portfolio.file.pain', pain=number(pain, language))}"
        for name, pain in found.pain_by_organisation.items()
        if pain
    ]
    return "\n".join(lines)


def remarks_on(result: Result, language: Language) -> list[str]:
    """Tell what a reader of the figures should know: what took no part, and what is not known.

    Parameters
    ----------
    result : Result
    language : {"nl", "en"}

    Returns
    -------
    list of str
    """
    t, ideas = translator(language), result.ideas
    left, known = ideas["state"].eq("open"), usable(ideas)
    told = {
        "closed": ideas.loc[~left],
        "unusable": ideas.loc[left & ~known],
        "shut": ideas.loc[left & known & ~ideas["idea_id"].isin(result.took_part)],
        "at_least": ideas.loc[ideas["idea_id"].isin(result.portfolio.ideas) & (ideas["unknown"] > 0)],
        "cost": ideas.loc[ideas["idea_id"].isin(result.portfolio.ideas) & ideas["one_off_cost"].isna()],
    }
    return [t(f"portfolio.file.{key}", ideas=", ".join(part["idea_id"])) for key, part in told.items() if len(part)]


def _read(path: Path, needed: tuple[str, ...]) -> Table:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("files.error.unreadable", file=str(path), reason=error.strerror or str(error)) from error
    lines, _ = grid(decode(path.name, data))
    filled = [(at, line) for at, line in enumerate(lines, 1) if any(line)]
    if not filled:
        raise UserError("files.error.empty", file=str(path))
    columns = [name.casefold() for name in filled[0][1]]
    for name in needed:
        if name not in columns:
            raise UserError("portfolio.error.no_column", file=str(path), column=name, columns=", ".join(filled[0][1]))
    cells = [(at, dict(zip(columns, [*line, *[""] * len(columns)], strict=False))) for at, line in filled[1:]]
    return Table(path.name, columns, cells)


def _organisations(table: Table) -> pd.DataFrame:
    names: dict[str, float | None] = {}
    for at, cells in table.rows:
        name = _key(cells["organisation"])
        if not name or name in names:
            raise _wrong(table, at, "organisation", cells, "name_once")
        names[name] = _cell(table, at, "clients", cells, _count, "count")
    if not names:
        raise UserError("files.error.empty", file=table.file)
    return pd.DataFrame({"organisation_id": list(names), "clients": pd.array(list(names.values()), dtype="Float64")})


def _ideas(
    table: Table, organisations: pd.DataFrame, closed_too: bool
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    asked = {name: _key(name.removeprefix(PREFIX)) for name in table.columns if name.startswith(PREFIX)}
    unknown = [name for name, key in asked.items() if key not in set(organisations["organisation_id"])]
    if unknown:
        listed = ", ".join(organisations["organisation_id"])
        raise UserError("portfolio.error.no_clients", file=table.file, column=unknown[0], organisations=listed)
    ids: set[str] = set()
    listed_ideas: list[dict[str, Any]] = []
    impacts: list[tuple[str, str, float]] = []
    for at, cells in table.rows:
        key = cells["id"]
        if not key or key in ids:
            raise _wrong(table, at, "id", cells, "name_once")
        ids.add(key)
        saving = _cell(table, at, SAVING, cells, parse_euro, "amount")
        state = STATES.get(cells.get("status", "").casefold(), "open")
        listed_ideas.append(
            {
                "idea_id": key, "title": cells.get("title", ""), "eur_low": saving, "eur_high": saving,
                "one_off_cost": _cell(table, at, COST, cells, parse_euro, "amount"),
                "effort": _cell(table, at, EFFORT, cells, _count, "count"),
                "state": "open" if closed_too else state,
            }
        )  # fmt: skip
        for name, organisation in asked.items():
            value = _cell(table, at, name, cells, _impact, "impact")
            if value is not None:
                impacts.append((key, organisation, value))
    links = [
        (cells["id"], other, kind)
        for at, cells in table.rows
        for kind in ("excludes", "requires")
        for other in _ids(table, at, kind, cells, ids)
    ]
    frame = pd.DataFrame(
        listed_ideas, columns=["idea_id", "title", "eur_low", "eur_high", "one_off_cost", "effort", "state"]
    )
    frame = frame.astype({"one_off_cost": float, "effort": float})
    return (
        frame,
        pd.DataFrame(impacts, columns=["idea_id", "organisation_id", "impact"]),
        pd.DataFrame(links, columns=["idea_id", "other_id", "kind"]),
    )


def _ids(table: Table, at: int, column: str, cells: dict[str, str], known: set[str]) -> list[str]:
    named = [part.strip() for part in re.split(r"[|;,]", cells.get(column, "")) if part.strip()]
    if not known.issuperset(named):
        raise _wrong(table, at, column, cells, "ids")
    return named


def _cell(
    table: Table, at: int, column: str, cells: dict[str, str], read: Callable[[str], float], expected: str
) -> float | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        return read(text)
    except ValueError as error:
        raise _wrong(table, at, column, cells, expected) from error


def _wrong(table: Table, at: int, column: str, cells: dict[str, str], expected: str) -> UserError:
    return UserError(f"portfolio.error.{expected}", file=table.file, row=at, column=column, text=cells.get(column, ""))


def _number(text: str) -> float:
    if not re.fullmatch(r"[-+−]?\d+(?:[.,]\d+)?", text):
        raise ValueError(text)
    return float(text.replace("−", "-").replace(",", "."))


def _impact(text: str) -> float:
    value = _number(text)
    if not -rows.IMPACT <= value <= rows.IMPACT:
        raise ValueError(text)
    return value


def _count(text: str) -> float:
    value = parse_euro(text)
    if value < 0:
        raise ValueError(text)
    return value


def _key(name: str) -> str:
    return re.sub(r"\s+", "_", name.strip().casefold())
