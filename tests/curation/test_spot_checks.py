"""The weekly spot check: drawn once, without what looks personal, judged; words end in time, verdicts stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.curation.proposals import Person
from bot.curation.spot_checks import SAMPLE, draw, judge, last_week
from bot.database import Base, open_engine
from bot.errors import NavigatorError
from bot.records.conversations import ConversationStore, Turn
from bot.records.editorial_tasks import TaskKind, TaskStore
from bot.records.rights import Role, rights_of
from bot.records.spot_checks import Drawn, SpotCheck, SpotCheckStore, Verdict

WEEK = dt.date(2026, 11, 9)
FRIDAY = dt.datetime(2026, 11, 13, 12, tzinfo=dt.timezone.utc).timestamp()
ANNA = Person("anna", "Anna Beispiel", rights_of([Role.EDITOR]))


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    """An empty database of the quick kind."""
    opened = open_engine("sqlite://")
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def each_engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """An empty database, once of each kind, for what the kinds do differently."""
    opened = open_engine(str(request.getfixturevalue(request.param)))
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


def person(text: str, at: float = FRIDAY) -> dict[str, Any]:
    return {"event": "user", "timestamp": at, "text": text}


def bot(kind: str, text: str = "Antwort", buttons: Any = (), **answer: Any) -> dict[str, Any]:
    return {"event": "bot", "timestamp": FRIDAY, "text": text,
            "data": {"buttons": list(buttons), "custom": {"answer": {"kind": kind, **answer}}}}


def talk(engine: sa.Engine, *events: dict[str, Any], who: str = "web:anna") -> None:
    ConversationStore(engine).append(Turn(who, 0, events))


def drawn(engine: sa.Engine) -> list[SpotCheck]:
    store = SpotCheckStore(engine)
    found = [store.get(number) for number in store.open_checks()]
    return [each for each in found if each]


def one_check(engine: sa.Engine) -> int:
    talk(engine, person("Was ist KI?"), bot("glossary"))
    assert draw(engine, WEEK) == 1
    return drawn(engine)[0].id


def test_an_answer_is_drawn_with_what_it_cites_and_without_addresses(each_engine: sa.Engine) -> None:
    engine = each_engine
    talk(engine, person("Hallo"), bot("question", "Gern.\n\nWo sind Sie?", asks="place"),
         person("Hagen, schreiben Sie an anna@example.org"),
         bot("programmes", "Das passt:", programmes=[{"id": "x"}], contacts=[{"id": "y"}]),
         bot("contacts", "Rufen Sie an: 02331 1234567", contacts=[{"id": "y"}]))
    assert draw(engine, WEEK) == 1
    (found,) = drawn(engine)
    assert (found.week, found.asked) == (WEEK, "Wo sind Sie?")
    assert found.question == "Hagen, schreiben Sie an •••"
    assert found.reply == "Das passt:\n\nRufen Sie an: 02331 1234567"
    assert found.records == [["programme", "x"], ["kontakte", "y"]]


def test_a_button_is_called_as_people_read_it(engine: sa.Engine) -> None:
    buttons = [{"title": "Wie hoch?", "payload": "/hoehe"}]
    talk(engine, person("KI"), bot("smalltalk", buttons=buttons), person("/hoehe"), bot("programme"))
    draw(engine, WEEK)
    assert [each.question for each in drawn(engine)] == ["Schaltfläche „Wie hoch?“"]


def test_what_is_not_drawn(engine: sa.Engine) -> None:
    talks: list[list[dict[str, Any]]] = [
        [person("Hallo"), bot("smalltalk")],
        [person("???"), bot("clarify")],
        [person("Rückruf"), bot("handoff"), bot("contacts")],
        [person("Rückruf"), bot("question", asks="callback_address"), person("Hagen 5"), bot("info")],
        [person("KI vorher", FRIDAY - 8 * 86_400), bot("programmes")],
        [person("KI nachher", FRIDAY + 3 * 86_400), bot("programmes")],
    ]
    for number, events in enumerate(talks):
        talk(engine, *events, who=f"web:{number}")
    draw(engine, WEEK)
    assert [each.question for each in drawn(engine)] == []


def test_a_week_is_drawn_once_and_by_chance(engine: sa.Engine) -> None:
    for number in range(SAMPLE + 10):
        talk(engine, person(f"Frage {number}"), bot("programmes"), who=f"web:{number:02}")
    assert (draw(engine, WEEK), draw(engine, WEEK)) == (SAMPLE, 0)
    assert [each.question for each in drawn(engine)] != [f"Frage {number}" for number in range(SAMPLE)]
    assert not SpotCheckStore(engine).draw(WEEK, []), "another process was faster"


def test_the_week_before() -> None:
    days = [dt.date(2026, 11, day) for day in (15, 16, 22)]
    assert [last_week(day) for day in days] == [dt.date(2026, 11, 2), WEEK, WEEK]


def test_verdicts_are_counted_by_week(engine: sa.Engine) -> None:
    store = SpotCheckStore(engine)
    store.draw(WEEK, [Drawn("a", "", "Frage", "Antwort", [])] * 3)
    first, second, _ = store.open_checks()
    judge(engine, first, Verdict.RIGHT, "", ANNA)
    judge(engine, second, Verdict.PARTLY, "Die Frist fehlt", ANNA)
    assert store.by_week(WEEK, WEEK) == {WEEK: {Verdict.RIGHT: 1, Verdict.PARTLY: 1}}
    assert len(store.open_checks()) == 1


def test_what_is_wrong_becomes_a_task_which_goes_with_a_better_verdict(engine: sa.Engine) -> None:
    number, tasks = one_check(engine), TaskStore(engine)
    task = judge(engine, number, Verdict.WRONG, "Der Satz ist alt", ANNA)
    assert judge(engine, number, Verdict.WRONG, "Der Satz ist alt", ANNA) == task
    (found,) = tasks.open_tasks()
    assert (found.number, found.kind, found.text, found.note) == (
        task, TaskKind.ANSWER, str(number), "Der Satz ist alt")
    assert judge(engine, number, Verdict.RIGHT, "", ANNA) is None
    assert tasks.open_tasks() == []


@pytest.mark.parametrize(("note", "why"), [("  ", "was an der Antwort nicht stimmt"), ("x" * 501, "zu lang")])
def test_what_is_wrong_is_said(engine: sa.Engine, note: str, why: str) -> None:
    number = one_check(engine)
    with pytest.raises(NavigatorError, match=why):
        judge(engine, number, Verdict.PARTLY, note, ANNA)
    assert drawn(engine)[0].verdict is None


def test_who_only_reads_does_not_judge(engine: sa.Engine) -> None:
    with pytest.raises(NavigatorError):
        judge(engine, one_check(engine), Verdict.RIGHT, "", Person("carl", "Carl", rights_of([Role.READER])))


@pytest.mark.parametrize("way", ["erased", "time"])
def test_words_go_and_the_verdict_stays(each_engine: sa.Engine, way: str) -> None:
    engine = each_engine
    talk(engine, person("Und in Hagen?"), bot("contacts"), person("Was ist KI?"), bot("glossary"))
    assert draw(engine, WEEK) == 2
    store = SpotCheckStore(engine)
    number, other = store.open_checks()
    judge(engine, number, Verdict.PARTLY, "Anna M. meinte Bochum", ANNA)
    if way == "erased":
        ConversationStore(engine).erase("web:anna")
    else:
        later = dt.datetime.now(dt.timezone.utc) + dt.timedelta(seconds=1)
        assert (store.purge(later), store.purge(later)) == (2, 0)
    kept = store.get(number)
    assert kept and (kept.asked, kept.question, kept.reply, kept.note) == ("", "", "", "")
    assert store.get(other) is None
    assert store.by_week(WEEK, WEEK) == {WEEK: {Verdict.PARTLY: 1}}
    with pytest.raises(NavigatorError, match="gelöscht"):
        judge(engine, number, Verdict.RIGHT, "", ANNA)


def test_nothing_stays_of_who_left_while_answers_were_drawn(engine: sa.Engine) -> None:
    store = SpotCheckStore(engine)
    store.draw(WEEK - dt.timedelta(days=7), [Drawn("web:left", "", "Frage", "Antwort", [])])
    talk(engine, person("Was ist KI?"), bot("glossary"))
    assert draw(engine, WEEK) == 1
    assert [each.question for each in drawn(engine)] == ["Was ist KI?"]


def test_very_old_verdicts_end(engine: sa.Engine) -> None:
    judge(engine, one_check(engine), Verdict.RIGHT, "", ANNA)
    store = SpotCheckStore(engine)
    store.purge(dt.datetime(2029, 1, 1, tzinfo=dt.timezone.utc))
    assert store.by_week(WEEK, WEEK) == {}
