"""The scripted replies keep the contract, so that the pages are tested with what the bot could say."""

from __future__ import annotations

import sqlalchemy as sa
import yaml

from bot.contract.validator import validate_reply
from tests.browser.scripted_runtime import SCRIPT, ScriptedRuntime


async def test_every_scripted_reply_keeps_the_contract(catalogue_engine: sa.Engine) -> None:
    runtime = ScriptedRuntime(catalogue_engine)
    words = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))["replies"]
    assert {"karten", "ergebnis", "mensch", "panne"} <= set(words)
    for word in words:
        messages = await runtime.handle("web:test-script", text=word)
        validate_reply({"request_id": "test", "messages": [each.as_dict() for each in messages]})
    for payload in runtime._script["payloads"]:
        assert await runtime.handle("web:test-script", payload=payload)
