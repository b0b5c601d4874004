"""A small server that speaks the Bot API of Telegram: what a bot calls, with its limits and refusals.

``people.py`` is the other side: persons and groups that write to the bot.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession, web
from telegram import Message, Update, User, WebhookInfo

from tests.channels.telegram import schema

TOKEN = "4242:emulator-token"
BOT = {"id": 4242, "is_bot": True, "first_name": "Navigator", "username": "navigator_bot",
       "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}  # fmt: skip
NOW = 1_795_000_000
"""The clock stands still, so that everything happens within one second."""
MAX_MARKUP = 10_240
USUAL = ("message", "edited_message", "callback_query", "my_chat_member")
"""Of what Telegram tells a bot that never said what it wants, the part the emulator knows."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Refused(Exception):
    """An answer with ``ok: false``."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def utf16_length(text: str) -> int:
    """Length as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


class BotApi:
    """The server; one bot."""

    def __init__(self) -> None:
        self.now = NOW
        self.url = ""
        self.update_id = 1000
        self.message_id = 0
        self.waiting: list[dict[str, Any]] = []
        """Updates that were not confirmed yet."""
        self.allowed: list[str] = list(USUAL)
        self.hook, self.secret = "", ""
        self.chats: dict[int, dict[str, Any]] = {}
        self.messages: dict[int, dict[int, dict[str, Any]]] = {}
        """What the bot sent: chat, id, message."""
        self.blocked: set[int] = set()
        self.silenced: set[int] = set()
        """Groups in which the bot may not write."""
        self.open_queries: set[str] = set()
        self.answered_queries: list[str] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.commands: list[dict[str, str]] = []
        self.refusals: dict[str, list[Refused]] = {}
        self.broken = 0
        """So many calls get the page of a broken proxy."""
        self._changed = asyncio.Event()
        self._poller: object | None = None

    def app(self) -> web.Application:
        """The server."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        return app

    def add_update(self, **content: Any) -> dict[str, Any]:
        """Something happened that the bot shall hear of."""
        self.update_id += 1
        update = {"update_id": self.update_id, **content}
        schema.parse(Update, update)
        if set(content) & set(self.allowed):
            self.waiting.append(update)
            self._changed.set()
        return update

    def refuse(self, code: int, description: str, method: str = "sendmessage", **parameters: Any) -> None:
        """Refuse the next call of a method."""
        self.refusals.setdefault(method, []).append(Refused(code, description, **parameters))

    async def push(self) -> list[int]:
        """Call the webhook with everything that waits, in order; what is not answered by 2xx waits on."""
        statuses: list[int] = []
        async with ClientSession() as session:
            for update in list(self.waiting):
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
                async with session.post(self.hook, json=update, headers=headers) as response:
                    statuses.append(response.status)
                    if response.ok:
                        self.waiting.remove(update)
        return statuses

    async def until(self, done: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until the bot's calls have made something true; fails after a while."""
        await asyncio.wait_for(self._wait(done), seconds)

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of all calls of a method."""
        return [given for name, given in self.calls if name == method]

    async def _wait(self, done: Callable[[], bool]) -> None:
        while not done():
            self._changed.clear()
            await self._changed.wait()

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        try:
            if self.broken:
                self.broken -= 1
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            answer = getattr(self, f"_{method}", None)
            if answer is None:
                raise Refused(404, "Not Found")
            given = await _parameters(request)
            self._check_parameters(method, given)
            self.calls.append((method, given))
            if self.refusals.get(method):
                raise self.refusals[method].pop(0)
            result = answer(given)
            return web.json_response({"ok": True, "result": await result if asyncio.iscoroutine(result) else result})
        except Refused as error:
            parameters = {"parameters": error.parameters} if error.parameters else {}
            body = {"ok": False, "error_code": error.code, "description": error.description, **parameters}
            return web.json_response(body, status=error.code)
        finally:
            self._changed.set()

    def _check_parameters(self, method: str, given: dict[str, Any]) -> None:
        known, needed = schema.parameters(method)
        assert given.keys() <= known, f"{method} has no {sorted(given.keys() - known)}"
        assert given.keys() >= needed, f"{method} needs {sorted(needed - given.keys())}"

    def _getme(self, given: dict[str, Any]) -> dict[str, Any]:
        schema.parse(User, BOT)
        return BOT

    async def _getupdates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        if self.hook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
                               "delete the webhook first")
        self._poller = poller = object()
        self._changed.set()
        self._allow(given)
        self._confirm(int(given.get("offset", 0)))
        if not self.waiting:
            news = self._wait(lambda: bool(self.waiting) or self._poller is not poller)
            try:
                await asyncio.wait_for(news, int(given.get("timeout", 0)))
            except asyncio.TimeoutError:
                return []
        if self._poller is not poller:
            raise Refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                               "instance is running")
        return self.waiting[: min(int(given.get("limit", 100)), 100)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset:
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]

    def _allow(self, given: dict[str, Any]) -> None:
        """An empty list means all but a few; without one the last list stays."""
        if "allowed_updates" in given:
            self.allowed = given["allowed_updates"] or list(USUAL)

    def _setwebhook(self, given: dict[str, Any]) -> bool:
        secret = given.get("secret_token", "")
        if secret and not _SECRET.fullmatch(secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self._allow(given)
        self.hook, self.secret = given["url"], secret
        return True

    def _deletewebhook(self, given: dict[str, Any]) -> bool:
        self.hook, self.secret = "", ""
        if given.get("drop_pending_updates"):
            self.waiting.clear()
        return True

    def _getwebhookinfo(self, given: dict[str, Any]) -> dict[str, Any]:
        info = {"url": self.hook, "has_custom_certificate": False, "pending_update_count": len(self.waiting),
                "allowed_updates": self.allowed}  # fmt: skip
        schema.parse(WebhookInfo, info)
        return info

    def _setmycommands(self, given: dict[str, Any]) -> bool:
        commands = given["commands"]
        if not 1 <= len(commands) <= 100:
            raise Refused(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands = commands
        return True

    def _sendmessage(self, given: dict[str, Any]) -> dict[str, Any]:
        chat = self._writable(int(given["chat_id"]))
        text = checked_text(str(given["text"]))
        self.message_id += 1
        message = {"message_id": self.message_id, "date": self.now, "chat": chat, "from": _user(BOT), "text": text}
        if "link_preview_options" in given:
            message["link_preview_options"] = given["link_preview_options"]
        if "reply_markup" in given:
            message["reply_markup"] = checked_markup(given["reply_markup"])
        schema.parse(Message, message)
        self.messages.setdefault(chat["id"], {})[self.message_id] = message
        return message

    def _editmessagereplymarkup(self, given: dict[str, Any]) -> dict[str, Any]:
        message = self.messages.get(int(given["chat_id"]), {}).get(int(given["message_id"]))
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        markup = checked_markup(given.get("reply_markup", {"inline_keyboard": []}))
        if message.get("reply_markup") == markup:
            raise Refused(400, "Bad Request: message is not modified: specified new message content and reply markup "
                               "are exactly the same as a current content and reply markup of the message")
        message.update(reply_markup=markup, edit_date=self.now)
        schema.parse(Message, message)
        return message

    def _answercallbackquery(self, given: dict[str, Any]) -> bool:
        if given["callback_query_id"] not in self.open_queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.open_queries.remove(given["callback_query_id"])
        self.answered_queries.append(given["callback_query_id"])
        return True

    def _sendchataction(self, given: dict[str, Any]) -> bool:
        self._writable(int(given["chat_id"]))
        if given["action"] not in ("typing", "upload_document"):
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    def _leavechat(self, given: dict[str, Any]) -> bool:
        chat = self.chats.get(int(given["chat_id"]))
        if chat is None or chat["type"] == "private":
            raise Refused(400, "Bad Request: chat member status can't be changed in private chats")
        self.blocked.add(chat["id"])
        me = _user(BOT)
        self.add_update(my_chat_member={
            "chat": chat, "from": me, "date": self.now, "old_chat_member": {"user": me, "status": "member"},
            "new_chat_member": {"user": me, "status": "left"}})
        return True

    def _writable(self, chat_id: int) -> dict[str, Any]:
        chat = self.chats.get(chat_id)
        if chat is None:
            raise Refused(400, "Bad Request: chat not found")
        if chat_id in self.blocked:
            reason = "blocked by the user" if chat["type"] == "private" else "kicked from the group chat"
            raise Refused(403, f"Forbidden: bot was {reason}")
        if chat_id in self.silenced:
            raise Refused(400, "Bad Request: not enough rights to send text messages to the chat")
        return chat


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Return the parameters, however they were sent; structured ones are JSON inside a form."""
    if request.content_type == "application/json":
        return dict(await request.json())
    form = {**request.query, **await request.post()}
    return {name: _structured(name, str(value)) for name, value in form.items()}


def _structured(name: str, value: str) -> Any:
    if name in ("reply_markup", "allowed_updates", "commands", "link_preview_options"):
        return json.loads(value)
    return {"true": True, "false": False}.get(value, value)


def checked_text(text: str) -> str:
    """Return the text as Telegram shows it, or refuse it."""
    shown = text.strip()
    if not shown:
        raise Refused(400, "Bad Request: message text is empty")
    if utf16_length(shown) > 4096:
        raise Refused(400, "Bad Request: message is too long")
    return shown


def checked_markup(markup: dict[str, Any]) -> dict[str, Any]:
    """Return the buttons, or refuse them."""
    buttons = [button for row in schema.parse_keyboard(markup).inline_keyboard for button in row]
    if len(buttons) > 100 or len(json.dumps(markup)) > MAX_MARKUP:
        raise Refused(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not button.text.strip():
            raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if not 1 <= len(str(button.callback_data or "").encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return markup


def _user(bot: dict[str, Any]) -> dict[str, Any]:
    return {name: bot[name] for name in ("id", "is_bot", "first_name", "username")}
