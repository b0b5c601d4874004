"""Serve the workbench beside the public page. Whatever is wrong with it is said, and the page goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import sqlalchemy as sa

from bot.curation.unfinished import keep_noticing
from bot.errors import NavigatorError
from bot.instance import Instance
from bot.log import get_logger
from bot.records.accounts import AccountStore
from bot.records.one_time_links import VALID, LinkStore
from bot.settings import Settings
from bot.web.server import listening
from bot.workbench.keys import PARSE
from bot.workbench.secret import load_secret

_log = get_logger(__name__)
Say = Callable[[str], None]
Parse = Callable[[str], Awaitable[Mapping[str, Any]]]


async def keep_workbench(
    settings: Settings, instance: Instance, engine: sa.Engine, say: Say, parse: Parse | None = None
) -> None:
    """Serve the workbench until cancelled, unless it is off.

    Args:
        settings: The settings in force.
        instance: The agency.
        engine: The database, with the tables of today.
        say: Takes German lines for whoever starts the service.
        parse: Understands a text with the model that answers.
    """
    if not settings.workbench_port:
        return
    try:
        await _serve(settings, instance, engine, say, parse)
    except NavigatorError as error:
        say(f"Die Werkbank startet nicht: {error}")
    except Exception as error:
        _log.error("workbench.start_failed", error)
        say("Die Werkbank startet nicht. Was fehlt, steht im Protokoll des Dienstes unter workbench.start_failed.")


async def _serve(
    settings: Settings, instance: Instance, engine: sa.Engine, say: Say, parse: Parse | None
) -> None:
    from bot.workbench.app import create_app  # whatever is broken in a part of it is caught above
    from bot.workbench.warming import keep_warm

    secret = load_secret(settings)
    app = create_app(settings, instance, engine, secret)
    if parse is not None:
        app[PARSE] = parse
    async with listening(app, settings.workbench_host, settings.workbench_port, "NAVIGATOR_WORKBENCH_PORT"):
        say(f"Die Werkbank für die Redaktion: {address(settings)}/")
        link = await asyncio.to_thread(first_link, settings, engine, secret)
        if link:
            say(f"Es gibt noch kein Konto. Legen Sie das erste hier an (einmal, {VALID.days} Tage lang): {link}")
        await asyncio.gather(keep_warm(app), keep_noticing(engine))


def first_link(settings: Settings, engine: sa.Engine, secret: bytes) -> str | None:
    """Return a link that makes the first account; ``None`` if somebody can manage accounts already."""
    if AccountStore(engine).has_admin():
        return None
    return link_to(settings, LinkStore(engine, secret).make(None, "System", "erstes Konto"))


def link_to(settings: Settings, token: str) -> str:
    """Return the address of a one-time link."""
    return f"{address(settings)}/einladung/{token}"


def address(settings: Settings) -> str:
    """Return the address of the workbench in the browser, without a slash at the end."""
    host = f"[{settings.workbench_host}]" if ":" in settings.workbench_host else settings.workbench_host
    return settings.workbench_url or f"http://{host}:{settings.workbench_port}"
