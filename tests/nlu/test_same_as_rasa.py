"""The evaluation runs the shipped pipeline without Rasa. Here both read the same sentences and agree."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.judged import Judged
from bot.settings import REPOSITORY, Settings, load_settings
from knowledge_base import access
from tests.nlu.shipped import shipped

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore:Slot auto-fill has been removed"),  # a remark of Rasa on its own change
]

SENTENCES = 120


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An own database; the trained model is kept for the next run."""
    models = os.environ.get("NAVIGATOR_MODEL_DIR", str(REPOSITORY / "var" / "models"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path_factory.mktemp("var")))
        patch.setenv("NAVIGATOR_MODEL_DIR", models)
        patch.delenv("DATABASE_URL", raising=False)
        access.store.cache_clear()
        yield load_settings()
        if access.store.cache_info().currsize:
            access.store().engine.dispose()
    access.store.cache_clear()


@pytest.fixture(scope="module")
def model(settings: Settings) -> Path:
    from bot.runtime.prepare import prepare

    prepared = prepare(settings, lambda line: None)
    prepared.engine.dispose()
    return prepared.model


def _sample() -> list[Judged]:
    """Every so many-th sentence, and all that a gate or the fallback decided."""
    judged = shipped()[1]
    decided = [each for each in judged if each.asked_back or each.reading.confidence == 1][:40]
    return [*judged[:: len(judged) // SENTENCES], *decided]


async def _parsed(model: Path, texts: list[str]) -> list[dict[str, Any]]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    return [await agent.parse_message(text) for text in texts]


def test_both_pipelines_understand_the_same(model: Path) -> None:
    sample = _sample()
    assert len(sample) > 100 and any(each.asked_back for each in sample)
    parsed = asyncio.run(_parsed(model, [each.text for each in sample]))
    for ours, rasa in zip(sample, parsed, strict=True):
        assert rasa["intent"]["name"] == ours.reading.intent, ours.text
        ranking = [entry for entry in rasa["intent_ranking"] if entry["name"] != "nlu_fallback"]
        assert [entry["name"] for entry in ranking[:2]] == [entry["name"] for entry in ours.reading.ranking[:2]], (
            ours.text
        )
        for entry, own in zip(ranking, ours.reading.ranking, strict=True):
            assert entry["confidence"] == pytest.approx(own["confidence"], abs=1e-3), ours.text
