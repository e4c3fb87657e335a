"""The savings book: what was estimated, agreed and realised, and what of it was saved without being felt."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

# What a decision was taken about.
TAKEN = ("agreed", "done")


@dataclass(frozen=True)
class Totals:
    """Euro a year, of the ideas in the book.

    Attributes
    ----------
    estimated, agreed, realised : float
    unfelt, felt, unknown : float
        Of what was realised: without being felt, felt, and not known; together `realised`.
    n_estimated, n_agreed, n_realised, n_unfelt, n_felt, n_unknown : int
        Ideas behind each.
    """

    estimated: float
    agreed: float
    realised: float
    unfelt: float
    felt: float
    unknown: float
    n_estimated: int
    n_agreed: int
    n_realised: int
    n_unfelt: int
    n_felt: int
    n_unknown: int


def in_book(ideas: pd.DataFrame) -> pd.DataFrame:
    """Keep the ideas that a decision was taken about: agreed or done, or with an amount agreed or realised.

    Parameters
    ----------
    ideas : DataFrame
        status, eur_agreed, eur_realised. What was refused or only found is not in the book.

    Returns
    -------
    DataFrame
    """
    amounts = ideas[["eur_agreed", "eur_realised"]].notna().any(axis=1)
    return ideas[(ideas["status"].isin(TAKEN) | amounts) & ~ideas["status"].isin(["refused", "spotted"])]


def totals(book: pd.DataFrame, felt: pd.DataFrame) -> Totals:
    """Add up the book.

    Parameters
    ----------
    book : DataFrame
        idea_id, eur (estimate), eur_agreed, eur_realised.
    felt : DataFrame
        idea_id, verdict: "felt" and "unfelt" are known, anything else is not.

    Returns
    -------
    Totals
    """
    realised = book["eur_realised"].astype(float)
    verdict = book["idea_id"].map(dict(zip(felt["idea_id"], felt["verdict"], strict=True)))
    there = realised.notna()
    unfelt, hurt = there & (verdict == "unfelt"), there & (verdict == "felt")
    unknown = there & ~unfelt & ~hurt
    return Totals(
        estimated=float(book["eur"].sum()), agreed=float(book["eur_agreed"].astype(float).sum()),
        realised=float(realised.sum()), unfelt=float(realised[unfelt].sum()), felt=float(realised[hurt].sum()),
        unknown=float(realised[unknown].sum()), n_estimated=int(book["eur"].notna().sum()),
        n_agreed=int(book["eur_agreed"].notna().sum()), n_realised=int(there.sum()), n_unfelt=int(unfelt.sum()),
        n_felt=int(hurt.sum()), n_unknown=int(unknown.sum()),
    )  # fmt: skip
