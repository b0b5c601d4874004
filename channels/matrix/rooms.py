"""Whom we talk to: one person in a room of its own. Public rooms are not entered, groups are left again."""

from __future__ import annotations

from collections.abc import Sequence

import nio
from nio.api import Api

from channels.matrix.events import happened
from channels.matrix.responses import expect
from channels.messenger.contract import Incoming, Kind

REFUSAL = "Ich berate nur in einem Gespräch zu zweit. Bitte schreiben Sie mir direkt."
"""Said in a group before we leave it; clients also show it as the reason why we declined or left."""
_GONE = ("leave", "ban")


def is_public(invitation: nio.InviteInfo) -> bool:
    """Whether an invitation leads into a room that everybody can find."""
    return any(isinstance(event, nio.InviteAliasEvent) for event in invitation.invite_state)


def is_group(room: nio.MatrixRoom) -> bool:
    """Whether more than one other person is in the room or invited to it."""
    return len(room.users) > 2


def is_empty(room: nio.MatrixRoom) -> bool:
    """Whether nobody is left but us."""
    return set(room.users) <= {room.own_user_id}


def when_invited(events: Sequence[nio.Event], own_id: str) -> int | None:
    """Return the position of our latest invitation; ``None`` if it is not among the events."""
    for position in range(len(events) - 1, -1, -1):
        event = events[position]
        if isinstance(event, nio.RoomMemberEvent) and event.state_key == own_id and event.membership == "invite":
            return position
    return None


def read_membership(room: nio.MatrixRoom, event: nio.RoomMemberEvent) -> Incoming | None:
    """Return what a change of membership in a room of ours means; ``None`` if nothing."""
    if event.membership == event.prev_membership:
        return None  # a new name or picture
    if is_empty(room) or is_group(room):
        return happened(room.room_id, event, Kind.LEFT)  # we follow
    joined = event.state_key == room.own_user_id and event.membership == "join"
    return happened(room.room_id, event, Kind.JOINED) if joined else None


def read_farewell(room_id: str, events: list[nio.Event], own_id: str) -> Incoming | None:
    """Return that we were thrown out of a room; ``None`` if we left by ourselves."""
    for event in reversed(events):
        if isinstance(event, nio.RoomMemberEvent) and event.state_key == own_id and event.membership in _GONE:
            return None if event.sender == own_id else happened(room_id, event, Kind.LEFT)
    return None


async def leave(client: nio.AsyncClient, room_id: str, reason: str = "") -> None:
    """Leave a room, or decline an invitation, and forget it."""
    method, path = Api.room_leave(client.access_token, room_id)
    body = Api.to_json({"reason": reason} if reason else {})
    expect(nio.RoomLeaveResponse, await client._send(nio.RoomLeaveResponse, method, path, body))
    expect(nio.RoomForgetResponse, await client.room_forget(room_id))
