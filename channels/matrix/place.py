"""What must survive a restart: who we are at the server, how far we have read, and the keys of the encryption.

All of it lies in one folder that only we may read. nio keeps the keys in an SQLite file there; the rest is one small
file of ours, written as a whole.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.errors import NavigatorError


@dataclass(frozen=True)
class Login:
    """A device of ours that the server knows."""

    user_id: str
    device_id: str
    token: str
    """Access token; it is ours alone."""
    since: str | None = None
    """How far we have read; everything before is stored in the inbox."""


class Busy(NavigatorError):
    """Another process of this service talks to the server."""

    def __init__(self) -> None:
        super().__init__("Matrix: Ein anderer Prozess spricht schon mit dem Server – er darf nur in einem laufen.")


class Place:
    """The folder."""

    def __init__(self, folder: Path) -> None:
        """Create the folder if it is not there."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        self._file = folder / "login.json"

    def load(self) -> Login | None:
        """Return the login, if there is one."""
        try:
            return Login(**json.loads(self._file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise NavigatorError(f"Die Datei {self._file} ist beschädigt – löschen Sie sie; der Bot meldet sich dann "
                                 "neu bei Matrix an.") from error

    def save(self, login: Login) -> None:
        """Replace the login, all or nothing."""
        fresh = self._file.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(login), file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self._file)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes away; two with the same keys would spoil them.

        Raises:
            Busy: If one is there already.
        """
        with (self.folder / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy from None
            yield
