"""The variants of ``config.yml`` for those who have a trained German model: they load one and learn from it.

The models are made here (``tiny_models.py``); in them „moin“ means what „hallo“ means. Only a pipeline that really
uses the model can know that, since no training sentence says „moin“. The features of letters and words are left out,
because they say the contrary.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.evaluation.in_rasa import Ranking, run
from bot.settings import REPOSITORY
from tests.bot_nlu.tiny_models import KNOWN, SYNONYM, make_spacy

SPACY, TRANSFORMER = "config.spacy-md.yml", "config.transformer.yml"
VARIANTS = pytest.mark.parametrize("name", [SPACY, TRANSFORMER])
FEATURIZER = "bot.nlu.language_model.OwnVocabularyFeaturizer"
LETTERS_AND_WORDS = "CountVectorsFeaturizer"
EPOCHS = 40
ODD = ["???", "\u200f", "🎉"]
"""Must be survived."""
OVERLAY = REPOSITORY / ".tools" / "transformer"
"""Packages that only this test needs; ``make test`` puts them there."""
TRAINING = [
    *((text, "gruss") for text in ("hallo", "hallo guten abend", "guten abend", "hallo bitte", "hallo hallo")),
    *((text, "frist") for text in ("bis wann", "wann muss der antrag", "bis wann muss der", "antrag wann")),
    *((text, "kontakt") for text in ("telefon", "kontakt bitte", "telefon kontakt", "kontakt", "bitte telefon")),
]


def _config(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((REPOSITORY / name).read_text(encoding="utf-8")))


def _ours(config: dict[str, Any]) -> list[dict[str, Any]]:
    return [component for component in config["pipeline"] if component["name"].startswith("bot.")]


@VARIANTS
def test_entities_gates_and_dialogue_are_those_of_the_shipped_pipeline(name: str) -> None:
    shipped, variant = _config("config.yml"), _config(name)
    expected = [component for component in _ours(shipped) if not component["name"].endswith("LinearIntentClassifier")]
    assert len(expected) == 4
    assert [component for component in _ours(variant) if component["name"] != FEATURIZER] == expected
    assert {key: variant[key] for key in shipped if key != "pipeline"} == {
        key: shipped[key] for key in shipped if key != "pipeline"
    }


@VARIANTS
def test_the_gates_stand_between_classifier_and_fallback(name: str) -> None:
    names = [component["name"].rpartition(".")[2] for component in _config(name)["pipeline"]]
    assert names[-5:] == ["DIETClassifier", "ScopeGate", "PlausibilityGate", "LanguageGate", "FallbackClassifier"]
    assert "CatalogueEntityExtractor" in names[:-5]
    assert names.count(LETTERS_AND_WORDS) == 2


def _pipeline(name: str, component: str, **changes: Any) -> list[dict[str, Any]]:
    """The pipeline of a variant with another model, fewer epochs and no features but those of the model."""
    changed = {component: changes, "DIETClassifier": {"epochs": EPOCHS}}
    pipeline = _config(name)["pipeline"]
    assert {component, "DIETClassifier"} <= {each["name"] for each in pipeline}
    return [{**each, **changed.get(each["name"], {})} for each in pipeline if each["name"] != LETTERS_AND_WORDS]


@pytest.fixture(scope="module")
def rankings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Ranking]]:
    """How each variant that can be run understands the test sentences; all are trained in one process."""
    folder, packages = tmp_path_factory.mktemp("models"), _transformer_packages()
    make_spacy(folder / "spacy")
    pipelines = {SPACY: _pipeline(SPACY, "SpacyNLP", model=str(folder / "spacy"))}
    if packages is not None:
        _run_with(packages, "tests.bot_nlu.tiny_models", str(folder / "bert"))
        pipelines[TRANSFORMER] = _pipeline(TRANSFORMER, FEATURIZER, model_weights=str(folder / "bert"))
    outcomes = run(pipelines, TRAINING, {"test": [KNOWN, SYNONYM, *ODD]}, python_path=packages or ())
    return {name: outcome.rankings["test"] for name, outcome in outcomes.items()}


@pytest.mark.model
@VARIANTS
def test_a_model_is_loaded_and_learnt_from(name: str, rankings: dict[str, list[Ranking]]) -> None:
    if name not in rankings:
        pytest.fail("the packages of the extra „transformer“ are missing: run scripts/setup.sh --system")
    known, synonym, *odd = rankings[name]
    assert known[0][0] == "gruss"
    assert synonym == pytest.approx(known)
    assert len(odd) == len(ODD)


def _transformer_packages() -> tuple[Path, ...] | None:
    """Folders with the packages, none if they are in the environment, ``None`` if they are nowhere."""
    if find_spec("transformers") is not None:
        return ()
    return (OVERLAY,) if OVERLAY.is_dir() else None


def _run_with(packages: tuple[Path, ...], module: str, *arguments: str) -> None:
    path = os.pathsep.join(str(folder) for folder in (REPOSITORY, *packages))
    subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": path},
        check=True,
        capture_output=True,
    )
