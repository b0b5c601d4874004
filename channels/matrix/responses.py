"""What the answers of a Matrix server mean for us."""

from __future__ import annotations

import asyncio
from typing import TypeVar

import aiohttp
import nio

from bot.errors import NavigatorError
from channels.messenger.contract import RetryLater, Undeliverable

OUT_OF_REACH = (aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""Errors of a server that cannot be reached."""
_SIGNED_OUT = ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN")
_NEVER = ("M_FORBIDDEN", "M_NOT_FOUND", "M_TOO_LARGE", "M_GUEST_ACCESS_FORBIDDEN", "M_UNSUPPORTED_ROOM_VERSION")

R = TypeVar("R")


class SignedOut(NavigatorError):
    """The server no longer knows our access."""

    def __init__(self) -> None:
        super().__init__("Matrix: Der Server nimmt die Anmeldung nicht an – prüfen Sie NAVIGATOR_MATRIX_USER und "
                         "NAVIGATOR_MATRIX_PASSWORD oder NAVIGATOR_MATRIX_TOKEN.")


def expect(kind: type[R], response: object) -> R:
    """Return the response if it is of the kind wanted.

    Raises:
        RetryLater: If the server asks to wait or is in trouble.
        Undeliverable: If it will never do it.
        SignedOut: If it no longer knows us.
    """
    if isinstance(response, kind):
        return response
    code = response.status_code if isinstance(response, nio.ErrorResponse) else None
    if code in _SIGNED_OUT:
        raise SignedOut
    if code in _NEVER:
        raise Undeliverable("Diese Nachricht nimmt Matrix nicht an.")
    raise RetryLater(_seconds(response))


def _seconds(response: object) -> float | None:
    """Return how long the server asks to wait: in the body, as it used to be, or in the header."""
    milliseconds = getattr(response, "retry_after_ms", None)
    if milliseconds:
        return float(milliseconds) / 1000
    transport = getattr(response, "transport_response", None)
    header = transport.headers.get("Retry-After", "") if transport is not None else ""
    return float(header) if header.isdecimal() else None
