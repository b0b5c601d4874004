"""„Löschen Sie meine Daten“: ask once, then erase the whole conversation with everything that belongs to it.

The reply that says so carries the mark ``erase`` (``nlu_data/responses/bot.yml``). Whoever stores the turn sees it
and deletes the conversation instead (``bot/tracker_store.py``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.callback_words import agrees, refuses
from actions.memory import Memory

CONSENT = "erase_consent"
"""Question that is open; the buttons answer it with the entity of the same name: ``ja`` or ``nein``."""


class EraseConversation(NavigatorAction):
    """Answers ``daten_loeschen`` and the „ja“ or „nein“ behind its question."""

    action_name: ClassVar[str] = "action_erase_conversation"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Ask for consent; a button may give it at once."""
        decided = self._decided(turn)
        if decided:
            return decided
        return [Reply("question", response="utter_daten_loeschen", memory=replace(turn.before, asked=CONSENT))]

    def take(self, turn: Turn) -> Sequence[Reply]:
        """Take the „ja“ or „nein“; empty if the message is about something else."""
        return self._decided(turn)

    @staticmethod
    def _decided(turn: Turn) -> Sequence[Reply]:
        pressed, open_now = turn.message.first(CONSENT), turn.before.asked == CONSENT
        if pressed == "ja" or (open_now and agrees(turn.text)):
            return [Reply("info", response="utter_daten_geloescht", memory=Memory())]
        if pressed == "nein" or (open_now and refuses(turn.text)):
            return [Reply("info", response="utter_daten_behalten", memory=replace(turn.before, asked=None))]
        return ()
