"""Steps of the conversation itself: starting over, plain language, introducing oneself."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Button, Reply
from actions.base import NavigatorAction, Turn
from actions.explain_programme import explain, named_programme
from actions.follow_up import SAID
from actions.memory import Memory
from actions.programme_hits import show
from actions.questions import asked, topic_question


class StartOver(NavigatorAction):
    """„Noch mal von vorne bitte“"""

    action_name: ClassVar[str] = "action_start_over"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Forget everything but the wish for plain language; „zurück zur Software“ only goes back to a subject."""
        named = named_programme(turn)
        if named is not None:
            return explain(turn, named, None)
        if turn.before.goal and turn.message.values("topic", sure=SAID):
            return [show(turn, replace(turn.memory, wish=turn.text, shown=(), programme=None))]
        question = topic_question()
        memory = asked(Memory(plain=turn.memory.plain), question)
        return [
            Reply(
                "question",
                f"Gut, wir fangen neu an. Ihre bisherigen Angaben habe ich verworfen.\n\n{question.text}",
                question.buttons,
                asks=question.fact,
                memory=memory,
            )
        ]


class UsePlainLanguage(NavigatorAction):
    """„Bitte einfacher“; a button may also lead back."""

    action_name: ClassVar[str] = "action_use_plain_language"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """From now on in „einfache Sprache“, or no longer; what was shown last is said again that way."""
        plain = turn.message.first("plain_language") != "aus"
        memory = replace(turn.memory, plain=plain, clarified=0)
        plain_turn = replace(turn, memory=memory)
        focus = turn.services.store.programme(memory.programme) if memory.programme else None
        if focus is not None:
            return explain(plain_turn, focus, "ueberblick")
        if memory.goal == "programmes" and memory.wish:
            return [show(plain_turn, memory, intro="In einfacher Sprache:" if plain else "Wieder ausführlich:")]
        question = topic_question()
        return [
            Reply(
                "info",
                f"Ich schreibe jetzt {'in einfacher Sprache' if plain else 'wieder ausführlich'}. Sagen Sie mir: "
                "Was möchten Sie machen?",
                question.buttons,
                memory=asked(memory, question),
            )
        ]


class Introduce(NavigatorAction):
    """„Wer bist du?“"""

    action_name: ClassVar[str] = "action_introduce"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Say what the bot is and who runs it."""
        instance = turn.services.instance
        text = (
            f"Ich bin der {instance.service_name}, ein KI-System und kein Mensch. Ich zeige Ihnen Förderprogramme "
            f"und Ansprechstellen in Nordrhein-Westfalen. Betrieben werde ich von: {instance.agency.name} "
            f"({instance.agency.organisation}). Meine Auskünfte sind unverbindlich. Alle Angaben kommen aus "
            "geprüften Einträgen mit Quelle und Datum."
        )
        return [
            Reply(
                "info",
                text,
                [Button("Was kannst du?", "/bot_faehigkeiten"), Button("Datenschutz", "/datenschutz")],
                memory=replace(turn.memory, clarified=0),
            )
        ]
