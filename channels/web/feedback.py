"""``POST /api/feedback``: whether an answer helped."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from aiohttp import web

from bot.errors import NavigatorError
from bot.records.feedback import FeedbackStore
from bot.runtime.gate import Rejected
from channels.web.chat_api import check_session, conversation_id, read_json
from channels.web.keys import ENGINE

FIELDS = frozenset({"session", "request_id", "helpful", "reason"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def routes() -> list[web.RouteDef]:
    """Return the route of the ratings."""
    return [web.post("/api/feedback", rate)]


async def rate(request: web.Request) -> web.Response:
    """Note a rating; whether there is such a conversation."""
    data = read_rating(await read_json(request))
    store = FeedbackStore(request.app[ENGINE])
    try:
        noted = await asyncio.to_thread(
            store.rate, conversation_id(data["session"]), data["request_id"], data["helpful"], data.get("reason"))
    except NavigatorError as error:
        raise Rejected("reason_unknown", str(error)) from None
    return web.json_response({"noted": noted})


def read_rating(body: str) -> dict[str, Any]:
    """Check the form of a rating.

    Raises:
        Rejected: If anything is missing, malformed or unknown.
    """
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or set(data) - FIELDS:
        raise Rejected("invalid_json", f"Die Bewertung kennt nur diese Felder: {', '.join(sorted(FIELDS))}.")
    check_session(data.get("session"))
    request, reason = data.get("request_id"), data.get("reason")
    if not isinstance(request, str) or not _REQUEST_ID.fullmatch(request):
        raise Rejected("request_id_invalid", "In der Bewertung fehlt, welche Antwort gemeint ist („request_id“).")
    if not isinstance(data.get("helpful"), bool) or not isinstance(reason, (str, type(None))):
        raise Rejected("helpful_invalid", "In der Bewertung fehlt, ob die Antwort geholfen hat („helpful“).")
    return data
