"""A conversation in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import chat
from bot.runtime.messages import BotMessage, Button, complete_answer
from tests.channels.fake_runtime import FakeRuntime, write_buttons

BUTTONS = (Button("Ja", "/ja"), Button("Nein", "/nein"))


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("1", BUTTONS[0]),
        (" 2 ", BUTTONS[1]),
        ("3", None),
        ("0", None),
        ("²", None),
        ("12 Leute", None),
        ("", None),
    ],
)
def test_a_number_chooses_a_button(said: str, chosen: Button | None) -> None:
    assert chat.choose(said, BUTTONS) == chosen


def test_buttons_are_numbered_across_messages() -> None:
    answer = complete_answer(None, {})
    lines = chat.render([BotMessage("Eins", BUTTONS[:1], answer), BotMessage("Zwei", BUTTONS[1:], answer)])
    assert [line.strip() for line in lines.splitlines() if line.strip()] == ["Eins", "Zwei", "[1] Ja", "[2] Nein"]


async def test_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakeRuntime(write_buttons(tmp_path))
    lines: Iterator[str] = iter(["Hallo", "1", "   ", "Ende"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(lines))
    await chat.converse(fake)
    assert [heard["text"] for heard in fake.heard] == ["Hallo", "/hilfe"]
    assert len({heard["conversation_id"] for heard in fake.heard}) == 1
    assert "Bitte schreiben Sie Ihre Frage." in capsys.readouterr().out
    assert fake.closed
