"""One service for all stories."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Page

from bot.records.rights import Role
from tests.browser.chat import Chat
from tests.browser.conftest import OpenContext
from tests.browser.stories.house import House, open_house
from tests.browser.watch import Watch

Person = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They train a model."""
    for item in items:
        if "stories" in item.path.parts:
            item.add_marker(pytest.mark.model)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """The service, trained once."""
    async with open_house(tmp_path_factory.mktemp("haus")) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def person(house: House, open_context: OpenContext, watch: Watch) -> Person:
    """Open the workbench as somebody: ``await person("anna", Role.EDITOR)``."""
    watch.allowed.update({house.bot.url, house.workbench})

    async def open_workbench(name: str, *roles: Role, scripts: bool = True) -> Page:
        context = await open_context(base_url=house.workbench, java_script_enabled=scripts)
        await house.sign_in(context, name, *roles)
        return await context.new_page()

    return open_workbench


@pytest_asyncio.fixture(loop_scope="session")
async def chat(house: House, open_context: OpenContext, watch: Watch) -> Chat:
    """The chat of somebody who asks."""
    watch.allowed.update({house.bot.url, house.workbench})
    page = await (await open_context(base_url=house.bot.url)).new_page()
    await page.goto("/")
    return Chat(page)
