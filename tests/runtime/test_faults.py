"""What breaks around the runtime: a person hears an apology, nothing answered is lost, and it goes on by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine, writing
from bot.records.conversations import ConversationStore
from bot.settings import Settings
from tests.runtime.fixtures import ACTION_MODULE, APOLOGY

if TYPE_CHECKING:
    from bot.runtime.embedded import EmbeddedRuntime

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


async def kinds(runtime: EmbeddedRuntime, text: str) -> list[str]:
    return [message.answer["kind"] for message in await runtime.handle("anna", text=text)]


def said(conversations: ConversationStore) -> list[str]:
    return [event["text"] for event in conversations.load_all("anna").events if event["event"] == "user"]


async def test_locked_database(
    runtime: EmbeddedRuntime, engine: sa.Engine, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "programmes" in await kinds(runtime, "Zuschuss in hagen")
    with writing(engine).begin():
        monkeypatch.setattr("bot.database.BUSY_TIMEOUT_MS", 20)
        engine.pool.dispose()  # connections of before wait longer
        assert "error" in await kinds(runtime, "Zuschuss")
    assert "programmes" in await kinds(runtime, "Zuschuss")
    assert said(conversations) == ["Zuschuss in hagen", "Zuschuss"], "what got an apology was not stored"


async def test_full_disk(
    runtime: EmbeddedRuntime, engine: sa.Engine, conversations: ConversationStore, caplog: pytest.LogCaptureFixture
) -> None:
    assert "programmes" in await kinds(runtime, "Zuschuss in hagen")
    pages = {"limit": 0}

    def limit(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages['limit']}")

    sa.event.listen(engine, "begin", limit)
    with engine.connect() as connection:
        pages["limit"] = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with caplog.at_level(logging.ERROR):
        for _ in range(20):  # what is free in the last pages is filled first
            if "error" in await kinds(runtime, "Hallo"):
                break
        else:
            pytest.fail("the disk was never full")
    assert any("full" in str(record.exc_info[1]) for record in caplog.records if record.exc_info)
    answered = len(said(conversations))
    pages["limit"] = 1_000_000
    assert "programmes" in await kinds(runtime, "Zuschuss")
    assert len(said(conversations)) == answered + 1


@pytest.fixture
def on_postgres(
    project: tuple[Path, Path], settings: Settings, postgres_url: str, postgres_cluster: str
) -> Iterator[tuple[EmbeddedRuntime, sa.Engine]]:
    """A runtime whose conversations are in PostgreSQL, and the server from another door."""
    from bot.runtime.embedded import load_runtime

    engine = open_engine(postgres_url)
    Base.metadata.create_all(engine)
    runtime = load_runtime(settings, APOLOGY, engine, project[1], ACTION_MODULE)
    server = sa.create_engine(postgres_cluster, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    yield runtime, server
    runtime._locks.close()
    server.dispose()
    engine.dispose()


async def test_restarted_postgresql(on_postgres: tuple[EmbeddedRuntime, sa.Engine], postgres_url: str) -> None:
    runtime, server = on_postgres
    name = sa.make_url(postgres_url).database
    cut = sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    assert "programmes" in await kinds(runtime, "Zuschuss in hagen")
    with server.connect() as connection:
        assert len(connection.execute(cut).all()) > 1, "the connections of turn and lock are open"
    [_, place] = await runtime.handle("anna", text="Zuschuss")
    assert place.text == "Ort: hagen"
    with server.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute(cut)
        try:
            # Nobody gets in any more, as while the server is down.
            assert await kinds(runtime, "Zuschuss") == ["error"]
        finally:
            connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    [_, place] = await runtime.handle("anna", text="Zuschuss")
    assert place.text == "Ort: hagen", "it goes on by itself"


@pytest.mark.parametrize("days", [-400, 400])
async def test_clock_jumps(
    runtime: EmbeddedRuntime, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    import time

    real = time.time
    assert "programmes" in await kinds(runtime, "Zuschuss in hagen")
    monkeypatch.setattr(time, "time", lambda: real() + days * 86_400)
    assert await kinds(runtime, "Formular") == ["question"], "the place is known, the form asks for the rest"
    assert await kinds(runtime, "sechs") == ["info"]
    monkeypatch.undo()
    [_, place] = await runtime.handle("anna", text="Zuschuss")
    assert place.text == "Ort: hagen"
    assert said(conversations) == ["Zuschuss in hagen", "Formular", "sechs", "Zuschuss"]
