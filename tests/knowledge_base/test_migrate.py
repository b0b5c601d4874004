"""Migrations make the tables that the code describes, on both databases, also if several processes try at once."""

from __future__ import annotations

import importlib
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.database import Base
from bot.errors import NavigatorError
from knowledge_base import migrate
from knowledge_base.migrate import is_up_to_date, upgrade


def _table_modules() -> list[str]:
    return (migrate._config().get_main_option("table_modules") or "").split()


def test_migrations_and_tables_agree(engine: sa.Engine) -> None:
    modules = _table_modules()
    assert "knowledge_base.tables" in modules
    for module in modules:
        importlib.import_module(module)

    upgrade(engine)

    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert "programme" in sa.inspect(connection).get_table_names()


def test_every_module_with_tables_is_known_to_the_migrations() -> None:
    repository = Path(migrate.__file__).parents[1]
    with_tables = {
        ".".join(file.relative_to(repository).with_suffix("").parts)
        for package in ("bot", "knowledge_base", "channels")
        for file in (repository / package).rglob("*.py")
        if "(Base)" in file.read_text(encoding="utf-8")
    }

    assert with_tables == set(_table_modules())


def test_a_second_upgrade_changes_nothing(engine: sa.Engine) -> None:
    assert not is_up_to_date(engine)
    upgrade(engine)
    assert is_up_to_date(engine)
    upgrade(engine)
    assert is_up_to_date(engine)


def test_several_processes_may_upgrade_at_once(engine: sa.Engine) -> None:
    failures: list[Exception] = []

    def run() -> None:
        try:
            upgrade(engine)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert is_up_to_date(engine)


def test_a_database_of_a_newer_version_is_refused(engine: sa.Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_future'")

    with pytest.raises(NavigatorError, match="9999_future"):
        upgrade(engine)


def test_a_database_that_cannot_be_reached_is_named() -> None:
    from bot.database import open_engine

    engine = open_engine("postgresql+psycopg://nobody@/nothing?host=/nowhere")
    with pytest.raises(NavigatorError, match="DATABASE_URL"):
        upgrade(engine)
    engine.dispose()
