"""The summary: what was shown and may still fit, with deadline, papers and person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from actions.memory import Memory
from actions.render_summary import away, deadline_lines
from bot.database import open_engine
from tests.actions.talk import Talk, services
from tests.knowledge_base.small import TODAY, catalogue, contact, programme


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    opened = open_engine("sqlite://")
    yield opened
    opened.dispose()


def _talk(engine: sa.Engine, memory: Memory) -> Talk:
    young = {"text": "Nur für Betriebe.", "rules": [{"fact": "age", "op": "lt", "value": 30}]}
    programmes = [
        programme("kurszuschuss", steps=[{"text": "Rufen Sie an."}], documents=[{"text": "Angebot des Anbieters"}]),
        programme("alt", status="ausgelaufen"),
        programme("jung", conditions=[young]),
    ]
    return Talk(services(engine, catalogue(programmes, [contact("regionalagentur-maerkische-region")])), memory)


def test_it_holds_what_was_shown_and_still_fits(engine: sa.Engine) -> None:
    memory = Memory(shown=("alt", "jung", "kurszuschuss"), place="hagen", facts={"age": 50})
    reply = _talk(engine, memory).say("Zusammenfassung", "zusammenfassung")
    assert [each.programme.id for each in reply.programmes] == ["kurszuschuss"]
    assert "☐ Angebot des Anbieters" in reply.text
    assert "Rufen Sie an." in reply.text
    assert "Hagen" in reply.text
    assert reply.contacts


def test_it_changes_nothing_of_what_is_known(engine: sa.Engine) -> None:
    memory = Memory(shown=("kurszuschuss",), programme="kurszuschuss", goal="programme", topics=("qualifizierung",))
    talk = _talk(engine, memory)
    talk.say("Zusammenfassung", "zusammenfassung")
    assert talk.memory == memory


def test_with_nothing_to_sum_up_it_asks(engine: sa.Engine) -> None:
    assert _talk(engine, Memory()).say("Zusammenfassung", "zusammenfassung").asks == "topic"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "schon vorbei"),
        (0, "heute"),
        (1, "morgen"),
        (12, "in zwölf Tagen"),
        (13, "in etwa zwei Wochen"),
        (63, "in etwa neun Wochen"),
        (120, "in etwa vier Monaten"),
        (364, "in etwa zwölf Monaten"),
        (400, "in über einem Jahr"),
    ],
)
def test_a_distance_in_words(days: int, words: str) -> None:
    assert away(TODAY, TODAY + dt.timedelta(days=days)) == words


def test_every_day_of_the_next_years_has_words_without_a_figure() -> None:
    said = [away(TODAY, TODAY + dt.timedelta(days=days)) for days in range(-400, 1200)]
    assert all(said) and not any(letter.isdigit() for words in said for letter in words)


def test_a_deadline_that_is_over_is_not_offered_as_a_deadline() -> None:
    over = programme(deadline={"kind": "stichtag", "text": "Bis Mai.", "date": "2026-05-01"})
    coming = programme(deadline={"kind": "stichtag", "text": "Bis Mai.", "date": "2027-05-01"})
    assert "vorbei" in deadline_lines(over, TODAY)[-1]
    assert "in etwa" in deadline_lines(coming, TODAY)[-1]
