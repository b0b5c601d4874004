"""What a short message means behind what was said before."""

from __future__ import annotations

from typing import Any

import pytest

from actions.follow_up import only_guesses_subject, reread
from actions.memory import Memory
from actions.understanding import Message

LIST = Memory(goal="programmes", topics=("digitalisierung",), asked="started", posed=("started",))
ONE = Memory(goal="programme", programme="bildungsscheck-2-0", aspect="hoehe", topics=("qualifizierung",))


def _message(text: str, guess: str, confidence: float = 0.5, **entities: Any) -> Message:
    found = [
        {"entity": name, "value": value, "start": 0, "end": 1, "confidence_entity": 1.0}
        for name, value in entities.items()
    ]
    ranking = [{"name": guess, "confidence": confidence}]
    return Message(text, guess, found, confidence=confidence, ranking=ranking)


@pytest.mark.parametrize(
    ("memory", "message", "meant"),
    [
        (
            LIST,
            _message("Den habe ich schon bestellt", "programm_ablauf", 0.9, life_fact="started=true"),
            "angaben_machen",
        ),
        (Memory(), _message("Den habe ich schon bestellt", "programm_ablauf", 0.9, life_fact="started=true"), None),
        (
            LIST,
            _message("2000 Euro kostet der", "programm_hoehe", 0.9, aspect="hoehe", costs_eur=2000.0),
            "angaben_machen",
        ),
        (
            LIST,
            _message("sie bekommt Bürgergeld", "nachbarthema", term="x", life_fact="benefit=grundsicherung"),
            "angaben_machen",
        ),
        (
            ONE,
            _message("Was gibt es da noch obendrauf?", "mehr_zeigen", 0.9, aspect="kombination"),
            "programm_kombination",
        ),
        (LIST, _message("Was gibt es da noch obendrauf?", "mehr_zeigen", 0.9, aspect="kombination"), None),
        (ONE, _message("und bab?", "programme_vergleichen", 0.4, programme="bab"), "programm_hoehe"),
        (ONE, _message("zurück zum BAB", "neu_anfangen", programme="bab"), "programm_ueberblick"),
        (ONE, _message("bab wie beantragen", "programm_ablauf", 0.9, programme="bab", aspect="ablauf"), None),
        (
            Memory(asked="programme", aspect="frist"),
            _message("das BAB", "angaben_machen", 0.9, programme="bab"),
            "programm_frist",
        ),
        (Memory(), _message("bab", "programm_kontakt", programme="bab"), None),
        (LIST, _message("", "programm_ueberblick", programme="bab"), None),
    ],
)
def test_reread(memory: Memory, message: Message, meant: str | None) -> None:
    assert reread(memory, message) == meant


def test_a_short_follow_up_does_not_change_the_topic_unless_it_names_one() -> None:
    assert only_guesses_subject(LIST, _message("zahlt da jemand was", "foerderung_qualifizierung", 0.9))
    assert not only_guesses_subject(LIST, _message("zahlt jemand KI", "foerderung_ki", 0.9, topic="ki"))
    assert not only_guesses_subject(Memory(), _message("zahlt da jemand was", "foerderung_qualifizierung", 0.9))


def test_a_german_follow_up_with_a_strange_word_is_not_read_as_another_language() -> None:
    running = Memory(goal="programme", programme="avgs")
    assert reread(running, Message("und ava?", "fremdsprache", [])) == "nlu_fallback"
    assert reread(running, Message("what about ava", "fremdsprache", [])) is None
