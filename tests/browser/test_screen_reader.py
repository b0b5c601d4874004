"""What a screen reader announces: finished messages once, with their sender; nothing else gets in between."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import Page

from tests.browser.chat import Chat
from tests.browser.screen_reader import ScreenReader
from tests.browser.states import start_page
from tests.browser.watch import Watch

BOT = "Digitalnavigator: "


@pytest_asyncio.fixture(loop_scope="session")
async def reader(page: Page) -> ScreenReader:
    await start_page(page)
    started = ScreenReader(page)
    await started.start()
    return started


async def test_message_and_reply_are_announced_once_with_their_sender(page: Page, reader: ScreenReader) -> None:
    await Chat(page).say("Guten Tag")
    announced = await reader.announced()
    assert announced[0] == "Sie: Guten Tag"
    assert [each for each in announced if each.startswith(BOT)] == [f"{BOT}Sie sagten: Guten Tag"]
    assert announced.index("Digitalnavigator schreibt …") < announced.index(f"{BOT}Sie sagten: Guten Tag")
    assert len(announced) == len(set(announced)) <= 4


async def test_cards_are_announced_with_the_reply_and_questions_about_it_are_not(
        page: Page, reader: ScreenReader) -> None:
    await Chat(page).say("karten")
    announced = await reader.announced()
    replies = [each for each in announced if each.startswith(BOT)]
    assert len([each for each in replies if "Bildungsscheck 2.0" in each]) == 1
    whole = "\n".join(announced)
    assert whole.count("02331 4887814") == 1
    assert "hilfreich" not in whole, "the rating stands outside of the live region"
    assert "Vorschläge" in announced[-1], "how many suggestions there are is said at the end"


async def test_failure_is_announced_once(page: Page, reader: ScreenReader, watch: Watch) -> None:
    watch.expected_errors.append("status of 500")
    await Chat(page).say("kaputt")
    problems = [each for each in await reader.announced() if each.startswith("Hinweis: ")]
    assert len(problems) == 1 and "02331 4887814" in problems[0]


async def test_restored_conversation_is_not_announced_again(page: Page, reader: ScreenReader) -> None:
    await Chat(page).say("karten")
    await page.reload()
    await Chat(page).messages.nth(2).wait_for()
    again = ScreenReader(page)
    await again.start()
    assert await again.announced() == []


async def test_everything_in_the_chat_has_a_name(page: Page, reader: ScreenReader) -> None:
    await Chat(page).say("ergebnis")
    read = await reader.read_on(150)
    assert "log, Gespräch" in read
    assert any(phrase.startswith("textbox, Ihre Frage") for phrase in read)
    assert [phrase for phrase in read if phrase in ("button", "link", "textbox")] == []
    assert {"button, Senden", "button, Mit einem Menschen sprechen"} <= set(read)
