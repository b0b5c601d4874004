"""axe-core: finds what keeps people out, as far as a program can see it."""

from __future__ import annotations

import functools
from typing import Any

from playwright.async_api import Page

from bot.web.assets import HERE

SCRIPT = HERE / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """async tags => {
    const found = await axe.run({runOnly: tags, resultTypes: ['violations']});
    return found.violations.map(each => ({
        rule: each.id, help: each.help,
        where: each.nodes.map(node => node.target.flat().join(' ') + ' | ' + node.html.slice(0, 200)
            + (node.any[0] ? ' | ' + node.any[0].message : '')),
    }));
}"""
_HEIGHT = "Math.max(window.innerHeight, document.documentElement.scrollHeight)"
_TO_THE_END = """() => {
    const scroll = root => root.querySelectorAll('*').forEach(each => {
        if (each.scrollHeight > each.clientHeight) each.scrollTop = each.scrollHeight;
        if (each.shadowRoot) scroll(each.shadowRoot);
    });
    scroll(document.body);
}"""


@functools.lru_cache(maxsize=1)
def source() -> str:
    """Return the source of axe.

    Raises:
        FileNotFoundError: If it is not installed.
    """
    if not SCRIPT.is_file():
        raise FileNotFoundError(f"axe-core is missing at {SCRIPT} – run: scripts/setup.sh --system")
    return SCRIPT.read_text(encoding="utf-8")


async def violations(page: Page) -> list[str]:
    """Return what axe finds on the page in its present width, one line for each element.

    The window becomes as high as the page, and inner parts are scrolled to their end: then nothing lies behind what
    sticks to an edge just because somebody has not scrolled on yet.
    """
    width = await page.evaluate("window.innerWidth")
    await page.set_viewport_size({"width": width, "height": await page.evaluate(_HEIGHT)})
    await page.evaluate(_TO_THE_END)
    if not await page.evaluate("typeof axe !== 'undefined'"):
        await page.evaluate(source())
    found: list[dict[str, Any]] = await page.evaluate(_RUN, list(TAGS))
    return [f"{each['rule']}: {each['help']} | {where}" for each in found for where in each["where"]]
