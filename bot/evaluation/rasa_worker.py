"""The process behind ``bot.evaluation.in_rasa``: reads ``job.json`` of a folder and writes ``result.json`` there."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from rasa.core.agent import Agent

WARM_UP = 10
"""So many sentences are parsed before the clock runs."""
FALLBACK = "nlu_fallback"
_SLASH, _NO_SLASH = "/", "__"
"""Rasa reads „a/b“ as a retrieval intent; here it is only a name."""


def main() -> None:
    """Do the job of the folder named on the command line."""
    folder = Path(sys.argv[1])
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    _prepare()
    training = folder / "nlu.yml"
    training.write_text(yaml.safe_dump(_training_data(job["training"]), allow_unicode=True), encoding="utf-8")
    models: dict[str, str] = {}
    result: dict[str, Any] = {}
    for number, (name, pipeline) in enumerate(job["pipelines"].items()):
        start = time.perf_counter()
        models[name] = _train(folder / str(number), pipeline, training)
        result[name] = {"training_seconds": time.perf_counter() - start, "rankings": {}, "milliseconds": {}}
    agents = {name: _load(model) for name, model in models.items()}
    asyncio.run(_parse(agents, job["tests"], result))
    (folder / "result.json").write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def _prepare() -> None:
    """Quiet Rasa and build the catalogue our components read."""
    from bot.runtime.prepare import prepare_database
    from bot.runtime.quiet import quiet_rasa
    from bot.settings import load_settings

    quiet_rasa()
    prepare_database(load_settings(), lambda _: None).dispose()
    import rasa.model_training  # noqa: F401  its import is no part of the training


def _training_data(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """The sentences in the format of Rasa."""
    examples: dict[str, list[str]] = {}
    for text, intent in pairs:
        examples.setdefault(intent.replace(_SLASH, _NO_SLASH), []).append(text)
    entries = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in examples.items()
    ]
    return {"version": "3.1", "nlu": entries}


def _train(folder: Path, pipeline: list[dict[str, Any]], training: Path) -> str:
    from rasa.model_training import train_nlu

    folder.mkdir()
    config = {"recipe": "default.v1", "language": "de", "assistant_id": "measured", "pipeline": pipeline}
    (folder / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    model = train_nlu(str(folder / "config.yml"), str(training), str(folder))
    if model is None:
        raise RuntimeError("no model")
    return model


def _load(model: str) -> Agent:
    from rasa.core.agent import Agent

    return Agent.load(model)


async def _parse(agents: dict[str, Agent], tests: dict[str, list[str]], result: dict[str, Any]) -> None:
    """Let the pipelines parse each sentence one after the other."""
    for text in next(iter(tests.values()), [])[:WARM_UP]:
        for agent in agents.values():
            await agent.parse_message(text)
    for test, texts in tests.items():
        for name in agents:
            result[name]["rankings"][test], result[name]["milliseconds"][test] = [], []
        for text in texts:
            for name, agent in agents.items():
                start = time.perf_counter()
                parsed = await agent.parse_message(text)
                result[name]["milliseconds"][test].append((time.perf_counter() - start) * 1e3)
                result[name]["rankings"][test].append(_ranking(parsed))


def _ranking(parsed: dict[str, Any]) -> list[tuple[str, float]]:
    entries = parsed.get("intent_ranking") or []
    return [
        (str(entry["name"]).replace(_NO_SLASH, _SLASH), float(entry["confidence"]))
        for entry in entries
        if entry["name"] not in (None, FALLBACK)
    ]


if __name__ == "__main__":
    main()
