"""Fixtures for all tests: databases; and how examples are generated. Every engine opened here is closed again."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from bot.database import open_engine
from bot.settings import REPOSITORY
from knowledge_base.store import KnowledgeStore
from tests.postgres import cluster, fresh_database


def pytest_configure() -> None:
    """Let generated examples be the same at every run, however slow the machine is."""
    settings.register_profile("same_every_time", derandomize=True, deadline=None,
                              suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("same_every_time")


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """URL of a PostgreSQL server: ``NAVIGATOR_TEST_POSTGRES``, or one that is started for the tests.

    Without either the tests that need it are skipped; ``NAVIGATOR_TEST_POSTGRES=required`` makes them fail instead.
    """
    with cluster() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_cluster: str) -> Iterator[str]:
    """URL of an empty PostgreSQL database of this test."""
    with fresh_database(postgres_cluster) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of an SQLite file of this test."""
    return f"sqlite:///{tmp_path / 'navigator.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty database, once of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """Engine on an empty database, once of each kind."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def built_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SQLite file with the tables of today and the catalogue of the repository; copy it before you write."""
    from knowledge_base.build import build_from_files
    from knowledge_base.migrate import upgrade

    file = tmp_path_factory.mktemp("catalogue") / "navigator.db"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    build_from_files(engine, REPOSITORY / "knowledge_base" / "catalogue", dt.date(2026, 11, 22))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def shared_store(built_catalogue: Path) -> Iterator[KnowledgeStore]:
    """The catalogue of the repository, loaded once for all tests that only read."""
    engine = open_engine(f"sqlite:///{built_catalogue}")
    yield KnowledgeStore(engine)
    engine.dispose()


@pytest.fixture
def catalogue_engine(built_catalogue: Path, tmp_path: Path) -> Iterator[sa.Engine]:
    """Engine on a database of this test with the catalogue of the repository in it."""
    file = tmp_path / "catalogue.db"
    shutil.copy(built_catalogue, file)
    opened = open_engine(f"sqlite:///{file}")
    yield opened
    opened.dispose()
