"""The web application of the staff: its own address, its own port, nothing in it is public."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
from aiohttp import web

from bot.clock import today
from bot.instance import Instance
from bot.records.accounts import AccountStore
from bot.records.audit import AuditLog
from bot.records.one_time_links import LinkStore
from bot.records.staff_sessions import StaffSessionStore
from bot.settings import Settings
from bot.web import assets
from bot.web.csrf import TOKENS, FormTokens
from bot.web.headers import security_headers
from bot.web.request_ids import give_request_id
from bot.web.static_files import PREFIX, STATIC_FILES, StaticFiles
from bot.workbench import rendering
from bot.workbench.attempts import ATTEMPTS, Attempts
from bot.workbench.errors import answer_errors
from bot.workbench.guard import guard
from bot.workbench.keys import ACCOUNTS, AUDIT, ENGINE, INSTANCE, LINKS, SESSIONS, SETTINGS, STORE, TODAY
from bot.workbench.navigation import ENTRIES
from bot.workbench.oidc import LOGIN, Login, login_service
from bot.workbench.pages import (
    accounts,
    audit,
    callbacks,
    coverage,
    erasure,
    file_text,
    home,
    inbox,
    invitation,
    links,
    login,
    masking,
    models,
    oidc,
    own_account,
    pauses,
    proposals,
    record_form,
    records,
    releases,
    reports,
    spot_checks,
    tasks,
    texts,
    training_data,
    training_data_entities,
    training_data_new,
    training_data_tables,
    training_data_try,
    usage,
)
from bot.workbench.passwords import Passwords
from bot.workbench.people import PASSWORDS, send_cookie
from bot.workbench.routes import Door, get, refuse_undeclared
from bot.workbench.start import address
from knowledge_base.store import KnowledgeStore

MAX_BODY_BYTES = 10 * 1024 * 1024
"""Largest request: a table of sentences fits in."""
STATIC = Path(__file__).with_name("static")
PARTS: tuple[ModuleType, ...] = (
    home, login, oidc, invitation, own_account, records, record_form, coverage, links, proposals, inbox, tasks,
    reports, callbacks, releases, training_data, training_data_new, training_data_entities, training_data_tables,
    training_data_try, texts, models, pauses, usage, spot_checks, file_text, accounts, audit, erasure, masking,
)
"""Modules with ``routes()``; those with ``ENTRY`` stand in the menu, in this order. ``set_up(app)`` prepares one."""


def create_app(settings: Settings, instance: Instance, engine: sa.Engine, secret: bytes) -> web.Application:
    """Build the application.

    Args:
        settings: The settings in force.
        instance: The agency.
        engine: The database with knowledge base and records.
        secret: See ``secret.load_secret``.

    Raises:
        NavigatorError: If styles and fonts have not been built.
    """
    assets.require_built()
    app = web.Application(
        middlewares=[give_request_id, send_cookie, answer_errors, guard], client_max_size=MAX_BODY_BYTES)
    app[SETTINGS], app[INSTANCE], app[ENGINE] = settings, instance, engine
    app[STORE] = KnowledgeStore(engine)
    app[TODAY] = today
    app[ACCOUNTS], app[AUDIT] = AccountStore(engine), AuditLog(engine)
    app[SESSIONS], app[LINKS] = StaffSessionStore(engine, secret), LinkStore(engine, secret)
    app[PASSWORDS], app[ATTEMPTS] = Passwords(), Attempts(settings.proxy_header)
    app[LOGIN] = Login(login_service(settings, secret, address(settings)))
    app[TOKENS] = FormTokens(lambda: secret)
    app[STATIC_FILES] = StaticFiles([*assets.FOLDERS, STATIC])
    app[ENTRIES] = [part.ENTRY for part in PARTS if hasattr(part, "ENTRY")]
    rendering.set_up(app)
    for part in PARTS:
        if hasattr(part, "set_up"):
            part.set_up(app)
        app.add_routes(part.routes())
    app.add_routes([get(PREFIX + "{name:.+}", app[STATIC_FILES].serve, Door.EVERYBODY)])
    refuse_undeclared(app)
    app.on_response_prepare.append(security_headers(settings.workbench_url))
    return app
