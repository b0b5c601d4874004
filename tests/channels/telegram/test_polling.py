"""Long polling: everything once, nothing lost, whatever goes wrong between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientSession

from channels.messenger.contract import NotStored
from channels.telegram.adapter import LONGEST_PAUSE, TelegramAdapter
from tests.channels.telegram.conftest import Inbox, stop
from tests.channels.telegram.emulator import TOKEN, BotApi
from tests.channels.telegram.people import Person

Adapters = Callable[..., TelegramAdapter]


async def test_what_people_write_arrives_in_order(api: BotApi, running: Inbox) -> None:
    person, other = Person(api, 7), Person(api, 8)
    person.writes("eins")
    other.writes("zwei")
    await api.until(lambda: len(running.items) == 2)
    person.writes("drei")
    await api.until(lambda: not api.waiting and len(running.items) == 3)

    assert running.texts() == ["eins", "zwei", "drei"]
    assert [item.address for item in running.items] == ["7", "8", "7"]


async def test_commands_are_set_and_what_we_read_is_asked_for(
    api: BotApi, adapter: TelegramAdapter, inbox: Inbox
) -> None:
    api.allowed = ["message"]  # left over from an earlier program
    task = asyncio.create_task(adapter.run(inbox.receive))
    await api.until(lambda: bool(api.called("getupdates")))
    await stop(task)

    assert [command["command"] for command in api.commands][:2] == ["start", "hilfe"]
    assert sorted(api.allowed) == ["callback_query", "edited_message", "message", "my_chat_member"]


async def test_a_restart_answers_nothing_old_again(api: BotApi, new_adapter: Adapters) -> None:
    person, first, second = Person(api, 7), Inbox(), Inbox()
    task = asyncio.create_task(new_adapter().run(first.receive))
    person.writes("alt")
    await api.until(lambda: bool(first.items) and not api.waiting)
    await stop(task)

    person.writes("neu")
    task = asyncio.create_task(new_adapter().run(second.receive))
    await api.until(lambda: bool(second.items))
    await stop(task)

    assert first.texts() == ["alt"] and second.texts() == ["neu"]


async def test_what_was_not_stored_comes_again(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    Person(api, 7).writes("wichtig")
    inbox.error = NotStored()
    task = asyncio.create_task(adapter.run(inbox.receive))
    await api.until(lambda: inbox.tries >= 3)
    inbox.error = None
    await api.until(lambda: not api.waiting)
    await stop(task)

    assert inbox.texts() == ["wichtig"]


async def test_a_crash_after_storing_repeats_the_same_id(api: BotApi, new_adapter: Adapters) -> None:
    Person(api, 7).writes("einmal")
    seen: list[str] = []

    async def store_and_die(items: Any) -> None:
        seen.extend(item.external_id for item in items)
        raise asyncio.CancelledError

    for _ in range(2):
        with pytest.raises(asyncio.CancelledError):
            await new_adapter().run(store_and_die)

    assert len(seen) == 2 and seen[0] == seen[1]


async def test_an_update_nobody_can_read_holds_up_nothing(api: BotApi, running: Inbox) -> None:
    api.waiting.append({"update_id": 900, "message": {"text": "ohne Chat"}})
    Person(api, 7).writes("danach")
    await api.until(lambda: not api.waiting)

    assert running.texts() == ["danach"]


async def test_a_webhook_left_over_is_removed_and_nothing_that_waits_is_dropped(
    api: BotApi, adapter: TelegramAdapter, inbox: Inbox
) -> None:
    api.hook = "https://alt.example.org/"
    Person(api, 7).writes("schon da")
    task = asyncio.create_task(adapter.run(inbox.receive))
    await api.until(lambda: bool(inbox.items))
    await stop(task)

    assert api.hook == "" and inbox.texts() == ["schon da"]


async def test_another_process_that_polls_is_survived(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    person = Person(api, 7)
    task = asyncio.create_task(adapter.run(inbox.receive))
    await api.until(lambda: bool(api.called("getupdates")))
    async with ClientSession() as session, session.get(f"{api.url}/bot{TOKEN}/getUpdates") as response:
        assert (await response.json())["result"] == []
    await api.until(lambda: len(api.called("getupdates")) >= 3)
    person.writes("noch da")
    await api.until(lambda: bool(inbox.items))
    await stop(task)

    assert inbox.texts() == ["noch da"]
    assert adapter.pauses == [2.0]  # type: ignore[attr-defined]


async def test_while_telegram_is_away_the_pauses_grow(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    Person(api, 7).writes("endlich")
    api.broken = 12
    task = asyncio.create_task(adapter.run(inbox.receive))
    await api.until(lambda: bool(inbox.items))
    await stop(task)

    pauses: list[float] = adapter.pauses  # type: ignore[attr-defined]
    assert pauses[:4] == [2.0, 4.0, 8.0, 16.0] and max(pauses) == LONGEST_PAUSE and len(pauses) == 12


async def test_after_success_the_pauses_begin_anew(api: BotApi, adapter: TelegramAdapter, inbox: Inbox) -> None:
    person = Person(api, 7)
    api.broken = 3
    task = asyncio.create_task(adapter.run(inbox.receive))
    person.writes("eins")
    await api.until(lambda: bool(inbox.items))
    api.refuse(502, "Bad Gateway", "getupdates")
    person.writes("zwei")
    await api.until(lambda: len(inbox.items) == 2 and not api.waiting and not api.refusals["getupdates"])
    await stop(task)

    assert adapter.pauses == [2.0, 4.0, 8.0, 2.0]  # type: ignore[attr-defined]


async def test_while_fetching_the_wait_telegram_wants_is_kept(
    api: BotApi, adapter: TelegramAdapter, inbox: Inbox
) -> None:
    Person(api, 7).writes("eins")
    api.refuse(429, "Too Many Requests: retry after 41", "getupdates", retry_after=41)
    task = asyncio.create_task(adapter.run(inbox.receive))
    await api.until(lambda: bool(inbox.items))
    await stop(task)

    assert adapter.pauses == [41.0]  # type: ignore[attr-defined]


async def test_a_press_is_answered_and_stays_readable(api: BotApi, adapter: TelegramAdapter, running: Inbox) -> None:
    from tests.channels.telegram.test_delivery import HELLO

    person = Person(api, 7)
    await adapter.deliver("7", HELLO, "k")
    person.presses("Hilfe")
    await api.until(lambda: person.buttons() == ["✓ Hilfe"])
    person.presses("✓ Hilfe")
    await api.until(lambda: len(running.items) == 2 and len(api.answered_queries) == 2)

    assert [item.token for item in running.items] == ["h" * 22] * 2
    assert len(api.called("editmessagereplymarkup")) == 1


async def test_a_press_of_long_ago_is_stored_though_it_can_no_longer_be_answered(
    api: BotApi, adapter: TelegramAdapter, running: Inbox
) -> None:
    person = Person(api, 7)
    person.presses_token("t" * 22, {"message_id": 5, "date": 0, "chat": person.chat})
    api.open_queries.clear()
    person.writes("danach")
    await api.until(lambda: len(running.items) == 2)

    assert running.kinds() == ["choice", "text"]
