"""``python -m tests.channels.messenger.post_process DATABASE LETTERS``: a post office as a process of its own.

The service behind it is a file with one message per line. It brings all of them at every start, as a service does
that never got an acknowledgement. Every delivered message is a line on the standard output.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
from pathlib import Path

from bot.database import open_engine
from bot.instance import load_instance
from bot.settings import load_settings
from channels.kit.adapter import FakeAdapter
from channels.kit.runtime import EchoRuntime
from channels.messenger import post, shift
from channels.messenger.clock import Clock
from channels.messenger.contract import Incoming, Limits, Outgoing, Receive
from channels.messenger.office import open_office

BATCH = 5


class FileAdapter(FakeAdapter):
    """Fetches from a file and delivers to the standard output."""

    def __init__(self, letters: Path) -> None:
        super().__init__("matrix", Limits(text=4096, options=10))
        self._letters = letters

    async def run(self, receive: Receive) -> None:
        """Bring all messages, some at a time."""
        lines = self._letters.read_text(encoding="utf-8").splitlines()
        letters = [json.loads(line) for line in lines]
        messages = [Incoming(each["id"], each["from"], dt.datetime.fromisoformat(each["at"]), text=each["text"])
                    for each in letters]
        for start in range(0, len(messages), BATCH):
            await receive(messages[start:start + BATCH])

    async def deliver(self, address: str, message: Outgoing, key: str) -> None:
        """Write one line."""
        print(json.dumps({"to": address, "key": key, "text": message.text}), flush=True)


async def main(database: str, letters: str) -> None:
    """Work until killed."""
    post.LEASE, post.KEEP_SECONDS, shift.LOOK_SECONDS = dt.timedelta(seconds=1), 0.2, 0.1
    engine, settings = open_engine(database), load_settings({})
    adapter = FileAdapter(Path(letters))
    office = open_office(adapter, EchoRuntime(engine), settings, load_instance(settings), engine)
    await shift.Shift(office, 8, Clock()).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
