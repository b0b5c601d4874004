"""A person with WhatsApp: Meta calls the webhook of a bench, answers arrive at the Graph API."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

import httpx

from channels.kit.bench import Bench
from channels.whatsapp.webhook import PATH
from tests.channels.whatsapp import official
from tests.channels.whatsapp.conftest import APP_SECRET
from tests.channels.whatsapp.graph_api import GraphApi
from tests.channels.whatsapp.test_form import token_of


class Phone:
    """Somebody with WhatsApp (see ``channels.kit.conformance.Person``)."""

    address, stranger = official.USER_ID, "DE.42"

    def __init__(self, bench: Bench, graph_api: GraphApi) -> None:
        self.bench = bench
        self.graph_api = graph_api
        self._last: dict[str, Any] = {}

    async def write(self, text: str) -> None:
        await self.send(official.text(text))

    async def press(self, title: str) -> None:
        await self.send(official.chosen(token_of(self.graph_api.sent[-1]["interactive"], title), "list_reply"))

    async def speak(self) -> None:
        await self.send(official.of_kind(official.KINDS["voice"]))

    async def repeat(self) -> None:
        await self._call()

    async def break_down(self) -> None:
        self.graph_api.fail(131000, 500)

    async def received(self) -> list[str]:
        return [sent["text"]["body"] if sent["type"] == "text" else sent["interactive"]["body"]["text"]
                for sent in self.graph_api.sent]

    async def send(self, shape: dict[str, Any]) -> None:
        """Send anything."""
        now = str(int(self.bench.clock.now().timestamp()))
        self._last = {**shape, "id": f"wamid.{secrets.token_hex(8)}", "timestamp": now}
        await self._call()

    async def _call(self) -> None:
        body = json.dumps(official.call(official.value(self._last, user_id=self.address))).encode()
        signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        async with httpx.AsyncClient() as meta:
            answer = await meta.post(
                self.bench.url + PATH, content=body, headers={"X-Hub-Signature-256": f"sha256={signature}"})
        assert answer.status_code == 200
