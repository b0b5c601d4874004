"""Telegram: updates come by webhook or long polling, answers go out by the Bot API."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import sqlalchemy as sa
from aiohttp import web
from telegram import Bot, BotCommand, CallbackQuery, LinkPreviewOptions, Message
from telegram.constants import ChatAction
from telegram.error import RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.errors import NavigatorError
from bot.instance import ChannelName
from bot.log import get_logger
from bot.settings import Settings
from channels.messenger.contract import Outgoing, Receive, Undeliverable
from channels.telegram import updates
from channels.telegram.failures import plainly, seconds_of
from channels.telegram.keyboard import keyboard, mark_chosen
from channels.telegram.limits import LIMITS
from channels.telegram.webhook import PATH, webhook

POLL_SECONDS = 50
"""So long Telegram holds a request open until something comes in."""
CALL_SECONDS = 15.0
"""Time limit of any other call."""
COURTESY_SECONDS = 3.0
"""So long we wait for what is only a courtesy."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 300.0
"""Seconds before Telegram is tried again; doubled each time."""
COMMANDS = (
    BotCommand("start", "Von vorn beginnen"),
    BotCommand("hilfe", "Was ich für Sie tun kann"),
    BotCommand("mensch", "Mit einem Menschen sprechen"),
    BotCommand("datenschutz", "Was mit Ihren Daten geschieht"),
    BotCommand("auskunft", "Was von Ihnen gespeichert ist"),
    BotCommand("loeschen", "Dieses Gespräch löschen"),
)
"""What Telegram offers behind „/“."""
_GET_UPDATES = "getupdates"
"""Telegram does not mind the spelling; by this one the library hands the updates over unread, so that one it cannot
read does not hold up the others."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = get_logger(__name__)


def create(settings: Settings, engine: sa.Engine) -> TelegramAdapter:
    """Build the adapter. It keeps nothing itself: Telegram keeps what was not fetched, the inbox knows the rest.

    Raises:
        NavigatorError: If the token is missing.
    """
    if not settings.telegram_token:
        raise NavigatorError("Telegram ist eingeschaltet, aber es fehlt NAVIGATOR_TELEGRAM_TOKEN – setzen Sie die "
                             "Angaben wie in docs/betrieb/telegram.md oder nehmen Sie „telegram“ in instance.yml "
                             "aus „channels“.")
    hook = settings.public_url + PATH if settings.public_url and settings.telegram_webhook_secret else None
    return TelegramAdapter(settings.telegram_token, settings.telegram_api_url, hook, settings.telegram_webhook_secret)


class TelegramAdapter:
    """One bot of Telegram (see ``channels.messenger.contract.Adapter``)."""

    name = ChannelName.TELEGRAM.value
    limits = LIMITS

    def __init__(
        self,
        token: str,
        api_url: str,
        hook: str | None,
        secret: str,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take what ``create`` read from the settings.

        Args:
            token: Of the bot; begins with its id.
            api_url: Server of the Bot API.
            hook: Our address as Telegram shall call it; ``None``: we poll.
            secret: What Telegram sends along then.
            sleep: Waits between two attempts to reach Telegram.
        """
        self._id = token.split(":")[0]
        self._hook, self._secret, self._sleep = hook, secret, sleep
        self._request = HTTPXRequest(32, CALL_SECONDS, CALL_SECONDS, CALL_SECONDS, CALL_SECONDS)
        self._bot = Bot(token, f"{api_url}/bot", f"{api_url}/file/bot", self._request, self._request)
        self._pause = FIRST_PAUSE
        self._asides: set[asyncio.Task[None]] = set()

    def routes(self, receive: Receive) -> Sequence[web.RouteDef]:
        """Return the webhook, if Telegram shall call us."""
        return [webhook(self._secret, lambda raw: self._take(raw, receive))] if self._hook else []

    async def run(self, receive: Receive) -> None:
        """Tell Telegram how to reach us, then poll if it does not call. Whatever fails is tried again."""
        while True:
            try:
                await self._introduce()
                if self._hook:
                    return
                await self._poll(receive)
            except Exception as error:  # no network, wrong token, another process polls, database locked
                _log.error("telegram.failed", error)
                await self._sleep(seconds_of(error) if isinstance(error, RetryAfter) else self._pause)
                self._pause = min(2 * self._pause, LONGEST_PAUSE)

    async def deliver(self, address: str, message: Outgoing, key: str) -> None:
        """Send one message. Telegram knows no idempotency keys; a group is left after what we have to say."""
        chat = updates.chat_of(address)
        try:
            with plainly():
                await self._bot.send_message(
                    chat, message.text, link_preview_options=_NO_PREVIEW, reply_markup=keyboard(message.options))
        except Undeliverable:
            await self._leave(chat)
            raise
        await self._leave(chat)

    async def typing(self, address: str, on: bool) -> None:
        """Show „schreibt …“; Telegram takes it away by itself."""
        if on:
            await _try(self._bot.send_chat_action(updates.chat_of(address), ChatAction.TYPING))

    async def close(self) -> None:
        """Close all connections."""
        for task in self._asides:
            task.cancel()
        await asyncio.gather(*self._asides, return_exceptions=True)
        await self._request.shutdown()

    async def _leave(self, chat: int) -> None:
        """Leave a group, which has a negative id; with a person we stay."""
        if chat < 0:
            await _try(self._bot.leave_chat(chat))

    async def _introduce(self) -> None:
        """Set the commands and the way updates come; nothing that waits at Telegram is dropped."""
        await self._bot.set_my_commands(COMMANDS)
        if self._hook:
            await self._bot.set_webhook(self._hook, allowed_updates=updates.ALLOWED, secret_token=self._secret)
        else:
            await self._bot.delete_webhook()

    async def _poll(self, receive: Receive) -> None:
        """Fetch for ever. Asking for what comes next tells Telegram that the rest was stored."""
        following: dict[str, Any] = {}
        while True:
            wanted = {**following, "timeout": POLL_SECONDS, "allowed_updates": updates.ALLOWED}
            raw = await self._bot.do_api_request(_GET_UPDATES, wanted, read_timeout=POLL_SECONDS + CALL_SECONDS)
            self._pause = FIRST_PAUSE
            if raw:
                await self._take(raw, receive)
                following = {"offset": raw[-1]["update_id"] + 1}

    async def _take(self, raw: list[Any], receive: Receive) -> None:
        """Store what came in, then answer presses of buttons, so that they stop blinking."""
        now = dt.datetime.now(dt.timezone.utc)
        known = [update for update in map(updates.parse, raw) if update]
        read = [updates.read(update, self._id, now) for update in known]
        if any(read):
            await receive(updates.in_order([item for item in read if item]))
        for update in known:
            if update.callback_query:
                task = asyncio.create_task(self._answer_press(update.callback_query))
                self._asides.add(task)
                task.add_done_callback(self._asides.discard)

    async def _answer_press(self, query: CallbackQuery) -> None:
        await _try(self._bot.answer_callback_query(query.id))
        message = query.message
        if not isinstance(message, Message) or message.reply_markup is None or query.data is None:
            return
        marked = mark_chosen(message.reply_markup, query.data)
        if marked:
            await _try(self._bot.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=marked))


async def _try(call: Coroutine[Any, Any, object]) -> None:
    """Do something that is only a courtesy."""
    try:
        await asyncio.wait_for(call, COURTESY_SECONDS)
    except (TelegramError, asyncio.TimeoutError) as error:
        _log.info("telegram.courtesy_failed", reason=type(error).__name__)
