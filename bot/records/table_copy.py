"""Rows of all run-time tables as lines of JSON and back, whatever database they come from or go to.

What is built from files (the catalogue) and what signs people in (sessions, open invitations) is left out.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from bot.database import Base

BUILT_BY = "knowledge_base.tables"
NOT_BUILT = frozenset({"pause"})
"""Stands among the tables of the catalogue, but staff make it."""
SIGNED_IN = frozenset({"staff_session", "one_time_link"})
SECRETS = "secret"
_ROWS = 500


def copied_tables(with_secrets: bool) -> list[sa.Table]:
    """Return the tables that are copied, those first that others refer to."""
    built = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if mapper.class_.__module__ == BUILT_BY}
    left_out = (built - NOT_BUILT) | SIGNED_IN | (set() if with_secrets else {SECRETS})
    return [table for table in Base.metadata.sorted_tables if table.name not in left_out]


def rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[str]:
    """Yield the rows of a table, one line each."""
    for row in connection.execution_options(yield_per=_ROWS).execute(sa.select(table)):
        yield json.dumps({name: _plain(value) for name, value in row._mapping.items()}, ensure_ascii=False)


def is_empty(connection: sa.Connection) -> bool:
    """Whether nobody has used a database yet: no conversation, no account, no proposal, nothing else of that kind."""
    known = set(sa.inspect(connection).get_table_names())
    tables = [table for table in copied_tables(with_secrets=False) if table.name in known]
    return not any(connection.execute(sa.select(table).limit(1)).first() for table in tables)


def add_rows(connection: sa.Connection, name: str, lines: Iterable[str]) -> int:
    """Put rows into a table as the database has it; return how many."""
    table, number = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False), 0
    if name == SECRETS:
        connection.execute(sa.delete(table))  # made by the first start; those of the backup are wanted
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append({key: _typed(table.c[key], value) for key, value in json.loads(line).items()})
        if len(batch) == _ROWS:
            connection.execute(sa.insert(table), batch)
            number, batch = number + len(batch), []
    if batch:
        connection.execute(sa.insert(table), batch)
    _go_on_counting(connection, table)
    return number + len(batch)


def _plain(value: Any) -> Any:
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _typed(column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        return sa.null() if isinstance(column.type, sa.JSON) else None
    if isinstance(column.type, sa.DateTime):
        moment = dt.datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone.utc)
    if isinstance(column.type, sa.Date):
        return dt.date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, sa.LargeBinary) else value


def _go_on_counting(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL number new rows behind those that were put in."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key:
        sequence = connection.execute(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))).scalar_one()
        if sequence:
            highest = sa.select(sa.func.coalesce(sa.func.max(column), 1)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, highest)))
