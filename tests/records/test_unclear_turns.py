"""What is noted about a turn that was not answered well: masked, once, and gone with its conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.database import open_engine, writing
from bot.errors import NavigatorError
from bot.records.conversations import ConversationStore, Turn
from bot.records.feedback import FeedbackStore
from bot.records.masking import MASK
from bot.records.proposals import ProposalStore, State
from bot.records.unclear_tables import UnclearTurnRow
from bot.records.unclear_turns import Decision, Unclear, UnclearTurnStore, Why
from knowledge_base.migrate import upgrade


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    opened = open_engine(request.getfixturevalue(request.param))
    upgrade(opened)
    yield opened
    opened.dispose()


def said(text: str, request_id: str = "eins", **parsed: Any) -> dict[str, Any]:
    """What Rasa notes of a message."""
    data = {"intent": {"name": "nlu_fallback", "confidence": 0.2},
            "intent_ranking": [{"name": "nlu_fallback", "confidence": 0.2}, {"name": "danke", "confidence": 0.1}],
            "entities": [{"entity": "place", "value": "hagen"}], **parsed}
    return {"event": "user", "timestamp": 1.0, "text": text, "parse_data": data,
            "metadata": {"request_id": request_id}}


def store_turn(engine: sa.Engine, text: str, why: Why | None = Why.CLARIFY, conversation: str = "web:anna",
               number: int = 0, request_id: str = "eins") -> None:
    event = said(text, request_id)
    unclear = Unclear(event, why, request_id) if why else None
    ConversationStore(engine).append(Turn(conversation, number, [event], unclear=unclear))


def test_a_turn_is_noted_with_what_was_understood(engine: sa.Engine) -> None:
    store_turn(engine, "gibt dat wat für hagen")
    (turn,) = UnclearTurnStore(engine).open_turns()
    assert (turn.text, turn.why, turn.intent) == ("gibt dat wat für hagen", Why.CLARIFY, "nlu_fallback")
    assert turn.alternatives == [["danke", 0.1]] and turn.entities == [["place", "hagen"]]


@pytest.mark.parametrize(("text", "stored"), [
    ("ich heiße anna muster und suche", f"ich heiße {MASK} und suche"),
    ("Mein Name ist Anna von Muster, helft mir", f"Mein Name ist {MASK}, helft mir"),
    ("Rufen Sie mich an: 0171 3920001", f"Rufen Sie mich an: {MASK}"),
    ("anna@example.org fragt", f"{MASK} fragt"),
    ("Geld auf DE89 3704 0044 0532 0130 00 bitte", f"Geld auf {MASK} bitte"),
    ("Ich wohne Hagener Straße 12 in Hagen", f"Ich wohne {MASK} in Hagen"),
    ("Frau Müller sagte nein", f"Frau {MASK} sagte nein"),
])
def test_nothing_personal_is_stored(engine: sa.Engine, text: str, stored: str) -> None:
    store_turn(engine, text)
    (turn,) = UnclearTurnStore(engine).open_turns()
    assert turn.text == stored and turn.entities == []


def test_a_bad_rating_brings_its_turn(engine: sa.Engine) -> None:
    store_turn(engine, "Was ist der Bildungsscheck?", None)
    store_turn(engine, "Und wie hoch?", None, number=1, request_id="zwei")
    ratings = FeedbackStore(engine)
    ratings.rate("web:anna", "eins", True)
    assert UnclearTurnStore(engine).count() == 0
    for _ in range(2):
        ratings.rate("web:anna", "zwei", False, "falsch")
    (turn,) = UnclearTurnStore(engine).open_turns()
    assert (turn.text, turn.why, turn.rating) == ("Und wie hoch?", Why.RATED_BAD, "falsch")


def test_a_bad_rating_of_an_unclear_turn_does_not_double_it(engine: sa.Engine) -> None:
    store_turn(engine, "hä")
    FeedbackStore(engine).rate("web:anna", "eins", False)
    (turn,) = UnclearTurnStore(engine).open_turns()
    assert turn.why is Why.RATED_BAD


def test_it_vanishes_with_the_conversation(engine: sa.Engine) -> None:
    conversations, store = ConversationStore(engine), UnclearTurnStore(engine)
    store_turn(engine, "eins")
    store_turn(engine, "zwei", conversation="web:ben")
    conversations.erase("web:anna")
    assert [turn.text for turn in store.open_turns()] == ["zwei"]
    conversations.purge(dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=1))
    assert store.count() == 0


def test_a_note_that_fails_costs_nobody_an_answer(engine: sa.Engine) -> None:
    event = said("hallo")
    broken = Unclear({"text": "hallo", "parse_data": {"intent_ranking": [{"name": "x"}]}}, Why.CLARIFY, "eins")
    ConversationStore(engine).append(Turn("web:anna", 0, [event], unclear=broken))
    with writing(engine).begin() as connection:
        connection.execute(sa.text("ALTER TABLE unclear_turn RENAME TO anders"))
    ConversationStore(engine).append(Turn("web:anna", 1, [event], unclear=Unclear(event, Why.CLARIFY, "zwei")))
    window = ConversationStore(engine).load_all("web:anna")
    assert window and len(window.events) == 2
    with writing(engine).begin() as connection:
        connection.execute(sa.text("ALTER TABLE anders RENAME TO unclear_turn"))
        assert connection.execute(sa.select(sa.func.count()).select_from(UnclearTurnRow)).scalar_one() == 0


def test_two_people_do_not_decide_about_the_same(engine: sa.Engine) -> None:
    store_turn(engine, "hä")
    store = UnclearTurnStore(engine)
    (turn,) = store.open_turns()
    store.decide({turn.id: {}}, Decision.DISCARDED, "anna")
    with pytest.raises(NavigatorError, match="gerade jemand"):
        store.decide({turn.id: {}}, Decision.TASK, "ben")
    assert store.undo("ben") == []
    assert [each.id for each in store.undo("anna")] == [turn.id]
    assert store.count() == 1


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN])
def test_sentences_of_a_proposal_that_came_to_nothing_are_open_again(engine: sa.Engine, state: State) -> None:
    proposals, store = ProposalStore(engine), UnclearTurnStore(engine)
    for number, text in enumerate(("hä", "wat", "eh")):
        store_turn(engine, text, conversation=f"web:{number}")
    first, second, third = (turn.id for turn in store.open_turns())
    store.decide({each: {"sentence": "hä", "chosen_intent": "danke"} for each in (first, second)}, Decision.TRAINING,
                 "anna")
    made = [proposals.add(
        "anna", state=State.SUBMITTED, kind="posteingang", title="Sätze", reason="So fragen Menschen.", author="anna",
        author_title="Anna", edits=[], base={}, report=None, reverts=None) for _ in range(2)]
    for turn, proposal in zip((first, second), made, strict=True):
        store.propose([turn], proposal.number)
    proposals.change(made[0], "ben", "vorschlag.abgelehnt", state=state)
    assert [turn.id for turn in store.open_turns()] == [first, third]
    again = store.get(first)
    assert again and (again.sentence, again.proposal, again.decided_by) == (None, None, None)
