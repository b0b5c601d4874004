"""Brings the tables of a database to the current form. Several processes may try at once; one does it."""

from __future__ import annotations

import importlib
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


def upgrade(engine: sa.Engine, to: str = "heads") -> None:
    """Apply all outstanding migrations in one transaction.

    Args:
        engine: The database.
        to: Apply only those up to this one.

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
            command.upgrade(config, to)
    except sa.exc.OperationalError as error:
        raise NavigatorError(
            "Die Datenbank ist nicht erreichbar – prüfen Sie DATABASE_URL, und ob sie läuft und beschreibbar ist."
        ) from error


def is_up_to_date(engine: sa.Engine) -> bool:
    """Whether no migration is outstanding."""
    with engine.begin() as connection:
        return set(_applied(connection)) == set(ScriptDirectory.from_config(_config()).get_heads())


def revision(engine: sa.Engine) -> str:
    """Return the name of the last migration that was applied; empty for a database without tables."""
    with engine.begin() as connection:
        return next(iter(_applied(connection)), "")


def is_known(name: str) -> bool:
    """Whether this version of the program knows a migration."""
    return name in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def load_tables() -> None:
    """Make all tables known to SQLAlchemy."""
    for module in (_config().get_main_option("table_modules") or "").split():
        importlib.import_module(module)


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
