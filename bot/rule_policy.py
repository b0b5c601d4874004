"""Rasa's rule policy without what our rules never need; the same predictions for about half the time."""

from __future__ import annotations

import functools
import json
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IntentRulePolicy(RulePolicy):
    """Rules that name intents, never the words of a message (``rasa.core.policies.rule_policy.RulePolicy``).

    Rasa looks for rules with the words of a message first, compares every rule with the whole history, and at each
    prediction copies that history for a line of its debug log.
    """

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        """Return the rules that fit; those that wait for another intent are not looked at."""
        if not states or not states[-1].get(PREVIOUS_ACTION):
            return super()._get_possible_keys(lookup, states)
        said = states[-1].get(USER, {}).get(INTENT)
        fitting = {key: lookup[key] for key in lookup if awaited_intent(key) in (None, said)}
        return super()._get_possible_keys(fitting, states)

    def format_tracker_states(self, states: list[dict[str, Any]]) -> list[Any]:
        """Return nothing: it is only asked for by log lines for the developers of Rasa."""
        return []


@functools.lru_cache(maxsize=4096)
def awaited_intent(rule_key: str) -> str | None:
    """Return the intent without which a rule does not apply, if there is one.

    Args:
        rule_key: The states of a rule as JSON, as Rasa keeps it.
    """
    states = json.loads(rule_key)
    intent = states[-1].get(USER, {}).get(INTENT) if states else None
    return intent if intent and intent != SHOULD_NOT_BE_SET else None
