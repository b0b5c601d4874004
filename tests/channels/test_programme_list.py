"""„Förderung finden“: filters, order, pages of the list, places in words, nothing found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from channels.web.keys import STORE, TODAY
from channels.web.pages.programmes import PER_PAGE
from channels.web.programme_query import Asked, choices_of, read
from channels.web.programme_view import ProgrammeView
from knowledge_base.queries import directory
from knowledge_base.schema.programme import Programme, Status
from knowledge_base.store import KnowledgeStore
from tests.channels.markup import Markup, assert_sound
from tests.channels.poison import ATTACK

DAY = dt.date(2026, 11, 22)
Show = Callable[..., Awaitable[Markup]]


@pytest.fixture
def app(app: web.Application, shared_store: KnowledgeStore) -> web.Application:
    app[STORE], app[TODAY] = shared_store, lambda: DAY
    return app


@pytest.fixture
def programmes(app: web.Application) -> dict[str, Programme]:
    return dict(app[STORE].catalogue().programmes)


@pytest.fixture
def show(client: TestClient) -> Show:
    """Open the list with some filters."""

    async def opened(**query: str | int) -> Markup:
        async with client.get("/foerderung", params=query) as response:
            assert response.status == 200
            return assert_sound(await response.text())

    return opened


def listed(page: Markup) -> list[str]:
    """The ids of the programmes on a page of the list."""
    found = (re.fullmatch(r"/foerderung/([a-z0-9-]+)(\?.*)?", link) for link in page.links)
    return [match[1] for match in found if match]


def heading(page: Markup) -> str:
    return next(text for level, text in page.headings if level == 2)


async def all_listed(show: Show, **query: str) -> list[str]:
    """The ids on all pages of the list."""
    found: list[str] = []
    for number in range(1, 30):
        part = listed(await show(**query, seite=number))
        if part[-1:] == found[-1:]:
            break
        found += part
    return found


async def test_the_default_list_holds_everything_that_has_not_ended(programmes: dict[str, Programme], show: Show
                                                                    ) -> None:
    found = await all_listed(show)
    assert len(found) == len(set(found))
    assert set(found) == {p.id for p in programmes.values() if not ProgrammeView(p, DAY).is_ended}
    assert f"{len(found)} Angebote" in heading(await show())


async def test_what_ended_is_shown_only_when_asked_for(programmes: dict[str, Programme], show: Show) -> None:
    page = await show(status="ausgelaufen")
    assert len(listed(page)) == PER_PAGE
    assert all(ProgrammeView(programmes[one], DAY).is_ended for one in listed(page))
    assert "Was es gab" in page.text and "Was Sie bekommen" not in page.text
    assert len(await all_listed(show, status="alle")) == len(programmes)
    assert "/foerderung?status=ausgelaufen#treffer" in (await show()).links


async def test_every_filter_narrows_the_list(programmes: dict[str, Programme], app: web.Application, show: Show
                                             ) -> None:
    for one in listed(await show(thema="ki")):
        assert "ki" in [topic.value for topic in programmes[one].topics]
    for one in listed(await show(zielgruppe="gruendende")):
        assert "gruendende" in [a.value for a in (*programmes[one].audiences, *programmes[one].applicants)]
    for one in listed(await show(art="darlehen")):
        assert programmes[one].kind.value == "darlehen"
    assert {programmes[one].status for one in listed(await show(status="unklar"))} == {Status.UNKLAR}
    places = directory(app[STORE])
    for one in listed(await show(ort="52062")):
        assert places.covers(programmes[one].area, "aachen") is not False
    assert listed(await show(suche="zahlt jemand meinen kurs"))[0] == "bildungsscheck-2-0"


async def test_every_card_shows_what_matters(programmes: dict[str, Programme], show: Show) -> None:
    page = await show(thema="it-sicherheit")
    text = " ".join(page.text.split())
    assert listed(page)
    for one in listed(page):
        view = ProgrammeView(programmes[one], DAY)
        for part in (view.programme.name, view.about, view.state.words, view.programme.summary.text, view.gets,
                     view.deadline_note or view.programme.deadline.text,
                     f"Stand: {view.programme.verified.on:%d.%m.%Y}"):
            assert part in text, (one, part)


async def test_each_filter_in_force_is_named_and_can_be_taken_away(show: Show) -> None:
    page = await show(thema="ki", ort="Hagen", suche="Roboter")
    assert "Künstliche Intelligenz" in page.title and "Hagen" in page.title
    without = [parse_qs(urlsplit(link).query) for link in page.links if link.startswith("/foerderung?")]
    assert {"thema": ["ki"], "ort": ["Hagen"]} in without
    assert {"thema": ["ki"], "suche": ["Roboter"]} in without
    assert {"ort": ["Hagen"], "suche": ["Roboter"]} in without


async def test_a_place_is_kept_on_the_way_to_a_programme(show: Show) -> None:
    page = await show(ort="58095")
    assert any(link.startswith("/foerderung/") and link.endswith("?ort=58095") for link in page.links)


async def test_a_name_of_several_places_asks_which_one(show: Show) -> None:
    page = await show(ort="barmen")
    assert {"/foerderung?ort=wuppertal#treffer", "/foerderung?ort=juelich#treffer"} <= set(page.links)
    assert "nicht auf einen Ort eingegrenzt" in page.text
    assert "nicht auf einen Ort eingegrenzt" not in (await show(ort="wuppertal")).text


async def test_an_unknown_place_is_said_and_not_filtered(show: Show) -> None:
    page = await show(ort="Xanadu")
    assert "„Xanadu“ kennen wir nicht" in page.text
    assert heading(page) == heading(await show())


async def test_outside_nrw_the_list_says_so(programmes: dict[str, Programme], show: Show) -> None:
    page = await show(ort="Berlin")
    assert "Berlin liegt nicht in Nordrhein-Westfalen" in page.text
    assert all("deutschland" in programmes[one].area for one in listed(page))


async def test_nothing_found_leads_on(show: Show) -> None:
    page = await show(suche="qwertzuiop", thema="ki")
    assert heading(page) == "Nichts gefunden" and not listed(page)
    assert "/chat?frage=qwertzuiop" in page.links
    assert any(link.startswith("tel:") for link in page.links)
    assert not any(link.startswith("/foerderung.pdf") for link in page.links)


async def test_the_list_has_pages_and_stays_within_them(show: Show) -> None:
    first, second, beyond = await show(), await show(seite=2), await show(seite=999)
    assert "/foerderung?seite=2#treffer" in first.links
    assert len(listed(first)) == PER_PAGE and not set(listed(first)) & set(listed(second))
    assert listed(beyond) and "Seite 2" in second.title
    for nonsense in ("0", "-1", "abc", "²", "9" * 50):
        assert listed(await show(seite=nonsense)) == listed(first)


async def test_empty_fields_of_the_form_are_left_out_of_the_address(client: TestClient) -> None:
    sent = {"suche": "", "thema": "ki", "zielgruppe": "", "ort": " Hagen ", "art": "", "status": ""}
    async with client.get("/foerderung", params=sent, allow_redirects=False) as response:
        assert response.status == 302
        assert response.headers["Location"] == "/foerderung?thema=ki&ort=Hagen"
    async with client.get("/foerderung", params={"suche": ""}) as response:
        assert response.status == 200 and response.url.path_qs == "/foerderung"


def test_an_address_asks_for_what_was_asked(app: web.Application) -> None:
    asked = Asked("Büro & Co. #1", "ki", "unternehmen", "Hagen", "zuschuss", "unklar", 3)
    query = {key: values[0] for key, values in parse_qs(urlsplit(asked.address()).query).items()}
    assert read(query, choices_of(app[STORE])) == asked


@pytest.mark.parametrize("name", ["suche", "thema", "zielgruppe", "ort", "art", "status", "seite", "anders"])
async def test_no_parameter_brings_code_into_the_page(client: TestClient, show: Show, name: str) -> None:
    await show(**{name: ATTACK})  # sound markup holds no script, no handler, no foreign tag
    async with client.get(f"/foerderung?{urlencode({name: ATTACK})}") as response:
        html = await response.text()
    assert "<script>alert" not in html and "<img src=x" not in html


async def test_long_and_odd_input_is_cut_and_cleaned(show: Show) -> None:
    page = await show(suche="a" * 3000, ort="\x00\x07x" * 300)
    assert "a" * 201 not in page.text and "\x00" not in page.text
