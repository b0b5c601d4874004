"""A runtime that asks a Rasa server on another host through its REST channel and HTTP API.

Rasa's own channel splits a text at blank lines and sends ``custom`` as an item of its own; here they are paired
again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.log import get_logger, request_id
from bot.records.conversations import ConversationStore, StoredReply, Turn
from bot.records.unclear_turns import Unclear, is_written
from bot.runtime.apology import Apology
from bot.runtime.buttons import Buttons
from bot.runtime.gate import Incoming, accept
from bot.runtime.locks import ConversationLocks
from bot.runtime.messages import BotMessage, erases, read_messages, understood
from bot.runtime.unclear_why import why_unclear

TURN_SECONDS = 15.0
"""Time limit for one message."""

_OPEN_QUESTIONS = 10_000
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
        self._asked: OrderedDict[str, str] = OrderedDict()
        """Conversation → the fact that it was asked for last; who is forgotten here is looked at once too often."""

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
                tracker = await self._tracker(conversation_id)
                messages = read_messages(items, understood(tracker.get("slots") or {}))
            except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
                _log.error("rasa_server.failed", error)
                items, messages = [], []
            if not messages:
                return [self._apology.message(request_id.get())]
            if any(erases(item.get("custom")) for item in items):
                await asyncio.to_thread(self._conversations.erase, conversation_id)
                return messages
            unclear = self._unclear(conversation_id, incoming, tracker.get("latest_message") or {}, messages)
            reply = StoredReply(message_id, [message.as_dict() for message in messages]) if message_id else None
            if reply or unclear:
                turn = Turn(conversation_id, 0, reply=reply, channel=channel, unclear=unclear)
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

    async def _tracker(self, conversation_id: str) -> Mapping[str, Any]:
        path = f"/conversations/{quote(conversation_id, safe='')}/tracker?include_events=NONE"
        tracker: Mapping[str, Any] = await self._call("GET", path)
        return tracker

    def _unclear(
        self, conversation_id: str, incoming: Incoming, said: Mapping[str, Any], messages: Sequence[BotMessage]
    ) -> Unclear | None:
        """Return what is to be noted of a turn; buttons are never unclear."""
        asked = self._asked.pop(conversation_id, "")
        asks = next((str(message.answer["asks"]) for message in messages if message.answer["asks"]), "")
        if asks:
            self._asked[conversation_id] = asks
            if len(self._asked) > _OPEN_QUESTIONS:
                self._asked.popitem(last=False)
        event = {"event": "user", "text": incoming.text, "parse_data": said}
        if incoming.parse_data is not None or not is_written(event):
            return None
        confidence = float((said.get("intent") or {}).get("confidence") or 0.0)
        why = why_unclear(confidence, asked, messages)
        return Unclear(event, why, request_id.get()) if why else None

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
