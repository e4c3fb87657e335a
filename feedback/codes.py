"""A column as numbers: counting whole numbers is ten times as fast as grouping texts, on every click on a filter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]


def codes_of(column: pd.Series) -> tuple[Codes, pd.Index]:
    """Number the values of a column.

    Parameters
    ----------
    column : Series
        Of categories (the fast way) or anything else.

    Returns
    -------
    codes : ndarray of int, shape (n_rows,)
        -1 where the value is missing.
    values : Index
        The value of each code.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64), column.cat.categories
    codes, values = pd.factorize(column)
    return codes.astype(np.int64), pd.Index(values)


def distinct_of(codes: Codes, others: Codes, size: int) -> Codes:
    """Count the distinct values that go with each value of another column.

    Parameters
    ----------
    codes, others : ndarray of int, shape (n_rows,)
        Rows with -1 in either do not count.
    size : int
        Number of values of `codes`.

    Returns
    -------
    ndarray of int, shape (size,)
    """
    both = (codes >= 0) & (others >= 0)
    width = int(others.max(initial=0)) + 1
    return np.bincount(np.unique(codes[both] * width + others[both]) // width, minlength=size)
