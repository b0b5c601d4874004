"""States of Posteingang, Aufgaben, Rückrufe and Meldungen."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from bot.records.editorial_tasks import TaskKind, TaskStore
from bot.records.reports import ReportKind, ReportStore
from bot.records.unclear_turns import Why
from tests.browser.workbench import Bench
from tests.records.test_unclear_turns import store_turn

QUESTIONS = ("Kriegt man wat dazu wenn ich 3D Drucker anschaffen tu?",
             "krieg ich wat dazu wenn ich 3D Drucker anschaffe",
             "Was kostet eigentlich ein Hund in der Haltung?")


async def ask(bench: Bench, *questions: str, why: Why = Why.CLARIFY) -> None:
    """Let people ask what is not understood."""
    have = {turn.text for turn in await asyncio.to_thread(_open, bench)}
    for text in questions:
        if text not in have:
            await asyncio.to_thread(store_turn, bench.engine, text, why, f"web:{secrets.token_hex(4)}")


def _open(bench: Bench) -> list[object]:
    from bot.workbench.pages.inbox import INBOX

    return list(bench.app[INBOX].store.open_turns())


async def inbox(page: Page, bench: Bench) -> None:
    """A turn with similar ones, everything open."""
    await ask(bench, *QUESTIONS)
    await page.goto("/posteingang")
    await page.get_by_text("Weitere Möglichkeiten").click()
    await expect(page.get_by_label("Notiz für eine Aufgabe")).to_be_visible()


async def planned(page: Page, bench: Bench) -> None:
    """Something is planned."""
    await ask(bench, "Gibt et Jeld für nen Plotter?")
    await page.goto("/posteingang")
    await page.get_by_role("button", name="Gehört nicht zu uns").click()
    await page.get_by_text("Ansehen", exact=True).click()


async def empty(page: Page, bench: Bench) -> None:
    """Nothing for this reason."""
    await page.goto("/posteingang?warum=ohne_ergebnis")
    await expect(page.get_by_text("Hier liegt nichts")).to_be_visible()


async def tasks(page: Page, bench: Bench) -> None:
    """A task is open."""
    await asyncio.to_thread(
        TaskStore(bench.engine).add, TaskKind.ENTRY, "Gibt es Geld für Lastenräder?", "Beim Kreis fragen", "Anna")
    await page.goto("/aufgaben")


async def callbacks(page: Page, bench: Bench) -> None:
    """Somebody waits."""
    bench.call_back()
    await page.goto("/rueckrufe")


async def callback(page: Page, bench: Bench) -> None:
    """One with its address."""
    await callbacks(page, bench)
    await page.get_by_role("button", name="öffnen").first.click()
    await expect(page.get_by_text("0171 3920001")).to_be_visible()


async def reports(page: Page, bench: Bench) -> None:
    """Both kinds."""
    store = ReportStore(bench.engine)
    await asyncio.to_thread(
        store.add, ReportKind.ERROR, "qualifizierungsgeld", "Der Satz stimmt nicht.", "b@example.org")
    await asyncio.to_thread(store.add, ReportKind.BARRIER, "/chat", "Der Knopf ist zu klein.")
    await page.goto("/meldungen")


async def report(page: Page, bench: Bench) -> None:
    """One with its address."""
    await reports(page, bench)
    await page.get_by_role("button", name="ansehen").first.click()
    await expect(page.get_by_text("b@example.org")).to_be_visible()


PAGES: Mapping[str, Callable[[Page, Bench], Awaitable[None]]] = {
    "inbox": inbox, "inbox_planned": planned, "inbox_empty": empty, "tasks": tasks, "callbacks": callbacks,
    "callback": callback, "reports": reports, "report": report,
}
"""By names of screenshots."""
