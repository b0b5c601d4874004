"""What one may choose from in the fields of a form, with German names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge_base.content import Catalogue
from knowledge_base.facts import BY_NAME, FACTS
from knowledge_base.german import KINDS, LEVELS, REACH, STATUS
from knowledge_base.places import Directory
from knowledge_base.schema.common import Audience, Topic
from knowledge_base.schema.contact import ContactKind
from knowledge_base.schema.misc import VocabularyEntry

Choice = tuple[str, str]
"""Value and German name."""

FIXED: Mapping[str, Sequence[Choice]] = {
    "Kind": [(kind.value, name) for kind, name in KINDS.items()],
    "Level": [(level.value, name) for level, name in LEVELS.items()],
    "Status": [(status.value, name) for status, name in STATUS.items()],
    "ReachKind": [(kind.value, name) for kind, name in REACH.items()],
    "Confidence": [("high", "hoch: steht so in einer amtlichen Quelle"), ("medium", "mittel: nicht alles ist belegt"),
                   ("low", "niedrig: bitte nachprüfen")],
    "Volatility": [("budget", "schnell: Losverfahren, Aufrufe, kleine Töpfe (jeden Monat prüfen)"),
                   ("richtlinie", "mittel: Richtlinien, Projekte, Dienste (alle drei Monate prüfen)"),
                   ("gesetz", "langsam: Gesetze (alle sechs Monate prüfen)")],
    "DeadlineKind": [("laufend", "laufend, ohne Frist"), ("vor_beginn", "vor Beginn des Vorhabens"),
                     ("stichtag", "bis zu einem Tag"), ("fenster", "von einem Tag bis zu einem anderen"),
                     ("losverfahren", "Losverfahren"), ("keine", "keine Frist"), ("unbekannt", "nicht bekannt")],
    "Bound": [("genau", "genau"), ("hoechstens", "höchstens"), ("mindestens", "mindestens")],
    "Unit": [("prozent", "Prozent"), ("prozentpunkte", "Prozentpunkte"), ("eur", "Euro"),
             ("eur_pro_monat", "Euro im Monat"), ("eur_pro_jahr", "Euro im Jahr"), ("eur_pro_tag", "Euro am Tag"),
             ("eur_pro_stunde", "Euro je Stunde"), ("stunden", "Stunden"), ("tage", "Tage"), ("wochen", "Wochen"),
             ("monate", "Monate"), ("jahre", "Jahre"), ("anzahl", "Anzahl")],
    "Op": [("eq", "ist"), ("ne", "ist nicht"), ("in", "ist eines von"), ("not_in", "ist keines von"),
           ("lt", "weniger als"), ("le", "höchstens"), ("gt", "mehr als"), ("ge", "mindestens")],
    "bool": [("ja", "ja"), ("nein", "nein")],
    "facts": sorted(
        ((fact.name, fact.label[:1].upper() + fact.label[1:]) for fact in FACTS), key=lambda each: each[1]),
}
_WORDS: Mapping[str, str] = {
    "ohne_arbeit": "ohne Arbeit", "keine": "keine", "alg1": "Arbeitslosengeld",
    "grundsicherung": "Grundsicherungsgeld",
}


@dataclass(frozen=True)
class Choices:
    """All lists of choices of one catalogue."""

    lists: Mapping[str, Sequence[Choice]]

    def of(self, name: str) -> Sequence[Choice]:
        """Return a list of choices."""
        return self.lists[name]

    def label(self, name: str, value: str) -> str:
        """Return how people call a value; an unknown one stands for itself."""
        return next((label for each, label in self.lists.get(name, ()) if each == value), value)

    def value(self, name: str, text: str) -> str:
        """Return the value people mean; what is not known stays as it is, for the check to complain."""
        return next((each for each, label in self.lists.get(name, ()) if text in (label, each)), text)

    def of_fact(self, fact: str) -> Sequence[Choice]:
        """Return the values a fact may have; empty for numbers."""
        return self.lists.get(f"fact.{fact}", ())


def choices_of(catalogue: Catalogue) -> Choices:
    """Return the choices of a catalogue; see ``KnowledgeStore.derived``."""
    words = catalogue.vocabulary
    lists: dict[str, Sequence[Choice]] = {
        **FIXED,
        "Topic": _all(Topic, words.topics), "Audience": _all(Audience, words.audiences),
        "ContactKind": _all(ContactKind, words.contact_kinds),
        "contact_kinds": _all(ContactKind, words.contact_kinds),
        "purposes": [(each.id, each.label) for each in words.purposes],
        "places": _places(catalogue),
        "programmes": _unique([(each.id, each.name) for each in catalogue.programmes.values()]),
        "contacts": _unique([(each.id, each.name) for each in catalogue.contacts.values()]),
    }
    spoken = {each.id: each.label for each in (*words.sectors, *words.purposes, *words.audiences)}
    spoken |= {each.id.partition("=")[2]: each.label for each in words.life_facts} | dict(_WORDS)
    for name, fact in BY_NAME.items():
        if fact.values:
            lists[f"fact.{name}"] = [(value, spoken.get(value, value)) for value in fact.values]
        elif fact.type == "bool":
            lists[f"fact.{name}"] = FIXED["bool"]
    return Choices(lists)


def _all(kind: type[Enum], entries: Sequence[VocabularyEntry]) -> Sequence[Choice]:
    """Every value the schema knows, called as the vocabulary calls it."""
    labels = {each.id: each.label for each in entries}
    return [(str(each.value), labels.get(each.value, str(each.value))) for each in kind]


def _places(catalogue: Catalogue) -> Sequence[Choice]:
    directory = Directory(catalogue.places)
    ids = ["deutschland", "nrw", *(region.id for region in catalogue.places.regions)]
    for kreis in catalogue.places.kreise:
        ids += [kreis.id, *(gemeinde.id for gemeinde in kreis.gemeinden)]
    return _unique([(each, directory.name(each)) for each in dict.fromkeys(ids)])


def _unique(choices: Sequence[Choice]) -> Sequence[Choice]:
    """Add the id to names that several have."""
    seen: dict[str, int] = {}
    for _, label in choices:
        seen[label] = seen.get(label, 0) + 1
    return [(value, label if seen[label] == 1 else f"{label} ({value})") for value, label in choices]
