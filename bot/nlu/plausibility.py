"""Rasa component: what a message names decides what it can be about."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gates import by_names
from bot.nlu.ranking import overrule


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class PlausibilityGate(GraphComponent, IntentClassifier):
    """Corrects the classifier where names are clear.

    A message that names a programme of ours belongs to none of the configured intents; one that asks who or where and
    names a kind of office and a place asks for that office.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the intents that a named programme rules out."""
        return {"ruled_out_by_programme": []}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._ruled_out = frozenset(config["ruled_out_by_programme"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlausibilityGate:
        """Create the component; see parent class."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Move ruled-out intents behind the others, in place."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            if not ranking:
                continue
            best = by_names(message.get(TEXT) or "", message.get(ENTITIES) or [], ranking, self._ruled_out)
            if best is not None:
                overrule(message, best)
        return messages
