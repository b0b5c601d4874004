"""More hits, alternatives, and „what now?“."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.explain_programme import explain, named_programme
from actions.programme_hits import show, show_these
from actions.questions import asked, topic_question
from knowledge_base.schema.programme import Status


class ShowMore(NavigatorAction):
    """„Gibt es noch mehr?“"""

    action_name: ClassVar[str] = "action_show_more"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Show the next hits of the last search."""
        return [show(turn, turn.memory, skip=turn.before.shown, intro="Das gibt es außerdem:")]


class ShowAlternatives(NavigatorAction):
    """„Und was gibt es stattdessen?“"""

    action_name: ClassVar[str] = "action_show_alternatives"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Show what the record of the programme in focus names instead of it, else the next hits."""
        store = turn.services.store
        focus = named_programme(turn) or (store.programme(turn.before.programme) if turn.before.programme else None)
        if focus is None:
            return [show(turn, turn.memory, skip=turn.before.shown, intro="Das gibt es stattdessen:")]
        if named_programme(turn) and focus.status is Status.AUSGELAUFEN:
            return explain(turn, focus, "ueberblick")
        successor = store.programme(focus.successor.id) if focus.successor else None
        if successor is not None and successor.status is not Status.AUSGELAUFEN:
            return explain(turn, successor, "ueberblick")
        memory = replace(
            turn.memory,
            topics=tuple(t.value for t in focus.topics),
            programme=None,
            wish=" ".join([turn.memory.wish, focus.name, *focus.search_phrases]),
        )
        intro = "Das gibt es stattdessen:"
        named = [p for p in map(store.programme, focus.alternatives) if p is not None]
        reply = show_these(turn, memory, named, intro)
        return [reply or show(turn, memory, skip=(focus.id,), intro=intro)]


class NextStep(NavigatorAction):
    """„Und jetzt?“"""

    action_name: ClassVar[str] = "action_next_step"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """With a programme in focus its steps, else the question what it is about."""
        focus = turn.memory.programme or (turn.memory.shown[0] if turn.memory.shown else None)
        programme = turn.services.store.programme(focus) if focus else None
        if programme is not None:
            return explain(turn, programme, "ablauf")
        question = topic_question()
        text = (
            "Sagen Sie mir kurz, was Sie vorhaben und wo Sie sind. "
            f"Dann zeige ich Ihnen Programme und eine Ansprechstelle.\n\n{question.text}"
        )
        return [Reply("question", text, question.buttons, asks=question.fact, memory=asked(turn.memory, question))]
