"""From what the bot says to what a messenger can show: pieces of text with numbered options."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.records.choices import Offered
from bot.runtime.messages import BotMessage
from channels.messenger.choosing import mark
from channels.messenger.contract import Limits, Option, Outgoing
from channels.messenger.cutting import split
from channels.messenger.shortening import MORE, PageOf, shorten
from knowledge_base.facts import BY_NAME

MORE_OPTIONS = "Sie können auch wählen:"
_NUMBERS = ("int", "float")
_TITLE = 200
_TOKEN_BYTES = 16


@dataclass(frozen=True)
class Rendered:
    """A reply as it goes out."""

    messages: tuple[Outgoing, ...]
    offered: tuple[Offered, ...]
    """What the options of the messages mean."""


def render(reply: Sequence[BotMessage], limits: Limits, page_of: PageOf) -> Rendered:
    """Cut a reply to what a service allows; every button becomes an option.

    Args:
        reply: What the bot says.
        limits: Of the service.
        page_of: Where a programme can be read in full.
    """
    messages: list[Outgoing] = []
    offered: list[Offered] = []
    for message in reply:
        shown, rest = shorten(message, min(limits.short, limits.text), page_of)
        options = _options(shown, rest, first=len(offered) + 1)
        offered += options
        messages += _messages(shown.text, options, limits)
    return Rendered(tuple(messages), tuple(offered))


def label(option: Offered) -> str:
    """Return the line of an option; where a number is asked for, letters take the place of numbers."""
    return f"{option.number if option.by_digit else mark(option.number)} – {option.title}"


def asks_number(message: BotMessage) -> bool:
    """Whether the answer to a message is a number, which then chooses no option."""
    fact = BY_NAME.get(message.answer.get("asks") or "")
    return fact is not None and fact.type in _NUMBERS


def _options(message: BotMessage, rest: BotMessage | None, first: int) -> list[Offered]:
    buttons = [Offered("", 0, button.title, payload=button.payload) for button in message.buttons]
    more = [Offered("", 0, MORE, rest=rest.as_dict())] if rest else []
    by_digit = not asks_number(message)
    return [
        replace(option, token=secrets.token_urlsafe(_TOKEN_BYTES), number=number, title=option.title[:_TITLE],
                by_digit=by_digit)
        for number, option in enumerate([*more, *buttons], first)
    ]


def _messages(text: str, options: Sequence[Offered], limits: Limits) -> Iterator[Outgoing]:
    """Yield the pieces of a text; options stand under the last one, and under further ones if need be.

    Of a text without a letter nothing is left to send but its options.
    """
    *pieces, last = split(text, limits.text) or [MORE_OPTIONS if options else ""]
    if not last:
        return
    yield from (Outgoing(piece) for piece in pieces)
    menus = list(_menus(options, limits))
    if menus and not _fits(last, menus[0], limits):
        yield Outgoing(last)
        last = MORE_OPTIONS
    yield _with_menu(last, menus[0] if menus else (), limits)
    yield from (_with_menu(MORE_OPTIONS, menu, limits) for menu in menus[1:])


def _menus(options: Sequence[Offered], limits: Limits) -> Iterator[Sequence[Offered]]:
    """Yield as many options at a time as go under one message."""
    menu: list[Offered] = []
    for option in options:
        if menu and (len(menu) == limits.options or not _fits(MORE_OPTIONS, [*menu, option], limits)):
            yield menu
            menu = []
        menu.append(option)
    if menu:
        yield menu


def _fits(text: str, menu: Sequence[Offered], limits: Limits) -> bool:
    return len(_with_menu(text, menu, limits).text) <= limits.text


def _with_menu(text: str, menu: Sequence[Offered], limits: Limits) -> Outgoing:
    lines = [label(option) for option in menu] if limits.numbered else []
    whole = "\n".join([text, *([""] if lines else []), *lines])
    return Outgoing(whole, tuple(Option(each.number, each.title, each.token) for each in menu))
