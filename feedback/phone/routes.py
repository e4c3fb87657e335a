"""What phones ask and send: `/mee`, `/mee/CODE`, and whether there is something new there.

Everything that touches the database runs beside the event loop: a phone never holds up the people who look at pages.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import uuid
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TypeVar

from sqlalchemy import Engine
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from feedback.i18n import UserError, translate
from feedback.panel.people import pseudonym
from feedback.phone import page, seen
from feedback.phone.asked import Ask
from feedback.phone.guards import Counts, RefusedError, clean, form_of, of_this_site
from feedback.phone.page import Said
from feedback.phone.seen import About, Person, Seen
from feedback.room.desk import Desk, desk
from feedback.room.receiving import LONGEST, Sent
from feedback.settings import settings
from feedback.store.engine import engine
from feedback.store.tables import LEVELS
from feedback.workshop import door

log = logging.getLogger("feedback.phone")

# Longer than any remark takes; then the phone sends the same form again, and it is stored once.
STORE_SECONDS = 20
AGAIN_SECONDS = 3
_MOST = 10_000
T = TypeVar("T")


class Phones:
    """The pages of phones.

    Parameters
    ----------
    engine : callable
        Gives the database.
    desk : callable
        Gives what stores remarks.
    """

    def __init__(self, engine: Callable[[], Engine], desk: Callable[[], Desk]) -> None:
        self._engine, self._desk = engine, desk
        self.rooms, self.counts = seen.Rooms(), Counts()
        # Phones that were in a room: they stay in, whoever guesses codes from the same address.
        self._inside: OrderedDict[str, None] = OrderedDict()
        # Threads of their own: pages of the app may need all of the server's. One writes, for a database has one writer.
        self._readers = ThreadPoolExecutor(4, "phone-read")
        self._writer = ThreadPoolExecutor(1, "phone-write")

    async def answer(self, request: Request) -> Response:
        """Answer one request; whatever goes wrong is said on a page of ours."""
        rest = str(request.path_params.get("rest", ""))
        code, _, what = rest.partition("/")
        if rest in page.FILES:
            kept = {"Cache-Control": "public, max-age=31536000, immutable"}
            return Response(page.asset(rest)[0], 200, kept, page.FILES[rest])
        ask = Ask.of(request, code)
        try:
            if what == "stand":
                answer = await self.stand(ask)
            elif what or not (code or request.url.path.endswith("/mee")):
                # Else Streamlit answers with the app.
                answer = RedirectResponse("/mee", 303)
            elif request.method == "POST":
                answer = await self.take(ask, request)
            else:
                answer = await (self.room(ask, code, request) if code else self.door(ask, request))
        except RefusedError as no:
            answer = self._over(ask, no)
        except ClientDisconnect:
            answer = Response(status_code=400)
        except Exception:
            answer = self._over(ask, _unexpected(request))
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Security-Policy"] = page.POLICY
        answer.headers["Vary"] = "Accept-Language, Cookie, Accept"
        return answer

    # Asked -----------------------------------------------------------------------------------------------------------

    async def door(self, ask: Ask, request: Request) -> Response:
        """Ask for the code; lead to its room."""
        typed = request.query_params.get("code", "")[:40]
        language = ask.language(None)
        if not typed.strip():
            return HTMLResponse(page.door_page(language, chosen=bool(ask.chosen)))
        ask = replace(ask, code=door.plain(typed))
        try:
            await self._room(ask)
        except RefusedError as no:
            said = translate(language, no.key, **no.values)
            return HTMLResponse(
                page.door_page(language, chosen=bool(ask.chosen), code=typed, problem=said, status=no.status), no.status
            )
        return RedirectResponse(f"mee/{ask.code}{ask.tail}", 303)

    async def room(self, ask: Ask, code: str, request: Request) -> Response:
        """Show the question, or the vote."""
        found = await self._room(ask)
        # A code in small letters has an address of its own: one room, one address.
        if code != ask.code:
            return RedirectResponse(f"{ask.code}{ask.tail}", 303)
        received = request.query_params.get("ok", "")
        return await self._page(ask, found, Said(received if received in ("remark", "vote") else ""))

    async def stand(self, ask: Ask) -> Response:
        """Tell, in few bytes, whether there is something new."""
        return JSONResponse({"key": (await self._room(ask)).key})

    # Sent ------------------------------------------------------------------------------------------------------------

    async def take(self, ask: Ask, request: Request) -> Response:
        """Take in a remark, a vote, or that somebody is there."""
        of_this_site(request)
        form = await form_of(request)
        text = clean(form.get("text", ""))
        try:
            found = await self._room(ask)
        except RefusedError as no:
            if no.status == 410:
                no.key = "phone.error.late"
            return self._over(ask, no, text)
        is_vote = form.get("what") == "vote"
        given = {
            name: value for name, value in form.items() if name not in ("text", "nonce", "what", "question", "poll")
        }
        try:
            if not ask.phone.gave(form.get("nonce", ""), found.room.workshop_id):
                raise RefusedError(409, "phone.error.fresh")
            if form.get("what") == "join":
                self.counts.send(ask.phone, found.room.workshop_id)
                await self._joined(ask, found, {})
                return Response(status_code=204)
            if is_vote:
                await self._vote(ask, found, form)
            else:
                await self._remark(ask, found, form, text)
        except RefusedError as no:
            return await self._refused(ask, found, no, text, given)
        except UserError as error:
            # Closed, or something it names is gone: what is remembered of the room is not true any more.
            self.rooms.forget(ask.code)
            if error.key in ("workshop.error.closed", "workshop.error.gone"):
                return self._over(ask, RefusedError(410, "phone.error.late"), text)
            return await self._refused(ask, found, RefusedError(422, error.key, **error.values), text, given)
        except Exception:
            return await self._refused(ask, found, _unexpected(request), text, given)
        if ask.is_script:
            kind = "vote" if is_vote else "remark"
            said = translate(ask.language(found), page.received_key(kind, found.room))
            return self._json(ask, 200, {"ok": True, "nonce": ask.phone.nonce(found.room.workshop_id), "said": said})
        more = f"{ask.tail or '?'}{'&' if ask.chosen else ''}ok={'vote' if is_vote else 'remark'}"
        return RedirectResponse(f"{ask.code}{more}{'&opmerking=1' if ask.wants_remark else ''}", 303)

    async def _remark(self, ask: Ask, found: Seen, form: dict[str, str], text: str) -> None:
        if not text:
            raise RefusedError(422, "phone.error.empty")
        if len(text) > LONGEST:
            raise RefusedError(422, "phone.error.long", n=len(text) - LONGEST, limit=LONGEST)
        self.counts.send(ask.phone, found.room.workshop_id)
        participant_id = await self._joined(ask, found, form)
        # Of the form and of what was typed in it: whoever goes back and types something else says something else.
        nonce = hashlib.sha256(f"{form['nonce']}\n{text}".encode()).hexdigest()
        number = form.get("question", "")
        question = int(number) if number.isdecimal() and int(number[:3]) < len(found.room.questions) else 0
        stored = self._desk().send(found.room.workshop_id, Sent(text, nonce, question, participant_id))
        try:
            # Shielded: whoever hangs up does not take the remarks of others along.
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(stored)), STORE_SECONDS)
        except TimeoutError:
            raise RefusedError(503, "phone.error.slow_store", again=AGAIN_SECONDS) from None

    async def _vote(self, ask: Ask, found: Seen, form: dict[str, str]) -> None:
        if found.vote is None or form.get("poll") != str(found.vote.poll_id):
            self.rooms.forget(ask.code)
            raise RefusedError(409, "workshop.error.poll_closed")
        self.counts.send(ask.phone, found.room.workshop_id)
        given = {}
        for at, option in enumerate(found.options):
            value = form.get(f"o{at}", "")
            if value:
                try:
                    given[option.key] = int(value[:4])
                except ValueError:
                    raise RefusedError(422, "workshop.error.ballot") from None
        participant_id = await self._joined(ask, found, form)
        await self._write(seen.cast, found.vote.poll_id, participant_id, given)

    async def _joined(self, ask: Ask, found: Seen, form: dict[str, str]) -> int:
        organisation, level, said = (
            form.get("organisation", ""),
            form.get("level", ""),
            clean(form.get("said", ""))[:80],
        )
        about = About(
            int(organisation[:9]) if organisation.isdecimal() else None,
            level if level in LEVELS else None,
            pseudonym(said, key=settings().hash_key) if said and found.room.is_pseudonymous else "",
        )
        if not about:
            person = await self._read(seen.person, ask.phone.token, found)
            if person.participant_id is not None:
                return person.participant_id
        return await self._write(seen.join, ask.phone.token, found.room, about)

    # Answered --------------------------------------------------------------------------------------------------------

    async def _room(self, ask: Ask) -> Seen:
        """Find the open room of a code, and count the wrong ones.

        Raises
        ------
        RefusedError
        """
        inside = hashlib.sha256(f"{ask.code} {ask.phone.token}".encode()).hexdigest()
        if inside not in self._inside:
            self.counts.may_guess(ask.address)
        found = self.rooms.at_hand(ask.code)
        if found is None:
            found = await self._read(self.rooms.look, ask.code)
        if found is None:
            if self.rooms.is_over(ask.code):
                raise RefusedError(410, "phone.error.over")
            self.counts.guessed_wrong(ask.address)
            raise RefusedError(404, "phone.error.code")
        self._inside[inside] = None
        self._inside.move_to_end(inside)
        while len(self._inside) > _MOST:
            self._inside.popitem(last=False)
        return found

    async def _page(self, ask: Ask, found: Seen, said: Said, status: int = 200) -> Response:
        person = Person()
        if not ask.phone.is_new:
            person = await self._read(seen.person, ask.phone.token, found)
        answer = HTMLResponse(
            page.room_page(
                found, person, said, code=ask.code, nonce=ask.phone.nonce(found.room.workshop_id),
                language=ask.language(found), chosen=bool(ask.chosen), remark=ask.wants_remark,
            ),
            status,
        )  # fmt: skip
        ask.phone.keep(answer, is_https=ask.is_https)
        return answer

    async def _refused(self, ask: Ask, found: Seen, no: RefusedError, text: str, given: dict[str, str]) -> Response:
        said = translate(ask.language(found), no.key, **no.values)
        if not ask.is_script:
            # What it refused may have gone meanwhile: then the page shows what is there now.
            there = await self._read(self.rooms.look, ask.code)
            answer = await self._page(ask, there or found, Said(problem=said, text=text, given=given), no.status)
        else:
            told: dict[str, object] = {"problem": said, "again": no.again}
            if no.key == "phone.error.fresh":
                told["nonce"] = ask.phone.nonce(found.room.workshop_id)
            answer = self._json(ask, no.status, told)
        if no.again:
            answer.headers["Retry-After"] = str(no.again)
        return answer

    def _over(self, ask: Ask, no: RefusedError, text: str = "") -> Response:
        language = ask.language(None)
        said = translate(language, no.key, **no.values)
        if ask.is_script:
            return self._json(ask, no.status, {"problem": said, "again": no.again})
        answer = HTMLResponse(
            page.over_page(language, problem=said, text=text, base="" if ask.code else "mee/"), no.status
        )
        if no.again:
            answer.headers["Retry-After"] = str(no.again)
        return answer

    def _json(self, ask: Ask, status: int, told: dict[str, object]) -> Response:
        answer = JSONResponse(told, status)
        ask.phone.keep(answer, is_https=ask.is_https)
        return answer

    async def _read(self, what: Callable[..., T], *values: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._with_database, what, values)

    async def _write(self, what: Callable[..., T], *values: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._with_database, what, values)

    def _with_database(self, what: Callable[..., T], values: tuple[object, ...]) -> T:
        # Opened here, for the first to ask waits until it is migrated.
        return what(*values, engine=self._engine())


def _unexpected(request: Request) -> RefusedError:
    number = uuid.uuid4().hex[:8]
    log.exception("error %s on %s", number, request.url.path)
    return RefusedError(500, "phone.error.unexpected", number=number, again=AGAIN_SECONDS)


@cache
def endpoint() -> Phones:
    """Give the pages of this process."""
    return Phones(engine, desk)
