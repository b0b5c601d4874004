"""``GET /api/openapi.json``: the description of the API, with the reply schema that the tests use."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from bot.contract.validator import load_schema

DESCRIPTION = Path(__file__).with_name("openapi.yml")


def routes() -> list[web.RouteDef]:
    """Return the route of the description."""
    return [web.get("/api/openapi.json", describe)]


@functools.lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return ``openapi.yml`` with the schemas of the answer contract put in."""
    described: dict[str, Any] = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))
    text = json.dumps(load_schema()).replace("#/$defs/", "#/components/schemas/")
    reply = json.loads(text)
    reply.pop("$schema")
    parts = reply.pop("$defs")
    described["components"]["schemas"].update(parts, Reply=reply)
    return described


async def describe(request: web.Request) -> web.Response:
    """Return the description."""
    return web.json_response(description())
