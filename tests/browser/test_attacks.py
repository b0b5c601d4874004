"""Strings that try to run code: in every field of the catalogue, in every address and in every input."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio

from bot.database import open_engine
from knowledge_base.build import build
from knowledge_base.store import KnowledgeStore
from tests.browser.attack import MARK, TEMPLATE, TEXT, attacked_catalogue, broken_out
from tests.browser.chat import Chat
from tests.browser.conftest import OpenContext
from tests.browser.pages import PAGES
from tests.browser.scripted_runtime import ENDED, LOTTERY, PROGRAMME
from tests.browser.serving import Site, scripted_site
from tests.browser.states import start_page
from tests.browser.together import faults_of
from tests.browser.watch import Watch

INPUTS = {
    "programmes": "/foerderung?suche={0}&thema={0}&ort={0}&fuer={0}&art={0}&stand={0}&seite={0}",
    "contacts": "/anlaufstellen?ort={0}&thema={0}&art={0}",
    "events": "/termine?ort={0}&thema={0}",
    "glossary": "/begriffe?suche={0}",
    "report": "/melden?zu={0}",
    "chat": "/chat?frage={0}",
}
"""Addresses with the attack in every parameter."""
FORMS = ("/", "/chat", "/foerderung", "/anlaufstellen", f"/melden?zu={PROGRAMME}", "/barrierefreiheit/melden")
"""Pages with a form for words."""
_FIELDS = ":is(input:not([type]), input[type=text], input[type=search], input[type=email], textarea):visible"
RECORDS = {PROGRAMME, LOTTERY, ENDED, "bildungsgutschein"}
"""Programmes that pages and replies name."""
SHOWING = {"programme", "programme_ended", "contact", "glossary", "programmes", "events"}
"""Pages that show fields of the catalogue for sure."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def attacked_site(built_catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """The application with a catalogue that attacks."""
    file = tmp_path_factory.mktemp("attacked") / "navigator.db"
    shutil.copy(built_catalogue, file)
    engine = open_engine(f"sqlite:///{file}")
    catalogue, number = attacked_catalogue(KnowledgeStore(engine).catalogue(), RECORDS)
    assert number > 1000, "the attack stands in hardly any field"
    build(engine, catalogue, "attacked")
    engine.dispose()
    async with scripted_site(file) as site:
        yield site


async def test_no_field_of_the_catalogue_gets_out_of_the_page(
        attacked_site: Site, open_context: OpenContext, watch: Watch) -> None:
    watch.allowed.add(attacked_site.url)
    context = await open_context(base_url=attacked_site.url)

    async def look_at(name: str) -> list[str]:
        page = await context.new_page()
        answer = await page.goto(PAGES[name])
        if answer is None or not answer.ok:
            return [f"status {answer and answer.status}"]
        is_shown = name not in SHOWING or MARK in await page.locator("main").inner_text()
        return [*await broken_out(page), *([] if is_shown else ["the attack is not even shown"])]

    faults = await faults_of(PAGES, look_at)
    assert not faults, "\n".join(faults)


async def test_no_address_gets_out_of_the_page(open_context: OpenContext, watch: Watch) -> None:
    watch.expected_errors.append("status of 4")
    context = await open_context()

    async def look_at(name: str) -> list[str]:
        page = await context.new_page()
        answer = await page.goto(INPUTS[name].format(quote(TEXT)))
        if answer is None or answer.status >= 500:
            return [f"status {answer and answer.status}"]
        is_run = TEMPLATE.replace("{{7*7}}", "49") in await page.content()
        return [*await broken_out(page), *(["the template was run"] if is_run else [])]

    faults = await faults_of(INPUTS, look_at)
    assert not faults, "\n".join(faults)


async def test_no_form_gets_out_of_the_page(open_context: OpenContext, watch: Watch) -> None:
    """Without scripts, so that the chat is a form too; without the checks of the browser, as an attacker would."""
    watch.expected_errors.append("status of 4")
    context = await open_context(java_script_enabled=False)

    async def look_at(path: str) -> list[str]:
        page = await context.new_page()
        await page.goto(path)
        form = page.locator("main form").filter(has=page.locator(_FIELDS)).first
        assert await form.locator(_FIELDS).count() >= 1
        await form.evaluate("form => { form.noValidate = true; }")
        for field in await form.locator(_FIELDS).all():
            await field.fill(TEXT)
        async with page.expect_navigation() as leaving:
            await form.locator("button:not([name])").last.click()
        answer = await leaving.value
        if answer is None or answer.status >= 500:
            return [f"status {answer and answer.status}"]
        return await broken_out(page)

    faults = await faults_of(FORMS, look_at)
    assert not faults, "\n".join(faults)


async def test_no_card_gets_out_of_the_chat(attacked_site: Site, open_context: OpenContext, watch: Watch) -> None:
    watch.allowed.add(attacked_site.url)
    page = await (await open_context(base_url=attacked_site.url)).new_page()
    await start_page(page)
    chat = Chat(page)
    await chat.say("karten")
    assert MARK in await chat.log.inner_text()
    await page.reload()
    await chat.messages.nth(2).wait_for()
    assert await broken_out(page) == []
