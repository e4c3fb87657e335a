"""The labelled sets that quality is measured on, and the plain method to compare with."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).parent / "data" / "own.csv"
SHORT = Path(__file__).parent / "data" / "short.csv"


def folder() -> Path:
    """Where the shared sets lie: `KLANTPANEL_EVAL_DATA`, else `../shared/data`."""
    return Path(os.environ.get("KLANTPANEL_EVAL_DATA") or ROOT.parent / "shared" / "data")


def remarks(path: Path) -> pd.DataFrame:
    """Remarks with labels; empty cells are ""."""
    return pd.read_csv(path, keep_default_na=False, dtype=str)


def themed(table: pd.DataFrame) -> pd.DataFrame:
    """Only what has a theme."""
    return table[(table["empty"] != "yes") & (table["theme"] != "geen-thema")]


def theme_sets() -> dict[str, tuple[list[str], list[str]]]:
    """Texts and gold themes by name of the set; sets that are not there are left out."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for name, sample in (("nl_xsid_intents", None), ("en_banking77", 3000), ("en_clinc150", 3000)):
        path = folder() / name / "data.csv"
        if path.exists():
            table = pd.read_csv(path, keep_default_na=False, dtype=str)
            table = table[table["label"] != "oos"]
            table = table.sample(sample, random_state=0) if sample else table
            found[name] = (list(table["text"]), list(table["label"]))
    for name, path in (("panel_dev", folder() / "panel_dev" / "remarks.csv"), ("own", OWN)):
        if path.exists():
            table = themed(remarks(path))
            found[name] = (list(table["text"]), list(table["theme"]))
    return found


def plain(texts: list[str], k: int) -> np.ndarray:
    """TF-IDF + k-means, as everybody would start."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    points = TfidfVectorizer().fit_transform(texts)
    labels: np.ndarray = KMeans(k, n_init=10, random_state=0).fit_predict(points)
    return labels


def draws(n: int, size: int = 40, times: int = 20) -> list[np.ndarray]:
    """Rows of so many small samples, seeds 0..times-1."""
    return [np.random.default_rng(seed).choice(n, size, replace=False) for seed in range(times)]
