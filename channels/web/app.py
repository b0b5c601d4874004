"""The web application: chat API, public pages, health."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from aiohttp import web

from bot.clock import today
from bot.instance import Instance
from bot.records.secrets import shared_secret
from bot.records.waiting import count_waiting
from bot.runtime.interface import Runtime
from bot.settings import Settings
from bot.web import assets
from bot.web.csrf import TOKENS, FormTokens
from bot.web.headers import security_headers
from bot.web.metrics import METRICS, Metrics, measure
from bot.web.request_ids import give_request_id
from bot.web.static_files import PREFIX, STATIC_FILES, StaticFiles
from channels.web import (
    chat_api,
    chat_history,
    chat_stream,
    cors,
    feedback,
    health,
    openapi,
    rendering,
    widget_config,
)
from channels.web.errors import answer_errors
from channels.web.keys import ENGINE, INSTANCE, RUNTIME, STORE, TODAY
from channels.web.limits import LIMITS, Limits, limit
from channels.web.pages import chat, contacts, embed, events, glossary, legal, programmes, reports, start
from channels.web.pdf import PDF, PdfMaker
from knowledge_base.store import KnowledgeStore

MAX_BODY_BYTES = 64 * 1024
"""Largest request; a message of 4,096 characters fits in well, however it is encoded."""
STATIC = Path(__file__).with_name("static")
PARTS = (
    chat_api, embed, widget_config, feedback, chat_history, chat_stream, health, openapi,
    start, contacts, events, glossary, legal, programmes, chat, reports,
)
"""Modules with ``routes()``."""


def create_app(runtime: Runtime, settings: Settings, instance: Instance, engine: sa.Engine) -> web.Application:
    """Build the application; it closes the runtime when it ends.

    Args:
        runtime: The bot.
        settings: The settings in force.
        instance: The agency it speaks for.
        engine: The database with knowledge base and records.

    Raises:
        NavigatorError: If styles and fonts have not been built.
    """
    assets.require_built()
    middlewares = [give_request_id, measure, answer_errors, limit]
    app = web.Application(middlewares=middlewares, client_max_size=MAX_BODY_BYTES)
    app[RUNTIME] = runtime
    app[METRICS] = Metrics(runtime.health, lambda: count_waiting(engine))
    app[INSTANCE] = instance
    app[ENGINE] = engine
    app[STORE] = KnowledgeStore(engine)
    app[TODAY] = today
    app[STATIC_FILES] = StaticFiles([*assets.FOLDERS, STATIC])
    app[TOKENS] = FormTokens(lambda: shared_secret(engine, "forms"))
    app[LIMITS] = Limits(settings)
    app[PDF] = PdfMaker(app[STATIC_FILES])
    rendering.set_up(app)
    widget_config.set_up(app, settings)
    cors.set_up(app)
    for part in PARTS:
        app.add_routes(part.routes())
    app.router.add_get(PREFIX + "{name:.+}", app[STATIC_FILES].serve)
    app.on_response_prepare.append(security_headers(settings.public_url))
    app.on_cleanup.append(app[PDF].close)
    app.on_cleanup.append(_close_runtime)
    return app


async def _close_runtime(app: web.Application) -> None:
    await app[RUNTIME].close()
