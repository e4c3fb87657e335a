"""How good is what is read from each remark: area, aspect, sentiment, savings, handover, empty, masking, cutting."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from feedback.areas.assign import AreaModel
from feedback.areas.frame import load_frame
from feedback.intake.read import read
from feedback.intake.split import split_remarks
from feedback.intake.take import take
from feedback.savings.spot import spot
from feedback.text.empty import is_empty
from feedback.text.handover import is_handover
from feedback.text.language import detect
from feedback.text.masking import mask
from feedback.text.sentiment import sentiment
from feedback.themes.codebook import Codebook
from tests.quality.sets import OWN, folder, remarks

Row = tuple[str, str, str, str]


def _sets() -> Iterator[tuple[str, pd.DataFrame]]:
    for name, path in (("panel_dev", folder() / "panel_dev" / "remarks.csv"), ("own", OWN)):
        if path.exists():
            yield name, remarks(path)


def areas() -> Iterator[Row]:
    frame, aspects = load_frame()
    book = Codebook.load()
    for name, table in _sets():
        table = table[table["empty"] != "yes"]
        texts, gold = list(table["text"]), table["area"].to_numpy()
        plain = AreaModel(frame, aspects, book).predict(texts)
        yield f"service area untrained, {name}", f"{(plain['area'] == gold).mean():.3f}", "0.74", ""
        after, spared, before = [], [], []
        for seed in range(5):
            order = np.random.default_rng(seed).permutation(len(texts))
            taught, rest = order[:100], order[100:]
            model = AreaModel(frame, aspects, book).fit([(texts[row], gold[row]) for row in taught])
            found = model.predict([texts[row] for row in rest])["area"].to_numpy()
            after.append((found == gold[rest]).mean())
            right = plain["area"].to_numpy() == gold
            wrong = [(texts[row], gold[row]) for row in taught if not right[row]]
            seen = AreaModel(frame, aspects, book).fit(wrong).predict(texts)["area"].to_numpy() == gold
            spared.append(seen[rest].mean())
            before.append(right[rest].mean())
        yield "- after 100 corrections", f"{np.mean(after):.3f}", "0.80", ""
        corrected = f"{np.mean(spared):.3f} ({np.mean(before):.3f})"
        yield "- only the wrong ones of 100 corrected (before, same rest)", corrected, "", ""
        said, wanted = plain["area2"].to_numpy(), table["area2"].to_numpy()
        both = [{a, b} - {""} == {c, d} - {""} for a, b, c, d in zip(plain["area"], said, gold, wanted, strict=True)]
        yield "- both areas exactly right", f"{np.mean(both):.3f}", "", ""
        yield f"aspect untrained, {name}", f"{(plain['aspect'] == table['aspect'].to_numpy()).mean():.3f}", "", ""


def moods() -> Iterator[Row]:
    for name, table in _sets():
        table = table[(table["empty"] != "yes") & (table["sentiment"] != "mixed")]
        said = [sentiment(text, "en" if detect(text) == "en" else "nl").label for text in table["text"]]
        score = f1_score(table["sentiment"], said, average="macro", labels=["neg", "neu", "pos"])
        yield f"sentiment macro-F1, {name}", f"{score:.3f}", "0.68", ""


def savings() -> Iterator[Row]:
    for name, table in _sets():
        found = [spot(text, "en" if detect(text) == "en" else "nl").is_saving for text in table["text"]]
        gold = table["saving"] == "yes"
        yield f"savings F1, {name}", f"{f1_score(gold, found):.3f}", "0.75", ""
        tags = folder() / "panel_dev" / "remark_tags.csv"
        if name == "panel_dev" and tags.exists():
            tagged = remarks(tags).set_index("id")["tags"].reindex(table["id"]).fillna("").to_numpy()
            decoy = np.array(["money_decoy" in tag for tag in tagged])
        else:
            decoy = table["id"].str.endswith("d").to_numpy()
        yield "- decoys wrongly taken", f"{np.array(found)[decoy].mean():.0%}", "15%", ""


def small_facts() -> Iterator[Row]:
    for name, table in _sets():
        gold = table["handover"] == "yes"
        yield f"handover F1, {name}", f"{f1_score(gold, [is_handover(t) for t in table['text']]):.3f}", "0.75", ""
        right = np.mean([is_empty(t) == (e == "yes") for t, e in zip(table["text"], table["empty"], strict=True)])
        yield f"empty accuracy, {name}", f"{right:.3f}", "0.99", ""


def masking() -> Iterator[Row]:
    for name, table in _sets():
        spans = hidden = touched = clean = 0
        for text, marked in zip(table["text"], table["pii_spans"], strict=True):
            masked = mask(text).text
            if not marked:
                clean += 1
                touched += masked != text
                continue
            for span in marked.split("|"):
                spans += 1
                hidden += span.strip() not in masked
        yield f"masking recall, {name}", f"{hidden / max(spans, 1):.3f}", "0.95", ""
        yield "- clean remarks touched", f"{touched / max(clean, 1):.1%}", "2%", ""


def cutting() -> Iterator[Row]:
    notes = folder() / "panel_dev" / "notes"
    if not notes.exists():
        return
    expected = remarks(notes / "expected.csv")
    hits = found_total = 0
    for file, rows in expected.groupby("file"):
        path = Path(notes, str(file))
        notes_of = take(read(path.name, path.read_bytes(), max_mb=20)).notes
        found = [part for note in notes_of if not is_empty(note.text) for part in split_remarks(note.text)]
        found_total += len(found)
        free = set(range(len(found)))
        for text in rows["text"]:
            alike = {at: difflib.SequenceMatcher(None, text.lower(), found[at].lower()).ratio() for at in free}
            best = max(alike, key=lambda at: alike[at], default=None)
            if best is not None and alike[best] >= 0.85:
                hits += 1
                free.discard(best)
    yield "remarks cut from notes, F1, panel_dev", f"{2 * hits / (found_total + len(expected)):.3f}", "0.85", ""
