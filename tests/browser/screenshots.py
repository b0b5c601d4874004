"""Make the pictures of the documentation from the running bot: ``python -m tests.browser.screenshots [FOLDER]``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, expect

from bot.settings import REPOSITORY
from tests.browser import chromium
from tests.browser.chat import Chat
from tests.browser.serving import RealBot

FOLDER = REPOSITORY / "docs" / "img"
MOST_BYTES = 80 * 1024
COLOURS = 160
"""Enough for pages of plain colours; keeps the files small."""
QUESTION = "Ich bin Verkäuferin in Hagen und möchte einen Excel-Kurs machen. Zahlt jemand etwas dazu?"
_QUIET = "document.activeElement?.blur()"


async def start(page: Page) -> None:
    """The start page."""
    await page.goto("/")
    await expect(Chat(page).input).to_be_visible()


async def cards(page: Page) -> None:
    """A reply with cards."""
    await start(page)
    await Chat(page).say(QUESTION)


async def verdict(page: Page) -> None:
    """Whether a programme fits, with the reasons unfolded."""
    await start(page)
    chat = Chat(page)
    await chat.say("Passt der Bildungsscheck für mich? Ich arbeite in Hagen.")
    await chat.log.locator("summary").first.click()


async def programme(page: Page) -> None:
    """The page of a programme."""
    await page.goto("/foerderung/bildungsscheck-2-0")


@dataclass(frozen=True)
class Picture:
    """One picture."""

    name: str
    show: Callable[[Page], Awaitable[None]]
    width: int = 1280
    height: int = 900
    dark: bool = False


PICTURES = (
    Picture("start", start),
    Picture("chat", cards),
    Picture("verdict", verdict),
    Picture("programme", programme),
    Picture("phone", cards, width=375, height=760),
    Picture("dark", start, dark=True),
)


async def take(browser: Browser, picture: Picture, url: str, folder: Path) -> Path:
    """Take one picture and return its file.

    Raises:
        ValueError: If it is too big for the repository.
    """
    context = await browser.new_context(
        base_url=url, locale="de-DE", reduced_motion="reduce", color_scheme="dark" if picture.dark else "light",
        viewport={"width": picture.width, "height": picture.height}, is_mobile=picture.width < 600)
    page = await context.new_page()
    await picture.show(page)
    await page.evaluate(_QUIET)
    await page.wait_for_load_state("networkidle")
    file = folder / f"{picture.name}.png"
    width = await page.evaluate("document.body.clientWidth")  # without the room kept for a scroll bar
    image = Image.open(BytesIO(await page.screenshot())).convert("RGB").crop((0, 0, width, picture.height))
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    await context.close()
    if file.stat().st_size > MOST_BYTES:
        raise ValueError(f"{file} has {file.stat().st_size} bytes, more than {MOST_BYTES}")
    return file


async def main(folder: Path) -> None:
    """Start the bot with an empty database and take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var:
        bot = RealBot(Path(var))
        await bot.start()
        try:
            async with chromium.running() as browser:
                for picture in PICTURES:
                    print(await take(browser, picture, bot.url, folder))
        finally:
            await bot.kill()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
