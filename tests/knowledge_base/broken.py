"""Broken examples as data: one small change to the sample catalogue, and what the check must say about it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

BROKEN_DATA = Path(__file__).parents[1] / "broken_data"
SAMPLE = Path(__file__).parent / "sample_catalogue"
TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class BrokenCase:
    """One file of ``tests/broken_data/<rule>/``.

    Keys: ``file`` is changed: ``replace`` by ``by``, or given the ``content``, a ``copy`` of another file, or
    ``delete``d. ``and`` is a second change. The problem must stand in ``path`` (default: ``file``), in the ``nth``
    line that holds ``at``, with the ``severity`` and all ``words``. ``also`` lists other rules that may complain.
    """

    rule: str
    name: str
    data: dict[str, Any]

    @property
    def path(self) -> str:
        return str(self.data.get("path", self.data["file"]))

    @property
    def today(self) -> dt.date:
        return dt.date.fromisoformat(self.data["today"]) if "today" in self.data else TODAY

    def spoil(self, directory: Path) -> None:
        """Put the broken catalogue into ``directory``."""
        shutil.copytree(SAMPLE, directory)
        for change in filter(None, (self.data, self.data.get("and"))):
            _change(directory, change)

    def line(self, directory: Path) -> int | None:
        """Number of the line the problem must point to; ``None`` if that does not matter."""
        if "at" not in self.data:
            return None
        lines = (directory / self.path).read_text(encoding="utf-8").splitlines()
        found = [number for number, line in enumerate(lines, start=1) if self.data["at"] in line]
        return found[int(self.data.get("nth", 1)) - 1]


def broken_cases() -> list[BrokenCase]:
    """Read all cases."""
    return [
        BrokenCase(file.parent.name, file.stem, yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader))
        for file in sorted(BROKEN_DATA.glob("*/*.yml"))
    ]


def _change(directory: Path, change: dict[str, Any]) -> None:
    file = directory / change["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    if change.get("delete"):
        file.unlink()
    elif "copy" in change:
        shutil.copy(directory / change["copy"], file)
    elif "content" in change:
        file.write_text(change["content"], encoding="utf-8")
    else:
        text = file.read_text(encoding="utf-8")
        assert text.count(change["replace"]) == 1, f"{change['replace']!r} must stand once in {file.name}"
        file.write_text(text.replace(change["replace"], change["by"]), encoding="utf-8")
