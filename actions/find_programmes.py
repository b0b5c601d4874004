"""Answer a question for funding: a name is explained, everything else is searched."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.clear_up import clear_up
from actions.explain_programme import explain, named_programme
from actions.find_contacts import look_up
from actions.follow_up import SAID
from actions.programme_hits import show
from actions.questions import asked, place_question
from knowledge_base.text import fold

_FRAGMENT = 5
"""A message of so few words that names a kind of office asks for the office („Regionalagentur OWL Internetseite“)."""
_ASKS_WHERE = re.compile(r"\s*(wo|wohin)\b")
_ANSWERED_BY_AN_OFFICE = {"anerkennung", "arbeitserlaubnis"}
"""Plans that are no matter of money first: „Wo lasse ich meinen Abschluss anerkennen?“ asks for the office."""


class FindProgrammes(NavigatorAction):
    """„Gibt es Zuschüsse für …?“"""

    action_name: ClassVar[str] = "action_find_programmes"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """A programme that is named is explained; everything else is searched."""
        named = named_programme(turn)
        if named is not None:
            return _and_the_place(explain(turn, named, None))
        cleared = clear_up(turn)
        if cleared is not None:
            return [cleared]
        kinds = tuple(turn.message.values("contact_kind"))
        if kinds and len(turn.text.split()) <= _FRAGMENT:
            return [look_up(turn, replace(turn.memory, contact_kinds=kinds))]
        memory = replace(turn.memory, wish=_wish(turn), shown=(), programme=None)
        if _ANSWERED_BY_AN_OFFICE & {*memory.purposes} and _ASKS_WHERE.match(fold(turn.text)) and not memory.want:
            return [look_up(turn, memory)]
        if "kontakt" in turn.message.values("aspect", sure=SAID) and not memory.want:
            return [look_up(turn, replace(memory, contact_kinds=kinds))]
        return [show(turn, memory)]


def _and_the_place(replies: list[Reply]) -> list[Reply]:
    """Who looks for funding and names a programme needs the person at the place as well."""
    last = replies[-1]
    memory = last.memory
    if last.asks or memory.place or "place" in (*memory.posed, *memory.declined) or memory.goal != "programme":
        return replies
    question = place_question()
    text, buttons = f"{last.text}\n\n{question.text}", [*question.buttons, *last.buttons]
    memory = replace(asked(memory, question), check=memory.programme)
    return [*replies[:-1], replace(last, text=text, buttons=buttons, asks=question.fact, memory=memory)]


def _wish(turn: Turn) -> str:
    """The words to search for; a follow-up without a subject („zahlt da jemand was?“) goes on with the old ones."""
    message = turn.message
    own = message.subject or message.values("topic") or message.values("purpose")
    return turn.text if own or not turn.before.wish else f"{turn.before.wish} {turn.text}"
