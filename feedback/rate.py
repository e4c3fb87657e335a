"""How often somebody may ask."""

from __future__ import annotations

import math
from collections import OrderedDict

# Askers that are remembered: whoever comes under more names than this is limited by another rate.
_MOST = 10_000


class Rate:
    """So many at once, and so many spread over a minute (a token bucket).

    Parameters
    ----------
    per_minute : int
    burst : int, optional
        At once; as many as in a minute when left out.
    """

    def __init__(self, per_minute: int, burst: int | None = None) -> None:
        self.per_minute = per_minute
        self.burst = per_minute if burst is None else burst
        self.left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str, now: float) -> int:
        """Count a request.

        Parameters
        ----------
        who : str
        now : float
            Seconds, of a clock that only goes forward.

        Returns
        -------
        int
            0, or how many seconds to wait: then the request does not count.
        """
        left = self._left(who, now)
        enough = left >= 1
        self.left.pop(who, None)
        self.left[who] = (left - 1 if enough else left, now)
        while len(self.left) > _MOST:
            self.left.popitem(last=False)
        return 0 if enough else self._seconds(left)

    def would_wait(self, who: str, now: float) -> int:
        """Tell how long a request would have to wait, without counting one."""
        left = self._left(who, now)
        return 0 if left >= 1 else self._seconds(left)

    def has_asked(self, who: str, now: float) -> bool:
        """Tell whether somebody asked, so lately that it still counts."""
        return self._left(who, now) < self.burst

    def _left(self, who: str, now: float) -> float:
        left, at = self.left.get(who, (float(self.burst), now))
        return min(float(self.burst), left + (now - at) * self.per_minute / 60)

    def _seconds(self, left: float) -> int:
        return max(1, math.ceil((1 - left) * 60 / self.per_minute))
