"""Typed keys of what the handlers find in the application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa
from aiohttp import web

from bot.instance import Instance
from bot.runtime.interface import Runtime
from knowledge_base.store import KnowledgeStore

RUNTIME: web.AppKey[Runtime] = web.AppKey("runtime", Runtime)
INSTANCE: web.AppKey[Instance] = web.AppKey("instance", Instance)
STORE: web.AppKey[KnowledgeStore] = web.AppKey("store", KnowledgeStore)
"""The knowledge base, for the browse pages."""
ENGINE: web.AppKey[sa.Engine] = web.AppKey("engine", sa.Engine)
"""The database, for what users tell us besides the chat."""
TODAY: web.AppKey[Callable[[], dt.date]] = web.AppKey("today")
"""The day it is; tests put another function here."""
