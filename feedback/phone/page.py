"""The pages of phones as HTML. Whatever people wrote is escaped; everything works without the script."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

from feedback.i18n import Language, Translate, as_language, translator
from feedback.phone.seen import Option, Person, Seen
from feedback.room.receiving import LONGEST
from feedback.store.tables import LEVELS
from feedback.workshop import library
from feedback.workshop.door import Room
from feedback.workshop.polls import RANGES, Vote

FOLDER = Path(__file__).parent
FILES = {"phone.css": "text/css", "phone.js": "text/javascript"}
# Nothing from elsewhere, no script but the one file, nobody's frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WORTH = {1: "more", 0: "keep", -1: "less"}
HEARD = (5, 4, 3, 2, 1)
# Texts that the script says; what it fills in stays a blank here.
_BLANKS: dict[str, dict[str, str]] = {
    "left": {"n": "{n}"}, "over": {"n": "{n}"}, "busy": {}, "retry": {}, "news": {}, "go": {},
    "fewer": {"name": "{name}"}, "more": {"name": "{name}"}, "dots": {"n": "{n}", "most": "{most}"},
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a page answers with: what was received, what was wrong, and what was typed, so that nobody types it again.

    Attributes
    ----------
    received : {"", "remark", "vote"}
    problem : str
        In the reader's language.
    text : str
    given : mapping of str to str
        Other fields as they were sent.
    """

    received: str = ""
    problem: str = ""
    text: str = ""
    given: dict[str, str] = field(default_factory=dict)


@cache
def asset(name: str) -> tuple[bytes, str]:
    """Give a file of the pages, and what changes in its address when it changes."""
    body = (FOLDER / name).read_bytes()
    return body, hashlib.sha256(body).hexdigest()[:10]


def _shell(title: str, body: str, *, language: Language, base: str, data: str = "") -> str:
    css, js = (f"{base}{name}?v={asset(name)[1]}" for name in FILES)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        '<meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{css}">'
        f'<script src="{js}" defer></script></head><body{data}>{body}</body></html>'
    )


def _switch(languages: tuple[str, ...], language: Language, t: Translate, path: str, more: str = "") -> str:
    """Give the link to the other language, in that language."""
    others = [one for one in languages if one != language]
    links = "".join(
        f'<a href="{path}?lang={one}{more}" lang="{one}" hreflang="{one}">{translator(as_language(one))("phone.this_language")}</a>'
        for one in others
    )
    return f'<nav aria-label="{escape(t("page.language"))}">{links}</nav>' if links else ""


def _problem(text: str) -> str:
    return f'<p class="problem" id="problem" role="alert">{escape(text)}</p>'


def door_page(language: Language, *, chosen: bool, code: str = "", problem: str = "", status: int = 200) -> str:
    """Give the page that asks for the code.

    Parameters
    ----------
    language : str
    chosen : bool
        Whether the language was chosen on the page; else the phone's own.
    code : str
        As it was typed.
    problem : str
    status : int
        Not 200: the title tells it first, for whoever hears the page.

    Returns
    -------
    str
    """
    t = translator(language)
    wrong = ' aria-invalid="true" aria-describedby="problem"' if problem else ""
    title = t("phone.door")
    kept = f'<input type="hidden" name="lang" value="{language}">' if chosen else ""
    body = (
        f"<header><p>Klantpanel</p>{_switch(('nl', 'en'), language, t, 'mee')}</header>"
        f"<main><h1>{escape(title)}</h1>{_problem(problem) if problem else ''}"
        f'<form action="mee" method="get"><label for="code">{escape(t("phone.code"))}</label>'
        f'<input id="code" name="code" class="code" value="{escape(code[:20])}" required maxlength="20" '
        f'autocapitalize="characters" autocomplete="off" autocorrect="off" spellcheck="false"{wrong}>'
        f"{kept}<button>{escape(t('phone.join'))}</button></form>"
        f'<p class="small">{escape(t("phone.code_help"))}</p></main>'
    )
    return _shell(f"{problem} {title}" if status != 200 else title, body, language=language, base="mee/")


def over_page(language: Language, *, problem: str, text: str = "", base: str = "") -> str:
    """Give the page of a room that is closed or of something else that ends here, with what was typed too late.

    Parameters
    ----------
    language : str
    problem : str
    text : str
    base : str
        Where the other addresses are, as seen from this one.

    Returns
    -------
    str
    """
    t = translator(language)
    kept = ""
    if text:
        kept = (
            f'<label for="text">{escape(t("phone.not_sent"))}</label>'
            f'<textarea id="text" rows="6" readonly>\n{escape(text)}</textarea>'
        )
    body = (
        f"<header><p>Klantpanel</p></header><main><h1>{escape(problem)}</h1>{kept}"
        f'<p><a class="button" href="{"mee" if base else "../mee"}">{escape(t("phone.other_code"))}</a></p></main>'
    )
    return _shell(problem, body, language=language, base=base)


