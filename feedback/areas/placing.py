"""Remarks to service areas and aspects, on the coordinator's own list and with what corrections taught."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from feedback.areas.assign import AreaModel
from feedback.areas.frame import Area, load_frame
from feedback.store.tables import Remark, ServiceArea

# The newest corrections teach; older ones add little and cost training time.
MOST_CORRECTIONS = 2000
# Texts that come together help each other; with more at once they do so no better, and take room with their square.
TOGETHER = 6000


def areas_in_use(*, session: Session) -> list[Area]:
    """Read the service areas that the coordinator uses, in order.

    Parameters
    ----------
    session : Session

    Returns
    -------
    list of Area
    """
    rows = session.exec(
        select(ServiceArea).where(col(ServiceArea.is_active)).order_by(col(ServiceArea.position), col(ServiceArea.id))
    ).all()
    return [
        Area(key=row.key, name={"nl": row.name_nl, "en": row.name_en}, description={}, keywords=tuple(row.keywords))
        for row in rows
    ]


def corrections(*, session: Session) -> list[tuple[str, str]]:
    """Read what people and files said themselves about the service area of a remark: text and key, newest first.

    Parameters
    ----------
    session : Session

    Returns
    -------
    list of (str, str)
    """
    rows = session.exec(
        select(Remark.text, ServiceArea.key)
        .join(ServiceArea, col(Remark.area_id) == ServiceArea.id)
        .where(Remark.area_by == "person", Remark.text != "")
        .order_by(col(Remark.id).desc())
        .limit(MOST_CORRECTIONS)
    ).all()
    return [(text, key) for text, key in rows]


def place_in_areas(
    remarks: pd.DataFrame, *, areas: Sequence[Area], book: Any, taught: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """Say which service areas and aspect each remark is about; what the file said itself leads.

    Parameters
    ----------
    remarks : DataFrame
        With text and stated_area (key or None).
    areas : sequence of Area
        Those in use.
    book : Codebook
        What the areas are trained on.
    taught : sequence of (str, str)
        Corrections, see `corrections`.

    Returns
    -------
    DataFrame
        Same index: area, area2 ("" for none), aspect (keys), area_by ("file" or "model").
    """
    aspects = load_frame()[1]
    texts = list(dict.fromkeys(remarks["text"]))
    model = AreaModel(areas=areas, aspects=aspects, codebook=book).fit(taught)
    pieces = [model.predict(texts[start : start + TOGETHER]) for start in range(0, max(len(texts), 1), TOGETHER)]
    placed = pd.concat(pieces).set_axis(pd.Index(texts))
    found = placed.loc[remarks["text"], ["area", "area2", "aspect"]].set_index(remarks.index)
    known = {area.key for area in areas}
    stated = remarks["stated_area"].where(remarks["stated_area"].isin(known))
    found["area2"] = found["area2"].where(stated.isna(), "")
    found["area"] = stated.fillna(found["area"])
    found["area_by"] = stated.notna().map({True: "file", False: "model"})
    return found
