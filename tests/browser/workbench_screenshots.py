"""Make the pictures of the workbench for the handbook: ``python -m tests.browser.workbench_screenshots [FOLDER]``.

They need no model, only a built catalogue, which is made here.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import Browser, Page

from bot.database import open_engine
from bot.records.audit import AuditLog
from bot.records.rights import Role
from bot.settings import REPOSITORY
from knowledge_base.build import build_from_files
from knowledge_base.migrate import upgrade
from tests.browser import chromium
from tests.browser.screenshots import FOLDER, Picture, take
from tests.browser.workbench import DAY, Bench, serving_bench
from tests.browser.workbench_inbox import callbacks, inbox, reports, tasks
from tests.browser.workbench_models import blocked
from tests.browser.workbench_pages import Open, account, at, paused, text
from tests.browser.workbench_proposals import listed
from tests.browser.workbench_training import intents
from tests.browser.workbench_usage import plots, spot_check

PAGES: Mapping[str, Open] = {
    "werkbank-start": at("/"), "werkbank-konto": account, "werkbank-protokoll": at("/protokoll"),
    "werkbank-posteingang": inbox,
    "werkbank-loeschen": at("/datenschutz"), "werkbank-wissensbasis": at("/wissensbasis?thema=ki"),
    "werkbank-freigabe": listed, "werkbank-rueckrufe": callbacks, "werkbank-meldungen": reports,
    "werkbank-aufgaben": tasks, "werkbank-pausieren": paused,
    "werkbank-trainingsdaten": intents, "werkbank-modell": blocked,
    "werkbank-auswertung": plots, "werkbank-stichprobe": spot_check, "werkbank-text": text,
}
"""Name of the picture and the page it shows. A new page of the handbook goes here."""


def furnish(bench: Bench) -> None:
    """Put something into the workbench that is worth a picture."""
    bench.person("a.muster", *Role)
    bench.person("berta", Role.READER, Role.EDITOR)
    log = AuditLog(bench.engine)
    before, after = {"rollen": ["Lesen"]}, {"rollen": ["Lesen", "Redaktion"]}
    log.add("a.muster", "konto.rollen", "berta", before=before, after=after)


async def take_all(browser: Browser, folder: Path) -> list[Path]:
    """Take all pictures and return their files."""
    with tempfile.TemporaryDirectory() as var:
        database = Path(var) / "built.db"
        engine = open_engine(f"sqlite:///{database}")
        upgrade(engine)
        build_from_files(engine, REPOSITORY / "knowledge_base" / "catalogue", DAY)
        engine.dispose()
        async with serving_bench(database, Path(var)) as bench:
            furnish(bench)
            return [await _take(browser, name, show, bench, folder) for name, show in PAGES.items()]


async def _take(browser: Browser, name: str, show: Open, bench: Bench, folder: Path) -> Path:
    async def signed_in(page: Page) -> None:
        await bench.sign_in(page.context, "a.muster", *Role)
        await show(page, bench)

    return await take(browser, Picture(name, signed_in, height=800), bench.url, folder)


async def main(folder: Path) -> None:
    """Take all pictures."""
    async with chromium.running() as browser:
        for file in await take_all(browser, folder):
            print(file)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
