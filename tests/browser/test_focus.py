"""Who moves by keyboard always sees where they are, at 400 % zoom too, where 1280 × 1024 pixels are 320 × 256."""

from __future__ import annotations

import pytest

from tests.browser import layout
from tests.browser.conftest import OpenContext
from tests.browser.pages import ONE_PROGRAMME, PROGRAMMES
from tests.browser.states import cards, visit

WINDOWS = {"1280": {"width": 1280, "height": 800}, "zoomed": {"width": 320, "height": 256}}
MOST_STOPS = 150
_FOCUS = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const holder = element.closest('label, .kern-form-check') || element;
    const isMarked = [element, holder].some(each => {
        const own = getComputedStyle(each), before = getComputedStyle(each, '::before');
        return [own, before].some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0
            || one.boxShadow !== 'none');
    });
    const points = [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [x, y]));
    const isSeen = points.some(([x, y]) => {
        const at = [box.x + box.width * x, box.y + box.height * y];
        let top = document.elementFromPoint(...at);
        while (top?.shadowRoot) {
            const inner = top.shadowRoot.elementFromPoint(...at);
            if (!inner || inner === top) break;
            top = inner;
        }
        return top && (element.contains(top) || top.contains(element));
    });
    return {name: element.outerHTML.slice(0, 100), isSeen, isMarked};
}"""


async def stops(page) -> list[dict]:
    """Move through the page with the tabulator and return every stop."""
    found: list[dict] = []
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(_FOCUS)
        if stop is None:
            break
        found.append(stop)
    return found


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("path", ["chat", PROGRAMMES, ONE_PROGRAMME])
async def test_focus_is_visible_at_every_stop(path: str, window: str, open_context: OpenContext) -> None:
    page = await (await open_context(viewport=WINDOWS[window], reduced_motion="reduce")).new_page()
    await (cards(page) if path == "chat" else visit(page, path))
    await page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    found = await stops(page)
    assert len(found) > 15
    assert [stop["name"] for stop in found if not stop["isSeen"]] == []
    assert [stop["name"] for stop in found if not stop["isMarked"]] == []
    assert await layout.overflowing(page) == []
