"""The one question a reply may ask, and the buttons that answer it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Sequence

from actions.answer import Button
from actions.german import TOPICS
from actions.memory import Memory
from knowledge_base.facts import BY_NAME
from knowledge_base.schema.place import Places

_AUDIENCES = (
    ("unternehmen", "Für einen Betrieb"),
    ("beschaeftigte", "Für mich, ich arbeite"),
    ("arbeitsuchende", "Für mich, ich suche Arbeit"),
    ("auszubildende", "Für die Ausbildung"),
    ("gruendende", "Für eine Gründung"),
)
_SIZES = (
    (5, "Unter 10 Beschäftigte", [1, 9]),
    (30, "10 bis 49 Beschäftigte", [10, 49]),
    (100, "50 bis 249 Beschäftigte", [50, 249]),
    (500, "250 oder mehr", [250, 100000]),
)
_TOPIC_BUTTONS = ("qualifizierung", "digitalisierung", "ki", "ausbildung", "gruendung")


@dataclass(frozen=True)
class Question:
    """A question for one fact with ready-made answers."""

    fact: str
    text: str
    buttons: Sequence[Button]


def inform(**entities: Any) -> str:
    """Payload of a button that states facts."""
    return f"/angaben_machen{json.dumps(entities, ensure_ascii=False)}"


def unknown_button() -> Button:
    """„Weiß ich nicht“ is a valid answer to any question."""
    return Button("Weiß ich nicht", "/weiss_nicht")


def topic_question() -> Question:
    """Asked when nothing sensible can be shown yet."""
    buttons = [Button(TOPICS[topic], inform(topic=topic)) for topic in _TOPIC_BUTTONS]
    return Question("topic", "Worum geht es Ihnen?", buttons)


def next_question(memory: Memory) -> Question | None:
    """Return the one question that helps most now: place, then for whom, then the size of the firm.

    A fact that is known, was asked just before or is said to be unknown is not asked again.
    """
    if memory.place is None and _may_ask(memory, "place"):
        return Question(
            "place",
            "In welcher Stadt oder Gemeinde sind Sie? Der Ort oder die Postleitzahl genügt.",
            [unknown_button()],
        )
    if memory.audience is None and _may_ask(memory, "audience"):
        buttons = [Button(title, inform(audience=audience)) for audience, title in _AUDIENCES]
        return Question("audience", "Für wen suchen Sie?", [*buttons[:4], unknown_button()])
    if (
        memory.audience == "unternehmen"
        and "employees" not in memory.facts
        and memory.employees_range is None
        and _may_ask(memory, "employees")
    ):
        buttons = [Button(title, inform(employees_range=span)) for _, title, span in _SIZES]
        return Question("employees", BY_NAME["employees"].question, [*buttons, unknown_button()])
    return None


def which_place(ids: Sequence[str], places: Places) -> Question:
    """Asked when a name means several places."""
    names = {g.id: (g.name, kreis.name) for kreis in places.kreise for g in kreis.gemeinden}
    buttons = [
        Button(f"{names[i][0]} ({names[i][1]})" if names[i][0] != names[i][1] else names[i][0], inform(place=i))
        for i in ids
        if i in names
    ]
    return Question("place", "Den Ortsnamen gibt es mehrmals. Welchen Ort meinen Sie?", buttons[:5])


def asked(memory: Memory, question: Question | None) -> Memory:
    """Remember what was asked."""
    return replace(memory, asked=question.fact if question else None)


def _may_ask(memory: Memory, fact: str) -> bool:
    return fact not in memory.declined and memory.asked != fact
