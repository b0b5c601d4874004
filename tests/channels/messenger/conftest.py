"""Databases with the tables of today."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.database import open_engine
from knowledge_base.migrate import upgrade


@pytest.fixture
def shared_engine(database_url: str) -> Iterator[sa.Engine]:
    """Engine on a database with tables, once of each kind."""
    opened = open_engine(database_url)
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def memory_engine() -> Iterator[sa.Engine]:
    """Engine on a database in memory with tables."""
    opened = open_engine("sqlite://")
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def file_engine(sqlite_url: str) -> Iterator[sa.Engine]:
    """Engine on an SQLite file with tables."""
    opened = open_engine(sqlite_url)
    upgrade(opened)
    yield opened
    opened.dispose()
