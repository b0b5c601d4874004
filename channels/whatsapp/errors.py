"""What an error of the Cloud API means for a message: again later, or never."""

from __future__ import annotations

from http import HTTPStatus

from pywa.errors import AuthorizationError, IntegrityError, ThrottlingError, WhatsAppError

from bot.errors import NavigatorError
from bot.log import get_logger
from channels.messenger.contract import RetryLater, Undeliverable

WINDOW_CLOSED = 131047
"""More than 24 hours since the person last wrote."""
PAIR_LIMIT = 131056
"""Too many messages to one person; about one in six seconds is allowed."""
PAIR_SECONDS = 6.0
ACCOUNT = frozenset({131005, 131031, 131037, 131042, 131044, 131045})
"""Nothing is wrong with the message but with our account: somebody of the agency has to act."""
ACCOUNT_SECONDS = 300.0
PASSING = frozenset({1, 2, 131000, 131016, 131057, 133004})
"""Meta itself has trouble; it says that trying again helps."""
COUNTRY = 130497
"""We may not write to this country; no trouble of the account, though it is counted as such."""
_log = get_logger(__name__)


def outcome(error: WhatsAppError) -> NavigatorError:
    """Return what to raise instead of an error of the Cloud API.

    Codes: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
    """
    _log.warning("whatsapp.refused", code=error.code, status=error.status_code)
    account = isinstance(error, (AuthorizationError, IntegrityError)) and error.code != COUNTRY
    if account or error.code in ACCOUNT:
        _log.error("whatsapp.account", code=error.code)
        return RetryLater(ACCOUNT_SECONDS)
    if error.code == PAIR_LIMIT:
        return RetryLater(_asked_to_wait(error) or PAIR_SECONDS)
    status = error.status_code or 0
    busy = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if busy or error.is_transient or isinstance(error, ThrottlingError) or error.code in PASSING:
        return RetryLater(_asked_to_wait(error))
    return window_closed() if error.code == WINDOW_CLOSED else Undeliverable(
        "WhatsApp stellt diese Nachricht nicht zu – die Person erreicht uns weiterhin über die Webseite und das "
        "Telefon.")


def window_closed() -> Undeliverable:
    """Return the error for somebody who has not written for too long; we never begin a conversation."""
    return Undeliverable("Die letzte Nachricht der Person ist älter als 24 Stunden, WhatsApp lässt keine freie "
                         "Antwort mehr zu – sie kann jederzeit neu schreiben.")


def _asked_to_wait(error: WhatsAppError) -> float | None:
    """Return the header ``Retry-After`` in seconds, if there is one."""
    told = error.raw_response.headers.get("Retry-After", "") if error.raw_response is not None else ""
    return float(told) if told.isascii() and told.isdigit() else None
