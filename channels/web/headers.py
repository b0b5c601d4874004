"""Headers that keep browsers strict."""

from __future__ import annotations

from aiohttp import web

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
    "Server": "Digitalnavigator",
}


async def set_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers to every response; what says nothing else is not kept by the browser."""
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
