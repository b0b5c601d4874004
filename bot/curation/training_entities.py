"""What a person reads in a held-out sentence: chosen words become a place, a programme and so on.

A sentence is annotated as a whole: what it does not name is not there (``bot/evaluation/entities.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.curation.record_form.choices import Choice, Choices
from bot.errors import NavigatorError
from knowledge_base.recognise.mention import Mention
from knowledge_base.text import fold

Find = Callable[[str], Sequence[Mention]]
KINDS: Mapping[str, str] = {"place": "Ort", "programme": "Programm", "topics": "Thema", "audience": "Zielgruppe",
                            "employees": "Beschäftigte"}
"""What one may say of words."""
TITLES: Mapping[str, str] = {**KINDS, "place_outside": "Ort außerhalb von NRW", "place_ambiguous": "Ort, mehrdeutig",
                             "employees_range": "Beschäftigte von bis"}
_LISTS = {"place": "places", "programme": "programmes", "topics": "Topic", "audience": "Audience"}
_WHOLE = ("place_ambiguous", "employees_range")
"""Kinds whose value is itself a list."""
_OFTEN = ("topics",)
"""Kinds that always stand as a list."""
_MAY = "?"
"""Behind a value that may be read into the sentence."""


@dataclass(frozen=True)
class Label:
    """One thing that a sentence names."""

    kind: str
    value: str
    certain: bool = True
    """Whether it must be found; else it may be read into the sentence."""

    @property
    def id(self) -> str:
        """Stands for it in forms."""
        return f"{self.kind}={self.value}"


def labels_of(entities: Mapping[str, Any] | None) -> list[Label]:
    """Return what somebody read in a sentence."""
    found = []
    for kind, value in (entities or {}).items():
        if kind in _WHOLE:
            found.append(Label(kind, ",".join(map(str, value))))
            continue
        for each in value if isinstance(value, list) else [value]:
            found.append(Label(kind, str(each).removesuffix(_MAY), not str(each).endswith(_MAY)))
    return found


def entities_of(labels: Sequence[Label]) -> dict[str, Any]:
    """Return labels as they stand in a file."""
    found: dict[str, list[Any]] = {}
    for each in labels:
        found.setdefault(each.kind, []).append(_written(each))
    return {kind: values[0] if kind in _WHOLE or (len(values) == 1 and kind not in _OFTEN) else values
            for kind, values in found.items()}


def label_from(text: str, certain: bool = True) -> Label:
    """Return the label of a field of a form.

    Raises:
        NavigatorError: If it is none.
    """
    kind, sign, value = text.partition("=")
    if kind not in TITLES or not sign or not value.replace(",", "").replace("-", "").isalnum():
        raise NavigatorError("Diese Angabe gibt es nicht – laden Sie die Seite neu.")
    return Label(kind, value, certain)


def read(words: str, kind: str, find: Find, choices: Choices) -> list[Label]:
    """Return what chosen words, or a name from the list, mean.

    Args:
        words: Words of the sentence, or a name.
        kind: What they shall be.
        find: Recognises what a text names.
        choices: Names of the catalogue.

    Raises:
        NavigatorError: If they are nothing of this kind.
    """
    if kind not in KINDS or not words.strip():
        raise NavigatorError("Wählen Sie Wörter aus und sagen Sie, was sie nennen.")
    found = list(dict.fromkeys(_named(words, kind, choices) or _recognised(words, kind, find)))
    if not found:
        raise NavigatorError(
            f"„{words.strip()[:80]}“ ist als {KINDS[kind]} nicht bekannt – wählen Sie einen Namen aus der Liste.")
    return [Label(kind, value) for value in found]


def title_of(label: Label, choices: Choices) -> str:
    """Return a label as a person reads it, e.g. „Ort: Kreuztal“."""
    name = choices.label(_LISTS.get(label.kind, ""), label.value)
    return f"{TITLES[label.kind]}: {name}"


def names(choices: Choices) -> list[Choice]:
    """Return every name one may choose, with what it is."""
    return [(label, KINDS[kind]) for kind, listed in _LISTS.items() for _, label in choices.of(listed)]


def _named(words: str, kind: str, choices: Choices) -> list[str]:
    if kind == "employees":
        return [words.strip()] if words.strip().isdecimal() and len(words.strip()) < 8 else []
    wanted = fold(words)
    return [value for value, label in choices.of(_LISTS[kind]) if wanted in (fold(label), fold(value))][:1]


def _recognised(words: str, kind: str, find: Find) -> Iterator[str]:
    entity = "topic" if kind == "topics" else kind
    return (str(mention.value) for mention in find(words) if mention.entity == entity)


def _written(label: Label) -> Any:
    if label.kind in _WHOLE:
        values = label.value.split(",")
        return [int(each) for each in values] if label.kind == "employees_range" else values
    if label.kind == "employees" and label.certain:
        return int(label.value)
    return label.value if label.certain else label.value + _MAY
