"""A small content with three intents: an action answers the first two, a fixed text the third."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.curation.corpus import Corpus
from bot.curation.edits import Edit, apply, paths
from bot.curation.nlu_data import load_nlu_data

_ENTRIES = (
    ("kurs_zahlen", "Kurs bezahlen", "foerderung", "qualifizierung", "action_find_programmes", "Geld für Kurse."),
    ("ort_finden", "Ort finden", "kontakt", "redaktion", "action_find_programmes", "Wo etwas ist."),
    ("wetter_fragen", "Wetter", "kontakt", "redaktion", "utter_wetter_fragen", "Wie das Wetter ist."),
)
REGISTRY = "intents:\n" + "".join(
    f"  {name}: {{title: {title}, topic: {topic}, importance: klein, owner: {owner}, answer: {answer},\n"
    f"    description: {description}, example: Wo?}}\n"
    for name, title, topic, owner, answer, description in _ENTRIES)
DOMAIN = """\
intents:
  - kurs_zahlen:
      use_entities: []
  - ort_finden:
      use_entities: []
  - wetter_fragen:
      use_entities: []
actions: [action_find_programmes, action_say_fixed_text]
"""
RULES = "rules:\n" + "".join(
    f"  - rule: {name}\n    steps:\n      - intent: {name}\n      - action: {action}\n" for name, action in (
        ("kurs_zahlen", "action_find_programmes"), ("ort_finden", "action_find_programmes"),
        ("wetter_fragen", "action_say_fixed_text")))
TEXTS = """\
responses:
  utter_wetter_fragen:
    - text: "Das weiß ich nicht."
      buttons: [{title: Weiter, payload: /kurs_zahlen}]
      custom: {answer: {kind: info}}
"""
TOPICS = {name: topic for name, _, topic, *_ in _ENTRIES}
NUMBERS = tuple(["eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"])


def sentences(words: str, number: int = 36) -> list[str]:
    """Return sentences that really differ."""
    return [f"{words} {NUMBERS[at % 12]} {NUMBERS[at // 12]}" for at in range(number)]


TRAINING: Mapping[str, Sequence[str]] = {
    "kurs_zahlen": sentences("Wer zahlt meinen Kurs"), "ort_finden": sentences("Wo finde ich das Haus"),
    "wetter_fragen": sentences("Regnet es heute oder am Tag"),
}
HELD_OUT: Mapping[str, Sequence[str]] = {
    "kurs_zahlen": sentences("Gibt es Geld für den Lehrgang", 24), "ort_finden": sentences("Adresse der Stelle", 24),
    "wetter_fragen": sentences("Scheint die Sonne um", 24),
}


def make_training_content(root: Path) -> Path:
    """Lay it out."""
    for path, text in {
        "nlu_data/registry.yml": REGISTRY, "domain.yml": DOMAIN, "nlu_data/dialogue/rules.yml": RULES,
        "nlu_data/responses/kontakt.yml": TEXTS,
        **{f"nlu_data/intents/{topic}/{name}.yml": training_file(name) for name, topic in TOPICS.items()},
        **{f"tests/nlu/{topic}/{name}.yml": held_out_file(name) for name, topic in TOPICS.items()},
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def training_file(name: str) -> str:
    """Return a file of training sentences."""
    lines = "".join(f"      - {text}\n" for text in TRAINING[name])
    return f'version: "3.1"\nnlu:\n  - intent: {name}\n    examples: |\n{lines}'


def held_out_file(name: str) -> str:
    """Return a file of held-out sentences, the first of which somebody has read for what it names."""
    first, *rest = HELD_OUT[name]
    lines = "".join(f'  - "{text}"\n' for text in rest)
    return f'intent: {name}\nsentences:\n  - {{text: "{first}", entities: {{topics: [ki]}}}}\n{lines}'


def corpus_of(root: Path) -> Corpus:
    """Read it."""
    return Corpus(load_nlu_data(root))


def write(root: Path, edits: Sequence[Edit]) -> Corpus:
    """Make the edits and read the files again."""
    for path in paths(edits):
        file = root / path
        before = file.read_text(encoding="utf-8") if file.exists() else None
        after = apply(before, [edit for edit in edits if edit.path == path])
        if after is None:
            file.unlink()
        else:
            file.write_text(after, encoding="utf-8")
    return corpus_of(root)
