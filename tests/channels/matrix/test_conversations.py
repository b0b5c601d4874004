"""Whole conversations over a real server with a real second client, through the post office."""

from __future__ import annotations

import pytest

from tests.channels.matrix.citizen import Citizen
from tests.channels.matrix.conftest import Bot
from tests.channels.matrix.synapse import Account

BOTH = pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])


@BOTH
async def test_an_invitation_is_accepted_and_a_question_answered(
    bot: Bot, account: Account, citizen: Citizen, encrypted: bool
) -> None:
    room = await citizen.meet(account.user_id, encrypted=encrypted)
    notice, greeting = await citizen.messages(2)
    assert "KI-System" in notice.body
    await citizen.say(room, "Gibt es Zuschüsse?")
    reply = await citizen.reply()
    print(notice, greeting, reply)
    assert reply.body.startswith("Sie sagten: Gibt es Zuschüsse?")
    assert reply.decrypted is encrypted
