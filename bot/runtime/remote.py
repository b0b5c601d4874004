"""A runtime that asks a Rasa server on another host through its REST channel and HTTP API.

Rasa's own channel splits a text at blank lines and sends ``custom`` as an item of its own; here they are paired
again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.log import get_logger, request_id
from bot.records.conversations import ConversationStore, StoredReply, Turn
from bot.runtime.apology import Apology
from bot.runtime.buttons import Buttons
from bot.runtime.gate import accept
from bot.runtime.locks import ConversationLocks
from bot.runtime.messages import BotMessage, erases, read_messages, understood

TURN_SECONDS = 15.0
"""Time limit for one message."""

_log = get_logger(__name__)


class RemoteRuntime:
    """Answers messages through a Rasa server, which must not be public (see ``bot.runtime.interface.Runtime``)."""

    def __init__(
        self,
        url: str,
        conversations: ConversationStore,
        buttons: Buttons,
        apology: Apology,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        """Take the address of the server.

        Args:
            url: Of the Rasa server, started with ``--enable-api`` and the REST channel.
            conversations: Keeps replies for repeated messages.
            buttons: Allow-list of button intents.
            apology: Said when something fails.
            turn_seconds: Time limit for one message.
        """
        self._url = url.rstrip("/")
        self._conversations = conversations
        self._buttons = buttons
        self._apology = apology
        self._timeout = aiohttp.ClientTimeout(total=turn_seconds)
        self._locks = ConversationLocks()
        self._session: aiohttp.ClientSession | None = None

    async def handle(
        self,
        conversation_id: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
        channel: str = "web",
    ) -> list[BotMessage]:
        """Answer one message (see ``Runtime.handle``)."""
        incoming = accept(text, payload, self._buttons)
        async with self._locks.hold(conversation_id):
            if message_id is not None:
                found = await asyncio.to_thread(self._conversations.find_reply, conversation_id, message_id)
                if found is not None:
                    return [BotMessage.from_dict(message) for message in found]
            try:
                items = await self._items(conversation_id, incoming.text)
                messages = read_messages(items, await self._understood(conversation_id))
            except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
                _log.error("rasa_server.failed", error)
                items, messages = [], []
            if not messages:
                return [self._apology.message(request_id.get())]
            if any(erases(item.get("custom")) for item in items):
                await asyncio.to_thread(self._conversations.erase, conversation_id)
            elif message_id is not None:
                reply = StoredReply(message_id, [message.as_dict() for message in messages])
                turn = Turn(conversation_id, 0, reply=reply, channel=channel)
                await asyncio.to_thread(self._conversations.append, turn)
            return messages

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return intent and entities of a text (see ``Runtime.parse``)."""
        incoming = accept(text, None, self._buttons)
        parsed: Mapping[str, Any] = await self._call("POST", "/model/parse", json={"text": incoming.text})
        return parsed

    async def health(self) -> Mapping[str, bool]:
        """Return whether the server has a model."""
        try:
            await self._call("GET", "/status")
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
            return {"modell": False}
        return {"modell": True}

    async def close(self) -> None:
        """Close the connections to the server."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _items(self, conversation_id: str, message: str) -> list[dict[str, Any]]:
        body = {"sender": conversation_id, "message": message}
        return pair_items(await self._call("POST", "/webhooks/rest/webhook", json=body))

    async def _understood(self, conversation_id: str) -> dict[str, Any]:
        path = f"/conversations/{quote(conversation_id, safe='')}/tracker?include_events=NONE"
        tracker = await self._call("GET", path)
        return understood(tracker.get("slots") or {})

    async def _call(self, method: str, path: str, **options: Any) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        async with self._session.request(method, self._url + path, raise_for_status=True, **options) as response:
            return await response.json()


def pair_items(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Put the items of Rasa's REST channel together to whole messages.

    Text belongs to the ``custom`` item that follows it; what stands before buttons is their text. Text without either
    is a message of its own at the end.
    """
    whole: list[dict[str, Any]] = []
    texts: list[str] = []
    buttons: list[Mapping[str, Any]] = []
    for item in items:
        if item.get("text"):
            texts.append(item["text"])
        buttons += item.get("buttons") or []
        if item.get("custom"):
            whole.append({"text": "\n\n".join(texts), "buttons": buttons, "custom": item["custom"]})
            texts, buttons = [], []
    if texts:
        whole.append({"text": "\n\n".join(texts), "buttons": buttons})
    return whole
