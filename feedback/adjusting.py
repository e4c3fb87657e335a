"""A prepared file with what a person changed of it.

`changed` masks and cuts it again, in a moment, so that it can be shown after every change; `finish` annotates what is new and
themes it all, once, when that is looked at or stored. `adjust` is the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from feedback.annotating import Progress, annotate, cut, mask_notes, silent
from feedback.areas.placing import place_in_areas
from feedback.intake.by_hand import HIDDEN, ByHand, Key, mask_by_hand
from feedback.intake.model import Dropped, IncomingNote, Taken
from feedback.pipeline import Context, Prepared, put_in_themes, read_context
from feedback.store.engine import reading
from feedback.text.empty import is_empty
from feedback.text.language import detect
from feedback.text.masking import mask
from feedback.text.names import names_of

Lines = tuple[str, ...] | None
# What a remark is before it is annotated, and what stands for the rest until then; `area_by` tells.
_BARE = ("note", "position", "text", "stated_area")
_NOTHING: dict[str, Any] = {
    "language": "", "sentiment": "neu", "sentiment_words": [], "is_saving": False, "saving_eur": float("nan"),
    "is_handover": False, "area": "", "area2": "", "aspect": "", "area_by": "", "theme": "", "strength": 0.0, "words": [],
}  # fmt: skip
_APART = frozenset(f"intake.dropped.{kind}" for kind in ("action", "decision", "reply", "formality"))


def key_of(note: IncomingNote) -> Key:
    """Give what `ByHand` knows a note by."""
    return note.row, note.question, note.text


def apart(prepared: Prepared) -> list[IncomingNote]:
    """Give what session notes hold that was taken for no remark: actions, decisions, replies, formalities; unmasked."""
    document = prepared.source.document
    if document is None:
        return []
    return [
        IncomingNote(one.row, one.heading, one.text, None, one.speaker, one.organisation, one.level)
        for one in document.paragraphs
        if one.kind != "remark"
    ]


def adjust(prepared: Prepared, by_hand: ByHand, *, engine: Engine, progress: Progress = silent) -> Prepared:
    """Bring what a person changed into a prepared file; what a person typed is masked like all else.

    Parameters
    ----------
    prepared : Prepared
        As it came out of `pipeline.prepare`.
    by_hand : ByHand
    engine : Engine
        Read only.
    progress : callable

    Returns
    -------
    Prepared
        What was changed stands among what was left out (`pipeline.by_hand.*`): rows and numbers, no words.
    """
    return finish(changed(prepared, by_hand), engine=engine, progress=progress)


def changed(prepared: Prepared, by_hand: ByHand) -> Prepared:
    """Do what `adjust` does up to the annotating: enough to show what is hidden and how it is cut.

    Parameters
    ----------
    prepared : Prepared
    by_hand : ByHand

    Returns
    -------
    Prepared
        For `finish`: remarks that are new are no more than their text, the others have the themes of before.
    """
    prepared = _with_taken_in(prepared, by_hand)
    taken = prepared.taken
    lines = [by_hand.cut.get(key_of(note)) for note in taken.notes] if by_hand.cut else [None] * len(taken.notes)
    stays = pd.Series(
        [note.row not in by_hand.left_out and said != () for note, said in zip(taken.notes, lines, strict=True)],
        index=prepared.notes.index, dtype=bool,
    )  # fmt: skip
    notes, more = _masked(prepared, by_hand)
    touched = (notes["text"] != prepared.notes["text"]) | pd.Series([said is not None for said in lines], dtype=bool)
    fresh, typed = _cut(notes[touched & stays], lines, by_hand, names_of(taken.people))
    kept = prepared.remarks[~prepared.remarks["note"].map(touched | ~stays).astype(bool)]
    remarks = pd.concat([kept, fresh], ignore_index=True) if len(fresh) else kept
    remarks = remarks.sort_values(["note", "position"], ignore_index=True)
    remarks["note"] = remarks["note"].map(stays.cumsum() - 1).astype(int)
    rows = _rows(taken)
    left = replace(
        taken, notes=tuple(note for note, stay in zip(taken.notes, stays, strict=True) if stay),
        scores=tuple(score for score in taken.scores if score.row not in by_hand.left_out),
        dropped=(*taken.dropped, *_told(prepared, by_hand, lines, more)),
    )  # fmt: skip
    left = replace(left, rows=taken.rows - len(rows - _rows(left)))
    masked = Counter(prepared.masked)
    masked.update(more)
    masked.update(typed)
    return replace(
        prepared,
        taken=left,
        notes=notes[stays].reset_index(drop=True),
        remarks=remarks,
        masked=dict(+masked),
        hidden=by_hand.hidden,
    )


def finish(prepared: Prepared, *, engine: Engine, progress: Progress = silent) -> Prepared:
    """Annotate what `changed` left to be done, and theme the file.

    Parameters
    ----------
    prepared : Prepared
        As it came out of `changed`.
    engine : Engine
        Read only.
    progress : callable

    Returns
    -------
    Prepared
    """
    with reading(engine) as session:
        context = read_context(session=session)
    remarks = prepared.remarks.drop(columns=["theme", "strength", "words"])
    bare = remarks["area_by"] == ""
    if bare.any():
        fresh = _annotated(remarks.loc[bare, list(_BARE)].assign(language=None), context, progress)
        remarks = pd.concat([remarks[~bare], fresh]).sort_index()
    (themed,) = put_in_themes([replace(prepared, remarks=remarks)], context)
    progress("themed", 1.0)
    return themed


def _rows(taken: Taken) -> set[int]:
    return {note.row for note in taken.notes} | {score.row for score in taken.scores}


def _with_taken_in(prepared: Prepared, by_hand: ByHand) -> Prepared:
    """Add what was kept apart (an action, a formality) and the person wants as a remark."""
    found = apart(prepared)
    wanted = tuple(note for note in found if by_hand.cut.get(key_of(note)))
    if not wanted:
        return prepared
    taken = prepared.taken
    rows = Counter(note.row for note in wanted)
    dropped = []
    for one in taken.dropped:
        if one.reason in _APART and rows[one.row]:
            rows[one.row] -= 1
        else:
            dropped.append(one)
    notes, masked = mask_notes(replace(taken, notes=wanted))
    notes["is_empty"] = False
    more = Counter(prepared.masked) + Counter(masked)
    taken = replace(
        taken, notes=(*taken.notes, *wanted), rows=taken.rows + len({note.row for note in wanted}),
        dropped=tuple(dropped),
    )  # fmt: skip
    return replace(
        prepared, taken=taken, notes=pd.concat([prepared.notes, notes], ignore_index=True), masked=dict(more)
    )


def _masked(prepared: Prepared, by_hand: ByHand) -> tuple[pd.DataFrame, Counter[str]]:
    """Mask the notes as the person wants it; give how much more of each kind is hidden."""
    notes = prepared.notes.copy()
    more: Counter[str] = Counter()
    if not (by_hand.shown or by_hand.hidden):
        return notes, more
    raw = prepared.taken.notes
    known: dict[tuple[str, str], tuple[str, Counter[str]]] = {}
    for column, originals in (("text", [one.text for one in raw]), ("question", [one.question for one in raw])):
        texts = []
        for pair in zip(originals, notes[column], strict=True):
            if pair not in known:
                known[pair] = mask_by_hand(*pair, by_hand)
            texts.append(known[pair][0])
            if column == "text":
                more.update(known[pair][1])
        notes[column] = texts
    changed = notes["text"] != prepared.notes["text"]
    notes.loc[changed, "is_empty"] = notes.loc[changed, "text"].map(is_empty).astype(bool)
    notes.loc[changed, "language"] = notes.loc[changed, "text"].map(detect)
    return notes, more


def _cut(
    notes: pd.DataFrame, lines: Sequence[Lines], by_hand: ByHand, people: frozenset[str]
) -> tuple[pd.DataFrame, Counter[str]]:
    """Cut notes as the person did, the others by rule; give what was hidden of what the person typed, by kind."""
    by_rule = cut(notes)
    by_rule["note"] = notes.index[by_rule["note"].to_numpy(dtype=int)]
    hidden: Counter[str] = Counter()
    typed = []
    for at in notes.index:
        for position, line in enumerate(lines[at] or ()):
            masked = mask(line, people)
            text, more = mask_by_hand(line, masked.text, by_hand)
            hidden.update(masked.found)
            hidden.update(more)
            typed.append((at, position, text, notes.at[at, "area"], None))
    by_person = pd.DataFrame(typed, columns=by_rule.columns)
    found = pd.concat([by_rule[[lines[at] is None for at in by_rule["note"]]], by_person], ignore_index=True)
    empty: dict[str, list[Any]] = {name: [value] * len(found) for name, value in _NOTHING.items()}
    return found.assign(**empty), hidden


def _annotated(remarks: pd.DataFrame, context: Context, progress: Progress) -> pd.DataFrame:
    found = annotate(remarks, progress)
    return found.join(place_in_areas(found, areas=context.areas, book=context.book, taught=context.taught))


def _told(prepared: Prepared, by_hand: ByHand, lines: Sequence[Lines], more: Counter[str]) -> list[Dropped]:
    """Tell for the log what was changed by hand."""
    was = prepared.remarks["note"].value_counts()
    told = [
        Dropped(note.row, "", "pipeline.by_hand.cut", {"was": int(was.get(at, 0)), "now": len(said)})
        if said
        else Dropped(note.row, "", "pipeline.by_hand.dropped")
        for at, (note, said) in enumerate(zip(prepared.taken.notes, lines, strict=True))
        if said is not None and note.row not in by_hand.left_out
    ]
    there = _rows(prepared.taken)
    told += [
        Dropped(row, "", "pipeline.by_hand.twice", {"other": other})
        if other
        else Dropped(row, "", "pipeline.by_hand.stored")
        for row, other in by_hand.left_out.items()
        if row in there
    ]
    told.sort(key=lambda one: one.row)
    if more[HIDDEN]:
        told.insert(0, Dropped(1, "", "pipeline.by_hand.hidden", {"n": more[HIDDEN]}))
    if shown := -sum(n for n in more.values() if n < 0):
        told.insert(0, Dropped(1, "", "pipeline.by_hand.shown", {"n": shown}))
    return told
