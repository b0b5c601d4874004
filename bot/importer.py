"""What Rasa trains on: only the sub-folders we know, with the fixed texts read as part of the domain.

Rasa itself would load every YAML below the training path that merely looks like training data, would count texts as
training data (so that a corrected text trains the classifier anew), and would look for ``data/``. This importer is
named in ``config.yml``.

Rasa wraps it in three importers of its own, asks it twice for the same sentences and copies them at each of ten
steps: a third of the training. Hence the sentences are read once and are cheap to copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.runtime.fixed_texts import load_responses

TRAINING_FOLDERS = ("intents", "entities", "dialogue")
"""Folders of ``nlu_data/`` that hold training data."""
RESPONSES_FOLDER = "responses"


class Sentence(Message):
    """A message that is cheap to copy and to compare.

    Its values are copied by reference: no component changes them in place, they are replaced as a whole. Setting the
    value that is there already keeps the fingerprint: Rasa sets the intent anew at each step.
    """

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property; see parent class."""
        if add_to_output or prop not in self.data or self.data[prop] is not info:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, memo: dict[int, Any]) -> Sentence:
        twin = copy(self)
        twin.data, twin.features = dict(self.data), list(self.features)
        twin.output_properties = set(self.output_properties)
        return twin


class NavigatorImporter(RasaFileImporter):
    """Reads ``nlu_data/``."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: Sequence[str] | str | None = None,
    ) -> None:
        """Choose the files.

        Args:
            config_file: Path of ``config.yml``.
            domain_path: Path of ``domain.yml``.
            training_data_paths: Folders or files. Of a folder laid out like ``nlu_data/`` only the known sub-folders
                are read; if none of the paths exists, ``nlu_data/`` beside the configuration is meant.
        """
        given = [training_data_paths] if isinstance(training_data_paths, str) else list(training_data_paths or [])
        paths = [Path(path) for path in given if path and Path(path).exists()] or [_default_path(config_file)]
        self._responses = _responses_of(paths)
        super().__init__(config_file, domain_path, [str(file) for path in paths for file in training_files(path)])

    def get_domain(self) -> Domain:
        """Return the domain with the fixed texts."""
        return self._domain

    def get_nlu_data(self, language: str | None = "de") -> TrainingData:
        """Return the sentences; they are German, whatever language is asked for."""
        return self._sentences

    @cached_property
    def _domain(self) -> Domain:
        return super().get_domain().merge(Domain.from_dict({"responses": self._responses}))

    @cached_property
    def _sentences(self) -> TrainingData:
        read = [load_data(file, "de") for file in self._nlu_files]
        for data in read:
            data.training_examples = [Sentence(example.data) for example in data.training_examples]
        return TrainingData().merge(*read)


def training_files(path: Path) -> list[Path]:
    """Return the training files below a path, in a fixed order."""
    if path.is_file():
        return [path]
    folders = [path / name for name in TRAINING_FOLDERS if (path / name).is_dir()]
    return sorted(file for folder in folders or [path] for file in folder.rglob("*.yml"))


def _default_path(config_file: str | None) -> Path:
    return Path(config_file or "config.yml").resolve().parent / "nlu_data"


def _responses_of(paths: list[Path]) -> dict[str, list[dict[str, Any]]]:
    return {name: texts for path in paths for name, texts in load_responses(path / RESPONSES_FOLDER).items()}
