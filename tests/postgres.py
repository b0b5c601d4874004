"""A real PostgreSQL server for the tests, in a directory of its own, reachable through a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

VARIABLE = "NAVIGATOR_TEST_POSTGRES"
REQUIRED = "required"
_BINARIES = Path("/usr/lib/postgresql")
_USER = "postgres"


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the URL of a server."""
    given = os.environ.get(VARIABLE, "")
    if given not in ("", REQUIRED):
        yield given
        return
    binaries = _binaries()
    if binaries is None:
        reason = "no PostgreSQL server installed below /usr/lib/postgresql"
        pytest.fail(reason) if given == REQUIRED else pytest.skip(reason)
    directory = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(directory, _USER, _USER)
        _call(
            binaries / "initdb", "-D", str(directory / "data"), "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        options = f"-k {directory} -c listen_addresses='' -c fsync=off"
        _call(
            binaries / "pg_ctl",
            "-D",
            str(directory / "data"),
            "-w",
            "-l",
            str(directory / "log"),
            "-o",
            options,
            "start",
        )
        try:
            yield f"postgresql+psycopg://{_USER}@/postgres?host={directory}"
        finally:
            _call(binaries / "pg_ctl", "-D", str(directory / "data"), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    """Create an empty database on the server and remove it in the end."""
    name = f"test_{uuid.uuid4().hex}"
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield sa.make_url(url).set(database=name).render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        server.dispose()


def _binaries() -> Path | None:
    """Directory of the newest installed server that may be started by this user."""
    found = sorted(_BINARIES.glob("*/bin/pg_ctl"), key=lambda file: int(file.parts[-3]))
    if not found or (os.getuid() == 0 and not _exists(_USER)):
        return None
    return found[-1].parent


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _call(*command: object) -> None:
    """Run a command as the server's user; the server refuses to run as root."""
    as_user = ["runuser", "-u", _USER, "--"] if os.getuid() == 0 else []
    subprocess.run([*as_user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")
