"""From an answer of the server to what the post office stores."""

from __future__ import annotations

import contextlib
import hashlib

import nio

from bot.log import get_logger
from channels.matrix.events import chose, keycap, read_event, said
from channels.matrix.formatting import token_of
from channels.matrix.keys import Sender, Unread, decrypted
from channels.matrix.responses import expect
from channels.matrix.rooms import REFUSAL, is_group, is_public, leave, read_farewell, read_membership
from channels.matrix.sync import fill_gap
from channels.messenger.contract import Incoming, Kind, Receive, RetryLater, Undeliverable

CANNOT_READ = ("Ihre Nachricht ist angekommen, aber ich kann sie nicht entschlüsseln. Bitte beginnen Sie ein neues "
               "Gespräch mit mir und schreiben Sie sie dort noch einmal.")
_ATTEMPTS = 5
"""So often an invitation is accepted in vain."""

_log = get_logger(__name__)


class Intake:
    """Reads the answers of one client."""

    def __init__(self, client: nio.AsyncClient, sender: Sender, receive: Receive) -> None:
        self._client = client
        self._sender = sender
        self._receive = receive
        self._unread = Unread()
        self._told: set[tuple[str, str]] = set()
        """Room and key of messages about which the person was told that we cannot read them."""
        self._invitations: dict[str, int] = {}
        """Rooms we shall enter, and how often we tried."""

    @property
    def waits(self) -> bool:
        """Whether there are messages whose key has not come yet."""
        return bool(self._unread)

    async def take(self, answer: nio.SyncResponse, since: str | None) -> None:
        """Store what an answer brings, then do what it asks for.

        Args:
            answer: Of the server.
            since: What was asked for; ``None`` if we never read anything before. What people wrote until then, they
                wrote to somebody else.
        """
        incoming = [] if since is None else await self._read(answer, since)
        if incoming:
            await self._receive(incoming)
        for item in incoming:
            if item.kind is Kind.LEFT:
                await self._end(item.address)
        await self._accept(answer)
        await self._tell_unreadable()

    async def _read(self, answer: nio.SyncResponse, since: str) -> list[Incoming]:
        client, items = self._client, []
        for event in self._unread.readable(client):
            if event.room_id in client.rooms:
                items.append(await self._read_event(client.rooms[event.room_id], event))
        for room_id, info in answer.rooms.join.items():
            for event in await fill_gap(client, room_id, info.timeline, since):
                items.append(await self._read_event(client.rooms[room_id], event))
        for room_id, info in answer.rooms.leave.items():
            items.append(read_farewell(room_id, info.timeline.events, client.user_id))
        return [item for item in items if item is not None]

    async def _read_event(self, room: nio.MatrixRoom, event: nio.Event | nio.BadEvent) -> Incoming | None:
        if isinstance(event, nio.RoomMemberEvent):
            return read_membership(room, event)
        if not isinstance(event, nio.Event | nio.BadEvent) or event.sender == self._client.user_id or is_group(room):
            return None
        if isinstance(event, nio.MegolmEvent):
            event.room_id = room.room_id
            self._unread.add(event)
            return None
        if isinstance(event, nio.ReactionEvent):
            return await self._read_reaction(room.room_id, event)
        return read_event(room.room_id, event)

    async def _read_reaction(self, room_id: str, event: nio.ReactionEvent) -> Incoming | None:
        """Return the option that a reaction such as 1️⃣ chooses: of the message it stands under, else of the latest."""
        number = keycap(event.key)
        if number is None:
            return None
        answer = await self._client.room_get_event(room_id, event.reacts_to)
        try:
            message = expect(nio.RoomGetEventResponse, answer).event
        except Undeliverable:
            return None
        if isinstance(message, nio.MegolmEvent):
            message = decrypted(self._client, message)
        if message is None or message.sender != self._client.user_id:
            return None
        token = token_of(message.source.get("content", {}), number)
        return chose(room_id, event, token) if token else said(room_id, event, f"Nr. {number}")

    async def _end(self, room_id: str) -> None:
        """Leave a room in which nobody is left, or too many are; those are told why."""
        room = self._client.rooms.get(room_id)
        if room is None or not is_group(room):
            await self._leave(room_id, "")
            return
        with contextlib.suppress(Undeliverable):
            await self._sender.send(room, {"msgtype": "m.text", "body": REFUSAL}, f"group-{len(room.users)}")
        await self._leave(room_id, REFUSAL)

    async def _leave(self, room_id: str, reason: str) -> None:
        """Leave a room; if it does not work, it stops nobody else."""
        try:
            await leave(self._client, room_id, reason)
        except (RetryLater, Undeliverable) as error:
            _log.warning("matrix.not_left", exc=error)

    async def _accept(self, answer: nio.SyncResponse) -> None:
        """Enter the rooms we are invited to; one that cannot be entered stops nobody."""
        for room_id, invitation in answer.rooms.invite.items():
            if is_public(invitation):
                await self._leave(room_id, REFUSAL)
            else:
                self._invitations[room_id] = 0
        for room_id, attempts in list(self._invitations.items()):
            try:
                expect(nio.JoinResponse, await self._client.join(room_id))
            except (RetryLater, Undeliverable) as error:
                _log.warning("matrix.not_joined", exc=error, attempts=attempts)
                if isinstance(error, RetryLater) and attempts < _ATTEMPTS:
                    self._invitations[room_id] = attempts + 1
                    continue
            del self._invitations[room_id]

    async def _tell_unreadable(self) -> None:
        """Tell people, once for each key, that we cannot read what they wrote."""
        for event in self._unread.given_up():
            if (event.room_id, event.session_id) not in self._told:
                content = {"msgtype": "m.text", "body": CANNOT_READ}
                key = hashlib.sha256(f"{event.room_id} {event.session_id}".encode()).hexdigest()
                with contextlib.suppress(Undeliverable, KeyError):
                    await self._sender.send(self._client.rooms[event.room_id], content, key)
                self._told.add((event.room_id, event.session_id))
            self._unread.drop(event)
