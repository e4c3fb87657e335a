"""The clock: what the panel is owed an answer on, since when, and how it stands.

Owed are the themes that a person confirmed and the savings ideas that a person took up, as far as remarks stand behind them: a
proposal of the machine promises nothing, also once a person said no to it, and what nobody in the panel said needs no answer,
but for a no: an idea that a person had taken up is not refused without a reason, and its clock starts at the refusal.
Whatever got a reply is owed one too: who was told that it is under study waits for the rest. The clock starts at the first
session where it was said and stops at the answer; *under study* does not stop it. What the panel opened again counts from that day.

Every screen that counts answers counts the columns `owed`, `waiting`, `late` and `overdue` of `subjects`, itself or by `figures`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import pandas as pd

from feedback.replies import workdays
from feedback.replies.states import ANSWERS, OPEN, REOPENED

COLUMNS = (
    "kind", "id", "key", "name_nl", "name_en", "area", "owner", "status", "people", "remarks", "since", "owed", "state",
    "reply_id", "text", "reason", "due_on", "answered_on", "days", "waiting", "late", "overdue", "kept", "again",
    "done_on", "reopened_on",
)  # fmt: skip


def subjects(
    themes: pd.DataFrame,
    ideas: pd.DataFrame,
    remarks: pd.DataFrame,
    evidence: pd.DataFrame,
    replies: pd.DataFrame,
    *,
    today: dt.date,
    promised: int,
) -> pd.DataFrame:
    """Give every theme and idea with its answer and its clock.

    Parameters
    ----------
    themes, ideas, remarks, evidence, replies : DataFrame
        See `store.frames`.
    today : date
    promised : int
        Working days in which an answer is promised.

    Returns
    -------
    DataFrame
        A row a subject, the most people first: kind (theme or idea), id, key (theme's key or ""), name_nl, name_en, area, owner (of the
        reply, else of the subject), status, people and remarks behind it, since (date of the first, else of the refusal), owed (bool),
        state (open, study, change, stays or done), reply_id (Int64), text, reason, due_on, answered_on (the first answer that still
        stands), days (working days from since to the answer or today; Int64), waiting (bool: owed and not answered; under study waits),
        late (bool: waiting for more than promised), overdue (bool: the date of the reply went by), kept (bool, or NA where nothing was
        done: what was done last, by the day that was promised first), again (remarks since the answer), done_on (when it was done, also
        where the panel opened it again), reopened_on (when it did; its state is open until the next reply, and its text that of the reply
        before).
    """
    known = [
        _told(
            themes.rename(columns={"theme_id": "id", "theme": "key"}), remarks.assign(id=remarks["theme_id"]), "theme"
        ),
        _told(
            ideas.rename(columns={"idea_id": "id"}).assign(key="", name_nl=ideas["title"], name_en=ideas["title"]),
            evidence.rename(columns={"idea_id": "id"}).merge(remarks, on="remark_id"),
            "idea",
        ),
    ]
    rows: list[dict[str, Any]] = []
    day = pd.Timestamp(today)
    for kind, (table, said) in zip(("theme", "idea"), known, strict=True):
        past = dict(list(replies.dropna(subset=f"{kind}_id").groupby(f"{kind}_id")))
        # A loop over subjects, not over remarks: there are hundreds of them.
        for one in cast(list[dict[str, Any]], table.to_dict("records")):
            told = past.get(one["id"])
            rows.append({**one, **_answer(one, told, said, day)})
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    found["owed"] = found["owed"].astype(bool) | (found["reply_id"].notna())
    found["waiting"] = found["owed"] & ~found["state"].isin(ANSWERS)
    found["late"] = found["waiting"] & (found["days"] > promised).fillna(False).astype(bool)
    found[["reply_id", "days"]] = found[["reply_id", "days"]].astype("Int64")
    for name in ("due_on", "answered_on", "since", "done_on", "reopened_on"):
        found[name] = pd.to_datetime(found[name])
    found["overdue"] = found["state"].isin(["study", "change", "stays"]) & (found["due_on"] < day)
    return found.sort_values(["people", "remarks", "id"], ascending=[False, False, True], ignore_index=True)


def _told(table: pd.DataFrame, said: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, dict[int, pd.Series]]:
    """Count who stands behind each subject, and give the dates of its remarks."""
    groups = said.dropna(subset="id").groupby("id", observed=True)
    counts = pd.DataFrame(
        {"people": groups["person"].nunique(), "remarks": groups.size(), "since": groups["date"].min()}
    )
    table = table.assign(kind=kind).join(counts, on="id")
    table[["people", "remarks"]] = table[["people", "remarks"]].fillna(0).astype(int)
    if kind == "theme":
        table["owed"] = (table["status"] == "confirmed") & table["since"].notna()
    else:
        taken_up = (table["status"] != "spotted") & ~table["dismissed"]
        refused = taken_up & (table["status"] == "refused")
        table["since"] = table["since"].fillna(table["refused_on"].where(refused))
        table["owed"] = refused | (taken_up & table["since"].notna())
    return table, {cast(int, at): dates for at, dates in groups["date"]}


def _answer(
    one: dict[str, Any], told: pd.DataFrame | None, said: dict[int, pd.Series], day: pd.Timestamp
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "state": OPEN, "reply_id": pd.NA, "text": "", "reason": "", "due_on": pd.NaT, "answered_on": pd.NaT,
        "days": pd.NA, "kept": pd.NA, "again": 0, "done_on": pd.NaT, "reopened_on": pd.NaT,
    }  # fmt: skip
    if told is not None:
        kinds = list(told["reply"])  # newest first
        last = told.iloc[0]
        answering = next((at for at, kind in enumerate(kinds) if kind not in ANSWERS), len(kinds))
        heard = told["answered_on"].iloc[answering - 1] if answering else pd.NaT
        values |= {name: last[name] for name in ("reply_id", "text", "reason", "due_on")}
        values |= {"state": kinds[0], "answered_on": heard}
        if kinds[0] in ("done", REOPENED) and "done" in kinds:
            values["done_on"] = told["due_on"].iloc[kinds.index("done")]
        if REOPENED in kinds:
            values["reopened_on"] = told["answered_on"].iloc[kinds.index(REOPENED)]
        if kinds[0] == REOPENED:
            values |= {"state": OPEN, "text": told["text"].iloc[min(1, len(told) - 1)]}
        values["owner"] = next((owner for owner in told["owner"] if owner), one["owner"])
        if "done" in kinds:
            values["kept"] = _kept(told, kinds)
        if pd.notna(heard) and one["id"] in said:
            values["again"] = int((said[one["id"]] > heard).sum())
    since = one["since"] if pd.isna(values["reopened_on"]) else values["reopened_on"]
    if pd.notna(since) and (one["owed"] or told is not None):
        until = day if pd.isna(values["answered_on"]) else values["answered_on"]
        values["days"] = workdays.between(since.date(), until.date())
    return values


def _kept(told: pd.DataFrame, kinds: list[str]) -> Any:
    """Tell whether what was done last, be it opened again since, was done by its day; NA where no promise came before it."""
    done = kinds.index("done")
    ended = next((at for at in range(done, len(kinds)) if kinds[at] not in ANSWERS), len(kinds))
    promises = [at for at in range(done, ended) if kinds[at] == "change"]
    # The first promise counts: a day that is moved on is not kept.
    return bool(told["due_on"].iloc[done] <= told["due_on"].iloc[promises[-1]]) if promises else pd.NA


def figures(table: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Sum up how quickly answers come.

    Parameters
    ----------
    table : DataFrame
        See `subjects`; only what is owed counts.
    by : {"area", "owner"}, optional

    Returns
    -------
    DataFrame
        Index `by` (one row 0 without): n (owed), answered, waiting, share (answered / n), median (working days of the answers given),
        oldest (working days that the longest waiting one waits), late (waiting for longer than promised), overdue (promises whose
        date went by).
    """
    owed = table[table["owed"]]
    keys = owed[by].astype(object).fillna("") if by else pd.Series(0, index=owed.index)
    waiting, answered = owed["waiting"], ~owed["waiting"]
    groups = {
        "n": owed.groupby(keys).size(),
        "answered": answered.groupby(keys).sum(),
        "waiting": waiting.groupby(keys).sum(),
        "median": owed.loc[answered, "days"].astype(float).groupby(keys[answered]).median(),
        "oldest": owed.loc[waiting, "days"].astype(float).groupby(keys[waiting]).max(),
        "late": owed["late"].groupby(keys).sum(),
        "overdue": owed["overdue"].groupby(keys).sum(),
    }
    found = pd.DataFrame(groups)
    found["share"] = found["answered"] / found["n"]
    return found.sort_values(["late", "n"], ascending=False)
