"""Static files: compressed, versioned, never a path out of the folder."""

from __future__ import annotations

import json

from aiohttp.test_utils import TestClient

from bot.web import assets
from bot.web.static_files import FOREVER, StaticFiles


async def test_a_versioned_address_may_be_kept_forever(client: TestClient) -> None:
    url = StaticFiles(assets.FOLDERS).url("site.css")
    async with client.get(url) as response:
        assert (response.status, response.headers["Cache-Control"]) == (200, FOREVER)
        assert response.headers["Content-Type"].startswith("text/css")
        etag = response.headers["ETag"]
    async with client.get(url, headers={"If-None-Match": etag}) as response:
        assert response.status == 304


async def test_text_is_compressed(client: TestClient) -> None:
    files = StaticFiles(assets.FOLDERS)
    assert files.size("site.css") < (assets.HERE / "static" / "site.css").stat().st_size
    for encoding in ("br", "gzip"):
        async with client.get("/static/site.css", headers={"Accept-Encoding": encoding}) as response:
            assert response.headers["Content-Encoding"] == encoding
            assert await response.text() == (assets.HERE / "static" / "site.css").read_text(encoding="utf-8")


async def test_nothing_else_is_served(client: TestClient) -> None:
    for path in ("/static/gibt-es-nicht.css", "/static/..%2fapp.py", "/static/.stamp"):
        async with client.get(path) as response:
            assert response.status == 404


def test_the_lock_file_names_packages_and_no_addresses() -> None:
    lock = json.loads((assets.HERE / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]["node_modules/@kern-ux/native"]["integrity"]
    assert "http" not in json.dumps(lock)
