"""Read and work out in the background what the first person would otherwise wait for: at the start and per build."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.curation.links import links_of
from bot.curation.record_form.choices import choices_of
from bot.curation.record_list import rows_of
from bot.log import get_logger
from bot.long_lived import keep_for_good
from bot.workbench.keys import STORE, TODAY
from bot.workbench.pages.coverage import MAPS
from bot.workbench.pages.inbox import INBOX
from bot.workbench.pages.links import names_of
from bot.workbench.pages.proposals import CURATION

LOOKS_EVERY_SECONDS = 2.0
_log = get_logger(__name__)


async def keep_warm(app: web.Application) -> None:
    """Get everything ready, and again after every build, until cancelled."""
    await warm(app)
    known = await _build(app)
    while True:
        await asyncio.sleep(LOOKS_EVERY_SECONDS)
        now = await _build(app)
        if now != known:
            known = now
            await _try(app, _catalogue)


async def warm(app: web.Application) -> None:
    """Get everything ready once."""
    for step in (_catalogue, _inbox, _checks):
        await _try(app, step)
    keep_for_good()


async def _try(app: web.Application, step: Callable[[web.Application], None]) -> None:
    try:
        await asyncio.to_thread(step, app)
    except Exception as error:  # then the first person waits
        _log.error("workbench.not_warm", error)


async def _build(app: web.Application) -> int:
    """Return the number of the build that is live; 0 if there is none."""
    try:
        return await asyncio.to_thread(app[STORE].build_number)
    except Exception as error:
        _log.error("workbench.no_build", error)
        return 0


def _catalogue(app: web.Application) -> None:
    for factory in (rows_of, choices_of, links_of, names_of):
        app[STORE].derived(factory)
    app[MAPS].of(app[STORE], app[TODAY]())


def _inbox(app: web.Application) -> None:
    app[INBOX].warm()


def _checks(app: web.Application) -> None:
    app[CURATION].proposals.checker.warm()
