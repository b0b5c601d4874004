"""Whole stories at the workbench, as people live them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Page, expect

from bot.workbench.keys import LINKS
from tests.browser.conftest import OpenContext
from tests.browser.watch import Watch
from tests.browser.workbench import serving_bench

FIRST, SECOND = "vier leise Kiesel tanzen", "drei blaue Ampeln singen"


async def choose_password(page: Page, password: str, button: str) -> None:
    await page.get_by_label("Neues Kennwort").fill(password)
    await page.get_by_label("Noch einmal dasselbe Kennwort").fill(password)
    await page.get_by_role("button", name=button).click()


async def test_from_the_first_link_to_a_second_person(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    """The first start, an account, another one with its link, its first sign-in, and the log of it all."""
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        anna = await (await open_context(base_url=bench.url, java_script_enabled=False)).new_page()
        await anna.goto("/einladung/" + bench.app[LINKS].make(None, "System", "erstes Konto"))
        await anna.get_by_label("Name zum Anmelden").fill("a.muster")
        await anna.get_by_label("Vor- und Nachname").fill("Anna Muster")
        await choose_password(anna, FIRST, "Konto anlegen")
        await expect(anna.get_by_role("heading", name="Guten Tag, Anna Muster")).to_be_visible()
        await anna.get_by_label("Hauptmenü").get_by_role("link", name="Verwaltung").click()
        await anna.get_by_label("Name zum Anmelden").fill("b.muster")
        await anna.get_by_label("Vor- und Nachname").fill("Berta Muster")
        await anna.get_by_label("Datenschutz", exact=True).check()
        await anna.get_by_role("button", name="Konto anlegen").click()
        link = re.search(r"/einladung/\S+", await anna.locator(".secret-link").inner_text())
        assert link

        berta = await (await open_context(base_url=bench.url)).new_page()
        await berta.goto(link[0])
        await choose_password(berta, SECOND, "Kennwort speichern")
        await expect(berta.get_by_role("heading", name="Guten Tag, Berta Muster")).to_be_visible()
        await berta.get_by_role("button", name="Abmelden").click()
        await berta.goto("/protokoll?was=konto.")
        await berta.get_by_label("Ihr Name").fill("b.muster")
        await berta.get_by_label("Kennwort").fill(SECOND)
        await berta.keyboard.press("Enter")
        await expect(berta.get_by_role("heading", name="Protokoll")).to_be_visible()
        await expect(berta.get_by_role("row", name=re.compile("a.muster Konto angelegt b.muster"))).to_be_visible()
        await berta.goto("/")
        await expect(berta.get_by_role("link", name="Verwaltung")).to_have_count(0)
