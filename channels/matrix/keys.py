"""Encryption: keys go out before a message does, and messages wait a while for keys that come late.

We trust every device of a person when we see it first and never accept another key for it. Nobody compares emojis
with a machine, and an answer that only some devices of a person can read would be lost.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import nio

from bot.log import get_logger
from channels.matrix.responses import expect
from channels.messenger.contract import RetryLater, Undeliverable

PATIENCE_SECONDS = 20.0
"""So long a key may come after its message."""

_log = get_logger(__name__)


async def refresh_keys(client: nio.AsyncClient) -> None:
    """Send what the encryption has to say after new events: our own keys, questions for those of others.

    What does not work is tried again after the next answer; plain conversations go on meanwhile.
    """
    try:
        for response in await client.send_to_device_messages():
            expect(nio.ToDeviceResponse, response)
        if client.should_query_keys:
            expect(nio.KeysQueryResponse, await client.keys_query())
        if client.should_claim_keys:
            expect(nio.KeysClaimResponse, await client.keys_claim(client.get_users_for_key_claiming()))
        if client.should_upload_keys:
            expect(nio.KeysUploadResponse, await client.keys_upload())
    except (RetryLater, Undeliverable) as error:
        _log.warning("matrix.keys_not_refreshed", exc=error)


class Sender:
    """Sends into rooms; in an encrypted one the key goes out before the first message."""

    def __init__(self, client: nio.AsyncClient) -> None:
        self._client = client
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(self, room: nio.MatrixRoom, content: dict[str, Any], key: str) -> None:
        """Send one message.

        Args:
            room: Where to.
            content: Of the event.
            key: The server drops a message whose key it knows.

        Raises:
            RetryLater: If it did not work now.
            Undeliverable: If it never will.
        """
        if room.encrypted:
            await self._share_key(room)
        answer = await self._client.room_send(room.room_id, "m.room.message", content, key, True)
        expect(nio.RoomSendResponse, answer)

    async def _share_key(self, room: nio.MatrixRoom) -> None:
        """Make sure that every device in the room can read what we send next."""
        client, room_id = self._client, room.room_id
        async with self._locks[room_id]:
            if not room.members_synced:
                expect(nio.JoinedMembersResponse, await client.joined_members(room_id))
            if client.should_query_keys:
                expect(nio.KeysQueryResponse, await client.keys_query())
            missing = client.get_missing_sessions(room_id)
            if missing:
                expect(nio.KeysClaimResponse, await client.keys_claim(missing))
            if client.olm.should_share_group_session(room_id):
                await client.share_group_session(room_id, ignore_unverified_devices=True)
                if self._left_out(room):
                    client.invalidate_outbound_session(room_id)
                    raise RetryLater

    def _left_out(self, room: nio.MatrixRoom) -> bool:
        """Whether somebody did not get the key although we could have sent it; nio does not tell."""
        olm = self._client.olm
        session = olm.outbound_group_sessions[room.room_id]
        return any(
            (user, device.id) not in session.users_shared_with | session.users_ignored
            for user in room.users
            for device in olm.device_store.active_user_devices(user)
            if olm.session_store.get(device.curve25519)
        )


def decrypted(client: nio.AsyncClient, event: nio.MegolmEvent) -> nio.Event | nio.BadEvent | None:
    """Return what an encrypted event says; ``None`` if the key is missing or the event is junk."""
    try:
        return client.decrypt_event(event)
    except Exception:
        return None


class Unread:
    """Messages that wait for their key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: list[tuple[float, nio.MegolmEvent]] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, event: nio.MegolmEvent) -> None:
        """Let a message wait."""
        self._waiting.append((self._clock() + PATIENCE_SECONDS, event))

    def readable(self, client: nio.AsyncClient) -> list[nio.Event | nio.BadEvent]:
        """Take out the messages whose key has come, decrypted."""
        found = [(until, event, decrypted(client, event)) for until, event in self._waiting]
        self._waiting = [(until, event) for until, event, plain in found if plain is None]
        return [plain for _, _, plain in found if plain is not None]

    def given_up(self) -> list[nio.MegolmEvent]:
        """Return the messages that have waited long enough; ``drop`` them when the person was told."""
        now = self._clock()
        return [event for until, event in self._waiting if until <= now]

    def drop(self, event: nio.MegolmEvent) -> None:
        """Let a message go."""
        self._waiting = [item for item in self._waiting if item[1] is not event]
