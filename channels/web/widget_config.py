"""``GET /api/config``: what the widget must know before the first message."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.errors import NavigatorError
from bot.records.feedback import TITLES
from bot.runtime.fixed_texts import GREETING, NOTICE, load_responses
from bot.settings import Settings
from channels.web.keys import INSTANCE


@dataclass(frozen=True)
class FirstWords:
    """What the bot says of itself, from ``nlu_data/responses``."""

    greeting: str
    """Says that it is an AI system, gives no binding advice and needs no name."""
    buttons: tuple[dict[str, str], ...]
    """First steps."""
    notice: str
    """What the bot puts before its first reply to somebody it has not greeted."""


FIRST_WORDS: web.AppKey[FirstWords] = web.AppKey("first_words", FirstWords)


def set_up(app: web.Application, settings: Settings) -> None:
    """Read the first words of the bot."""
    app[FIRST_WORDS] = load_first_words(settings.content_dir / "nlu_data")


def load_first_words(nlu_data: Path) -> FirstWords:
    """Read the greeting and the notice.

    Raises:
        NavigatorError: If one of them is missing.
    """
    texts = load_responses(nlu_data / "responses")
    missing = [name for name in (GREETING, NOTICE) if not texts.get(name)]
    if missing:
        raise NavigatorError(f"In nlu_data/responses fehlt {', '.join(missing)} – bitte ergänzen.")
    greeting = texts[GREETING][0]
    buttons = tuple(
        {"title": each["title"], "payload": each["payload"].replace("{{", "{").replace("}}", "}")}
        for each in greeting.get("buttons") or ()
    )
    return FirstWords(greeting["text"], buttons, texts[NOTICE][0]["text"])


def routes() -> list[web.RouteDef]:
    """Return the route of the configuration."""
    return [web.get("/api/config", config)]


async def config(request: web.Request) -> web.Response:
    """Return names, phone and first words."""
    instance, words = request.app[INSTANCE], request.app[FIRST_WORDS]
    described: dict[str, Any] = {
        "service_name": instance.service_name,
        "agency": instance.agency.name,
        "phone": instance.agency.phone,
        "opening_hours": instance.agency.opening_hours,
        "greeting": words.greeting,
        "buttons": list(words.buttons),
        "notice": words.notice,
        "reasons": [{"value": reason.value, "title": title} for reason, title in TITLES.items()],
    }
    return web.json_response(described, headers={"Cache-Control": "public, max-age=300"})
