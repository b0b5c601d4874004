"""Whole stories with the trained bot in a process of its own."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.database import open_engine
from bot.records.conversations import ConversationStore
from tests.browser import layout
from tests.browser.chat import ANSWER_MS, Chat
from tests.browser.conftest import OpenContext
from tests.browser.serving import RealBot
from tests.browser.watch import Watch

pytestmark = pytest.mark.model
MOST_ACTIONS = 3
PHONE_SIZE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
_LINES_DOWN = {"offline": False, "latency": 400, "downloadThroughput": 30_000, "uploadThroughput": 15_000}
"""A slow mobile line: bytes per second, milliseconds."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bot(built_catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RealBot]:
    """The bot as it is shipped, with a database of its own."""
    var = tmp_path_factory.mktemp("stories")
    shutil.copy(built_catalogue, var / "navigator.db")
    started = RealBot(var)
    await started.start()
    yield started
    await started.kill()


@pytest_asyncio.fixture(loop_scope="session")
async def story(bot: RealBot, open_context: OpenContext, watch: Watch) -> Page:
    """An empty page for the real bot."""
    watch.allowed.add(bot.url)
    return await (await open_context(base_url=bot.url, viewport={"width": 1280, "height": 800})).new_page()


async def begin(page: Page) -> Chat:
    """Open the start page."""
    await page.goto("/")
    chat = Chat(page)
    await expect(chat.input).to_be_visible()
    return chat


async def assert_programme_and_person(chat: Chat) -> None:
    """A programme with its page, when it was checked and where, and somebody to call or write to."""
    programmes = chat.log.locator('.card a[href*="/foerderung/"]')
    assert await programmes.count() >= 1
    await expect(chat.log).to_contain_text(re.compile(r"Stand: \d\d\.\d\d\.\d{4}"))
    assert await chat.log.locator(".bot").locator('a[href^="tel:"], a[href^="mailto:"]').count() >= 2, \
        "the phone of the greeting alone is no contact for the case"
    assert await chat.log.locator('a[href*="/anlaufstellen/"]').count() >= 1


async def test_firm_finds_programme_and_person_within_three_actions(story: Page) -> None:
    chat = await begin(story)
    messages = ["Wir sind eine Tischlerei in Lüdenscheid mit 12 Leuten und wollen digitaler werden.",
                "Gibt es einen Zuschuss?"]
    assert len(messages) < MOST_ACTIONS
    for message in messages:
        await chat.say(message)
    await assert_programme_and_person(chat)
    link = chat.log.locator('.card a[href*="/foerderung/"]').last
    name = (await link.inner_text()).strip()
    await link.click()
    await expect(story.get_by_role("heading", level=1)).to_contain_text(name.split(" (")[0])
    await expect(story.locator("main")).to_contain_text("Stand")


async def test_citizen_with_a_phone(bot: RealBot, open_context: OpenContext, watch: Watch) -> None:
    watch.allowed.add(bot.url)
    page = await (await open_context(base_url=bot.url, **PHONE_SIZE)).new_page()
    chat = await begin(page)
    await chat.input.tap()
    await chat.say("Ich bin Verkäuferin in Hagen und möchte einen Excel-Kurs machen. Zahlt jemand etwas dazu?")
    await assert_programme_and_person(chat)
    await expect(chat.log).to_contain_text("Bildungsscheck")
    before = await chat.replies.count()
    await chat.element.locator(".choices").get_by_role("button").first.tap()
    await chat.answered(before)
    assert await layout.overflowing(page) == []
    assert await layout.small_targets(page) == []


async def test_starting_point_with_the_keyboard_alone(story: Page) -> None:
    chat = await begin(story)
    for _ in range(60):
        await story.keyboard.press("Tab")
        if await story.evaluate("document.activeElement.matches('[data-question]')"):
            break
    await story.keyboard.press("Enter")
    await chat.answered(1)
    await expect(chat.input).to_be_focused()
    await story.keyboard.type("in Iserlohn, wir haben 30 Beschäftigte")
    before = await chat.replies.count()
    await story.keyboard.press("Enter")
    await chat.answered(before)
    await assert_programme_and_person(chat)


