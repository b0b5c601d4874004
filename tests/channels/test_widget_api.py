"""What the widget talks to: stream, history, erasing, ratings, configuration, and which sites may use it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient
from jsonschema import Draft202012Validator

from bot.contract.validator import load_schema
from bot.instance import Instance
from bot.records.conversations import ConversationStore, Turn
from bot.records.feedback import FeedbackStore
from bot.runtime.gate import BUSY, Rejected
from bot.runtime.messages import BotMessage, complete_answer
from bot.settings import load_settings
from channels.web.app import create_app
from channels.web.cards import cards
from channels.web.keys import STORE, TODAY
from channels.web.openapi import description
from knowledge_base.schema.programme import Status
from tests.channels.fake_runtime import FakeRuntime

SESSION = "sitzung-12345"
HEADER = {"X-Navigator-Session": SESSION}
SITE = "https://www.example.org"


async def events(client: TestClient, **body: Any) -> list[tuple[str, Any]]:
    async with client.post("/api/chat/stream", json=body) as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/event-stream")
        parts = (await response.text()).split("\n\n")
    assert parts.pop() == ""
    heads = [part.split("\n") for part in parts]
    return [(head.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for head, data in heads]


@pytest.fixture
def conversation(catalogue_engine: sa.Engine) -> ConversationStore:
    """A store with one conversation of the session."""
    store = ConversationStore(catalogue_engine)
    say(store, 0, "Hallo", "Guten Tag!", [{"title": "Hilfe holen", "payload": "/hilfe"}])
    say(store, 2, "/hilfe", "Hier ist Hilfe.")
    return store


def say(store: ConversationStore, seq: int, text: str, reply: str, buttons: Any = ()) -> None:
    now = time.time()
    store.append(Turn(f"web:{SESSION}", seq, channel="web", events=[
        {"event": "user", "timestamp": now, "text": text},
        {"event": "bot", "timestamp": now, "text": reply, "data": {"buttons": list(buttons)}},
    ]))


async def test_stream_is_the_reply_of_the_chat(client: TestClient, fake: FakeRuntime) -> None:
    got = await events(client, session=SESSION, text="Hallo", message_id="m-1")
    assert [name for name, _ in got] == ["typing", "cards", "message", "done"]
    assert got[2][1]["text"] == "Sie sagten: Hallo"
    Draft202012Validator({"$ref": "#/$defs/message", "$defs": load_schema()["$defs"]}).validate(got[2][1])
    assert got[3][1]["request_id"]
    assert fake.heard[0]["conversation_id"] == f"web:{SESSION}" and fake.heard[0]["message_id"] == "m-1"


async def test_lines_in_a_text_do_not_break_the_stream(client: TestClient) -> None:
    got = await events(client, session=SESSION, text="eins\n\nevent: done\ndata: {}")
    assert got[2][1]["text"] == "Sie sagten: eins\n\nevent: done\ndata: {}"


@pytest.mark.parametrize(("error", "code"), [(Rejected(BUSY, "Bitte warten Sie."), BUSY),
                                             (RuntimeError("geheimer Text"), "internal")])
async def test_failure_is_the_last_event(client: TestClient, fake: FakeRuntime, instance: Instance,
                                         error: Exception, code: str) -> None:
    fake.error = error
    (first, _), (last, said) = await events(client, session=SESSION, text="Hallo")
    assert (first, last, said["error"]["code"]) == ("typing", "error", code)
    assert "geheimer Text" not in str(said)
    assert code == BUSY or instance.agency.phone in said["error"]["message"]


@pytest.mark.parametrize("body", [{"text": "Hallo"}, {"session": SESSION, "text": 1}])
async def test_malformed_requests_get_no_stream(client: TestClient, fake: FakeRuntime, body: Any) -> None:
    async with client.post("/api/chat/stream", json=body) as response:
        assert response.status == 400
        assert (await response.json())["error"]["code"]
    assert fake.heard == []


async def test_cards_name_what_a_message_is_about(client: TestClient, app: web.Application) -> None:
    store = app[STORE]
    ended = next(each for each in store.catalogue().programmes.values() if each.status is Status.AUSGELAUFEN)
    contact = next(each for each in store.catalogue().contacts.values() if each.reach)
    message = BotMessage("…", answer=complete_answer({
        "programmes": [{"id": ended.id}, {"id": "gibt-es-nicht"}], "contacts": [{"id": contact.id}]}, {}))
    shown = cards(store, [message], app[TODAY]())
    assert list(shown["programmes"]) == [ended.id] and list(shown["contacts"]) == [contact.id]
    assert shown["programmes"][ended.id]["tone"] == "bad"
    assert shown["programmes"][ended.id]["status"] == "ausgelaufen"
    assert [way["value"] for way in shown["contacts"][contact.id]["ways"]] == [way.value for way in contact.reach]
    described = {"$ref": "#/components/schemas/Cards", "components": description()["components"]}
    Draft202012Validator(described).validate(shown)


async def test_history_of_the_own_session_only(client: TestClient, conversation: ConversationStore) -> None:
    async with client.get("/api/chat/history", headers=HEADER) as response:
        messages = (await response.json())["messages"]
    assert [(each["by"], each["text"]) for each in messages] == [
        ("user", "Hallo"), ("bot", "Guten Tag!"), ("user", "Hilfe holen"), ("bot", "Hier ist Hilfe.")]
    async with client.get("/api/chat/history", headers={"X-Navigator-Session": "andere-sitzung"}) as response:
        assert (await response.json())["messages"] == []


async def test_everything_stored_is_handed_out_to_the_own_session_only(
    client: TestClient, conversation: ConversationStore
) -> None:
    async with client.get("/api/chat/export", headers=HEADER) as response:
        told = await response.json()
    assert "Sie: Hallo" in told["text"] and told["stored"]["messages"][0] == {"by": "user", "text": "Hallo"}
    answer = description()["paths"]["/api/chat/export"]["get"]["responses"]["200"]["content"]["application/json"]
    Draft202012Validator(answer["schema"]).validate(told)
    async with client.get("/api/chat/export", headers={"X-Navigator-Session": "andere-sitzung"}) as response:
        assert (await response.json())["stored"] is None


async def test_history_begins_with_the_last_new_beginning(
    client: TestClient, conversation: ConversationStore
) -> None:
    say(conversation, 4, "/neu_anfangen", "Gut, wir fangen neu an.")
    async with client.get("/api/chat/history", headers=HEADER) as response:
        assert [each["text"] for each in (await response.json())["messages"]] == ["Gut, wir fangen neu an."]


@pytest.mark.parametrize(("method", "path"), [
    ("GET", "/api/chat/history"), ("GET", "/api/chat/export"), ("DELETE", "/api/chat")])
@pytest.mark.parametrize("headers", [{}, {"X-Navigator-Session": "kurz"}, {"X-Navigator-Session": "a b c d e f"}])
async def test_nothing_without_a_session(client: TestClient, conversation: ConversationStore, method: str, path: str,
                                         headers: dict[str, str]) -> None:
    async with client.request(method, path, headers=headers) as response:
        assert response.status == 400
    assert conversation.ids() == [f"web:{SESSION}"]


async def test_erasing_leaves_nothing(client: TestClient, conversation: ConversationStore) -> None:
    for erased in (True, False):
        async with client.delete("/api/chat", headers=HEADER) as response:
            assert await response.json() == {"erased": erased}
    assert conversation.ids() == []


async def test_ratings_are_noted(client: TestClient, conversation: ConversationStore,
                                 catalogue_engine: sa.Engine) -> None:
    body = {"session": SESSION, "request_id": "abc123", "helpful": False, "reason": "veraltet"}
    async with client.post("/api/feedback", json=body) as response:
        assert await response.json() == {"noted": True}
    assert FeedbackStore(catalogue_engine).counts().not_helpful == 1
    async with client.post("/api/feedback", json={**body, "session": "andere-sitzung"}) as response:
        assert await response.json() == {"noted": False}


@pytest.mark.parametrize("change", [
    {"reason": "erfunden"}, {"helpful": "ja"}, {"request_id": "<b>"}, {"session": "kurz"}, {"comment": "Text"},
    {"reason": 1},
])
async def test_other_ratings_are_refused(client: TestClient, conversation: ConversationStore,
                                         catalogue_engine: sa.Engine, change: dict[str, Any]) -> None:
    body = {"session": SESSION, "request_id": "abc123", "helpful": False, **change}
    async with client.post("/api/feedback", json=body) as response:
        assert response.status == 400
        assert (await response.json())["error"]["message"]
    assert FeedbackStore(catalogue_engine).counts().not_helpful == 0


async def test_first_words_say_what_the_law_wants(client: TestClient, instance: Instance) -> None:
    async with client.get("/api/config") as response:
        config = await response.json()
    for word in ("KI-System", "unverbindlich", "Namen", "Adresse"):
        assert word in config["greeting"]
    assert config["phone"] == instance.agency.phone
    assert {"veraltet", "falsch"} <= {reason["value"] for reason in config["reasons"]}
    schema = description()["components"]["schemas"]["button"]
    assert config["buttons"]
    for each in config["buttons"]:
        Draft202012Validator(schema).validate(each)
        json.loads(each["payload"][each["payload"].find("{"):] if "{" in each["payload"] else "{}")


@pytest.fixture
async def embedding(fake: FakeRuntime, instance: Instance, catalogue_engine: sa.Engine,
                    aiohttp_client: Any) -> TestClient:
    """A client of an application that one site may embed."""
    allowed = instance.model_copy(update={"embed_origins": (SITE,)})
    return await aiohttp_client(create_app(fake, load_settings({}), allowed, catalogue_engine))


PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


@pytest.mark.parametrize("path", ["/api/chat", "/api/chat/stream", "/api/chat/history", "/api/chat/export",
                                  "/api/feedback"])
async def test_named_sites_may_ask(embedding: TestClient, path: str) -> None:
    async with embedding.options(path, headers={"Origin": SITE, **PREFLIGHT}) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == SITE
        assert "DELETE" in response.headers["Access-Control-Allow-Methods"]
        assert "X-Navigator-Session" in response.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("path", ["/api/config", "/static/widget/digital-navigator.js", "/static/widget/widget.css"])
async def test_named_sites_may_load_the_widget(embedding: TestClient, path: str) -> None:
    async with embedding.get(path, headers={"Origin": SITE}) as response:
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (200, SITE)
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Origin" in response.headers.getall("Vary")


@pytest.mark.parametrize(("origin", "path"), [
    ("https://boese.example", "/api/config"), (f"{SITE}.boese.example", "/api/chat"), ("null", "/api/chat"),
    (SITE, "/"), (SITE, "/static/site.css"), (SITE, "/foerderung"), (SITE, "/api/openapi.json"),
])
async def test_nobody_else_and_nothing_else(embedding: TestClient, origin: str, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        async with embedding.request(method, path, headers={"Origin": origin, **PREFLIGHT}) as response:
            assert not [name for name in response.headers if name.startswith("Access-Control-")]
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_stream_and_errors_can_be_read_by_named_sites(embedding: TestClient) -> None:
    for body in ({"session": SESSION, "text": "Hallo"}, {"text": "Hallo"}):
        async with embedding.post("/api/chat/stream", json=body, headers={"Origin": SITE}) as response:
            assert response.headers["Access-Control-Allow-Origin"] == SITE


async def test_page_on_embedding_shows_lines_to_copy(client: TestClient) -> None:
    async with client.get("/einbetten") as response:
        html = await response.text()
    assert "&lt;script type=&#34;module&#34;" in html or "&lt;script type=\"module\"" in html
    assert f"{client.make_url('/static/widget/digital-navigator.js')}" in html
