"""Brings the tables of a database to the current form. Several processes may try at once; one does it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.database import writing
from bot.errors import NavigatorError

_INI = Path(__file__).with_name("alembic.ini")
_LOCK = 727_000
"""Key of the advisory lock on PostgreSQL."""


def upgrade(engine: sa.Engine) -> None:
    """Apply all outstanding migrations in one transaction.

    Raises:
        NavigatorError: If the database cannot be reached, or was made by a newer version.
    """
    config = _config()
    try:
        with writing(engine).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            _refuse_newer(connection, config)
            config.attributes["connection"] = connection
            command.upgrade(config, "heads")
    except sa.exc.OperationalError as error:
        raise NavigatorError(
            "Die Datenbank ist nicht erreichbar – prüfen Sie DATABASE_URL, und ob sie läuft und beschreibbar ist."
        ) from error


def is_up_to_date(engine: sa.Engine) -> bool:
    """Whether no migration is outstanding."""
    with engine.begin() as connection:
        return set(_applied(connection)) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    return Config(str(_INI))


def _applied(connection: sa.Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _refuse_newer(connection: sa.Connection, config: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    unknown = set(_applied(connection)) - known
    if unknown:
        raise NavigatorError(
            f"Die Datenbank stammt von einer neueren Version ({', '.join(sorted(unknown))}) – "
            "aktualisieren Sie das Programm."
        )
