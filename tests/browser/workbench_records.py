"""States of Wissensbasis: lists, forms with something open or wrong, a new record, the map."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from bot.curation.links import FILE, Link, LinkState, links_of, save
from bot.records.reports import ReportKind, ReportStore
from bot.workbench.keys import SETTINGS, STORE
from tests.browser.workbench import Bench

SLOW = 60_000
ADDRESS = "/wissensbasis/programme/anerkennungspartnerschaft-16d"


def at(path: str) -> Callable[[Page, Bench], Awaitable[None]]:
    """Open a page by its address."""

    async def visit(page: Page, bench: Bench) -> None:
        answer = await page.goto(path, timeout=SLOW)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"

    return visit


async def form(page: Page, bench: Bench) -> None:
    """A programme with everything open."""
    await page.goto(ADDRESS, timeout=SLOW)
    await page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    await expect(page.get_by_label("Warum, und wo steht es?")).to_be_visible()


async def wrong(page: Page, bench: Bench) -> None:
    """A programme with faults at its fields."""
    await page.goto("/wissensbasis/programme/neu", timeout=SLOW)
    await page.get_by_role("button", name="Zur Freigabe einreichen").click(timeout=SLOW)
    await expect(page.get_by_role("alert")).to_be_visible(timeout=SLOW)


async def reported(page: Page, bench: Bench) -> None:
    """A programme that a visitor reported."""
    number = ReportStore(bench.engine).add(ReportKind.ERROR, "qualifizierungsgeld", "Der Satz stimmt nicht mehr.")
    await page.goto(f"/freigabe/meldung/{number}", timeout=SLOW)
    await expect(page.get_by_text(f"Meldung {number} vom")).to_be_visible()


async def checked(page: Page, bench: Bench) -> None:
    """A contact that was checked."""
    await page.goto("/wissensbasis/kontakte/ihk-aachen", timeout=SLOW)
    await page.get_by_label("Träger (freiwillig)").fill("Industrie- und Handelskammer")
    await page.get_by_role("button", name="Prüfen, was noch fehlt").click(timeout=SLOW)
    await expect(page.locator(".form-problems, [role=status]").first).to_be_visible(timeout=SLOW)


async def links(page: Page, bench: Bench) -> None:
    """Addresses that are dead or unclear."""
    urls = list(links_of(bench.app[STORE].catalogue()))
    found = [Link(urls[0], LinkState.DEAD, "Die Seite gibt es nicht mehr.", "2026-11-20"),
             Link(urls[1], LinkState.UNCLEAR, "Der Server antwortet nicht rechtzeitig.", "2026-11-20")]
    save(bench.app[SETTINGS].var_dir / FILE, found)
    await page.goto("/wissensbasis-links")
    await expect(page.get_by_role("heading", name="Tot:")).to_be_visible()


PAGES: Mapping[str, Callable[[Page, Bench], Awaitable[None]]] = {
    "records": at("/wissensbasis"), "records_overdue": at("/wissensbasis/programme?faellig=1&suche=a"),
    "records_contacts": at("/wissensbasis/kontakte"), "record": form, "record_wrong": wrong,
    "record_checked": checked, "record_reported": reported, "record_event": at("/wissensbasis/termine/neu"),
    "record_term": at("/wissensbasis/begriffe/beihilfe"), "record_place": at("/wissensbasis/zustaendigkeiten/witten"),
    "links": links, "coverage": at("/wissensbasis-abdeckung"),
    "coverage_topic": at("/wissensbasis-abdeckung?thema=qualifizierung"),
}
