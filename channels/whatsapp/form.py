"""How a message looks in WhatsApp: three short buttons, or a list of up to ten rows, or plain text."""

from __future__ import annotations

from typing import Any

from pywa.types.callback import Button, Section, SectionList, SectionRow

from channels.messenger.contract import Option, Outgoing

MOST_BUTTONS = 3
BUTTON_TITLE = 20
ROW_TITLE = 24
ROW_DESCRIPTION = 72
OPEN_LIST = "Bitte auswählen"
HEADING = "Nächste Schritte"
SHORTER = {
    "Mit einem Menschen sprechen": "Zu einem Menschen",
}
"""Titles that stand under many answers and are too long for a button; without these hardly any answer had buttons."""


def message_of(message: Outgoing) -> tuple[str, dict[str, Any]]:
    """Return the type of a message and its content, as the Cloud API wants them."""
    if not message.options:
        return "text", {"body": message.text, "preview_url": False}
    type_, action = _action(message.options)
    return "interactive", {"type": type_, "body": {"text": message.text}, "action": action}


def _action(options: tuple[Option, ...]) -> tuple[str, dict[str, Any]]:
    titles = [_short(option.title, BUTTON_TITLE) for option in options]
    if len(options) <= MOST_BUTTONS and len(set(titles)) == len(titles) and max(map(len, titles)) <= BUTTON_TITLE:
        buttons = [Button(title, option.token) for title, option in zip(titles, options, strict=True)]
        return "button", {"buttons": [button.to_dict() for button in buttons]}
    return "list", SectionList(OPEN_LIST, [Section(HEADING, _rows(options))]).to_dict()


def _rows(options: tuple[Option, ...]) -> list[SectionRow]:
    """Return one row per option; what had to be cut stands below, and rows that look alike are numbered."""
    short = [_cut(_short(option.title, ROW_TITLE), ROW_TITLE) for option in options]
    alike = len(set(short)) < len(short)
    titles = [_cut(f"Nr. {option.number} – {option.title}", ROW_TITLE) if alike else title
              for option, title in zip(options, short, strict=True)]
    return [SectionRow(title, option.token, None if title == option.title else _cut(option.title, ROW_DESCRIPTION))
            for option, title in zip(options, titles, strict=True)]


def _short(title: str, most: int) -> str:
    return title if len(title) <= most else SHORTER.get(title, title)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