def received_key(kind: str, room: Room) -> str:
    """Name the text that says that a remark or a vote arrived; in a room where somebody reads first, it says so."""
    return "phone.received_waits" if kind == "remark" and room.is_moderated else f"phone.received_{kind}"


def room_page(
    seen: Seen, person: Person, said: Said, *, code: str, nonce: str, language: Language, chosen: bool, remark: bool
) -> str:
    """Give the page of an open room: the question and a field, or the vote.

    Parameters
    ----------
    seen : Seen
    person : Person
    said : Said
    code, nonce : str
    language : str
    chosen : bool
        Whether the language was chosen on the page; else the phone's own.
    remark : bool
        Whether somebody wants to send a remark while there is a vote.

    Returns
    -------
    str
    """
    t = translator(language)
    room, vote = seen.room, None if remark else seen.vote
    here = f"{code}?lang={language}" if chosen else code
    asked = t(f"phone.vote_{vote.kind}", n=vote.dots) if vote else library.in_language(room.asked, language)
    title = t(received_key(said.received, room)) if said.received else said.problem or asked
    main = _vote(seen, vote, person, said, t, language) if vote else _remark(seen, person, said, t, language)
    form = (
        f'<form method="post" action="{escape(here)}" id="form"><input type="hidden" name="nonce" value="{nonce}">'
        f"{main}</form>"
    )
    other = ""
    if seen.vote:
        way, words = (f"{code}?{f'lang={language}' if chosen else ''}", "phone.to_vote")
        if vote:
            way, words = (f"{code}?opmerking=1{f'&lang={language}' if chosen else ''}", "phone.to_remark")
        other = f'<p><a class="button quiet" href="{escape(way)}">{escape(t(words))}</a></p>'
    received = escape(t(received_key(said.received, room))) if said.received else ""
    joins = person.participant_id is None and not room.is_pseudonymous
    texts = json.dumps({name: t(f"phone.js_{name}", **_BLANKS[name]) for name in _BLANKS}, ensure_ascii=False)
    data = (
        f' data-code="{code}" data-key="{seen.key}" data-limit="{LONGEST}" data-lang="{language}"'
        f'{" data-join" if joins else ""} data-texts="{escape(texts)}"'
    )
    practice = f'<p class="small">{escape(t("phone.practice"))}</p>' if room.is_rehearsal else ""
    body = (
        f'<header><p dir="auto">{escape(room.name)}</p>'
        f"{_switch(room.languages, language, t, code, '&opmerking=1' if remark else '')}</header>"
        f'<main>{practice}<p class="said" id="said" role="status">{received}</p><div id="news" role="status"></div>'
        f"{_problem(said.problem) if said.problem else ''}{form}{other}"
        f'<p class="small">{escape(t("phone.privacy"))}</p></main>'
    )
    return _shell(f"{title} · Klantpanel", body, language=language, base="", data=data)


def _remark(seen: Seen, person: Person, said: Said, t: Translate, language: Language) -> str:
    room = seen.room
    wrong = ' aria-invalid="true"' if said.problem else ""
    described = "count problem" if said.problem else "count"
    return (
        f'<h1 dir="auto">{escape(library.in_language(room.asked, language))}</h1><input type="hidden" name="what" value="remark">'
        f'<input type="hidden" name="question" value="{room.question}">'
        f'<label for="text">{escape(t("phone.text"))}</label>'
        # A line break right after the tag is not part of the text; without it one of the text's own would be lost.
        f'<textarea id="text" name="text" rows="5" required dir="auto" aria-describedby="{described}"{wrong}>\n'
        f'{escape(said.text)}</textarea><p class="small" id="count">{escape(t("phone.limit", limit=LONGEST))}</p>'
        f"{_about(seen, person, said, t)}<button>{escape(t('phone.send'))}</button>"
    )


