"""States of Trainingsdaten."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from bot.curation.model_reports import Confusion, ModelReport, write_report
from bot.records.editorial_tasks import TaskKind, TaskStore
from bot.workbench.keys import SETTINGS
from bot.workbench.pages.inbox import INBOX
from tests.browser.workbench import Bench

_MODEL = "20261124-120000-abcdefabcdef.tar.gz"
"""Newer than those of Training & Modelle: the list shows what was measured last."""
_INTENT = "/trainingsdaten/absicht/mehr_zeigen"
_TABLE = "absicht;wozu;satz\nmehr_zeigen;training;Zeig mir doch noch drei\nmehr_zeigen;training;Noch mehr, los\n"


def measure(bench: Bench) -> None:
    """Let a model be measured."""
    folder = bench.app[SETTINGS].model_dir
    folder.mkdir(exist_ok=True)
    (folder / _MODEL).write_bytes(b"")
    taken = [Confusion("mehr_zeigen", "alternativen_zeigen", ["Und was noch?", "Andere?"]),
             Confusion("foerderung_ki", "foerderung_digitalisierung", ["Wer hilft beim Roboter?"])]
    write_report(folder, ModelReport(
        _MODEL, "2026-11-24T12:00:00+00:00", "Anna Beispiel", "Neue Sätze", 60, 57, 0.94,
        {"mehr_zeigen": (24, 26), "foerderung_ki": (33, 34)}, "", 0, [], [], [],
        {"mehr_zeigen": 0.79, "foerderung_ki": 0.97}, taken, 0.024))


async def intents(page: Page, bench: Bench) -> None:
    """All intents, with what was measured."""
    measure(bench)
    await page.goto("/trainingsdaten?reihe=schwach")
    await expect(page.get_by_text("Wird zu oft verwechselt").first).to_be_visible()


async def intent(page: Page, bench: Bench) -> None:
    """One intent, while somebody types what is there already."""
    measure(bench)
    await page.goto(_INTENT)
    await page.get_by_text("Wird verwechselt mit").click()
    await page.get_by_label("Ein Satz je Zeile").fill("Gibt es noch mehr davon\n"
                                                      "Welche Regionalagentur ist für Lüdenscheid zuständig?")
    await expect(page.locator("#gleiche").get_by_text("Widerspruch").first).to_be_visible()


async def intent_wrong(page: Page, bench: Bench) -> None:
    """Nothing was chosen."""
    await page.goto(_INTENT + "?art=messen")
    await page.get_by_role("button", name="Streichen").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def _first(bench: Bench, *, measures: bool) -> str:
    corpus = await asyncio.to_thread(bench.app[INBOX].corpora.now)
    return f"/trainingsdaten/satz/{corpus.sentences('kontakt_finden', measures=measures)[0].id}"


async def sentence(page: Page, bench: Bench) -> None:
    """One held-out sentence."""
    await page.goto(await _first(bench, measures=True))


async def named(page: Page, bench: Bench) -> None:
    """What a sentence names, marked with the mouse and found."""
    await page.goto(await _first(bench, measures=True) + "/gemeintes")
    await page.get_by_role("checkbox", name="Kreuztal", exact=True).check()
    await page.get_by_role("button", name="Zuordnen").click()
    await expect(page.get_by_role("checkbox", name="Ort: Kreuztal", exact=True)).to_be_checked()


async def new(page: Page, bench: Bench) -> None:
    """A new intent that came from the inbox, sent without a title."""
    number = TaskStore(bench.engine).add(TaskKind.INTENT, "Kann ich mein Altgerät spenden?", "", "Anna Beispiel")
    await page.goto(f"/trainingsdaten/neu?aufgabe={number}")
    await page.get_by_label("Titel").fill("123")
    await page.get_by_role("button", name="Zur Freigabe geben").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def preview(page: Page, bench: Bench) -> None:
    """A table that was loaded."""
    await page.goto("/trainingsdaten/datei")
    await page.get_by_label("CSV- oder XLSX-Datei").set_input_files(
        {"name": "saetze.csv", "mimeType": "text/csv", "buffer": _TABLE.encode()})
    await page.get_by_role("button", name="Ansehen, was sich ändert").click()
    await expect(page.get_by_text("Das würde sich ändern: 2")).to_be_visible()


async def trying(page: Page, bench: Bench) -> None:
    """A sentence that two models understand differently."""
    from bot.workbench.keys import PARSE

    async def parse(text: str) -> Mapping[str, object]:
        return {"text": text, "intent": {"name": "mehr_zeigen", "confidence": 0.81},
                "intent_ranking": [{"name": "mehr_zeigen", "confidence": 0.81},
                                   {"name": "alternativen_zeigen", "confidence": 0.12}],
                "entities": [{"start": 13, "end": 18, "entity": "place", "value": "hagen"}]}

    if PARSE not in bench.app:
        bench.app._state[PARSE] = parse  # the application is frozen while it serves
    await page.goto("/trainingsdaten/probe?satz=Noch+mehr+in+Hagen")
    await expect(page.get_by_text("Antwortet gerade")).to_be_visible()


PAGES: Mapping[str, Callable[[Page, Bench], Awaitable[None]]] = {
    "training": intents, "training_intent": intent, "training_intent_wrong": intent_wrong,
    "training_sentence": sentence, "training_entities": named, "training_new": new, "training_table": preview,
    "training_try": trying,
}
