"""Conversations through everything: the Bot API, the adapter, the post office, a bot that repeats."""

from __future__ import annotations

import io
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import open_engine
from bot.log import JsonFormatter
from bot.records.messenger_tables import Correspondent, InboxMessage, OutboxMessage
from channels.kit.runtime import EchoRuntime
from knowledge_base.migrate import upgrade
from tests.channels.telegram.emulator import TOKEN, BotApi
from tests.channels.telegram.people import Group, Person
from tests.channels.telegram.talk import Talk


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SQLite file with the tables of today, made once."""
    file = tmp_path_factory.mktemp("database") / "empty.db"
    opened = open_engine(f"sqlite:///{file}")
    upgrade(opened)
    with opened.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.dispose()
    return file


@pytest.fixture
def engine(empty_database: Path, tmp_path: Path) -> Iterator[sa.Engine]:
    opened = open_engine(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'navigator.db')}")
    yield opened
    opened.dispose()


@pytest.fixture
async def talk(api: BotApi, engine: sa.Engine) -> AsyncIterator[Talk]:
    async with Talk(api, EchoRuntime(engine), engine) as begun:
        yield begun


async def test_a_conversation(talk: Talk) -> None:
    notice, answer = await talk.says("Gibt es Zuschüsse?")

    assert "KI" in notice and answer == "Sie sagten: Gibt es Zuschüsse?"
    assert await talk.presses("Mit einem Menschen sprechen") == ["Sie sagten: /mensch_sprechen"]
    await talk.api.until(lambda: len(talk.api.answered_queries) == 1)
    assert talk.api.called("sendchataction")


async def test_every_command_is_answered(talk: Talk) -> None:
    await talk.says("/start")
    commands = [command["command"] for command in talk.api.commands]
    assert len(commands) == 6

    for command in commands:
        [answer] = await talk.says(f"/{command}")
        assert answer != f"Sie sagten: {command}", command


async def test_a_digit_chooses_too(talk: Talk) -> None:
    await talk.says("Guten Tag")

    assert await talk.says("1") == ["Sie sagten: /mensch_sprechen"]


async def test_an_option_of_somebody_else_is_unknown(talk: Talk) -> None:
    await talk.says("Guten Tag")
    token = talk.person.messages()[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    thief = Person(talk.api, 8)
    thief.presses_token(token, {**talk.person.messages()[-1], "chat": thief.chat})
    await talk.settle()

    assert thief.reads() and not any("/mensch_sprechen" in text for text in thief.reads())


async def test_what_came_in_one_second_is_answered_in_order(talk: Talk) -> None:
    for number in range(10):
        talk.person.writes(f"Frage {number}")
    await talk.settle()

    assert talk.person.reads()[1:] == [f"Sie sagten: Frage {number}" for number in range(10)]


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker"])
async def test_what_cannot_be_read_gets_a_sentence(talk: Talk, kind: str) -> None:
    await talk.says("Guten Tag")

    [answer] = await talk.answer_to(lambda: talk.person.sends(kind))

    assert "Sie sagten" not in answer


async def test_an_edit_is_told_apart(talk: Talk) -> None:
    written = talk.person.writes("KI")
    await talk.settle()

    [answer] = await talk.answer_to(lambda: talk.person.edits(written, "Digitalisierung"))

    assert "Digitalisierung" not in answer


async def test_who_blocks_gets_nothing_and_may_come_back(talk: Talk) -> None:
    await talk.says("Guten Tag")
    assert await talk.answer_to(talk.person.blocks) == []

    assert await talk.answer_to(talk.person.unblocks) == []
    assert (await talk.says("/start"))[-1] == "Sie sagten: /begruessung"


async def test_a_group_is_declined_and_left_every_time(talk: Talk) -> None:
    group = Group(talk.api)
    for times in (1, 2):
        talk.api.blocked.discard(group.id)
        group.invites()
        group.writes("Hallo zusammen")
        await talk.settle()
        await talk.api.until(lambda: not talk.api.waiting)
        assert len(group.reads()) == times and len(talk.api.called("leavechat")) == times

    assert "Sie sagten" not in "".join(group.reads())


async def test_a_wait_is_kept_and_the_order_too(talk: Talk) -> None:
    talk.api.refuse(429, "Too Many Requests: retry after 60", retry_after=60)
    assert await talk.says("eins") == [] and await talk.says("zwei") == []

    talk.clock.pass_by(seconds=61)
    await talk.settle()

    assert talk.person.reads()[1:] == ["Sie sagten: eins", "Sie sagten: zwei"]


async def test_a_restart_answers_nothing_old_again(api: BotApi, engine: sa.Engine) -> None:
    async with Talk(api, EchoRuntime(engine), engine) as first:
        await first.says("eins")
    api.waiting.insert(0, {"update_id": api.update_id, "message": first.person._message(text="eins")})
    async with Talk(api, EchoRuntime(engine), engine) as second:
        assert await second.says("zwei") == ["Sie sagten: zwei"]


async def test_erasing_leaves_nothing_behind(talk: Talk, engine: sa.Engine) -> None:
    await talk.says("Ich heiße Testperson Geheim")
    await talk.says("/loeschen")
    await talk.presses("Ja, alles löschen")

    with engine.connect() as connection:
        kept = [str(connection.execute(sa.select(table)).all())
                for table in (Correspondent, InboxMessage, OutboxMessage)]
    assert not any("Geheim" in rows for rows in kept)
    assert connection.closed and "'7'" not in kept[0]


async def test_names_are_never_stored(talk: Talk, engine: sa.Engine) -> None:
    await talk.says("Guten Tag")

    with engine.connect() as connection:
        rows = [str(connection.execute(sa.select(table)).all())
                for table in (Correspondent, InboxMessage, OutboxMessage)]
        people = connection.execute(sa.select(Correspondent.address, Correspondent.conversation_id)).all()
    assert not any("Testperson" in text for text in rows)
    assert [address for address, _ in people] == ["7"] and people[0].conversation_id.startswith("telegram:")


async def test_the_log_names_nobody_and_quotes_nothing(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(JsonFormatter())
    caplog.handler.setLevel(logging.CRITICAL)
    logging.getLogger("channels").addHandler(handler)
    try:
        with caplog.at_level(logging.DEBUG, "channels"):
            talk.api.broken = 1
            talk.api.waiting.append({"update_id": 5, "message": {"text": "Geheimnis"}})
            talk.api.blocked.add(talk.person.id)
            await talk.says("Geheimnis von Testperson")
    finally:
        logging.getLogger("channels").removeHandler(handler)

    written = log.getvalue()
    assert "telegram.failed" in written and "messenger.undeliverable" in written
    assert not any(secret in written for secret in ("Geheimnis", "Testperson", TOKEN, TOKEN.split(":")[1]))
