"""The sentences on which pipelines are compared. What lies outside the repository may be absent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.curation.nlu_data import load_nlu_data
from bot.evaluation.in_rasa import Pair
from bot.evaluation.other_author import read_labels, read_texts
from bot.evaluation.stock import pairs
from bot.evaluation.xsid import read_conll


@dataclass(frozen=True)
class Corpus:
    """Sentences to be judged."""

    name: str
    texts: list[str]
    meant: list[tuple[str, ...]]
    """For each sentence the intents that are right, the first reading first."""

    @classmethod
    def of(cls, name: str, sentences: list[Pair]) -> Corpus:
        """A corpus with one right intent per sentence."""
        return cls(name, [text for text, _ in sentences], [(intent,) for _, intent in sentences])


@dataclass(frozen=True)
class Task:
    """What is learnt, and on what it is judged."""

    training: list[Pair]
    tests: list[Corpus]


def product_task(root: Path) -> Task:
    """Learn the training sentences; be judged on the held-out ones and on those of other authors, if present."""
    data = load_nlu_data(root)
    tests = [Corpus.of("held-out", pairs(data.held_out))]
    folder, labels = _shared(root) / "eval", root / "tests" / "nlu" / "other_author.yml"
    if folder.is_dir() and labels.is_file():
        texts = read_texts(folder)
        known = {each: label for each, label in read_labels(labels).items() if each in texts}
        meant = [(label.intent, *label.also) for label in known.values()]
        tests.append(Corpus("other authors", [texts[each] for each in known], meant))
    return Task(pairs(data.training), tests)


def outside_task(root: Path) -> Task | None:
    """Learn and be judged on xSID-de; ``None`` if it is not there."""
    folder = _shared(root) / "bench" / "xsid-de"
    if not folder.is_dir():
        return None
    training, test = list(read_conll(folder / "de.valid.conll")), list(read_conll(folder / "de.test.conll"))
    return Task(training, [Corpus.of("xSID-de", test)])


def background(root: Path) -> list[str]:
    """Return the sentences foreign to our field."""
    entries = yaml.safe_load((root / "tests" / "nlu" / "background.yml").read_text(encoding="utf-8"))["sentences"]
    return [str(entry["text"]) if isinstance(entry, dict) else str(entry) for entry in entries]


def _shared(root: Path) -> Path:
    return root.resolve().parent / "shared"
