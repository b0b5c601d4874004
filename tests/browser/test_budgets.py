"""What the pages weigh, and how fast the chat shows that it has heard."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from playwright.async_api import Page

from tests.browser.chat import Chat
from tests.browser.states import start_page, visit

KILOBYTE = 1024
FIRST_LOAD = 200 * KILOBYTE
WIDGET = 15 * KILOBYTE
ANSWERING_MS = 100
_STOPWATCH = """() => {
    window.waits = [];
    const status = document.querySelector('digital-navigator').shadowRoot.querySelector('[role=status]');
    let pressed = null;
    document.addEventListener('keydown', event => { if (event.key === 'Enter') pressed = performance.now(); }, true);
    new MutationObserver(() => {
        if (pressed !== null && status.textContent.includes('schreibt')) {
            window.waits.push(performance.now() - pressed);
            pressed = null;
        }
    }).observe(status, {childList: true, characterData: true, subtree: true});
}"""


@dataclass
class Scale:
    """Weighs what a page loads, as it travels over the wire."""

    bytes_of: dict[str, float] = field(default_factory=dict)
    """Address → bytes with headers."""
    bodies: dict[str, float] = field(default_factory=dict)
    """Address → bytes without headers."""
    _address: dict[str, str] = field(default_factory=dict)

    async def attach(self, page: Page) -> None:
        """Begin to weigh."""
        session = await page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.dataReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        await session.send("Network.enable")

    @property
    def total(self) -> float:
        """Bytes of everything that was loaded."""
        return sum(self.bytes_of.values())

    def _sent(self, event: dict) -> None:
        self._address[event["requestId"]] = event["request"]["url"]

    def _received(self, event: dict) -> None:
        address = self._address[event["requestId"]]
        self.bodies[address] = self.bodies.get(address, 0) + event["encodedDataLength"]

    def _finished(self, event: dict) -> None:
        self.bytes_of[self._address[event["requestId"]]] = event["encodedDataLength"]


async def test_first_load_of_the_start_page(page: Page) -> None:
    scale = Scale()
    await scale.attach(page)
    await start_page(page)
    await page.wait_for_load_state("networkidle")
    assert any(".woff2" in address for address in scale.bytes_of)
    assert any(".css" in address for address in scale.bytes_of)
    assert FIRST_LOAD / 10 < scale.total <= FIRST_LOAD, scale.bytes_of


async def test_script_of_the_widget(page: Page) -> None:
    scale = Scale()
    await scale.attach(page)
    await start_page(page)
    await Chat(page).say("karten")
    scripts = {address: size for address, size in scale.bodies.items() if address.endswith(".js")}
    assert KILOBYTE < sum(scripts.values()) <= WIDGET, scripts


async def test_chat_shows_at_once_that_it_has_heard(page: Page) -> None:
    await start_page(page)
    await page.evaluate(_STOPWATCH)
    for number in range(5):
        await Chat(page).say(f"Frage {number}")
    waits = await page.evaluate("window.waits")
    assert len(waits) == 5
    assert statistics.median(waits) <= ANSWERING_MS, waits


async def test_big_pages_stay_small(page: Page) -> None:
    for path in ("/foerderung", "/anlaufstellen", "/begriffe"):
        scale = Scale()
        await scale.attach(page)
        await visit(page, path)
        await page.wait_for_load_state("networkidle")
        assert scale.total <= FIRST_LOAD, (path, scale.bytes_of)
