"""Contacts by place, topic and audience, and one page per contact."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from channels.web.contact_finding import Answer, Asked, PlaceState, find_for
from channels.web.contact_view import KINDS, contact_view, month_de
from channels.web.keys import STORE
from channels.web.rendering import phone_link
from knowledge_base.schema.contact import ContactKind, ReachKind
from tests.channels.markup import assert_sound

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def find(app: web.Application) -> Any:
    """Ask for a place."""

    def asked(place: str = "", topic: str | None = None, audience: str | None = None) -> Answer:
        return find_for(app[STORE], Asked(place, topic, audience), DAY)

    return asked


async def text_of(client: TestClient, path: str) -> str:
    async with client.get(path) as response:
        assert response.status == 200
        return await response.text()


def test_every_kind_of_contact_has_a_name() -> None:
    assert set(KINDS) == set(ContactKind)


async def test_every_contact_has_a_sound_page(app: web.Application, client: TestClient) -> None:
    contacts = app[STORE].catalogue().contacts
    assert len(contacts) > 100
    for contact in contacts.values():
        page = assert_sound(await text_of(client, f"/anlaufstellen/{contact.id}"))
        assert contact.name in page.text
        assert f"Stand: {contact.verified.on:%d.%m.%Y}" in page.text
        assert f"/melden?zu={contact.id}" in page.links
        for reach in contact.reach:
            assert reach.value in page.text
            if reach.kind is ReachKind.TELEFON:
                assert f"tel:{phone_link(reach.value)}" in page.links
            if reach.kind is ReachKind.EMAIL:
                assert f"mailto:{reach.value}" in page.links
        if contact.status_note:
            assert contact.status_note in page.text
        assert ("Nicht mehr aktiv" in page.text) is not contact.active


async def test_unknown_contacts_are_not_found(client: TestClient) -> None:
    for wrong in ("gibt-es-nicht", "%3Cscript%3E", "..%2Fimpressum"):
        async with client.get(f"/anlaufstellen/{wrong}") as response:
            assert response.status == 404


async def test_all_active_contacts_are_listed(app: web.Application, client: TestClient) -> None:
    page = assert_sound(await text_of(client, "/anlaufstellen"))
    contacts = app[STORE].catalogue().contacts.values()
    for contact in contacts:
        assert (f"/anlaufstellen/{contact.id}" in page.links) is contact.active


def test_old_ways_are_marked_and_every_way_says_its_age(app: web.Application) -> None:
    old = new = 0
    for contact in app[STORE].catalogue().contacts.values():
        for reach, way in zip(contact.reach, contact_view(contact, DAY).ways, strict=True):
            assert way.age and way.sources
            expected = reach.kind is not ReachKind.WEB and bool(reach.as_of) and int(str(reach.as_of)[:4]) < 2024
            assert way.is_old is expected
            old, new = old + way.is_old, new + (not way.is_old)
    assert old > 10 and new > 10


async def test_an_old_way_is_marked_on_the_page(client: TestClient) -> None:
    html = await text_of(client, "/anlaufstellen/regionalagentur-muensterland")
    assert "Angabe von 2011, bitte prüfen" in html


def test_overdue_contacts_say_so(app: web.Application) -> None:
    contact = app[STORE].contact("hwk-suedwestfalen")
    assert not contact_view(contact, contact.verified.next).is_overdue
    assert contact_view(contact, contact.verified.next + dt.timedelta(days=1)).is_overdue


@pytest.mark.parametrize(("place", "agency", "chamber"), [
    ("Hagen", "regionalagentur-maerkische-region", "ihk-suedwestfaelische"),
    ("58095", "regionalagentur-maerkische-region", None),
    ("Witten", "regionalagentur-mittleres-ruhrgebiet", "ihk-mittleres-ruhrgebiet"),
    ("Aachen", "regionalagentur-region-aachen", "ihk-aachen"),
    ("witten", "regionalagentur-mittleres-ruhrgebiet", None),
])
def test_the_responsible_bodies_come_first(find: Any, app: web.Application, place: str, agency: str,
                                           chamber: str | None) -> None:
    answer = find(place)
    ids = [one.view.contact.id for one in answer.responsible if one.view]
    kinds = [one.kind for one in answer.responsible]
    assert answer.state is PlaceState.CLEAR
    assert ids[0] == agency
    assert chamber not in app[STORE].catalogue().contacts or chamber in ids
    assert {KINDS[kind] for kind in (ContactKind.IHK, ContactKind.HWK, ContactKind.JOBCENTER,
                                     ContactKind.AGENTUR_FUER_ARBEIT)} <= set(kinds)
    assert not {one.name for one in answer.others} & {one.name for one in answer.responsible}


def test_people_see_the_employment_agency_first_and_firms_the_chambers_before_it(find: Any) -> None:
    person, firm = find("Hagen", audience="arbeitsuchende"), find("Hagen", audience="unternehmen")
    assert person.responsible[0].kind == KINDS[ContactKind.AGENTUR_FUER_ARBEIT]
    kinds = [one.kind for one in firm.responsible]
    assert kinds.index(KINDS[ContactKind.IHK]) < kinds.index(KINDS[ContactKind.AGENTUR_FUER_ARBEIT])


def test_a_divided_kreis_says_so_for_the_parts(find: Any) -> None:
    answer = find("Ennepe-Ruhr-Kreis")
    assert any("außer in" in reason and "Witten" in reason for one in answer.responsible for reason in one.reasons)
    assert not answer.is_divided and find("Südwestfalen").is_divided


@pytest.mark.parametrize(("place", "state", "words"), [
    ("Altendorf", PlaceState.SEVERAL, "Welchen Ort meinen Sie?"),
    ("Xyzzyhausen", PlaceState.UNKNOWN, "Diesen Ort kennen wir nicht"),
    ("10115", PlaceState.UNKNOWN, "Diesen Ort kennen wir nicht"),
    ("Frankfurt", PlaceState.OUTSIDE, "liegt nicht in Nordrhein-Westfalen"),
    ("Venlo", PlaceState.OUTSIDE, "Niederlande"),
    ("haspe", PlaceState.CLEAR, "Zuständig für Hagen"),
    ("Lüdenschied", PlaceState.CLEAR, "Zuständig für Lüdenscheid"),
    ("NRW", PlaceState.CLEAR, "verschiedene Stellen zuständig"),
])
async def test_whatever_the_place_the_page_answers_in_words(find: Any, client: TestClient, place: str,
                                                            state: PlaceState, words: str) -> None:
    assert find(place).state is state
    page = assert_sound(await text_of(client, f"/anlaufstellen?ort={place}"))
    assert words in page.text


async def test_each_choice_of_an_ambiguous_name_leads_to_an_answer(find: Any, client: TestClient) -> None:
    page = assert_sound(await text_of(client, "/anlaufstellen?ort=Altendorf&thema=ki&zielgruppe=unternehmen"))
    choices = find("Altendorf").choices
    assert len(choices) >= 2
    for place, label in choices:
        assert f"/anlaufstellen?ort={place}&thema=ki&zielgruppe=unternehmen" in page.links
        assert find(place).state is PlaceState.CLEAR and find(place).place_name in label


@pytest.mark.parametrize("topic", ["digitalisierung", None])
def test_outside_only_those_are_named_who_help_there(find: Any, topic: str | None) -> None:
    answer = find("Frankfurt", topic=topic)
    assert answer.others
    assert all("deutschland" in one.view.contact.area for one in answer.others)


def test_without_a_place_the_topic_decides(find: Any) -> None:
    answer = find(topic="it-sicherheit", audience="unternehmen")
    assert answer.state is PlaceState.NONE and answer.others
    assert "it-sicherheit" in {topic.value for topic in answer.others[0].view.contact.topics}


async def test_what_was_typed_is_shown_as_text_and_kept(client: TestClient) -> None:
    html = await text_of(client, "/anlaufstellen?ort=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&thema=%22x&zielgruppe=y")
    assert_sound(html)
    assert "<script>alert" not in html and "alert(1)" in html


async def test_a_very_long_place_is_cut(client: TestClient) -> None:
    html = await text_of(client, "/anlaufstellen?ort=" + "a" * 4000)
    assert "a" * 81 not in html and "kennen wir nicht" in html


@pytest.mark.parametrize(("written", "shown"), [
    ("2025-10", "Oktober 2025"), ("2025", "2025"), ("2025-10-03", "03.10.2025"), ("Herbst 2025", "Herbst 2025"),
    ("2025-13", "2025-13"),
])
def test_months_are_german(written: str, shown: str) -> None:
    assert month_de(written) == shown


@pytest.mark.parametrize(("phone", "link"), [
    ("112", "112"), ("116 016", "116016"), ("0800 4 5555 00", "+498004555500"),
])
def test_short_numbers_are_dialled_as_they_are(phone: str, link: str) -> None:
    assert phone_link(phone) == link
