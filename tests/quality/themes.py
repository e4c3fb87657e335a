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
    """Teach by example, without the codebook: named examples a theme, share of the rest placed right."""
    for name, (texts, gold) in theme_sets().items():
        if name not in ("panel_dev", "own"):
            continue
        labels = np.array(gold)
        for shown, target in ((3, "0.45"), (5, "0.52")):
            right = []
            for seed in range(5):
                random = np.random.default_rng(seed)
                names = [theme for theme in sorted(set(gold)) if (labels == theme).sum() > shown]
                taught = {theme: random.permutation(np.flatnonzero(labels == theme))[:shown] for theme in names}
                book = Codebook(tuple(_entry(theme, [texts[row] for row in taught[theme]]) for theme in names))
                used = {int(row) for rows in taught.values() for row in rows}
                rest = [row for row in range(len(texts)) if row not in used and gold[row] in taught]
                found = ThemeModel(codebook=book).place([texts[row] for row in rest]).nearest
                right.append(np.mean([key == gold[row] for key, row in zip(found, rest, strict=True)]))
            yield f"{shown} named examples a theme, {name}", f"{np.mean(right):.3f}", target, ""


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

    def seconds(act: Callable[[], object]) -> float:
        start = time.perf_counter()
        act()
        return time.perf_counter() - start

    cold = seconds(lambda: ThemeModel().place(["De koffie is koud."]))
    yield "training on the codebook, once a process", f"{cold:.1f} s", "", ""
    for n, target in ((1000, "1 s"), (5000, ""), (50_000, "30 s"), (100_000, "")):
        texts = remarks(n)
        took = seconds(lambda texts=texts: ThemeModel().fit(texts))  # type: ignore[misc]
        yield f"fit {n:,} remarks", f"{took:.1f} s", target, ""
        if n == 5000:
            took = seconds(lambda texts=texts: ThemeModel().place(texts))  # type: ignore[misc]
            yield "place remarks in the codebook, a second", f"{n / took:,.0f}", "5,000", ""
    warm = ThemeModel()
    warm.place(["De koffie is koud."])
    one = [seconds(lambda: warm.place(["De koffie is alweer koud."])) for _ in range(20)]
    yield "place one remark", f"{np.median(one) * 1000:.0f} ms", "20 ms", ""
