"""States of Freigabe: proposals that wait, that are wrong, that somebody overtook, and what was released."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import Page, expect

from bot.curation.edits import AddItem, Edit, SetValue
from bot.curation.proposals import Person
from bot.records.reports import ReportKind, ReportStore
from bot.records.rights import Role, rights_of
from bot.workbench.pages.proposals import CURATION
from tests.browser.workbench import Bench

FILE = "knowledge_base/catalogue/programmes/bund/qualifizierungsgeld.yml"
OTHER = "knowledge_base/catalogue/contacts/ihk-aachen.yml"
RELEASED = "knowledge_base/catalogue/contacts/hwk-aachen.yml"
CHANGED = "knowledge_base/catalogue/contacts/agit-aachen.yml"
DORA = Person("dora", "Dora Beispiel", rights_of(Role))
EMIL = Person("emil", "Emil Beispiel", rights_of(Role))


def named(name: str, path: str = FILE) -> SetValue:
    """Another name."""
    return SetValue(path=path, at=("name",), value=name)


async def propose(bench: Bench, *edits: Edit, title: str = "Neuer Name") -> str:
    """Return the number of a proposal of Dora that waits."""
    proposals = bench.app[CURATION].proposals

    def make() -> str:
        made = proposals.draft(DORA, title, "wissensbasis", "Steht so auf der Seite.\nGelesen heute.", edits)
        proposals.comment(made.number, EMIL, "Bitte auch die Frist ansehen.")
        return proposals.submit(made.number, DORA).number

    return await asyncio.to_thread(make)


async def listed(page: Page, bench: Bench) -> None:
    """The list with something in each part."""
    await propose(bench, named("Geld für Qualifizierung"))
    ReportStore(bench.engine).add(ReportKind.ERROR, "qualifizierungsgeld", "Der Satz stimmt nicht mehr.")
    await page.goto("/freigabe")
    await expect(page.get_by_role("button", name="Ausgewählte zusammen freigeben")).to_be_visible()


async def wrong(page: Page, bench: Bench) -> None:
    """A proposal with errors, and with lines of text open."""
    alias = AddItem(path=FILE, at=("aliases",), value="Lohnersatz bei Weiterbildung im Strukturwandel")
    number = await propose(bench, SetValue(path=FILE, at=("status",), value="activ"), alias)
    await _goto(page, f"/freigabe/{number}")
    await page.get_by_text("Als Text der Datei").click()
    await expect(page.get_by_text("Freigeben geht erst")).to_be_visible()


async def overtaken(page: Page, bench: Bench) -> None:
    """A proposal on a field that somebody else changed."""
    contents = bench.app[CURATION].contents
    number = await propose(bench, named("Meine Kammer", OTHER))
    before = contents.read(OTHER)
    assert before
    contents.write({OTHER: before.replace("name: ", "name: Neue ", 1)})
    await _goto(page, f"/freigabe/{number}")
    await expect(page.get_by_text("widerspricht sich").first).to_be_visible()


async def released(page: Page, bench: Bench) -> None:
    """What was released, with the way back open."""
    await _goto(page, f"/freigabe/stand/{await _release(bench, RELEASED)}")
    await page.get_by_text("Es eilt").click()
    await expect(page.get_by_label("Warum kann es nicht warten?")).to_be_visible()


async def history(page: Page, bench: Bench) -> None:
    """The versions of a file, one of them open."""
    await _release(bench, CHANGED)
    await page.goto(f"/freigabe/verlauf?datei={CHANGED}")
    await page.get_by_role("table").get_by_role("link").first.click()
    await expect(page.locator(".fields")).to_be_visible()


async def text(page: Page, bench: Bench) -> None:
    """The text of a file, checked, with the message of a visitor."""
    number = ReportStore(bench.engine).add(ReportKind.ERROR, "qualifizierungsgeld", "Der Satz stimmt nicht mehr.")
    await page.goto(f"/freigabe/text?datei={FILE}&meldung={number}")
    await page.get_by_label("Text der Datei").fill("id: qualifizierungsgeld\nname: 3\n")
    await page.get_by_role("button", name="Nur prüfen").click(timeout=60_000)
    await expect(page.get_by_role("heading", name="Prüfung")).to_be_visible(timeout=60_000)


async def _release(bench: Bench, path: str) -> int:
    curation = bench.app[CURATION]
    done = await asyncio.to_thread(curation.releasing.store.of_file, path)
    if done:
        return done[0].id
    number = await propose(bench, named("Eine Stelle mit neuem Namen", path), title=f"{path}: neuer Name")
    made: Any = await asyncio.to_thread(curation.releasing.release, [number], EMIL)
    return int(made.release.id)


async def _goto(page: Page, path: str) -> None:
    answer = await page.goto(path, timeout=60_000)
    assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"


PAGES: Mapping[str, Callable[[Page, Bench], Awaitable[None]]] = {
    "proposals": listed, "proposal_wrong": wrong, "proposal_overtaken": overtaken, "release": released,
    "file_history": history, "file_text": text,
}
