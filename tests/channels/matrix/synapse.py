"""A real Matrix server for the tests: Synapse in a directory of its own, on loopback, with SQLite."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import REPOSITORY

PYTHON = REPOSITORY / ".tools" / "synapse" / "bin" / "python"
"""``make test`` puts it there."""
SERVER_NAME = "localhost"
START_SECONDS = 60
_MEMORY = "/dev/shm"
"""Nothing here must outlive anything, so no disk need be waited for."""
_SHARED_SECRET = "only-for-tests"
_NO_LIMIT = {"per_second": 10_000, "burst_count": 10_000}


@dataclass(frozen=True)
class Account:
    """Somebody with an account on the server."""

    user_id: str
    password: str
    token: str


class Synapse:
    """A running server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._admin: Account | None = None

    def register(self, name: str = "u", admin: bool = False) -> Account:
        """Make an account with a name nobody else has."""
        path = "/_synapse/admin/v1/register"
        user, password = f"{name}-{secrets.token_hex(4)}", secrets.token_hex(8)
        nonce = self.call("GET", path)["nonce"]
        signed = "\0".join([nonce, user, password, "admin" if admin else "notadmin"]).encode()
        mac = hmac.new(_SHARED_SECRET.encode(), signed, hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": user, "password": password, "admin": admin, "mac": mac}
        answer = self.call("POST", path, body)
        return Account(answer["user_id"], password, answer["access_token"])

    def limit(self, user_id: str, per_second: int, burst: int) -> None:
        """Let somebody send only so many messages; 0 and 0 take the limit away."""
        self._admin = self._admin or self.register("admin", admin=True)
        path = f"/_synapse/admin/v1/users/{user_id}/override_ratelimit"
        self.call("POST", path, {"messages_per_second": per_second, "burst_count": burst}, self._admin.token)

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, token: str = "") -> dict[str, Any]:
        """Send one request."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))


@contextmanager
def synapse() -> Iterator[Synapse]:
    """Run a server as long as the block lasts."""
    if not PYTHON.exists():
        pytest.fail("no Matrix server installed; scripts/setup.sh --system does it")
    folder = Path(tempfile.mkdtemp(prefix="synapse-", dir=_MEMORY if os.path.isdir(_MEMORY) else None))
    try:
        port = _free_port()
        config = folder / "homeserver.yaml"
        config.write_text(yaml.safe_dump(_config(folder, port)), encoding="utf-8")
        with (folder / "output").open("wb") as output, _ready(folder) as ready:
            command = [str(PYTHON), "-m", "synapse.app.homeserver", "-c", str(config)]
            environment = {**os.environ, "NOTIFY_SOCKET": ready.getsockname()}
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
            try:
                _wait(process, ready, folder)
                yield Synapse(f"http://127.0.0.1:{port}")
            finally:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _config(folder: Path, port: int) -> dict[str, Any]:
    log = folder / "log.yaml"
    log.write_text(yaml.safe_dump({"version": 1, "root": {"level": "ERROR"}}), encoding="utf-8")
    return {
        "server_name": SERVER_NAME,
        "listeners": [{"port": port, "type": "http", "bind_addresses": ["127.0.0.1"],
                       "resources": [{"names": ["client"]}]}],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "synapse.db")}},
        "signing_key_path": str(folder / "signing.key"),
        "media_store_path": str(folder / "media"),
        "log_config": str(log),
        "pid_file": str(folder / "pid"),
        "registration_shared_secret": _SHARED_SECRET,
        "macaroon_secret_key": secrets.token_hex(),
        "form_secret": secrets.token_hex(),
        "bcrypt_rounds": 4,
        "trusted_key_servers": [],
        "report_stats": False,
        "presence": {"enabled": False},
        "rc_message": _NO_LIMIT, "rc_registration": _NO_LIMIT, "rc_joins": {"local": _NO_LIMIT, "remote": _NO_LIMIT},
        "rc_login": {"address": _NO_LIMIT, "account": _NO_LIMIT, "failed_attempts": _NO_LIMIT},
        "rc_invites": {"per_room": _NO_LIMIT, "per_user": _NO_LIMIT, "per_issuer": _NO_LIMIT},
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _ready(folder: Path) -> Iterator[socket.socket]:
    """Open the socket on which the server says that it is ready."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
        ready.bind(str(folder / "ready"))
        ready.settimeout(1)
        yield ready


def _wait(process: subprocess.Popen[bytes], ready: socket.socket, folder: Path) -> None:
    for _ in range(START_SECONDS):
        with suppress(TimeoutError):
            assert ready.recv(100).startswith(b"READY=1")
            return
        if process.poll() is not None:
            break
    tail = (folder / "output").read_text(encoding="utf-8", errors="replace")[-2000:]
    pytest.fail(f"the Matrix server does not start (status {process.poll()}): {tail}")
