"""„Löschen Sie meine Daten“: nothing goes before a yes, and everything goes after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import yaml

from actions.memory import Memory
from bot.database import open_engine
from bot.runtime.messages import erases
from bot.settings import REPOSITORY
from tests.actions.talk import Talk, services

KNOWN = Memory(place="hagen", goal="programmes", topics=("ki",))


@pytest.fixture
def talk() -> Iterator[Talk]:
    opened: sa.Engine = open_engine("sqlite://")
    yield Talk(services(opened), KNOWN)
    opened.dispose()


def test_a_yes_to_another_question_erases_nothing(talk: Talk) -> None:
    assert talk.say("ja, bitte löschen", "daten_loeschen").response == "utter_daten_loeschen"


def test_it_asks_first_and_forgets_everything_after_a_yes(talk: Talk) -> None:
    assert talk.say("Löschen Sie meine Daten", "daten_loeschen").response == "utter_daten_loeschen"
    assert talk.memory.place == "hagen"
    assert talk.say("ja bitte", "zustimmung").response == "utter_daten_geloescht"
    assert talk.memory == Memory()


def test_a_no_keeps_everything(talk: Talk) -> None:
    talk.say("Löschen Sie meine Daten", "daten_loeschen")
    assert talk.say("nein doch nicht", "ablehnung").response == "utter_daten_behalten"
    assert talk.memory == KNOWN


def test_another_question_is_answered_and_no_later_yes_erases(talk: Talk) -> None:
    talk.say("Löschen Sie meine Daten", "daten_loeschen")
    assert talk.say("wie hoch ist das", "programm_hoehe", programme="kurszuschuss").kind == "programme"
    assert talk.say("ja", "zustimmung").response is None


def test_only_the_text_that_says_so_erases() -> None:
    texts = yaml.safe_load((REPOSITORY / "nlu_data/responses/bot.yml").read_text(encoding="utf-8"))["responses"]
    erasing = {name for name, variants in texts.items() if any(erases(one.get("custom")) for one in variants)}
    assert erasing == {"utter_daten_geloescht"}
    assert all(erases(one["custom"]) for one in texts["utter_daten_geloescht"])
