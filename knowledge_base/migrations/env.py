"""Run by alembic. The connection comes from ``knowledge_base.migrate``; a developer's call opens its own."""

from __future__ import annotations

import importlib

import sqlalchemy as sa
from alembic import context

from bot.database import Base, create_engine_from, writing
from bot.settings import load_settings


def _migrate() -> None:
    config = context.config
    for module in (config.get_main_option("table_modules") or "").split():
        importlib.import_module(module)
    given = config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    with writing(create_engine_from(load_settings())).begin() as connection:
        _run(connection)


def _run(connection: sa.Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


_migrate()
