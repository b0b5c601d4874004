"""Rasa component: a linear intent classifier on word and character n-grams. See docs/adr/0004-classifier.md."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear_model import LinearModel, Shape
from bot.nlu.masking import masked

_RANKED = 10


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Classifies the masked, folded text with a :class:`LinearModel`."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the default hyperparameters, those of :class:`Shape`."""
        return {"c": 0.6, "word_ngrams": [1, 2], "char_ngrams": [1, 5], "char_weight": 1.5}

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """No other component is needed; entities are used if there are any."""
        return []

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LinearModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Create an untrained component; see parent class."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Load the trained model; see parent class."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have an intent and persist the result."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        shape = Shape(
            c=self._config["c"],
            word_ngrams=tuple(self._config["word_ngrams"]),
            char_ngrams=tuple(self._config["char_ngrams"]),
            char_weight=self._config["char_weight"],
        )
        self._model = LinearModel.fit([_text(e) for e in examples], [str(e.get(INTENT)) for e in examples], shape)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent and ranking of the messages in place."""
        for message in messages:
            ranking = self._rank(_text(message))
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> List[Dict[str, Any]]:
        if self._model is None or not text.strip():
            return [{"name": None, "confidence": 0.0}]
        return [{"name": name, "confidence": chance} for name, chance in self._model.chances(text)[:_RANKED]]


def _text(message: Message) -> str:
    return masked(message.get(TEXT) or "", message.get(ENTITIES) or [])
