"""Errors have a German sentence and a code: ``{"error": {"code": "…", "message": "…"}}``; in a browser a page."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.web.error_pages import error_page, wants_page

MESSAGES: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("bad_request", "Die Anfrage war nicht lesbar."),
    HTTPStatus.NOT_FOUND: ("not_found", "Diese Seite gibt es nicht."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "So lässt sich diese Adresse nicht aufrufen."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("body_too_large", "Die Anfrage ist zu groß."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("content_type", "Bitte senden Sie die Anfrage als application/json."),
    HTTPStatus.FORBIDDEN: ("forbidden", "Diese Anfrage wurde nicht angenommen."),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "too_many_requests", "Das waren sehr viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in einer Minute "
        "noch einmal."),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "too_slow", "Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal oder rufen Sie uns an."),
}
_UNKNOWN = ("error", "Die Anfrage ließ sich nicht bearbeiten.")


def error_response(status: int, code: str, message: str) -> web.Response:
    """Return an error in the one form all errors have for programs."""
    return web.json_response({"error": {"code": code, "message": message}}, status=status)


def error_answer(request: web.Request, status: int, code: str, message: str) -> web.Response:
    """Return an error for whoever asked: a page for people, JSON for programs."""
    shown = error_page(request, status, message) if wants_page(request) else None
    return shown or error_response(status, code, message)


def http_error_answer(request: web.Request, error: web.HTTPException) -> web.Response:
    """Return the answer for an error of HTTP, with the headers that belong to it."""
    response = error_answer(request, error.status, *MESSAGES.get(error.status, _UNKNOWN))
    for name in ("Allow", "Retry-After"):
        if name in error.headers:
            response.headers[name] = error.headers[name]
    return response
