"""What a beamer draws of joining, voting and regrouping. Plain values, no Streamlit, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import segno

from feedback.i18n import Language, number, translator
from feedback.room.picture import Picture
from feedback.room.regrouping import Proposed
from feedback.room.results import Result
from feedback.ui.room_stage_parts import UNGROUPED, Drawn, colours_of, groups_of, paged, words
from feedback.workshop.address import Joining

OPTIONS, BARS, MOVES, ORGANISATIONS = 12, 6, 3, 4
QUIET_ZONE = 4


def join(picture: Picture, joining: Joining | None, lang: Language) -> Drawn:
    """Draw how phones join: QR code, address and code.

    Parameters
    ----------
    picture : Picture
    joining : Joining or None
        None: the room is not open.
    lang : {"nl", "en"}

    Returns
    -------
    Drawn
    """
    t, room = translator(lang), picture.room
    if joining is None or room.code is None:
        return words(t("room.closed" if room.closed_at else "room.not_open"))
    view = {
        "kind": "join", "qr": None if joining.is_local else qr(joining.url, t("room.qr", address=joining.short, code=room.code)),
        "go": t("room.go_local" if joining.is_local else "room.go"), "address": joining.short, "type": t("room.type"), "code": room.code,
        "joined": t("room.joined", n=picture.joined) if picture.joined else t("room.joined_none"),
        "phones": picture.joined, "warning": t("room.local") if joining.is_local else "",
    }  # fmt: skip
    return Drawn(view)


def qr(url: str, label: str) -> dict[str, Any]:
    """Give a QR code as the path of an SVG, with the white border that phones need.

    Parameters
    ----------
    url : str
    label : str
        For who cannot see it.

    Returns
    -------
    dict
        size, path, label.
    """
    code = segno.make_qr(url, error="m")
    path = []
    for y, row in enumerate(code.matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                path.append(f"M{start + QUIET_ZONE} {y + QUIET_ZONE + 0.5}h{x - start}")
                start = None
    return {"size": len(code.matrix) + 2 * QUIET_ZONE, "path": "".join(path), "label": label}


def vote(picture: Picture, result: Result | None, lang: Language, spread: Sequence[int] = ()) -> Drawn:
    """Draw a vote: what is voted on and how many did, and nothing of the result before somebody shows it.

    Parameters
    ----------
    picture : Picture
    result : Result or None
        None: nothing was put to the vote.
    lang : {"nl", "en"}
    spread : sequence of int
        Of a question on a scale: how many people gave 1, 2, 3 ..

    Returns
    -------
    Drawn
    """
    t = translator(lang)
    if result is None:
        return words(t("room.vote_none"))
    poll, room = result.vote, picture.room
    title = t(f"room.vote_{poll.kind}", n=poll.dots)
    colours = colours_of(groups_of(picture.on_screen()))
    if not poll.is_shown:
        # In the order of asking: the order of the result would tell it.
        rows = result.rows.set_index("option").loc[list(poll.options)]
        options = [
            {"id": option, "name": name, "colour": colour_of_option(poll.kind, str(option), colours)}
            for option, name in rows[f"name_{lang}"].items()
            if name
        ]
        pages = [options[at : at + OPTIONS] for at in range(0, len(options), OPTIONS)] or [[]]
        turnout = t("room.voted", n=picture.voted, of=picture.joined)
        views = [
            {
                "kind": "vote", "part": str(poll.poll_id), "title": title, "options": page, "turnout": turnout,
                "how": t("room.vote_how" if poll.is_open else "room.vote_closed"), "voted": picture.voted,
                "joined": max(picture.joined, picture.voted),
            }
            for page in pages
        ]  # fmt: skip
        return paged(views, room.page)
    if result.is_hidden:
        return words(t("room.vote_hidden"))
    common = {"kind": "result", "part": str(poll.poll_id), "title": title}
    if poll.kind == "heard":
        mean = number(float(result.rows["mean"].iloc[0]), lang, 1)
        most = max(spread, default=0) or 1
        bars = [
            {"id": str(step), "name": str(step), "value": number(n, lang), "wide": round(100 * n / most), "colour": None}
            for step, n in enumerate(spread, start=1)
        ]  # fmt: skip
        return Drawn({**common, "figure": mean, "bars": bars[::-1], "lead": t("room.heard_of", n=result.voters)})
    rows = result.rows[result.rows["n"] > 0] if poll.kind == "worth" else result.rows
    bars = [_bar(row, result, colours, lang) for row in rows.itertuples()]
    ends = [t("room.hurts"), t("room.helps")] if poll.kind == "impact" else None
    views = [{**common, "bars": bars[at : at + BARS], "ends": ends} for at in range(0, len(bars), BARS)]
    return paged(views, room.page, t("room.voters", n=result.voters))


def colour_of_option(kind: str, option: str, colours: Mapping[int, int]) -> int | str | None:
    """Give an option of a poll the colour of its theme.

    Parameters
    ----------
    kind : str
        Of the poll.
    option : str
    colours : mapping of int to int
        See `colours_of`.

    Returns
    -------
    int, str or None
        `UNGROUPED` for a theme that is in no group; None where it is no theme.
    """
    return colours.get(int(option), UNGROUPED) if kind == "dots_themes" and option.isdecimal() else None


def _bar(row: Any, result: Result, colours: Mapping[int, int], lang: Language) -> dict[str, Any]:
    t, kind = translator(lang), result.vote.kind
    bar = {
        "id": row.option,
        "name": getattr(row, f"name_{lang}"),
        "colour": colour_of_option(kind, row.option, colours),
    }
    if kind == "worth":
        n = max(row.n, 1)
        more, less = 100 * row.more / n, 100 * row.less / n
        value = t("room.worth_value", more=int(row.more), keep=int(row.keep), less=int(row.less))
        return {**bar, "value": value, "colour": "more", "more": round(more), "less": round(less)}
    if kind == "impact":
        mean = 0.0 if pd.isna(row.mean) else float(row.mean)
        wide = round(abs(mean) * 10)
        told = f"{'+' if mean > 0 else ''}{number(mean, lang, 1)}" if row.n else "–"
        return {
            **bar, "value": told, "wide": wide, "from": 50 - wide if mean < 0 else 50, "zero": True,
            "colour": "less" if mean < 0 else "more", "sub": _by_organisation(result, row.option, lang),
        }  # fmt: skip
    most = max(int(result.rows["total"].max()), 1)
    return {**bar, "value": number(int(row.total), lang), "wide": round(100 * row.total / most)}


def _by_organisation(result: Result, option: str, lang: Language) -> str:
    """Write the organisations of which enough people voted; the ones hit hardest first."""
    mine = result.by_organisation
    mine = mine[mine["option"] == option].sort_values("mean").head(ORGANISATIONS)
    return " · ".join(
        f"{name} {number(float(mean), lang, 1)}" for name, mean in zip(mine["organisation"], mine["mean"], strict=True)
    )


def regroup(picture: Picture, proposed: Proposed | None, lang: Language) -> Drawn:
    """Draw what a fresh look would change, before and after.

    Parameters
    ----------
    picture : Picture
    proposed : Proposed or None
    lang : {"nl", "en"}

    Returns
    -------
    Drawn
    """
    t, colours = translator(lang), colours_of(groups_of(picture.on_screen()))
    shown = set(picture.on_screen().remarks["remark_id"])
    moves = proposed.moves if proposed else pd.DataFrame()
    # What waits or was hidden may move as well, but not before the room.
    moves = moves[moves["remark_id"].isin(shown)] if len(moves) else moves
    if moves.empty:
        return words(t("room.regroup_none"))
    names = [f"name_before_{lang}", f"name_after_{lang}"]
    groups = sorted(moves.groupby(names, sort=False), key=lambda one: -len(one[1]))
    rows = []
    for (before, after), group in groups:
        first = group.iloc[0]
        rows.append({
            "id": f"{before} > {after}", "count": t("remarks.count", n=len(group)),
            "before": {"name": before or t("room.no_theme"), "colour": _colour_of(first["before"], colours)},
            "after": {
                "name": after, "colour": _colour_of(first["after"], colours),
                "note": "" if _colour_of(first["after"], colours) is not None else t("room.new_here"),
            },
            "quote": first["text"] if picture.room.quotes else "",
        })  # fmt: skip
    views = [
        {
            "kind": "regroup", "title": t("room.regroup_title", n=len(moves)), "lead": t("room.regroup_lead"),
            "moves": rows[at : at + MOVES],
        }
        for at in range(0, len(rows), MOVES)
    ]  # fmt: skip
    return paged(views, picture.room.page)


def _colour_of(theme_id: Any, colours: Mapping[int, int]) -> int | None:
    return None if pd.isna(theme_id) else colours.get(int(theme_id))
