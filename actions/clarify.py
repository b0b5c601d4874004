"""When the words were not understood: search the catalogue, offer the two best readings, then a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Mapping, Sequence

from actions.answer import Button, Reply
from actions.base import NavigatorAction, Turn, human_button
from actions.explain_programme import explain, named_programme
from actions.find_contacts import contacts_reply, look_up, named_contacts
from actions.hand_over import hand_over
from actions.programme_hits import PROMISING, has_begun, search, show
from actions.questions import topic_question
from actions.registry import registry, title_of
from actions.take_facts import answer_again

_UNSPEAKING = frozenset({"nlu_fallback", "angaben_machen", "ausser_themen", "zustimmung", "ablehnung", "weiss_nicht"})
_LIKELY = 0.2
"""Chance of a reading that is more than a guess among fifty."""


class Clarify(NavigatorAction):
    """Answers ``nlu_fallback``."""

    action_name: ClassVar[str] = "action_clarify"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """See :func:`clarify`."""
        return clarify(turn)


def clarify(turn: Turn) -> Sequence[Reply]:
    """First what is named, then good hits, then new facts; else two readings, then any hit, then a person.

    „Etwas anderes“ below the two readings leads here again, with the words of before.
    """
    named = named_programme(turn)
    if named is not None:
        return explain(turn, named, None)
    kinds = tuple(turn.message.values("contact_kind"))
    if kinds:
        return [look_up(turn, replace(turn.memory, contact_kinds=kinds))]
    if named_contacts(turn):
        return [contacts_reply(turn, turn.memory, named_contacts(turn))]
    found = _in_catalogue(turn)
    if found is not None:
        return [found]
    if turn.memory != turn.before and turn.text:
        return answer_again(turn, turn.memory)
    if turn.before.clarified >= 1:
        return hand_over(turn, "Ich verstehe Sie leider nicht richtig. Ein Mensch kann Ihnen besser helfen.")
    return [_readings(turn)]


def _in_catalogue(turn: Turn) -> Reply | None:
    """What the search finds: at first only good hits, after a question back all of them."""
    words = turn.text or turn.before.unclear
    if not words:
        return None
    memory = replace(turn.memory, wish=words, shown=(), programme=None)
    findings = search(turn, memory)
    about = turn.message.values("topic") or turn.message.values("purpose")
    if findings.hits and (about or findings.hits[0].score >= PROMISING or turn.before.clarified >= 1):
        unsure = "Ich bin nicht ganz sicher, ob ich Sie richtig verstehe. Das könnte passen:"
        return show(turn, memory, intro=None if has_begun(turn) else unsure)
    return None


def _readings(turn: Turn) -> Reply:
    """The two best readings as speaking buttons and „etwas anderes“."""
    entries = registry()
    guesses = [r for r in turn.message.ranking if r.get("name") in entries]
    best = [r["name"] for r in guesses if r["name"] not in _UNSPEAKING][:2]
    buttons = [Button(title_of(intent), f"/{intent}") for intent in best]
    buttons = buttons or list(topic_question().buttons[:3])
    return Reply(
        "clarify",
        "Das kann ich auf zwei Weisen verstehen. Was meinen Sie?"
        if len(best) == 2 and _close(guesses)
        else "Das habe ich noch nicht verstanden. Meinen Sie eines davon?",
        [*buttons, Button("Etwas anderes", "/nlu_fallback"), human_button()],
        memory=replace(turn.memory, clarified=turn.before.clarified + 1, unclear=turn.text),
    )


def _close(guesses: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the classifier sees two readings that are about as likely, and each of them likely."""
    first, second = (float(guess["confidence"]) for guess in guesses[:2])
    return second >= _LIKELY and first - second < _LIKELY
