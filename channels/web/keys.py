"""Typed keys of what the handlers find in the application."""

from __future__ import annotations

from aiohttp import web

from bot.instance import Instance
from bot.runtime.interface import Runtime

RUNTIME: web.AppKey[Runtime] = web.AppKey("runtime", Runtime)
INSTANCE: web.AppKey[Instance] = web.AppKey("instance", Instance)
