"""Whole conversations over a real server with a real second client, through the post office."""

from __future__ import annotations

from typing import Any

import nio
import pytest

from channels.matrix import keys, sync
from channels.matrix.intake import CANNOT_READ
from channels.matrix.rooms import REFUSAL
from tests.channels.matrix.bot import Bot
from tests.channels.matrix.citizen import Citizen
from tests.channels.matrix.conftest import MakeCitizen
from tests.channels.matrix.synapse import Account, Synapse

BOTH = pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
CHOSEN = "Sie sagten: /mensch_sprechen"


def _said(event: Any) -> str:
    return str(event.body).split("\n")[0]


async def _greeted(citizen: Citizen, account: Account, encrypted: bool = False) -> str:
    """Open a conversation and let the bot say its greeting."""
    room = await citizen.meet(account.user_id, encrypted=encrypted)
    notice, _ = await citizen.messages(2)
    assert "KI-System" in notice.body
    return room


def _rooms(server: Synapse, account: Account) -> list[str]:
    return list(server.call("GET", "/_matrix/client/v3/joined_rooms", token=account.token)["joined_rooms"])


@BOTH
async def test_a_question_is_answered_and_an_option_chosen_by_digit_word_or_reaction(
    bot: Bot, account: Account, citizen: Citizen, encrypted: bool
) -> None:
    room = await _greeted(citizen, account, encrypted)

    question = await citizen.say(room, "Gibt es Zuschüsse?")
    reply = await citizen.reply()

    assert _said(reply) == "Sie sagten: Gibt es Zuschüsse?" and reply.decrypted is encrypted
    assert "1 – Mit einem Menschen sprechen" in reply.body and "<p>" in reply.formatted_body
    for choice in ("1", "Mit einem Menschen sprechen"):
        await citizen.say(room, choice)
        assert _said(await citizen.reply()) == CHOSEN
    await citizen.react(room, question, "1️⃣")  # under words of one's own: means nothing
    await citizen.react(room, reply.event_id, "👍")
    await citizen.react(room, reply.event_id, "1️⃣")
    assert _said(await citizen.reply()) == CHOSEN
    assert not citizen.unheard()


@BOTH
async def test_after_a_restart_nothing_is_answered_again_and_nothing_is_left_out(
    bot: Bot, account: Account, citizen: Citizen, encrypted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "AT_ONCE", 2)
    room = await _greeted(citizen, account, encrypted)
    await citizen.say(room, "vorher")
    assert _said(await citizen.reply()) == "Sie sagten: vorher"

    await bot.kill()
    away = [f"währenddessen {number}" for number in range(5)]
    for text in away:
        await citizen.say(room, text)
    await bot.start()

    assert [_said(event) for event in await citizen.messages(len(away))] == [f"Sie sagten: {text}" for text in away]
    await citizen.say(room, "danach")
    assert _said(await citizen.reply()) == "Sie sagten: danach"


async def test_what_is_no_plain_message_gets_a_friendly_word_or_nothing(
    bot: Bot, account: Account, citizen: Citizen
) -> None:
    room = await _greeted(citizen, account)

    notice = await citizen.send(room, {"msgtype": "m.notice", "body": "von einem anderen Bot"})
    await citizen.client.room_redact(room, await citizen.send(room, {"msgtype": "m.notice", "body": "weg"}))
    await citizen.send(room, {"msgtype": "m.audio", "body": "Sprachnachricht", "url": "mxc://localhost/a"})
    unreadable = await citizen.reply()
    await citizen.say(room, "* neu", **{"m.new_content": {"msgtype": "m.text", "body": "neu"},
                                        "m.relates_to": {"rel_type": "m.replace", "event_id": notice}})
    edited = await citizen.reply()

    assert "Sie sagten" not in unreadable.body + edited.body
    assert unreadable.body != edited.body


async def test_groups_are_declined_with_one_sentence(
    bot: Bot, server: Synapse, account: Account, citizen: Citizen, make_citizen: MakeCitizen
) -> None:
    friend = await make_citizen()
    room = await citizen.client.room_create(invite=[account.user_id, friend.client.user_id])

    assert (await citizen.reply()).body == REFUSAL
    left = [event for _, event in citizen.heard if isinstance(event, nio.RoomMemberEvent)]
    await citizen.until(lambda: account.user_id not in citizen.client.rooms[room.room_id].users)
    assert left and not _rooms(server, account)


