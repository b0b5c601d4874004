"""Every page: nothing kept in the browser, nothing too wide, nothing too small to tap, nothing axe objects to."""

from __future__ import annotations

from tests.browser import axe, layout
from tests.browser.conftest import OpenContext
from tests.browser.pages import MISSING, PAGES, route_of, routes_of_pages
from tests.browser.serving import Site
from tests.browser.together import faults_of
from tests.browser.watch import Watch
from tests.browser.ways_to_see import ALL_LOOKS, HEIGHT, Look, pairwise

STORED = "[localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]"
NUMBERS = {name: number for number, name in enumerate((*PAGES, "missing"))}


async def faults_of_page(name: str, path: str, open_context: OpenContext, status: int = 200) -> list[str]:
    """Look at a page in a small window and in two opposite ways."""
    context = await open_context(viewport={"width": 320, "height": HEIGHT})
    page = await context.new_page()
    answer = await page.goto(path)
    if answer is None or answer.status != status:
        return [f"status {answer and answer.status}"]
    faults = [*await layout.overflowing(page), *await layout.overflowing_when_spaced(page),
              *await layout.small_targets(page)]
    for look in pairwise(NUMBERS[name]):
        await look.apply(page)
        faults += [f"{look}: {each}" for each in await axe.violations(page)]
    stored = await page.evaluate(f"(async () => {STORED})()")
    if stored != [0, 0, "", 0] or await context.cookies():
        faults.append(f"kept in the browser: {stored}, {await context.cookies()}")
    if await page.locator("h1").count() != 1:
        faults.append("not one h1")
    return faults


async def test_every_page(open_context: OpenContext) -> None:
    faults = await faults_of(PAGES, lambda name: faults_of_page(name, PAGES[name], open_context))
    assert not faults, "\n".join(faults)


async def test_page_that_is_not_there(open_context: OpenContext, watch: Watch) -> None:
    watch.expected_errors.append("status of 404")
    faults = await faults_of_page("missing", MISSING, open_context, 404)
    assert not faults, "\n".join(faults)


def test_pages_are_seen_in_every_pair_of_ways() -> None:
    seen = [look for number in range(len(PAGES)) for look in pairwise(number)]
    names = list(Look.__dataclass_fields__)
    for first in names:
        for second in names:
            pairs = {(getattr(look, first), getattr(look, second)) for look in seen}
            assert len(pairs) == (2 if first == second else 4), (first, second)
    assert len(set(ALL_LOOKS)) == 16


async def test_no_page_is_forgotten(site: Site) -> None:
    """Every route that shows something to people is among the pages that are looked at."""
    routes = routes_of_pages(site.app)
    looked_at = {await route_of(site.app, path) for path in PAGES.values()}
    assert len(routes) > 10
    assert routes - looked_at == set()
