"""Reading and writing the files of the content. One writer at a time, each file whole or not at all."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.errors import NavigatorError
from bot.records.releases import Release, Texts

FOLDERS = ("knowledge_base/catalogue/", "nlu_data/", "tests/nlu/", "tests/eligibility/")
"""Below these folders of the content staff may change files."""
FILES = ("domain.yml",)
_NAME = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)+[a-z0-9][a-z0-9_.-]*\.yml")
LOCK = "content.lock"


@dataclass(frozen=True)
class Version:
    """A file as it was made by somebody at some time."""

    id: str
    """Name of the version within its store."""
    title: str
    who: str
    at: dt.datetime
    release: int | None
    """Number of the release that made it; ``None`` if it was made without the workbench."""


class ContentStore(Protocol):
    """Where the files of the content are kept, with what became of them."""

    root: Path

    def read(self, path: str) -> str | None:
        """Return the text of a file, ``None`` if there is none."""

    def refuse_dirty(self, paths: Sequence[str]) -> None:
        """Make sure that nobody is just changing these files by hand.

        Raises:
            NavigatorError: If somebody is.
        """

    def write(self, texts: Texts) -> None:
        """Write files and delete those without a text; each is old or new, never half."""

    def keep(self, release: Release) -> None:
        """Keep the version that was just written; a second time it does nothing."""

    def history(self, path: str, limit: int = 50) -> list[Version]:
        """Return the versions of a file, the latest first."""

    def text_at(self, path: str, version: str) -> str | None:
        """Return a file as it was in a version."""


def fingerprint(text: str | None) -> str:
    """Return what tells one text of a file from another; empty for no file."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()


def checked_path(path: str) -> str:
    """Return a path that staff may change.

    Raises:
        NavigatorError: If it leads anywhere else.
    """
    if path in FILES or (path.startswith(FOLDERS) and _NAME.fullmatch(path)):
        return path
    raise NavigatorError(
        f"Die Datei „{path[:80]}“ lässt sich hier nicht ändern – erlaubt sind Kleinbuchstaben, Ziffern, - und _ und "
        "die Endung .yml, in Katalog, Trainingsdaten, Prüfsätzen oder Probefällen.")


@contextmanager
def one_writer(var_dir: Path) -> Iterator[None]:
    """Wait until nobody else writes, in this process or another, and keep others waiting."""
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


def read_text(root: Path, path: str) -> str | None:
    """Return the text of a file below ``root``, with its line ends as they are."""
    file = root / checked_path(path)
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise NavigatorError(
            f"{path} ist nicht in UTF-8 gespeichert – speichern Sie die Datei im Editor neu.") from None


def write_texts(root: Path, texts: Texts) -> None:
    """Write each file beside its place and move it there, so that a reader never sees half of it."""
    for path, text in texts.items():
        file = root / checked_path(path)
        if not file.resolve().is_relative_to(root.resolve()):
            raise NavigatorError(f"{path} liegt nicht im Verzeichnis des Inhalts – ersetzen Sie den Verweis.")
        if text is None:
            file.unlink(missing_ok=True)
        else:
            _write(file, text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    beside = file.with_name(f".{file.name}.neu")
    with beside.open("wb") as target:
        target.write(text.encode())
        target.flush()
        os.fsync(target.fileno())
    beside.chmod(mode)
    beside.replace(file)
