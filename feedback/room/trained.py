"""What the remarks of a room are set against, trained beside the work."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from feedback import pipeline

log = logging.getLogger(__name__)


class Trained:
    """What remarks are set against, with its models trained; after a change of the codebook these train beside the work.

    Training takes seconds: until it is done, remarks are placed by what was trained before.
    """

    def __init__(self) -> None:
        self._ready: pipeline.Context | None = None
        self._busy = threading.Lock()

    def of(self, now: pipeline.Context, train: Callable[[pipeline.Context], object]) -> pipeline.Context:
        """Give a context that costs no training, except the first time.

        Parameters
        ----------
        now : Context
            As the panel is now.
        train : callable
            Trains everything that placing with a context needs.

        Returns
        -------
        Context
        """
        ready = self._ready
        if ready is None or _alike(ready, now):
            self._ready = now
            return now
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._train, args=(now, train), name="train", daemon=True).start()
        # Who was forgotten since is forgotten at once.
        return replace(ready, erased=now.erased)

    def _train(self, now: pipeline.Context, train: Callable[[pipeline.Context], object]) -> None:
        try:
            train(now)
            self._ready = now
        except Exception:
            log.exception("training for a room")
        finally:
            self._busy.release()


def _alike(one: pipeline.Context, other: pipeline.Context) -> bool:
    return (one.book, one.areas, one.taught) == (other.book, other.areas, other.taught)
