"""``/einbetten``: how another site shows the chat, with the chat at work."""

from __future__ import annotations

from aiohttp import web

from bot.web.rendering import page

ATTRIBUTES = (
    ("data-display", "launcher",
     "Nur ein Knopf am Rand; der Chat öffnet sich darüber. Ohne diese Angabe steht er in der Seite."),
    ("data-label", "Fragen?", "Was auf dem Knopf steht."),
    ("data-start-text", "Wobei können wir helfen?", "Die Frage, mit der das Gespräch beginnt."),
    ("data-question", "Wer bezahlt meine Weiterbildung?",
     "Steht schon im Eingabefeld. Gesendet wird erst, wenn jemand es will."),
    ("data-region", "hagen", "Ort oder Kreis, von dem aus gefragt wird."),
    ("data-colour-accent", "#152e70", "Ihre Hausfarbe. Die Schrift darauf wird von selbst schwarz oder weiß."),
    ("data-colour-paper", "#ffffff", "Farbe des Grundes, zusammen mit der Farbe der Schrift."),
    ("data-colour-text", "#171a2b", "Farbe der Schrift, zusammen mit der Farbe des Grundes."),
    ("data-phone", "02331 4887814", "Rufnummer für den Fall, dass der Chat nicht zu erreichen ist."),
)
"""Attribute, example and meaning."""


def routes() -> list[web.AbstractRouteDef]:
    """Return the route of the page."""
    return [web.get("/einbetten", embed)]


async def embed(request: web.Request) -> web.Response:
    """Show the page."""
    return page(request, "embed.html", {"origin": str(request.url.origin()), "attributes": ATTRIBUTES})
