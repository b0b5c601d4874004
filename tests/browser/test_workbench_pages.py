"""Every page of the workbench: accessible, nothing too wide, nothing too small, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.records.rights import Role
from tests.browser import axe, layout
from tests.browser.conftest import OpenContext
from tests.browser.pages import route_of, routes_of_pages
from tests.browser.together import faults_of
from tests.browser.watch import Watch
from tests.browser.ways_to_see import HEIGHT, pairwise
from tests.browser.workbench import Bench, serving_bench
from tests.browser.workbench_pages import NO_PAGES, OUTSIDE, PAGES, PROVOKED_ERRORS, Open

NUMBERS = {name: number for number, name in enumerate((*PAGES, *OUTSIDE))}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bench(built_catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    async with serving_bench(built_catalogue, tmp_path_factory.mktemp("bench")) as made:
        yield made


async def faults_of_page(name: str, show: Open, bench: Bench, open_context: OpenContext, roles: tuple[Role, ...]
                         ) -> list[str]:
    """Look at a page in a small window and in two opposite ways."""
    context = await open_context(base_url=bench.url, viewport={"width": 320, "height": HEIGHT})
    if roles:
        await bench.sign_in(context, "anna", *roles)
    page = await context.new_page()
    await show(page, bench)
    faults = [*await layout.overflowing(page), *await layout.overflowing_when_spaced(page),
              *await layout.small_targets(page)]
    for look in pairwise(NUMBERS[name]):
        await look.apply(page)
        faults += [f"{look}: {each}" for each in await axe.violations(page)]
    if await page.locator("h1").count() != 1:
        faults.append("not one h1")
    return faults


async def test_every_page(bench: Bench, open_context: OpenContext, watch: Watch) -> None:
    watch.allowed.add(bench.url)
    watch.expected_errors.extend(PROVOKED_ERRORS)
    faults = await faults_of(PAGES, lambda name: faults_of_page(name, PAGES[name], bench, open_context, tuple(Role)))
    faults += await faults_of(OUTSIDE, lambda name: faults_of_page(name, OUTSIDE[name], bench, open_context, ()))
    assert not faults, "\n".join(faults)


async def test_no_page_is_forgotten(bench: Bench, open_context: OpenContext, watch: Watch) -> None:
    """Every route that shows something to people is among the pages that are looked at."""
    watch.allowed.add(bench.url)
    watch.expected_errors.extend(PROVOKED_ERRORS)
    looked_at = set()
    for pages, roles in ((PAGES, tuple(Role)), (OUTSIDE, ())):
        context = await open_context(base_url=bench.url)
        if roles:
            await bench.sign_in(context, "anna", *roles)
        page = await context.new_page()
        for show in pages.values():
            await show(page, bench)
            looked_at.add(await route_of(bench.app, page.url.removeprefix(bench.url)))
    routes = routes_of_pages(bench.app) - NO_PAGES
    assert len(routes) > 5
    assert routes - looked_at == set()
