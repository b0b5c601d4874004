"""Watch what a page does besides what it shows: requests to other sites, errors in the console, dialogs."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Dialog, Request

_LOCAL_SCHEMES = {"data", "blob", "about"}


def origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass
class Watch:
    """What happened in one browser context."""

    allowed: set[str]
    """Origins that may be asked."""
    expected_errors: list[str] = field(default_factory=list)
    """Regular expressions of console errors that the test provokes, e.g. by taking the server away."""
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    """Paths that were asked for, in order."""

    def attach(self, context: BrowserContext) -> None:
        """Begin to watch."""
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("dialog", self._on_dialog)

    def faults(self) -> list[str]:
        """Return what must not have happened."""
        unexpected = [text for text in self.errors if not any(re.search(each, text) for each in self.expected_errors)]
        return [
            *(f"request to another site: {url}" for url in self.foreign),
            *(f"error in the console: {text}" for text in unexpected),
            *(f"dialog: {text}" for text in self.dialogs),
        ]

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in _LOCAL_SCHEMES:
            return
        self.paths.append(urlsplit(request.url).path)
        if origin(request.url) not in self.allowed:
            self.foreign.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _on_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        asyncio.ensure_future(dialog.dismiss())
