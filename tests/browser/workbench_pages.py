"""All pages of the workbench, by a name that says what is special about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from tests.browser import workbench_inbox as inbox_pages
from tests.browser import workbench_models as model_pages
from tests.browser import workbench_proposals as proposal_pages
from tests.browser import workbench_records as record_pages
from tests.browser import workbench_training as training_pages
from tests.browser import workbench_usage as usage_pages
from tests.browser.workbench import Bench

Open = Callable[[Page, Bench], Awaitable[None]]


def at(path: str) -> Open:
    """Open a page by its address."""

    async def visit(page: Page, bench: Bench) -> None:
        answer = await page.goto(path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"

    return visit


async def wrong_account(page: Page, bench: Bench) -> None:
    """The form for an account, sent empty."""
    await page.goto("/verwaltung")
    await page.get_by_role("button", name="Konto anlegen").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def account(page: Page, bench: Bench) -> None:
    """One account."""
    await page.goto(f"/verwaltung/konten/{bench.person('berta')}")


async def account_link(page: Page, bench: Bench) -> None:
    """The link for a password."""
    await account(page, bench)
    await page.get_by_role("button", name="Link für neues Kennwort").click()
    await expect(page.get_by_text("/einladung/")).to_be_visible()


async def notice(page: Page, bench: Bench) -> None:
    """The sentence after something was saved."""
    await account(page, bench)
    await page.get_by_role("button", name="Rollen speichern").click()
    await expect(page.get_by_text("sind gespeichert")).to_be_visible()


async def found_to_erase(page: Page, bench: Bench) -> None:
    """What would be erased."""
    await page.goto("/datenschutz")
    await page.get_by_label("Nummer des Rückrufs").fill(bench.call_back())
    await page.get_by_role("button", name="Nachsehen").click()
    await expect(page.get_by_role("button", name="Endgültig löschen")).to_be_visible()


async def nothing_to_erase(page: Page, bench: Bench) -> None:
    """A number that nobody has."""
    await page.goto("/datenschutz")
    await page.get_by_label("Nummer des Rückrufs").fill("R-XXXXXX")
    await page.get_by_role("button", name="Nachsehen").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def struck_out(page: Page, bench: Bench) -> None:
    """A sentence of which something is struck out."""
    await page.goto("/datenschutz/streichen")
    await page.get_by_label("Ein Satz").fill("Ich heiße Anna Muster, Telefon 0171 3920001")
    await page.get_by_role("button", name="Ausprobieren").click()
    await expect(page.get_by_role("cell", name="Telefonnummer")).to_be_visible()


async def paused(page: Page, bench: Bench) -> None:
    """A channel that is paused."""
    await page.goto("/pausieren")
    await page.locator("#kanal-text").fill("Wir sind morgen wieder hier im Chat.")
    await page.get_by_role("button", name="Sofort pausieren (Einen Kanal)").click()
    await expect(page.get_by_role("button", name="Pause beenden")).to_be_visible()


async def paused_wrong(page: Page, bench: Bench) -> None:
    """A programme that is not there."""
    await page.goto("/pausieren")
    await page.locator("#programm-was").fill("Gibt es nicht")
    await page.locator("#programm-text").fill("Das wird gerade überarbeitet.")
    await page.get_by_role("button", name="Sofort pausieren (Ein Programm)").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def text(page: Page, bench: Bench) -> None:
    """A fixed text with its previews."""
    await page.goto("/texte/utter_begruessung")
    for preview in await page.locator("summary").all():
        await preview.click()
    await expect(page.get_by_role("heading", name="WhatsApp").last).to_be_visible()


async def text_unchanged(page: Page, bench: Bench) -> None:
    """A fixed text that was sent as it is."""
    await page.goto("/texte/utter_danke")
    await page.get_by_role("button", name="Zur Freigabe geben").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def missing(page: Page, bench: Bench) -> None:
    """A page that is not there."""
    await page.goto("/gibt-es-nicht")


PAGES: Mapping[str, Open] = {
    **inbox_pages.PAGES, **proposal_pages.PAGES, **model_pages.PAGES, **record_pages.PAGES,
    **training_pages.PAGES, **usage_pages.PAGES,
    "texts": at("/texte"), "text": text, "text_unchanged": text_unchanged,
    "pauses": at("/pausieren"), "pauses_wrong": paused_wrong, "pauses_some": paused,
    "home": at("/"), "own_account": at("/konto"), "accounts": at("/verwaltung"), "account": account,
    "accounts_wrong": wrong_account, "account_link": account_link, "notice": notice, "audit": at("/protokoll"),
    "audit_nothing": at("/protokoll?bis=01.01.2020&von=gestern"), "erasure": at("/datenschutz"),
    "erasure_found": found_to_erase, "erasure_nothing": nothing_to_erase, "masking": at("/datenschutz/streichen"),
    "masking_found": struck_out, "missing": missing,
}
"""Seen by somebody who may do everything. A new page goes here; its other states too."""


async def invitation(page: Page, bench: Bench) -> None:
    """The form for a new password."""
    from bot.workbench.keys import LINKS

    await page.goto("/einladung/" + bench.app[LINKS].make(bench.person("carl"), "Test", "carl"))


async def first_account(page: Page, bench: Bench) -> None:
    """The form for the first account, sent empty."""
    from bot.workbench.keys import LINKS

    await page.goto("/einladung/" + bench.app[LINKS].make(None, "Test", "erstes Konto"))
    await page.get_by_role("button", name="Konto anlegen").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def wrong_password(page: Page, bench: Bench) -> None:
    """Signing in with a wrong password."""
    await page.goto("/anmelden")
    await page.get_by_label("Ihr Name").fill("niemand")
    await page.get_by_label("Kennwort").fill("falsch")
    await page.get_by_role("button", name="Anmelden").click()
    await expect(page.get_by_role("alert")).to_be_visible()


OUTSIDE: Mapping[str, Open] = {
    "sign_in": at("/anmelden"), "sign_in_wrong": wrong_password, "invitation": invitation,
    "first_account": first_account,
}
"""Seen by somebody who is not signed in."""
NO_PAGES = frozenset({"/healthz", "/static/{name}", "/protokoll.csv", "/anmelden/haus", "/anmelden/haus/zurueck",
                      "/auswertung.csv", "/freigabe/meldung/{number}", "/modelle/stand",
                      "/trainingsdaten/datei/{datei}"})
"""Routes that show nothing to people, or only with a login service (tests/workbench/test_oidc.py)."""
PROVOKED_ERRORS = ("status of 422", "status of 404")
"""What the browser writes to the console in states where something is wrong on purpose."""
