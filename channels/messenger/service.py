"""The messengers as part of the web application: their webhooks, and their post offices as long as it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from aiohttp import web

from channels.messenger.clock import Clock
from channels.messenger.post import PostOffice
from channels.messenger.shift import Shift

PARALLEL = 8
"""So many people of one messenger are served at a time."""


def set_up(app: web.Application, offices: Sequence[PostOffice]) -> None:
    """Add the webhooks of the post offices, and let them work from start to end of the application."""
    for office in offices:
        app.add_routes(office.routes())

    async def work(app: web.Application) -> AsyncIterator[None]:
        shifts = [Shift(office, PARALLEL, Clock()) for office in offices]
        tasks = [asyncio.create_task(shift.run()) for shift in shifts]
        yield
        for shift in shifts:
            shift.stop()
        await asyncio.gather(*tasks)

    app.cleanup_ctx.append(work)
