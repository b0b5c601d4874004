"""What Telegram sends (an ``Update``) becomes ``Incoming``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot.log import get_logger
from channels.messenger.contract import Incoming, Kind

ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""All we want to hear of."""
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)
_COMMAND = re.compile(r"(/[a-z0-9_]+)(?:@\w+)?")
_START = "/start"
_log = get_logger(__name__)


def parse(raw: Any) -> Update | None:
    """Return the update; ``None`` if its form is unknown: it is skipped, else Telegram would send it for ever."""
    try:
        return Update.de_json(raw, None)
    except Exception as error:  # whatever the library stumbles over
        _log.warning("telegram.update_unreadable", error)
        return None


def read(update: Update, bot: str, now: dt.datetime) -> Incoming | None:
    """Return what came in.

    Args:
        update: As Telegram sent it.
        bot: Id of our bot; another bot may send the same ids.
        now: For what carries no time of its own.

    Returns:
        ``None`` if nobody expects an answer: service messages, other bots, what is said in groups.
    """
    if update.callback_query:
        return _choice(update, update.callback_query, bot, now)
    if update.my_chat_member:
        return _membership(update, update.my_chat_member, bot)
    message = update.message or update.edited_message
    if message is None or message.chat.type != ChatType.PRIVATE or (message.from_user and message.from_user.is_bot):
        return None
    if update.edited_message:
        edited = message.edit_date or message.date
        return _incoming(update, bot, message.chat, edited, Kind.EDIT) if message.text else None
    return _message(update, message, bot)


def chat_of(address: str) -> int:
    """Return the id of the chat."""
    return int(address.split("/")[0])


def in_order(items: Sequence[Incoming]) -> list[Incoming]:
    """Give nothing a later time than what was sent after it; a pressed option only has the time of its arrival."""
    latest = list(accumulate((item.sent_at for item in reversed(items)), min))
    return [replace(item, sent_at=time) for item, time in zip(items, reversed(latest), strict=True)]


def _incoming(
    update: Update, bot: str, chat: Chat, sent_at: dt.datetime, kind: Kind, text: str = "", token: str = ""
) -> Incoming:
    """Telegram counts whole seconds; within one the number of the update tells the order."""
    ordered = sent_at.replace(microsecond=update.update_id % 1_000_000)
    return Incoming(f"{bot}:{update.update_id}", str(chat.id), ordered, kind, text, token)


def _choice(update: Update, query: CallbackQuery, bot: str, now: dt.datetime) -> Incoming | None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE or not query.data:
        return None
    return _incoming(update, bot, query.message.chat, now, Kind.CHOICE, token=query.data)


def _membership(update: Update, change: ChatMemberUpdated, bot: str) -> Incoming | None:
    """Blocked, or put into a group. Who unblocks us presses „Start“ next, which is a message."""
    was_outside = change.old_chat_member.status in _OUTSIDE
    is_outside = change.new_chat_member.status in _OUTSIDE
    private = change.chat.type == ChatType.PRIVATE
    if private and is_outside:
        return _incoming(update, bot, change.chat, change.date, Kind.LEFT)
    if not private and was_outside and not is_outside:
        invited = _incoming(update, bot, change.chat, change.date, Kind.GROUP)
        return replace(invited, address=f"{invited.address}/{update.update_id}")  # declined every time
    return None


def _message(update: Update, message: Message, bot: str) -> Incoming | None:
    if message.text:
        return _incoming(update, bot, message.chat, message.date, Kind.TEXT, _plain_command(message.text))
    if not message.effective_attachment:
        return None
    unreadable = _incoming(update, bot, message.chat, message.date, Kind.UNREADABLE)
    if message.media_group_id:  # each picture of an album is a message; one answer is enough
        return replace(unreadable, external_id=f"{bot}:album:{message.media_group_id}")
    return unreadable


def _plain_command(text: str) -> str:
    """Return the text; a command without the name of the bot, ``/start`` without what a link added."""
    found = _COMMAND.match(text)
    if found is None:
        return text
    return _START if found[1] == _START else found[1] + text[found.end():]
