"""Train when the training data changed, and only then.

Whether it changed is known by a fingerprint that needs no Rasa (its import alone takes 15 seconds). The fixed texts
below ``nlu_data/responses`` are no part of it: the runtime reads them anew at every start.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.errors import NavigatorError
from bot.runtime.signing import is_signed, sign, signature_of
from bot.settings import REPOSITORY, Settings

TRAINED_PACKAGES = ("rasa", "scikit-learn", "spacy")
TRAINED_FOLDERS = ("nlu_data/intents", "nlu_data/entities", "nlu_data/dialogue")
FINGERPRINT_CHARACTERS = 12
KEEP_MODELS = 5
"""So many models stay in the directory, the newest ones."""

TRAINING_LOG = "training.log"
"""What Rasa prints while it trains goes to this file in the directory of run-time data."""

Say = Callable[[str], None]


def fingerprint(settings: Settings) -> str:
    """Return the fingerprint of everything a model is made from."""
    digest = hashlib.sha256()
    for file in _inputs(settings):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for package in TRAINED_PACKAGES:
        digest.update(f"{package}={_version(package)}\n".encode())
    return digest.hexdigest()[:FINGERPRINT_CHARACTERS]


def find_model(settings: Settings) -> Path | None:
    """Return the newest model of ours for the training data as they are now, if there is one."""
    found = sorted(settings.model_dir.glob(f"*-{fingerprint(settings)}.tar.gz"), reverse=True)
    return next((model for model in found if is_signed(model, settings)), None)


def train_if_needed(
    settings: Settings, say: Say = print, force: bool = False, keep: Collection[str] = ()
) -> Path:
    """Return a model for the training data as they are now; train it if there is none.

    Args:
        settings: Where the content lies and where models go.
        say: Takes German lines of progress.
        force: Train in any case.
        keep: Files of models that are not deleted, however old they are.

    Raises:
        NavigatorError: If the training fails.
    """
    found = find_model(settings)
    if found and not force:
        say(f"Das Modell ist aktuell: {found.name}")
        return found
    say("Das Modell wird trainiert. Das dauert etwa eine Minute …")
    start = time.monotonic()
    model = _train(settings)
    sign(model, settings)
    say(f"Das Modell ist fertig nach {time.monotonic() - start:.0f} Sekunden: {model.name}")
    _forget_old_models(settings.model_dir, keep)
    return model


def report_of(model: Path) -> Path:
    """Return the file beside a model that says what was measured of it."""
    return model.with_name(f"{model.name}.json")


def _train(settings: Settings) -> Path:
    """Train with Rasa; its cache lies beside the models, so that unchanged parts are reused."""
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(settings.var_dir / "rasa-cache"))
    from bot.runtime.quiet import quiet_rasa

    quiet_rasa()
    from rasa.model_training import train  # takes 15 seconds, and is only needed here

    record = settings.var_dir / TRAINING_LOG
    record.parent.mkdir(parents=True, exist_ok=True)
    name = f"{dt.datetime.now(dt.timezone.utc):%Y%m%d-%H%M%S}-{fingerprint(settings)}"
    content = settings.content_dir
    settings.model_dir.mkdir(parents=True, exist_ok=True)
    try:
        with _recorded(record):
            result = train(
                domain=str(content / "domain.yml"), config=str(content / "config.yml"),
                training_files=[str(content / "nlu_data")], output=str(settings.model_dir), fixed_model_name=name)
    except (Exception, SystemExit) as error:  # Rasa ends the process on some mistakes in the data
        raise NavigatorError(f"Das Training ist gescheitert: {error} – prüfen Sie die zuletzt geänderten Dateien in "
                             f"nlu_data/. Was Rasa dazu sagt, steht in {record}.") from error
    if result.code != 0 or result.model is None:
        raise NavigatorError("Das Training ist gescheitert: Es fehlen Trainingsdaten – prüfen Sie nlu_data/. Was "
                             f"Rasa dazu sagt, steht in {record}.")
    return Path(result.model)


@contextmanager
def _recorded(record: Path) -> Iterator[None]:
    """Write what Rasa prints and warns of to a file, so that the progress on the screen stays readable."""
    with (record.open("w", encoding="utf-8") as file, redirect_stdout(file), redirect_stderr(file),
          warnings.catch_warnings()):
        warnings.simplefilter("default", UserWarning)
        warnings.showwarning = lambda message, category, *_: print(f"{category.__name__}: {message}", file=file)
        yield


def _inputs(settings: Settings) -> Iterable[Path]:
    """Yield the files a model is made from, in a fixed order."""
    content = settings.content_dir
    yield from (file for file in (content / "config.yml", content / "domain.yml") if file.exists())
    for folder in TRAINED_FOLDERS:
        yield from sorted((content / folder).rglob("*.yml"))
    yield from sorted((REPOSITORY / "bot" / "nlu").rglob("*.py"))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _forget_old_models(directory: Path, keep: Collection[str]) -> None:
    """Delete all but the newest models and those to keep, each with what was measured of it."""
    for old in sorted(directory.glob("*.tar.gz"))[:-KEEP_MODELS]:
        if old.name not in keep:
            old.unlink()
            for beside in (report_of(old), signature_of(old)):
                beside.unlink(missing_ok=True)
