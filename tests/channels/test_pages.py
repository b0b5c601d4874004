"""What holds for every page besides the catalogue of programmes; events and terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from channels.web.keys import STORE, TODAY
from channels.web.pages.glossary import Glossary
from channels.web.pages.start import ENTRANCES, holdings
from channels.web.rendering import LEGAL
from tests.channels.markup import Markup, assert_sound
from tests.channels.poison import assert_harmless, poison

PATHS = ("/", "/anlaufstellen", "/anlaufstellen?ort=Hagen&thema=ki&zielgruppe=unternehmen", "/termine", "/begriffe",
         *(address for address, _ in LEGAL))
Get = Callable[[str], Awaitable[str]]


@pytest.fixture
def get(client: TestClient) -> Get:
    """Return the text of a page that is there."""

    async def fetch(path: str) -> str:
        async with client.get(path, headers={"Accept": "text/html"}) as response:
            assert response.status == 200, path
            assert response.content_type == "text/html"
            return await response.text()

    return fetch


@pytest.mark.parametrize("path", PATHS)
async def test_every_page_is_sound(get: Get, path: str) -> None:
    assert_sound(await get(path))


async def test_pages_have_titles_of_their_own(get: Get) -> None:
    titles = [Markup(await get(path)).title for path in PATHS]
    assert len(set(titles)) == len(PATHS)


@pytest.mark.parametrize("path", ["/anlaufstellen?ort=Hagen", "/anlaufstellen/ihk-arnsberg", "/termine", "/begriffe"])
async def test_texts_of_the_catalogue_are_never_code(app: web.Application, get: Get, path: str) -> None:
    poison(app[STORE])
    html = await get(path)
    assert_harmless(html)
    assert_sound(html)


async def test_start_page_leads_on_without_javascript(get: Get, app: web.Application) -> None:
    page = assert_sound(await get("/"))
    questions = [question for entrance in ENTRANCES for question in entrance.questions]
    assert len(ENTRANCES) == 3 and all(2 <= len(entrance.questions) <= 3 for entrance in ENTRANCES)
    assert len([link for link in page.links if link.startswith("/chat?frage=")]) == len(questions)
    topics = app[STORE].catalogue().vocabulary.topics
    assert topics and all(f"/foerderung?thema={topic.id}" in page.links for topic in topics)


def test_what_has_ended_is_not_counted(app: web.Application) -> None:
    store = app[STORE]
    now, later = holdings(store, dt.date(2026, 11, 22)), holdings(store, dt.date(2046, 11, 21))
    assert 0 < later.programmes < now.programmes < len(store.catalogue().programmes)
    assert now.contacts < len(store.catalogue().contacts)


async def test_no_past_event_is_shown_as_upcoming(app: web.Application, get: Get) -> None:
    past = [event for event in app[STORE].catalogue().events.values() if event.date]
    html = await get("/termine")
    assert past and not any(event.title in html for event in past)
    assert "keine Veranstaltung mit festem Datum" in html
    assert "Regelmäßige Angebote" in html


async def test_events_to_come_are_shown_with_day_and_source(app: web.Application, aiohttp_client: Any) -> None:
    event = app[STORE].catalogue().events["jobday-hagen-2025"]
    app[TODAY] = lambda: event.date - dt.timedelta(days=1)
    client = await aiohttp_client(app)
    async with client.get("/termine") as response:
        html = await response.text()
    assert event.title in html and f"{event.date:%d.%m.%Y}" in html
    assert next(iter(event.sources.values())).title in html
    assert "keine Veranstaltung mit festem Datum" not in html


async def test_every_term_has_an_address_of_its_own(app: web.Application, get: Get) -> None:
    catalogue = app[STORE].catalogue()
    page = assert_sound(await get("/begriffe"))
    assert catalogue.terms and set(catalogue.terms) <= set(page.ids)
    assert all(each.text.text in page.text for each in (*catalogue.terms.values(), *catalogue.confusable))


def test_terms_are_ordered_as_germans_look_for_them(app: web.Application) -> None:
    glossary = app[STORE].derived(Glossary.of)
    letters = [letter for letter, _ in glossary.letters]
    assert letters == sorted(set(letters)) and all("A" <= letter <= "Z" for letter in letters)
    under_a = [term.term for term in dict(glossary.letters)["A"]]
    assert under_a.index("Außerbetriebliche Ausbildung") < under_a.index("AZAV")
