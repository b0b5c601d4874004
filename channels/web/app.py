"""The web application: chat API, health, and the plain chat page."""

from __future__ import annotations

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.instance import Instance
from bot.runtime.interface import Runtime
from bot.settings import Settings
from channels.web import chat_api, health, openapi, page
from channels.web.errors import answer_errors
from channels.web.headers import set_security_headers
from channels.web.keys import INSTANCE, RUNTIME
from channels.web.request_ids import give_request_id

MAX_BODY_BYTES = 64 * 1024
"""Largest request; a message of 4,096 characters fits in well, however it is encoded."""


def create_app(runtime: Runtime, settings: Settings, instance: Instance) -> web.Application:
    """Build the application; it closes the runtime when it ends.

    Args:
        runtime: The bot.
        settings: The settings in force.
        instance: The agency it speaks for.
    """
    app = web.Application(middlewares=[give_request_id, answer_errors], client_max_size=MAX_BODY_BYTES)
    app[RUNTIME] = runtime
    app[INSTANCE] = instance
    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(page.TEMPLATES), autoescape=True,
                         undefined=jinja2.StrictUndefined)
    for part in (chat_api, health, openapi, page):
        app.add_routes(part.routes())
    app.on_response_prepare.append(set_security_headers)
    app.on_cleanup.append(_close_runtime)
    return app


async def _close_runtime(app: web.Application) -> None:
    await app[RUNTIME].close()
