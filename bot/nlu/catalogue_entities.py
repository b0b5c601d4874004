"""Rasa component: entities with ids from the current catalogue. Nothing of the catalogue is stored in the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Dict, List, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge_base.access import recogniser
from knowledge_base.recognise.mention import Mention


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
)
class CatalogueEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds places, programmes, contacts, vocabulary and numbers as entities whose values are catalogue ids.

    Registered as a featurizer, too: only of those does Rasa call ``process_training_data``, without which the
    classifier would learn names instead of their masks.

    It asks for the recogniser of the current catalogue build at every message, so that a new programme is understood
    without training.
    """

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueEntityExtractor:
        """Create the component; see parent class."""
        return cls()

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """No other component is needed."""
        return []

    def process(self, messages: List[Message]) -> List[Message]:
        """Add entities to the messages in place."""
        self._add(recogniser().find, messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add to the training examples what the classifier masks; nobody learns the other entities."""
        self._add(recogniser().find_masked, training_data.training_examples)
        return training_data

    def _add(self, find: Callable[[str], Sequence[Mention]], messages: Iterable[Message]) -> None:
        for message in messages:
            found = [
                {
                    "entity": m.entity,
                    "value": m.value,
                    "start": m.start,
                    "end": m.end,
                    "confidence_entity": m.confidence,
                }
                for m in find(message.get(TEXT) or "")
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
