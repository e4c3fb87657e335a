"""What chance alone can do: intervals and tests for shares, means and correlations."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
# The normal value that 95 % lies within.
Z = 1.959963984540054
# A difference this unlikely by chance is called clear.
LEVEL = 0.05


@dataclass(frozen=True)
class Difference:
    """Two means compared.

    Attributes
    ----------
    step : float
        The second minus the first.
    low, high : float
        95 % interval of the step.
    p : float
        Two-sided. All are NaN where one of the two has fewer than two values.
    """

    step: float
    low: float
    high: float
    p: float

    @property
    def clear(self) -> bool:
        """Whether the step is more than noise."""
        return self.p < LEVEL


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", J. Am. Stat. Assoc. 22 (1927);
    method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998), whose worked examples the tests repeat (81 of 263 lies
    between 0.2553 and 0.3662).

    Parameters
    ----------
    hits, n : int

    Returns
    -------
    (low, high) : tuple of float
        Within 0-1; NaN where n is 0.
    """
    if n <= 0:
        return math.nan, math.nan
    share, square = hits / n, Z * Z
    middle = 2 * n * share + square
    half = Z * math.sqrt(square + 4 * n * share * (1 - share))
    return max(0.0, (middle - half) / (2 * (n + square))), min(1.0, (middle + half) / (2 * (n + square)))


def welch(first: tuple[float, float, int], second: tuple[float, float, int]) -> Difference:
    """Compare two means whose spread may differ.

    B. L. Welch, "The generalization of 'Student's' problem when several different population variances are involved",
    Biometrika 34 (1947). Student's own sleep data (1908), as R's `t.test` documents them, are the worked example: means
    0.75 and 2.33, t = -1.8608, df = 17.776, p = 0.07939.

    Parameters
    ----------
    first, second : (mean, sd, n)
        sd with n - 1.

    Returns
    -------
    Difference
    """
    from scipy.special import stdtr, stdtrit

    (mean, sd, n), (mean2, sd2, n2) = first, second
    if not (n >= 2 and n2 >= 2):
        return Difference(mean2 - mean, math.nan, math.nan, math.nan)
    step, part, part2 = mean2 - mean, sd * sd / n, sd2 * sd2 / n2
    error = math.sqrt(part + part2)
    if error == 0:
        # Everybody in a group gave the same: nothing to tell noise by.
        return Difference(step, math.nan, math.nan, math.nan)
    df = (part + part2) ** 2 / (part * part / (n - 1) + part2 * part2 / (n2 - 1))
    half = float(stdtrit(df, 0.975)) * error
    return Difference(step, step - half, step + half, float(2 * stdtr(df, -abs(step) / error)))


def correlation(x: Values, y: Values) -> tuple[float, float, float]:
    """Give the correlation of two series with its 95 % interval.

    The product-moment coefficient of K. Pearson (1896), and R. A. Fisher's transformation for the interval ("On the
    'probable error' of a coefficient of correlation", Metron 1, 1921). F. J. Anscombe's data ("Graphs in Statistical
    Analysis", Am. Stat. 27, 1973: r = 0.816) are the worked example.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)

    Returns
    -------
    (r, low, high) : tuple of float
        NaN below four pairs, or where all values of a series are equal.
    """
    if len(x) < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return math.nan, math.nan, math.nan
    r = float(np.corrcoef(x, y)[0, 1])
    z, half = math.atanh(min(max(r, -0.999999), 0.999999)), Z / math.sqrt(len(x) - 3)
    return r, math.tanh(z - half), math.tanh(z + half)
