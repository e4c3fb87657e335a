"""Savings ideas that may be one: titles, or the remarks that carry them, that say nearly the same."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from feedback.text.tokens import key, stopwords, words
from feedback.text.vectors import word_vectors

# Words in common and meaning of the words, half and half; below it pairs are about one subject, not one idea. Where the
# services differ, texts must be more alike.
ALIKE, ALIKE_ELSEWHERE = 0.45, 0.7
# Least cosine of the words in common, or a pair is not looked at.
_NEAR = 0.3
# Fewer words in common than this is chance.
FEWEST = 2
# A word of this part of all texts tells nothing, and would make the comparison slow.
_USUAL = 0.2
COLUMNS = ["idea_id", "other_id", "likeness", "by"]


@lru_cache(maxsize=50_000)
def _words(text: str) -> frozenset[str]:
    skip = stopwords("nl") | stopwords("en")
    return frozenset(key(word, "nl") for word in words(text) if word not in skip)


def pairs(ideas: pd.DataFrame, evidence: pd.DataFrame, remarks: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Find pairs of ideas that say nearly the same.

    Parameters
    ----------
    ideas : DataFrame
        idea_id, title, status, area (key). What was refused is no duplicate of anything.
    evidence : DataFrame
        idea_id, remark_id.
    remarks : DataFrame
        remark_id, text.
    links : DataFrame
        idea_id, other_id: pairs of which somebody said how they stand to each other, whatever that is.

    Returns
    -------
    DataFrame
        idea_id (the one to keep: further on, then with more remarks, then older), other_id, likeness (0..1, of the two
        texts most alike: the mean of the cosines of their words, weighed by how rare they are, and of their word
        vectors) and by ("title" or "remarks"); the most alike first, each pair once.
    """
    ideas = ideas[ideas["status"] != "refused"]
    titles = ideas[["idea_id"]].assign(text=ideas["title"].astype("str"), by="title")
    said = evidence[evidence["idea_id"].isin(ideas["idea_id"])].merge(remarks[["remark_id", "text"]], on="remark_id")
    texts = pd.concat([titles, said[["idea_id", "text"]].assign(by="remarks")], ignore_index=True)
    texts = texts.drop_duplicates(["idea_id", "text"]).reset_index(drop=True)
    found = _alike(texts["text"].tolist())
    left, right = texts.iloc[found["left"]].reset_index(drop=True), texts.iloc[found["right"]].reset_index(drop=True)
    by = np.where((left["by"] == "title") & (right["by"] == "title"), "title", "remarks")
    table = pd.DataFrame({"a": left["idea_id"], "b": right["idea_id"], "likeness": found["likeness"], "by": by})
    areas = ideas.set_index("idea_id")["area"].astype(object)
    one, other = table["a"].map(areas), table["b"].map(areas)
    here = (one == other) | one.isna() | other.isna()
    table = table[table["likeness"] >= np.where(here, ALIKE, ALIKE_ELSEWHERE)]
    known = {frozenset(pair) for pair in zip(links["idea_id"], links["other_id"], strict=True)}
    new = [a != b and frozenset((a, b)) not in known for a, b in zip(table["a"], table["b"], strict=True)]
    table = table[np.array(new, dtype=bool)]
    # The further on, the longer ago and the more often said, the better known an idea is by its own title.
    carried = evidence.groupby("idea_id").size()
    order = ideas.assign(found=ideas["status"] == "spotted", said=ideas["idea_id"].map(carried).fillna(0))
    order = order.sort_values(["found", "said", "idea_id"], ascending=[True, False, True])
    rank = {idea_id: at for at, idea_id in enumerate(order["idea_id"])}
    swap = table["a"].map(rank) > table["b"].map(rank)
    table["idea_id"], table["other_id"] = table["a"].mask(swap, table["b"]), table["b"].mask(swap, table["a"])
    table = table.sort_values(["likeness", "by", "idea_id", "other_id"], ascending=[False, False, True, True])
    return table.drop_duplicates(["idea_id", "other_id"])[COLUMNS].reset_index(drop=True)


def _alike(texts: list[str]) -> pd.DataFrame:
    """Give the pairs of texts (left < right) that share words, with their likeness."""
    from scipy import sparse

    told = [_words(text) for text in texts]
    vocabulary = sorted(set().union(*told))
    if not vocabulary:
        return pd.DataFrame({"left": [], "right": [], "likeness": []}).astype({"left": int, "right": int})
    column = {word: at for at, word in enumerate(vocabulary)}
    at = np.array([(row, column[word]) for row, text in enumerate(told) for word in sorted(text)], dtype=np.int64)
    held = sparse.csr_matrix((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(told), len(vocabulary)))
    used = np.asarray(held.sum(axis=0)).ravel()
    rare = np.log((len(told) + 1) / (used + 1)) + 1
    rare[used > max(_USUAL * len(told), 10)] = 0
    weighed = held.multiply(rare[None, :]).tocsr()
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    unit = sparse.diags(np.divide(1, length, out=np.zeros_like(length), where=length > 0)) @ weighed
    cosines = sparse.triu(unit @ unit.T, k=1).tocoo()
    near = cosines.data >= _NEAR
    left, right, cosine = cosines.row[near], cosines.col[near], cosines.data[near]
    common = np.array([len(told[one] & told[other]) for one, other in zip(left, right, strict=True)], dtype=int)
    left, right, cosine = (part[common >= FEWEST] for part in (left, right, cosine))
    vectors = {row: _vector(texts[row]) for row in {*left.tolist(), *right.tolist()}}
    meaning = [float(vectors[one] @ vectors[other]) for one, other in zip(left.tolist(), right.tolist(), strict=True)]
    return pd.DataFrame({"left": left, "right": right, "likeness": np.minimum((cosine + np.array(meaning)) / 2, 1.0)})


@lru_cache(maxsize=5_000)
def _vector(text: str) -> np.ndarray:
    skip = stopwords("nl") | stopwords("en")
    kept = [word for word in words(text) if word not in skip]
    total = word_vectors().of_words(kept).sum(axis=0)
    length = float(np.linalg.norm(total))
    found: np.ndarray = total / length if length else total
    return found
