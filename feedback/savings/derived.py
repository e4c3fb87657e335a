"""What an idea does to an organisation, as far as the remarks that carry it tell: where nobody voted or typed anything."""

from __future__ import annotations

import pandas as pd

from feedback.savings.customer_time import kinds
from feedback.savings.rows import IMPACT

SOURCE = "remarks"
COLUMNS = ["idea_id", "organisation_id", "organisation", "clients", "impact", "source", "people"]
# A remark of two minds hurts half.
_HURTS = {"neg": 1.0, "mixed": 0.5}


def hurts(remarks: pd.DataFrame) -> pd.Series:
    """Tell how much each remark tells of pain.

    Parameters
    ----------
    remarks : DataFrame
        text, sentiment, is_saving.

    Returns
    -------
    Series of float
        1 for a complaint, and for time lost by searching, waiting or doing twice, said without praise; 0.5 for a remark of
        two minds; 0 for the rest. Who proposes a saving does not say that it hurts, whatever the tone.
    """
    tone = remarks["sentiment"].astype(object).map(_HURTS).fillna(0.0).astype(float)
    lost = (remarks["sentiment"] != "pos") & remarks["text"].map(lambda text: bool(kinds(text))).astype(bool)
    found: pd.Series = tone.mask(lost, 1.0).mask(remarks["is_saving"].astype(bool), 0.0)
    return found


def derived(
    evidence: pd.DataFrame, remarks: pd.DataFrame, told: pd.DataFrame, organisations: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    """Derive impacts from the remarks that carry ideas, by organisation.

    The impact is -5 times the share of people of the organisation whose linked remarks tell of pain (see `hurts`; of several
    remarks of one person the most painful counts), rounded to a whole step. It is a hint and is never above 0: no remark
    tells that others are helped. What somebody voted or typed goes before it.

    Small groups are protected: fewer people of the organisation than the threshold and the impact stays unknown. Of two
    ideas whose people differ by a group smaller than that, the one with more people stays unknown too, because the
    difference would tell what those few said.

    Parameters
    ----------
    evidence : DataFrame
        idea_id, remark_id.
    remarks : DataFrame
        See `store.frames.remarks`.
    told : DataFrame
        idea_id, organisation_id: what is known already.
    organisations : DataFrame
        organisation_id, organisation, clients.
    threshold : int
        Fewest distinct people.

    Returns
    -------
    DataFrame
        idea_id, organisation_id, organisation, clients (Int64), impact, source ("remarks") and people (behind it).
    """
    names = ["remark_id", "text", "sentiment", "is_saving", "organisation_id", "person"]
    said = evidence.merge(remarks.loc[remarks["remark_id"].isin(evidence["remark_id"]), names], on="remark_id")
    said = said[said["person"].notna() & said["organisation_id"].isin(organisations["organisation_id"])]
    said = said.astype({"person": object, "organisation_id": "int64"})
    each = said.assign(hurt=hurts(said)).groupby(["organisation_id", "idea_id", "person"], as_index=False)["hurt"].max()
    # Most ideas have one remark: nothing more is asked of those.
    each = each[each.groupby(["organisation_id", "idea_id"])["person"].transform("size") >= threshold]
    known = set(zip(told["idea_id"], told["organisation_id"], strict=True))
    rows = []
    for organisation, of in each.groupby("organisation_id"):
        groups = {int(str(idea)): part for idea, part in of.groupby("idea_id")}
        for idea in _apart({idea: frozenset(part["person"]) for idea, part in groups.items()}, threshold):
            if (idea, organisation) not in known:
                share = float(groups[idea]["hurt"].mean())
                rows.append((idea, organisation, 0.0 - round(IMPACT * share), len(groups[idea])))
    table = pd.DataFrame(rows, columns=["idea_id", "organisation_id", "impact", "people"])
    table = table.astype({"idea_id": "int64", "organisation_id": "int64", "impact": float, "people": "int64"})
    whole = table.merge(organisations[["organisation_id", "organisation", "clients"]], on="organisation_id")
    return whole.assign(source=SOURCE)[COLUMNS].sort_values(["idea_id", "organisation_id"], ignore_index=True)


def _apart(people: dict[int, frozenset[str]], threshold: int) -> list[int]:
    """Give the ideas that may be told of, of the groups large enough: no two differ by a small group."""
    shown: list[int] = []
    for idea in sorted(people, key=lambda idea: (len(people[idea]), idea)):
        mine = people[idea]
        others = (people[other] for other in shown)
        if not any(other < mine and len(mine - other) < threshold for other in others):
            shown.append(idea)
    return shown
