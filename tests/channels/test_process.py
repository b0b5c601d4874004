"""A real process: what was answered survives ``kill -9``, and SIGTERM ends it in an orderly way."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.contract.validator import validate_reply
from bot.database import create_engine_from
from bot.records.conversations import ConversationStore
from bot.settings import REPOSITORY
from tests.runtime.fixtures import project, tiny_settings  # noqa: F401

SESSION = "sitzung-12345"
START_SECONDS = 240.0


class Server:
    """A running server with its address."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self._url = f"http://127.0.0.1:{port}/api/chat"

    def ask(self, text: str, message_id: str) -> list[dict]:
        """Send a message and return the messages of the reply."""
        body = json.dumps({"session": SESSION, "text": text, "message_id": message_id}).encode()
        request = urllib.request.Request(self._url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            reply = json.load(response)
        validate_reply(reply)
        return reply["messages"]


@contextmanager
def serving(content: Path, model: Path, var: Path) -> Iterator[Server]:
    """Start a server and wait until it says that it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.runtime.serve_tiny", str(content), str(var), str(model), str(port)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    watchdog = threading.Timer(START_SECONDS, process.kill)
    watchdog.start()
    try:
        assert process.stdout is not None
        assert any("läuft" in line for line in process.stdout), "the server did not start"
        watchdog.cancel()
        yield Server(process, port)
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_answered_message_survives_a_killed_process(project: tuple[Path, Path], tmp_path: Path) -> None:  # noqa: F811
    content, model = project
    with serving(content, model, tmp_path) as server:
        first = server.ask("Zuschuss in hagen", "m-1")
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()

    store = ConversationStore(create_engine_from(tiny_settings(content, tmp_path)))
    events = store.load_all(f"web:{SESSION}").events
    assert [event["text"] for event in events if event["event"] == "user"] == ["Zuschuss in hagen"]
    assert store.find_reply(f"web:{SESSION}", "m-1") == first

    with serving(content, model, tmp_path) as server:
        assert server.ask("Hallo", "m-1") == first, "the repeated message gets the stored reply"
        assert server.ask("Zuschuss", "m-2")[1]["text"] == "Ort: hagen", "the conversation goes on"
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=60) == 0
