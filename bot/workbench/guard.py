"""Before any handler: who is asking, whether that person may, and whether a form is one of ours."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.records.rights import Right
from bot.web.csrf import TOKENS
from bot.web.request_ids import Handler
from bot.web.static_files import PREFIX
from bot.workbench.errors import Refused, is_part
from bot.workbench.forms import read_form
from bot.workbench.people import collect_notice, purpose, recognise, visitor_of
from bot.workbench.routes import Door, Need, need_of

SIGN_IN = "/anmelden"
_SAFE = ("GET", "HEAD", "OPTIONS")
_NOT_SIGNED_IN = ("Sie sind nicht mehr angemeldet. Melden Sie sich in einem zweiten Fenster an, gehen Sie dann hier "
                  "zurück und senden Sie noch einmal.")
_NOT_ALLOWED = "Dafür fehlt Ihnen eine Rolle. Wer die Rolle Verwaltung hat, kann sie Ihnen geben."
_STALE = ("Das Formular war zu lange offen oder kam nicht von der Werkbank. Gehen Sie zurück, laden Sie die Seite "
          "neu und senden Sie noch einmal.")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let only those through who may.

    Raises:
        web.HTTPSeeOther: To the page for signing in, if a page was asked for.
        Refused: If the person may not, or the form is not ours.
    """
    if request.path.startswith(PREFIX):
        return await handler(request)
    await recognise(request)
    if request.match_info.http_exception is None:
        need = need_of(request.match_info.handler)
        if need is not Door.EVERYBODY:
            _check(request, need)
        if request.method not in _SAFE:
            token = await read_form(request)
            if not request.app[TOKENS].accepts(token, purpose(request)):
                raise Refused(_STALE)
        elif not is_part(request):
            await collect_notice(request)
    return await handler(request)


def _check(request: web.Request, need: Need | None) -> None:
    person = visitor_of(request)
    if person is None:
        if request.method not in _SAFE:
            raise Refused(_NOT_SIGNED_IN)
        target = f"{SIGN_IN}?weiter={quote(request.path_qs, safe='')}" if request.path != "/" else SIGN_IN
        if is_part(request):
            raise web.HTTPNoContent(headers={"HX-Redirect": SIGN_IN})
        raise web.HTTPSeeOther(target)
    if need is not Door.SIGNED_IN and (not isinstance(need, Right) or need not in person.rights):
        raise Refused(_NOT_ALLOWED)
