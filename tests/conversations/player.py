"""Plays conversations against the runtime with the trained model, as data of ``tests/conversations/*.yml``."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from bot.contract.validator import validate_reply
from bot.runtime.interface import Runtime
from knowledge_base.content import Catalogue
from tests.figures import unsupported_figures

HERE = Path(__file__).parent


def load_conversations() -> list[dict[str, Any]]:
    """All conversations of the folder, each with the file it stands in."""
    found = []
    for path in sorted(HERE.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append({**item, "file": path.stem})
    return found


@dataclass
class Player:
    """One conversation with the bot; checks the rules that every reply must keep."""

    runtime: Runtime
    catalogue: Catalogue
    instance: BaseModel
    session: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    said: list[str] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Send a text."""
        self.said.append(text)
        return self._check(await self.runtime.handle(self.session, text=text))

    async def press(self, title: str) -> list[dict[str, Any]]:
        """Press the first button whose title contains ``title``."""
        fitting = [b for b in self.buttons if title.lower() in b["title"].lower()]
        assert fitting, f"no button {title!r} among {[b['title'] for b in self.buttons]}"
        return self._check(await self.runtime.handle(self.session, payload=fitting[0]["payload"]))

    def _check(self, reply: list[Any]) -> list[dict[str, Any]]:
        messages = [message.as_dict() for message in reply]
        validate_reply({"request_id": "test", "messages": messages})
        assert not any(m["answer"]["kind"] == "error" for m in messages), "the bot apologised"
        assert any(m["buttons"] for m in messages), "dead end: no next step"
        invented = unsupported_figures(messages, self.said, self.catalogue, self.instance)
        assert not invented, f"figures without a source: {sorted(invented)} in {[m['text'] for m in messages]}"
        self.buttons = [button for m in messages for button in m["buttons"]]
        return messages


def missed(messages: list[dict[str, Any]], expect: dict[str, Any]) -> list[str]:
    """What of the expectation does not hold.

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
