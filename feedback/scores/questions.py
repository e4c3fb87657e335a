"""Which score question tells how satisfied people are, where a file has several: one kind, never a mix."""

from __future__ import annotations

import pandas as pd

# Would you recommend us: another question than how satisfied you are, on another footing.
_RECOMMENDS = r"\b(?:nps|net promot\w*|promot[eo]r\w*|aanbeve\w*|aanraden|recommend\w*)\b"
# What people find important, and what they expect: beside the grade, never in it.
_IMPORTANCE = r"\b(?:hoe belangrijk|belang(?:rijkheid)?|how important|importance)\b"
_EXPECTS = r"\b(?:verwacht(?:te|ing|ingen)?|expect(?:ed|ation|ations)?)\b"
_JUDGES = r"cijfer|tevreden|satisf|waardering|beoordeel|oordeel|grade|rating|score"
_WHOLE = (
    r"\b(?:algemeen|algemene|alg|alles|totaal|geheel|overall|general|eindcijfer|dienstverlening|services? as a whole)\b"
)
KIND = ["session_id", "area", "question", "scale_low", "scale_high"]


def about(questions: pd.Series) -> pd.Series:
    """Tell what score questions ask.

    Parameters
    ----------
    questions : Series of str

    Returns
    -------
    Series of str
        "recommend", "importance", "expectation" or "grade".
    """
    every = pd.Series(questions.astype(object).fillna("").unique(), dtype="str")
    names = every.str.casefold().str.replace("_", " ")
    kinds = pd.Series("grade", index=every.index, dtype=object)
    for kind, pattern in (("expectation", _EXPECTS), ("importance", _IMPORTANCE), ("recommend", _RECOMMENDS)):
        kinds[names.str.contains(pattern)] = kind
    return questions.astype(object).fillna("").map(dict(zip(every, kinds, strict=True)))


def asked(scores: pd.DataFrame) -> pd.DataFrame:
    """Give every score question of every session, and which of them is the one that counts.

    Of the questions on one service area (or on the services as a whole) in one session one counts: none on what is
    important or expected; no question whether people would recommend, where there is another; then one that asks for a
    grade or satisfaction, on the whole, on a scale to ten, with most answers.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        session_id, area (key, NA for the services as a whole), question, scale_low, scale_high, n (answers),
        recommends, about (see there), counts.
    """
    found = scores.groupby(KIND, dropna=False, observed=True)["score_id"]
    table = found.agg(["size", "min"]).rename(columns={"size": "n", "min": "first"}).reset_index()
    # Where no score has an area, the group keys come back as numbers.
    table = table.astype({"area": object, "question": object})
    names = table["question"].astype("str").str.casefold().str.replace("_", " ")
    table["about"] = about(table["question"])
    table["recommends"] = table["about"] == "recommend"
    beside = table["about"].isin(["importance", "expectation"])
    table["judges"] = names.str.contains(_JUDGES).astype(bool)
    table["whole"] = names.str.contains(_WHOLE).astype(bool)
    table["to_ten"] = table["scale_high"] == 10
    best = ["judges", "whole", "to_ten", "n"]
    order = table[~beside].sort_values(["recommends", *best, "first"], ascending=[True, *[False] * len(best), True])
    table["counts"] = (~order.duplicated(["session_id", "area"])).reindex(table.index, fill_value=False)
    return table[[*KIND, "n", "recommends", "about", "counts"]]


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
        The same rows, with counts and recommends (bool) and about (str); see `asked`.
    """
    if scores.empty:
        return scores.assign(counts=False, recommends=False, about="")
    told = ["counts", "recommends", "about"]
    questions = asked(scores)[[*KIND, *told]]
    beside = scores[KIND].astype({"area": object, "question": object}).merge(questions, on=KIND, how="left")
    return scores.assign(**{name: beside[name].to_numpy() for name in told})


def counting(scores: pd.DataFrame) -> pd.DataFrame:
    """Keep the scores of the questions that count.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores` and `marked`.

    Returns
    -------
    DataFrame
        Rows of `scores`, with counts, recommends and about beside them.
    """
    beside = scores if "counts" in scores else marked(scores)
    return beside[beside["counts"]]


def others(scores: pd.DataFrame) -> pd.DataFrame:
    """Give the questions that do not count, each with its mean in the last session that asked it.

    Those with a figure of their own are left out: what is important (`importance`), what is expected of a service
    (`expectation`), and recommending from 0 to 10 (`nps`).

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
    nps = beside["recommends"] & (beside["scale_low"] == 0) & (beside["scale_high"] == 10)
    hoped = (beside["about"] == "expectation") & beside["area"].notna()
    rest = beside[~beside["counts"] & ~nps & ~hoped & (beside["about"] != "importance")]
    given = rest.astype({"area": object, "question": object, "session": object})
    found = given.groupby([*KIND, "session"], dropna=False)
    table = found.agg(grade=("grade", "mean"), n=("grade", "size"), date=("date", "max")).reset_index()
    latest = table.sort_values(["date", "session_id"]).drop_duplicates(["question", "area"], keep="last")
    order = latest.sort_values(["n", "question"], ascending=[False, True], ignore_index=True)
    return order[["question", "area", "session", "grade", "n"]]
