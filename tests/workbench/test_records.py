"""Wissensbasis as people see it: lists, forms, a new record, a record that still holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.curation.links import FILE as LINKS
from bot.curation.links import Link, LinkState, links_of, save
from bot.records.rights import Role
from bot.workbench.keys import STORE
from knowledge_base.loader import load_catalogue
from knowledge_base.profile import Profile
from knowledge_base.queries import find_programmes
from tests.curation.content import make_content
from tests.knowledge_base.broken import SAMPLE
from tests.knowledge_base.broken import TODAY as THE_DAY
from tests.workbench.browsing import Seen, Staff
from tests.workbench.conftest import SignIn
from tests.workbench.reading_forms import changed, fields_of
from tests.workbench.small import small_workbench

CATALOGUE = "knowledge_base/catalogue"
GRANT = f"{CATALOGUE}/programmes/land/kurszuschuss.yml"
ADDRESS = "/wissensbasis/programme/kurszuschuss"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_content(tmp_path / "inhalt", in_git=True)


@pytest.fixture
def app(root: Path, tmp_path: Path) -> Iterator[web.Application]:
    """The workbench on a small content of its own that is live."""
    with small_workbench(root, tmp_path) as made:
        yield made


async def send(person: Staff, address: str, fields: list[tuple[str, str]], what: str) -> Seen:
    """Press a button of the form."""
    return await person.post(address, [*fields, ("tun", what)])


async def release(person: Staff, address: str) -> Seen:
    """Release what waits at an address."""
    seen = await person.get(address)
    (token,) = re.findall(r'name="gesehen" value="(\d+)"', seen.html)
    return await person.post(f"{address}/freigeben", {"gesehen": token})


NEW = {
    "name": "Werkstattzuschuss", "kind": "zuschuss", "summary.text": "Das Land zahlt einen Zuschuss für Kurse.",
    "plain.text": "Sie machen einen Kurs. Das Land hilft mit Geld.", "provider.name": "Land Nordrhein-Westfalen",
    "topics": "qualifizierung", "audiences": "beschaeftigte", "applicants": "beschaeftigte", "area": "Hagen",
    "funding.text.text": "Das Land übernimmt einen Teil der Kurskosten.", "deadline.text": "Anträge gehen jederzeit.",
    "contact_ids": "Kursberatung Hagen", "sources.s1.url": "https://www.example.org/werkstatt",
    "sources.s1.title": "Richtlinie", "sources.s1.supports": "alles", "aliases": "Werkstattgeld",
    "grund": "Neue Richtlinie, heute gelesen.",
}


async def test_a_new_programme_is_released_by_a_second_person_and_answered(
    staff: SignIn, app: web.Application, root: Path
) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    form = fields_of((await anna.get("/wissensbasis/programme/neu")).html)
    sent = await send(anna, "/wissensbasis/programme/neu", changed(form, NEW), "einreichen")
    assert sent.status == 303, sent.text
    assert "Neu: Werkstattzuschuss" in (await ben.get(sent.location)).text
    done = await release(ben, sent.location)
    assert done.status == 303, done.text
    assert (root / CATALOGUE / "programmes/land/werkstattzuschuss.yml").exists()
    app[STORE]._asked_at = None
    found = find_programmes(app[STORE], Profile(place="hagen"), "werkstattgeld", THE_DAY)
    assert "werkstattzuschuss" in [hit.programme.id for hit in found.hits]
    assert "Werkstattzuschuss" in (await anna.get("/wissensbasis/programme?suche=werkstattgeld")).text


async def test_what_is_missing_stands_at_its_field(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    form = changed(fields_of((await anna.get("/wissensbasis/programme/neu")).html), {**NEW, "kind": "", "topics": []})
    seen = await send(anna, "/wissensbasis/programme/neu", form, "einreichen")
    assert seen.status == 422 and 'id="kind-error"' in seen.html and 'href="#topics"' in seen.html
    assert 'value="Werkstattzuschuss"' in seen.html
    checked = await send(anna, "/wissensbasis/programme/neu", changed(form, {"area": "Atlantis"}), "pruefen")
    assert checked.status == 200 and 'href="#kind"' in checked.html


async def test_only_what_changed_is_written(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    before = (root / GRANT).read_text(encoding="utf-8")
    form = fields_of((await anna.get(ADDRESS)).html)
    form = changed(form, {"legal_basis": "§ 1 Kursgesetz", "grund": "Richtlinie"})
    nothing = await send(anna, ADDRESS, changed(form, {"legal_basis": ""}), "einreichen")
    assert nothing.status == 422 and "nichts geändert" in nothing.text
    sent = await send(anna, ADDRESS, form, "einreichen")
    assert (await release(ben, sent.location)).status == 303
    after = (root / GRANT).read_text(encoding="utf-8")
    assert after.replace("legal_basis: § 1 Kursgesetz\n", "") == before


async def test_buttons_change_lists_without_losing_what_was_written(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    form = changed(fields_of((await anna.get(ADDRESS)).html), {"name": "Anderer Name"})
    seen = await send(anna, ADDRESS, form, "neu conditions")
    assert 'value="Anderer Name"' in seen.html
    form = changed(fields_of(seen.html), {"conditions.n1.text": "Der Betrieb ist klein."})
    form = fields_of((await send(anna, ADDRESS, form, "neu conditions.n1.rules")).html)
    form = changed(form, {"conditions.n1.rules.n1.fact": "employees", "conditions.n1.rules.n1.op": "le",
                          "conditions.n1.rules.n1.value": "249"})
    seen = await send(anna, ADDRESS, form, "hoch conditions.n1")
    assert "Zahl der Beschäftigten · höchstens · 249" in seen.text
    order = [value for name, value in fields_of(seen.html) if name == "conditions"]
    assert order[-2] == "n1" or order[0] == "n1"
    gone = await send(anna, ADDRESS, fields_of(seen.html), "weg conditions.n1")
    assert "Der Betrieb ist klein." not in gone.text and 'value="Anderer Name"' in gone.html


async def test_the_preview_says_who_gets_it_then(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    form = fields_of((await anna.get(ADDRESS)).html)
    unchanged = await send(anna, f"{ADDRESS}/vorschau", form, "")
    assert "(neu)" not in unchanged.text and "passt" in unchanged.text
    seen = await send(anna, f"{ADDRESS}/vorschau", changed(form, {"status": "ausgelaufen"}), "")
    assert "passt nicht (neu)" in seen.text


async def test_a_record_that_still_holds_is_one_click(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    sent = await anna.post(f"{ADDRESS}/stimmt")
    assert sent.status == 303
    (number,) = re.findall(r"V-[A-Z]{6}", (await anna.get(sent.location)).text)[:1]
    assert (await release(ben, f"/freigabe/{number}")).status == 303
    text = (root / GRANT).read_text(encoding="utf-8")
    assert f"on: {THE_DAY}" in text and "by: Anna Beispiel" in text


async def test_who_only_reads_sees_no_button(staff: SignIn) -> None:
    rita = await staff(Role.READER, name="rita")
    seen = await rita.get(ADDRESS)
    assert seen.status == 200 and 'name="tun"' not in seen.html
    assert (await rita.post(ADDRESS, {"tun": "einreichen"})).status == 403


@pytest.mark.parametrize("address", ["kontakte/jobcenter-hagen", "termine/kurstag", "begriffe"])
async def test_every_kind_is_listed(staff: SignIn, address: str) -> None:
    anna = await staff(Role.EDITOR)
    assert (await anna.get(f"/wissensbasis/{address}")).status == 200
    assert (await anna.get(f"/wissensbasis/{address.split('/')[0]}/neu")).status == 200


async def test_what_is_not_there_is_said(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    assert (await anna.get("/wissensbasis/nichts")).status == 404
    assert (await anna.get("/wissensbasis/programme/gibt-es-nicht")).status == 422
    assert (await anna.get("/wissensbasis/programme/../../x")).status == 404


async def test_the_map_names_who_is_responsible_and_what_is_missing(staff: SignIn) -> None:
    anna = await staff(Role.READER)
    overview = await anna.get("/wissensbasis-abdeckung")
    assert overview.status == 200 and "Hier fehlt eine Stelle" in overview.text
    one = await anna.get("/wissensbasis-abdeckung?thema=qualifizierung")
    assert "Kursberatung Hagen" in one.text


async def test_dead_links_are_listed_with_their_records(staff: SignIn, tmp_path: Path) -> None:
    anna = await staff(Role.READER)
    assert "Noch nie geprüft" in (await anna.get("/wissensbasis-links")).text
    (url, _), *_ = links_of(load_catalogue(SAMPLE)).items()
    save(tmp_path / "var" / LINKS, [Link(url, LinkState.DEAD, "Die Seite gibt es nicht mehr.", "2026-11-20")])
    seen = await anna.get("/wissensbasis-links")
    assert "1 tot" in seen.text and url in seen.text and "20.11.2026" in seen.text


async def test_who_is_responsible_in_a_place_is_a_proposal_too(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    listed = await anna.get("/wissensbasis/zustaendigkeiten")
    (place, *_) = re.findall(r'href="/wissensbasis/zustaendigkeiten/([a-z-]+)"', listed.html)
    before = load_catalogue(root / CATALOGUE).places.kreise
    address = f"/wissensbasis/zustaendigkeiten/{place}"
    form = changed(fields_of((await anna.get(address)).html), {"jobcenter": "Kursberatung Hagen", "grund": "neu"})
    sent = await send(anna, address, form, "einreichen")
    assert sent.status == 303, sent.text
    assert (await release(ben, sent.location)).status == 303
    after = load_catalogue(root / CATALOGUE).places.kreise
    assert {kreis.id: kreis.responsible.jobcenter for kreis in after}[place] == "kursberatung-hagen"
    assert [kreis.gemeinden for kreis in before] == [kreis.gemeinden for kreis in after]
    assert (await anna.get("/wissensbasis/zustaendigkeiten/neu")).status == 404


async def test_a_gemeinde_gets_bodies_of_its_own(staff: SignIn, root: Path) -> None:
    anna = await staff(Role.EDITOR)
    listed = await anna.get("/wissensbasis/zustaendigkeiten?stand=wie+der+Kreis")
    (place, *_) = re.findall(r'href="/wissensbasis/zustaendigkeiten/([a-z-]+)"', listed.html)
    address = f"/wissensbasis/zustaendigkeiten/{place}"
    form = changed(fields_of((await anna.get(address)).html), {"jobcenter": "Jobcenter Hagen", "grund": "neu"})
    assert (await send(anna, address, form, "einreichen")).status == 303


async def test_a_new_term_is_added_to_the_glossary(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    form = changed(fields_of((await anna.get("/wissensbasis/begriffe/neu")).html), {
        "term": "Kursgeld", "text.text": "Geld für einen Kurs.", "plain": "Sie bekommen Geld für einen Kurs.",
        "sources": [], "grund": "Fragen danach kommen oft."})
    sent = await send(anna, "/wissensbasis/begriffe/neu", form, "einreichen")
    assert sent.status == 303, sent.text
    assert (await release(ben, sent.location)).status == 303
    assert load_catalogue(root / CATALOGUE).terms["kursgeld"].term == "Kursgeld"


async def test_two_people_change_the_same_field(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.EDITOR, Role.RELEASER, name="ben")
    forms = {person: fields_of((await person.get(ADDRESS)).html) for person in (anna, ben)}
    first = await send(anna, ADDRESS, changed(forms[anna], {"legal_basis": "§ 1", "grund": "neu"}), "einreichen")
    assert "Dazu wartet schon etwas" in (await ben.get(ADDRESS)).text
    assert (await release(ben, first.location)).status == 303
    second = await send(ben, ADDRESS, changed(forms[ben], {"legal_basis": "§ 2", "grund": "neu"}), "einreichen")
    assert second.status == 303
    seen = await ben.get(second.location)
    assert "nicht eingereicht" in seen.text and "Nichts wird überschrieben" in seen.text
    assert "legal_basis: § 1\n" in (root / GRANT).read_text(encoding="utf-8")


async def test_two_people_change_different_fields(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.EDITOR, Role.RELEASER, name="ben")
    form = fields_of((await anna.get(ADDRESS)).html)
    ours = await send(ben, ADDRESS, changed(form, {"provider.phone": "02331 12345", "grund": "neu"}), "einreichen")
    theirs = await send(anna, ADDRESS, changed(form, {"legal_basis": "§ 1", "grund": "neu"}), "einreichen")
    assert (await release(ben, theirs.location)).status == 303
    seen = await ben.get(ours.location)
    assert "Die Änderungen vertragen sich" in seen.text


async def test_a_value_may_be_written_by_its_name(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    form = fields_of((await send(anna, ADDRESS, fields_of((await anna.get(ADDRESS)).html), "neu conditions")).html)
    form = fields_of((await send(anna, ADDRESS, form, "neu conditions.n1.rules")).html)
    form = changed(form, {"conditions.n1.text": "Nur für Angestellte.", "conditions.n1.rules.n1.fact": "employment",
                          "conditions.n1.rules.n1.op": "eq", "conditions.n1.rules.n1.value": "angestellt",
                          "grund": "Richtlinie"})
    sent = await send(anna, ADDRESS, form, "einreichen")
    assert sent.status == 303, sent.text
    assert "Nur für Angestellte." in (await anna.get(sent.location)).text
