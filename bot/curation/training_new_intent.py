"""A new intent: entry of the registry, domain, rule, training file, held-out twin, and a fixed text if it is new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.curation.corpus import Corpus, Located
from bot.curation.edits import AddFile, AddItem, Edit, SetValue
from bot.curation.training_edits import DOMAIN, REGISTRY, RULES, held_out_item, refuse, refused, take_out
from bot.errors import NavigatorError

OWN_TEXT = "eigener_text"
"""Chosen answer: a fixed text that is written here."""
IMPORTANCE = {"klein": "klein (mindestens 25 Beispiele)", "haupt": "groß (mindestens 60 Beispiele)"}
_ACTION_OF_TEXTS = "action_say_fixed_text"
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_PLAIN = [{"type": "slot", "name": "plain", "value": True}]
_BUTTONS = [{"title": "Förderung suchen", "payload": "/foerderung_allgemein"},
            {"title": "Mit einem Menschen sprechen", "payload": "/mensch_sprechen"}]


@dataclass(frozen=True)
class NewIntent:
    """What somebody fills in."""

    title: str = ""
    topic: str = ""
    importance: str = "klein"
    owner: str = ""
    answer: str = ""
    """An answer that is there, or ``OWN_TEXT``."""
    text: str = ""
    plain_text: str = ""
    description: str = ""
    training: Sequence[str] = ()
    held_out: Sequence[str] = ()

    @property
    def name(self) -> str:
        """How the files call it."""
        return re.sub(r"[^a-z0-9]+", "_", self.title.casefold().translate(_LETTERS)).strip("_")[:60]


def choices(corpus: Corpus) -> dict[str, dict[str, str]]:
    """Return what one may choose: field → value and German words."""
    entries = corpus.data.registry.values()
    answers: dict[str, list[str]] = {}
    for entry in entries:
        answers.setdefault(str(entry.get("answer")), []).append(str(entry.get("title")))
    known = sorted(((name, _like(titles)) for name, titles in answers.items()), key=lambda pair: pair[1])
    return {
        "topic": _themselves(str(entry["topic"]) for entry in entries),
        "owner": _themselves(str(entry["owner"]) for entry in entries if entry.get("owner")),
        "importance": IMPORTANCE,
        "answer": {OWN_TEXT: "ein fester Text, den Sie hier schreiben", **dict(known)},
    }


def new_intent(corpus: Corpus, wanted: NewIntent, leaving: Sequence[Located] = ()) -> list[Edit]:
    """Return the edits that make an intent.

    Args:
        corpus: All sentences.
        wanted: What somebody filled in.
        leaving: Sentences of other intents that move into it.

    Raises:
        NavigatorError: If something is missing, or there is such an intent already.
    """
    _refuse_incomplete(corpus, wanted)
    refuse(refused(corpus, [*wanted.training, *wanted.held_out], leaving))
    training = [*(each.sentence.text for each in leaving if not each.place.measures), *wanted.training]
    held_out: list[Any] = [
        *(held_out_item(each.sentence.text, each.sentence.entities) for each in leaving if each.place.measures),
        *wanted.held_out]
    if not training or not held_out:
        raise NavigatorError("Es fehlen Sätze – schreiben Sie Beispiele zum Trainieren und andere zum Messen.")
    name, topic = wanted.name, wanted.topic
    own = wanted.answer == OWN_TEXT
    answer = f"utter_{name}" if own else wanted.answer
    step = _ACTION_OF_TEXTS if own else answer
    return [
        *take_out(corpus, leaving),
        SetValue(path=REGISTRY, at=("intents", name), value=_entry(wanted, answer, training)),
        AddItem(path=DOMAIN, at=("intents",), value={name: {"use_entities": []}}),
        AddItem(path=RULES, at=("rules",), value={"rule": name, "steps": [{"intent": name}, {"action": step}]}),
        AddFile(path=f"nlu_data/intents/{topic}/{name}.yml", text=_training_file(name, training)),
        AddFile(path=f"tests/nlu/{topic}/{name}.yml", text=_yaml({"intent": name, "sentences": held_out})),
        *([_own_text(corpus, wanted, answer)] if own else []),
    ]


def _refuse_incomplete(corpus: Corpus, wanted: NewIntent) -> None:
    offered = choices(corpus)
    if not wanted.name[:1].isalpha():
        raise NavigatorError("Der Titel fehlt – schreiben Sie in wenigen Worten, worum es geht.")
    if wanted.name in corpus.data.registry or wanted.title.casefold() in map(str.casefold, corpus.titles.values()):
        raise NavigatorError(f"Die Absicht „{wanted.title}“ gibt es schon – nehmen Sie einen anderen Titel.")
    for field in ("topic", "owner", "importance", "answer"):
        if getattr(wanted, field) not in offered[field]:
            raise NavigatorError("Wählen Sie Thema, Zuständigkeit, Gewicht und Antwort aus den Listen.")
    if not wanted.description.strip():
        raise NavigatorError("Schreiben Sie einen Satz dazu, wann diese Absicht gemeint ist und wann nicht.")
    if wanted.answer == OWN_TEXT and not (wanted.text.strip() and wanted.plain_text.strip()):
        raise NavigatorError("Schreiben Sie, was der Bot antwortet: einmal für alle, einmal in einfacher Sprache.")


def _entry(wanted: NewIntent, answer: str, training: Sequence[str]) -> dict[str, str]:
    return {
        "title": wanted.title.strip(), "topic": wanted.topic, "importance": wanted.importance, "owner": wanted.owner,
        "answer": answer, "description": " ".join(wanted.description.split()), "example": training[0],
    }


def _own_text(corpus: Corpus, wanted: NewIntent, answer: str) -> Edit:
    """The text behind the others of its file, with the ways on that every reply has."""
    paths = sorted(set(corpus.data.response_paths.values()))
    path = next((each for each in paths if each.endswith(f"/{wanted.topic}.yml")), paths[0])
    rest = {"buttons": _BUTTONS, "custom": {"answer": {"kind": "info"}}}
    variants = [{"text": wanted.text.strip(), **rest},
                {"condition": _PLAIN, "text": wanted.plain_text.strip(), **rest}]
    return SetValue(path=path, at=("responses", answer), value=variants)


def _training_file(name: str, sentences: Sequence[str]) -> str:
    lines = "".join(f"      - {text}\n" for text in sentences)
    return f'version: "3.1"\nnlu:\n  - intent: {name}\n    examples: |\n{lines}'


def _yaml(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000))


def _like(titles: Sequence[str]) -> str:
    more = f" und {len(titles) - 1} weitere" if len(titles) > 1 else ""
    return f"wie bei „{titles[0]}“{more}"


def _themselves(values: Any) -> dict[str, str]:
    return {value: value for value in sorted(set(values))}
