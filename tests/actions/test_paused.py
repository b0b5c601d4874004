"""What staff paused is not offered; who asks for it hears their words, and the way to a human stays open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from actions.memory import Memory
from bot.database import open_engine
from knowledge_base.pauses import Paused
from knowledge_base.profile import Profile
from knowledge_base.queries import Filters, browse_programmes, find_programmes
from knowledge_base.tables import PauseRow
from tests.actions.talk import Talk, services
from tests.knowledge_base.small import TODAY, catalogue, contact, programme

WORDS = "Die Richtlinie wird gerade neu gefasst. Bitte rufen Sie uns an."


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    opened = open_engine("sqlite://")
    yield opened
    opened.dispose()


def pause(talk: Talk, kind: Paused, subject: str) -> None:
    now = dt.datetime.now(dt.timezone.utc)
    row = {"kind": kind.value, "subject": subject, "text": WORDS, "who": "Anna", "at": now}
    with talk.services.store.engine.begin() as connection:
        connection.execute(sa.insert(PauseRow).values(**row))


def talk_of(engine: sa.Engine, memory: Memory | None = None) -> Talk:
    records = [programme("kurszuschuss", alternatives=["lerngeld"]), programme("lerngeld")]
    own = contact("regionalagentur-maerkische-region", reach=[{"kind": "telefon", "value": "1", "source": "s1"}])
    return Talk(services(engine, catalogue(records, [own])), memory or Memory())


def test_a_paused_programme_is_not_found(engine: sa.Engine) -> None:
    talk = talk_of(engine)
    pause(talk, Paused.PROGRAMME, "kurszuschuss")
    store, profile = talk.services.store, Profile(("qualifizierung",), None, None)
    assert [hit.programme.id for hit in find_programmes(store, profile, "Kurszuschuss", TODAY).hits] == ["lerngeld"]
    named = find_programmes(store, profile, "", TODAY, named=["kurszuschuss"])
    assert [hit.programme.id for hit in named.hits] == ["lerngeld"]
    assert [each.id for each in browse_programmes(store, Filters(), TODAY)] == ["lerngeld"]


def test_asked_for_by_name_it_says_the_words(engine: sa.Engine) -> None:
    talk = talk_of(engine)
    pause(talk, Paused.PROGRAMME, "kurszuschuss")
    reply = talk.say("Wie hoch ist der Kurszuschuss?", "programm_hoehe", programme="kurszuschuss")
    assert reply.text == WORDS
    assert not reply.programmes
    assert talk.say("Und das Lerngeld?", "programm_hoehe", programme="lerngeld").text != WORDS


@pytest.mark.parametrize("memory", [Memory(programme="kurszuschuss"), Memory(shown=("kurszuschuss",))])
def test_in_focus_since_before_it_was_paused(engine: sa.Engine, memory: Memory) -> None:
    talk = talk_of(engine, memory)
    pause(talk, Paused.PROGRAMME, "kurszuschuss")
    assert talk.say("Und wie hoch ist das?", "programm_hoehe").text == WORDS


def test_a_paused_intent_says_the_words(engine: sa.Engine) -> None:
    talk = talk_of(engine)
    assert talk.say("Wie hoch ist das Lerngeld?", "programm_hoehe", programme="lerngeld").text != WORDS
    talk = talk_of(engine)
    pause(talk, Paused.INTENT, "programm_hoehe")
    assert talk.say("Wie hoch ist das Lerngeld?", "programm_hoehe", programme="lerngeld").text == WORDS


@pytest.mark.parametrize("intent", ["rueckruf_wuenschen", "daten_loeschen"])
def test_ways_to_a_human_and_erasing_stay_open(engine: sa.Engine, intent: str) -> None:
    talk = talk_of(engine, Memory(programme="kurszuschuss"))
    pause(talk, Paused.PROGRAMME, "kurszuschuss")
    pause(talk, Paused.INTENT, intent)
    assert talk.say("Bitte!", intent, programme="kurszuschuss").text != WORDS
