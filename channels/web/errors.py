"""Every failure of the public page ends in a German sentence and a way to a human."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.instance import Instance
from bot.log import get_logger, request_id
from bot.runtime.gate import BUSY, Rejected
from bot.web.errors import error_answer, http_error_answer
from bot.web.request_ids import Handler
from channels.web.keys import INSTANCE

_log = get_logger(__name__)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every failure below into an error response; nobody ever sees a traceback."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return http_error_answer(request, error)
    except Rejected as error:
        status = HTTPStatus.TOO_MANY_REQUESTS if error.code == BUSY else HTTPStatus.BAD_REQUEST
        return error_answer(request, status, error.code, str(error))
    except Exception as error:
        _log.error("web.failed", error)
        return error_answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal", apology(request.app[INSTANCE]))


def apology(instance: Instance) -> str:
    """Return what is said when something broke: whom to call, and a number to quote."""
    return ("Entschuldigung, das hat gerade nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie uns "
            f"an: {instance.agency.phone}. Ihre Vorgangsnummer ist {request_id.get()}.")
