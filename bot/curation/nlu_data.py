"""The training data as staff see them: registry, sentences, held-out twins, rules and texts, each with its lines."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.problems import Problem
from knowledge_base.text import fold

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENTITIES = "entities"
"""Folder of held-out sentences that test what is named, not what is wanted."""


NEVER_TRAINED = Path("tests/nlu/never_trained.sha256")
"""Fingerprints of the sentences by which the bot is judged from outside; the sentences themselves stay there."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a file."""

    text: str
    path: str
    line: int
    entities: dict[str, Any] | None = None
    """What a person reads in a held-out sentence; ``None`` where nobody has annotated it."""

    @property
    def key(self) -> str:
        """The folded words, by which sentences are compared."""
        return _key(self.text)

    @property
    def fingerprint(self) -> str:
        """A short hash of the key: names a sentence without showing it."""
        return _fingerprint(self.key)


@dataclass(frozen=True)
class NluData:
    """Everything below ``nlu_data/`` and ``tests/nlu/``."""

    registry: dict[str, dict[str, Any]]
    training: dict[str, list[Sentence]]
    """Intent → sentences."""
    held_out: dict[str, list[Sentence]]
    entities: dict[str, list[Sentence]]
    """Kind of entity → held-out sentences written for it (``tests/nlu/entities/``)."""
    rules: dict[str, str]
    """Intent → action or response of its rule."""
    responses: dict[str, list[dict[str, Any]]]
    response_paths: dict[str, str]
    domain: dict[str, Any]
    measuring_only: frozenset[str]
    """Fingerprints of sentences that only measure and must never be trained (``NEVER_TRAINED``)."""
    problems: list[Problem]
    """What was wrong with the files themselves."""


def load_nlu_data(root: Path) -> NluData:
    """Read all files; unreadable ones become problems, so that everything is reported at once."""
    problems: list[Problem] = []
    registry = _yaml(root, root / "nlu_data" / "registry.yml", problems).get("intents") or {}
    training = _training(root, registry, problems)
    held_out = _held_out(root, registry, problems)
    entities = {
        path.stem: _sentences(root, path, problems)
        for path in sorted((root / "tests" / "nlu" / _ENTITIES).glob("*.yml"))
        if path.stem != "floors"
    }
    rules = {}
    for path in sorted((root / "nlu_data" / "dialogue").glob("*.yml")):
        for rule in _yaml(root, path, problems).get("rules") or []:
            steps = {key: value for step in rule.get("steps", []) for key, value in step.items()}
            rules[str(steps.get("intent"))] = str(steps.get("action"))
    responses, paths = {}, {}
    for path in sorted((root / "nlu_data" / "responses").rglob("*.yml")):
        for name, variants in (_yaml(root, path, problems).get("responses") or {}).items():
            responses[name], paths[name] = variants, str(path.relative_to(root))
    domain = _yaml(root, root / "domain.yml", problems)
    return NluData(
        registry=registry,
        training=training,
        held_out=held_out,
        entities=entities,
        rules=rules,
        responses=responses,
        response_paths=paths,
        domain=domain,
        measuring_only=read_fingerprints(root / NEVER_TRAINED),
        problems=problems,
    )


@lru_cache(maxsize=100_000)
def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


@lru_cache(maxsize=100_000)
def _fingerprint(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def read_fingerprints(path: Path) -> frozenset[str]:
    """Read one fingerprint per line; ``#`` begins a comment, a missing file holds none."""
    if not path.exists():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _training(root: Path, registry: dict[str, Any], problems: list[Problem]) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for path in sorted((root / "nlu_data" / "intents").rglob("*.yml")):
        shown = str(path.relative_to(root))
        if not _in_place(path, registry):
            problems.append(
                Problem(
                    shown,
                    None,
                    "Datei passt zu keinem Eintrag im Verzeichnis – Name und Ordner müssen "
                    "Intent und Thema in nlu_data/registry.yml entsprechen.",
                )
            )
        intents = [entry.get("intent") for entry in _yaml(root, path, problems).get("nlu") or []]
        if intents != [path.stem]:
            problems.append(
                Problem(
                    shown,
                    None,
                    f"Die Datei muss genau den Intent „{path.stem}“ enthalten – bitte aufteilen oder umbenennen.",
                )
            )
        found[path.stem] = [
            Sentence(line.strip()[2:].strip(), shown, number)
            for number, line in enumerate(_lines(path), 1)
            if line.startswith("      - ")
        ]
    return found


def _held_out(root: Path, registry: dict[str, Any], problems: list[Problem]) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for path in sorted((root / "tests" / "nlu").rglob("*.yml")):
        if path.parent == root / "tests" / "nlu" or path.parent.name == _ENTITIES:
            continue  # no twin: background sentences, floors, sentences for entities
        shown = str(path.relative_to(root))
        if not _in_place(path, registry):
            problems.append(
                Problem(
                    shown,
                    None,
                    "Testdatei passt zu keinem Eintrag im Verzeichnis – Name und Ordner "
                    "müssen Intent und Thema in nlu_data/registry.yml entsprechen.",
                )
            )
        found[path.stem] = _sentences(root, path, problems)
    return found


def _sentences(root: Path, path: Path, problems: list[Problem]) -> list[Sentence]:
    """The held-out sentences of a file: a plain text, or a text with what it names."""
    items = _yaml(root, path, problems).get("sentences") or []
    lines = _lines(path)
    shown = str(path.relative_to(root))
    found = []
    for item in items:
        text, entities = (item["text"], item.get("entities")) if isinstance(item, dict) else (str(item), None)
        found.append(Sentence(text, shown, _line_of(text, lines), entities))
    return found


def _in_place(path: Path, registry: dict[str, Any]) -> bool:
    entry = registry.get(path.stem)
    return entry is not None and entry.get("topic") == path.parent.name


def _line_of(text: str, lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if text[:30] in line), 1)


def _yaml(root: Path, path: Path, problems: list[Problem]) -> dict[str, Any]:
    shown = str(path.relative_to(root))
    if not path.exists():
        problems.append(Problem(shown, None, "Datei fehlt – bitte anlegen."))
        return {}
    try:
        data = _parsed(*_state(path)) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(
            Problem(
                shown,
                mark.line + 1 if mark else None,
                "Kein gültiges YAML – bitte Einrückung und Anführungszeichen in dieser Zeile prüfen.",
            )
        )
        return {}
    return data if isinstance(data, dict) else {}


def _lines(path: Path) -> Sequence[str]:
    return _read(*_state(path)).splitlines()


def _state(path: Path) -> tuple[str, int, int]:
    """What tells one state of a file from another, also where it is reached through a reference."""
    stat = path.stat()
    return os.path.realpath(path), stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=3_000)
def _read(path: str, changed: int, size: int) -> str:
    return Path(path).read_text(encoding="utf-8")


@lru_cache(maxsize=3_000)
def _parsed(path: str, changed: int, size: int) -> Any:
    """The content of a file in this state, read once; whoever gets it must not change it."""
    return yaml.load(_read(path, changed, size), Loader=_LOADER)
