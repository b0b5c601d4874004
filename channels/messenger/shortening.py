"""Long answers are shortened: their beginning with the source and the question, the rest behind „Mehr“."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.runtime.messages import BotMessage
from channels.messenger.cutting import PARAGRAPH, border

MORE = "Mehr lesen"
"""Title of the option behind which the rest is."""
PageOf = Callable[[str], str]
"""Address of the page of a programme; empty if there are no public pages."""
_MOST_BESIDE = 0.6
"""The question and the source may take at most this share of the room."""


def shorten(message: BotMessage, room: int, page_of: PageOf) -> tuple[BotMessage, BotMessage | None]:
    """Return a message that fits into the room, and the rest of it if it did not.

    Args:
        message: What the bot says.
        room: Most characters.
        page_of: Where the programme can be read in full.
    """
    if len(message.text) <= room:
        return message, None
    body, question = _without_question(message)
    beside = [*_link(message, page_of), *question]
    source = _longest_source(message)
    left = room - sum(len(part) + 2 for part in beside) - len(source) - 4
    if left < room * (1 - _MOST_BESIDE):
        beside, source, question, body = [], "", [], message.text
        left = room - 2
    end = border(body, left) if len(body) > left else len(body)
    shown, rest = body[:end].rstrip(), body[end:].strip()
    if not PARAGRAPH.match(body, end):
        shown += " …"
        source = _source_of_the_cut(message, rest)
        shown += f"\n{source}" if source else ""
    text = "\n\n".join([shown, *beside])
    return replace(message, text=text), replace(message, text="\n\n".join([rest, *question]))


def _without_question(message: BotMessage) -> tuple[str, list[str]]:
    """Part the last paragraph from the text if it is the question that the options answer."""
    paragraphs = PARAGRAPH.split(message.text)
    if not message.answer.get("asks") or len(paragraphs) < 2:
        return message.text, []
    return message.text[: message.text.rindex(paragraphs[-1])].rstrip(), [paragraphs[-1]]


def _link(message: BotMessage, page_of: PageOf) -> list[str]:
    """The page of the programme, if the answer is about exactly one."""
    programmes = message.answer.get("programmes") or []
    page = page_of(programmes[0]["id"]) if len(programmes) == 1 else ""
    return [f"Alles dazu: {page}"] if page else []


def _source_of_the_cut(message: BotMessage, rest: str) -> str:
    """The source that stands next behind the cut: it is that of what was cut, and of nothing before."""
    behind = {rest.find(source["url"]): source for source in message.answer.get("sources") or []}
    places = sorted(place for place in behind if place >= 0)
    return _source_line(behind[places[0]]) if places else ""


def _longest_source(message: BotMessage) -> str:
    return max((_source_line(source) for source in message.answer.get("sources") or []), key=len, default="")


def _source_line(source: dict[str, str]) -> str:
    day = dt.date.fromisoformat(source["checked_on"])
    return f"Stand: {day:%d.%m.%Y}. Quelle: {source['url']}"
