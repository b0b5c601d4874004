"""``POST /api/chat/stream``: the same as ``POST /api/chat`` as server-sent events, for the widget.

The events are ``typing`` at once, then ``cards`` and one ``message`` each, then ``done`` with the id of the request;
or ``error`` with code and sentence. A repeated ``message_id`` gets the stored reply, so that nothing is lost when a
connection breaks.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web

from bot.log import get_logger, request_id
from bot.runtime.gate import Rejected
from bot.web.request_ids import HEADER
from channels.web.cards import cards
from channels.web.chat_api import ChatRequest, answer, read_asked
from channels.web.errors import apology
from channels.web.keys import INSTANCE, STORE, TODAY

_log = get_logger(__name__)
Event = tuple[str, dict[str, Any]]


def routes() -> list[web.RouteDef]:
    """Return the route of the stream."""
    return [web.post("/api/chat/stream", stream)]


async def stream(request: web.Request) -> web.StreamResponse:
    """Answer one message; what is wrong with the request itself is said before the stream begins."""
    asked = await read_asked(request)
    response = web.StreamResponse(headers={
        "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no", HEADER: request_id.get()})
    await response.prepare(request)
    try:
        async for name, data in _events(request, asked):
            await response.write(f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
        await response.write_eof()
    except ConnectionResetError:
        _log.info("stream.left")  # the reply is stored and can be fetched again
    return response


async def _events(request: web.Request, asked: ChatRequest) -> AsyncIterator[Event]:
    yield "typing", {}
    try:
        messages = await answer(request, asked)
        shown = await asyncio.to_thread(cards, request.app[STORE], messages, request.app[TODAY]())
    except Rejected as error:
        yield "error", {"error": {"code": error.code, "message": str(error)}}
        return
    except Exception as error:  # the stream has begun: the apology is an event too
        _log.error("stream.failed", error)
        yield "error", {"error": {"code": "internal", "message": apology(request.app[INSTANCE])}}
        return
    yield "cards", shown
    for message in messages:
        yield "message", message.as_dict()
    yield "done", {"request_id": request_id.get()}
