"""What is kept how long, on SQLite and PostgreSQL; one process deletes at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine, writing
from bot.records import staff_tables, tables, unclear_tables, usage_tables
from bot.records.alone import alone
from bot.records.messenger_tables import Correspondent
from bot.records.retention import TASK_DAYS, retention_rules
from bot.records.spot_check_tables import SpotCheckRow
from knowledge_base.migrate import upgrade

NOW = dt.datetime.now(dt.timezone.utc)
DAYS = 30


def old(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def rows(key: str, age: int) -> dict[str, list[tuple[type[Base], dict[str, Any]]]]:
    """One record of every kind, by the name of its rule."""
    at = old(age)
    person = {"id": int(key), "name": key, "title": key, "roles": [], "active": True, "created_at": NOW}
    return {
        "conversations": [
            (tables.Conversation, {"id": key, "channel": "web", "started_at": at, "last_at": at,
                                   "checkpoint_seq": 0}),
            (tables.ConversationEvent, {"conversation_id": key, "seq": 0, "type": "user", "timestamp": 0.0,
                                        "data": {}}),
            (tables.Feedback, {"conversation_id": key, "request_id": "a", "helpful": True, "changed_at": at}),
            (tables.Callback, {"conversation_id": key, "number": key, "state": "offen", "about": {}, "created_at": at,
                               "changed_at": at}),
        ],
        "messengers": [(Correspondent, {"conversation_id": key, "channel": "matrix", "address": key, "last_at": at})],
        "reports": [(tables.Report, {"number": key, "kind": "fehler", "state": "offen", "subject": "x", "text": "x",
                                     "created_at": at})],
        "tasks": [(unclear_tables.EditorialTaskRow, {"number": key, "kind": "eintrag", "text": "", "note": "",
                                                     "who": "x", "at": at, "done_at": at})],
        "spot_checks": [(SpotCheckRow, {"id": int(key), "week": at.date(), "asked": "", "question": "x", "reply": "x",
                                        "records": [], "drawn_at": at, "note": ""})],
        "sessions": [(staff_tables.AccountRow, person), (staff_tables.StaffSessionRow, {
            "hash": key, "account_id": int(key), "created_at": at, "seen_at": at, "renew": False})],
        "links": [(staff_tables.OneTimeLink, {"hash": key, "expires_at": at})],
    }


@pytest.fixture
def tables_of_today(engine: sa.Engine) -> sa.Engine:
    upgrade(engine)
    return engine


def _add(engine: sa.Engine, key: str, name: str, age: int) -> type[Base]:
    with writing(engine).begin() as connection:
        for table, row in rows(key, age)[name]:
            connection.execute(sa.insert(table).values(**row))
    return rows(key, age)[name][-1][0]


def test_every_kind_goes_in_its_time_and_not_before(tables_of_today: sa.Engine) -> None:
    rules = {rule.name: rule for rule in retention_rules(tables_of_today, DAYS)}
    assert set(rules) == set(rows("1", 0)) | {"usage"}
    assert {rules["conversations"].days, rules["messengers"].days, rules["reports"].days} == {DAYS}
    assert rules["tasks"].days == TASK_DAYS
    for name in rows("1", 0):
        table = _add(tables_of_today, "1", name, rules[name].days + 1)
        _add(tables_of_today, "2", name, 0)
        assert rules[name].apply(NOW) == 1, name
        with tables_of_today.connect() as connection:
            assert len(connection.execute(sa.select(table)).all()) == 1, name


def test_nothing_of_a_conversation_is_left(tables_of_today: sa.Engine) -> None:
    _add(tables_of_today, "1", "conversations", DAYS + 1)
    next(rule for rule in retention_rules(tables_of_today, DAYS) if rule.name == "conversations").apply(NOW)
    with tables_of_today.connect() as connection:
        for table in (tables.ConversationEvent, tables.Feedback, tables.Callback):
            assert connection.execute(sa.select(table)).all() == []


def test_counters_of_years_ago_go(tables_of_today: sa.Engine) -> None:
    rule = next(rule for rule in retention_rules(tables_of_today, DAYS) if rule.name == "usage")
    assert rule.days >= 365 and rule.apply(NOW) == 0
    assert usage_tables.UsageCountRow.__tablename__ in Base.metadata.tables


def test_only_one_process_does_a_task(tables_of_today: sa.Engine, database_url: str) -> None:
    other = open_engine(database_url)
    with alone(tables_of_today, "purge") as first, alone(other, "purge") as second, alone(other, "anderes") as third:
        assert (first, second, third) == (True, False, True)
    with alone(other, "purge") as again:
        assert again
    other.dispose()
