"""What people do in a Matrix room, as messages of the contract."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TypeAlias

import nio

from channels.messenger.contract import Incoming, Kind

_KEYCAP = re.compile("([1-9])\ufe0f?\u20e3")
_TEN = "\U0001f51f"
_QUOTE = re.compile(r"(?:> .*\n)+\n?")
"""Older clients repeat above an answer what it answers to."""
_UNREADABLE = (nio.RoomMessageMedia, nio.RoomEncryptedMedia, nio.RoomMessageUnknown, nio.StickerEvent,
               nio.CallInviteEvent)
_MESSAGES = ("m.room.message", "m.room.encrypted")
_POLLS = ("m.poll.start", "org.matrix.msc3381.poll.start")
_VERIFICATION = "m.key.verification"
Event: TypeAlias = nio.Event | nio.BadEvent


def read_event(room_id: str, event: Event) -> Incoming | None:
    """Return what an event of somebody else says to us; ``None`` if nothing.

    Notices come from other bots and are never answered. What was withdrawn, be it a message or a reaction, was not
    said.
    """
    if isinstance(event, nio.RoomMessageText | nio.RoomMessageEmote):
        relation = event.source["content"].get("m.relates_to")
        if not isinstance(relation, Mapping):
            relation = {}
        if relation.get("rel_type") == "m.replace":
            return _incoming(room_id, event, Kind.EDIT)
        answers = "m.in_reply_to" in relation
        return said(room_id, event, _QUOTE.sub("", event.body, count=1) if answers else event.body)
    return _incoming(room_id, event, Kind.UNREADABLE) if _is_unreadable(event) else None


def said(room_id: str, event: Event, text: str) -> Incoming:
    """Return an event that says a text."""
    return _incoming(room_id, event, Kind.TEXT, text=text)


def chose(room_id: str, event: Event, token: str) -> Incoming:
    """Return an event that chooses an option."""
    return _incoming(room_id, event, Kind.CHOICE, token=token)


def happened(room_id: str, event: Event, kind: Kind) -> Incoming:
    """Return an event of membership."""
    return _incoming(room_id, event, kind)


def keycap(key: str) -> int | None:
    """Return the number of an emoji such as 1️⃣; ``None`` for any other reaction."""
    match = _KEYCAP.fullmatch(key)
    if match:
        return int(match[1])
    return 10 if key == _TEN else None


def time_of(event: Event) -> dt.datetime:
    """Return when an event was sent; never later than now, whatever its server claims."""
    now = dt.datetime.now(dt.timezone.utc)
    seconds = min(max(event.server_timestamp / 1000, 0.0), now.timestamp())
    return dt.datetime.fromtimestamp(seconds, dt.timezone.utc)


def _is_unreadable(event: Event) -> bool:
    if isinstance(event, nio.RoomMessageUnknown) and event.msgtype.startswith(_VERIFICATION):
        return False
    if isinstance(event, nio.UnknownEvent):
        return event.type in _POLLS
    return isinstance(event, _UNREADABLE) or (isinstance(event, nio.BadEvent) and event.type in _MESSAGES)


def _incoming(room_id: str, event: Event, kind: Kind, text: str = "", token: str = "") -> Incoming:
    return Incoming(event.event_id, room_id, time_of(event), kind, text, token)
