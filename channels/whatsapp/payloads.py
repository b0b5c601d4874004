"""What Meta sends to the webhook, turned into ``Incoming``.

pywa reads only the first message of a call and wants fields that older calls lack; Meta batches. So this reads the
official JSON itself: every message of every change, and skips what it does not know.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.log import get_logger
from channels.messenger.contract import Incoming, Kind

SILENT = ("reaction", "revoke", "system")
"""Kinds of messages that ask for no answer: a thumb up, something taken back, a changed number."""
_SECONDS = re.compile(r"[0-9]{1,11}")
_log = get_logger(__name__)

Json = Mapping[str, Any]


def read_call(call: object, phone_id: str) -> list[Incoming]:
    """Return what people sent, in the order of the call.

    Args:
        call: Parsed body of a call.
        phone_id: Our number; what is meant for another one of the same account is not ours.
    """
    found: list[Incoming] = []
    for value in _values(call, phone_id):
        _log_failures(value)
        names = _people(value)
        for message in _maps(value.get("messages")):
            incoming = _read(message, names)
            if incoming is not None:
                found.append(incoming)
    return found


def _values(call: object, phone_id: str) -> Iterator[Json]:
    for entry in _maps(_map(call).get("entry")):
        for change in _maps(entry.get("changes")):
            value = _map(change.get("value"))
            ours = _map(value.get("metadata")).get("phone_number_id") == phone_id
            if change.get("field") == "messages" and ours:
                yield value


def _people(value: Json) -> dict[object, str]:
    """Return the id Meta made for us, by the number; ``None`` is the only person named."""
    people = [(contact.get("wa_id"), _text(contact.get("user_id"))) for contact in _maps(value.get("contacts"))]
    by_number: dict[object, str] = {number: name for number, name in people if name}
    if len(people) == 1 and people[0][1]:
        by_number[None] = people[0][1]
    return by_number


def _read(message: Json, people: Mapping[object, str]) -> Incoming | None:
    kind, text, token = _content(message)
    external_id, address, sent_at = _text(message.get("id")), _address(message, people), _time(message)
    if kind is None:
        return None
    if not (external_id and address and sent_at):
        _log.warning("whatsapp.message_skipped", type=message.get("type"))
        return None
    return Incoming(external_id, address, sent_at, kind, text, token)


def _address(message: Json, people: Mapping[object, str]) -> str:
    """Return where the answer goes; if possible an id that only we know, so that no number need be stored."""
    number = _text(message.get("from"))
    return (_text(message.get("group_id")) or _text(message.get("from_user_id")) or people.get(number or None)
            or number)


def _content(message: Json) -> tuple[Kind | None, str, str]:
    """Return what a message is, its text and its token; ``None`` if nothing has to be said."""
    type_ = message.get("type")
    if type_ in SILENT:
        return None, "", ""
    if message.get("group_id"):
        return Kind.GROUP, "", ""
    if type_ == "text":
        return Kind.TEXT, _text(_map(message.get("text")).get("body")), ""
    if type_ == "button":
        return Kind.TEXT, _text(_map(message.get("button")).get("text")), ""
    if type_ == "interactive":
        interactive = _map(message.get("interactive"))
        chosen = _map(interactive.get("button_reply")) or _map(interactive.get("list_reply"))
        token = _text(chosen.get("id"))
        return (Kind.CHOICE if token else Kind.UNREADABLE), "", token
    if type_ in ("edit", "request_welcome"):
        return (Kind.EDIT if type_ == "edit" else Kind.JOINED), "", ""
    return Kind.UNREADABLE, "", ""


def _time(message: Json) -> dt.datetime | None:
    stamp = _text(message.get("timestamp"))
    if not _SECONDS.fullmatch(stamp):
        return None
    return dt.datetime.fromtimestamp(int(stamp), dt.timezone.utc)


def _log_failures(value: Json) -> None:
    """Log the codes of what could not be delivered; other news about our own messages says nothing."""
    failed = [status for status in _maps(value.get("statuses")) if status.get("status") == "failed"]
    for status in failed:
        _log.warning("whatsapp.not_delivered", codes=_codes(status))
    if value.get("errors"):
        _log.warning("whatsapp.error_reported", codes=_codes(value))


def _codes(holder: Json) -> str:
    return ",".join(str(error.get("code")) for error in _maps(holder.get("errors")))


def _map(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _maps(value: object) -> list[Json]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
