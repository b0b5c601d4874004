"""Start Debian's Chromium, the same for tests and screenshots; it may reach this machine only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

EXECUTABLE = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@asynccontextmanager
async def running(executable: Path = EXECUTABLE) -> AsyncIterator[Browser]:
    """Yield a running browser.

    Args:
        executable: The browser; set-up installs it.

    Raises:
        FileNotFoundError: If it is not there. The tests then fail; a skipped test proves nothing.
    """
    if not executable.is_file():
        raise FileNotFoundError(f"Chromium is missing at {executable} – run: scripts/setup.sh --system")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        await browser.close()
