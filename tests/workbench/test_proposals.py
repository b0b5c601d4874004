"""Freigabe as people see it: a list, a page per proposal, a history, a message of a visitor."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.records.proposals import State
from bot.records.reports import ReportKind, ReportStore
from bot.records.rights import Role
from bot.workbench.pages.proposals import CURATION
from tests.curation.content import make_content
from tests.curation.test_proposals import LOAN, write
from tests.workbench.browsing import Staff
from tests.workbench.conftest import SignIn
from tests.workbench.reading_forms import changed
from tests.workbench.reading_forms import fields_of as record_fields
from tests.workbench.small import small_workbench


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_content(tmp_path / "inhalt", in_git=True)


@pytest.fixture
def app(root: Path, tmp_path: Path) -> Iterator[web.Application]:
    """The workbench on a small content of its own that is live."""
    with small_workbench(root, tmp_path) as made:
        yield made


def fields_of(text: str) -> dict[str, str]:
    """Return the hidden fields and the text of the form for a file."""
    hidden = dict(re.findall(r'name="(datei|gesehen|meldung)" value="([^"]*)"', text))
    (area,) = re.findall(r'name="text"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    return {**hidden, "text": html.unescape(area)}


async def proposed(person: Staff, new: str = "name: Startdarlehen", **more: str) -> str:
    """Propose another name through the page; return the address of the proposal."""
    form = fields_of((await person.get(f"/freigabe/text?datei={LOAN}")).html)
    form["text"] = form["text"].replace("name: Gründungsdarlehen", new)
    sent = await person.post("/freigabe/text", {**form, "titel": "Anderer Name", "grund": "steht so da", **more})
    assert sent.status == 303, sent.text
    return sent.location


async def test_a_change_goes_from_one_person_to_the_other_and_is_live(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    address = await proposed(anna)
    assert (await anna.post(f"{address}/einreichen")).status == 303
    assert "1 wartet auf Sie" in (await ben.get("/")).text
    assert "Anderer Name" in (await ben.get("/freigabe")).text
    seen = await ben.get(address)
    assert "Gründungsdarlehen → Startdarlehen" in seen.text and "Die Prüfung hat nichts gefunden" in seen.text
    (token,) = re.findall(r'name="gesehen" value="(\d+)"', seen.html)
    done = await ben.post(f"{address}/freigeben", {"gesehen": token})
    assert done.status == 303 and done.location.startswith("/freigabe/stand/")
    assert "live" in (await ben.get(done.location)).text
    assert "name: Startdarlehen\n" in (root / LOAN).read_text(encoding="utf-8")


async def test_the_author_sees_no_button_and_is_refused(staff: SignIn, root: Path) -> None:
    anna = await staff(Role.EDITOR, Role.RELEASER)
    address = await proposed(anna)
    await anna.post(f"{address}/einreichen")
    seen = await anna.get(address)
    assert "zweite Person" in seen.text and "/freigeben" not in seen.html
    refused = await anna.post(f"{address}/freigeben", {"gesehen": ""})
    assert refused.status == 422 and "Startdarlehen" not in (root / LOAN).read_text(encoding="utf-8")


async def test_several_become_true_together(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    await anna.post(f"{await proposed(anna)}/einreichen")
    seen = await ben.get("/freigabe")
    chosen = re.findall(r'name="vorschlag" value="([^"]+)"', seen.html)
    done = await ben.post("/freigabe", [("vorschlag", each) for each in chosen])
    assert len(chosen) == 1 and done.status == 303
    assert (await ben.post("/freigabe", [("vorschlag", chosen[0])])).status == 422
    assert (await ben.post("/freigabe")).status == 422


async def test_errors_are_shown_at_their_field_and_there_is_no_button(staff: SignIn) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    address = await proposed(anna, "name: Startdarlehen\nverified: 3")
    await anna.post(f"{address}/einreichen")
    seen = await ben.get(address)
    assert "Fehler, Prüfung:" in seen.text and "Freigeben geht erst" in seen.text
    assert f"{address}/freigeben" not in seen.html


async def test_checking_alone_stores_nothing(staff: SignIn, app: web.Application) -> None:
    anna = await staff(Role.EDITOR)
    form = fields_of((await anna.get(f"/freigabe/text?datei={LOAN}")).html)
    form["text"] = form["text"].replace("status: pausiert", "status: activ")
    seen = await anna.post("/freigabe/text", {**form, "titel": "", "grund": "", "pruefen": "1"})
    assert seen.status == 200 and "Fehler, Status:" in seen.text and "status: activ" in seen.html
    assert app[CURATION].proposals.store.listed(list(State)) == []


async def test_a_change_by_somebody_else_is_shown_beside(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    address = await proposed(anna)
    await anna.post(f"{address}/einreichen")
    write(root, LOAN, "name: Gründungsdarlehen", "name: Darlehen für Gründungen")
    seen = await ben.get(address)
    assert "Nichts wird überschrieben" in seen.text and "widerspricht sich" in seen.text
    assert "Darlehen für Gründungen" in seen.text and f"{address}/freigeben" not in seen.html
    assert (await ben.post(f"{address}/freigeben", {"gesehen": ""})).status == 422


async def test_it_is_rejected_with_a_reason_and_talked_about(staff: SignIn) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    address = await proposed(anna)
    await anna.post(f"{address}/einreichen")
    assert (await anna.post(f"{address}/kommentar", {"text": "Bitte <b>rasch</b>"})).status == 303
    assert (await ben.post(f"{address}/ablehnen", {"text": "Die Quelle fehlt."})).status == 303
    seen = await anna.get(address)
    assert "Abgelehnt" in seen.text and "Die Quelle fehlt." in seen.text and "<b>rasch" not in seen.html


async def test_a_release_is_taken_back_alone_only_with_a_reason(staff: SignIn, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    before = (root / LOAN).read_bytes()
    address = await proposed(anna)
    await anna.post(f"{address}/einreichen")
    done = await ben.post(f"{address}/freigeben", {"gesehen": re.findall(
        r'name="gesehen" value="(\d+)"', (await ben.get(address)).html)[0]})
    assert (await ben.post(f"{done.location}/sofort", {"text": ""})).status == 422
    assert (await anna.post(f"{done.location}/sofort", {"text": "Der Name ist falsch."})).status == 403
    back = await anna.post(f"{done.location}/zuruecknehmen", {"text": "Der Name ist falsch."})
    assert "Eingereicht" in (await anna.get(back.location)).text
    assert (await ben.post(f"{done.location}/sofort", {"text": "Der Name ist falsch."})).status == 303
    assert (root / LOAN).read_bytes() == before
    history = await anna.get(f"/freigabe/verlauf?datei={LOAN}")
    assert history.text.count("Freigabe 2") == 1 and "nicht über die Werkbank" in history.text
    (first, *_) = re.findall(r"fassung=([0-9a-f]{40})", history.html)
    chosen = await anna.get(f"/freigabe/verlauf?datei={LOAN}&fassung={first}")
    assert "Startdarlehen → Gründungsdarlehen" in chosen.text


async def test_a_message_of_a_visitor_becomes_a_proposal(staff: SignIn, app: web.Application) -> None:
    from bot.workbench.keys import ENGINE

    reports = ReportStore(app[ENGINE])
    number = reports.add(ReportKind.ERROR, "gruendungsdarlehen", "Heißt jetzt anders.", "a@example.org")
    anna = await staff(Role.EDITOR)
    listed = await anna.get("/freigabe")
    assert "Heißt jetzt anders." in listed.text and "a@example.org" not in listed.html
    leads = await anna.get(f"/freigabe/meldung/{number}")
    assert leads.status == 303
    form = await anna.get(leads.location)
    assert "Heißt jetzt anders." in form.text and "a@example.org" not in form.html
    fields = changed(record_fields(form.html), {"name": "Startdarlehen"})
    assert ("titel", f"Gründungsdarlehen: nach Meldung {number}") in fields and number in dict(fields)["grund"]
    sent = await anna.post(leads.location.partition("?")[0], [*fields, ("tun", "entwurf")])
    assert sent.status == 303 and f"(Meldung {number})" in (await anna.get(sent.location)).text
    by_text = await proposed(anna, meldung=number)
    assert f"(Meldung {number})" in (await anna.get(by_text)).text
    assert (await anna.post(f"/freigabe/meldung/{number}/erledigt")).status == 303
    assert reports.open_reports() == []


async def test_who_only_reads_changes_nothing(staff: SignIn) -> None:
    rita, anna = await staff(Role.READER, name="rita"), await staff(Role.EDITOR)
    address = await proposed(anna)
    assert (await rita.get(address)).status == 200
    assert (await rita.get(f"/freigabe/text?datei={LOAN}")).status == 403
    for what in ("einreichen", "zuruecknehmen", "erneuern", "kommentar", "freigeben", "ablehnen"):
        assert (await rita.post(f"{address}/{what}", {"text": "x"})).status in (403, 422), what
    assert "Entwurf" in (await anna.get(address)).text


@pytest.mark.parametrize("path", ["../../etc/passwd", "bot/settings.py", "", "nlu_data/x"])
async def test_other_files_are_not_shown(staff: SignIn, path: str) -> None:
    anna = await staff(Role.EDITOR)
    for page in ("verlauf", "text"):
        assert (await anna.get(f"/freigabe/{page}?datei={path}")).status == 422


async def test_what_is_not_there_is_said(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    assert (await anna.get("/freigabe/stand/99")).status == 404
    assert (await anna.get("/freigabe/V-XXXXXX")).status == 422
    assert (await anna.get("/freigabe/meldung/M-XXXXXX")).status == 422


