"""Who holds the session may read the conversation, take along everything that is stored of it, and erase it.

The session stands in a header, so that it appears in no address and therefore in no log.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.records.conversations import ConversationStore
from bot.runtime.export import stored_data, stored_text
from bot.runtime.history import history
from channels.web.cards import cards
from channels.web.chat_api import check_session, conversation_id
from channels.web.keys import ENGINE, STORE, TODAY

SESSION_HEADER = "X-Navigator-Session"
RESTART = "/neu_anfangen"
"""Payload after which a conversation counts as a new one."""


def routes() -> list[web.RouteDef]:
    """Return the routes of the stored conversation."""
    return [web.get("/api/chat/history", show), web.get("/api/chat/export", export), web.delete("/api/chat", erase)]


async def show(request: web.Request) -> web.Response:
    """Return what was said since the last new beginning; nothing for a session that nobody has used."""
    said = await asyncio.to_thread(history, ConversationStore(request.app[ENGINE]), _conversation(request))
    begun = max((at for at, each in enumerate(said) if each.payload == RESTART), default=-1)
    said = said[begun + 1:]
    shown = await asyncio.to_thread(
        cards, request.app[STORE], [each.message for each in said if not each.by_user], request.app[TODAY]())
    messages = [
        {"by": "user", "text": each.message.text, "payload": each.payload} if each.by_user
        else {"by": "bot", **each.message.as_dict()}
        for each in said
    ]
    return web.json_response({"messages": messages, "cards": shown})


async def export(request: web.Request) -> web.Response:
    """Return everything that is stored of the conversation, for programs and in German words."""
    engine, conversation = request.app[ENGINE], _conversation(request)
    data = await asyncio.to_thread(stored_data, engine, conversation)
    return web.json_response({"stored": data, "text": await asyncio.to_thread(stored_text, engine, conversation)})


async def erase(request: web.Request) -> web.Response:
    """Delete the conversation with everything that belongs to it; whether there was one."""
    store = ConversationStore(request.app[ENGINE])
    return web.json_response({"erased": await asyncio.to_thread(store.erase, _conversation(request))})


def _conversation(request: web.Request) -> str:
    return conversation_id(check_session(request.headers.get(SESSION_HEADER)))
