"""Whatever goes wrong, a member of staff reads one German sentence that says what to do."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.errors import NavigatorError
from bot.log import get_logger, request_id
from bot.web.error_pages import error_page
from bot.web.errors import MESSAGES, error_response
from bot.web.request_ids import Handler
from bot.workbench.rendering import page

_log = get_logger(__name__)
_TITLES: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "Das ist nicht erlaubt",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Das ging nicht",
}


class Refused(NavigatorError):
    """Somebody may not do what they asked for."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every failure below into a page, or into a sentence at the top if only a part was asked for."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        _, message = MESSAGES.get(error.status, ("", "Die Anfrage ließ sich nicht bearbeiten."))
        response = _answer(request, error.status, message)
        for name in ("Allow", "Retry-After"):
            if name in error.headers:
                response.headers[name] = error.headers[name]
        return response
    except Refused as error:
        return _answer(request, HTTPStatus.FORBIDDEN, str(error))
    except NavigatorError as error:
        return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    except Exception as error:
        _log.error("workbench.failed", error)
        return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR,
                       f"Das hat gerade nicht geklappt. Die Vorgangsnummer ist {request_id.get()}.")


def is_part(request: web.Request) -> bool:
    """Whether a part of a page was asked for, by htmx."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def _answer(request: web.Request, status: int, message: str) -> web.Response:
    if not is_part(request):
        shown = error_page(request, status, message, _TITLES.get(status), page)
        return shown or error_response(status, "error", message)
    response = page(request, "_problem.html", {"message": message}, status)
    response.headers.update({"HX-Retarget": "#meldung", "HX-Reswap": "innerHTML"})
    return response
