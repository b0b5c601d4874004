"""Rasa component: what a message names decides what it can be about."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.ranking import overrule

FINDS_CONTACTS = "kontakt_finden"
_ASKS_WHO = re.compile(r"\b(welche[rsn]?|wer|wo|wohin|wen|wem)\b", re.IGNORECASE)
ABOUT_A_PROGRAMME = "programm"
"""Beginning of the intents that ask about one programme."""
_SURE = 0.8


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
            best = self._better(message, ranking)
            if best is not None:
                overrule(message, best["name"], best["confidence"])
        return messages

    def _better(self, message: Message, ranking: List[Dict[str, Any]]) -> Optional[Dict[str, Any]]:
        """The intent that the names ask for, or ``None`` if the classifier may be right."""
        named = {e.get("entity") for e in message.get(ENTITIES) or [] if e.get("confidence_entity", 1.0) >= _SURE}
        if "programme" in named:
            possible = [entry for entry in ranking if str(entry["name"]).startswith(ABOUT_A_PROGRAMME)]
            if ranking[0]["name"] in self._ruled_out and possible:
                return {**possible[0], "confidence": ranking[0]["confidence"]}
        elif {"contact_kind", "place"} <= named and _ASKS_WHO.search(message.get(TEXT) or ""):
            return {"name": FINDS_CONTACTS, "confidence": 1.0}
        return None
