"""What a beamer draws of joining, voting, regrouping and promising. Plain values, no Streamlit, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import segno

from feedback.i18n import Language, day, number, translator
from feedback.room.picture import Picture
from feedback.room.regrouping import Proposed
from feedback.room.results import Result
from feedback.ui.room_stage_parts import Drawn, colours_of, facts, groups_of, paged, words
from feedback.workshop.address import Joining

OPTIONS, BARS, MOVES, PROMISES, ORGANISATIONS = 12, 6, 3, 3, 4
QUIET_ZONE = 4
# Names beside each other on the podium that are still read at 8 m.
PLACES = 5


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


def vote(picture: Picture, result: Result | None, lang: Language) -> Drawn:
    """Draw a vote: what is voted on and how many did, and nothing of the result before somebody shows it.

    Parameters
    ----------
    picture : Picture
    result : Result or None
        None: nothing was put to the vote.
    lang : {"nl", "en"}

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
            {"id": option, "name": name, "colour": _colour(poll.kind, str(option), colours)}
            for option, name in rows[f"name_{lang}"].items()
            if name
        ]
        options = _distinct(options)
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
        return Drawn({**common, "figure": mean, "bars": [], "lead": t("room.heard_of", n=result.voters)})
    bars = _distinct([_bar(row, result, colours, lang) for row in result.rows.itertuples()])
    ends = [t("room.hurts"), t("room.helps")] if poll.kind == "impact" else None
    views = [{**common, "bars": bars[at : at + BARS], "ends": ends} for at in range(0, len(bars), BARS)]
    return paged(views, room.page, t("room.voters", n=result.voters))


def _colour(kind: str, option: str, colours: Mapping[int, int]) -> int | None:
    return colours.get(int(option)) if kind == "dots_themes" and option.isdecimal() else None


def _distinct(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take the colour from who has that of another: groups of two screens may share one, here they stand together."""
    taken: set[int] = set()
    for row in rows:
        if isinstance(row["colour"], int):
            row["colour"] = "none" if row["colour"] in taken else row["colour"]
            taken |= {row["colour"]} - {"none"}
    return rows


def _bar(row: Any, result: Result, colours: Mapping[int, int], lang: Language) -> dict[str, Any]:
    t, kind = translator(lang), result.vote.kind
    bar = {"id": row.option, "name": getattr(row, f"name_{lang}"), "colour": _colour(kind, row.option, colours)}
    if kind == "worth":
        n = max(row.n, 1)
        more, less = 100 * row.more / n, 100 * row.less / n
        value = t("room.worth_value", more=int(row.more), less=int(row.less))
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


def promises(
    picture: Picture, chosen: Result | None, decided: pd.DataFrame, promised: pd.DataFrame, lang: Language
) -> Drawn:
    """Draw what the room chose, what was decided here, and what was promised before it.

    Parameters
    ----------
    picture : Picture
    chosen : Result or None
        The newest vote on themes or ideas that was shown.
    decided : DataFrame
        See `room.deciding.decisions`.
    promised : DataFrame
        Open promises that the session began with, likewise.
    lang : {"nl", "en"}

    Returns
    -------
    Drawn
    """
    t = translator(lang)
    ending = [*_podium(picture, chosen, lang), *_list(picture, decided, t("room.decided"), lang)]
    open_ones = _list(picture, promised, t("room.promised"), lang)
    # At the start there is only what was promised; at the end that comes last.
    started = bool(len(decided)) or (chosen is not None and not chosen.is_hidden)
    views = [*ending, *open_ones] if started else [*open_ones, *ending]
    return paged(views, picture.room.page) if views else words(t("room.promises_none"))


def _best(ordered: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give the best three, and whoever shares the last place; where too many do, that place stays empty."""
    if len(ordered) <= 3:
        return ordered
    third = ordered[by].iloc[2]
    shared: pd.DataFrame = ordered[ordered[by] >= third]
    alone: pd.DataFrame = ordered[ordered[by] > third]
    return shared if len(shared) <= PLACES else alone


def _podium(picture: Picture, chosen: Result | None, lang: Language) -> list[dict[str, Any]]:
    t, shown = translator(lang), picture.on_screen()
    groups = groups_of(shown)
    colours = colours_of(groups)
    places: list[tuple[str, str, int | None, int]] = []
    row: Any
    if chosen is not None and not chosen.is_hidden:
        title, best = t("room.podium_votes"), _best(chosen.rows[chosen.rows["total"] > 0], "total")
        for row in best.itertuples():
            colour = _colour(chosen.vote.kind, row.option, colours)
            places.append((getattr(row, f"name_{lang}"), t("room.dots", n=int(row.total)), colour, int(row.total)))
    else:
        title, best = t("room.podium_said"), groups.sort_values("remarks", ascending=False, kind="stable")
        for row in _best(best[best["remarks"] > 0], "remarks").itertuples() if shown.has_sense else ():
            told = "".join(facts(row, lang))
            places.append((getattr(row, f"name_{lang}"), told, colours[int(row.theme_id)], int(row.remarks)))
    if not places:
        return []
    counts = [count for *_, count in places]
    view = {
        "kind": "podium", "title": title,
        "places": _distinct([
            {"id": name, "name": name, "label": label, "colour": colour, "place": str(counts.index(count) + 1)}
            for name, label, colour, count in places
        ]),
    }  # fmt: skip
    return [view]


def _list(picture: Picture, table: pd.DataFrame, title: str, lang: Language) -> list[dict[str, Any]]:
    t, colours, items = translator(lang), colours_of(groups_of(picture.on_screen())), []
    for row in table.to_dict("records"):
        due = day(row["due_on"], lang) if pd.notna(row["due_on"]) else ""
        said = [row["owner"], t(f"replies.date_{row['kind']}", date=due) if due else ""]
        kind = t(f"replies.state_{row['kind']}")
        if row["reason"]:
            kind += f": {t('replies.reason_' + row['reason'])}"
        items.append({
            "id": int(row["reply_id"]), "name": row[f"name_{lang}"], "kind": kind, "text": row["text"],
            "who": " · ".join(part for part in said if part),
            "colour": colours.get(int(row["subject_id"])) if row["subject"] == "theme" else None,
        })  # fmt: skip
    return [
        {"kind": "list", "part": title, "title": title, "items": items[at : at + PROMISES]}
        for at in range(0, len(items), PROMISES)
    ]
