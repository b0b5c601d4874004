"""One browser for all tests, a fresh context for each; the application with a script in this process."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser import chromium, foreign
from tests.browser.serving import Site, scripted_site, serving_app
from tests.browser.watch import Watch

HERE = Path(__file__).parent
TIMEOUT_MS = 30_000
OpenContext = Callable[..., Awaitable[BrowserContext]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder and run them in one event loop: browser and site live as long as the run."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium; without it the tests fail."""
    async with chromium.running() as started:
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def foreign_site() -> AsyncIterator[str]:
    """Address of another site that shows the chat."""
    async with serving_app(foreign.create_app()) as url:
        yield url


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(built_catalogue: Path, tmp_path_factory: pytest.TempPathFactory, foreign_site: str
               ) -> AsyncIterator[Site]:
    """The application with the catalogue of the repository and a script instead of the bot."""
    file = tmp_path_factory.mktemp("site") / "navigator.db"
    shutil.copy(built_catalogue, file)
    async with scripted_site(file, foreign_site) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def watch(site: Site) -> Watch:
    """What the pages of the test do besides; whatever they must not do makes the test fail at its end."""
    return Watch({site.url})


@pytest_asyncio.fixture(loop_scope="session")
async def open_context(browser: Browser, site: Site, watch: Watch) -> AsyncIterator[OpenContext]:
    """Open browser contexts; takes the options of Playwright. Addresses are relative to the site."""
    contexts: list[BrowserContext] = []

    async def open_one(**options: Any) -> BrowserContext:
        context = await browser.new_context(**{"base_url": site.url, "locale": "de-DE", **options})
        context.set_default_timeout(TIMEOUT_MS)
        watch.attach(context)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        await context.close()
    assert not watch.faults(), "\n".join(watch.faults())


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_context: OpenContext) -> Page:
    """An empty page, 1280 pixels wide."""
    context = await open_context(viewport={"width": 1280, "height": 800})
    return await context.new_page()
