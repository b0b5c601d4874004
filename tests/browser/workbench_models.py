"""The pages of the models, with one that is fit and one that is blocked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from bot.curation.model_reports import Flip, ModelReport, write_report
from bot.workbench.keys import SETTINGS
from tests.browser.workbench import Bench

_IN_USE, _FIT, _BLOCKED = (f"2026112{day}-120000-abcdefabcdef.tar.gz" for day in (3, 1, 2))


def _make(bench: Bench) -> None:
    folder = bench.app[SETTINGS].model_dir
    folder.mkdir(exist_ok=True)
    for name in (_IN_USE, _FIT, _BLOCKED):
        (folder / name).write_bytes(b"")
    flips = [Flip("krise", "Mir wächst alles über den Kopf, was nun?", "krise", "nlu_fallback")]
    for name, problems in ((_FIT, []), (_BLOCKED, ["„Hilfe in der Krise“: 1 von 9 Prüfsätzen richtig."])):
        write_report(folder, ModelReport(name, "2026-11-21T12:00:00+00:00", "Anna Beispiel", "Neue Sätze", 10, 9, 0.9,
                                         {"krise": (9, 10)}, _IN_USE, 9, flips, flips, problems))


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
