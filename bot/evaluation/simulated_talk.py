"""A made-up person talks to the actions: opens with a sentence, then answers what is asked, truthfully."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from actions.answer import Button, Reply
from actions.base import NavigatorAction, Turn
from actions.find_programmes import FindProgrammes
from actions.memory import Memory
from actions.services import Services
from actions.take_facts import TakeFacts, TakeUnknown, TakeYesNo
from actions.understanding import FACTS_ONLY, Message, understand
from bot.evaluation.oracle import Oracle
from bot.evaluation.population import Asker, who_i_am
from knowledge_base.recognise.mention import Mention

Find = Callable[[str], Sequence[Mention]]

_ACTIONS: dict[str, type[NavigatorAction]] = {
    "foerderung_allgemein": FindProgrammes,
    FACTS_ONLY: TakeFacts,
    "zustimmung": TakeYesNo,
    "ablehnung": TakeYesNo,
    "weiss_nicht": TakeUnknown,
}
_UNKNOWN = Message("Weiß ich nicht", "weiss_nicht", [])
_KNOWS_ALWAYS = frozenset({"place"})
"""Where one lives or works one knows."""
_IN_WORDS = {
    "arbeitslos": "Ich bin arbeitslos gemeldet.",
    "ohne_arbeit": "Ich habe keine Arbeit.",
    "angestellt": "Ich bin angestellt.",
    "selbststaendig": "Ich bin selbstständig.",
    "ausbildung": "Ich mache eine Ausbildung.",
    "schule": "Ich gehe noch zur Schule.",
    "elternzeit_pflege": "Ich bin in Elternzeit.",
    "kurzarbeit": "Ich bin in Kurzarbeit.",
    "transfergesellschaft": "Ich bin in einer Transfergesellschaft.",
    "it": "IT",
    "gesundheit_pflege": "Pflege",
    "freie_berufe": "Freier Beruf",
    "kapitalgesellschaft": "GmbH",
    "personengesellschaft": "GbR",
    "oeffentlich": "Öffentliche Einrichtung",
    "meister_fachwirt": "Ich bin Meister.",
    "alg1": "Arbeitslosengeld",
    "grundsicherung": "Bürgergeld",
}
"""How people say what the catalogue has an id for; all others say its word („Bau“, „Genossenschaft“)."""


@dataclass(frozen=True)
class Habits:
    """How a simulated person answers."""

    unknown: float = 0.2
    """Share of questions answered with „weiß ich nicht“."""
    presses: float = 0.5
    """Share of answers by button, where one fits."""
    knows: frozenset[str] = _KNOWS_ALWAYS
    """Facts that are never unknown to the person."""


class Talk:
    """One conversation."""

    def __init__(
        self, asker: Asker, oracle: Oracle, services: Services, find: Find, habits: Habits, chance: Random
    ) -> None:
        self._asker, self._person = asker, asker.person
        self._oracle, self._services, self._find = oracle, services, find
        self._habits, self._chance = habits, chance
        self._memory = Memory()

    def replies(self) -> Iterator[tuple[str, Reply]]:
        """Yield the message of the person and the reply to it, as long as the bot asks something."""
        opening = self._asker.opening
        message: Message | None = Message(opening, "foerderung_allgemein", self._entities(opening))
        while message is not None:
            turn = Turn(message, self._memory, understand(self._memory, message), self._services)
            reply = together(_ACTIONS[message.intent or ""]().answer(turn))
            self._memory = reply.memory
            yield message.text, reply
            message = self._answer(reply) if reply.asks else None

    def _answer(self, reply: Reply) -> Message:
        fact = str(reply.asks)
        if fact not in self._habits.knows and self._chance.random() < self._habits.unknown:
            return _UNKNOWN
        truth = self._truth(fact)
        if truth is None or truth == []:
            return _UNKNOWN
        fitting = [button for button in reply.buttons if _states(button, fact, truth)]
        if fitting and (self._chance.random() < self._habits.presses or not isinstance(truth, (bool, int, float))):
            return _pressed(fitting[0])
        return self._said(fact, truth)

    def _truth(self, fact: str) -> Any:
        person = self._person
        if fact == "place":
            return str(self._oracle.gemeinden[person.place]["name"])
        known = {"audience": person.audience, "topic": min(person.topics), "purpose": person.purpose}
        return known[fact] if fact in known else person.facts.get(fact)

    def _said(self, fact: str, truth: Any) -> Message:
        if isinstance(truth, bool):
            return Message("Ja" if truth else "Nein", "zustimmung" if truth else "ablehnung", [])
        text = self._in_words(fact, truth) if isinstance(truth, str) else f"{truth:.12g}".replace(".", ",")
        return Message(text, FACTS_ONLY, self._entities(text))

    def _in_words(self, fact: str, truth: str) -> str:
        if fact == "audience":
            return who_i_am(self._person)
        if fact in ("topic", "purpose"):
            return self._asker.need
        return truth if fact == "place" else _IN_WORDS.get(truth, truth.capitalize())

    def _entities(self, text: str) -> list[dict[str, Any]]:
        return [
            {"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "confidence_entity": m.confidence}
            for m in self._find(text)
        ]


def together(replies: Sequence[Reply]) -> Reply:
    """All messages of a turn as one: the person reads every one of them, and answers the last."""
    programmes = [shown for reply in replies for shown in reply.programmes]
    contacts = [contact for reply in replies for contact in reply.contacts]
    return replace(replies[-1], programmes=programmes, contacts=contacts)


def _payload(button: Button) -> tuple[str, dict[str, Any]]:
    intent, brace, entities = button.payload[1:].partition("{")
    return intent, json.loads(brace + entities) if brace else {}


def _states(button: Button, fact: str, truth: Any) -> bool:
    """Whether a button says the truth about a fact."""
    intent, entities = _payload(button)
    if intent != FACTS_ONLY:
        return False
    span = entities.get(f"{fact}_range")
    if span is not None:
        return isinstance(truth, (int, float)) and span[0] <= truth <= span[1]
    said = entities.get(fact)
    if said is None:
        name, _, value = str(entities.get("life_fact", "")).partition("=")
        return name == fact and value == (str(truth).lower() if isinstance(truth, bool) else str(truth))
    return bool(said == truth)


def _pressed(button: Button) -> Message:
    intent, entities = _payload(button)
    return Message("", intent, [{"entity": k, "value": v, "start": 0, "end": 0} for k, v in entities.items()])
