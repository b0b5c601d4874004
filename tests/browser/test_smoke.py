"""The machinery of the browser tests itself: it must be able to fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser import chromium
from tests.browser.watch import Watch


async def test_start_page_opens(page: Page) -> None:
    answer = await page.goto("/")
    assert answer is not None and answer.ok
    assert await page.locator("h1").count() == 1


async def test_guard_sees_requests_to_other_sites_and_console_errors(page: Page, watch: Watch) -> None:
    await page.goto("/")
    await page.evaluate("""() => {
        const image = document.createElement('img');
        image.src = 'https://example.org/pixel.png';
        document.body.append(image);
        return new Promise(done => { image.onerror = done; });
    }""")
    await page.evaluate("console.error('broken'); setTimeout(() => { alert('seen') })")
    await page.wait_for_function("() => true")
    faults = "\n".join(watch.faults())
    assert "broken" in faults and "example.org" in faults
    for seen in (watch.foreign, watch.errors, watch.dialogs):
        seen.clear()


async def test_without_chromium_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="scripts/setup.sh --system"):
        async with chromium.running(tmp_path / "chromium"):
            pass
