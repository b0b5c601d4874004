"""Where our field ends: other subjects, and the questions nobody but an office or an adviser may answer."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.explain_programme import explain, named_programme
from actions.find_contacts import look_up
from actions.follow_up import SAID
from actions.hand_over import hand_over
from actions.programme_hits import PROMISING, search, show


class RefuseOffTopic(NavigatorAction):
    """„Wie wird das Wetter morgen?“"""

    action_name: ClassVar[str] = "action_refuse_off_topic"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Say what our field is, the second time name a person; a named programme or office is never off topic."""
        named = named_programme(turn)
        if named is not None:
            return explain(turn, named, None)
        kinds = tuple(turn.message.values("contact_kind"))
        if kinds and turn.message.first("place"):
            return [look_up(turn, replace(turn.memory, contact_kinds=kinds))]
        ours = _in_our_field(turn)
        if ours is not None:
            return [ours]
        if turn.before.clarified >= 1:
            return hand_over(turn, "Auch dazu habe ich nichts. Bei Fragen zu Förderung hilft Ihnen hier ein Mensch:")
        refused = replace(turn.before, clarified=turn.before.clarified + 1)
        return [Reply("no_match", response="utter_ausser_themen", memory=refused)]


def _in_our_field(turn: Turn) -> Reply | None:
    """„Deutschlandticket Azubi“ names what we have programmes for: show them if they answer it well."""
    if not turn.message.values("purpose", sure=SAID):
        return None
    memory = replace(turn.memory, wish=turn.text, shown=(), programme=None)
    hits = search(turn, memory).hits
    return show(turn, memory) if hits and hits[0].score >= PROMISING else None


class ExplainLimits(NavigatorAction):
    """„Versprechen Sie mir, dass ich das Geld bekomme?“, „Muss ich das versteuern?“"""

    action_name: ClassVar[str] = "action_explain_limits"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """No promise, no legal or tax advice; then what the catalogue says on the subject, if there is one."""
        limits = Reply("info", response="utter_verbindlichkeit", memory=turn.memory)
        named = named_programme(turn)
        if named is not None:
            return [limits, *explain(turn, named, None)]
        if turn.message.values("topic", sure=0.9) or turn.message.values("purpose", sure=0.9):
            memory = replace(turn.memory, wish=turn.text, shown=(), programme=None)
            return [limits, show(turn, memory, intro="Das könnte zu Ihrer Frage passen:")]
        return [limits]
