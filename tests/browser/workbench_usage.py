"""The pages of figures and of the spot check, with something to see on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page, expect

from bot.clock import today
from bot.records.spot_checks import Drawn, SpotCheckStore, Verdict
from bot.records.usage import Key, Measure, UsageStore
from tests.browser.workbench import Bench

WEEKS = 6
HOURS = {f"{hour:02}": max(0, 90 - 9 * abs(hour - 12)) for hour in range(24)}
COUNTS: Mapping[Measure, Mapping[str, int]] = {
    Measure.CHANNEL: {"web": 412, "telegram": 96, "matrix": 12}, Measure.TALK: {"web": 171, "telegram": 29},
    Measure.HOUR: HOURS,
    Measure.TOPIC: {"ki": 61, "qualifizierung": 48, "ausbildung": 22, "gruendung": 14, "digitalisierung": 1},
    Measure.AREA: {"hagen": 52, "maerkischer-kreis": 41, "ennepe-ruhr-kreis": 19, "bochum": 1},
    Measure.AUDIENCE: {"unternehmen": 88, "beschaeftigte": 40, "arbeitsuchende": 9},
    Measure.KIND: {"programmes": 210, "programme": 120, "contacts": 60, "info": 50, "smalltalk": 41, "no_match": 21,
                   "clarify": 14, "error": 4},
    Measure.GOAL: {"1": 64, "2": 38, "3": 17, "4": 6, "5": 2},
    Measure.LATENCY: {"10": 40, "15": 160, "20": 180, "30": 90, "50": 30, "75": 12, "150": 6, "500": 2},
    Measure.RATING: {"hilfreich": 46, "nicht": 9, "nicht.veraltet": 5, "nicht.falsch": 4},
}


def fill(bench: Bench) -> None:
    """Count something and draw answers of some weeks; a few of the newest are still to be judged."""
    checks = SpotCheckStore(bench.engine)
    monday = today() - dt.timedelta(days=today().weekday())
    if checks.is_drawn(monday - dt.timedelta(weeks=1)):
        return
    for days in range(28):
        day = today() - dt.timedelta(days=days)
        UsageStore(bench.engine).add({
            Key(day, measure, value): number * (1 + days % 4) // 30 + (days == 0)
            for measure, values in COUNTS.items() for value, number in values.items()})
    answer = Drawn(
        "web:anna", "Wie viele Beschäftigte hat Ihr Betrieb?", "12 Leute", "Das passt:\n\nBildungsscheck 2.0",
        [("programme", "bildungsscheck-2-0"), ("kontakte", "regionalagentur-maerkische-region")])
    for week in range(WEEKS, 0, -1):
        checks.draw(monday - dt.timedelta(weeks=week), [answer] * 12)
    for place, number in enumerate(checks.open_checks()[:-3]):
        verdict = Verdict.PARTLY if place % 9 == 3 else Verdict.WRONG if place % 31 == 5 else Verdict.RIGHT
        checks.judge(number, verdict, "" if verdict is Verdict.RIGHT else "Der Satz ist von 2025.", "anna")


async def empty(page: Page, bench: Bench) -> None:
    """Figures of days on which nobody wrote."""
    await page.goto("/auswertung?von=01.01.2026&bis=07.01.2026")


async def plots(page: Page, bench: Bench) -> None:
    """Figures of the last days."""
    fill(bench)
    await page.goto("/auswertung")
    await expect(page.get_by_role("img", name="Themen")).to_be_visible()


async def figures(page: Page, bench: Bench) -> None:
    """The same, one table unfolded."""
    await plots(page, bench)
    await page.get_by_text("Themen als Tabelle").click()
    await expect(page.get_by_role("cell", name="unter 5").first).to_be_visible()


async def no_period(page: Page, bench: Bench) -> None:
    """A day that is none."""
    await page.goto("/auswertung?von=gestern")
    await expect(page.get_by_role("alert")).to_be_visible()


async def spot_check(page: Page, bench: Bench) -> None:
    """An answer to be judged."""
    fill(bench)
    await page.goto("/stichprobe")
    await expect(page.get_by_role("button", name="Richtig")).to_be_visible()


async def spot_check_judged(page: Page, bench: Bench) -> None:
    """One that was judged already."""
    fill(bench)
    await page.goto("/stichprobe/1")
    await expect(page.get_by_text("Bisher:")).to_be_visible()


async def spot_check_without_words(page: Page, bench: Bench) -> None:
    """A verdict that needs words and has none."""
    await spot_check(page, bench)
    await page.get_by_role("button", name="Teilweise").click()
    await expect(page.get_by_role("alert")).to_be_visible()


PAGES: Mapping[str, Callable[[Page, Bench], Awaitable[None]]] = {
    "usage": figures, "usage_empty": empty, "usage_wrong": no_period,
    "spot_check": spot_check, "spot_check_judged": spot_check_judged, "spot_check_wrong": spot_check_without_words,
}
