"""The rule policy finds the same rules as Rasa's own, whatever was said and done before."""

from __future__ import annotations

import json
import random

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import SHOULD_NOT_BE_SET
from rasa.shared.core.domain import State

from bot.rule_policy import IntentRulePolicy, awaited_intent

INTENTS = ("gruss", "suche", "kontakt")
ACTIONS = ("action_listen", "action_suchen", "action_antworten")


def _state(draw: random.Random, intents: tuple[str | None, ...]) -> State:
    state: State = {}
    intent = draw.choice(intents)
    if intent:
        state["user"] = {"intent": intent}
    if draw.random() < 0.9:
        state["prev_action"] = {"action_name": draw.choice(ACTIONS)}
    if draw.random() < 0.2:
        state["active_loop"] = {"name": draw.choice(("formular", SHOULD_NOT_BE_SET))}
    return state


def _states(draw: random.Random, number: int, intents: tuple[str | None, ...]) -> list[State]:
    return [_state(draw, intents) for _ in range(number)]


def _policy(kind: type[RulePolicy]) -> RulePolicy:
    return object.__new__(kind)  # what is tested needs no model


def test_the_same_rules_fit_as_for_rasa() -> None:
    draw, found = random.Random(7), 0
    for _ in range(300):
        rules = [_states(draw, draw.randint(1, 3), (*INTENTS, None, SHOULD_NOT_BE_SET)) for _ in range(30)]
        lookup = {json.dumps(rule, sort_keys=True): "action_suchen" for rule in rules}
        states = _states(draw, draw.randint(0, 5), (*INTENTS, None))
        expected = _policy(RulePolicy)._get_possible_keys(lookup, states)
        assert _policy(IntentRulePolicy)._get_possible_keys(lookup, states) == expected
        found += bool(states) and 0 < len(expected) < len(lookup)
    assert found > 100


def test_rules_without_intent_wait_for_none() -> None:
    for state in ({}, {"user": {"text": "Hallo"}}, {"user": {"intent": SHOULD_NOT_BE_SET}}):
        assert awaited_intent(json.dumps([state])) is None
    assert awaited_intent(json.dumps([{}, {"user": {"intent": "gruss"}}])) == "gruss"
