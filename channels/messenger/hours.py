"""Whether somebody can be reached right now, by the hours in ``instance.yml``."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from bot.instance import Hours, Weekday

_BERLIN = ZoneInfo("Europe/Berlin")
_NAMES = {
    Weekday.MONDAY: "am Montag", Weekday.TUESDAY: "am Dienstag", Weekday.WEDNESDAY: "am Mittwoch",
    Weekday.THURSDAY: "am Donnerstag", Weekday.FRIDAY: "am Freitag", Weekday.SATURDAY: "am Samstag",
    Weekday.SUNDAY: "am Sonntag",
}
_DAYS = list(Weekday)


def closed_until(hours: Hours, now: dt.datetime) -> str:
    """Return when somebody is there again, in words; empty if somebody is there, or if no hours are known.

    Args:
        hours: Spans by weekday; public holidays are not known here.
        now: The present moment, with time zone.
    """
    here = now.astimezone(_BERLIN)
    if any(begin <= here.time() < end for begin, end in hours.get(_DAYS[here.weekday()], ())):
        return ""
    for ahead in range(8):
        day = _DAYS[(here.weekday() + ahead) % 7]
        begins = [begin for begin, _ in hours.get(day, ()) if ahead or begin > here.time()]
        if begins:
            name = {0: "heute", 1: "morgen"}.get(ahead, _NAMES[day])
            return f"{name} ab {_clock(min(begins))} Uhr"
    return ""


def _clock(time: dt.time) -> str:
    return f"{time.hour}:{time.minute:02}" if time.minute else str(time.hour)
