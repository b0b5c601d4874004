"""The two systems that are compared, as their users start them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.serving.processes import Command, Running, free_port, running, timed_run
from benchmarks.serving.projects import Projects, write_connections
from bot.settings import REPOSITORY

LOCK = Path(__file__).with_name("stock.lock")
START_SECONDS = 300.0
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
_ACTION_SERVER = {"SANIC_HOST": "127.0.0.1", "SANIC_KEEP_ALIVE_TIMEOUT": "75"}
"""Left alone, the action server closes connections that Rasa still uses, and every fourth action fails."""
Texts = Callable[[Any], list[str]]


@dataclass(frozen=True)
class System:
    """A system that answers."""

    name: str
    running: Running
    start_seconds: float
    """From the command to the first answer to ``ready``."""
    _chat: str
    _body: Callable[[str, str], dict[str, str]]
    _texts: Texts

    async def ask(self, http: aiohttp.ClientSession, person: str, text: str) -> bool:
        """Send a message; whether something came back."""
        try:
            async with http.post(self._chat, json=self._body(person, text)) as response:
                return response.status == 200 and bool(self._texts(await response.json()))
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False


@dataclass(frozen=True)
class Training:
    """What it took to train."""

    cpu_seconds: float
    seconds: float


def stock_python(tools: Path) -> Path:
    """Return the Python of stock Rasa; its environment is made if it is missing or not that of the lock."""
    folder, installed = tools / "stock", tools / "stock" / "installed.lock"
    if not installed.is_file() or installed.read_bytes() != LOCK.read_bytes():
        uv = tools / "bin" / "uv"
        command = [str(uv) if uv.is_file() else "uv", "--no-config", "--quiet"]
        print("Installing stock Rasa with its own pins …", flush=True)
        subprocess.run([*command, "venv", "--clear", "--python", sys.executable, str(folder)], check=True)
        subprocess.run([*command, "pip", "sync", "--require-hashes", "--compile-bytecode",
                        "--python", str(folder / "bin" / "python"), str(LOCK)], check=True)
        installed.write_bytes(LOCK.read_bytes())
    return folder / "bin" / "python"


def train_stock(python: Path, projects: Projects, folder: Path) -> Training:
    """Train stock Rasa unless the same project was trained before."""
    words = [str(python), "-W", "ignore", "-m", "rasa", "train", "--out", "models", "--fixed-model-name", "stock",
             "--force"]
    return _trained(Command(words, projects.stock, _QUIET), projects.stock / "models" / "stock.tar.gz",
                    folder / "train-stock.log")


def train_ours(projects: Projects, folder: Path) -> Training:
    """Train our bot, in any case: it takes a minute."""
    words = [sys.executable, "-W", "ignore", "-m", "bot", "train", "--force"]
    timed_run(Command([*words[:-2], "kb", "build"], REPOSITORY, _ours(projects, folder)), folder / "build.log")
    return Training(*timed_run(Command(words, REPOSITORY, _ours(projects, folder)), folder / "train-ours.log"))


@contextmanager
def stock(python: Path, projects: Projects, folder: Path) -> Iterator[System]:
    """Run Rasa's server and its action server with our actions."""
    port, actions_port = free_port(), free_port()
    database = folder / "stock.db"
    database.unlink(missing_ok=True)
    write_connections(projects.stock, database, actions_port)
    actions = [sys.executable, "-W", "ignore", "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)]
    server = [str(python), "-W", "ignore", "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port),
              "-m", "models/stock.tar.gz", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    commands = [
        Command(actions, REPOSITORY, {**_QUIET, **_ours(projects, folder), **_ACTION_SERVER}),
        Command(server, projects.stock, _QUIET),
    ]
    with _system("stock Rasa", commands, folder / "stock.log", f"http://127.0.0.1:{port}/", "webhooks/rest/webhook",
                 lambda person, text: {"sender": person, "message": text},
                 lambda reply: [item["text"] for item in reply if item.get("text")]) as found:
        yield found


@contextmanager
def ours(projects: Projects, folder: Path) -> Iterator[System]:
    """Run our bot, with the workbench, as ``python -m bot run`` does."""
    port = free_port()
    environment = {**_QUIET, **_ours(projects, folder), "NAVIGATOR_PORT": str(port),
                   "NAVIGATOR_WORKBENCH_PORT": str(free_port()), "NAVIGATOR_CHAT_PER_MINUTE": "0"}
    command = Command([sys.executable, "-W", "ignore", "-m", "bot", "run"], REPOSITORY, environment)
    with _system("ours", [command], folder / "ours.log", f"http://127.0.0.1:{port}/readyz", "../api/chat",
                 lambda person, text: {"session": person, "text": text, "message_id": f"m{time.monotonic_ns()}"},
                 lambda reply: [each["text"] for each in reply["messages"]
                                if each["answer"]["kind"] != "error"]) as found:
        yield found


@contextmanager
def _system(
    name: str, commands: list[Command], log: Path, ready: str, chat: str,
    body: Callable[[str, str], dict[str, str]], texts: Texts
) -> Iterator[System]:
    begin = time.perf_counter()
    with running(commands, log) as found:
        _wait_for(ready, found, log)
        took = time.perf_counter() - begin
        address = ready.rpartition("/")[0] + "/" + chat.removeprefix("../")
        yield System(name, found, took, address, body, texts)


def _wait_for(address: str, found: Running, log: Path) -> None:
    import urllib.error
    import urllib.request

    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if not found.alive():
            break
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                if response.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"it does not start, see {log}")


def _ours(projects: Projects, folder: Path) -> dict[str, str]:
    return {"NAVIGATOR_CONTENT_DIR": str(projects.ours), "NAVIGATOR_VAR_DIR": str(folder / "var"), "DATABASE_URL": "",
            "NAVIGATOR_MODEL_DIR": ""}


def _trained(command: Command, model: Path, log: Path) -> Training:
    """Train, or return what it took when the same files were trained before."""
    import hashlib

    files = [command.folder / "config.yml", command.folder / "domain.yml",
             *sorted((command.folder / "data").rglob("*.yml"))]
    key = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    record = model.with_suffix(".json")
    if model.is_file() and record.is_file():
        known = json.loads(record.read_text(encoding="utf-8"))
        if known.pop("key") == key:
            return Training(**known)
    print("Training stock Rasa, which takes long …", flush=True)
    training = Training(*timed_run(command, log))
    record.write_text(json.dumps({"key": key, **asdict(training)}), encoding="utf-8")
    return training
