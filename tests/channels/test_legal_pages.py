"""The law pages: filled from the instance file, marked where it is open, true to what the code does."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestClient

from bot.instance import OPEN, Accessibility, ChannelName, Instance
from bot.settings import load_settings
from channels.web.app import create_app
from channels.web.rendering import LEGAL
from tests.channels.fake_runtime import FakeRuntime
from tests.channels.markup import assert_sound

MARK = "Diese Angabe muss die Agentur noch ergänzen."


async def text_of(client: TestClient, path: str) -> str:
    async with client.get(path) as response:
        assert response.status == 200
        return assert_sound(await response.text()).text


def filled(instance: Instance) -> Instance:
    """The instance with every open field filled in, each with a text of its own."""
    def fill(part: Any) -> Any:
        changes = {name: f"Ausgefüllt: {name} <b>" for name in type(part).model_fields if getattr(part, name) == OPEN}
        return part.model_copy(update=changes)

    agency = instance.agency.model_copy(update={"email": "post@agentur.example"})
    return instance.model_copy(update={"agency": agency, "imprint": fill(instance.imprint),
                                       "privacy": fill(instance.privacy),
                                       "accessibility": fill(instance.accessibility)})


@pytest.fixture
async def filled_client(fake: FakeRuntime, instance: Instance, catalogue_engine: sa.Engine,
                        aiohttp_client: Any) -> TestClient:
    """The pages of an agency that has done its part."""
    return await aiohttp_client(create_app(fake, load_settings({}), filled(instance), catalogue_engine))


async def test_each_open_field_is_marked(client: TestClient, instance: Instance) -> None:
    texts = [await text_of(client, address) for address, _ in LEGAL]
    missing_mail = ["/impressum", "/barrierefreiheit"] if instance.agency.email is None else []
    assert len(instance.open_fields()) > 10
    assert sum(text.count(MARK) for text in texts) == len(instance.open_fields()) + len(missing_mail)
    assert not any(OPEN in text for text in texts)


async def test_what_is_filled_in_is_shown_and_not_marked(filled_client: TestClient, instance: Instance) -> None:
    texts = " ".join([await text_of(filled_client, address) for address, _ in LEGAL])
    assert MARK not in texts
    for name in instance.open_fields():
        assert f"Ausgefüllt: {name.split('.')[1]} <b>" in texts


async def test_what_does_not_exist_is_left_out(fake: FakeRuntime, instance: Instance, catalogue_engine: sa.Engine,
                                               aiohttp_client: Any) -> None:
    none = filled(instance).imprint.model_copy(update={"vat_id": None, "register_entry": None})
    barrier = Accessibility(known_barriers=("Die Karte hat keinen Text.",))
    changed = instance.model_copy(update={"imprint": none, "accessibility": barrier})
    client = await aiohttp_client(create_app(fake, load_settings({}), changed, catalogue_engine))
    imprint = await text_of(client, "/impressum")
    assert "Umsatzsteuer-ID" not in imprint and "Registereintrag" not in imprint
    assert "Die Karte hat keinen Text." in await text_of(client, "/barrierefreiheit")


async def test_the_time_of_deletion_is_that_of_the_instance(fake: FakeRuntime, instance: Instance,
                                                            catalogue_engine: sa.Engine, aiohttp_client: Any) -> None:
    privacy = instance.privacy.model_copy(update={"retention_days": 17})
    changed = instance.model_copy(update={"privacy": privacy})
    client = await aiohttp_client(create_app(fake, load_settings({}), changed, catalogue_engine))
    assert "17 Tage" in await text_of(client, "/datenschutz")
    assert "17 Tage" in await text_of(client, "/einfache-sprache")
    assert "30 Tage nach der letzten Nachricht" not in await text_of(client, "/datenschutz")


async def test_privacy_does_not_promise_what_is_not_offered(fake: FakeRuntime, instance: Instance,
                                                            catalogue_engine: sa.Engine, aiohttp_client: Any) -> None:
    handoff = instance.human_handoff.model_copy(update={"callback": False})
    client = await aiohttp_client(create_app(
        fake, load_settings({}), instance.model_copy(update={"human_handoff": handoff}), catalogue_engine))
    assert "Rückruf" not in await text_of(client, "/datenschutz")


async def test_no_page_sets_a_cookie(client: TestClient) -> None:
    for address, _ in (*LEGAL, ("/", ""), ("/anlaufstellen", "")):
        async with client.get(address) as response:
            assert "Set-Cookie" not in response.headers


async def test_ai_is_disclosed(client: TestClient) -> None:
    text = await text_of(client, "/ki-transparenz")
    assert "KI-System, kein Mensch" in text and "Artikel 50" in text and "unverbindlich" in text


async def test_plain_language_is_not_called_leichte_sprache(client: TestClient) -> None:
    text = await text_of(client, "/einfache-sprache")
    assert "Diese Seite ist in Einfacher Sprache" in text
    assert text.count("Leichte") == 1 and "nicht dasselbe wie Leichte Sprache" in text


async def test_barriers_can_be_reported(client: TestClient, instance: Instance) -> None:
    async with client.get("/barrierefreiheit") as response:
        page = assert_sound(await response.text())
    assert "/barrierefreiheit/melden" in page.links
    assert instance.agency.phone in page.text


@pytest.mark.parametrize(("channels", "named"), [(("web",), False), (("web", "matrix", "telegram"), True)])
async def test_messengers_are_explained_where_there_are_any(
        channels: tuple[str, ...], named: bool, fake: FakeRuntime, instance: Instance, catalogue_engine: sa.Engine,
        aiohttp_client: Any) -> None:
    on = instance.model_copy(update={"channels": tuple(ChannelName(name) for name in channels)})
    client = await aiohttp_client(create_app(fake, load_settings({}), on, catalogue_engine))
    text = await text_of(client, "/datenschutz")
    assert ("Matrix, Telegram" in text) is named
    assert ("/loeschen" in text) is named
