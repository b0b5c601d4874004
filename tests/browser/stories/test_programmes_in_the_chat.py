"""What staff write about a programme is said in the chat once a second person has released it, without training.

That two people change the same, and how something is taken back: tests/browser/test_workbench_releases.py.
"""

from __future__ import annotations

from playwright.async_api import Page, expect

from bot.records.rights import Role
from tests.browser.chat import Chat
from tests.browser.stories.conftest import Person
from tests.browser.test_workbench_releases import SLOW, open_waiting
from tests.browser.watch import Watch

TEXTS = {
    "name": "Werkstattbonus Hagen",
    "summary-text": "Die Stadt zahlt Betrieben einen Bonus für Kurse in der Werkstatt.",
    "plain-text": "Ein Betrieb macht einen Kurs. Die Stadt gibt Geld dazu.", "provider-name": "Stadt Hagen",
    "funding-text-text": "Die Stadt übernimmt einen Teil der Kurskosten.",
    "deadline-text": "Anträge sind jederzeit möglich.", "sources-s1-url": "https://www.hagen.de/werkstattbonus",
    "sources-s1-title": "Stadt Hagen: Werkstattbonus", "sources-s1-supports": "alle Angaben",
    "grund": "Ratsbeschluss, steht seit heute auf der Seite der Stadt.",
}
SUMMARY = "Das Geld ersetzt einen Teil vom Lohn, solange Beschäftigte im Betrieb umlernen."


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


async def submit_and_release(anna: Page, ben: Page) -> None:
    """Hand in the form that is open; somebody else makes it live."""
    await anna.get_by_role("button", name="Zur Freigabe einreichen").click(timeout=SLOW)
    await expect(anna.get_by_text("Eingereicht. Eine zweite Person")).to_be_visible(timeout=SLOW)
    await open_waiting(ben)
    await ben.get_by_role("button", name="Freigeben", exact=True).click(timeout=SLOW)
    await expect(ben.get_by_text("Die Auskunft ist jetzt live")).to_be_visible(timeout=SLOW)


async def test_a_new_programme_is_answered_without_a_terminal(chat: Chat, person: Person, watch: Watch) -> None:
    """Without scripts, without training, without a terminal.

    21 steps for the author: two clicks to the form, ten fields with 360 letters, two choices, four ticks, one place,
    one button, and one correction. At 200 letters a minute and four seconds a step that is three to four minutes; the
    second person needs three clicks, half a minute.
    """
    watch.expected_errors.append("status of 422")
    anna, ben = await person("anna", Role.EDITOR, scripts=False), await person("ben", Role.RELEASER)
    await anna.goto("/")
    await fill(anna)
    await anna.get_by_label("Ebene").select_option("")
    await anna.get_by_role("button", name="Zur Freigabe einreichen").click(timeout=SLOW)
    await expect(anna.get_by_role("alert")).to_contain_text("Ebene: Hier fehlt noch etwas", timeout=SLOW)
    await anna.get_by_label("Ebene").select_option("Region")
    await submit_and_release(anna, ben)
    await chat.say("Was ist der Werkstattbonus Hagen?")
    await expect(chat.log).to_contain_text(TEXTS["summary-text"])
    await expect(chat.log.locator('a[href="https://www.hagen.de/werkstattbonus"]').first).to_be_attached()


async def test_a_changed_programme_is_live_in_the_chat(chat: Chat, person: Person) -> None:
    anna, ben = await person("anna", Role.EDITOR), await person("ben", Role.RELEASER)
    await anna.goto("/wissensbasis?suche=qualifizierungsgeld")
    await anna.get_by_role("link", name="Qualifizierungsgeld").first.click(timeout=SLOW)
    await anna.locator("#summary-text").fill(SUMMARY)
    await anna.get_by_label("Warum, und wo steht es?").fill("Seite der Agentur für Arbeit, heute gelesen.")
    await submit_and_release(anna, ben)
    await chat.say("Was ist das Qualifizierungsgeld?")
    await expect(chat.log).to_contain_text(SUMMARY)
