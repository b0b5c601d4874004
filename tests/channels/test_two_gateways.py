"""Two gateways on one PostgreSQL answer the same people; one is killed: nothing is lost, doubled or out of order.

The other one is told to end and ends in an orderly way.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from bot.database import Base, open_engine
from bot.records.conversations import ConversationStore
from bot.settings import REPOSITORY
from tests.runtime.fixtures import DATABASE, project  # noqa: F401

CONVERSATIONS = 10
TURNS = 12
KILLED_AFTER = 40
"""So many answers come before a gateway is killed."""
START_SECONDS = 240.0


@dataclass
class Gateways:
    """Where they listen, and who they are."""

    ports: list[int]
    parent: subprocess.Popen[str]
    """Ends with the status of the last gateway."""
    pids: dict[int, int] = field(default_factory=dict)
    """Process by port."""

    def kill(self, port: int) -> None:
        """End a process as a crash would."""
        self.ports.remove(port)
        os.kill(self.pids[port], signal.SIGKILL)


@pytest.fixture
def gateways(project: tuple[Path, Path], postgres_url: str, tmp_path: Path) -> Iterator[Gateways]:  # noqa: F811
    """Two processes that answer."""
    engine = open_engine(postgres_url)
    Base.metadata.create_all(engine)
    engine.dispose()
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(2)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        ports = [each.getsockname()[1] for each in sockets]
    command = [sys.executable, "-W", "ignore", "-m", "tests.runtime.serve_tiny", str(project[0]), str(tmp_path),
               str(project[1]), *map(str, ports)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, DATABASE: postgres_url})
    watchdog = threading.Timer(START_SECONDS, process.kill)
    watchdog.start()
    found = Gateways(ports, process)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "läuft" in line:
                port = next(port for port in ports if f":{port}/" in line)
                found.pids[port] = int(line.split()[0])
            if len(found.pids) == 2:
                break
        assert len(found.pids) == 2, "the gateways did not start"
        yield found
    finally:
        watchdog.cancel()
        for port in list(found.ports):
            if port in found.pids:
                found.kill(port)
        process.kill()
        process.communicate()


class Person:
    """Somebody who writes and, when a gateway is gone, writes the same again to the other."""

    def __init__(self, number: int, gateways: Gateways, http: aiohttp.ClientSession, chance: random.Random) -> None:
        self.session = f"person-{number:04}"
        self.sent: list[str] = []
        self.replies: dict[str, list[dict]] = {}
        self._gateways, self._http, self._chance = gateways, http, chance

    async def talk(self, answered: asyncio.Queue[int]) -> None:
        """Have the whole conversation, in places too fast."""
        for turn in range(TURNS):
            text, message_id = f"Zuschuss Nummer {turn}", f"m-{turn}"
            self.sent.append(text)
            twice = self._chance.random() < 0.3
            replies = await asyncio.gather(*[self.ask(text, message_id) for _ in range(1 + twice)])
            assert all(reply == replies[0] for reply in replies), "both gateways say the same"
            self.replies[message_id] = replies[0]
            answered.put_nowait(turn)

    async def ask(self, text: str, message_id: str) -> list[dict]:
        """Write until somebody answers."""
        body = {"session": self.session, "text": text, "message_id": message_id}
        while True:
            port = self._chance.choice(self._gateways.ports)
            try:
                async with self._http.post(f"http://127.0.0.1:{port}/api/chat", json=body) as response:
                    messages = (await response.json())["messages"]
            except aiohttp.ClientConnectionError:
                assert port not in self._gateways.ports, "only the dead gateway does not answer"
                continue
            assert messages[0]["answer"]["kind"] != "error"
            return messages


@pytest.mark.filterwarnings("ignore::UserWarning")
async def test_a_killed_gateway_loses_nothing(gateways: Gateways, postgres_url: str) -> None:
    answered: asyncio.Queue[int] = asyncio.Queue()
    chance = random.Random(8)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        people = [Person(number, gateways, http, chance) for number in range(CONVERSATIONS)]
        talks = [asyncio.create_task(person.talk(answered)) for person in people]
        for _ in range(KILLED_AFTER):
            await asyncio.wait_for(answered.get(), 60)
        assert not all(talk.done() for talk in talks), "it is killed in the middle"
        gateways.kill(chance.choice(gateways.ports))
        await asyncio.gather(*talks)
        assert await people[0].ask("Hallo", "m-0") == people[0].replies["m-0"], "a repeated message gets its reply"
    [last] = gateways.ports
    os.kill(gateways.pids.pop(last), signal.SIGTERM)
    assert await asyncio.to_thread(gateways.parent.wait, 60) == 0

    engine = open_engine(postgres_url)
    store = ConversationStore(engine)
    for person in people:
        events = store.load_all(f"web:{person.session}").events
        assert [event["text"] for event in events if event["event"] == "user"] == person.sent
        for message_id, reply in person.replies.items():
            assert store.find_reply(f"web:{person.session}", message_id) == reply
    engine.dispose()
