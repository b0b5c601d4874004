"""Content in plain files with PostgreSQL, and content in git with SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.curation.opening import Curation
from bot.database import open_engine
from knowledge_base.migrate import upgrade
from tests.curation.content import make_content, open_content


@pytest.fixture(params=["plain files, PostgreSQL", "git, SQLite"])
def in_git(request: pytest.FixtureRequest) -> bool:
    """Whether the content lies in git."""
    return str(request.param).startswith("git")


@pytest.fixture
def root(in_git: bool, tmp_path: Path) -> Path:
    """The folder of the content."""
    return make_content(tmp_path / "inhalt", in_git=in_git)


@pytest.fixture
def engine(in_git: bool, request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """A database with the tables of today."""
    opened = open_engine(str(request.getfixturevalue("sqlite_url" if in_git else "postgres_url")))
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def curation(root: Path, engine: sa.Engine) -> Curation:
    """Everything that changes content."""
    return open_content(root, engine)
