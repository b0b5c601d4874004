"""Pages as PDF: written one after the other in a thread of their own, so that replies need not wait; the last are
kept.

Nothing is loaded from elsewhere. Where the system library for setting text is missing, only the PDF is missing.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from bot.log import get_logger
from bot.web.static_files import StaticFiles

MOST_KEPT = 32
MOST_WAITING = 8
"""Further requests are refused; each one takes about a second of computing."""
Write = Callable[[str, str, StaticFiles], bytes]
"""Turns HTML, the address of the page and the static files into a PDF."""
_log = get_logger(__name__)


class PdfUnavailable(Exception):
    """No PDF can be made, at the moment or on this machine."""


class PdfMaker:
    """Makes PDFs and keeps the last ones."""

    def __init__(self, files: StaticFiles, write: Write | None = None) -> None:
        self._files = files
        self._write = write or _write
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pdf")
        self._waiting = 0

    async def make(self, key: Hashable, html: Callable[[], str], address: str) -> bytes:
        """Return the PDF of a page.

        Args:
            key: What the content depends on; an equal key gets the PDF that was made before.
            html: Renders the page.
            address: Address of the page, for its links.

        Raises:
            PdfUnavailable: If it cannot be made.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._waiting >= MOST_WAITING:
            raise PdfUnavailable
        self._waiting += 1
        try:
            run = asyncio.get_running_loop().run_in_executor
            made = await run(self._thread, self._write, html(), address, self._files)
        except OSError as error:
            _log.error("pdf.unavailable", error)
            raise PdfUnavailable from error
        finally:
            self._waiting -= 1
        self._kept[key] = made
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return made

    async def close(self, app: web.Application) -> None:
        """End the thread; what waits is given up."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _write(html: str, address: str, files: StaticFiles) -> bytes:
    from channels.web.pdf_writer import write  # takes a second, and fails without the system library

    return write(html, address, files)


PDF: web.AppKey[PdfMaker] = web.AppKey("pdf", PdfMaker)
"""The maker of an application."""
