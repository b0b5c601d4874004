"""How the chat behaves: reloading, tabs, erasing, failures, keyboard, rating, taking the conversation along."""

from __future__ import annotations

import asyncio
import re

import pytest
import sqlalchemy as sa
from playwright.async_api import Page, expect

from bot.records.conversations import ConversationStore
from bot.records.tables import Feedback
from tests.browser.attack import TEXT, broken_out
from tests.browser.chat import Chat
from tests.browser.conftest import OpenContext
from tests.browser.serving import Site
from tests.browser.states import PROVOKED_ERRORS, start_page
from tests.browser.watch import Watch

PHONE = "02331 4887814"
STORED = "({...localStorage, ...sessionStorage})"


async def open_chat(page: Page) -> Chat:
    await start_page(page)
    return Chat(page)


async def session_of(page: Page) -> str:
    kept = await page.evaluate(STORED)
    assert len(kept) == 1
    return f"web:{next(iter(kept.values()))}"


async def test_nothing_is_kept_before_the_first_message_and_no_cookie_after_it(page: Page) -> None:
    chat = await open_chat(page)
    await chat.input.fill("noch nicht gesendet")
    assert await page.evaluate(STORED) == {}
    await chat.say("Guten Tag")
    assert await page.evaluate("localStorage.length") == 0
    assert len(await page.evaluate(STORED)) == 1
    assert await page.context.cookies() == []


async def test_first_words_say_who_speaks_and_that_it_binds_nobody(page: Page) -> None:
    chat = await open_chat(page)
    for words in ("KI-System", "kein Mensch", "unverbindlich", PHONE):
        await expect(chat.log).to_contain_text(words)
    await expect(chat.button("Mit einem Menschen sprechen")).to_be_visible()


async def test_reload_keeps_the_conversation(page: Page) -> None:
    chat = await open_chat(page)
    await chat.say("karten")
    await chat.say("ergebnis")
    before = await chat.messages.all_inner_texts()
    choices = await chat.element.locator(".choices button").all_inner_texts()
    await page.reload()
    await expect(chat.messages).to_have_count(len(before))
    assert await chat.messages.all_inner_texts() == before
    assert await chat.element.locator(".choices button").all_inner_texts() == choices


async def test_two_tabs_do_not_mix(open_context: OpenContext) -> None:
    context = await open_context()
    first, second = Chat(await context.new_page()), Chat(await context.new_page())
    for chat in (first, second):
        await start_page(chat.page)
    await asyncio.gather(first.say("Anliegen eins"), second.say("Anliegen zwei"))
    assert await session_of(first.page) != await session_of(second.page)
    for chat, own, other in ((first, "eins", "zwei"), (second, "zwei", "eins")):
        await chat.page.reload()
        await expect(chat.log).to_contain_text(f"Sie sagten: Anliegen {own}")
        await expect(chat.log).not_to_contain_text(other)


async def test_erasing_erases_on_the_server(page: Page, site: Site) -> None:
    chat = await open_chat(page)
    await chat.say("etwas Vertrauliches")
    conversation = await session_of(page)
    store = ConversationStore(site.engine)
    assert store.load_all(conversation) is not None
    await chat.choose("Verlauf löschen")
    await chat.button("Ja, löschen").click()
    await expect(chat.status).to_contain_text("gelöscht")
    assert store.load_all(conversation) is None
    assert await page.evaluate(STORED) == {}
    await expect(chat.log).not_to_contain_text("Vertrauliches")
    await page.reload()
    await expect(chat.log).to_contain_text("KI-System")
    await expect(chat.log).not_to_contain_text("Vertrauliches")


async def test_new_beginning_clears_the_conversation(page: Page) -> None:
    chat = await open_chat(page)
    await chat.say("Altes Anliegen")
    await chat.choose("Neu anfangen")
    await expect(chat.log).not_to_contain_text("Altes Anliegen")
    await expect(chat.input).to_be_focused()
    await expect(chat.log).to_contain_text("Wir fangen neu an")
    await page.reload()
    await expect(chat.log).to_contain_text("KI-System")
    await expect(chat.log).not_to_contain_text("Altes Anliegen")


async def test_offline_says_what_to_do_and_sends_nothing_twice(page: Page, site: Site, watch: Watch) -> None:
    watch.expected_errors.extend(PROVOKED_ERRORS)
    chat = await open_chat(page)
    await chat.say("Guten Tag")
    await page.context.set_offline(True)
    await chat.say("Wichtige Frage")
    await expect(chat.log.locator(".problem")).to_contain_text(PHONE)
    await expect(chat.log).to_contain_text("Wichtige Frage")
    await page.context.set_offline(False)
    await chat.button("Noch einmal senden").click()
    await expect(chat.log).to_contain_text("Sie sagten: Wichtige Frage")
    window = ConversationStore(site.engine).load_all(await session_of(page))
    assert window is not None
    heard = [event["text"] for event in window.events if event["event"] == "user"]
    assert heard == ["Guten Tag", "Wichtige Frage"]


