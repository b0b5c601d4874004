"""Answer a question for funding: a name is explained, a mere fact refines the last question, the rest is searched."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.clear_up import clear_up
from actions.explain_programme import explain, named_programme
from actions.programme_hits import show
from actions.take_facts import answer_again
from actions.understanding import FACTS_ONLY


class FindProgrammes(NavigatorAction):
    """„Gibt es Zuschüsse für …?“"""

    action_name: ClassVar[str] = "action_find_programmes"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """A programme that is named is explained; everything else is searched."""
        if turn.message.intent == FACTS_ONLY:
            return answer_again(turn, turn.memory)
        named = named_programme(turn)
        if named is not None:
            return explain(turn, named, None)
        cleared = clear_up(turn)
        if cleared is not None:
            return [cleared]
        memory = replace(turn.memory, wish=turn.text, shown=(), programme=None)
        return [show(turn, memory)]
