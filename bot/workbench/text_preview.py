"""How a fixed text looks on each way to the bot: cut and numbered by the same code that sends it."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.curation.usage_words import channel_name
from bot.instance import MESSENGERS, ChannelName
from bot.runtime.messages import BotMessage, Button, complete_answer
from channels.messenger.contract import Limits
from channels.messenger.render import render


@dataclass(frozen=True)
class Shown:
    """One message as it arrives."""

    text: str
    buttons: Sequence[str]


@dataclass(frozen=True)
class Preview:
    """A text on one channel."""

    title: str
    messages: Sequence[Shown]
    remark: str


def previews(text: str, buttons: Sequence[str]) -> list[Preview]:
    """Return what people see of a text; nothing of an empty one.

    Args:
        text: As staff wrote it; what the bot puts in stands as it is.
        buttons: Titles of the next steps.
    """
    if not text.strip():
        return []
    web = Preview(channel_name(ChannelName.WEB.value), [Shown(text, buttons)], "ganz, mit Schaltflächen")
    return [web, *(_in_messenger(text, buttons, each) for each in ChannelName if each in MESSENGERS)]


def _in_messenger(text: str, buttons: Sequence[str], channel: ChannelName) -> Preview:
    limits: Limits = importlib.import_module(f"channels.{channel.value}.limits").LIMITS
    message = BotMessage(text, tuple(Button(title, "") for title in buttons), complete_answer(None, {}))
    rendered = render([message], limits, lambda _: "")
    messages = [Shown(each.text, [] if limits.numbered else [option.title for option in each.options])
                for each in rendered.messages]
    return Preview(channel_name(channel.value), messages, _remark(text, messages, limits))


def _remark(text: str, messages: Sequence[Shown], limits: Limits) -> str:
    if len(text) > min(limits.short, limits.text):
        return f"zu lang: nach {min(limits.short, limits.text)} Zeichen steht der Rest hinter „Mehr lesen“"
    if len(messages) > 1:
        return f"in {len(messages)} Nachrichten, weil nicht alles in eine passt"
    return "ganz, mit Nummern statt Schaltflächen" if limits.numbered else "ganz, mit Schaltflächen"
