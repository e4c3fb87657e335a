"""Yes-or-no choices under conditions in whole numbers: the best one, exactly, by HiGHS (`scipy.optimize.milp`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

Choice = npt.NDArray[np.bool_]
_Whole = npt.NDArray[np.int64]
INFEASIBLE = 2


class Programme:
    """Conditions on n choices, each of the form: the weights of what is chosen add up to at most a limit.

    Parameters
    ----------
    n : int
        Number of choices.
    """

    def __init__(self, n: int) -> None:
        self.n = n
        self._rows: list[_Whole] = []
        self._limits: list[int] = []

    def copy(self) -> Programme:
        """Give the same conditions, to add others to."""
        other = Programme(self.n)
        other._rows, other._limits = self._rows.copy(), self._limits.copy()
        return other

    def at_most(self, weights: Sequence[int] | _Whole, limit: int) -> None:
        """Add a condition.

        Parameters
        ----------
        weights : sequence of int, shape (n,)
        limit : int
        """
        row = np.asarray(weights, dtype=np.int64)
        step = _step(row)
        # The smaller the numbers, the further from the tolerances of the solver.
        self._rows.append(row // step)
        self._limits.append(limit // step)

    def at_least(self, weights: Sequence[int] | _Whole, limit: int) -> None:
        """Add a condition the other way round."""
        self.at_most(-np.asarray(weights, dtype=np.int64), -limit)

    def least(self, weights: Sequence[int] | _Whole) -> Choice | None:
        """Give a choice with the least total weight.

        Parameters
        ----------
        weights : sequence of int, shape (n,)

        Returns
        -------
        array of bool, shape (n,), or None
            None: no choice meets the conditions.

        Raises
        ------
        RuntimeError
            When the solver gives up.
        """
        if not self.n:
            return np.zeros(0, dtype=bool) if all(limit >= 0 for limit in self._limits) else None
        goal = np.asarray(weights, dtype=np.int64)
        goal = goal // _step(goal)
        tried = self.copy()
        while True:
            found = tried._solve(goal)
            if found is None or self._holds(found):
                return found
            # Met within the solver's tolerance, but not to the cent: this one choice is out.
            tried.at_most(np.where(found, 1, -1), int(found.sum()) - 1)

    def _solve(self, goal: _Whole) -> Choice | None:
        conditions: tuple[LinearConstraint, ...] = ()
        if self._rows:
            rows, limits = np.array(self._rows, dtype=float), np.array(self._limits, dtype=float)
            # The solver's tolerance is absolute: relative to the largest weight it means the same in every row.
            size = np.abs(rows).max(axis=1).clip(min=1)
            conditions = (LinearConstraint(rows / size[:, None], -np.inf, limits / size),)
        result = milp(
            goal.astype(float), integrality=np.ones(self.n), bounds=Bounds(0, 1), constraints=conditions,
            # Sixty choices are few: presolving costs more than it gains.
            options={"mip_rel_gap": 0.0, "presolve": False},
        )  # fmt: skip
        if result.status == INFEASIBLE:
            return None
        if result.status != 0:
            raise RuntimeError(f"the solver gave up: {result.message}")
        return np.asarray(result.x > 0.5)

    def _holds(self, choice: Choice) -> bool:
        return all(int(row[choice].sum()) <= limit for row, limit in zip(self._rows, self._limits, strict=True))


def _step(row: _Whole) -> int:
    """Give the largest number that divides all weights."""
    return max(1, int(np.gcd.reduce(np.abs(row)))) if len(row) else 1
