"""``python -m tests.channels.messenger.record_replies``: plays all conversation tests and records the replies.

Run it when the words of the bot have changed. It needs the trained model.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from typing import Any

from bot.instance import load_instance
from bot.runtime.interface import Runtime
from bot.settings import REPOSITORY, load_settings
from tests.channels.messenger.replies import FILE
from tests.conversations.player import load_conversations

_READ = ("kind", "asks", "programmes", "sources")
"""What messengers read of the answer (``channels.messenger``)."""


async def replies_of(runtime: Runtime, conversation: dict[str, Any], number: int) -> list[list[dict[str, Any]]]:
    """Play one conversation; expectations are the business of its own test."""
    found, buttons = [], []
    for turn in conversation["turns"]:
        said: dict[str, Any] = {"text": turn.get("text")}
        if "button" in turn:
            said = {"payload": next(b.payload for b in buttons if turn["button"].lower() in b.title.lower())}
        messages = await runtime.handle(f"record:{number}", **said)
        buttons = [button for message in messages for button in message.buttons]
        found.append([_what_messengers_read(message.as_dict()) for message in messages])
    return found


def _what_messengers_read(message: dict[str, Any]) -> dict[str, Any]:
    """Leave out what no messenger looks at; the file is large enough without it."""
    return {**message, "answer": {key: value for key, value in message["answer"].items() if key in _READ and value}}


async def record(runtime: Runtime) -> list[list[dict[str, Any]]]:
    """Play all conversations; a reply that comes twice is kept once."""
    played = [await replies_of(runtime, each, number) for number, each in enumerate(load_conversations())]
    lines = {json.dumps(reply, ensure_ascii=False, sort_keys=True): reply for replies in played for reply in replies}
    return list(lines.values())


def main() -> None:
    """Write the file, one reply per line."""
    models = os.environ.get("NAVIGATOR_MODEL_DIR", str(REPOSITORY / "var" / "models"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(NAVIGATOR_VAR_DIR=folder, NAVIGATOR_MODEL_DIR=models)
        from bot.runtime.start import start_runtime

        settings = load_settings()
        replies = asyncio.run(record(start_runtime(settings, load_instance(settings), print)))
    lines = [json.dumps(reply, ensure_ascii=False) for reply in replies]
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{len(replies)} replies")


if __name__ == "__main__":
    main()
