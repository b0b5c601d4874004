"""One page per programme: whole, sound, and nothing on it that no record says."""

from __future__ import annotations

import datetime as dt
import re

import aiohttp_jinja2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.instance import Instance
from channels.web.keys import INSTANCE, STORE, TODAY
from channels.web.programme_page import programme_context
from channels.web.programme_view import ProgrammeView
from knowledge_base.places import NRW
from knowledge_base.queries import directory
from knowledge_base.schema.programme import Programme
from knowledge_base.store import KnowledgeStore
from tests.channels.markup import Markup, assert_sound
from tests.channels.poison import ATTACK, assert_harmless, poisoned
from tests.figures import figures, figures_of

DAY = dt.date(2026, 11, 22)
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:de|nrw|eu|com|org|net)\b\S*")
_LEAK = re.compile(r"\bNone\b|\[\]|\{\{|\bUndefined\b|<[a-z]|datetime\.|\b[a-z]+_[a-z_]+\b")
"""What a template shows when it shows a value of the program instead of words, or the id of a fact or purpose."""


@pytest.fixture
def app(app: web.Application, shared_store: KnowledgeStore) -> web.Application:
    app[STORE], app[TODAY] = shared_store, lambda: DAY
    return app


@pytest.fixture
def store(app: web.Application) -> KnowledgeStore:
    return app[STORE]


async def opened(client: TestClient, path: str) -> tuple[str, Markup]:
    async with client.get(path) as response:
        assert response.status == 200, path
        html = await response.text()
    return html, assert_sound(html)


def body(page: Markup) -> str:
    """The text of the page between header and footer."""
    return " ".join(page.text.split("Begriffe", 1)[1].rsplit("Lieber mit einem Menschen", 1)[0].split())


def missing(page: Markup, programme: Programme) -> list[str]:
    """What the record says and the page does not."""
    view, text = ProgrammeView(programme, DAY), body(page)
    wanted = [programme.name, view.about, view.state.words, programme.summary.text, programme.funding.text.text,
              f"Stand: {programme.verified.on:%d.%m.%Y}", programme.provider.name, *programme.open_questions,
              *(each.text for each in (*programme.conditions, *programme.exclusions))]
    if not view.is_ended:
        wanted += [each.text for each in (programme.deadline, *programme.steps, *programme.documents,
                                          *programme.combination)]
    wanted += [source.title for source in programme.sources.values()]
    links = [source.url for source in programme.sources.values()] + [f"/melden?zu={programme.id}"]
    return [part for part in wanted if " ".join(part.split()) not in text] + [
        link for link in links if link not in page.links]


def unsupported(page: Markup, programme: Programme, store: KnowledgeStore, agency: Instance) -> set[str]:
    """Figures of the page that no record shown on it supports."""
    catalogue = store.catalogue()
    allowed = figures_of(programme) | figures_of(agency)
    for other in (*programme.alternatives, programme.successor.id if programme.successor else ""):
        record = catalogue.programmes.get(other)
        allowed |= figures(f"{record.name} {record.summary.text}") if record else set()
    for link in page.links:
        contact = catalogue.contacts.get(link.removeprefix("/anlaufstellen/"))
        allowed |= figures_of(contact) if contact else set()
    for end in (programme.valid_until, programme.deadline.date):
        allowed |= {str((end - DAY).days)} if end else set()
    return figures(body(page)) - allowed


async def test_every_programme_has_a_whole_and_sound_page(store: KnowledgeStore, instance: Instance,
                                                          client: TestClient) -> None:
    programmes = store.catalogue().programmes
    assert len(programmes) > 150
    faults: dict[str, object] = {}
    for programme in programmes.values():
        _, page = await opened(client, f"/foerderung/{programme.id}")
        text = _ADDRESS.sub("", body(page))
        found = [missing(page, programme), sorted(unsupported(page, programme, store, instance)), _LEAK.findall(text)]
        says_so = programme.id in programme.model_dump_json(exclude={"id"})
        found.append([programme.id] if "-" in programme.id and programme.id in text and not says_so else [])
        if any(found):
            faults[programme.id] = found
    assert faults == {}


async def test_what_ended_is_said_before_anything_else(store: KnowledgeStore, client: TestClient) -> None:
    ended = [p for p in store.catalogue().programmes.values() if ProgrammeView(p, DAY).is_ended]
    assert len(ended) > 20
    for programme in ended:
        _, page = await opened(client, f"/foerderung/{programme.id}")
        text = body(page)
        assert text.index("ist ausgelaufen") < text.index(" ".join(programme.summary.text.split()))
        assert "So gehen Sie vor" not in text and "Erst beantragen" not in text
        successor = store.programme(programme.successor.id) if programme.successor else None
        if successor and not ProgrammeView(successor, DAY).is_ended:
            assert f"/foerderung/{successor.id}" in page.links


