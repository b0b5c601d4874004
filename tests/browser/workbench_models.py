"""The pages of the models, with one that is fit and one that is blocked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from bot.curation.model_reports import Area, Flip, ModelReport, write_report
from bot.workbench.keys import SETTINGS
from tests.browser.workbench import Bench

_IN_USE, _FIT, _BLOCKED = (f"2026112{day}-120000-abcdefabcdef.tar.gz" for day in (3, 1, 2))


def _make(bench: Bench) -> None:
    folder = bench.app[SETTINGS].model_dir
    folder.mkdir(exist_ok=True)
    for name in (_IN_USE, _FIT, _BLOCKED):
        (folder / name).write_bytes(b"")
    flips = [Flip("krise", "Mir wächst alles über den Kopf, was nun?", "krise", "nlu_fallback")]
    areas = [Area("Genanntes in Prüfsätzen", 2281, 2310, 2283, ["„Beratung in Hörde“: Orte"]),
             Area("Probefälle: wer bekommt was", 1040, 1040, 1040, []),
             Area("Aufgezeichnete Gespräche", 189, 190, 190, ["programm, tippfehler: „bildungschek“"])]
    wrong = ["„Hilfe in der Krise“: 1 von 9 Prüfsätzen richtig.",
             "Aufgezeichnete Gespräche: 1 geht nicht mehr gut aus."]
    for name, problems in ((_FIT, []), (_BLOCKED, wrong)):
        write_report(folder, ModelReport(name, "2026-11-21T12:00:00+00:00", "Anna Beispiel", "Neue Sätze", 10, 9, 0.9,
                                         {"krise": (9, 10)}, _IN_USE, 9, flips, flips, problems,
                                         areas=areas if problems else areas[1:2]))


async def show_all(page: Page, bench: Bench) -> None:
    """All models."""
    _make(bench)
    await page.goto("/modelle")
    await expect(page.get_by_text("gesperrt")).to_be_visible()


async def fit(page: Page, bench: Bench) -> None:
    """A model that may be activated."""
    _make(bench)
    await page.goto(f"/modelle/{_FIT}")
    await expect(page.get_by_role("button", name="Dieses Modell aktivieren")).to_be_visible()


async def blocked(page: Page, bench: Bench) -> None:
    """A model that is worse than we allow."""
    _make(bench)
    await page.goto(f"/modelle/{_BLOCKED}")
    await expect(page.get_by_text("Dieses Modell ist gesperrt")).to_be_visible()


PAGES: Mapping[str, Callable[[Page, Bench], Awaitable[None]]] = {
    "models": show_all, "model_fit": fit, "model_blocked": blocked,
}
