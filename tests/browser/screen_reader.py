"""A screen reader inside the page: says what would be read out, in order."""

from __future__ import annotations

from playwright.async_api import Page, Route

from bot.web.assets import HERE

MODULE = HERE / "node_modules" / "@guidepup" / "virtual-screen-reader" / "lib" / "esm" / "index.browser.js"
_PATH = "/static/screen-reader.js"
_START = """async path => {
    window.reader = (await import(path)).virtual;
    const chat = document.querySelector('digital-navigator');
    await window.reader.start({container: chat.shadowRoot.querySelector('.navigator')});
    await window.reader.clearSpokenPhraseLog();
}"""


class ScreenReader:
    """Listens to the chat of a page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def start(self) -> None:
        """Begin to listen to the chat; what was said before is forgotten."""
        await self._page.route(f"**{_PATH}", _serve)
        await self._page.evaluate(_START, _PATH)

    async def heard(self) -> list[str]:
        """Return what was announced or read since the last call."""
        phrases: list[str] = await self._page.evaluate("""async () => {
            const said = await window.reader.spokenPhraseLog();
            await window.reader.clearSpokenPhraseLog();
            return said;
        }""")
        return phrases

    async def announced(self) -> list[str]:
        """Return what live regions announced since the last call."""
        regions = (phrase.partition(": ") for phrase in await self.heard())
        return [said.strip() for kind, _, said in regions if kind in ("polite", "assertive") and said.strip()]

    async def read_on(self, steps: int) -> list[str]:
        """Move on through the chat and return what is read."""
        await self.heard()
        for _ in range(steps):
            await self._page.evaluate("window.reader.next()")
        return await self.heard()


async def _serve(route: Route) -> None:
    await route.fulfill(path=MODULE, content_type="text/javascript")
