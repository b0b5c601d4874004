"""Somebody who writes to the bot: a second, real client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import nio
from nio.store import SqliteMemoryStore

from tests.channels.matrix.synapse import Account, Synapse

SECONDS = 20
"""After that nothing comes any more."""
ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


class Citizen:
    """A person with one device."""

    def __init__(self, server: Synapse, account: Account) -> None:
        config = nio.AsyncClientConfig(store=SqliteMemoryStore, pickle_key="c")
        self.client = nio.AsyncClient(server.url, account.user_id, config=config)
        self.account = account
        self.heard: list[tuple[str, Any]] = []
        """Room and event of everything others said or did, in order."""
        self._read = 0

    async def start(self) -> None:
        """Sign in and publish keys."""
        await self.client.login(self.account.password, device_name="citizen")
        await self.look()

    async def close(self) -> None:
        """Put the telephone away."""
        await self.client.close()
        self.client.store.database.close()

    async def look(self, wait_ms: int = 0) -> None:
        """See what is new."""
        answer = await self.client.sync(wait_ms)
        assert isinstance(answer, nio.SyncResponse), answer
        await self.client.send_to_device_messages()
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        for room_id, info in answer.rooms.join.items():
            self.heard += [(room_id, event) for event in info.timeline.events if event.sender != self.client.user_id]

    async def meet(self, *others: str, encrypted: bool = False, **more: Any) -> str:
        """Open a room, invite others, and wait until all have come."""
        state = [ENCRYPTION] if encrypted else []
        room = await self.client.room_create(invite=others, is_direct=len(others) == 1, initial_state=state, **more)
        await self.until(lambda: self._all_there(room.room_id, len(others) + 1))
        return str(room.room_id)

    def _all_there(self, room_id: str, number: int) -> bool:
        room = self.client.rooms.get(room_id)
        return room is not None and len(room.users) == number and not room.invited_users

    async def until(self, condition: Callable[[], Any]) -> None:
        """Look until something is so."""

        async def keep_looking() -> None:
            while not condition():
                await self.look(1000)

        await asyncio.wait_for(keep_looking(), SECONDS)

    async def send(self, room_id: str, content: dict[str, Any], kind: str = "m.room.message") -> str:
        """Send an event."""
        answer = await self.client.room_send(room_id, kind, content, ignore_unverified_devices=True)
        assert isinstance(answer, nio.RoomSendResponse), answer
        return str(answer.event_id)

    async def say(self, room_id: str, text: str, **more: Any) -> str:
        """Say something."""
        return await self.send(room_id, {"msgtype": "m.text", "body": text, **more})

    async def react(self, room_id: str, event_id: str, key: str) -> str:
        """Put an emoji under a message."""
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.send(room_id, {"m.relates_to": relation}, "m.reaction")

    async def messages(self, number: int) -> list[Any]:
        """Return the next messages that were heard, as many as said."""
        await self.until(lambda: len(self._said()) >= self._read + number)
        found = self._said()[self._read:self._read + number]
        self._read += number
        return found

    async def reply(self) -> Any:
        """Return the next message that was heard."""
        return (await self.messages(1))[0]

    def unheard(self) -> list[Any]:
        """Return the messages nobody has asked for yet."""
        return self._said()[self._read:]

    def _said(self) -> list[Any]:
        return [event for _, event in self.heard if isinstance(event, nio.RoomMessage | nio.MegolmEvent)]
