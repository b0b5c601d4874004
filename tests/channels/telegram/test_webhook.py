"""The webhook: nobody but Telegram, everything once, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession, web

from bot.errors import NavigatorError
from bot.settings import load_settings
from channels.messenger.contract import NotStored
from channels.telegram.adapter import TelegramAdapter, create
from channels.telegram.webhook import HEADER, PATH
from tests.channels.telegram.conftest import SECRET, Inbox
from tests.channels.telegram.emulator import TOKEN, BotApi
from tests.channels.telegram.people import Person
from tests.channels.telegram.test_delivery import HELLO

UPDATE = {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "KI"}}


@pytest.fixture
async def adapter(
    api: BotApi, inbox: Inbox, new_adapter: Callable[..., TelegramAdapter], aiohttp_server: Any
) -> TelegramAdapter:
    """One whose webhook is served and known to the emulator."""
    app = web.Application(client_max_size=64 * 1024)
    made = new_adapter(hook="http://example.invalid" + PATH)
    app.add_routes(made.routes(inbox.receive))
    server = await aiohttp_server(app)
    api.allowed = ["message"]  # left over from an earlier program
    await made.run(inbox.receive)
    assert sorted(api.allowed) == ["callback_query", "edited_message", "message", "my_chat_member"]
    assert (api.hook, api.secret) == ("http://example.invalid" + PATH, SECRET)
    api.hook = str(server.make_url(PATH))
    return made


async def _post(api: BotApi, body: bytes, headers: dict[str, str]) -> int:
    async with ClientSession() as session, session.post(api.hook, data=body, headers=headers) as response:
        return response.status


async def test_what_people_write_arrives(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    Person(api, 7).writes("eins")
    Person(api, 8).writes("zwei")

    assert await api.push() == [200, 200]
    assert inbox.texts() == ["eins", "zwei"] and not api.waiting


@pytest.mark.parametrize(("headers", "status"), [
    ({}, 401), ({HEADER: ""}, 403), ({HEADER: "falsch"}, 403), ({HEADER: SECRET + "x"}, 403),
    ({HEADER: SECRET[:-1]}, 403), ({HEADER: "ü"}, 403), ({"Authorization": SECRET}, 401),
])  # fmt: skip
async def test_without_the_secret_nothing_is_stored(
    api: BotApi, adapter: TelegramAdapter, inbox: Inbox, headers: dict[str, str], status: int
) -> None:
    assert await _post(api, json.dumps(UPDATE).encode(), headers) == status
    assert inbox.tries == 0
    assert await _post(api, json.dumps(UPDATE).encode(), {HEADER: SECRET}) == 200
    assert inbox.texts() == ["KI"]


async def test_what_was_not_stored_comes_again(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    Person(api, 7).writes("wichtig")
    inbox.error = NotStored()

    assert await api.push() == [503] and len(api.waiting) == 1
    inbox.error = None
    assert await api.push() == [200] and inbox.texts() == ["wichtig"]


async def test_a_repeated_call_has_the_same_id(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    for _ in range(2):
        assert await _post(api, json.dumps(UPDATE).encode(), {HEADER: SECRET}) == 200

    assert inbox.tries == 2 and inbox.texts() == ["KI"]


@pytest.mark.parametrize("body", [b"", b"kein JSON", b"\xff\xfe"])
async def test_what_is_no_json_is_refused(api: BotApi, adapter: TelegramAdapter, inbox: Inbox, body: bytes) -> None:
    assert await _post(api, body, {HEADER: SECRET}) == 400
    assert inbox.tries == 0


@pytest.mark.parametrize("body", [b"5", b"[]", b"null", b'{"update_id": 3}', b'{"update_id": 3, "message": {}}'])
async def test_what_nobody_can_read_is_not_sent_again(
    api: BotApi, adapter: TelegramAdapter, inbox: Inbox, body: bytes
) -> None:
    assert await _post(api, body, {HEADER: SECRET}) == 200
    assert inbox.items == []


async def test_an_answer_to_a_very_long_message_fits_in(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    person = Person(api, 7)
    person.writes("\U0001f600" * 2048, reply_to_message=person._message(text="\U0001f600" * 2048, **_many_marks()))
    assert len(json.dumps(api.waiting[0])) > 64 * 1024

    assert await api.push() == [200]
    assert len(inbox.items) == 1


def _many_marks() -> dict[str, Any]:
    return {"entities": [{"type": "bold", "offset": place, "length": 1} for place in range(600)]}


async def test_a_press_is_answered_and_marked(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    person = Person(api, 7)
    await adapter.deliver("7", HELLO, "k")
    person.presses("Hilfe")

    assert await api.push() == [200]
    await api.until(lambda: person.buttons() == ["✓ Hilfe"])
    assert inbox.kinds() == ["choice"] and len(api.answered_queries) == 1


def test_who_polls_has_no_webhook(new_adapter: Callable[..., TelegramAdapter], inbox: Inbox) -> None:
    assert new_adapter().routes(inbox.receive) == []


@pytest.mark.parametrize(("given", "hook"), [
    ({}, None),
    ({"NAVIGATOR_TELEGRAM_WEBHOOK_SECRET": SECRET}, None),
    ({"NAVIGATOR_PUBLIC_URL": "https://n.example.org"}, None),
    ({"NAVIGATOR_TELEGRAM_WEBHOOK_SECRET": SECRET, "NAVIGATOR_PUBLIC_URL": "https://n.example.org"},
     "https://n.example.org" + PATH),
])  # fmt: skip
async def test_the_webhook_needs_secret_and_address(api: BotApi, given: dict[str, str], hook: str | None) -> None:
    settings = load_settings({**given, "NAVIGATOR_TELEGRAM_TOKEN": TOKEN, "NAVIGATOR_TELEGRAM_API_URL": api.url})
    made = create(settings, sa.create_engine("sqlite://"))
    inbox = Inbox()

    assert len(made.routes(inbox.receive)) == (1 if hook else 0)
    if hook:
        await made.run(inbox.receive)
        assert api.hook == hook
    await made.close()


def test_without_a_token_it_says_what_to_set() -> None:
    with pytest.raises(NavigatorError, match="NAVIGATOR_TELEGRAM_TOKEN"):
        create(load_settings({}), sa.create_engine("sqlite://"))
