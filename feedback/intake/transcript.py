"""What a program wrote around what people said: times of subtitles, and the mail that an answer quotes."""

from __future__ import annotations

import re

_TIMES = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3} --> .*")
_SPEAKS = re.compile(r"<v(?:\.[\w.]+)? ([^>]{1,80})>")
_TAG = re.compile(r"</?[a-z][^>]{0,80}>")
_WROTE = re.compile(
    r"(?:>\s*)*(?:op|on)\b.{5,150}\b(?:schreef|heeft\b.{1,80}\bgeschreven|wrote)\b.{0,80}:\s*", re.IGNORECASE
)


def said_only(text: str) -> str:
    """Blank what a program wrote, so that every line keeps its number.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Subtitles (WebVTT, SRT) as "Name: what was said"; of a reply by mail, without what it quotes.
    """
    lines = text.split("\n")
    if any(map(_TIMES.fullmatch, lines)):
        return "\n".join(_spoken(lines))
    if any(map(_WROTE.fullmatch, lines)):
        return "\n".join("" if line.startswith(">") or _WROTE.fullmatch(line) else line for line in lines)
    return text


def _spoken(lines: list[str]) -> list[str]:
    out = []
    for at, line in enumerate(lines):
        counted = line.strip().isdigit() and at + 1 < len(lines) and _TIMES.fullmatch(lines[at + 1])
        named = re.match(r"(?:WEBVTT|NOTE|STYLE|Kind:|Language:)", line)
        timed = _TIMES.fullmatch(line) or (re.fullmatch(r"[\w-]{20,}(?:/\d+-\d+)?", line.strip()))
        out.append("" if counted or named or timed else _TAG.sub("", _SPEAKS.sub(r"\1: ", line)))
    return out
