"""From the checked catalogue to the tables: one transaction that replaces everything, or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import sqlalchemy as sa

from bot.database import writing
from bot.log import get_logger
from knowledge_base import search
from knowledge_base.checks import check_directory
from knowledge_base.content import Catalogue
from knowledge_base.problems import CatalogueError, errors
from knowledge_base.rows import catalogue_rows
from knowledge_base.store import active_content_hash
from knowledge_base.tables import KbBuild

_CODE = Path(__file__).parent
_BUILD_LOCK = 727_001
"""Key of the advisory lock on PostgreSQL; SQLite has one writer anyway."""
_log = get_logger(__name__)


def build(engine: sa.Engine, catalogue: Catalogue, content_hash: str) -> int:
    """Replace the built catalogue and make the new build live.

    Args:
        engine: Database whose tables exist (``knowledge_base.migrate.upgrade``).
        catalogue: The checked catalogue.
        content_hash: What ``content_hash`` returned for its files.

    Returns:
        The number of the new build.
    """
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_BUILD_LOCK)))
        rows = catalogue_rows(catalogue)
        for table in reversed(rows):
            connection.execute(sa.delete(table))
        for table, values in rows.items():
            if values:
                connection.execute(sa.insert(table), values)
        search.reindex(connection, catalogue)
        number = (connection.scalar(sa.select(sa.func.max(KbBuild.number))) or 0) + 1
        connection.execute(sa.update(KbBuild).values(active=False))
        connection.execute(
            sa.insert(KbBuild).values(
                number=number, content_hash=content_hash, active=True, built_at=dt.datetime.now(dt.timezone.utc)
            )
        )
    _log.info("knowledge.built", build=number, programmes=len(catalogue.programmes), contacts=len(catalogue.contacts))
    return number


def build_from_files(engine: sa.Engine, directory: Path, today: dt.date, *, force: bool = False) -> int | None:
    """Check the files and build them, if they changed since the active build.

    Args:
        engine: Database whose tables exist.
        directory: The directory of the catalogue.
        today: The day that dates are compared with.
        force: Build although nothing changed.

    Returns:
        The number of the new build, ``None`` if the active build is current.

    Raises:
        CatalogueError: With all errors, if there are any; the active build stays live.
    """
    digest = content_hash(directory)
    if not force and is_current(engine, digest):
        return None
    catalogue, problems = check_directory(directory, today)
    if errors(problems):
        raise CatalogueError(errors(problems))
    return build(engine, catalogue, digest)


def is_current(engine: sa.Engine, content_hash: str) -> bool:
    """Whether the active build was made of this content."""
    with engine.begin() as connection:
        return active_content_hash(connection) == content_hash


def content_hash(directory: Path) -> str:
    """Return the hash of all catalogue files and of the code that builds from them."""
    digest = hashlib.sha256()
    for root, pattern in ((directory, "*.yml"), (_CODE, "*.py")):
        for file in sorted(root.rglob(pattern)):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
