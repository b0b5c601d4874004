"""Fetching: one long question after the other, and what lies in the gap if too much happened while we were away."""

from __future__ import annotations

from typing import Any

import nio

from channels.matrix.responses import expect
from channels.matrix.rooms import when_invited

WAIT_MS = 30_000
"""So long the server may wait for something to happen."""
SOON_MS = 2_000
"""The same while messages wait for their key."""
AT_ONCE = 100
"""Events of one room in one answer; what is older is asked for."""

MOST_PAGES = 50
"""So many more times we ask; nobody writes more than that to us while we are away."""


def sync_filter() -> dict[str, Any]:
    """Return what we want to hear: no presence, no typing, no settings."""
    nothing: dict[str, Any] = {"types": []}
    room = {"timeline": {"limit": AT_ONCE}, "ephemeral": nothing, "account_data": nothing}
    return {"presence": nothing, "account_data": nothing, "room": room}


async def fetch(client: nio.AsyncClient, since: str | None, soon: bool) -> nio.SyncResponse:
    """Return what happened after ``since``; the first time everything about our rooms comes along.

    nio itself notes how far it got as soon as it has read an answer. We say it each time, because an answer counts
    only when it is stored.
    """
    first = not client.next_batch
    wait = 0 if first else SOON_MS if soon else WAIT_MS
    answer = await client.sync(wait, sync_filter(), since=since, full_state=first)
    return expect(nio.SyncResponse, answer)


async def fill_gap(client: nio.AsyncClient, room_id: str, timeline: nio.Timeline, since: str) -> list[nio.Event]:
    """Return what happened in a room after ``since``, in order, also if the answer left some out.

    What was said before we were invited was not said to us.
    """
    events: list[nio.Event] = list(timeline.events)
    start = timeline.prev_batch if timeline.limited else None
    for _ in range(MOST_PAGES):
        invited = when_invited(events, client.user_id)
        if invited is not None or not start:
            return events[invited:]
        answer = await client.room_messages(room_id, start, since, nio.MessageDirection.back, AT_ONCE)
        page = expect(nio.RoomMessagesResponse, answer)
        events[:0] = reversed(page.chunk)
        start = page.end if page.chunk else None
    return events
