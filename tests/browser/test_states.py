"""What axe says of the main states in every way to see them, and of all other states in a pairwise choice."""

from __future__ import annotations

import pytest

from tests.browser import axe, layout
from tests.browser.conftest import OpenContext
from tests.browser.states import MAIN, OTHER, PROVOKED_ERRORS
from tests.browser.watch import Watch
from tests.browser.ways_to_see import ALL_LOOKS, HEIGHT, pairwise


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "320"])
@pytest.mark.parametrize("name", MAIN)
async def test_main_state_in_every_way(name: str, phone: bool, open_context: OpenContext) -> None:
    looks = [look for look in ALL_LOOKS if look.phone == phone]
    assert len(looks) == 8
    context = await open_context(viewport={"width": looks[0].width, "height": HEIGHT}, has_touch=phone)
    page = await context.new_page()
    await MAIN[name](page)
    assert await layout.overflowing(page) == []
    assert await layout.small_targets(page) == []
    found = []
    for look in looks:
        await look.apply(page)
        found += [f"{look}: {each}" for each in await axe.violations(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", OTHER)
async def test_other_state(name: str, open_context: OpenContext, watch: Watch) -> None:
    watch.expected_errors.extend(PROVOKED_ERRORS)
    context = await open_context(viewport={"width": 320, "height": HEIGHT}, has_touch=True)
    page = await context.new_page()
    await OTHER[name](page)
    assert await layout.overflowing(page) == []
    assert await layout.small_targets(page) == []
    found = []
    for look in pairwise(list(OTHER).index(name)):
        await look.apply(page)
        found += [f"{look}: {each}" for each in await axe.violations(page)]
    assert not found, "\n".join(found)


async def test_axe_finds_what_is_wrong(open_context: OpenContext) -> None:
    page = await (await open_context()).new_page()
    await page.set_content("<html lang=de><title>x</title><main><h1>x</h1><img src='data:,'><input></main>")
    found = "\n".join(await axe.violations(page))
    assert "image-alt" in found and "label" in found
