"""Call-backs for staff: until when they were promised, how urgent they are, who looked at an address."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.curation.noted_looks import NotedLooks
from bot.records.callbacks import CallbackRequest, CallbackStore

_NOTED = NotedLooks(
    "rueckruf.angesehen", "rueckruf.erledigt",
    "Einen offenen Rückruf {} gibt es nicht – vielleicht hat ihn schon jemand erledigt.")
_BERLIN = ZoneInfo("Europe/Berlin")
_NUMBERS = {
    "einer": 1, "einem": 1, "eines": 1, "einen": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12, "vierzehn": 14,
}
_SPAN = re.compile(r"(\d+|[a-zäöüß]+)\s+(arbeits|werk)?(stunde|tag|woche)", re.IGNORECASE)
_SATURDAY = 5
_SOON = 0.5
"""From this part of the time on a call-back is due soon."""


class Urgency(str, Enum):
    """The steps of the reminder."""

    NEW = "neu"
    SOON = "bald fällig"
    OVERDUE = "überfällig"
    NO_PROMISE = "ohne Frist"


@dataclass(frozen=True)
class Waiting:
    """A call-back that is to be made."""

    request: CallbackRequest
    due: dt.datetime | None
    urgency: Urgency


def due_at(promise: str | None, since: dt.datetime) -> dt.datetime | None:
    """Return until when an answer was promised; ``None`` if nothing was, or it cannot be counted.

    Working days are Monday to Friday; on holidays the reminder comes early rather than late.

    Args:
        promise: ``human_handoff.reply_within``, e.g. „innerhalb von zwei Arbeitstagen“.
        since: When the wish was sent.
    """
    found = _SPAN.search(promise or "")
    if found is None:
        return None
    number = int(found[1]) if found[1].isdecimal() else _NUMBERS.get(found[1].lower(), 0)
    unit = found[3].lower()
    if not number:
        return None
    if unit == "stunde":
        return since + dt.timedelta(hours=number)
    if unit == "woche":
        return since + dt.timedelta(weeks=number)
    return _days_later(since, number, working=bool(found[2]))


def waiting(engine: sa.Engine, promise: str | None, now: dt.datetime | None = None) -> list[Waiting]:
    """Return the open call-backs, what is due first first."""
    at = now or dt.datetime.now(dt.timezone.utc)
    found = [_waiting(request, promise, at) for request in CallbackStore(engine).open_requests()]
    return sorted(found, key=lambda each: each.due or _known(each.request.changed_at))


def look(engine: sa.Engine, number: str, who: str) -> CallbackRequest:
    """Return a call-back with its address, and note who looked; see ``NotedLooks.look``."""
    return _NOTED.look(engine, CallbackStore(engine).open_requests(), number, who)


def close(engine: sa.Engine, number: str, who: str) -> None:
    """Mark a call-back as done; its address is erased. See ``NotedLooks.closed``."""
    _NOTED.closed(engine, CallbackStore(engine).close(number), number, who)


def _waiting(request: CallbackRequest, promise: str | None, now: dt.datetime) -> Waiting:
    since = _known(request.changed_at)
    due = due_at(promise, since)
    if due is None:
        return Waiting(request, None, Urgency.NO_PROMISE)
    if now > due:
        return Waiting(request, due, Urgency.OVERDUE)
    return Waiting(request, due, Urgency.SOON if now - since >= _SOON * (due - since) else Urgency.NEW)


def _days_later(since: dt.datetime, days: int, *, working: bool) -> dt.datetime:
    at = since.astimezone(_BERLIN)
    while days:
        at += dt.timedelta(days=1)
        days -= not working or at.weekday() < _SATURDAY
    return at.replace(hour=23, minute=59, second=59)


def _known(time: dt.datetime) -> dt.datetime:
    """SQLite forgets the zone."""
    return time if time.tzinfo else time.replace(tzinfo=dt.timezone.utc)
