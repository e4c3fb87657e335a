"""The desk of a room: takes remarks in beside the web server, a few at a time, one after another."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache

from sqlalchemy import Engine

from feedback.room import regrouping
from feedback.room.acts import BY_ITSELF
from feedback.room.receiving import Sent, get_ready, receive
from feedback.room.trained import Trained
from feedback.store import audit
from feedback.store.engine import engine as engine_of_process
from feedback.store.engine import writing

log = logging.getLogger(__name__)

# What waits together is stored together; more at once would keep the first waiting.
AT_ONCE = 25
# Other pages read everything anew after a row in the audit table: not at each remark.
TELL_SECONDS = 20.0


class Desk:
    """Takes remarks in beside the web server: one thread, small batches, so that a burst costs little and nobody waits long."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._waiting: queue.Queue[tuple[int, Sent, Future[bool]]] = queue.Queue()
        self._told: dict[int, float] = {}
        self._trained: dict[int, Trained] = {}
        self._looking = threading.Lock()
        threading.Thread(target=self._work, name="desk", daemon=True).start()

    def send(self, workshop_id: int, sent: Sent) -> Future[bool]:
        """Hand a remark in.

        Parameters
        ----------
        workshop_id : int
        sent : Sent

        Returns
        -------
        Future of bool
            Done once it is stored: whether it is new. Raises what `receive` raises.
        """
        done: Future[bool] = Future()
        self._waiting.put((workshop_id, sent, done))
        return done

    def warm(self, workshop_id: int) -> None:
        """Train, beside everything else, what the first remark of a room will need.

        Parameters
        ----------
        workshop_id : int
        """
        threading.Thread(target=self._ready, args=(workshop_id,), name="warm", daemon=True).start()

    def _ready(self, workshop_id: int) -> None:
        try:
            get_ready(workshop_id, self._trained.setdefault(workshop_id, Trained()), engine=self._engine())
        except Exception:
            log.exception("getting ready for workshop %s", workshop_id)

    def _work(self) -> None:
        while True:
            waiting = [self._waiting.get()]
            while len(waiting) < AT_ONCE:
                try:
                    waiting.append(self._waiting.get_nowait())
                except queue.Empty:
                    break
            for workshop_id in dict.fromkeys(one[0] for one in waiting):
                # Whoever went away meanwhile is not waited for; from here on nobody can.
                mine = [
                    (sent, done)
                    for at, sent, done in waiting
                    if at == workshop_id and done.set_running_or_notify_cancel()
                ]
                try:
                    self._take(workshop_id, mine)
                except Exception:
                    log.exception("the desk of workshop %s", workshop_id)

    def _take(self, workshop_id: int, mine: list[tuple[Sent, Future[bool]]]) -> None:
        try:
            trained = self._trained.setdefault(workshop_id, Trained())
            new = receive(workshop_id, [sent for sent, _ in mine], engine=self._engine(), trained=trained)
        except Exception as error:
            if len(mine) == 1:
                mine[0][1].set_exception(error)
            else:
                # One that cannot be taken may not keep the others out.
                for one in mine:
                    self._take(workshop_id, [one])
            return
        for (_, done), is_new in zip(mine, new, strict=True):
            done.set_result(is_new)
        if any(new):
            self._afterwards(workshop_id)

    def _afterwards(self, workshop_id: int) -> None:
        """Tell other pages now and then, and take a fresh look at the themes beside the work."""
        if time.monotonic() - self._told.get(workshop_id, -TELL_SECONDS) >= TELL_SECONDS:
            self._told[workshop_id] = time.monotonic()
            with writing(self._engine()) as session:
                audit.record(
                    session=session, actor=BY_ITSELF, act="room remarks", entity="workshop", entity_id=workshop_id
                )
        if self._looking.acquire(blocking=False):
            threading.Thread(target=self._look, args=(workshop_id,), name="regroup", daemon=True).start()

    def _look(self, workshop_id: int) -> None:
        try:
            regrouping.look_when_due(workshop_id, engine=self._engine())
        except Exception:
            log.exception("a fresh look at workshop %s", workshop_id)
        finally:
            self._looking.release()


@cache
def desk() -> Desk:
    """Give the desk of this process."""
    return Desk(engine_of_process)
