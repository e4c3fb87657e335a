"""Which score question tells how satisfied people are, where a file has several: one kind, never a mix."""

from __future__ import annotations

import pandas as pd

# Would you recommend us: another question than how satisfied you are, on another footing.
_RECOMMENDS = r"\b(?:nps|net promot\w*|promot[eo]r\w*|aanbeve\w*|aanraden|recommend\w*)\b"
_JUDGES = r"cijfer|tevreden|satisf|waardering|beoordeel|oordeel|grade|rating|score"
_WHOLE = (
    r"\b(?:algemeen|algemene|alg|alles|totaal|geheel|overall|general|eindcijfer|dienstverlening|services? as a whole)\b"
)
KIND = ["session_id", "area", "question", "scale_low", "scale_high"]


def asked(scores: pd.DataFrame) -> pd.DataFrame:
    """Give every score question of every session, and which of them is the one that counts.

    Of the questions on one service area (or on the services as a whole) in one session one counts: no question whether
    people would recommend, where there is another; then one that asks for a grade or satisfaction, on the whole, on a
    scale to ten, with most answers.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        session_id, area (key, NA for the services as a whole), question, scale_low, scale_high, n (answers),
        recommends, counts.
    """
    found = scores.groupby(KIND, dropna=False, observed=True)["score_id"]
    table = found.agg(["size", "min"]).rename(columns={"size": "n", "min": "first"}).reset_index()
    # Where no score has an area, the group keys come back as numbers.
    table = table.astype({"area": object, "question": object})
    names = table["question"].astype("str").str.casefold().str.replace("_", " ")
    table["recommends"] = names.str.contains(_RECOMMENDS).astype(bool)
    table["judges"] = names.str.contains(_JUDGES).astype(bool)
    table["whole"] = names.str.contains(_WHOLE).astype(bool)
    table["to_ten"] = table["scale_high"] == 10
    best = ["judges", "whole", "to_ten", "n"]
    order = table.sort_values(["recommends", *best, "first"], ascending=[True, *[False] * len(best), True])
    table["counts"] = ~order.duplicated(["session_id", "area"])
    return table[[*KIND, "n", "recommends", "counts"]]


def marked(scores: pd.DataFrame) -> pd.DataFrame:
    """Say beside every score whether its question counts.

    Done once for all scores of the panel: which question tells satisfaction must not hang on the filters that a reader chose.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        The same rows, with counts and recommends (bool); see `asked`.
    """
    if scores.empty:
        return scores.assign(counts=False, recommends=False)
    questions = asked(scores)[[*KIND, "counts", "recommends"]]
    beside = scores[KIND].astype({"area": object, "question": object}).merge(questions, on=KIND, how="left")
    return scores.assign(counts=beside["counts"].to_numpy(), recommends=beside["recommends"].to_numpy())


def counting(scores: pd.DataFrame) -> pd.DataFrame:
    """Keep the scores of the questions that count.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores` and `marked`.

    Returns
    -------
    DataFrame
        Rows of `scores`, with counts and recommends beside them.
    """
    beside = scores if "counts" in scores else marked(scores)
    return beside[beside["counts"]]


def others(scores: pd.DataFrame) -> pd.DataFrame:
    """Give the questions that do not count, each with its mean in the last session that asked it.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        question, area (key or NA), session, grade (mean, brought to 1-10), n (answers); what most answered first.
    """
    beside = scores if "counts" in scores else marked(scores)
    given = beside[~beside["counts"]].astype({"area": object, "question": object, "session": object})
    found = given.groupby([*KIND, "session"], dropna=False)
    table = found.agg(grade=("grade", "mean"), n=("grade", "size"), date=("date", "max")).reset_index()
    latest = table.sort_values(["date", "session_id"]).drop_duplicates(["question", "area"], keep="last")
    order = latest.sort_values(["n", "question"], ascending=[False, True], ignore_index=True)
    return order[["question", "area", "session", "grade", "n"]]
