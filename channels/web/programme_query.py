"""What the address of ``/foerderung`` asks for, and addresses that ask for it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from knowledge_base.german import KINDS, STATUS
from knowledge_base.queries import NOT_ENDED, Filters, NamedPlace, directory, find_place
from knowledge_base.schema.programme import Status
from knowledge_base.store import KnowledgeStore

PATH = "/foerderung"
EVERYTHING = "alle"
"""Value of „status“ that includes what has ended."""
LONGEST_TEXT = 200
LONGEST_PLACE = 80
_LONGEST_NUMBER = 4


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the form: value and label."""

    topics: dict[str, str]
    audiences: dict[str, str]
    kinds: dict[str, str]
    statuses: dict[str, str]


@dataclass(frozen=True)
class Asked:
    """What somebody filled in; empty: nothing."""

    text: str = ""
    topic: str = ""
    audience: str = ""
    place: str = ""
    kind: str = ""
    status: str = ""
    page: int = 1

    def address(self, path: str = PATH, **changes: Any) -> str:
        """Return the address of these results, or of those with some changes; what is empty is left out."""
        asked = replace(self, **changes)
        values = {"suche": asked.text, "thema": asked.topic, "zielgruppe": asked.audience, "ort": asked.place,
                  "art": asked.kind, "status": asked.status, "seite": asked.page if asked.page > 1 else ""}
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Place:
    """The place that was typed, as far as it is understood."""

    typed: str
    named: NamedPlace
    name: str
    """The German name of what was understood; empty if nothing was."""
    choices: tuple[tuple[str, str], ...] = ()
    """If the name means several places: id and label of each."""

    @property
    def id(self) -> str | None:
        """The id to search with."""
        return self.named.id or self.named.outside

    @property
    def problem(self) -> str | None:
        """Why the list is not narrowed down to a place though one was typed."""
        if not self.typed or self.id:
            return None
        return "several" if self.choices else "unknown"


def choices_of(store: KnowledgeStore) -> Choices:
    """Return what can be chosen."""
    vocabulary = store.catalogue().vocabulary
    return Choices(
        topics={entry.id: entry.label for entry in vocabulary.topics},
        audiences={entry.id: entry.label for entry in vocabulary.audiences},
        kinds={kind.value: label for kind, label in KINDS.items()},
        statuses={status.value: label[:1].upper() + label[1:] for status, label in STATUS.items()}
        | {EVERYTHING: "Alle, auch ausgelaufene"},
    )


def read(query: Mapping[str, str], choices: Choices) -> Asked:
    """Read what an address asks for; values that do not exist count as nothing."""
    number = query.get("seite", "")
    return Asked(
        text=_line(query.get("suche", ""), LONGEST_TEXT),
        topic=_known(query.get("thema", ""), choices.topics),
        audience=_known(query.get("zielgruppe", ""), choices.audiences),
        place=_line(query.get("ort", ""), LONGEST_PLACE),
        kind=_known(query.get("art", ""), choices.kinds),
        status=_known(query.get("status", ""), choices.statuses),
        page=max(1, int(number)) if number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER else 1,
    )


def understood_place(store: KnowledgeStore, typed: str) -> Place:
    """Resolve the place that was typed."""
    named = find_place(store, typed) if typed else NamedPlace()
    places = directory(store)
    known = named.id or named.outside
    choices = tuple((choice, places.name(choice)) for choice in named.choices)
    return Place(typed, named, places.name(known) if known else "", choices)


def filters_of(asked: Asked, place: Place) -> Filters:
    """Return the filters of the knowledge base."""
    return Filters(asked.text, asked.topic or None, asked.audience or None, place.id, asked.kind or None,
                   _statuses(asked.status))


def _statuses(status: str) -> tuple[Status, ...]:
    if not status:
        return NOT_ENDED
    return tuple(Status) if status == EVERYTHING else (Status(status),)


def _line(text: str, longest: int) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text[:longest]).split())


def _known(value: str, labels: Mapping[str, str]) -> str:
    return value if value in labels else ""
