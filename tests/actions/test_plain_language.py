"""Plain language is switched on by words or a button, and off by a button."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from actions.conversation import UsePlainLanguage
from actions.memory import Memory
from bot.runtime.buttons import load_buttons
from bot.runtime.gate import Rejected, accept
from bot.settings import REPOSITORY
from tests.actions.talk import ACTIONS, Talk, services


@pytest.fixture
def talk(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Talk:
    monkeypatch.setitem(ACTIONS, "einfache_sprache", UsePlainLanguage)
    return Talk(services(engine))


def test_it_stays_on_until_it_is_switched_off(talk: Talk) -> None:
    talk.say("Bitte einfacher", "einfache_sprache")
    assert talk.memory.plain
    reply = talk.say("", "einfache_sprache", plain_language="aus")
    assert not talk.memory.plain
    assert "einfacher Sprache" not in reply.text


def test_what_was_shown_is_said_again_the_other_way(talk: Talk) -> None:
    talk.memory = Memory(programme="kurszuschuss", plain=True)
    programme = talk.services.store.programme("kurszuschuss")
    assert programme is not None
    assert programme.summary.text in talk.say("", "einfache_sprache", plain_language="aus").text
    assert programme.plain.text in talk.say("", "einfache_sprache", plain_language="an").text


def test_buttons_know_on_and_off_only() -> None:
    buttons = load_buttons(REPOSITORY / "nlu_data" / "buttons.yml")
    for value in ("an", "aus"):
        accept(None, f'/einfache_sprache{{"plain_language": "{value}"}}', buttons)
    with pytest.raises(Rejected):
        accept(None, '/einfache_sprache{"plain_language": "vielleicht"}', buttons)
