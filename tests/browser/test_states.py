"""What axe says of the main states in every way to see them, and of all other states in a pairwise choice."""

from __future__ import annotations

from collections.abc import Sequence

from tests.browser import axe, layout
from tests.browser.conftest import OpenContext
from tests.browser.states import MAIN, OTHER, PROVOKED_ERRORS, Open
from tests.browser.together import faults_of
from tests.browser.watch import Watch
from tests.browser.ways_to_see import ALL_LOOKS, HEIGHT, Look, pairwise


async def faults_of_state(open_state: Open, looks: Sequence[Look], open_context: OpenContext) -> list[str]:
    """Reach a state in the window of the first look and see it in all of them."""
    context = await open_context(viewport={"width": looks[0].width, "height": HEIGHT}, has_touch=looks[0].phone)
    page = await context.new_page()
    await open_state(page)
    faults = [*await layout.overflowing(page), *await layout.small_targets(page)]
    for look in looks:
        await look.apply(page)
        faults += [f"{look}: {each}" for each in await axe.violations(page)]
    return faults


async def test_main_states_in_every_way(open_context: OpenContext) -> None:
    windows = {width: [look for look in ALL_LOOKS if look.width == width] for width in (1280, 320)}
    states = {f"{name} {window}": (MAIN[name], looks) for name in MAIN for window, looks in windows.items()}
    assert sum(len(looks) for _, looks in states.values()) == 5 * 16
    faults = await faults_of(states, lambda name: faults_of_state(*states[name], open_context))
    assert not faults, "\n".join(faults)


async def test_other_states_in_a_choice_of_ways(open_context: OpenContext, watch: Watch) -> None:
    watch.expected_errors.extend(PROVOKED_ERRORS)
    looks = {name: sorted(pairwise(number), key=lambda look: not look.phone) for number, name in enumerate(OTHER)}
    faults = await faults_of(OTHER, lambda name: faults_of_state(OTHER[name], looks[name], open_context))
    assert not faults, "\n".join(faults)


async def test_axe_finds_what_is_wrong(open_context: OpenContext) -> None:
    page = await (await open_context()).new_page()
    await page.set_content("<html lang=de><title>x</title><main><h1>x</h1><img src='data:,'><input></main>")
    found = "\n".join(await axe.violations(page))
    assert "image-alt" in found and "label" in found
