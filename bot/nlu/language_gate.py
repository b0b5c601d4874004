"""Rasa component: a message that is clearly not German gets the intent ``fremdsprache``, whatever it resembles."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gates import by_language
from bot.nlu.ranking import overrule


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class LanguageGate(GraphComponent, IntentClassifier):
    """Stands behind the classifier and overrules it for other languages, from four words on."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageGate:
        """Create the component; see parent class."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Overrule the intent in place where the language is clear."""
        for message in messages:
            best = by_language(message.get(TEXT) or "")
            if best is not None:
                overrule(message, best)
        return messages
