"""``/static/…``: styles, scripts and fonts, read once, sent compressed, kept by the browser until they change."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import brotli
from aiohttp import web

PREFIX = "/static/"
FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
"""For fonts, which style sheets name without their version."""
_COMPRESSED = (".css", ".js", ".svg", ".json")
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True)
class StaticFile:
    """One file, ready to be sent."""

    body: bytes
    encoded: dict[str, bytes]
    """By content encoding, the best first."""
    content_type: str
    version: str
    """Changes with the content."""


class StaticFiles:
    """All files of some folders by name; a later folder wins."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _read(path)
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }

    def url(self, name: str) -> str:
        """Return the address of a file; it changes with the content, so that browsers may keep it.

        Raises:
            KeyError: If there is no such file.
        """
        return f"{PREFIX}{name}?v={self._files[name].version}"

    def size(self, name: str) -> int:
        """Return the bytes of a file as it is sent to a browser of today."""
        file = self._files[name]
        return len(next(iter(file.encoded.values()), file.body))

    def read(self, name: str) -> StaticFile | None:
        """Return a file, if there is such a one."""
        return self._files.get(name)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer a request for one file."""
        file = self._files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"ETag": f'"{file.version}"', "Vary": "Accept-Encoding"}
        otherwise = A_DAY if file.content_type == "font/woff2" else "no-cache"
        headers["Cache-Control"] = FOREVER if request.query.get("v") == file.version else otherwise
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        accepted = request.headers.get("Accept-Encoding", "")
        encoding = next((each for each in file.encoded if each in accepted), None)
        if encoding:
            headers["Content-Encoding"] = encoding
        body = file.encoded[encoding] if encoding else file.body
        return web.Response(body=body, headers={**headers, "Content-Type": file.content_type})


STATIC_FILES: web.AppKey[StaticFiles] = web.AppKey("static_files", StaticFiles)


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compress = path.suffix in _COMPRESSED
    encoded = _compressed(body) if compress else {}
    text = "; charset=utf-8" if compress else ""
    return StaticFile(body, encoded, kind + text, hashlib.sha256(body).hexdigest()[:12])


@functools.lru_cache(maxsize=256)
def _compressed(body: bytes) -> dict[str, bytes]:
    """Compress once per process; an application is built more than once in tests."""
    return {"br": brotli.compress(body), "gzip": gzip.compress(body, mtime=0)}
