"""Somebody who is no developer adds a programme; a second person releases it; the bot knows it."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page, expect

from bot.records.rights import Role
from bot.workbench.keys import STORE
from knowledge_base.profile import Profile
from knowledge_base.queries import find_programmes
from tests.browser.conftest import OpenContext
from tests.browser.test_workbench_releases import SLOW, open_waiting, person
from tests.browser.watch import Watch
from tests.browser.workbench import DAY, serving_bench

TEXTS = {
    "name": "Werkstattbonus Hagen",
    "summary-text": "Die Stadt zahlt Betrieben einen Bonus für Kurse in der Werkstatt.",
    "plain-text": "Ein Betrieb macht einen Kurs. Die Stadt gibt Geld dazu.", "provider-name": "Stadt Hagen",
    "funding-text-text": "Die Stadt übernimmt einen Teil der Kurskosten.",
    "deadline-text": "Anträge sind jederzeit möglich.", "sources-s1-url": "https://www.hagen.de/werkstattbonus",
    "sources-s1-title": "Stadt Hagen: Werkstattbonus", "sources-s1-supports": "alle Angaben",
    "grund": "Ratsbeschluss, steht seit heute auf der Seite der Stadt.",
}


async def fill(page: Page) -> None:
    """Fill in what a new programme needs."""
    await page.get_by_label("Hauptmenü").get_by_role("link", name="Wissensbasis").click()
    await page.get_by_role("link", name="Neues Programm anlegen").click(timeout=SLOW)
    for field, text in TEXTS.items():
        await page.locator(f"#{field}").fill(text)
    await page.get_by_label("Art", exact=True).select_option("Zuschuss")
    await page.get_by_label("Ebene").select_option("Region")
    await page.get_by_role("group", name="Themen").get_by_label("Weiterbildung und Qualifizierung").check()
    await page.get_by_role("group", name="Zielgruppen").get_by_label("Unternehmen und Betriebe").check()
    await page.get_by_role("group", name="Wer den Antrag stellt").get_by_label("Unternehmen und Betriebe").check()
    await page.get_by_label("Gebiet, 1.").fill("Hagen")
    await page.get_by_role("group", name="Zuständig am Ort").get_by_label("Regionalagentur").check()


async def test_a_new_programme_is_answered_without_a_terminal(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        watch.expected_errors.append("status of 422")
        anna = await person(open_context, bench, "anna", Role.EDITOR, scripts=False)
        ben = await person(open_context, bench, "ben", Role.RELEASER)
        await anna.goto("/")
        await fill(anna)
        await anna.get_by_label("Ebene").select_option("")
        await anna.get_by_role("button", name="Zur Freigabe einreichen").click(timeout=SLOW)
        await expect(anna.get_by_role("alert")).to_contain_text("Ebene: Hier fehlt noch etwas", timeout=SLOW)
        await anna.get_by_label("Ebene").select_option("Region")
        await anna.get_by_role("button", name="Zur Freigabe einreichen").click(timeout=SLOW)
        await expect(anna.get_by_text("Eingereicht. Eine zweite Person")).to_be_visible(timeout=SLOW)

        await open_waiting(ben)
        await ben.get_by_role("button", name="Freigeben", exact=True).click(timeout=SLOW)
        await expect(ben.get_by_text("Die Auskunft ist jetzt live")).to_be_visible(timeout=SLOW)
        await ben.goto("/wissensbasis?suche=werkstattbonus")
        await expect(ben.get_by_role("link", name="Werkstattbonus Hagen")).to_be_visible(timeout=SLOW)
        profile = Profile(place="hagen", audience="unternehmen")
        found = find_programmes(bench.app[STORE], profile, "Werkstattbonus", DAY)
        assert "werkstattbonus-hagen" in [hit.programme.id for hit in found.hits]


async def test_the_preview_follows_while_one_writes(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        anna = await person(open_context, bench, "anna", Role.EDITOR)
        await anna.goto("/wissensbasis/programme/anerkennungspartnerschaft-16d", timeout=SLOW)
        await expect(anna.locator("#wer")).not_to_contain_text("(neu)")
        await anna.get_by_label("Status", exact=True).select_option("ausgelaufen")
        await expect(anna.locator("#wer")).to_contain_text("passt nicht (neu)", timeout=SLOW)