def _about(seen: Seen, person: Person, said: Said, t: Translate, *, is_open: bool = False) -> str:
    """Ask once where somebody comes from; all of it may be left open."""
    fields = []
    if person.organisation_id is None and seen.organisations:
        options = "".join(
            f'<option value="{key}"{_chosen(said.given.get("organisation") == str(key))}>{escape(name)}</option>'
            for key, name in seen.organisations
        )
        fields.append(_select("organisation", t("phone.organisation"), t("phone.open"), options))
    if person.level is None:
        options = "".join(
            f'<option value="{level}"{_chosen(said.given.get("level") == level)}>{escape(t(f"level.{level}"))}</option>'
            for level in LEVELS
        )
        fields.append(_select("level", t("phone.level"), t("phone.open"), options))
    if seen.room.is_pseudonymous and person.participant_id is None:
        fields.append(
            f'<label for="said_code">{escape(t("phone.said"))}</label><input id="said_code" name="said" maxlength="80" '
            f'autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="said_help" '
            f'value="{escape(said.given.get("said", "")[:80])}">'
            f'<p class="small" id="said_help">{escape(t("phone.said_help"))}</p>'
        )
    if not fields:
        return ""
    shown = " open" if is_open or seen.room.is_pseudonymous or said.given else ""
    return f"<details{shown}><summary>{escape(t('phone.about'))}</summary>{''.join(fields)}</details>"


def _select(name: str, label: str, nothing: str, options: str, attributes: str = "") -> str:
    return (
        f'<label for="{name}">{escape(label)}</label><select id="{name}" name="{name}"{attributes}>'
        f'<option value="">{escape(nothing)}</option>{options}</select>'
    )


def _chosen(is_chosen: bool, word: str = "selected") -> str:
    return f" {word}" if is_chosen else ""


def _vote(seen: Seen, vote: Vote, person: Person, said: Said, t: Translate, language: Language) -> str:
    head = t(f"phone.vote_{vote.kind}", n=vote.dots)
    voted = f'<p class="small">{escape(t("phone.voted"))}</p>' if person.given and not said.received else ""
    given = said.given or {
        f"o{at}": str(person.given[one.key]) for at, one in enumerate(seen.options) if one.key in person.given
    }
    rows = "".join(_row(vote, at, one, given.get(f"o{at}", ""), t, language) for at, one in enumerate(seen.options))
    left = '<p class="small" id="left" role="status"></p>' if vote.kind.startswith("dots") else ""
    # What an idea does to an organisation cannot be told of somebody whose organisation is not known.
    about = _about(seen, person, said, t, is_open=vote.kind == "impact")
    return (
        f"<h1>{escape(head)}</h1>{voted}"
        f'<p class="small">{escape(t(f"phone.how_{vote.kind}", n=vote.dots))}</p>'
        f'<input type="hidden" name="what" value="vote"><input type="hidden" name="poll" value="{vote.poll_id}">'
        f"{left}{rows}{about}<button>{escape(t('phone.vote'))}</button>"
    )


def _row(vote: Vote, at: int, option: Option, given: str, t: Translate, language: Language) -> str:
    name = option.names.get(language) or t("phone.how_heard")
    field_name = f"o{at}"
    if vote.kind in ("worth", "heard"):
        values = {value: f"phone.worth_{word}" for value, word in WORTH.items()}
        if vote.kind == "heard":
            values = {value: f"phone.heard_{value}" for value in HEARD}
        radios = "".join(
            f'<label class="choice"><input type="radio" name="{field_name}" value="{value}"'
            f"{_chosen(given == str(value), 'checked')}> {escape(t(key))}</label>"
            for value, key in values.items()
        )
        hidden = ' class="unseen"' if vote.kind == "heard" else ""
        row = "column" if vote.kind == "heard" else "row"
        return (
            f'<fieldset><legend dir="auto"{hidden}>{escape(name)}</legend><div class="{row}">{radios}</div></fieldset>'
        )
    if vote.kind == "impact":
        low, high = RANGES["impact"]
        words = {low: t("phone.impact_low"), 0: t("phone.impact_none"), high: t("phone.impact_high")}
        options = "".join(
            f'<option value="{value}"{_chosen(given == str(value))}>{_signed(value)}'
            f"{f' {escape(words[value])}' if value in words else ''}</option>"
            for value in range(high, low - 1, -1)
        )
        return f'<div class="one">{_select(field_name, name, t("phone.unknown"), options)}</div>'
    options = "".join(
        f"<option{_chosen(given == str(value) or (not given and not value))}>{value}</option>"
        for value in range(vote.dots + 1)
    )
    return (
        f'<div class="one dots"><label for="{field_name}" dir="auto">{escape(name)}</label>'
        f'<select id="{field_name}" name="{field_name}" data-dots>{options}</select></div>'
    )


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else str(value).replace("-", "−")
