"""``/chat`` without JavaScript: forms, a session in a hidden field, and the stored conversation."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.records.conversations import ConversationStore, Turn
from bot.runtime.gate import BUSY, Rejected
from bot.web.csrf import FIELD
from tests.channels.fake_runtime import FakeRuntime
from tests.channels.forms import Form, fetch, forms, send, words

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"


class Remembers:
    """Stores what is said, as the embedded runtime does, and answers a repeated message the same way."""

    def __init__(self, fake: FakeRuntime, engine: sa.Engine) -> None:
        self._answer, self.store = fake.handle, ConversationStore(engine)
        self.answered: dict[tuple[str, str], Any] = {}

    async def handle(self, conversation_id: str, *, message_id: str, **given: Any) -> Any:
        key = (conversation_id, message_id)
        if key not in self.answered:
            self.answered[key] = await self._answer(conversation_id, message_id=message_id, **given)
            text = given["payload"] or given["text"]
            window = self.store.load_all(conversation_id)
            events = [{"event": "user", "timestamp": 1.0, "text": text}, *(
                {"event": "bot", "timestamp": 1.0, "text": each.text, "data": {
                    "buttons": each.as_dict()["buttons"], "custom": {"answer": each.answer}}}
                for each in self.answered[key])]
            self.store.append(Turn(conversation_id, window.next_seq if window else 0, events))
        return self.answered[key]


@pytest.fixture
def remembers(fake: FakeRuntime, catalogue_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Remembers:
    made = Remembers(fake, catalogue_engine)
    monkeypatch.setattr(fake, "handle", made.handle)
    return made


@pytest.fixture
async def ask_form(client: TestClient, remembers: Remembers) -> Form:
    """The form of a new conversation."""
    _, html = await fetch(client, "/chat")
    return forms(html)[-1]


def _ask(html: str) -> Form:
    return next(form for form in forms(html) if "text" in form.fields)


def _choices(html: str) -> Form:
    return next(form for form in forms(html) if form.buttons)


def _lines(html: str) -> list[str]:
    """What was said after the greeting."""
    lines = re.findall(r"<li class=\"plain__(?:user|bot)\".*?</li>\n", html, re.DOTALL)
    return [words(line).strip() for line in lines][1:]


async def test_a_conversation_of_two_messages(client: TestClient, ask_form: Form, fake: FakeRuntime) -> None:
    status, html = await send(client, ask_form, text="Gibt es Zuschüsse?")
    assert status == 200
    assert _lines(html) == ["Sie Gibt es Zuschüsse?", "Digitalnavigator Sie sagten: Gibt es Zuschüsse?"]
    status, html = await send(client, _ask(html), text="Und in Hagen?")
    assert len(_lines(html)) == 4 and _lines(html)[2] == "Sie Und in Hagen?"
    assert len({each["conversation_id"] for each in fake.heard}) == 1
    assert html.count('id="neu"') == 1


async def test_a_button_is_a_form_and_shows_its_title(client: TestClient, ask_form: Form, fake: FakeRuntime) -> None:
    _, html = await send(client, ask_form, text="Hallo")
    choices = _choices(html)
    assert choices.buttons == ["/hilfe"]
    _, html = await send(client, choices, payload="/hilfe")
    assert fake.heard[-1]["parse_data"]["intent"]["name"] == "hilfe"
    assert _lines(html)[2] == "Sie Hilfe"


async def test_the_greeting_offers_first_steps(client: TestClient, ask_form: Form, remembers: Remembers) -> None:
    _, html = await fetch(client, "/chat")
    first = _choices(html)
    assert len(first.buttons) >= 2
    assert all(button.startswith("/") for button in first.buttons)


async def test_reloading_sends_nothing_twice_and_shows_the_same(
    client: TestClient, ask_form: Form, fake: FakeRuntime
) -> None:
    _, html = await send(client, ask_form, text="Eins")
    second = _ask(html)
    _, html = await send(client, second, text="Zwei")
    _, again = await send(client, second, text="Zwei")
    assert _lines(again) == _lines(html) and len(_lines(html)) == 4
    assert len(fake.heard) == 2


async def test_opening_the_page_sends_nothing(client: TestClient, fake: FakeRuntime) -> None:
    _, html = await fetch(client, "/chat?frage=Wer%20zahlt%20meinen%20Kurs%3F")
    assert _ask(html).fields["text"] == "Wer zahlt meinen Kurs?"
    assert fake.heard == []
    _, other = await fetch(client, "/chat")
    assert _ask(html).fields["session"] != _ask(other).fields["session"]


async def test_the_session_stands_in_no_address_and_no_cookie(client: TestClient, ask_form: Form) -> None:
    session = ask_form.fields["session"]
    async with client.post("/chat", data={**ask_form.fields, "text": "Hallo"}) as response:
        assert session not in str(response.url) and not response.history
        assert "Set-Cookie" not in response.headers and response.headers["Cache-Control"] == "no-store"
        html = await response.text()
    assert not re.search(rf'(?:href|action)="[^"]*{session}', html)


async def test_it_says_who_speaks_and_whom_to_call(client: TestClient, ask_form: Form, instance: Any) -> None:
    for _, html in (await fetch(client, "/chat"), await send(client, ask_form, text="Hallo")):
        assert "KI-System" in html and instance.agency.phone in html and html.count("<h1") == 1


async def test_erasing_leaves_nothing(client: TestClient, ask_form: Form, remembers: Remembers) -> None:
    _, html = await send(client, ask_form, text="Hallo")
    assert len(remembers.store.ids()) == 1
    status, html = await send(client, forms(html)[-1])
    assert status == 200 and "gelöscht" in words(html)
    assert remembers.store.ids() == [] and _lines(html) == []
    assert _ask(html).fields["session"] != ask_form.fields["session"]


async def test_what_is_stored_is_handed_out_as_a_file(
    client: TestClient, ask_form: Form, remembers: Remembers
) -> None:
    _, html = await send(client, ask_form, text="Hallo")
    wanted = next(form for form in forms(html) if form.action == "/chat/auskunft")
    status, text = await send(client, wanted)
    assert status == 200 and "Sie: Hallo" in text and "<html" not in text
    status, html = await send(client, wanted, **{FIELD: "made-up"})
    assert status == 400 and len(_lines(html)) == 2


@pytest.mark.parametrize("text", ["", " \u202e\x00 ", "x" * 4097])
async def test_what_cannot_be_taken_is_said_and_kept(
    client: TestClient, ask_form: Form, fake: FakeRuntime, text: str
) -> None:
    _, html = await send(client, ask_form, text="Hallo")
    status, html = await send(client, _ask(html), text=text)
    assert status == 400 and "<title>Fehler: " in html and 'role="alert"' in html
    assert len(_lines(html)) == 2 and len(fake.heard) == 1


async def test_who_writes_while_busy_keeps_the_text(client: TestClient, ask_form: Form, fake: FakeRuntime) -> None:
    fake.error = Rejected(BUSY, "Bitte warten Sie.")
    status, html = await send(client, ask_form, text="Gibt es Zuschüsse?")
    assert status == 400 and "Bitte warten Sie." in words(html)
    assert _ask(html).fields["text"] == "Gibt es Zuschüsse?"


@pytest.mark.parametrize("changes", [{"payload": "/restart"}, {"payload": '/hilfe{"x": 1}'}, {"payload": "<b>"}])
async def test_only_offered_choices_are_taken(
    client: TestClient, ask_form: Form, fake: FakeRuntime, changes: dict[str, str]
) -> None:
    status, _ = await send(client, ask_form, **changes)
    assert (status, fake.heard) == (400, [])


@pytest.mark.parametrize("changes", [
    {"session": ""}, {"session": "kurz"}, {"session": "../../etc"}, {"message_id": ""}, {"message_id": "1.x"},
    {"message_id": "9999999.abcdefgh"}, {"message_id": "0.<script>"},
])  # fmt: skip
async def test_broken_hidden_fields_are_refused(
    client: TestClient, ask_form: Form, fake: FakeRuntime, changes: dict[str, str]
) -> None:
    status, _ = await send(client, ask_form, **{"text": "Hallo", **changes})
    assert (status, fake.heard) == (400, [])


@pytest.mark.parametrize("wrong", ["", "0.0", "made-up"])
async def test_without_a_token_nothing_is_sent_but_the_text_is_kept(
    client: TestClient, ask_form: Form, fake: FakeRuntime, remembers: Remembers, wrong: str
) -> None:
    status, html = await send(client, ask_form, text="Gibt es Zuschüsse?", **{FIELD: wrong})
    assert (status, fake.heard) == (400, [])
    assert _ask(html).fields["text"] == "Gibt es Zuschüsse?"
    _, html = await send(client, _ask(html))
    assert len(fake.heard) == 1
    status, html = await send(client, forms(html)[-1], **{FIELD: wrong})
    assert status == 400 and len(remembers.store.ids()) == 1 and len(_lines(html)) == 2


@pytest.mark.parametrize("path", ["/chat", "/chat/loeschen", "/chat/auskunft"])
async def test_another_site_cannot_send_or_erase(
    app: web.Application, client: TestClient, ask_form: Form, fake: FakeRuntime, path: str
) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        async with client.post(path, data={**ask_form.fields, "text": "Hallo"}, headers=headers) as response:
            assert response.status == 403
    async with client.post(path, json={**ask_form.fields, "text": "Hallo"}) as response:
        assert response.status == 415
    assert fake.heard == []


async def test_nothing_that_is_written_becomes_html(client: TestClient, ask_form: Form) -> None:
    _, html = await send(client, ask_form, text=XSS)
    assert "<img" not in html and "alert(1)</script>" not in html
    assert len(_lines(html)) == 2 and all(XSS in line for line in _lines(html))
    _, prefilled = await fetch(client, "/chat?frage=%3C%2Ftextarea%3E%3Cimg%20src=x%3E")
    assert "<img" not in prefilled


async def test_a_conversation_is_shown_only_to_who_holds_its_session(client: TestClient, ask_form: Form) -> None:
    _, html = await send(client, ask_form, text="Mein Geheimnis")
    _, other = await fetch(client, "/chat")
    _, html = await send(client, _ask(other), text="Hallo", message_id="9.abcdefgh")
    assert "Geheimnis" not in html
