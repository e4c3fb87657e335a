"""How good are the themes: against gold labels, in small rooms, taught by example, after more remarks, and how fast."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score as ami

from feedback.themes.codebook import Codebook, Entry
from feedback.themes.finding import WEAK, FoundTheme
from feedback.themes.model import ThemeModel
from feedback.themes.placing import NO_POOL, place
from feedback.themes.proposals import propose
from feedback.themes.prototypes import Placer
from tests.quality.sets import SHORT, draws, plain, remarks, theme_sets

Row = tuple[str, str, str, str]  # what, reached, to reach, TF-IDF + k-means
TARGETS = {
    "nl_xsid_intents": ("0.78", "1.8 x"), "en_banking77": ("0.66", "1.8 x"), "panel_dev": ("0.52", "0.36"),
}  # fmt: skip


def themes() -> Iterator[Row]:
    for name, (texts, gold) in theme_sets().items():
        target, small = TARGETS.get(name, ("", ""))
        k = len(set(gold))
        here = ami(gold, ThemeModel(k).fit(texts).labels_)
        yield f"theme AMI, {name} ({k} themes)", f"{here:.3f}", target, f"{ami(gold, plain(texts, k)):.3f}"
        own = ThemeModel().fit(texts)
        share = ami(gold, own.labels_) / here
        yield f"- at its own number, {len(own.themes_)}, as a share", f"{share:.2f}", "0.90", ""
        mine, theirs = [], []
        for rows in draws(len(texts)):
            some, labels = [texts[row] for row in rows], [gold[row] for row in rows]
            k = len(set(labels))
            mine.append(ami(labels, ThemeModel(k).fit(some).labels_))
            theirs.append(ami(labels, plain(some, k)))
        ratio = f" ({np.mean(mine) / np.mean(theirs):.1f} x)" if np.mean(theirs) > 0.05 else ""
        yield "- on 20 draws of 40", f"{np.mean(mine):.3f}{ratio}", small, f"{np.mean(theirs):.3f}"


def teaching() -> Iterator[Row]:
    """Teach by example, without the codebook: named examples a theme, share of the rest placed right.

    Fewer examples leave more to score, also themes that are too small for more; the last row is fair to both.
    """
    for name, (texts, gold) in theme_sets().items():
        if name in ("panel_dev", "own"):
            yield f"3 named examples a theme, {name}", f"{_taught(texts, gold, 3, 3):.3f}", "0.45", ""
            yield f"5 named examples a theme, {name}", f"{_taught(texts, gold, 5, 5):.3f}", "0.52", ""
            yield "- 3 examples, on the remarks that 5 are scored on", f"{_taught(texts, gold, 3, 5):.3f}", "", ""


def _taught(texts: list[str], gold: list[str], shown: int, kept: int) -> float:
    """Share placed right with so many examples a theme, scored on what is left when `kept` of each are set apart."""
    labels = np.array(gold)
    names = [theme for theme in sorted(set(gold)) if (labels == theme).sum() > kept]
    right = []
    for seed in range(5):
        random = np.random.default_rng(seed)
        apart = {theme: random.permutation(np.flatnonzero(labels == theme))[:kept] for theme in names}
        book = Codebook(tuple(_entry(theme, [texts[row] for row in apart[theme][:shown]]) for theme in names))
        used = {int(row) for rows in apart.values() for row in rows}
        rest = [row for row in range(len(texts)) if row not in used and gold[row] in apart]
        found = ThemeModel(codebook=book).place([texts[row] for row in rest]).nearest
        right.append(np.mean([key == gold[row] for key, row in zip(found, rest, strict=True)]))
    return float(np.mean(right))


def _entry(key: str, examples: list[str]) -> Entry:
    name = key.replace("-", " ")
    return Entry(key, "algemeen", "overig", {"nl": name, "en": name}, {"nl": "", "en": ""}, (), tuple(examples))


def correcting() -> Iterator[Row]:
    """Move wrongly placed remarks to the entry that most of their theme are on, and count what that does to the others."""
    book = Codebook.load()
    for name, (texts, gold) in theme_sets().items():
        if name not in ("panel_dev", "own"):
            continue
        labels, keys = np.array(gold), np.array([entry.key for entry in book.entries])
        now = keys[Placer(book).fit_of(texts).values.argmax(axis=1)]
        most = {theme: Counter(now[labels == theme]).most_common(1)[0][0] for theme in set(gold)}
        want = np.array([most[theme] for theme in gold])
        wrong = np.flatnonzero(now != want)
        for n in (10, 60):
            put = []
            for seed in range(5):
                moved = np.random.default_rng(seed).permutation(wrong)[:n]
                taught = Codebook(book.entries, tuple((texts[row], want[row]) for row in moved))
                then = keys[Placer(taught).fit_of(texts).values.argmax(axis=1)]
                others = np.setdiff1d(np.arange(len(texts)), moved)
                right = ((then == want) & (now != want))[others].sum()
                put.append((right, ((then != want) & (now == want))[others].sum()))
            good, bad = np.mean(put, axis=0)
            yield f"{n} remarks moved, others put right / wrong, {name}", f"{good:.1f} / {bad:.1f}", "", ""


def stability() -> Iterator[Row]:
    """Share of the old remarks that keep their theme when 10 % are added: fitted anew, and in the product."""
    from scipy.optimize import linear_sum_assignment

    for name, (texts, _) in theme_sets().items():
        if name == "en_clinc150":
            continue
        shares, kept, left = [], [], []
        for seed in range(5):
            order = np.random.default_rng(seed).permutation(len(texts))
            old = [texts[row] for row in order[: round(len(texts) / 1.1)]]
            before, after = ThemeModel().fit(old).labels_, ThemeModel().fit(texts).predict(old)
            first, second = sorted(set(before)), sorted(set(after))
            shared = np.zeros((len(first), len(second)))
            for was, now in zip(before, after, strict=True):
                shared[first.index(was), second.index(now)] += 1
            shares.append(shared[linear_sum_assignment(-shared)].sum() / len(old))
            if seed < 3:
                some = _in_the_product(old, [texts[row] for row in order[len(old) :]])
                kept.append(some[0])
                left.append(some[1])
        yield f"old remarks that keep their theme, + 10 %, {name}", f"{np.mean(kept):.3f}", "0.95", ""
        yield "- when every move that a fresh look proposes is accepted", f"{np.mean(left):.3f}", "", ""
        yield "- fitted anew from scratch, themes matched one to one", f"{np.mean(shares):.3f}", "", ""


def _in_the_product(old: list[str], new: list[str]) -> tuple[float, float]:
    """Give the share of old remarks that stay where they were stored when others are, and that a fresh look also leaves there."""
    book = Codebook.load()

    def rows(texts: list[str], start: int) -> pd.DataFrame:
        ids = range(start, start + len(texts))
        return pd.DataFrame({"remark_id": ids, "text": texts, "area": "algemeen", "placed_by": "model"})

    def grown(book: Codebook, found: tuple[FoundTheme, ...]) -> Codebook:
        names = [(theme, dict.fromkeys(("nl", "en"), theme.label)) for theme in found]
        nothing = {"nl": "", "en": ""}
        return Codebook(
            (*book.entries, *(Entry(t.key, t.area, "overig", n, nothing, t.keywords, ()) for t, n in names))
        )

    first, found = place(rows(old, 0), book=book, awake=frozenset(), pool=NO_POOL)
    book, awake = grown(book, found), frozenset(first["theme"])
    pool = first.loc[first["strength"] < WEAK, ["remark_id", "text", "area"]]
    second, found = place(rows(new, len(old)), book=book, awake=awake, pool=pool)
    book, now = grown(book, found), first.copy()
    for theme in found:
        now.loc[now["remark_id"].isin(theme.stored), "theme"] = theme.key
    stays = (now["theme"] == first["theme"]).to_numpy()
    everything = pd.concat([now, second])
    asleep = {entry.key for entry in book.entries} - set(everything["theme"])
    moves = [one for one in propose(everything, book, asleep) if one.kind in ("move", "wake", "found")]
    moved = {remark for one in moves for remark in one.remarks}
    return float(stays.mean()), float((stays & ~now["remark_id"].isin(moved)).mean())


def short() -> Iterator[Row]:
    """Share of short remarks, each by itself, that lands in an entry which the writer would accept."""
    table = remarks(SHORT)
    model = ThemeModel()
    for language, known in (("nl", "Dutch"), ("en", "English")):
        mine = table[table["id"].str.startswith(language)]
        right = [
            model.place([text]).nearest[0] in themes.split("|")
            for text, themes in zip(mine["text"], mine["themes"], strict=True)
        ]
        yield f"{len(mine)} short {known} remarks in an accepted theme", f"{np.mean(right):.3f}", "", ""


def speed() -> Iterator[Row]:
    random = np.random.default_rng(0)
    pool = [text for texts, _ in theme_sets().values() for text in texts]

    def made(n: int) -> list[str]:
        first, second = random.integers(0, len(pool), n), random.integers(0, len(pool), n)
        return [f"{pool[a]} {pool[b]}" for a, b in zip(first, second, strict=True)]

    def seconds(act: Callable[[], object]) -> tuple[float, float]:
        start, worked = time.perf_counter(), time.process_time()
        act()
        return time.perf_counter() - start, time.process_time() - worked

    def both(took: tuple[float, float]) -> str:
        return f"{took[0]:.1f} s ({took[1]:.1f})"

    cold = seconds(lambda: ThemeModel().fit(pool[:20]))
    yield "first fit of a process, of 20 remarks (processor time)", both(cold), "", ""
    for n, target in ((1000, "1 s"), (5000, ""), (50_000, "30 s"), (100_000, "")):
        texts = made(n)
        took = seconds(lambda texts=texts: ThemeModel().fit(texts))  # type: ignore[misc]
        yield f"fit {n:,} remarks (processor time)", both(took), target, ""
        if n == 5000:
            wall, worked = seconds(lambda texts=texts: ThemeModel().place(texts))  # type: ignore[misc]
            yield "place in the codebook, remarks a second", f"{n / wall:,.0f} ({n / worked:,.0f})", "5,000", ""
    warm = ThemeModel()
    warm.place(["De koffie is koud."])
    one = [seconds(lambda: warm.place(["De koffie is alweer koud."]))[0] for _ in range(20)]
    yield "place one remark", f"{np.median(one) * 1000:.0f} ms", "20 ms", ""
