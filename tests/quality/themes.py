"""How good are the themes: against gold labels, in small rooms, taught by example, after more remarks, and how fast."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score as ami

from feedback.themes.codebook import Codebook, Entry
from feedback.themes.model import ThemeModel
from tests.quality.sets import draws, plain, theme_sets

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


def stability() -> Iterator[Row]:
    """Share of the old remarks whose company stays when 10 % are added (themes matched one to one)."""
    from scipy.optimize import linear_sum_assignment

    for name, (texts, _) in theme_sets().items():
        if name == "en_clinc150":
            continue
        shares = []
        for seed in range(5):
            order = np.random.default_rng(seed).permutation(len(texts))
            old = [texts[row] for row in order[: round(len(texts) / 1.1)]]
            before, after = ThemeModel().fit(old).labels_, ThemeModel().fit(texts).predict(old)
            first, second = sorted(set(before)), sorted(set(after))
            shared = np.zeros((len(first), len(second)))
            for was, now in zip(before, after, strict=True):
                shared[first.index(was), second.index(now)] += 1
            shares.append(shared[linear_sum_assignment(-shared)].sum() / len(old))
        yield f"old remarks that keep their theme, + 10 %, {name}", f"{np.mean(shares):.3f}", "0.95", ""


def speed() -> Iterator[Row]:
    random = np.random.default_rng(0)
    pool = [text for texts, _ in theme_sets().values() for text in texts]

    def remarks(n: int) -> list[str]:
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
        texts = remarks(n)
        took = seconds(lambda texts=texts: ThemeModel().fit(texts))  # type: ignore[misc]
        yield f"fit {n:,} remarks (processor time)", both(took), target, ""
        if n == 5000:
            wall, worked = seconds(lambda texts=texts: ThemeModel().place(texts))  # type: ignore[misc]
            yield "place in the codebook, remarks a second", f"{n / wall:,.0f} ({n / worked:,.0f})", "5,000", ""
    warm = ThemeModel()
    warm.place(["De koffie is koud."])
    one = [seconds(lambda: warm.place(["De koffie is alweer koud."]))[0] for _ in range(20)]
    yield "place one remark", f"{np.median(one) * 1000:.0f} ms", "20 ms", ""
