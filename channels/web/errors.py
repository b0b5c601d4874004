"""Every error is a German sentence with a code: ``{"error": {"code": "…", "message": "…"}}``; in a browser a page."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.instance import Instance
from bot.log import get_logger, request_id
from bot.runtime.gate import BUSY, Rejected
from channels.web.error_pages import error_page, wants_page
from channels.web.keys import INSTANCE
from channels.web.request_ids import Handler

MESSAGES: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("bad_request", "Die Anfrage war nicht lesbar."),
    HTTPStatus.NOT_FOUND: ("not_found", "Diese Seite gibt es nicht."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "So lässt sich diese Adresse nicht aufrufen."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("body_too_large", "Die Anfrage ist zu groß."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("content_type", "Bitte senden Sie die Anfrage als application/json."),
    HTTPStatus.FORBIDDEN: ("foreign_site", "Dieses Formular kam von einer anderen Seite und wurde nicht angenommen."),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "too_many_requests", "Das waren sehr viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in einer Minute "
        "noch einmal."),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "too_slow", "Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal oder rufen Sie uns an."),
}
_UNKNOWN = ("error", "Die Anfrage ließ sich nicht bearbeiten.")
_log = get_logger(__name__)


def error_response(status: int, code: str, message: str) -> web.Response:
    """Return an error in the one form all errors have."""
    return web.json_response({"error": {"code": code, "message": message}}, status=status)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every failure below into an error response; nobody ever sees a traceback."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        response = _answer(request, error.status, *MESSAGES.get(error.status, _UNKNOWN))
        for name in ("Allow", "Retry-After"):
            if name in error.headers:
                response.headers[name] = error.headers[name]
        return response
    except Rejected as error:
        status = HTTPStatus.TOO_MANY_REQUESTS if error.code == BUSY else HTTPStatus.BAD_REQUEST
        return _answer(request, status, error.code, str(error))
    except Exception as error:
        _log.error("web.failed", error)
        return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal", apology(request.app[INSTANCE]))


def _answer(request: web.Request, status: int, code: str, message: str) -> web.Response:
    shown = error_page(request, status, message) if wants_page(request) else None
    return shown or error_response(status, code, message)


def apology(instance: Instance) -> str:
    """Return what is said when something broke: whom to call, and a number to quote."""
    return ("Entschuldigung, das hat gerade nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie uns "
            f"an: {instance.agency.phone}. Ihre Vorgangsnummer ist {request_id.get()}.")
