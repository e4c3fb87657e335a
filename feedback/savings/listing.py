"""Savings ideas that were found in remarks and wait for a person: the ones with most evidence first."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from feedback.savings.rows import shorten
from feedback.savings.spot import strength

# From here on a remark reads as a proposal, whatever its tone; what is found begins at 0.4.
SURE = 1.0
# Characters of a quote beside an amount.
QUOTE = 120

# Of one text the answer never changes, and the list is made anew after every act.
_strength = lru_cache(maxsize=50_000)(strength)


def answered(ideas: pd.DataFrame, replies: pd.DataFrame) -> pd.DataFrame:
    """Take ideas that customers were told will not be done for refused, whatever status they have.

    Parameters
    ----------
    ideas : DataFrame
        idea_id, status.
    replies : DataFrame
        idea_id, reply; newest first, see `store.frames.replies`.

    Returns
    -------
    DataFrame
        The same rows with own_status, and status: refused where the newest reply is *stays* and the idea is not done.
    """
    newest = replies.dropna(subset="idea_id").drop_duplicates("idea_id")
    stays = ideas["idea_id"].isin(newest.loc[newest["reply"] == "stays", "idea_id"])
    status = ideas["status"].mask(stays & (ideas["status"] != "done"), "refused")
    return ideas.assign(own_status=ideas["status"], status=status)


def found(ideas: pd.DataFrame, evidence: pd.DataFrame, remarks: pd.DataFrame) -> pd.DataFrame:
    """Give the ideas that were only found, by evidence: how many say it, then how much it reads as a proposal.

    Parameters
    ----------
    ideas : DataFrame
        See `store.savings_frames.ideas`.
    evidence : DataFrame
        idea_id, remark_id.
    remarks : DataFrame
        remark_id, text, language, sentiment.

    Returns
    -------
    DataFrame
        Rows of `ideas` with said (remarks that carry it), strength (of the strongest of them; see `spot.strength`)
        and weak, last: what reads as praise or a complaint more than as a proposal, and names no amount.
    """
    waiting = ideas[ideas["status"] == "spotted"]
    said = evidence[evidence["idea_id"].isin(waiting["idea_id"])].merge(
        remarks[["remark_id", "text", "language", "sentiment"]], on="remark_id"
    )
    said["strength"] = [_strength(*one) for one in zip(said["text"], said["language"], strict=True)]
    said["felt"] = said["sentiment"] != "neu"
    by_idea = said.groupby("idea_id").agg(
        said=("remark_id", "size"), strength=("strength", "max"), felt=("felt", "all")
    )
    table = waiting.merge(by_idea.reset_index(), on="idea_id")
    unpriced = table["eur_low"].isna() & table["eur_high"].isna()
    table["weak"] = table["felt"].astype(bool) & unpriced & (table["strength"] < SURE)
    order = table.sort_values(["weak", "said", "strength", "idea_id"], ascending=[True, False, False, True])
    return order.drop(columns="felt").reset_index(drop=True)


def voices(evidence: pd.DataFrame, remarks: pd.DataFrame) -> pd.Series:
    """Give of every idea the remark that says most, to stand beside its euros.

    Parameters
    ----------
    evidence : DataFrame
        idea_id, remark_id.
    remarks : DataFrame
        remark_id, text, is_saving, strength.

    Returns
    -------
    Series of str
        Index idea_id, the text on one line; a proposal goes first, then what fits its theme best. Ideas without remarks are
        not in it.
    """
    names = ["remark_id", "text", "is_saving", "strength"]
    said = evidence.merge(remarks.loc[remarks["remark_id"].isin(evidence["remark_id"]), names], on="remark_id")
    said = said[said["text"] != ""]
    order = said.sort_values(["is_saving", "strength", "remark_id"], ascending=[False, False, True])
    first = order.drop_duplicates("idea_id").set_index("idea_id")["text"]
    return first.map(lambda text: shorten(text, QUOTE))
