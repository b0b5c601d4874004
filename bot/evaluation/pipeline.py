"""The shipped pipeline without Rasa: recognise, mask, classify, both gates, fallback, as ``config.yml`` says.

It is the same code where the code is ours. Only ``FallbackClassifier`` is Rasa's, and is done again here; a test of
``tests/nlu`` compares both pipelines sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.curation.nlu_data import Sentence
from bot.errors import NavigatorError
from bot.nlu.gates import Entry, by_language, by_names, by_scope, put_first
from bot.nlu.linear_model import LinearModel, Shape
from bot.nlu.masking import masked
from knowledge_base.recognise.mention import Mention

Find = Callable[[str], Sequence[Mention]]

FALLBACK = "nlu_fallback"
RANKED = 10
"""So many intents the classifier passes on (``bot/nlu/intent_classifier.py``)."""
REFUSING = frozenset({"ausser_themen", "nachbarthema", "fremdsprache", FALLBACK})
"""Intents whose answer is no answer of ours: refused, sent elsewhere, or asked back."""

_COMPONENTS = (
    "bot.nlu.catalogue_entities.CatalogueEntityExtractor",
    "bot.nlu.intent_classifier.LinearIntentClassifier",
    "bot.nlu.scope_gate.ScopeGate",
    "bot.nlu.plausibility.PlausibilityGate",
    "bot.nlu.language_gate.LanguageGate",
    "FallbackClassifier",
)


@dataclass(frozen=True)
class Config:
    """What of ``config.yml`` decides how a message is understood."""

    shape: Shape = field(default_factory=Shape)
    off_topic: frozenset[str] = frozenset()
    """Intents outside our field."""
    off_topic_share: float = 1.0
    """Share of the chances from which they win together."""
    ruled_out: frozenset[str] = frozenset()
    threshold: float = 0.0
    """Below this confidence the bot asks back."""
    ambiguity: float = 0.0
    """It also asks back if the two likeliest intents are closer than this."""

    @classmethod
    def read(cls, file: Path) -> Config:
        """Read ``config.yml``.

        Raises:
            NavigatorError: If the pipeline is another one than this module runs, so that nothing else is measured
                than what is shipped.
        """
        pipeline = yaml.safe_load(file.read_text(encoding="utf-8"))["pipeline"]
        if tuple(component["name"] for component in pipeline) != _COMPONENTS:
            raise NavigatorError(
                f"{file}: Die Auswertung kennt nur diese Pipeline: {', '.join(_COMPONENTS)} – "
                "bitte passen Sie bot/evaluation/pipeline.py an die neue an."
            )
        _, classifier, scope, plausibility, _, fallback = pipeline
        given: dict[str, Any] = {
            key: tuple(v) if isinstance(v, list) else v for key, v in classifier.items() if key != "name"
        }
        return cls(
            shape=Shape(**given),
            off_topic=frozenset(scope["off_topic"]),
            off_topic_share=scope["share"],
            ruled_out=frozenset(plausibility["ruled_out_by_programme"]),
            threshold=fallback["threshold"],
            ambiguity=fallback["ambiguity_threshold"],
        )


@dataclass(frozen=True)
class Reading:
    """How a message was understood."""

    intent: str
    """What the bot goes by; ``nlu_fallback`` if it asks back."""
    ranking: list[Entry]
    """Intents after the gates, the likeliest first; without ``nlu_fallback``."""

    @property
    def best(self) -> str:
        """The likeliest intent, even if the bot asks back."""
        return str(self.ranking[0]["name"])

    @property
    def confidence(self) -> float:
        """Confidence of the likeliest intent."""
        return float(self.ranking[0]["confidence"])


class Pipeline:
    """Understands messages as the bot does."""

    def __init__(self, model: LinearModel, find: Find, config: Config) -> None:
        self._model, self._find, self._config = model, find, config

    @classmethod
    def train(cls, sentences: Mapping[str, Iterable[str]], find: Find, config: Config) -> Pipeline:
        """Train on the sentences of each intent; one that occurs twice under an intent counts once, as for Rasa."""
        pairs = [(text, intent) for intent, texts in sentences.items() for text in dict.fromkeys(texts)]
        texts = [mask(text, find) for text, _ in pairs]
        return cls(LinearModel.fit(texts, [intent for _, intent in pairs], config.shape), find, config)

    def read(self, text: str) -> Reading:
        """Understand one message."""
        entities = found(text, self._find)
        ranking = self._classify(masked(text, entities))
        outside = by_scope(ranking, self._config.off_topic, self._config.off_topic_share)
        ranking = put_first(ranking, outside) if outside else ranking
        named = by_names(text, entities, ranking, self._config.ruled_out)
        ranking = put_first(ranking, named) if named else ranking
        foreign = by_language(text)
        ranking = put_first(ranking, foreign) if foreign else ranking
        return Reading(FALLBACK if self._asks_back(ranking) else ranking[0]["name"], ranking)

    def _classify(self, words: str) -> list[Entry]:
        if not words.strip():
            return [{"name": None, "confidence": 0.0}]
        return [{"name": name, "confidence": chance} for name, chance in self._model.chances(words)[:RANKED]]

    def _asks_back(self, ranking: Sequence[Entry]) -> bool:
        """Decide as Rasa's ``FallbackClassifier`` does."""
        chances = [entry["confidence"] for entry in ranking]
        close = len(chances) > 1 and chances[0] - chances[1] < self._config.ambiguity
        return chances[0] < self._config.threshold or close


def found(text: str, find: Find) -> list[dict[str, Any]]:
    """Return what a message names, as the pipeline passes it on."""
    return [
        {"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "confidence_entity": m.confidence}
        for m in find(text)
    ]


def mask(text: str, find: Find) -> str:
    """Mask a sentence as the pipeline does."""
    return masked(text, found(text, find))


def texts_of(sentences: Mapping[str, Sequence[Sentence]]) -> dict[str, list[str]]:
    """Return the texts of each intent."""
    return {intent: [sentence.text for sentence in each] for intent, each in sentences.items()}
