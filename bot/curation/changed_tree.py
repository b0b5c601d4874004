"""Checks of the content as it would be with a change, before anything is written.

The catalogue is checked in memory, where only what changed is parsed and judged (``knowledge_base.memory``). The
training data are laid out once more in a folder of their own. What is remembered is found by the contents of the
files, so it cannot be out of date.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.curation.checks import check_nlu_data
from bot.curation.content_store import FILES
from bot.errors import NavigatorError
from bot.records.releases import Texts
from knowledge_base.content import Catalogue
from knowledge_base.loader import contents_of
from knowledge_base.memory import Memory
from knowledge_base.problems import Problem, errors, ordered

CATALOGUE = "knowledge_base/catalogue"
_NLU = ("nlu_data/", "tests/nlu/", *FILES)
_RESULTS = 50


class Checker:
    """Checks changes of one folder of content; remembers what it has read and found."""

    def __init__(self, root: Path, today: Callable[[], dt.date]) -> None:
        self._root = root
        self._today = today
        self._memory = Memory()
        self._known: OrderedDict[bytes, list[Problem]] = OrderedDict()
        """Digest of all training data → what is wrong with them."""
        self._one = threading.Lock()

    def check(self, texts: Texts) -> list[Problem]:
        """Return what is wrong in the changed files, and what the change breaks elsewhere.

        Args:
            texts: The changed files as they would be; ``None`` for a file that vanishes.
        """
        with self._one:  # two at once take twice as long each
            after = self._problems(texts, texts)
            here = [problem for problem in after if problem.path in texts]
            elsewhere = [problem for problem in errors(after) if problem.path not in texts]
            if not elsewhere:
                return here
            before = {_wherever(problem) for problem in self._problems(texts, {})}
            return ordered([*here, *(problem for problem in elsewhere if _wherever(problem) not in before)])

    def catalogue(self) -> tuple[Catalogue, list[Problem]]:
        """Return the catalogue as it is now, with its problems."""
        directory = self._root / CATALOGUE
        return self._memory.check(directory, self._today(), contents_of(directory))

    def warm(self) -> None:
        """Read everything before the first person waits for it."""
        with self._one:
            self.catalogue()
            self._of_training_data({})

    def _problems(self, touched: Texts, texts: Texts) -> list[Problem]:
        """Return all problems of the kinds of data that are touched, with paths from the root."""
        problems: list[Problem] = []
        if any(path.startswith(CATALOGUE) for path in touched):
            problems += self._of_catalogue(texts)
        if any(path.startswith(_NLU) for path in touched):
            problems += self._of_training_data(texts)
        return ordered(problems)

    def _of_catalogue(self, texts: Texts) -> list[Problem]:
        directory = self._root / CATALOGUE
        below = {path[len(CATALOGUE) + 1:]: text for path, text in texts.items() if path.startswith(CATALOGUE)}
        contents = _changed(contents_of(directory), below)
        _, found = self._memory.check(directory, self._today(), contents)
        return [replace(problem, path=f"{CATALOGUE}/{problem.path}") for problem in found]

    def _of_training_data(self, texts: Texts) -> list[Problem]:
        contents: dict[str, bytes | OSError] = {
            f"{folder}{path}": content for folder in _NLU if folder not in FILES
            for path, content in contents_of(self._root / folder).items()}
        contents |= {name: (self._root / name).read_bytes() for name in FILES if (self._root / name).exists()}
        contents = _changed(contents, {path: text for path, text in texts.items() if path.startswith(_NLU)})
        key = _digest(contents)
        if key not in self._known:
            self._known[key] = _laid_out_and_checked(contents)
            if len(self._known) > _RESULTS:
                self._known.popitem(last=False)
        return self._known[key]


def _changed(contents: Mapping[str, bytes | OSError], texts: Texts) -> dict[str, bytes | OSError]:
    """Return the contents with some files changed, added or taken out."""
    kept = {path: content for path, content in contents.items() if path not in texts}
    return kept | {path: text.encode() for path, text in texts.items() if text is not None}


def _digest(contents: Mapping[str, bytes | OSError]) -> bytes:
    digest = hashlib.sha256()
    for path in sorted(contents):
        content = contents[path]
        digest.update(path.encode() + b"\0")
        digest.update(hashlib.sha256(content if isinstance(content, bytes) else repr(content).encode()).digest())
    return digest.digest()


def _laid_out_and_checked(contents: Mapping[str, bytes | OSError]) -> list[Problem]:
    with tempfile.TemporaryDirectory(prefix="inhalt-") as name:
        folders = set()
        for path, content in contents.items():
            file = Path(name) / path
            if file.parent not in folders:
                file.parent.mkdir(parents=True, exist_ok=True)
                folders.add(file.parent)
            if isinstance(content, OSError):
                raise NavigatorError(f"{path} lässt sich nicht lesen – prüfen Sie am Server die Rechte der Datei.")
            file.write_bytes(content)
        return check_nlu_data(Path(name))


def _wherever(problem: Problem) -> tuple[str, str, str]:
    """What makes a problem the same when lines have moved."""
    return problem.path, problem.rule, problem.text
