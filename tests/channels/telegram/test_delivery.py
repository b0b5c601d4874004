"""What goes out: whole, with buttons, without previews; refusals are told apart."""

from __future__ import annotations

import pytest

from channels.messenger.contract import Option, Outgoing, RetryLater, Undeliverable
from channels.telegram.adapter import COMMANDS, TelegramAdapter
from tests.channels.telegram.emulator import BotApi, utf16_length
from tests.channels.telegram.people import Group, Person

HELLO = Outgoing("Guten Tag! <b>*_Zuschuss_*</b> & mehr: https://www.example.org/", (Option(1, "Hilfe", "h" * 22),))


async def test_text_and_buttons_arrive_as_they_are(api: BotApi, adapter: TelegramAdapter) -> None:
    person = Person(api, 7)

    await adapter.deliver("7", HELLO, "k")

    assert person.reads() == [HELLO.text] and person.buttons() == ["Hilfe"]
    sent = api.called("sendmessage")[0]
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in sent


async def test_a_message_of_the_greatest_length_arrives(api: BotApi, adapter: TelegramAdapter) -> None:
    person = Person(api, 7)

    await adapter.deliver("7", Outgoing("\U0001f600" * adapter.limits.text), "k")

    assert utf16_length(person.reads()[0]) == 4096


async def test_nobody_else_gets_it(api: BotApi, adapter: TelegramAdapter) -> None:
    person, other = Person(api, 7), Person(api, 8)

    await adapter.deliver("7", HELLO, "k")

    assert person.reads() and not other.reads()


async def test_telegram_says_how_long_to_wait(api: BotApi, adapter: TelegramAdapter) -> None:
    person = Person(api, 7)
    api.refuse(429, "Too Many Requests: retry after 35", retry_after=35)

    with pytest.raises(RetryLater) as caught:
        await adapter.deliver("7", HELLO, "k")
    await adapter.deliver("7", HELLO, "k")

    assert caught.value.seconds == 35 and len(person.reads()) == 1


@pytest.mark.parametrize("code", [500, 502, 503])
async def test_trouble_at_telegram_passes(api: BotApi, adapter: TelegramAdapter, code: int) -> None:
    Person(api, 7)
    api.refuse(code, "Internal Server Error")

    with pytest.raises(RetryLater) as caught:
        await adapter.deliver("7", HELLO, "k")

    assert caught.value.seconds is None


async def test_a_broken_proxy_passes(api: BotApi, adapter: TelegramAdapter) -> None:
    Person(api, 7)
    api.broken = 1

    with pytest.raises(RetryLater):
        await adapter.deliver("7", HELLO, "k")


async def test_no_connection_passes(api: BotApi) -> None:
    lonely = TelegramAdapter("1:x", "http://127.0.0.1:9", None, "")

    with pytest.raises(RetryLater):
        await lonely.deliver("7", HELLO, "k")
    await lonely.typing("7", True)
    await lonely.close()


async def test_a_wrong_token_may_be_put_right(api: BotApi, new_adapter: type[TelegramAdapter]) -> None:
    Person(api, 7)

    with pytest.raises(RetryLater):
        await new_adapter(token="4242:other").deliver("7", HELLO, "k")  # type: ignore[call-arg]


async def test_who_blocked_us_gets_nothing_more(api: BotApi, adapter: TelegramAdapter) -> None:
    person = Person(api, 7)
    person.blocks()

    with pytest.raises(Undeliverable):
        await adapter.deliver("7", HELLO, "k")
    with pytest.raises(Undeliverable):
        await adapter.deliver("99", HELLO, "k")
    assert not person.reads() and not api.called("leavechat")


async def test_a_group_is_left_after_our_words(api: BotApi, adapter: TelegramAdapter) -> None:
    group = Group(api)

    await adapter.deliver(f"{group.id}/1001", Outgoing("Ich antworte nur im Einzelgespräch."), "k")

    assert group.reads() == ["Ich antworte nur im Einzelgespräch."]
    assert [int(call["chat_id"]) for call in api.called("leavechat")] == [group.id]


async def test_a_group_where_we_may_not_write_is_left_too(api: BotApi, adapter: TelegramAdapter) -> None:
    group = Group(api)
    api.silenced.add(group.id)

    with pytest.raises(Undeliverable):
        await adapter.deliver(str(group.id), HELLO, "k")

    assert len(api.called("leavechat")) == 1


async def test_a_group_that_must_wait_is_not_left_yet(api: BotApi, adapter: TelegramAdapter) -> None:
    group = Group(api)
    api.refuse(429, "Too Many Requests: retry after 3", retry_after=3)

    with pytest.raises(RetryLater):
        await adapter.deliver(str(group.id), HELLO, "k")

    assert not api.called("leavechat")


async def test_typing_shows_and_never_fails(api: BotApi, adapter: TelegramAdapter) -> None:
    Person(api, 7)

    await adapter.typing("7", True)
    await adapter.typing("7", False)
    await adapter.typing("99", True)

    assert [call["action"] for call in api.called("sendchataction")] == ["typing", "typing"]


def test_commands_are_those_of_all_messengers() -> None:
    assert {command.command for command in COMMANDS} == {
        "start", "hilfe", "datenschutz", "loeschen", "mensch", "auskunft"}
