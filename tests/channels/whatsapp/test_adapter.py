"""What we send arrives, what goes wrong is tried again or given up, and nothing of it is logged."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot import log
from bot.errors import NavigatorError
from bot.records.messenger_tables import Correspondent
from bot.settings import Settings, load_settings
from channels.messenger.contract import Option, Outgoing, RetryLater, Undeliverable
from channels.whatsapp import adapter as module
from channels.whatsapp.adapter import WhatsAppAdapter, create
from channels.whatsapp.window import Window
from tests.channels.whatsapp import official
from tests.channels.whatsapp.conftest import NOW
from tests.channels.whatsapp.graph_api import GraphApi
from tests.channels.whatsapp.official import NUMBER, USER_ID, WAMID

HELLO = Outgoing("Guten Tag!")
SECRET_TEXT = Outgoing("Das geht nur uns etwas an.", (Option(1, "Ja", "t" * 22),))


@pytest.mark.parametrize(("address", "field"), [
    (NUMBER, "to"), (USER_ID, "recipient"), ("DE.1A2b3C", "recipient"), ("Y2FwaV9ncm91cDox", "to"),
])  # fmt: skip
async def test_a_message_goes_to_whom_it_belongs(
        address: str, field: str, adapter: WhatsAppAdapter, graph_api: GraphApi) -> None:
    await adapter.deliver(address, HELLO, "key-1")

    [sent] = graph_api.sent
    assert sent[field] == address
    assert (sent["text"]["body"], sent["biz_opaque_callback_data"]) == ("Guten Tag!", "key-1")


async def test_options_arrive(adapter: WhatsAppAdapter, graph_api: GraphApi) -> None:
    options = tuple(Option(number, f"Titel {number}", f"{number:022}") for number in range(1, 11))

    await adapter.deliver(NUMBER, Outgoing("Was möchten Sie?", options), "k")

    [section] = graph_api.sent[0]["interactive"]["action"]["sections"]
    assert [row["id"] for row in section["rows"]] == [option.token for option in options]


@pytest.mark.parametrize(("code", "status", "headers", "seconds"), [
    (130429, 429, {}, None), (80007, 400, {}, None), (4, 400, {}, None), (131056, 400, {}, 6.0),
    (131056, 400, {"Retry-After": "17"}, 17.0), (130429, 429, {"Retry-After": "3"}, 3.0), (131048, 400, {}, None),
    (131000, 500, {}, None), (131016, 503, {}, None), (1, 500, {}, None), (2, 503, {}, None), (131057, 400, {}, None),
    (190, 401, {}, 300.0), (10, 403, {}, 300.0), (200, 403, {}, 300.0), (131031, 403, {}, 300.0),
    (368, 403, {}, 300.0), (131005, 403, {}, 300.0), (131042, 400, {}, 300.0), (987654, 502, {}, None),
    (987654, 429, {}, None),
])  # fmt: skip
async def test_what_may_work_later_is_tried_again(
        code: int, status: int, headers: dict[str, str], seconds: float | None, adapter: WhatsAppAdapter,
        graph_api: GraphApi) -> None:
    graph_api.fail(code, status, headers)

    with pytest.raises(RetryLater) as caught:
        await adapter.deliver(NUMBER, HELLO, "k")

    assert caught.value.seconds == seconds
    await adapter.deliver(NUMBER, HELLO, "k")
    assert len(graph_api.sent) == 1


@pytest.mark.parametrize("code", [
    131047, 131026, 131021, 131030, 130497, 130472, 131050, 131051, 131009, 100, 987654,
])  # fmt: skip
async def test_what_never_works_is_given_up(code: int, adapter: WhatsAppAdapter, graph_api: GraphApi) -> None:
    graph_api.fail(code)

    with pytest.raises(Undeliverable) as caught:
        await adapter.deliver(NUMBER, HELLO, "k")

    assert ("24 Stunden" in str(caught.value)) == (code == 131047)


@pytest.mark.parametrize(("hours", "channel", "sent"), [
    (23.9, "whatsapp", 1), (24.1, "whatsapp", 0), (24.1, "telegram", 1),
])  # fmt: skip
async def test_nobody_is_written_to_who_has_not_written_for_a_day(
        hours: float, channel: str, sent: int, adapter: WhatsAppAdapter, graph_api: GraphApi, people: sa.Engine,
        ) -> None:
    with people.begin() as connection:
        connection.execute(sa.insert(Correspondent).values(
            conversation_id=f"{channel}:1", channel=channel, address=NUMBER, last_at=NOW - dt.timedelta(hours=hours)))

    try:
        await adapter.deliver(NUMBER, HELLO, "k")
    except Undeliverable as error:
        assert "24 Stunden" in str(error)
    assert len(graph_api.sent) == sent


async def test_what_meta_calls_transient_is_tried_again(adapter: WhatsAppAdapter, graph_api: GraphApi) -> None:
    graph_api.fail(987654, is_transient=True)

    with pytest.raises(RetryLater):
        await adapter.deliver(NUMBER, HELLO, "k")


@pytest.mark.parametrize("answer", [
    web.Response(status=502, text="<html>Bad Gateway</html>"), web.Response(text="fine"),
    web.json_response({"error": "strange"}, status=500), web.json_response({"error": {}}, status=500),
])  # fmt: skip
async def test_a_strange_answer_is_tried_again(
        answer: web.Response, adapter: WhatsAppAdapter, graph_api: GraphApi) -> None:
    graph_api.next.append(answer)

    with pytest.raises(RetryLater):
        await adapter.deliver(NUMBER, HELLO, "k")


async def test_a_service_that_cannot_be_reached_is_tried_again(window: Window) -> None:
    nobody = WhatsAppAdapter(load_settings({
        "NAVIGATOR_WHATSAPP_API_URL": "http://127.0.0.1:9", "NAVIGATOR_WHATSAPP_TOKEN": "t",
        "NAVIGATOR_WHATSAPP_PHONE_ID": "1"}), window)
    with pytest.raises(RetryLater):
        await nobody.deliver(NUMBER, HELLO, "k")
    await nobody.close()


async def test_a_wrong_token_is_said_to_whoever_runs_the_service(whatsapp_settings: Settings, window: Window) -> None:
    stream = io.StringIO()
    log.configure("DEBUG", stream)
    wrong = WhatsAppAdapter(load_settings({
        "NAVIGATOR_WHATSAPP_API_URL": whatsapp_settings.whatsapp_api_url, "NAVIGATOR_WHATSAPP_TOKEN": "abgelaufen",
        "NAVIGATOR_WHATSAPP_PHONE_ID": whatsapp_settings.whatsapp_phone_id}), window)
    with pytest.raises(RetryLater):
        await wrong.deliver(NUMBER, SECRET_TEXT, "k")
    await wrong.close()

    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert {"event": "whatsapp.account", "level": "ERROR", "code": 190}.items() <= events[-1].items()
    assert all(word not in stream.getvalue() for word in (NUMBER, "etwas an", "abgelaufen"))


async def _hear(adapter: WhatsAppAdapter, *messages: dict[str, object]) -> None:
    """Let Meta call, without a web server."""
    async def receive(incoming: object) -> None:
        pass

    routes = adapter.routes(receive)
    webhook = routes[1].handler.__self__  # type: ignore[attr-defined]
    await webhook._take(official.call(official.value(*messages)))


async def test_the_latest_message_is_marked_as_read_once(adapter: WhatsAppAdapter, graph_api: GraphApi) -> None:
    await _hear(adapter, official.text(id="wamid.old"), official.text())

    await adapter.typing(NUMBER, True)
    await adapter.typing(NUMBER, True)
    await adapter.typing("4915112345678", True)

    assert graph_api.read == [{"messaging_product": "whatsapp", "status": "read", "message_id": WAMID,
                               "typing_indicator": {"type": "text"}}]


async def test_typing_never_stops_an_answer(adapter: WhatsAppAdapter, graph_api: GraphApi) -> None:
    await _hear(adapter, official.text())
    graph_api.no_signs = True

    await adapter.typing(NUMBER, True)

    assert graph_api.read == []


async def test_typing_does_not_hold_up_an_answer(
        adapter: WhatsAppAdapter, graph_api: GraphApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TYPING_SECONDS", 0.01)
    graph_api.busy = asyncio.Event()
    await _hear(adapter, official.text())

    await adapter.typing(NUMBER, True)

    assert graph_api.read == []
    graph_api.busy.set()


async def test_only_so_many_messages_are_remembered(
        adapter: WhatsAppAdapter, graph_api: GraphApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 1)
    await _hear(adapter, official.text(), {**official.text(id="wamid.2"), "from": "4915112345678"})

    await adapter.typing(NUMBER, True)
    await adapter.typing("4915112345678", True)

    assert [sign["message_id"] for sign in graph_api.read] == ["wamid.2"]


async def test_meta_calls_us(adapter: WhatsAppAdapter) -> None:
    async def receive(incoming: object) -> None:
        pytest.fail("nothing is fetched")

    await adapter.run(receive)
    assert {route.method for route in adapter.routes(receive)} == {"GET", "POST"}


@pytest.mark.parametrize("missing", ["TOKEN", "PHONE_ID", "APP_SECRET", "VERIFY_TOKEN"])
def test_a_missing_secret_is_named_and_no_other(missing: str, people: sa.Engine) -> None:
    given = {f"NAVIGATOR_WHATSAPP_{name}": "1" for name in ("TOKEN", "PHONE_ID", "APP_SECRET", "VERIFY_TOKEN")}

    with pytest.raises(NavigatorError, match=rf"es fehlt NAVIGATOR_WHATSAPP_{missing} –"):
        create(load_settings({**given, f"NAVIGATOR_WHATSAPP_{missing}": ""}), people)
