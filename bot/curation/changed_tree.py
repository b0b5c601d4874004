"""Checks of the content as it would be with a change, before anything is written.

The files are laid out once more in a folder of references; only what changes is written there. Files that were read
before are not read again, so that the checks of one record take a second.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.curation.checks import check_nlu_data
from bot.curation.content_store import FILES, FOLDERS
from bot.records.releases import Texts
from knowledge_base.checks import check_directory
from knowledge_base.problems import Problem, errors, ordered
from knowledge_base.yaml_lines import Document, parse_document

CATALOGUE = "knowledge_base/catalogue"
_NLU = ("nlu_data/", "tests/nlu/", *FILES)
_MANY = 5_000
_RESULTS = 200


class Checker:
    """Checks changes of one folder of content; remembers what it has read and found, for as long as that is true."""

    def __init__(self, root: Path, today: Callable[[], dt.date]) -> None:
        self._root = root
        self._today = today
        self._read: OrderedDict[tuple[str, str], Document] = OrderedDict()
        self._known: OrderedDict[int, list[Problem]] = OrderedDict()
        self._one = threading.Lock()

    def check(self, texts: Texts) -> list[Problem]:
        """Return what is wrong in the changed files, and what the change breaks elsewhere.

        Args:
            texts: The changed files as they would be; ``None`` for a file that vanishes.
        """
        with self._one:  # two at once take twice as long each
            key = hash((self._stamp(), tuple(sorted((path, text or "") for path, text in texts.items()))))
            if key not in self._known:
                self._known[key] = self._check(texts)
                if len(self._known) > _RESULTS:
                    self._known.popitem(last=False)
            return list(self._known[key])

    def _check(self, texts: Texts) -> list[Problem]:
        after = self._problems(texts)
        here = [problem for problem in after if problem.path in texts]
        elsewhere = [problem for problem in errors(after) if problem.path not in texts]
        if not elsewhere:
            return here
        before = {_wherever(problem) for problem in self._problems({}, like=texts)}
        return ordered([*here, *(problem for problem in elsewhere if _wherever(problem) not in before)])

    def read(self, file: Path, shown_as: str) -> Document:
        """Read a file of the catalogue, from memory if it was read before; see ``knowledge_base.loader.Reading``."""
        try:
            content = file.read_bytes()
        except OSError:
            content = b""
        key = (shown_as, hashlib.sha256(content).hexdigest())
        if key not in self._read:
            self._read[key] = parse_document(content, shown_as)
            if len(self._read) > _MANY:
                self._read.popitem(last=False)
        found = self._read[key]
        return replace(found, problems=list(found.problems))

    def _problems(self, texts: Texts, like: Texts | None = None) -> list[Problem]:
        """Return all problems of the kinds of data that are touched, with paths from the root."""
        touched = tuple(texts if like is None else like)
        problems: list[Problem] = []
        with self._laid_out(texts) as root:
            if any(path.startswith(CATALOGUE) for path in touched):
                _, found = check_directory(root / CATALOGUE, self._today(), self.read)
                problems += [replace(problem, path=f"{CATALOGUE}/{problem.path}") for problem in found]
            if any(path.startswith(_NLU) for path in touched):
                problems += check_nlu_data(root)
        return ordered(problems)

    def _stamp(self) -> int:
        """Change with the day and with every file of the content."""
        stats = ((path, (self._root / path).stat()) for path in _files(self._root))
        return hash((self._today(), *((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)))

    @contextmanager
    def _laid_out(self, texts: Texts) -> Iterator[Path]:
        if not texts:
            yield self._root
            return
        with tempfile.TemporaryDirectory(prefix="inhalt-") as name:
            root = Path(name)
            for path in _files(self._root):
                if path not in texts:
                    _place(root / path).symlink_to(self._root / path)
            for path, text in texts.items():
                if text is not None:
                    _place(root / path).write_bytes(text.encode())
            yield root


def _files(root: Path) -> Iterator[str]:
    for folder in FOLDERS:
        for place, _, names in os.walk(root / folder):
            for name in names:
                if not name.startswith("."):
                    yield (Path(place) / name).relative_to(root).as_posix()
    yield from (name for name in FILES if (root / name).exists())


def _place(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _wherever(problem: Problem) -> tuple[str, str, str]:
    """What makes a problem the same when lines have moved."""
    return problem.path, problem.rule, problem.text
