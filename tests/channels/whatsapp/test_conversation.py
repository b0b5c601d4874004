"""A conversation through everything: Meta's call, the post office, a bot that repeats, the Cloud API."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.database import Base, open_engine
from bot.instance import load_instance
from bot.records.messenger_tables import Correspondent, InboxMessage, OutboxMessage
from bot.settings import Settings
from channels.kit.clock import FakeClock
from channels.kit.runtime import EchoRuntime
from channels.messenger.office import open_office
from channels.messenger.post import PostOffice
from channels.whatsapp.adapter import WhatsAppAdapter
from channels.whatsapp.webhook import PATH
from channels.whatsapp.window import Window
from tests.channels.whatsapp import official
from tests.channels.whatsapp.conftest import APP_SECRET
from tests.channels.whatsapp.graph_api import GraphApi
from tests.channels.whatsapp.official import USER_ID
from tests.channels.whatsapp.test_form import token_of


class Phone:
    """A person with WhatsApp."""

    def __init__(self, client: TestClient, office: PostOffice, graph_api: GraphApi, clock: FakeClock) -> None:
        self.client = client
        self.office = office
        self.graph_api = graph_api
        self.clock = clock
        self._numbers = itertools.count(1)

    def message(self, shape: dict[str, Any], at: float = 0) -> dict[str, Any]:
        """Something this person sends, seconds after now."""
        moment = str(int(self.clock.now().timestamp() + at))
        return {**shape, "id": f"wamid.from-{next(self._numbers)}", "timestamp": moment}

    async def call(self, *messages: dict[str, Any], secret: str = APP_SECRET) -> int:
        """Let Meta call; return the status of the answer."""
        body = json.dumps(official.call(official.value(*messages, user_id=USER_ID))).encode()
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        response = await self.client.post(PATH, data=body, headers={"X-Hub-Signature-256": f"sha256={signature}"})
        return response.status

    async def settle(self) -> None:
        """Let the post office work."""
        while await self.office.step():
            pass

    async def send(self, *shapes: dict[str, Any]) -> list[str]:
        """Send something and return the texts that come back."""
        before = len(self.received)
        assert await self.call(*(self.message(shape) for shape in shapes)) == 200
        await self.settle()
        return self.received[before:]

    @property
    def received(self) -> list[str]:
        """Texts that arrived."""
        return [(sent.get("text") or sent["interactive"]["body"])["body" if "text" in sent else "text"]
                for sent in self.graph_api.sent]


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[sa.Engine]:
    opened = open_engine(sqlite_url)
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture
async def phone(engine: sa.Engine, whatsapp_settings: Settings, graph_api: GraphApi,
                aiohttp_client: Callable[..., Awaitable[TestClient]]) -> Phone:
    clock = FakeClock()
    adapter = WhatsAppAdapter(whatsapp_settings, Window(engine, clock.now))
    instance = load_instance(whatsapp_settings)
    office = open_office(adapter, EchoRuntime(engine), whatsapp_settings, instance, engine, clock)
    app = web.Application()
    app.add_routes(office.routes())

    async def close(_: web.Application) -> None:
        await adapter.close()

    app.on_cleanup.append(close)
    return Phone(await aiohttp_client(app), office, graph_api, clock)


async def test_a_conversation(phone: Phone, graph_api: GraphApi) -> None:
    notice, answer = await phone.send(official.text("Gibt es Zuschüsse?"))

    assert "KI" in notice and answer == "Sie sagten: Gibt es Zuschüsse?"
    assert {sent["recipient"] for sent in graph_api.sent} == {USER_ID}
    assert len(graph_api.read) == 1

    token = token_of(graph_api.sent[-1]["interactive"], "Mit einem Menschen sprechen")
    assert (await phone.send(official.chosen(token)))[0] == "Sie sagten: /mensch_sprechen"


async def test_a_repeated_call_has_one_effect(phone: Phone) -> None:
    message = phone.message(official.text("einmal"))
    for _ in range(3):
        assert await phone.call(message) == 200
        await phone.settle()

    assert [text for text in phone.received if "einmal" in text] == ["Sie sagten: einmal"]


async def test_messages_are_answered_in_the_order_in_which_they_were_written(phone: Phone) -> None:
    await phone.call(phone.message(official.text("drei"), at=3), phone.message(official.text("eins"), at=1))
    await phone.call(phone.message(official.text("zwei"), at=2))
    await phone.settle()

    assert phone.received[1:] == ["Sie sagten: eins", "Sie sagten: zwei", "Sie sagten: drei"]


async def test_a_voice_message_gets_a_sentence_and_a_thumb_none(phone: Phone) -> None:
    assert len(await phone.send(official.of_kind(official.KINDS["voice"]))) == 2
    assert await phone.send(official.of_kind(official.SILENT["reaction"])) == []


async def test_a_call_that_meta_did_not_sign_leaves_nothing(phone: Phone, engine: sa.Engine) -> None:
    assert await phone.call(phone.message(official.text("falsch")), secret="geraten") == 403
    await phone.settle()

    with engine.connect() as connection:
        for table in (InboxMessage, OutboxMessage, Correspondent):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0


async def test_an_answer_waits_while_meta_is_busy_and_comes_in_order(phone: Phone, graph_api: GraphApi) -> None:
    graph_api.fail(131056, 400)

    assert await phone.send(official.text("eilig")) == []
    phone.clock.pass_by(seconds=7)
    await phone.settle()

    assert phone.received[-1] == "Sie sagten: eilig" and "KI" in phone.received[0]


async def test_after_a_day_without_success_nothing_is_sent(phone: Phone, graph_api: GraphApi) -> None:
    graph_api.fail(190, 401)
    await phone.send(official.text("gestern"))
    phone.clock.pass_by(hours=25)
    await phone.settle()

    assert phone.received == [] and graph_api.next == []


async def test_the_number_stands_nowhere_if_meta_gives_another_id(phone: Phone, engine: sa.Engine) -> None:
    await phone.send(official.text("Hallo"))

    with engine.connect() as connection:
        people = connection.execute(sa.select(Correspondent.address, Correspondent.conversation_id)).all()
        rows = [str(connection.execute(sa.select(table)).all()) for table in (InboxMessage, OutboxMessage)]
    assert [address for address, _ in people] == [USER_ID]
    assert all(official.NUMBER not in text and USER_ID not in text for text in [*rows, people[0].conversation_id])
