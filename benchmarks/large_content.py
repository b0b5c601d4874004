"""Content as large as the largest agency would have it, made up from ours: files, and a database full of work."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from bot.curation.edits import AddLine, Edit, SetValue, to_json
from bot.database import writing
from bot.records.content_tables import ProposalRow
from bot.records.proposals import State
from bot.records.tables import Conversation
from bot.records.unclear_tables import EditorialTaskRow, UnclearTurnRow
from bot.records.unclear_turns import Why
from knowledge_base.yaml_lines import read_document

REPOSITORY = Path(__file__).parents[1]
CATALOGUE, INTENTS, HELD_OUT = "knowledge_base/catalogue", "nlu_data/intents", "tests/nlu"
_TOPIC = "foerderung"
_SYLLABLES = ("bar", "den", "fel", "gos", "hum", "kir", "lan", "mor", "nep", "ost", "pul", "rin", "sam", "tor", "wes")
_LINE = "      - "
_NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.timezone.utc)
_HELD_OUT_SENTENCES = 20


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    intents: int = 300
    sentences: int = 100
    """Per intent."""
    programmes: int = 2_000
    turns: int = 10_000
    """That lie in the inbox."""
    proposals: int = 500
    tasks: int = 200


def make_content(root: Path, size: Size, seed: int = 7) -> None:
    """Lay out catalogue and training data; the checks find nothing wrong with them that ours do not have."""
    chance = random.Random(seed)
    for name in (CATALOGUE, "nlu_data", HELD_OUT, "tests/eligibility"):
        shutil.copytree(REPOSITORY / name, root / name)
    for name in ("domain.yml", "instance.yml"):
        shutil.copy(REPOSITORY / name, root / name)
    _programmes(root / CATALOGUE / "programmes", size.programmes, chance)
    _intents(root, size, chance)


def fill_database(engine: sa.Engine, root: Path, size: Size, seed: int = 7) -> None:
    """Put in what people did not get answered, what staff propose, and what is to be written."""
    chance = random.Random(seed)
    sentences = _all_sentences(root)
    with writing(engine).begin() as connection:
        turns = [_turn(number, f"{chance.choice(sentences)} {_word(chance)}", chance) for number in range(size.turns)]
        connection.execute(sa.insert(Conversation), [
            {"id": turn["conversation_id"], "channel": "web", "started_at": _NOW, "last_at": _NOW} for turn in turns])
        connection.execute(sa.insert(UnclearTurnRow), turns)
        connection.execute(sa.insert(ProposalRow), list(_proposals(root, size.proposals, chance)))
        connection.execute(sa.insert(EditorialTaskRow), [
            {"number": _number("A", each), "kind": "eintrag", "text": chance.choice(sentences), "note": "Beim Kreis "
             "nachfragen.", "who": "Anna Beispiel", "at": _NOW} for each in range(size.tasks)])


def _programmes(folder: Path, wanted: int, chance: random.Random) -> None:
    """Add programmes that say what ours say, under other names."""
    real = [read_document(file, file.name).data for file in sorted(folder.rglob("*.yml"))]
    running = [each for each in real if each["status"] == "aktiv"]
    for number in range(wanted - len(real)):
        like, word = chance.choice(running), f"{_word(chance)}{_word(chance)}"
        made = {**like, "id": f"{word}-{number}", "name": f"{like['name']} {word.title()} {number}", "aliases": []}
        made["search_phrases"] = [*made.get("search_phrases", [])[:2], _word(chance)]
        for key in ("successor", "alternatives"):
            made.pop(key, None)
        text = yaml.dump(made, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
        (folder / made["level"] / f"{made['id']}.yml").write_text(text, encoding="utf-8")


def _intents(root: Path, size: Size, chance: random.Random) -> None:
    """Cut our intents down to the wanted size and add others that share out their sentences."""
    spare = []
    for file in sorted((root / INTENTS).rglob("*.yml")):
        lines = file.read_text(encoding="utf-8").splitlines()
        sentences = [line for line in lines if line.startswith(_LINE)]
        kept = [*(line for line in lines if line not in sentences), *sentences[:size.sentences]]
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")
        spare += [line.removeprefix(_LINE) for line in sentences[size.sentences:]]
    names = [f"gedacht_{number:03}" for number in range(size.intents - len(list((root / INTENTS).rglob("*.yml"))))]
    for name in names:
        chosen = [f"{chance.choice(spare)} {_word(chance)}" for _ in range(size.sentences + _HELD_OUT_SENTENCES)]
        trained = "".join(f"{_LINE}{each}\n" for each in chosen[_HELD_OUT_SENTENCES:])
        _write(root / INTENTS / _TOPIC / f"{name}.yml",
               f'version: "3.1"\nnlu:\n  - intent: {name}\n    examples: |\n{trained}')
        held_out = yaml.dump(chosen[:_HELD_OUT_SENTENCES], allow_unicode=True, width=1_000)
        _write(root / HELD_OUT / _TOPIC / f"{name}.yml", f"intent: {name}\nsentences:\n{held_out}")
    _register(root, names)


def _register(root: Path, names: Sequence[str]) -> None:
    registry = root / "nlu_data" / "registry.yml"
    entries = "".join(
        f'  {name}:\n    {{title: "Gedachte Absicht {name[-3:]}", topic: {_TOPIC}, importance: klein, subject: ki, '
        f'owner: ki, answer: action_find_programmes, description: "Gedacht.", example: "Gibt es Geld?"}}\n'
        for name in names)
    _write(registry, registry.read_text(encoding="utf-8").rstrip("\n") + "\n" + entries)
    rules = "".join(f"  - rule: {name}\n    steps:\n      - intent: {name}\n      - action: action_find_programmes\n"
                    for name in names)
    _write(root / "nlu_data" / "dialogue" / "gedacht.yml", f'version: "3.1"\nrules:\n{rules}')
    domain = root / "domain.yml"
    intents = "".join(f"  - {name}:\n      use_entities: []\n" for name in names)
    _write(domain, domain.read_text(encoding="utf-8").replace("\nintents:\n", f"\nintents:\n{intents}", 1))


def _all_sentences(root: Path) -> list[str]:
    lines = (line for file in sorted((root / INTENTS).rglob("*.yml"))
             for line in file.read_text(encoding="utf-8").splitlines())
    return [re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", line.removeprefix(_LINE))
            for line in lines if line.startswith(_LINE)]


def _turn(number: int, text: str, chance: random.Random) -> dict[str, Any]:
    return {
        "conversation_id": f"web:gedacht-{number}", "request_id": f"{number:x}", "at": _NOW,
        "why": chance.choice(list(Why)).value, "text": text, "intent": "nlu_fallback", "confidence": 0.3,
        "alternatives": [["foerderung_ki", 0.3], ["danke", 0.1]], "entities": [["place", "hagen"]]}


def _proposals(root: Path, wanted: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Half of them change a programme, half add a sentence; most wait for a second person."""
    programmes = sorted((root / CATALOGUE / "programmes").rglob("*.yml"))
    intents = sorted((root / INTENTS).rglob("gedacht_*.yml")) or sorted((root / INTENTS).rglob("*.yml"))
    for number in range(wanted):
        file = chance.choice(programmes if number % 2 else intents)
        path = file.relative_to(root).as_posix()
        edit: Edit = (
            SetValue(path=path, at=("confidence",), value="low") if number % 2 else
            AddLine(path=path, at=("nlu", 0, "examples"), line=f"- gibt es etwas für {_word(chance)} {number}"))
        state = chance.choice([State.SUBMITTED, State.SUBMITTED, State.SUBMITTED, State.DRAFT])
        yield {
            "number": _number("V", number), "state": state.value, "kind": "wissensbasis",
            "title": f"Gedacht {number}", "reason": "Zum Messen.",
            "author": f"person-{number % 20}", "author_title": f"Person {number % 20}",
            "edits": to_json([edit]), "base": {path: file.read_text(encoding="utf-8")}, "created_at": _NOW,
            "changed_at": _NOW}


def _number(letter: str, number: int) -> str:
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters += chr(ord("A") + rest)
    return f"{letter}-{letters}"


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
