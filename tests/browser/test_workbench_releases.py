"""A programme is changed by one person, released by another, and the bot knows it; two people at one record."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Page, expect

from bot.records.rights import Role
from bot.workbench.keys import STORE
from tests.browser.conftest import OpenContext
from tests.browser.watch import Watch
from tests.browser.workbench import Bench, serving_bench
from tests.browser.workbench_proposals import FILE

SLOW = 60_000
"""So long a release may take on a busy machine: the whole catalogue is checked and built."""


async def propose(page: Page, old: str, new: str, title: str) -> None:
    """Change the text of the programme and hand it in."""
    await page.goto(f"/freigabe/verlauf?datei={FILE}")
    await page.get_by_role("link", name="Im Text ändern").click()
    area = page.get_by_label("Text der Datei")
    text = await area.input_value()
    assert old in text
    await area.fill(text.replace(old, new))
    await page.get_by_label("Was ändert sich?").fill(title)
    await page.get_by_label("Warum, und wo steht es?").fill("Seite der Agentur für Arbeit, heute gelesen.")
    await page.get_by_role("button", name="Als Vorschlag speichern").click(timeout=SLOW)
    await page.get_by_role("button", name="Zur Freigabe einreichen").click(timeout=SLOW)
    await expect(page.get_by_text("Eingereicht. Eine zweite Person")).to_be_visible(timeout=SLOW)


async def person(open_context: OpenContext, bench: Bench, name: str, *roles: Role, scripts: bool = True) -> Page:
    """Return the browser of somebody who is signed in."""
    context = await open_context(base_url=bench.url, java_script_enabled=scripts)
    await bench.sign_in(context, name, *roles)
    return await context.new_page()


async def open_waiting(page: Page) -> None:
    """Open the only proposal that waits."""
    await page.goto("/")
    await expect(page.get_by_text("1 wartet auf Sie.")).to_be_visible()
    await page.get_by_label("Hauptmenü").get_by_role("link", name="Freigabe").click()
    await page.get_by_role("link", name=re.compile("V-[A-Z]{6} ansehen")).click(timeout=SLOW)


async def test_a_change_is_released_by_a_second_person_and_live(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        anna = await person(open_context, bench, "anna", Role.EDITOR, Role.RELEASER, scripts=False)
        ben = await person(open_context, bench, "ben", Role.RELEASER)
        await propose(anna, "name: Qualifizierungsgeld\n", "name: Qualifizierungsgeld neu\n", "Neuer Name")
        await expect(anna.get_by_role("button", name="Freigeben", exact=True)).to_have_count(0)

        await open_waiting(ben)
        await expect(ben.get_by_text("Qualifizierungsgeld neu", exact=True).first).to_be_visible()
        await ben.get_by_role("button", name="Freigeben", exact=True).focus()
        await ben.keyboard.press("Enter")
        await expect(ben.get_by_text("Die Auskunft ist jetzt live")).to_be_visible(timeout=SLOW)
        programme = bench.app[STORE].programme("qualifizierungsgeld")
        assert programme and programme.name == "Qualifizierungsgeld neu"

        await ben.get_by_label("Warum soll das zurück?").fill("Der Name stand nur im Entwurf.")
        await ben.get_by_role("button", name="Zurücknehmen vorschlagen").click(timeout=SLOW)
        await open_waiting(anna)
        await anna.get_by_role("button", name="Freigeben", exact=True).click(timeout=SLOW)
        await expect(anna.get_by_text("Die Auskunft ist jetzt live")).to_be_visible(timeout=SLOW)
        content = tmp_path / "inhalt" / FILE
        assert content.read_bytes() == (Path(__file__).parents[2] / FILE).read_bytes()


async def test_two_people_change_the_same(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        anna = await person(open_context, bench, "anna", Role.EDITOR)
        ben = await person(open_context, bench, "ben", Role.EDITOR, Role.RELEASER)
        await propose(anna, "name: Qualifizierungsgeld\n", "name: Geld für Qualifizierung\n", "Name von Anna")
        mine = anna.url
        await open_waiting(ben)
        theirs = tmp_path / "inhalt" / FILE
        theirs.write_text(theirs.read_text(encoding="utf-8").replace(
            "name: Qualifizierungsgeld\n", "name: Qualifizierungsgeld (§ 82a)\n"), encoding="utf-8")
        watch.expected_errors.append("status of 422")
        await ben.get_by_role("button", name="Freigeben", exact=True).click(timeout=SLOW)
        await expect(ben.get_by_text("vergleichen Sie beide Fassungen")).to_be_visible(timeout=SLOW)
        await anna.goto(mine, timeout=SLOW)
        row = anna.get_by_role("row", name=re.compile("Name"))
        for text in ("Qualifizierungsgeld (§ 82a)", "Geld für Qualifizierung", "widerspricht sich"):
            await expect(row.get_by_text(text).first).to_be_visible()
        assert "(§ 82a)" in theirs.read_text(encoding="utf-8")
