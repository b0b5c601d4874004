"""Tables for a spreadsheet: with semicolons, in UTF-8, and nothing in them is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from aiohttp import web

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would take for a formula."""


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as the text of a file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in rows:
        texts = [str(value) for value in row]
        writer.writerow([f"'{text}" if text.startswith(_RISKY) else text for text in texts])
    return out.getvalue()


def csv_file(name: str, text: str) -> web.Response:
    """Return an answer that a browser stores as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=text.encode("utf-8-sig"), content_type="text/csv", charset="utf-8", headers=headers)
