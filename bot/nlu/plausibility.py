"""Rasa component: what a message names rules out what it cannot be about."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

ABOUT_A_PROGRAMME = "programm"
"""Beginning of the intents that ask about one programme."""
_SURE = 0.8


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class PlausibilityGate(GraphComponent, IntentClassifier):
    """A message that names a programme of ours belongs to none of the configured foreign intents."""

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
            if not ranking or ranking[0]["name"] not in self._ruled_out or not _names_programme(message):
                continue
            possible = [entry for entry in ranking if str(entry["name"]).startswith(ABOUT_A_PROGRAMME)]
            if possible:
                best = {**possible[0], "confidence": ranking[0]["confidence"]}
                rest = [entry for entry in ranking if entry["name"] != best["name"]]
                message.set("intent", best, add_to_output=True)
                message.set("intent_ranking", [best, *rest], add_to_output=True)
        return messages


def _names_programme(message: Message) -> bool:
    return any(
        entity.get("entity") == "programme" and entity.get("confidence_entity", 1.0) >= _SURE
        for entity in message.get(ENTITIES) or []
    )
