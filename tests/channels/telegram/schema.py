"""Whether a JSON value has the form of the official Bot API, as ``python-telegram-bot`` knows it.

The library is checked against the official documentation by its own tests, field by field.
"""

from __future__ import annotations

import inspect
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, TelegramObject

_OF_THE_LIBRARY = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}
_SNAKE = {"sendmessage": "send_message", "getupdates": "get_updates", "setwebhook": "set_webhook",
          "deletewebhook": "delete_webhook", "getwebhookinfo": "get_webhook_info", "leavechat": "leave_chat",
          "setmycommands": "set_my_commands", "sendchataction": "send_chat_action", "getme": "get_me",
          "answercallbackquery": "answer_callback_query",
          "editmessagereplymarkup": "edit_message_reply_markup"}  # fmt: skip


def parse(kind: type[TelegramObject], data: Any) -> TelegramObject:
    """Return the object; fails if a required field is missing or a field is unknown, at any depth."""
    found = kind.de_json(data, None)
    _refuse_unknown(found)
    return found


def parse_keyboard(data: Any) -> InlineKeyboardMarkup:
    """Return the buttons of a message."""
    found = parse(InlineKeyboardMarkup, data)
    assert isinstance(found, InlineKeyboardMarkup)
    return found


def parameters(method: str) -> tuple[set[str], set[str]]:
    """Return the parameters of a method of the Bot API: all, and those it must have."""
    signature = inspect.signature(getattr(Bot, _SNAKE[method.lower()]))
    known = {name: parameter for name, parameter in signature.parameters.items() if name not in _OF_THE_LIBRARY}
    needed = {name for name, parameter in known.items() if parameter.default is inspect.Parameter.empty}
    return set(known), needed


def _refuse_unknown(value: Any) -> None:
    if isinstance(value, (list, tuple)):
        for part in value:
            _refuse_unknown(part)
    elif isinstance(value, TelegramObject):
        assert not value.api_kwargs, f"{type(value).__name__} has no {sorted(value.api_kwargs)}"
        for name in value._get_attrs_names(include_private=False):
            _refuse_unknown(getattr(value, name, None))
