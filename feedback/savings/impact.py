"""What savings ideas do to customers: pain, quadrants, the ideas that hurt least. Frames in, frames out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

Quadrant = Literal["do", "explore", "later", "dont"]
QUADRANTS: tuple[Quadrant, ...] = get_args(Quadrant)
# What a decision was taken about is no longer on the table.
CLOSED = ("done", "refused")
# Less than half a point, on the scale to 5, of every client served: few of them will notice.
PAIN_A_CLIENT = 0.5


@dataclass(frozen=True)
class Cuts:
    """Where little ends and much begins.

    Attributes
    ----------
    eur : float
        Euros a year; from here on it is much.
    pain : float
        Pain; above it is much.
    """

    eur: float
    pain: float


def pain(impacts: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Weigh what each idea does to customers: the sum over organisations of max(0, -impact) x clients.

    Parameters
    ----------
    impacts : DataFrame
        idea_id, organisation_id, impact (-5 hurts .. +5 helps); what is not in it is unknown.
    organisations : DataFrame
        organisation_id, clients (missing: unknown). All of them: who is not asked counts as unknown.

    Returns
    -------
    DataFrame
        Indexed by idea_id, for the ideas in `impacts`: pain (of the organisations that are known; missing
        when none is) and unknown (how many organisations are not known). Where an idea does not hurt, the
        number of clients need not be known.
    """
    each = harm(impacts, organisations)
    by_idea = each["pain"].groupby(each["idea_id"])
    return pd.DataFrame(
        {"pain": by_idea.sum(min_count=1).astype(float), "unknown": len(organisations) - by_idea.count()}
    )


def harm(impacts: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Weigh what each idea does to each organisation: max(0, -impact) x clients.

    Parameters
    ----------
    impacts, organisations : DataFrame
        See `pain`.

    Returns
    -------
    DataFrame
        idea_id, organisation_id, pain: a row for each row of `impacts` (missing: unknown).
    """
    told = impacts[["idea_id", "organisation_id", "impact"]].merge(
        organisations[["organisation_id", "clients"]], on="organisation_id"
    )
    hurt = (-told["impact"].astype(float)).clip(lower=0)
    told["pain"] = (hurt * pd.to_numeric(told["clients"]).astype(float)).mask(hurt == 0, 0.0)
    return told[["idea_id", "organisation_id", "pain"]]


def by_organisation(idea_id: int, impacts: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Tell whom one idea hits: a row an organisation, hardest hit first, the unknown ones last.

    Parameters
    ----------
    idea_id : int
    impacts, organisations : DataFrame
        See `pain`; organisations also with organisation (name), impacts with source and, where some are derived, people.

    Returns
    -------
    DataFrame
        organisation_id, organisation, clients (Int64), impact, source, pain (missing: unknown); people, where `impacts` has it.
    """
    names = [name for name in ("organisation_id", "impact", "source", "people") if name in impacts]
    own = impacts.loc[impacts["idea_id"] == idea_id, names]
    whom = organisations[["organisation_id", "organisation", "clients"]]
    table = whom.merge(own, on="organisation_id", how="left")
    each = pain(table.assign(idea_id=table["organisation_id"]), organisations)["pain"]
    table["pain"] = table["organisation_id"].map(each)
    order = table.sort_values(["pain", "impact"], ascending=[False, True], na_position="last")
    return order.reset_index(drop=True)


def weigh(ideas: pd.DataFrame, impacts: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Set each idea's euros beside its pain.

    Parameters
    ----------
    ideas : DataFrame
        idea_id, eur_low, eur_high, ...
    impacts, organisations : DataFrame
        See `pain`; impacts with people where some were derived (see `savings.derived`).

    Returns
    -------
    DataFrame
        The same rows with eur (the middle of the range; missing: unknown), pain (missing: unknown), unknown
        (how many organisations), derived (of how many it is only derived from remarks) and known: whether the euros and
        the pain of every organisation are, none of them derived.
    """
    found = pain(impacts, organisations).reindex(ideas["idea_id"])
    weighed = ideas.assign(
        eur=ideas[["eur_low", "eur_high"]].astype(float).mean(axis=1),
        pain=found["pain"].to_numpy(),
        unknown=found["unknown"].fillna(len(organisations)).astype(int).to_numpy(),
    )
    hints = (
        impacts.loc[impacts["people"].notna(), "idea_id"].value_counts()
        if "people" in impacts
        else pd.Series(dtype=int)
    )
    weighed["derived"] = weighed["idea_id"].map(hints).fillna(0).astype(int)
    told = (weighed["unknown"] == 0) & (weighed["derived"] == 0)
    weighed["known"] = weighed["eur"].notna() & weighed["pain"].notna() & told
    return weighed


def usual_cuts(weighed: pd.DataFrame, organisations: pd.DataFrame) -> Cuts:
    """Choose where little ends: at the middle idea's euros, and at half a point of pain for every client.

    Parameters
    ----------
    weighed : DataFrame
        See `weigh`.
    organisations : DataFrame
        With clients.

    Returns
    -------
    Cuts
        The limit for euros is the median of the ideas: half of them bring more. The limit for pain is a fixed
        part of all clients, so that one more idea never makes another one painful.
    """
    eur = weighed["eur"].median()
    clients = pd.to_numeric(organisations["clients"]).sum()
    return Cuts(eur=0.0 if pd.isna(eur) else float(eur), pain=PAIN_A_CLIENT * float(clients))


def quadrant(eur: pd.Series, pain: pd.Series, known: pd.Series, cuts: Cuts) -> pd.Series:
    """Place ideas in the four quadrants.

    Parameters
    ----------
    eur, pain : Series of float
    known : Series of bool
        Whether both are known, the pain for every organisation.
    cuts : Cuts

    Returns
    -------
    Series of str
        do (much money, little pain), explore (much money, much pain: find out together), later (little of
        both) or dont (little money, much pain). What is not known yet is never do or later: it is explore,
        or dont where what is known is already too painful for little money.
    """
    much, hurts = eur >= cuts.eur, pain > cuts.pain
    little = eur.notna() & ~much
    choices = [little & hurts, ~known.astype(bool) | hurts, little]
    return pd.Series(np.select(choices, ["dont", "explore", "later"], "do"), index=eur.index, dtype="str")


def least_pain(weighed: pd.DataFrame, n: int = 5) -> pd.DataFrame:
    """Give the ideas that hurt least; of two that hurt as much, the one with more euros first.

    Parameters
    ----------
    weighed : DataFrame
        See `weigh`.
    n : int

    Returns
    -------
    DataFrame
        At most n rows: ideas that are open, with known euros and known pain. What is unknown is never taken
        for painless.
    """
    open_ones = weighed[weighed["known"] & ~weighed["status"].isin(CLOSED)]
    return open_ones.sort_values(["pain", "eur", "idea_id"], ascending=[True, False, True]).head(n)