async def test_reply_that_got_lost_on_the_way_is_fetched_again(page: Page, site: Site, watch: Watch) -> None:
    watch.expected_errors.extend(PROVOKED_ERRORS)
    chat = await open_chat(page)

    async def lose(route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/api/chat/stream", lose, times=1)
    await chat.say("Einmal gesagt")
    await expect(chat.log).to_contain_text("Sie sagten: Einmal gesagt")
    window = ConversationStore(site.engine).load_all(await session_of(page))
    assert window is not None
    assert [event["text"] for event in window.events if event["event"] == "user"] == ["Einmal gesagt"]


async def test_failure_of_the_server_shows_the_phone_and_the_way_on(page: Page, watch: Watch) -> None:
    watch.expected_errors.extend(PROVOKED_ERRORS)
    chat = await open_chat(page)
    await chat.say("kaputt")
    await expect(chat.log.locator(".problem").get_by_role("link", name=PHONE)).to_be_visible()
    await expect(chat.button("Noch einmal senden")).to_be_visible()
    await chat.say("Guten Tag")
    await expect(chat.log).to_contain_text("Sie sagten: Guten Tag")


async def test_keyboard_alone(page: Page) -> None:
    chat = await open_chat(page)
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await chat.input.evaluate("input => input.getRootNode().activeElement === input"):
            break
    await expect(chat.input).to_be_focused()
    await page.keyboard.type("karten")
    await page.keyboard.press("Enter")
    await chat.answered(1)
    await expect(chat.input).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(chat.button("Nein")).to_be_focused()
    choice = chat.button("Weiß ich nicht")
    for _ in range(10):
        await page.keyboard.press("Shift+Tab")
        if await choice.evaluate("button => button.getRootNode().activeElement === button"):
            break
    await expect(choice).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.log).to_contain_text("noch offen")
    await expect(chat.input).to_be_focused()


async def test_two_lines_are_one_message(page: Page) -> None:
    chat = await open_chat(page)
    await chat.input.focus()
    await page.keyboard.type("erste")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("zweite")
    await page.keyboard.press("Enter")
    await chat.answered(1)
    await expect(chat.log.locator(".user")).to_have_text("Sie: erste\nzweite", use_inner_text=True)


async def test_rating_is_stored_with_its_reason(page: Page, site: Site) -> None:
    chat = await open_chat(page)
    await chat.say("karten")
    await chat.button("Nein").click()
    reasons = chat.element.get_by_role("group", name="Was war nicht gut?").get_by_role("button")
    await reasons.first.click()
    await expect(chat.status).to_contain_text("Danke")
    await expect(chat.input).to_be_focused()
    with site.engine.connect() as connection:
        query = sa.select(Feedback.helpful, Feedback.reason).where(
            Feedback.conversation_id == await session_of(page))
        rows = connection.execute(query).all()
    assert len(rows) == 1 and not rows[0].helpful and rows[0].reason


async def test_reply_carries_cards_with_ways_to_reach_people(page: Page) -> None:
    chat = await open_chat(page)
    await chat.say("karten")
    await expect(chat.log.get_by_role("link", name="Bildungsscheck 2.0")).to_have_attribute(
        "href", re.compile("/foerderung/bildungsscheck-2-0$"))
    await expect(chat.log.locator('a[href="tel:+4923314887814"]').last).to_be_visible()
    assert await chat.log.locator('a[href^="mailto:"]').count() >= 1
    assert await chat.log.get_by_text("Erst beantragen").count() == 1


@pytest.mark.parametrize(("said", "question"), [
    ("karten", "Wie viele Beschäftigte hat Ihr Betrieb?"),
    ("ergebnis", "Wie hoch ist Ihr zu versteuerndes Einkommen im Jahr?"),
])
async def test_question_of_a_reply_stands_last_and_once(page: Page, said: str, question: str) -> None:
    chat = await open_chat(page)
    await chat.say(said)
    last = chat.log.locator(".message").last
    assert (await last.inner_text()).rstrip().endswith(question)
    assert (await last.inner_text()).count(question) == 1
    assert question not in "".join(await last.locator(".card").all_inner_texts())


async def test_link_of_a_card_leads_to_the_page_of_the_programme(page: Page) -> None:
    chat = await open_chat(page)
    await chat.say("karten")
    await chat.log.get_by_role("link", name="Bildungsscheck 2.0").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Bildungsscheck 2.0")
    await page.go_back()
    await expect(chat.log).to_contain_text("Das passt am besten")


async def test_conversation_can_be_downloaded(page: Page) -> None:
    chat = await open_chat(page)
    await chat.say("karten")
    async with page.expect_download() as waiting:
        await chat.choose("Herunterladen")
    file = await (await waiting.value).path()
    text = file.read_text(encoding="utf-8")
    assert "Sie:" in text and "karten" in text and "Bildungsscheck 2.0" in text and PHONE in text


async def test_questions_on_the_page_are_asked_in_the_chat(page: Page) -> None:
    chat = await open_chat(page)
    link = page.locator("main [data-question]").first
    question = await link.get_attribute("data-question")
    await link.click()
    await expect(chat.log).to_contain_text(f"Sie sagten: {question}")
    assert page.url.endswith("/")


async def test_what_people_type_is_only_text(page: Page) -> None:
    chat = await open_chat(page)
    await chat.say(TEXT)
    await expect(chat.log).to_contain_text(TEXT)
    assert await broken_out(page) == []
    await page.reload()
    await expect(chat.log.locator(".user")).to_contain_text(TEXT)
    assert await broken_out(page) == []


async def test_a_slow_reply_is_waited_for_and_nothing_is_sent_meanwhile(page: Page, watch: Watch) -> None:
    chat = await open_chat(page)
    await chat.input.fill("langsam")
    await chat.input.press("Enter")
    await expect(chat.status).to_contain_text("schreibt")
    await chat.input.fill("ungeduldig")
    await chat.input.press("Enter")
    await chat.answered(1)
    await expect(chat.log.locator(".user")).to_have_count(1)
    await expect(chat.input).to_have_value("ungeduldig")
    assert watch.paths.count("/api/chat/stream") == 1
