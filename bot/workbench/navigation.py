"""What the main menu and the start page offer. A part of the workbench has one entry, or none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Optional

from aiohttp import web

from bot.records.accounts import Account
from bot.workbench.routes import Door, Need

Count = Callable[[web.Request], Awaitable[int]]


@dataclass(frozen=True)
class Entry:
    """One area of the workbench."""

    path: str
    title: str
    need: Need
    about: str
    """What one does there, in one sentence."""
    waiting: Optional[Count] = None
    """Counts what waits for the person who is signed in."""


ENTRIES: web.AppKey[Sequence[Entry]] = web.AppKey("entries")


def entries_for(app: web.Application, person: Account | None) -> list[Entry]:
    """Return the entries that a person may open."""
    if person is None:
        return []
    return [entry for entry in app[ENTRIES] if entry.need is Door.SIGNED_IN or entry.need in person.rights]
