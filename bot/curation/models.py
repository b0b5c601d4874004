"""Models: which there are, which one answers, which one may; activate one, and go back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.curation.model_reports import ModelReport, read_report
from bot.errors import NavigatorError
from bot.records.accounts import Account
from bot.records.model_choices import ModelChoices
from bot.settings import Settings
from bot.training import fingerprint

SYSTEM = "System"
_ENDING = ".tar.gz"


@dataclass(frozen=True)
class Model:
    """One trained model."""

    name: str
    """Name of its file: moment and fingerprint of its data."""
    report: ModelReport | None
    """``None`` if it was trained at the start of the service and not measured."""
    is_in_use: bool
    is_of_today: bool
    """Whether it was trained with the sentences as they are now."""

    @property
    def version(self) -> str:
        """The fingerprint of its data."""
        return self.name.removesuffix(_ENDING).rpartition("-")[2]


class Models:
    """Lists and activates models. Synchronous: call it in a thread."""

    def __init__(self, settings: Settings, choices: ModelChoices) -> None:
        self._settings = settings
        self._choices = choices

    def all(self) -> list[Model]:
        """Return all models, the newest first."""
        in_use, today = model_in_use(self._settings, self._choices), fingerprint(self._settings)
        files = sorted(self._settings.model_dir.glob(f"*{_ENDING}"), reverse=True)
        return [Model(file.name, read_report(file), file == in_use, today in file.name) for file in files]

    def newest_report(self) -> ModelReport | None:
        """Return what was measured last; ``None`` if nothing was."""
        files = sorted(self._settings.model_dir.glob(f"*{_ENDING}"), reverse=True)
        return next((report for file in files if (report := read_report(file))), None)

    def get(self, name: str) -> Model:
        """Return one model.

        Raises:
            LookupError: If there is none of this name.
        """
        found = next((model for model in self.all() if model.name == name), None)
        if found is None:
            raise LookupError(name)
        return found

    def activate(self, name: str, who: Account) -> None:
        """Let a model answer that was measured and passed.

        Raises:
            LookupError: If there is none of this name.
            NavigatorError: If it must not answer.
        """
        model = self.get(name)
        if model.is_in_use:
            raise NavigatorError("Dieses Modell antwortet schon.")
        if name not in {choice.model for choice in self._choices.history()}:
            self._refuse_unfit(model)
        in_use = model_in_use(self._settings, self._choices)
        self._choices.choose(name, who.name, who.title, in_use.name if in_use else None)

    def hold(self) -> None:
        """Let the model in use go on until another is activated, however many newer ones are trained."""
        in_use = model_in_use(self._settings, self._choices)
        if self._choices.active() is None and in_use is not None:
            self._choices.choose(in_use.name, SYSTEM, SYSTEM, None)

    def earlier(self) -> Model | None:
        """Return the model that answered before the present one, if it is still there."""
        names = {model.name: model for model in self.all() if not model.is_in_use}
        return next((names[name] for name in self._choices.in_use()[1:] if name in names), None)

    @staticmethod
    def _refuse_unfit(model: Model) -> None:
        if model.report is None:
            raise NavigatorError("Dieses Modell wurde nicht geprüft – trainieren Sie ein neues.")
        if model.report.problems:
            raise NavigatorError(f"Dieses Modell ist gesperrt: {' '.join(model.report.problems)}")


def model_in_use(settings: Settings, choices: ModelChoices) -> Path | None:
    """Return the model that answers: the one that was chosen, else the newest for the data of today, else the newest.

    The last case is a service that has not started since its data changed.
    """
    chosen = choices.active()
    if chosen and (settings.model_dir / chosen).is_file():
        return settings.model_dir / chosen
    files = settings.model_dir.glob
    return max(files(f"*-{fingerprint(settings)}{_ENDING}"), default=None) or max(files(f"*{_ENDING}"), default=None)
