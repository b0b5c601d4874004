"""Rasa component: a linear intent classifier on word and character n-grams. See docs/adr/0004."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple, Type

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from bot.nlu.masking import masked

_FILE = "classifier.skops"
_RANKED = 10


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Logistic regression on tf-idf of word 1–2-grams and character 1–5-grams of the masked, folded text."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the default hyperparameters: inverse regularisation strength and n-gram ranges."""
        return {"C": 20.0, "word_ngrams": [1, 2], "char_ngrams": [1, 5], "max_iter": 300}

    @classmethod
    def required_components(cls) -> List[Type]:
        """No other component is needed; entities are used if there are any."""
        return []

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        pipeline: Optional[Pipeline] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._pipeline = pipeline

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
        """Load the trained pipeline; the format holds data and known types only, no code."""
        with model_storage.read_from(resource) as folder:
            pipeline = skops.io.load(folder / _FILE, trusted=True)
        return cls(config, model_storage, resource, pipeline)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have an intent and persist the result."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        self._pipeline = build_pipeline(self._config)
        self._pipeline.fit([_text(e) for e in examples], [e.get(INTENT) for e in examples])
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump(self._pipeline, folder / _FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent and ranking of the messages in place."""
        for message in messages:
            ranking = self._rank(_text(message))
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> List[Dict[str, Any]]:
        if self._pipeline is None or not text.strip():
            return [{"name": None, "confidence": 0.0}]
        chances: List[Tuple[str, float]] = sorted(
            zip(self._pipeline.classes_, self._pipeline.predict_proba([text])[0], strict=True),
            key=lambda pair: -pair[1],
        )
        return [{"name": name, "confidence": float(chance)} for name, chance in chances[:_RANKED]]


def build_pipeline(config: Dict[str, Any]) -> Pipeline:
    """Return the untrained scikit-learn pipeline for the given hyperparameters."""
    words = TfidfVectorizer(
        analyzer="word", ngram_range=tuple(config["word_ngrams"]), sublinear_tf=True, token_pattern=r"\b\w+\b"
    )
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=tuple(config["char_ngrams"]), sublinear_tf=True)
    return Pipeline(
        [
            ("features", FeatureUnion([("words", words), ("chars", chars)])),
            ("model", LogisticRegression(C=config["C"], max_iter=config["max_iter"])),
        ]
    )


def _text(message: Message) -> str:
    return masked(message.get(TEXT) or "", message.get(ENTITIES) or [])
