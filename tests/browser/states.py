"""States of the pages that one only reaches by doing something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.pages import ONE_PROGRAMME, PROGRAMMES, START

Open = Callable[[Page], Awaitable[None]]


async def visit(page: Page, path: str) -> None:
    """Open a page that must be there."""
    answer = await page.goto(path)
    assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"


async def start_page(page: Page) -> None:
    """The start page as it is opened."""
    await visit(page, START)
    await expect(Chat(page).input).to_be_visible()


async def cards(page: Page) -> None:
    """A conversation with cards of programmes and contacts."""
    await start_page(page)
    await Chat(page).say("karten")


async def verdict(page: Page) -> None:
    """A verdict with its reasons unfolded."""
    await start_page(page)
    chat = Chat(page)
    await chat.say("ergebnis")
    for details in await chat.log.locator("summary").all():
        await details.click()


async def programme_list(page: Page) -> None:
    """The list of programmes."""
    await visit(page, PROGRAMMES)


async def programme_page(page: Page) -> None:
    """One programme."""
    await visit(page, ONE_PROGRAMME)


async def typing(page: Page) -> None:
    """The bot is writing."""
    await start_page(page)
    chat = Chat(page)
    await page.route("**/api/chat*/**", lambda route: None)
    await chat.input.fill("karten")
    await chat.input.press("Enter")
    await expect(chat.status).to_contain_text("schreibt")


async def problem(page: Page) -> None:
    """The server failed."""
    await start_page(page)
    await Chat(page).say("kaputt")


async def offline(page: Page) -> None:
    """There is no connection."""
    await start_page(page)
    await page.context.set_offline(True)
    await Chat(page).say("karten")
    await page.context.set_offline(False)


async def why_not(page: Page) -> None:
    """Somebody says that an answer did not help, and is asked why."""
    await cards(page)
    await Chat(page).button("Nein").click()
    await expect(page.get_by_text("Was war nicht gut?")).to_be_visible()


async def menu(page: Page) -> None:
    """The menu of the chat, asking whether to erase."""
    await cards(page)
    await Chat(page).choose("Verlauf löschen")


async def human(page: Page) -> None:
    """The way to a human."""
    await start_page(page)
    await Chat(page).press("Mit einem Menschen sprechen")


async def panel(page: Page) -> None:
    """The chat in a panel, as other sites show it."""
    await visit(page, "/einbetten")
    await page.get_by_role("button", name="Fragen?").click()
    await Chat(page).say("karten")


async def form_with_reply(page: Page) -> None:
    """The chat as a plain form, after one message."""
    await visit(page, "/chat")
    if await page.locator("digital-navigator").count():
        await Chat(page).say("karten")
        return
    await page.get_by_label("Ihre Frage").fill("karten")
    await page.get_by_role("button", name="Senden").click()
    await expect(page.get_by_text("Das passt am besten")).to_be_visible()


MAIN: Mapping[str, Open] = {"start": start_page, "cards": cards, "verdict": verdict, "programmes": programme_list,
                            "programme": programme_page}
"""The five states that are seen in every way."""
OTHER: Mapping[str, Open] = {
    "typing": typing, "problem": problem, "offline": offline, "why_not": why_not, "menu": menu, "human": human,
    "panel": panel, "form_with_reply": form_with_reply,
}
"""States that are seen in a pairwise choice of ways."""
PROVOKED_ERRORS = ("status of 500", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
"""What the browser writes to the console in states where something fails on purpose."""