async def test_without_javascript(bot: RealBot, open_context: OpenContext, watch: Watch) -> None:
    watch.allowed.add(bot.url)
    context = await open_context(base_url=bot.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("Was haben Sie vor?").fill("Wer bezahlt meine Weiterbildung? Ich arbeite in Hagen.")
    await page.get_by_role("button", name="Zum Chat").click()
    await page.get_by_role("button", name="Senden").click()
    main = page.locator("main")
    await expect(main).to_contain_text("Stand: ")
    await expect(main).to_contain_text("Telefon")
    await page.get_by_role("button", name="Mit einem Menschen sprechen").click()
    await expect(main).to_contain_text("einen Menschen")
    await expect(main).to_contain_text("Wer bezahlt meine Weiterbildung?")
    await page.get_by_role("button", name="Verlauf löschen").click()
    await expect(main).to_contain_text("gelöscht")
    await expect(main).not_to_contain_text("Wer bezahlt meine Weiterbildung?")
    assert await context.cookies() == []


async def test_slow_line(story: Page) -> None:
    line = await story.context.new_cdp_session(story)
    await line.send("Network.emulateNetworkConditions", _LINES_DOWN)
    await story.goto("/", timeout=ANSWER_MS)
    chat = Chat(story)
    await expect(chat.input).to_be_visible(timeout=ANSWER_MS)
    await chat.input.fill("Zuschuss für einen KI-Kurs in Hagen")
    await chat.input.press("Enter")
    await expect(chat.status).to_contain_text("schreibt")
    await chat.answered(1)
    await assert_programme_and_person(chat)


async def test_two_tabs_talk_about_two_places(bot: RealBot, open_context: OpenContext, watch: Watch) -> None:
    watch.allowed.add(bot.url)
    context = await open_context(base_url=bot.url)
    hagen, olpe = [await begin(await context.new_page()) for _ in range(2)]
    question = "Ich suche eine Weiterbildung in {}. Wer berät mich?"
    await asyncio.gather(hagen.say(question.format("Hagen")), olpe.say(question.format("Olpe")))
    await asyncio.gather(hagen.say("Welche Agentur für Arbeit ist zuständig?"),
                         olpe.say("Welche Agentur für Arbeit ist zuständig?"))
    await expect(hagen.replies.last).to_contain_text("Agentur für Arbeit Hagen")
    await expect(olpe.replies.last).not_to_contain_text("Agentur für Arbeit Hagen")


async def test_server_starts_again_in_the_middle_and_erasing_erases(bot: RealBot, story: Page, watch: Watch) -> None:
    watch.expected_errors.extend(["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"])
    chat = await begin(story)
    await chat.say("Wir sind ein Betrieb in Lüdenscheid mit 12 Leuten.")
    await bot.kill()
    await chat.say("Wer zahlt die Weiterbildung unserer Beschäftigten?")
    await expect(chat.log.locator(".problem")).to_contain_text("02331 4887814")
    await bot.start()
    await chat.button("Noch einmal senden").click()
    await expect(chat.log.locator(".problem")).to_have_count(0)
    await expect(chat.status).not_to_contain_text("schreibt", timeout=ANSWER_MS)
    await assert_programme_and_person(chat)
    said = await chat.messages.all_inner_texts()
    await story.reload()
    await expect(chat.messages).to_have_count(len(said))
    assert await chat.messages.all_inner_texts() == said

    session = await story.evaluate("Object.values({...sessionStorage})[0]")
    engine = open_engine(bot.database_url)
    store = ConversationStore(engine)
    window = store.load_all(f"web:{session}")
    assert window is not None
    heard = [event["text"] for event in window.events if event["event"] == "user"]
    assert len(heard) == len(set(heard)), "nothing was heard twice"
    await chat.choose("Verlauf löschen")
    await chat.button("Ja, löschen").click()
    await expect(chat.status).to_contain_text("gelöscht")
    assert store.load_all(f"web:{session}") is None
    engine.dispose()
