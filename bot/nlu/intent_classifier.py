"""Rasa component: a linear intent classifier on word and character n-grams. See docs/adr/0004-classifier.md."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple, Type

import numpy as np
import numpy.typing as npt
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
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from bot.nlu.masking import masked

Distances = npt.NDArray[np.float64]

_FILE = "classifier.skops"
_TRUSTED = ["scipy.sparse._csr.csr_matrix"]
_RANKED = 10
_FOLDS = 4
_SHARPNESS = np.geomspace(0.5, 20.0, 40)
"""Candidates for the factor that turns distances into chances."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Linear support vector machine on tf-idf of word and character n-grams of the masked, folded text.

    The confidence is a softmax of the distances, with one factor fitted on sentences the machine has not seen
    (temperature scaling, Guo et al. 2017), so that thresholds mean what they say.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the default hyperparameters: regularisation, n-gram ranges and weight of the characters."""
        return {"C": 1.0, "word_ngrams": [1, 2], "char_ngrams": [1, 5], "char_weight": 1.5}

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """No other component is needed; entities are used if there are any."""
        return []

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        pipeline: Optional[Pipeline] = None,
        sharpness: float = 1.0,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._pipeline = pipeline
        self._sharpness = sharpness

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
        """Load the trained pipeline. Types beyond those that skops knows and ``_TRUSTED`` are refused."""
        with model_storage.read_from(resource) as folder:
            state = skops.io.load(folder / _FILE, trusted=_TRUSTED)
        return cls(config, model_storage, resource, state["pipeline"], float(state["sharpness"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have an intent and persist the result."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        texts = [_text(e) for e in examples]
        intents = [str(e.get(INTENT)) for e in examples]
        self._pipeline = build_pipeline(self._config)
        self._sharpness = fit_sharpness(self._pipeline, texts, intents)
        self._pipeline.fit(texts, intents)
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump({"pipeline": self._pipeline, "sharpness": self._sharpness}, folder / _FILE)
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
        chances = softmax(np.atleast_2d(self._pipeline.decision_function([text])), self._sharpness)[0]
        ranked: List[Tuple[str, float]] = sorted(
            zip(self._pipeline.classes_, chances, strict=True), key=lambda pair: -pair[1]
        )
        return [{"name": str(name), "confidence": float(chance)} for name, chance in ranked[:_RANKED]]


def build_pipeline(config: Dict[str, Any]) -> Pipeline:
    """Return the untrained scikit-learn pipeline for the given hyperparameters."""
    words = TfidfVectorizer(
        analyzer="word", ngram_range=tuple(config["word_ngrams"]), sublinear_tf=True, token_pattern=r"\b\w+\b"
    )
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=tuple(config["char_ngrams"]), sublinear_tf=True)
    weights = {"words": 1.0, "chars": config["char_weight"]}
    features = FeatureUnion([("words", words), ("chars", chars)], transformer_weights=weights)
    return Pipeline([("features", features), ("model", LinearSVC(C=config["C"]))])


def fit_sharpness(pipeline: Pipeline, texts: List[str], intents: List[str]) -> float:
    """Return the factor under which held-out distances give the most honest chances (lowest log loss)."""
    classes, codes, counts = np.unique(intents, return_inverse=True, return_counts=True)
    folds = min(_FOLDS, int(counts.min()))
    if folds < 2 or len(classes) < 3:
        return 1.0
    splits = StratifiedKFold(folds, shuffle=True, random_state=0)
    distances = cross_val_predict(pipeline, texts, codes, cv=splits, method="decision_function")
    truth = (np.arange(len(codes)), codes)
    losses = [-np.log(softmax(distances, factor)[truth] + 1e-12).mean() for factor in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmin(losses))])


def softmax(distances: Distances, sharpness: float) -> Distances:
    """Return chances that sum to one per row."""
    scaled = distances * sharpness
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    chances: Distances = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _text(message: Message) -> str:
    return masked(message.get(TEXT) or "", message.get(ENTITIES) or [])
