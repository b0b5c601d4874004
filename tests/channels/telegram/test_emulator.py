"""The emulator itself: it refuses what Telegram refuses, in the words of Telegram, as the library reads them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest

from tests.channels.telegram import schema
from tests.channels.telegram.emulator import TOKEN, BotApi
from tests.channels.telegram.people import Group, Person


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """The library itself, without our adapter."""
    polling = HTTPXRequest(2, read_timeout=60)
    async with Bot(TOKEN, f"{api.url}/bot", get_updates_request=polling) as opened:
        yield opened


def _keyboard(text: str, data: str, buttons: int = 1) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] for _ in range(buttons)])


async def test_updates_are_kept_until_they_are_confirmed(api: BotApi, bot: Bot) -> None:
    person = Person(api, 7)
    first, second, third = (person.writes(text)["update_id"] for text in "abc")

    async def ids(**given: Any) -> list[int]:
        return [update.update_id for update in await bot.get_updates(**given)]

    assert await ids() == [first, second, third]
    assert await ids(limit=2) == [first, second]
    assert await ids(offset=second) == [second, third]
    assert await ids(offset=first) == [second, third]
    assert await ids(offset=-1) == [third]
    assert await ids(offset=third + 1) == [] and await ids() == []


async def test_a_long_poll_ends_with_the_first_update(api: BotApi, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=60))
    await api.until(lambda: bool(api.called("getupdates")))
    Person(api, 7).writes("da")

    assert [update.message.text for update in await polling if update.message] == ["da"]


async def test_the_later_of_two_polls_wins(api: BotApi, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=60))
    await api.until(lambda: len(api.called("getupdates")) == 1)
    assert await bot.get_updates() == ()

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await polling


async def test_a_webhook_and_polling_exclude_each_other(api: BotApi, bot: Bot) -> None:
    await bot.set_webhook("https://example.org/x")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()

    await bot.delete_webhook()
    assert await bot.get_updates() == () and (await bot.get_webhook_info()).url == ""


async def test_unwanted_updates_do_not_come(api: BotApi, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    Person(api, 7).writes("ungefragt")

    assert await bot.get_updates() == ()


@pytest.mark.parametrize(("text", "markup", "words"), [
    (" \n", None, "text is empty"),
    ("x" * 4097, None, "too long"),
    ("\U0001f600" * 2049, None, "too long"),
    ("x", _keyboard(" ", "1"), "Text buttons"),
    ("x", _keyboard("a", "ä" * 33), "Button_data_invalid"),
    ("x", _keyboard("a", "1", 101), "markup is too long"),
    ("x", _keyboard("a" * 500, "1", 30), "markup is too long"),
], ids=lambda value: value if isinstance(value, str) and len(value) > 9 else "")  # fmt: skip
async def test_messages_telegram_does_not_take(
    api: BotApi, bot: Bot, text: str, markup: InlineKeyboardMarkup | None, words: str
) -> None:
    person = Person(api, 7)

    with pytest.raises(BadRequest, match=words):
        await bot.send_message(7, text, reply_markup=markup)
    assert not person.reads()


async def test_the_greatest_messages_telegram_takes(api: BotApi, bot: Bot) -> None:
    Person(api, 7)

    await bot.send_message(7, "\U0001f600" * 2048, reply_markup=_keyboard("a", "ä" * 32, 30))


async def test_refusals_come_as_the_library_knows_them(api: BotApi, bot: Bot) -> None:
    person, group = Person(api, 7), Group(api)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(99, "x")
    person.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(7, "x")
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(group.id, "x")
    person.unblocks()
    api.refuse(429, "Too Many Requests: retry after 5", retry_after=5)
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "x")
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendFax")
    stranger = Bot("1:other", f"{api.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_a_query_is_answered_once(api: BotApi, bot: Bot) -> None:
    person = Person(api, 7)
    await bot.send_message(7, "x", reply_markup=_keyboard("Ja", "1"))
    query = person.presses("Ja")["callback_query"]["id"]

    assert await bot.answer_callback_query(query)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query)


async def test_buttons_are_changed_only_if_they_change(api: BotApi, bot: Bot) -> None:
    Person(api, 7)
    sent = await bot.send_message(7, "x", reply_markup=_keyboard("Ja", "1"))

    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=_keyboard("Ja", "1"))
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_reply_markup(7, 99, reply_markup=_keyboard("Ja", "1"))
    assert await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=_keyboard("Nein", "1"))


async def test_commands_have_a_form(api: BotApi, bot: Bot) -> None:
    assert await bot.set_my_commands([BotCommand("hilfe", "Was ich kann")])
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("löschen", "Löschen")])


def test_the_form_of_everything_is_checked() -> None:
    api = BotApi()
    message = Person(api, 7).writes("x")["message"]

    with pytest.raises(AssertionError, match="has no"):
        schema.parse(Message, {**message, "txt": "x"})
    with pytest.raises(AssertionError, match="has no"):
        schema.parse(Message, {**message, "chat": {**message["chat"], "tilte": "x"}})
    with pytest.raises(TypeError):
        schema.parse(Update, {"message": message})
    with pytest.raises(AssertionError, match="sendmessage has no"):
        api._check_parameters("sendmessage", {"chat_id": 7, "text": "x", "buttons": []})
    with pytest.raises(AssertionError, match="sendmessage needs"):
        api._check_parameters("sendmessage", {"chat_id": 7})
