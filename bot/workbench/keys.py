"""Typed keys of what the handlers find in the application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import sqlalchemy as sa
from aiohttp import web

from bot.instance import Instance
from bot.records.accounts import AccountStore
from bot.records.audit import AuditLog
from bot.records.one_time_links import LinkStore
from bot.records.staff_sessions import StaffSessionStore
from bot.settings import Settings
from knowledge_base.store import KnowledgeStore

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)
INSTANCE: web.AppKey[Instance] = web.AppKey("instance", Instance)
ENGINE: web.AppKey[sa.Engine] = web.AppKey("engine", sa.Engine)
"""The database, for the stores a page opens itself."""
STORE: web.AppKey[KnowledgeStore] = web.AppKey("store", KnowledgeStore)
"""The knowledge base as it is live."""
ACCOUNTS: web.AppKey[AccountStore] = web.AppKey("accounts", AccountStore)
SESSIONS: web.AppKey[StaffSessionStore] = web.AppKey("sessions", StaffSessionStore)
LINKS: web.AppKey[LinkStore] = web.AppKey("links", LinkStore)
AUDIT: web.AppKey[AuditLog] = web.AppKey("audit", AuditLog)
TODAY: web.AppKey[Callable[[], dt.date]] = web.AppKey("today")
"""The day it is; tests put another function here."""
PARSE: web.AppKey[Callable[[str], Awaitable[Mapping[str, Any]]]] = web.AppKey("parse")
"""Understands a text with the model that answers; not there if the service runs elsewhere."""
