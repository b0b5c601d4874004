"""Headers that keep browsers strict. A handler may set one of them otherwise for its own route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

SERVER = "Digitalnavigator"
"""All we say about the program behind the page."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000"
"""For a year; says nothing about other names of the agency."""


def security_headers(url: str) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return what adds the headers to every response; what says nothing else is not kept by the browser.

    Args:
        url: The address in the browser, if it is known; with HTTPS browsers are told to insist on it.
    """
    always_https = url.startswith("https://")

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if always_https or request.secure:
            response.headers["Strict-Transport-Security"] = HSTS
        response.headers["Server"] = SERVER
        response.headers.setdefault("Cache-Control", "no-store")

    return add
