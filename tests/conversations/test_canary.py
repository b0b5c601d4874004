"""Marked personal data goes through everything people use; afterwards it stands only where it may stand."""

from __future__ import annotations

import io
import logging
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot import log
from bot.cli._backup import back_up
from bot.database import Base, create_engine_from
from bot.instance import Instance
from bot.records.rights import Role
from bot.records.tables import ConversationEvent
from bot.runtime.interface import Runtime
from bot.settings import Settings
from bot.web.metrics import METRICS
from bot.workbench.app import create_app as create_workbench
from channels.kit.messenger import FakeMessenger
from channels.web.app import create_app
from tests.channels.forms import fetch, forms, send
from tests.workbench.browsing import Staff, account, see

pytestmark = pytest.mark.model

NAME, MAIL, PHONE = "Zacharias Kanarienvogel", "kanarie.7319@example.org", "0171 7319002"
IBAN, CARD, TAX = "DE02 1203 0000 0000 2020 51", "4111 1111 1111 1111", "86 095 742 719"
STREET = "Kanarienweg 17"
MARKS = ("Kanarienvogel", "kanarienvogel", "kanarie.7319", "7319002", "0000 2020 51", "00000000202051", "1111 1111",
         "11111111", "095 742", "86095742719", "Kanarienweg", "kanarienweg")
ALLOWED = {("callback", "address"), ("report", "contact")}
SENTENCES = (
    f"Guten Tag, ich heiße {NAME} und suche einen Zuschuss für eine Weiterbildung in Hagen.",
    f"Mein Name ist {NAME}, ich wohne {STREET} in 58095 Hagen, meine Mail ist {MAIL}",
    f"Überweisen Sie bitte auf {IBAN} oder {CARD}, Steuer-ID {TAX}",
    f"qwertz {NAME.lower()}? ich heiße {NAME.lower()}, {PHONE}",
    f"Bitte schreiben Sie an Frau {NAME}, {STREET}, 58095 Hagen",
    "Wie hoch ist der Bildungsscheck?",
)
CALL_BACK = ("Können Sie mich anrufen?", PHONE, "am besten ab 16 Uhr", "ja")
SESSION = {"X-Navigator-Session": "kanarie-sitzung-1"}


class Lent:
    """The runtime of all tests, which an application must not close."""

    def __init__(self, runtime: Runtime) -> None:
        self.handle, self.parse, self.health = runtime.handle, runtime.parse, runtime.health

    async def close(self) -> None:
        pass


@pytest.fixture
def engine(settings: Settings) -> Iterator[sa.Engine]:
    opened = create_engine_from(settings)
    yield opened
    opened.dispose()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, as the service writes it, with all that developers see."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    log.configure("DEBUG", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


async def _talk_on_the_page(client: TestClient) -> None:
    for number, text in enumerate((*SENTENCES, *CALL_BACK)):
        body = {"session": SESSION["X-Navigator-Session"], "text": text, "message_id": f"m-{number}"}
        async with client.post("/api/chat", json=body) as response:
            assert response.status == 200
            answered = (await response.json())["request_id"]
        rating = {"session": body["session"], "request_id": answered, "helpful": False, "reason": "falsch"}
        async with client.post("/api/feedback", json=rating) as response:
            assert response.status == 200
    async with client.post("/api/chat/stream", json={**body, "text": SENTENCES[1], "message_id": "s-1"}) as response:
        assert "event: done" in await response.text()
    await fetch(client, f"/foerderung?suche={MAIL}")
    _, html = await fetch(client, "/chat")
    await send(client, next(form for form in forms(html) if "text" in form.fields), text=SENTENCES[1])


async def _report(client: TestClient) -> None:
    for path in ("/melden?zu=bildungsscheck-2-0", "/barrierefreiheit/melden"):
        _, html = await fetch(client, path)
        sent, _ = await send(client, forms(html)[0], text=f"{SENTENCES[1]}. {SENTENCES[2]}", email=MAIL)
        assert sent == 200


async def _use_workbench(app: web.Application, aiohttp_client: Any) -> None:
    staff = Staff(await aiohttp_client(app), app, account(app, "kontrolle", *Role))
    assert (await staff.post("/datenschutz/streichen", {"text": SENTENCES[1]})).status == 200
    assert (await staff.post("/datenschutz", {"nummer": f"{NAME} {PHONE}"})).status == 422
    nobody = await aiohttp_client(app)
    assert (await see(nobody, "GET", f"/wissensbasis?suche={MAIL}")).status in (302, 303)
    for path in ("/posteingang", "/rueckrufe", "/meldungen", "/protokoll"):
        seen = await staff.get(path)
        assert seen.status == 200 and not _found(seen.html), path


def _found(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]


def _columns(engine: sa.Engine) -> dict[tuple[str, str], list[str]]:
    """What was found in the database, by table and column."""
    found = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                marks = _found(repr(connection.execute(sa.select(column)).scalars().all()))
                found.update({(table.name, column.name): marks} if marks else {})
    return found


def _in_backup(settings: Settings, engine: sa.Engine, file: Path) -> set[str]:
    """The parts of a backup in which something was found."""
    back_up(settings, engine, file, with_models=False, with_secrets=True)
    with tarfile.open(file) as archive:
        parts = {each.name: archive.extractfile(each) for each in archive.getmembers()}
        return {name for name, part in parts.items() if part and _found(part.read().decode(errors="replace"))}


async def test_it_is_found_only_where_it_may_stand(
    runtime: Runtime, settings: Settings, instance: Instance, engine: sa.Engine, logged: io.StringIO,
    aiohttp_client: Any, capfd: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:
    app = create_app(Lent(runtime), settings, instance, engine)
    await _talk_on_the_page(await aiohttp_client(app))
    await _report(await aiohttp_client(app))
    messenger = FakeMessenger(engine, runtime, address="raum-1")
    for text in (*SENTENCES, *CALL_BACK):
        assert await messenger.send(text)
    await _use_workbench(create_workbench(settings, instance, engine, b"x" * 32), aiohttp_client)

    assert set(_columns(engine)) == ALLOWED
    with engine.connect() as connection:
        events = repr(connection.execute(sa.select(ConversationEvent.data)).scalars().all())
    assert "•••" in events and "58095 Hagen" in events and "suche einen Zuschuss" in events
    assert _in_backup(settings, engine, tmp_path / "sicherung.tar.gz") == {
        f"tables/{table}.jsonl" for table, _ in ALLOWED}
    figures = (await app[METRICS].text()).decode()
    assert "/api/chat" in figures and not _found(figures)
    out, err = capfd.readouterr()
    assert "web.answered" in logged.getvalue()
    assert [_found(text) for text in (logged.getvalue(), out, err)] == [[], [], []]
