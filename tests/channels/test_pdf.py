"""Pages as PDF: accessible, without any network, never in the way of replies."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
import threading
import zlib

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.web.static_files import STATIC_FILES, StaticFiles
from channels.web import pdf
from channels.web.keys import STORE, TODAY
from channels.web.pdf import PDF, PdfMaker, PdfUnavailable
from channels.web.pdf_writer import OwnFilesOnly
from knowledge_base.store import KnowledgeStore

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def app(app: web.Application, shared_store: KnowledgeStore) -> web.Application:
    app[STORE], app[TODAY] = shared_store, lambda: DAY
    return app


def unpacked(made: bytes) -> str:
    """Everything readable in a PDF: its streams decompressed, strings of outlines decoded."""
    parts = [made]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            parts.append(stream)
    text = b"\n".join(parts).decode("utf-8", "replace")
    return re.sub(r"<feff([0-9a-f]+)>", lambda match: bytes.fromhex(match[1]).decode("utf-16-be"), text)


async def fetched(client: TestClient, path: str) -> tuple[int, str, bytes]:
    async with client.get(path) as response:
        return response.status, response.content_type, await response.read()


async def test_a_programme_as_pdf_is_accessible_and_loads_nothing(
    app: web.Application, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        status, kind, made = await fetched(client, "/foerderung/bildungsscheck-2-0.pdf?ort=Hagen")
    assert (status, kind, made[:5]) == (200, "application/pdf", b"%PDF-")
    text = unpacked(made)
    programme = app[STORE].catalogue().programmes["bildungsscheck-2-0"]
    assert f'<rdf:li xml:lang="x-default">{programme.name} – ' in text
    assert 'pdfuaid:part="1"' in text and "/Marked true" in text and "/Lang (de)" in text
    for heading in (programme.name, "Was Sie bekommen", "So gehen Sie vor", "Wer Ihnen hilft", "Quellen und Stand"):
        assert re.search(rf"/Title \(?{re.escape(heading)}", text), heading
    for source in programme.sources.values():
        assert source.url in text
    assert "/foerderung/bildungsgutschein" in text
    assert [record for record in caplog.records if record.name.startswith("weasyprint")] == []


async def test_a_list_as_pdf_holds_what_was_found(client: TestClient) -> None:
    status, _, made = await fetched(client, "/foerderung.pdf?thema=ki&ort=Hagen")
    assert status == 200 and made[:5] == b"%PDF-"
    assert "Zukunftszentrum KI NRW" in unpacked(made)
    assert "Bildungsscheck 2.0" not in unpacked(made)


def test_only_our_own_files_are_read(app: web.Application) -> None:
    fetcher = OwnFilesOnly(app[STATIC_FILES])
    assert b"@page" in fetcher.fetch("https://anywhere.example/static/paper.css?v=1").read()
    for address in ("https://elsewhere.example/a.css", "file:///etc/passwd", "http://127.0.0.1/static/../keys.py",
                    "data:text/css,a{}"):
        with pytest.raises(ValueError):
            fetcher.fetch(address)


async def test_without_the_system_library_a_page_says_what_to_do(app: web.Application, client: TestClient) -> None:
    def broken(html: str, address: str, files: StaticFiles) -> bytes:
        raise OSError("cannot load library 'libpango-1.0-0'")

    app[PDF]._write = broken
    status, kind, body = await fetched(client, "/foerderung/zim.pdf")
    assert (status, kind) == (503, "text/html")
    assert 'href="/foerderung/zim"' in body.decode() and "pango" not in body.decode()


async def test_the_same_page_is_made_once_a_day(app: web.Application, client: TestClient) -> None:
    made: list[str] = []

    def write(html: str, address: str, files: StaticFiles) -> bytes:
        made.append(address)
        return b"%PDF-"

    app[PDF]._write = write
    for path in ("/foerderung/zim.pdf", "/foerderung/zim.pdf?utm_source=x", "/foerderung.pdf?thema=ki"):
        await fetched(client, path)
    assert [address.split("/", 3)[3] for address in made] == ["foerderung/zim", "foerderung?thema=ki"]
    app[TODAY] = lambda: DAY + dt.timedelta(days=1)
    await fetched(client, "/foerderung/zim.pdf")
    assert len(made) == 3


async def test_replies_need_not_wait_for_a_pdf(app: web.Application, client: TestClient) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def write(html: str, address: str, files: StaticFiles) -> bytes:
        begun.set()
        go_on.wait(30)
        return b"%PDF-"

    app[PDF]._write = write
    waiting = asyncio.create_task(fetched(client, "/foerderung/zim.pdf"))
    await asyncio.to_thread(begun.wait, 30)
    assert (await fetched(client, "/healthz"))[0] == 200
    assert not waiting.done()
    go_on.set()
    assert (await waiting)[0] == 200


async def test_too_many_requests_at_once_are_refused(app: web.Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_WAITING", 1)
    go_on = threading.Event()
    maker = PdfMaker(app[STATIC_FILES], lambda html, address, files: b"%PDF-" if go_on.wait(30) else b"")
    first = asyncio.create_task(maker.make("a", lambda: "", ""))
    await asyncio.sleep(0)
    with pytest.raises(PdfUnavailable):
        await maker.make("b", lambda: "", "")
    go_on.set()
    assert await first == b"%PDF-"
    assert await maker.make("b", lambda: "", "") == b"%PDF-"
    await maker.close(app)


async def test_only_the_last_ones_are_kept(app: web.Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_KEPT", 2)
    made: list[str] = []
    maker = PdfMaker(app[STATIC_FILES], lambda html, address, files: made.append(html) or b"")  # type: ignore[func-returns-value]
    for key in ("a", "b", "a", "c", "a", "b"):
        await maker.make(key, lambda key=key: key, "")
    assert made == ["a", "b", "c", "b"]
    await maker.close(app)
