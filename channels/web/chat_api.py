"""``POST /api/chat``: one message in, the reply out (see ``openapi.yml``)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.log import request_id
from bot.runtime.gate import Rejected
from bot.runtime.messages import BotMessage
from channels.web.keys import RUNTIME

CHANNEL = "web"
FIELDS = frozenset({"session", "text", "payload", "message_id"})
_SESSION = re.compile(r"[A-Za-z0-9_-]{8,64}")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


@dataclass(frozen=True)
class ChatRequest:
    """A well-formed request."""

    session: str
    text: str | None
    payload: str | None
    message_id: str | None


def routes() -> list[web.RouteDef]:
    """Return the routes of the chat."""
    return [web.post("/api/chat", chat)]


async def chat(request: web.Request) -> web.Response:
    """Answer one message."""
    messages = await answer(request, await read_asked(request))
    return web.json_response({"request_id": request_id.get(), "messages": [each.as_dict() for each in messages]})


async def answer(request: web.Request, asked: ChatRequest) -> list[BotMessage]:
    """Let the bot answer.

    Raises:
        Rejected: If the message cannot be accepted as it is.
    """
    return await request.app[RUNTIME].handle(
        conversation_id(asked.session), text=asked.text, payload=asked.payload, message_id=asked.message_id,
        channel=CHANNEL)


async def read_asked(request: web.Request) -> ChatRequest:
    """Read the body of a request.

    Raises:
        Rejected: If it is not as it should be.
    """
    return read_request(await read_json(request))


async def read_json(request: web.Request) -> str:
    """Return the body of a JSON request as text.

    Raises:
        Rejected: If it is not text.
    """
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        return await request.text()
    except (UnicodeDecodeError, LookupError):
        raise Rejected("invalid_json", "Die Anfrage ist kein gültiges JSON in UTF-8.") from None


def conversation_id(session: str) -> str:
    """Return the id of the conversation that a browser knows by its session."""
    return f"{CHANNEL}:{session}"


def read_request(body: str) -> ChatRequest:
    """Check the form of a request.

    Raises:
        Rejected: If anything is missing, malformed or unknown.
    """
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Rejected("invalid_json", "Die Anfrage ist kein gültiges JSON in UTF-8.") from None
    if not isinstance(data, dict):
        raise Rejected("invalid_json", "Die Anfrage muss ein JSON-Objekt sein.")
    unknown = set(data) - FIELDS
    if unknown:
        raise Rejected("unknown_field", f"Die Anfrage kennt nur diese Felder: {', '.join(sorted(FIELDS))}.")
    if "session" not in data:
        raise Rejected("session_missing", "In der Anfrage fehlt die Sitzung („session“).")
    session, message_id = check_session(data["session"]), data.get("message_id")
    if message_id is not None and not (isinstance(message_id, str) and _MESSAGE_ID.fullmatch(message_id)):
        raise Rejected("message_id_invalid", "Die Nachrichtennummer besteht aus 1 bis 64 Buchstaben oder Ziffern.")
    return ChatRequest(session, _optional_text(data, "text"), _optional_text(data, "payload"), message_id)


def check_session(session: object) -> str:
    """Return the session a client named.

    Raises:
        Rejected: If it is malformed. A missing session is never replaced by a common one.
    """
    if not isinstance(session, str) or not _SESSION.fullmatch(session):
        raise Rejected("session_invalid", "Die Sitzung besteht aus 8 bis 64 Buchstaben, Ziffern, „-“ oder „_“.")
    return session


def _optional_text(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise Rejected(f"{name}_invalid", f"Das Feld „{name}“ muss ein Text sein.")
    return value
