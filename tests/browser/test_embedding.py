"""The chat on another site: it works, keeps to itself, and answers only sites that are allowed."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser import axe, layout
from tests.browser.chat import Chat
from tests.browser.conftest import OpenContext
from tests.browser.foreign import create_app
from tests.browser.serving import Site, serving_app
from tests.browser.watch import Watch

_EMBED = """([server, place, attributes]) => {
    const script = document.createElement('script');
    script.type = 'module';
    script.src = `${server}/static/widget/digital-navigator.js`;
    const chat = document.createElement('digital-navigator');
    for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
    document.querySelector(place).append(script, chat);
}"""
_STYLES = """() => [...document.querySelectorAll('html, head *, body, main, main *')].map(element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return [element.tagName, ...Array.from(style, name => `${name}: ${style.getPropertyValue(name)}`),
            box.x, box.y, box.width, box.height].join('; ');
})"""


async def embed(page: Page, site: Site, place: str, **attributes: str) -> Chat:
    given = {name.replace("_", "-"): value for name, value in attributes.items()}
    await page.evaluate(_EMBED, [site.url, place, given])
    return Chat(page)


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "320"])
async def test_chat_works_on_another_site_and_leaves_it_as_it_is(
        phone: bool, open_context: OpenContext, foreign_site: str, site: Site, watch: Watch) -> None:
    watch.allowed.add(foreign_site)
    context = await open_context(base_url=foreign_site, viewport={"width": 320 if phone else 1280, "height": 720})
    page = await context.new_page()
    await page.goto("/")
    before = await page.evaluate(_STYLES)
    chat = await embed(page, site, "body", data_display="launcher", data_label="Fragen zur Förderung?")
    await page.get_by_role("button", name="Fragen zur Förderung?").click()
    await chat.say("karten")
    await expect(chat.log.get_by_text("Das passt am besten")).to_be_visible()
    assert await chat.log.locator(".message").first.evaluate("each => getComputedStyle(each).display") != "none"
    link = chat.log.get_by_role("link", name="Bildungsscheck 2.0").first
    assert await link.evaluate("link => link.href") == f"{site.url}/foerderung/bildungsscheck-2-0"
    assert await layout.overflowing(page) == []
    assert [each for each in await layout.small_targets(page) if "own" not in each and "#words" not in each] == []
    assert await axe.violations(page) == []
    await chat.button("Schließen").click()
    await expect(page.get_by_role("button", name="Fragen zur Förderung?")).to_be_focused()
    assert await page.evaluate(_STYLES) == before
    assert await page.evaluate("Object.keys(localStorage).length") == 0


async def test_chat_takes_text_and_colours_of_the_site(
        open_context: OpenContext, foreign_site: str, site: Site, watch: Watch) -> None:
    watch.allowed.add(foreign_site)
    page = await (await open_context(base_url=foreign_site)).new_page()
    await page.goto("/")
    chat = await embed(page, site, "main", data_start_text="Was können wir tun?", data_colour_accent="#ffcc00")
    await expect(chat.log).to_contain_text("Was können wir tun?")
    send = chat.element.get_by_role("button", name="Senden")
    await expect(send).to_have_css("background-color", "rgb(255, 204, 0)")
    await expect(send).to_have_css("color", "rgb(0, 0, 0)")
    assert await axe.violations(page) == []


async def test_site_that_is_not_allowed_gets_no_answer(
        open_context: OpenContext, site: Site, watch: Watch) -> None:
    watch.expected_errors.extend(["blocked by CORS policy", "ERR_FAILED", "Failed to fetch"])
    async with serving_app(create_app()) as stranger:
        watch.allowed.add(stranger)
        page = await (await open_context(base_url=stranger)).new_page()
        await page.goto("/")
        told = await page.evaluate(
            "url => fetch(url).then(answer => answer.text(), () => 'refused')", f"{site.url}/api/config")
        assert told == "refused"