async def test_an_ended_programme_is_never_offered_instead(store: KnowledgeStore, client: TestClient) -> None:
    gone = next(p for p in store.catalogue().programmes.values() if ProgrammeView(p, DAY).is_ended)
    offering = next(p for p in store.catalogue().programmes.values() if not ProgrammeView(p, DAY).is_ended)
    offering = offering.model_copy(update={"alternatives": [gone.id]})
    assert programme_context(store, offering, DAY, "", {})["alternatives"] == []


async def test_most_grants_warn_to_apply_first(store: KnowledgeStore, client: TestClient) -> None:
    _, page = await opened(client, "/foerderung/bildungsscheck-2-0")
    assert "Erst beantragen, dann anfangen" in page.text


async def test_the_place_leads_to_the_people_there(store: KnowledgeStore, client: TestClient) -> None:
    _, page = await opened(client, "/foerderung/bildungsgutschein?ort=58095")
    assert "Zuständig für Hagen" in page.text
    assert "Hagen" in page.text.split("Wer Ihnen hilft")[-1]


async def test_where_it_does_not_hold_the_page_says_so(store: KnowledgeStore, client: TestClient) -> None:
    local = next(p for p in store.catalogue().programmes.values() if directory(store).covers(p.area, "hagen") is False
                 and not ProgrammeView(p, DAY).is_ended)
    _, page = await opened(client, f"/foerderung/{local.id}?ort=Hagen")
    assert "Für Hagen gilt dieses Angebot nicht" in page.text
    assert directory(store).covers(local.area, NRW) is None
    _, page = await opened(client, f"/foerderung/{local.id}?ort=NRW")
    assert "nur in einem Teil von Nordrhein-Westfalen" in page.text
    _, page = await opened(client, f"/foerderung/{local.id}?ort=barmen")
    assert f"/foerderung/{local.id}?ort=wuppertal#hilfe" in page.links


async def test_a_link_switches_to_plain_language_and_back(store: KnowledgeStore, client: TestClient) -> None:
    programme = store.catalogue().programmes["bildungsscheck-2-0"]
    _, page = await opened(client, "/foerderung/bildungsscheck-2-0?ort=Hagen")
    there = next(link for link in page.links if "sprache=einfach" in link and ".pdf" not in link)
    _, plain = await opened(client, there)
    assert programme.plain.text in body(plain) and programme.summary.text not in body(plain)
    assert "/foerderung/bildungsscheck-2-0?ort=Hagen" in plain.links


async def test_questions_go_to_the_chat_and_mistakes_to_the_form(client: TestClient, store: KnowledgeStore) -> None:
    _, page = await opened(client, "/foerderung/zim")
    assert any(link.startswith("/chat?frage=") and "Zentrales" in link for link in page.links)
    assert "/melden?zu=zim" in page.links and "/foerderung/zim.pdf" in page.links


async def test_an_overdue_record_says_so(app: web.Application, client: TestClient) -> None:
    programme = app[STORE].catalogue().programmes["zim"]
    app[TODAY] = lambda: programme.verified.next
    _, page = await opened(client, "/foerderung/zim")
    assert "noch nicht wieder geprüft" not in page.text
    app[TODAY] = lambda: programme.verified.next + dt.timedelta(days=1)
    _, page = await opened(client, "/foerderung/zim")
    assert "noch nicht wieder geprüft" in page.text


@pytest.mark.parametrize("path", ["/foerderung/gibt-es-nicht", "/foerderung/gibt-es-nicht.pdf", "/foerderung/A_B",
                                  "/foerderung/%3Cscript%3E", "/foerderung/" + "a" * 500])
async def test_an_unknown_programme_is_not_found(client: TestClient, path: str) -> None:
    async with client.get(path) as response:
        assert response.status == 404
        assert "<script>" not in await response.text()


@pytest.mark.parametrize("name", ["ort", "sprache", "anders"])
async def test_no_parameter_brings_code_into_the_page(client: TestClient, name: str) -> None:
    async with client.get("/foerderung/zim", params={name: ATTACK}) as response:
        html = await response.text()
    assert_sound(html)
    assert "<script>alert" not in html and "<img src=x" not in html


@pytest.mark.parametrize("record", ["bildungsscheck-2-0", "digital-jetzt"])
def test_no_field_of_a_record_brings_code_into_the_page(app: web.Application, record: str) -> None:
    store = app[STORE]
    programme = store.catalogue().programmes[record]
    bad = poisoned(programme).model_copy(update={"not_for": programme.not_for})
    context = programme_context(store, bad, DAY, app[INSTANCE].contact_id, {})
    template = aiohttp_jinja2.get_env(app).get_template("programme.html")
    html = template.render({"layout": "layout.html", "path": "/foerderung", **context})
    assert_sound(html)
    assert_harmless(html)