async def test_a_conversation_that_becomes_a_group_is_left(
    bot: Bot, server: Synapse, account: Account, citizen: Citizen, make_citizen: MakeCitizen
) -> None:
    friend = await make_citizen()
    room = await _greeted(citizen, account)

    await citizen.client.room_invite(room, friend.client.user_id)

    assert (await citizen.reply()).body == REFUSAL
    await citizen.until(lambda: account.user_id not in citizen.client.rooms[room].users)
    assert not _rooms(server, account)


async def test_public_rooms_are_not_entered(bot: Bot, server: Synapse, account: Account, citizen: Citizen) -> None:
    name = citizen.client.user_id.split(":")[0].lstrip("@")
    room = await citizen.client.room_create(nio.RoomVisibility.public, alias=name, invite=[account.user_id])

    def reasons() -> list[str]:
        events = [event for _, event in citizen.heard if isinstance(event, nio.RoomMemberEvent)]
        return [event.content.get("reason", "") for event in events if event.membership == "leave"]

    await citizen.until(reasons)
    assert reasons() == [REFUSAL] and room.room_id not in _rooms(server, account)


async def test_whoever_leaves_is_not_followed(bot: Bot, server: Synapse, account: Account, citizen: Citizen) -> None:
    room = await _greeted(citizen, account)
    other = await _greeted_again(citizen, account)

    await citizen.client.room_leave(room)
    await citizen.say(other, "noch da")

    assert _said(await citizen.reply()) == "Sie sagten: noch da"
    assert _rooms(server, account) == [other]


async def _greeted_again(citizen: Citizen, account: Account) -> str:
    room = await citizen.meet(account.user_id)
    await citizen.messages(2)
    return room


async def test_what_cannot_be_decrypted_is_said_once(
    bot: Bot, account: Account, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "PATIENCE_SECONDS", 0.0)
    room = await _greeted(citizen, account, encrypted=True)
    for device in citizen.client.device_store.active_user_devices(account.user_id):
        citizen.client.blacklist_device(device)

    await citizen.say(room, "geheim")
    await citizen.say(room, "noch geheimer")
    assert (await citizen.reply()).body == CANNOT_READ
    for device in citizen.client.device_store.active_user_devices(account.user_id):
        citizen.client.unblacklist_device(device)
    await citizen.say(room, "jetzt")

    assert _said(await citizen.reply()) == "Sie sagten: jetzt"


async def test_a_limit_of_the_server_delays_but_loses_nothing(
    bot: Bot, server: Synapse, account: Account, citizen: Citizen
) -> None:
    room = await _greeted(citizen, account)
    server.limit(account.user_id, per_second=1, burst=1)

    for text in ("eins", "zwei", "drei"):
        await citizen.say(room, text)

    assert [_said(event) for event in await citizen.messages(3)] == [
        "Sie sagten: eins", "Sie sagten: zwei", "Sie sagten: drei"]


async def test_broken_events_of_one_person_stop_nobody(
    bot: Bot, account: Account, citizen: Citizen, make_citizen: MakeCitizen
) -> None:
    stranger = await make_citizen()
    room, bad = await _greeted(citizen, account), await _greeted(stranger, account)
    own_key = bot.adapter._client.olm.account.identity_keys["curve25519"]
    junk = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "x",
            "ciphertext": {own_key: {"type": 0, "body": "kein Base64"}}}

    await stranger.client.to_device(
        nio.ToDeviceMessage("m.room.encrypted", account.user_id, bot.adapter._client.device_id, junk))
    await stranger.send(bad, {"algorithm": "m.megolm.v1.aes-sha2", "sender_key": "", "ciphertext": "x",
                              "session_id": "", "device_id": "x"}, "m.room.encrypted")
    await citizen.say(room, "und ich?")

    assert _said(await citizen.reply()) == "Sie sagten: und ich?"
