"""Until when a call-back was promised, and how urgent it is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.curation.callbacks import Urgency, close, due_at, look, waiting
from bot.errors import NavigatorError
from bot.records.audit import AuditLog, Filter
from bot.records.callbacks import CallbackStore

FRIDAY = dt.datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(("promise", "day"), [
    ("innerhalb von zwei Arbeitstagen", "24.11. 23:59"), ("am nächsten Tag", None), ("innerhalb eines Werktags",
     "23.11. 23:59"), ("in 3 Tagen", "23.11. 23:59"), ("innerhalb von 24 Stunden", "21.11. 10:00"),
    ("binnen einer Woche", "27.11. 10:00"), (None, None), ("so bald wie möglich", None), ("in 0 Tagen", None)])
def test_due(promise: str | None, day: str | None) -> None:
    due = due_at(promise, FRIDAY)
    assert (f"{due.astimezone(ZoneInfo('Europe/Berlin')):%d.%m. %H:%M}" if due else None) == day


def asked(engine: sa.Engine, who: str) -> str:
    store = CallbackStore(engine)
    store.draft(who, way="telefon", address="0171 3920001")
    sent = store.send(who)
    assert sent
    return sent.number


def test_the_reminder_grows_more_urgent(engine: sa.Engine) -> None:
    asked(engine, "web:anna")
    now = dt.datetime.now(dt.timezone.utc)
    steps = [waiting(engine, "innerhalb von 24 Stunden", now + dt.timedelta(hours=hours))[0].urgency
             for hours in (1, 13, 25)]
    assert steps == [Urgency.NEW, Urgency.SOON, Urgency.OVERDUE]
    assert waiting(engine, None)[0].urgency is Urgency.NO_PROMISE


def test_a_look_is_noted_and_done_erases_the_address(engine: sa.Engine) -> None:
    number = asked(engine, "web:anna")
    assert look(engine, number, "berta").address == "0171 3920001"
    close(engine, number, "berta")
    noted = AuditLog(engine).find(Filter(who="berta"))
    assert [(each.action, each.subject) for each in noted] == [
        ("rueckruf.erledigt", number), ("rueckruf.angesehen", number)]
    request = CallbackStore(engine).find("web:anna")
    assert request and request.address is None
    for again in (look, close):
        with pytest.raises(NavigatorError, match="gibt es nicht"):
            again(engine, number, "berta")
    assert len(AuditLog(engine).find(Filter(who="berta"))) == 2
