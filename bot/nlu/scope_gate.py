"""Rasa component: knows when a message lies outside our field, by all foreign intents together."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gates import by_scope
from bot.nlu.ranking import overrule


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class ScopeGate(GraphComponent, IntentClassifier):
    """Puts the likeliest off-topic intent first when the off-topic intents together reach a share of the chances."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the intents outside our field, and the share of the chances from which they win."""
        return {"off_topic": [], "share": 1.0}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._off_topic = frozenset(config["off_topic"])
        self._share = float(config["share"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ScopeGate:
        """Create the component; see parent class."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Move the off-topic intent to the front, in place."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            best = by_scope(ranking, self._off_topic, self._share) if ranking else None
            if best is not None:
                overrule(message, best)
        return messages
