"""The recorded conversations of ``tests/conversations``: what a model makes of them, turn by turn."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.runtime.interface import Runtime

FOLDER = Path("tests") / "conversations"
Conversation = Mapping[str, Any]
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_conversations(folder: Path) -> list[dict[str, Any]]:
    """Return all conversations of a folder, each with the file it stands in."""
    return [{**item, "file": path.stem} for path in sorted(folder.glob("*.yml"))
            for item in yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)]


async def failing(runtime: Runtime, conversations: Sequence[Conversation]) -> list[str]:
    """Play conversations; return those that do not go as recorded, each with the turn where it goes wrong.

    One that goes wrong is played once more: on a busy machine a turn may take longer than the bot may think.
    """
    found = []
    for conversation in conversations:
        said = await _goes_wrong_at(runtime, conversation) and await _goes_wrong_at(runtime, conversation)
        if said is not None:
            found.append(f"{conversation['file']}, {conversation['name']}: „{said}“")
    return found


async def _goes_wrong_at(runtime: Runtime, conversation: Conversation) -> str | None:
    """Return what the person says where the conversation goes wrong; ``None`` if it goes well."""
    session, buttons = secrets.token_urlsafe(12), list[dict[str, str]]()
    for turn in conversation["turns"]:
        said = str(turn.get("button") or turn["text"])
        if "button" in turn:
            fitting = [each for each in buttons if said.lower() in each["title"].lower()]
            if not fitting:
                return said
            reply = await runtime.handle(session, payload=fitting[0]["payload"])
        else:
            reply = await runtime.handle(session, text=said)
        messages = [message.as_dict() for message in reply]
        buttons = [button for message in messages for button in message["buttons"]]
        apologised = any(message["answer"]["kind"] == "error" for message in messages)
        if apologised or missed(messages, turn.get("expect", {})):
            return said
    return None


def missed(messages: Sequence[Mapping[str, Any]], expect: Mapping[str, Any]) -> list[str]:
    """Return what of the expectation does not hold.

    Keys: ``kind`` (one of), ``programmes`` (at least one), ``not_programmes`` (none usable), ``contacts`` (at least
    one), ``aspect``, ``asks``, ``not_asks``, ``understood``, ``says`` (at least one), ``not_says``.
    """
    answers = [m["answer"] for m in messages]
    text = "\n".join(m["text"] for m in messages)
    shown = {p["id"]: p for a in answers for p in a["programmes"]}
    usable = {i for i, p in shown.items() if p["status"] != "ausgelaufen" and p["verdict"] != "passt_nicht"}
    contacts = {c["id"] for a in answers for c in a["contacts"]}
    understood = {k: v for a in answers for k, v in a["understood"].items()}
    checks = {
        "kind": lambda want: bool({a["kind"] for a in answers} & set(want)),
        "programmes": lambda want: bool(set(shown) & set(want)),
        "not_programmes": lambda want: not usable & set(want),
        "contacts": lambda want: bool(contacts & set(want)),
        "aspect": lambda want: want in {a["aspect"] for a in answers},
        "asks": lambda want: want in {a["asks"] for a in answers},
        "not_asks": lambda want: want not in {a["asks"] for a in answers},
        "understood": lambda want: all(understood.get(k) == v for k, v in want.items()),
        "says": lambda want: any(w in text for w in want),
        "not_says": lambda want: not any(w in text for w in want),
    }
    return [f"{key}: {want!r}" for key, want in expect.items() if not checks[key](want)]
