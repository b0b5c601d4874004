"""The two projects that are compared: an ordinary Rasa project with the default pipeline, and ours.

Both hold the same sentences, rules and texts. As stock Rasa learns for hours on all sentences, both learn from some
of each intent. The stock project marks names in its sentences the way the documentation of Rasa says, so that it
recognises places and topics too; ours looks them up in the catalogue.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.curation.nlu_data import load_nlu_data
from bot.evaluation.in_rasa import Pair
from bot.evaluation.stock import fewer, pairs, stock_pipeline
from bot.runtime.fixed_texts import load_responses
from knowledge_base.loader import load_catalogue
from knowledge_base.recognise.mention import Mention, overlap
from knowledge_base.recognise.recogniser import Recogniser

MARKED = ("place", "programme", "topic", "audience")
"""Entities whose values are ids; Rasa learns them from marked sentences."""


@dataclass(frozen=True)
class Projects:
    """Where they lie."""

    stock: Path
    ours: Path
    sentences: int
    """Training sentences of each."""


def write_projects(repository: Path, folder: Path, per_intent: int) -> Projects:
    """Write both projects.

    Args:
        repository: Our project.
        folder: Where the two are written.
        per_intent: At most so many sentences of each intent; 0 for all.
    """
    training = fewer(pairs(load_nlu_data(repository).training), per_intent or None)
    found = Projects(folder / "stock", folder / "ours", len(training))
    write_ours(repository, found.ours, training)
    recogniser = Recogniser(load_catalogue(repository / "knowledge_base" / "catalogue"))
    in_notation = [(marked(text, recogniser.find(text)), intent) for text, intent in training]
    write_stock(repository, found.stock, in_notation)
    return found


def write_ours(repository: Path, folder: Path, training: Sequence[Pair]) -> None:
    """Write our project with some of its sentences."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(repository / "nlu_data", folder / "nlu_data", ignore=shutil.ignore_patterns("intents"))
    for name in ("config.yml", "domain.yml", "instance.yml"):
        shutil.copy(repository / name, folder / name)
    (folder / "knowledge_base").mkdir()
    (folder / "knowledge_base" / "catalogue").symlink_to(repository / "knowledge_base" / "catalogue")
    _dump(folder / "nlu_data" / "intents" / "some.yml", _nlu(training))


def write_stock(repository: Path, folder: Path, training: Sequence[Pair]) -> None:
    """Write a project that knows nothing of us: neither importer nor components. A trained model stays."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    domain = yaml.safe_load((repository / "domain.yml").read_text(encoding="utf-8"))
    _dump(folder / "domain.yml", {**domain, "responses": load_responses(repository / "nlu_data" / "responses")})
    _dump(folder / "config.yml", {
        "recipe": "default.v1", "assistant_id": "stock", "language": "de", "pipeline": stock_pipeline(),
        "policies": [{"name": "RulePolicy", "core_fallback_action_name": "action_clarify"}]})
    shutil.copytree(repository / "nlu_data" / "dialogue", folder / "data")
    _dump(folder / "data" / "nlu.yml", _nlu(training))


def write_connections(folder: Path, database: Path, actions_port: int) -> None:
    """Say where stock Rasa finds its action server and its database, which is SQLite as ours is."""
    _dump(folder / "credentials.yml", {"rest": None})
    _dump(folder / "endpoints.yml", {
        "action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(database)}})


def _nlu(training: Sequence[Pair]) -> dict[str, Any]:
    examples: dict[str, list[str]] = {}
    for text, intent in training:
        examples.setdefault(intent, []).append(text)
    entries = [{"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
               for intent, texts in examples.items()]
    return {"version": "3.1", "nlu": entries}


def marked(text: str, mentions: Sequence[Mention]) -> str:
    """Mark the names of a sentence in Rasa's notation."""
    if set(text) & set("[]{}"):
        return text
    taken: list[Mention] = []
    for mention in mentions:
        if mention.entity in MARKED and mention.confidence == 1 and not any(overlap(mention, one) for one in taken):
            taken.append(mention)
    for mention in sorted(taken, key=lambda each: each.start, reverse=True):
        mark = f'{{"entity": "{mention.entity}", "value": "{mention.value}"}}'
        text = f"{text[:mention.start]}[{text[mention.start:mention.end]}]{mark}{text[mention.end:]}"
    return text


def _dump(file: Path, content: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
