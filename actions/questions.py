"""The one question a reply may ask, with ready-made answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

from actions.answer import Button
from actions.answer_buttons import answers, inform, unknown_button
from actions.base import Turn
from actions.german import TOPICS
from actions.memory import Memory
from knowledge_base.answer_options import rules_of
from knowledge_base.chances import Chances
from knowledge_base.facts import BY_NAME
from knowledge_base.next_question import LEADING, Candidates, may_ask
from knowledge_base.queries import directory
from knowledge_base.schema.place import Places
from knowledge_base.schema.programme import Programme

_TOPIC_BUTTONS = ("qualifizierung", "digitalisierung", "ki", "ausbildung", "gruendung")


@dataclass(frozen=True)
class Question:
    """A question for one fact with ready-made answers."""

    fact: str
    text: str
    buttons: Sequence[Button]


def topic_question() -> Question:
    """Asked when nothing sensible can be shown yet."""
    buttons = [Button(TOPICS[topic], inform(topic=topic)) for topic in _TOPIC_BUTTONS]
    return Question("topic", "Worum geht es Ihnen?", buttons)


def chances_for(turn: Turn, memory: Memory) -> Chances:
    """The chances of programmes for what is known."""
    services = turn.services
    return Chances(memory.profile(services.instance.region), services.today(), directory(services.store))


def next_question(
    turn: Turn, memory: Memory, candidates: Candidates, again: str | None = None, chances: Chances | None = None
) -> Question | None:
    """Return the one question that helps most now; none if no answer would change the top.

    A fact that is known, was asked before or is said to be unknown is not asked again.

    Args:
        turn: The message.
        memory: What is known.
        candidates: Programmes with how well each answers the question, best first.
        again: Fact of an interrupted question, which is asked once more.
        chances: ``chances_for`` this memory, if they were weighed before.
    """
    chances = chances or chances_for(turn, memory)
    fact = again if again and candidates and may_ask(again, chances.profile) else None
    fact = fact or turn.services.next_fact(candidates, chances, (*memory.posed, *memory.declined))
    return ask_for(turn, memory, fact, [programme for programme, _ in candidates[:LEADING]]) if fact else None


def ask_for(turn: Turn, memory: Memory, fact: str, programmes: Sequence[Programme] = ()) -> Question:
    """The question for a fact with answers that make a difference for these programmes."""
    if fact == "place":
        return place_question()
    rules = [rule for programme in programmes for rule in rules_of(programme)]
    purposes = {entry.id: entry.label for entry in turn.services.store.catalogue().vocabulary.purposes}
    buttons = answers(fact, memory.profile(), programmes, rules, purposes)
    return Question(fact, BY_NAME[fact].question, buttons)


def place_question() -> Question:
    """Asked where the place decides: who is responsible, and what is offered there."""
    text = "In welcher Stadt oder Gemeinde sind Sie? Der Ort oder die Postleitzahl genügt."
    return Question("place", text, [unknown_button()])


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
    """Remember what was asked; a question is not asked twice."""
    if question is None:
        return replace(memory, asked=None)
    return replace(
        memory, asked=question.fact, posed=(*(f for f in memory.posed if f != question.fact), question.fact)
    )
