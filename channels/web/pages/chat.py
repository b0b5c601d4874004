"""``/chat``: the chat on a page of its own, which works without JavaScript.

Every message is a form. Its reply is the answer to the POST itself: the session stands in a hidden field and in no
address. Each form carries the number of its message and how much was said before it, so that reloading the page shows
the same reply again and sends nothing twice.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from bot.records.conversations import ConversationStore
from bot.runtime.export import stored_text
from bot.runtime.gate import MAX_CHARACTERS, Rejected, visible
from bot.runtime.history import Said, button_title, history
from bot.runtime.messages import BotMessage, Button
from bot.web.csrf import FIELD, TOKENS, read_form
from bot.web.rendering import page
from channels.web.chat_api import ChatRequest, answer, check_session, conversation_id
from channels.web.keys import ENGINE, STORE
from channels.web.widget_config import FIRST_WORDS
from knowledge_base.store import KnowledgeStore

PURPOSE = "chat"
"""What tokens of this page are for."""
_MESSAGE_ID = re.compile(r"(?P<before>\d{1,6})\.[A-Za-z0-9_-]{8,48}", re.ASCII)
_TOO_LATE = "Die Seite war zu lange offen. Bitte senden Sie Ihre Nachricht noch einmal."


@dataclass(frozen=True)
class Shown:
    """What stands on the page."""

    session: str
    said: Sequence[Said] = ()
    new_from: int = 0
    """Number of the first line of ``said`` that is new."""
    question: str = ""
    """What stands in the field already."""
    problem: str = ""
    """Why the last message was not taken."""
    notice: str = ""

    @property
    def message_id(self) -> str:
        """A number for the next message; it says how much was said before."""
        return f"{len(self.said)}.{secrets.token_urlsafe(12)}"

    @property
    def buttons(self) -> list[Button]:
        """The next steps that the last reply offers."""
        said = list(self.said)
        start = max((number for number, each in enumerate(said) if each.by_user), default=-1) + 1
        return [button for each in said[start:] for button in each.message.buttons]


def routes() -> list[web.AbstractRouteDef]:
    """Return the routes of the page."""
    return [web.get("/chat", begin), web.post("/chat", write), web.post("/chat/loeschen", erase),
            web.post("/chat/auskunft", export)]


async def begin(request: web.Request) -> web.Response:
    """Show a new conversation; ``?frage=`` stands in the field, and nothing is sent before a person sends it."""
    return _page(request, Shown(_new_session(), question=request.query.get("frage", "")[:MAX_CHARACTERS]))


async def write(request: web.Request) -> web.Response:
    """Take one message and show the conversation with the reply."""
    fields = await read_form(request)
    session = check_session(fields.get("session"))
    before = await _before(request, session, fields.get("message_id", ""))
    if not request.app[TOKENS].accepts(fields.get(FIELD, ""), PURPOSE):
        return _refused(request, session, before, fields, _TOO_LATE)
    payload = fields.get("payload")
    text = None if payload else fields.get("text", "")
    try:
        reply = await answer(request, ChatRequest(session, text, payload, fields["message_id"]))
    except Rejected as error:
        return _refused(request, session, before, fields, str(error))
    own = BotMessage(button_title([_greeting(request.app), *before], payload) if payload else visible(text or ""))
    said = [*before, Said(True, own), *_without_notice(request.app, reply)]
    return _page(request, Shown(session, said, new_from=len(before)))


async def erase(request: web.Request) -> web.Response:
    """Delete the conversation and begin a new one."""
    fields = await read_form(request)
    session = check_session(fields.get("session"))
    if not request.app[TOKENS].accepts(fields.get(FIELD, ""), PURPOSE):
        return await _too_late(request, session)
    await asyncio.to_thread(ConversationStore(request.app[ENGINE]).erase, conversation_id(session))
    return _page(request, Shown(_new_session(), notice="Ihr Gespräch ist gelöscht, auch bei uns."))


async def export(request: web.Request) -> web.Response:
    """Hand out everything that is stored of the conversation, as a text file."""
    fields = await read_form(request)
    session = check_session(fields.get("session"))
    if not request.app[TOKENS].accepts(fields.get(FIELD, ""), PURPOSE):
        return await _too_late(request, session)
    text = await asyncio.to_thread(stored_text, request.app[ENGINE], conversation_id(session))
    return web.Response(text=text, headers={"Content-Disposition": 'attachment; filename="meine-daten.txt"'})


async def _too_late(request: web.Request, session: str) -> web.Response:
    said = await asyncio.to_thread(history, ConversationStore(request.app[ENGINE]), conversation_id(session))
    return _page(request, Shown(session, said, len(said), problem=_TOO_LATE), HTTPStatus.BAD_REQUEST)


async def _before(request: web.Request, session: str, message_id: str) -> list[Said]:
    """What was said before the message of this number."""
    match = _MESSAGE_ID.fullmatch(message_id)
    if match is None:
        raise Rejected("message_id_invalid", "Diese Seite ist nicht vollständig. Bitte laden Sie sie neu.")
    said = await asyncio.to_thread(history, ConversationStore(request.app[ENGINE]), conversation_id(session))
    return said[: int(match["before"])]


def _refused(request: web.Request, session: str, said: Sequence[Said], fields: dict[str, str],
             problem: str) -> web.Response:
    """Show why a message was not taken; its text stays in the field."""
    shown = Shown(session, said, len(said), fields.get("text", "")[:MAX_CHARACTERS], problem)
    return _page(request, shown, HTTPStatus.BAD_REQUEST)


def _page(request: web.Request, shown: Shown, status: int = HTTPStatus.OK) -> web.Response:
    new = [each.message for each in shown.said[shown.new_from:]]
    return page(request, "chat.html", {
        "shown": shown, "greeting": _greeting(request.app), "purpose": PURPOSE, "longest": MAX_CHARACTERS,
        "pages": _pages(request.app[STORE], new),
    }, status)


def _greeting(app: web.Application) -> Said:
    """What the bot says first: that it is an AI system, and how one may begin."""
    words = app[FIRST_WORDS]
    return Said(False, BotMessage(words.greeting, tuple(Button(**button) for button in words.buttons)))


def _without_notice(app: web.Application, reply: Sequence[BotMessage]) -> list[Said]:
    """Leave out what the greeting has said already."""
    notice = app[FIRST_WORDS].notice
    return [Said(False, message) for message in reply if message.text != notice or len(reply) == 1]


def _pages(store: KnowledgeStore, messages: Sequence[BotMessage]) -> dict[str, str]:
    """Addresses and names of the programmes and contacts that messages are about."""
    found: dict[str, str] = {}
    for message in messages:
        for entry in message.answer.get("programmes", ()):
            record = store.programme(entry["id"])
            found.update({f"/foerderung/{entry['id']}": record.name} if record else {})
        for entry in message.answer.get("contacts", ()):
            contact = store.contact(entry["id"])
            found.update({f"/anlaufstellen/{entry['id']}": contact.name} if contact else {})
    return found


def _new_session() -> str:
    return secrets.token_urlsafe(24)
