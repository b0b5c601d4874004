"""Reports, on SQLite and PostgreSQL: without addresses in the text, with a number, forgotten in time."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine, writing
from bot.records import tables
from bot.records.reports import ReportKind, ReportStore
from bot.records.secrets import shared_secret

MAIL = "anna.muster@firma-hagen.de"
NOW = dt.datetime.now(dt.timezone.utc)


@pytest.fixture
def store(engine: sa.Engine) -> ReportStore:
    Base.metadata.create_all(engine)
    return ReportStore(engine)


def _everything(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        return repr(connection.execute(sa.select(tables.Report)).all())


def test_what_was_reported_is_listed_the_oldest_first(store: ReportStore, engine: sa.Engine) -> None:
    first = store.add(ReportKind.ERROR, "bildungsscheck-2-0", "Die Frist ist vorbei.", MAIL)
    second = store.add(ReportKind.BARRIER, "/foerderung", "Der Knopf sagt nichts.")
    with writing(engine).begin() as connection:
        older = sa.update(tables.Report).where(tables.Report.number == second)
        connection.execute(older.values(created_at=NOW - dt.timedelta(days=1)))
    shown = [(each.number, each.kind, each.subject, each.text, each.contact) for each in store.open_reports()]
    assert shown == [
        (second, ReportKind.BARRIER, "/foerderung", "Der Knopf sagt nichts.", None),
        (first, ReportKind.ERROR, "bildungsscheck-2-0", "Die Frist ist vorbei.", MAIL),
    ]


def test_every_report_has_a_number_of_its_own_kind(store: ReportStore) -> None:
    numbers = {store.add(ReportKind.ERROR, "x", "y") for _ in range(20)}
    assert len(numbers) == 20
    assert all(re.fullmatch(r"M-[B-DF-HJ-NP-TV-XZ]{6}", number) for number in numbers)


def test_addresses_are_struck_out_of_what_was_written(store: ReportStore, engine: sa.Engine) -> None:
    store.add(ReportKind.ERROR, f"Seite von {MAIL}", f"Rufen Sie mich an: 0170 1234567, {MAIL}. Es sind 250 Euro.")
    stored = _everything(engine)
    assert MAIL not in stored and "1234567" not in stored
    assert "250 Euro" in stored


def test_an_address_given_for_an_answer_stands_in_its_field_only(store: ReportStore, engine: sa.Engine) -> None:
    store.add(ReportKind.ERROR, "x", f"Schreiben Sie an {MAIL}.", MAIL)
    assert _everything(engine).count(MAIL) == 1


def test_done_erases_the_address(store: ReportStore, engine: sa.Engine) -> None:
    number = store.add(ReportKind.ERROR, "x", "y", MAIL)
    assert store.close(number)
    assert store.open_reports() == []
    assert MAIL not in _everything(engine)
    assert not store.close(number)
    assert not store.close("M-BBBBBB")


def test_reports_are_forgotten_after_the_retention_time(store: ReportStore, engine: sa.Engine) -> None:
    store.add(ReportKind.ERROR, "x", "y", MAIL)
    assert store.purge(NOW - dt.timedelta(days=30)) == 0
    assert store.purge(dt.datetime.now(dt.timezone.utc)) == 1
    assert _everything(engine) == "[]"


def test_a_secret_is_made_once_and_survives_a_restart(
    store: ReportStore, engine: sa.Engine, database_url: str
) -> None:
    made = shared_secret(engine, "forms")
    again = open_engine(database_url)
    found = shared_secret(again, "forms")
    again.dispose()
    assert found == made and len(made) == 32
    assert shared_secret(engine, "other") != made
