"""The fixed texts of ``nlu_data/responses``: one action says them all, so that an open question may come first."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn


class SayFixedText(NavigatorAction):
    """Answers an intent whose answer in the registry is the text ``utter_<intent>``."""

    action_name: ClassVar[str] = "action_say_fixed_text"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Say the text; it brings its own kind and buttons. What the message names is not taken for a case."""
        return [Reply("info", response=f"utter_{turn.message.intent}", memory=replace(turn.before, clarified=0))]
