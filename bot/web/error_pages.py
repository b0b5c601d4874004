"""Errors as pages for people who browse; programs get JSON (``errors.py``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.log import get_logger, request_id
from bot.web.rendering import page

_FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/static/")
_TITLES: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "Das Formular wurde nicht angenommen",
    HTTPStatus.NOT_FOUND: "Diese Seite gibt es nicht",
    HTTPStatus.METHOD_NOT_ALLOWED: "So lässt sich diese Seite nicht öffnen",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Das war zu viel auf einmal",
    HTTPStatus.TOO_MANY_REQUESTS: "Bitte einen Moment Geduld",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Das hat gerade nicht geklappt",
    HTTPStatus.SERVICE_UNAVAILABLE: "Das dauert gerade zu lange",
}
_HINTS: dict[int, str] = {
    HTTPStatus.FORBIDDEN:
        "Es kam von einer anderen Seite oder war zu lange offen. Öffnen Sie es bitte hier und senden Sie es noch "
        "einmal.",
    HTTPStatus.NOT_FOUND: "Vielleicht ist die Adresse veraltet oder falsch geschrieben.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Öffnen Sie die Seite bitte über einen der Links hier.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Kürzen Sie bitte Ihren Text und senden Sie ihn noch einmal.",
    HTTPStatus.INTERNAL_SERVER_ERROR:
        "Entschuldigung, bei uns ist ein Fehler aufgetreten. Bitte versuchen Sie es noch einmal.",
}
"""Instead of the sentence that programs get."""
Show = Callable[[web.Request, str, Mapping[str, Any], int], web.Response]
_log = get_logger(__name__)


def wants_page(request: web.Request) -> bool:
    """Whether a person looks at the answer in a browser."""
    return "text/html" in request.headers.get("Accept", "") and not request.path.startswith(_FOR_PROGRAMS)


def error_page(request: web.Request, status: int, message: str, heading: str | None = None,
               show: Show | None = None) -> web.Response | None:
    """Return the page for an error with ways on; ``None`` if even that cannot be shown.

    Args:
        request: What was asked.
        status: The status of the answer.
        message: One sentence for the person.
        heading: Title of the page; by default the usual one for the status.
        show: Renders the template ``error.html``; by default without anything besides.
    """
    context = {
        "heading": heading or _TITLES.get(status, "Das ließ sich nicht bearbeiten"),
        "message": message if heading and status == HTTPStatus.FORBIDDEN else _HINTS.get(status, message),
        "number": request_id.get() if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None,
    }
    try:
        return (show or page)(request, "error.html", context, status)
    except Exception as error:
        _log.error("web.error_page_failed", error)
        return None
