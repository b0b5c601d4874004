"""What is wrong in the files: a problem says where, what, and how to mend it – in one German sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.errors import NavigatorError


class Severity(str, Enum):
    """Whether a problem stops a build."""

    FEHLER = "fehler"
    WARNUNG = "warnung"


@dataclass(frozen=True)
class Problem:
    """One defect of one file."""

    path: str
    """Path of the file, relative to the directory that was read."""
    line: int | None
    """Line of the field, from 1; ``None`` if the whole file is meant."""
    text: str
    """German: what is wrong – how to mend it."""
    severity: Severity = Severity.FEHLER
    rule: str = "form"
    """Name of the check that found it; ``form`` for the shape of a file."""

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"[{self.severity.name}] {where}: {self.text}"


class CatalogueError(NavigatorError):
    """The catalogue cannot be used. Holds every problem that was found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = "einen" if len(self.problems) == 1 else str(len(self.problems))
        super().__init__("\n".join([f"Der Katalog hat {count} Fehler.", *map(str, self.problems)]))


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, errors before warnings of the same line."""
    return sorted(problems, key=lambda p: (p.path, p.line or 0, p.severity is Severity.WARNUNG, p.text))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return those problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.FEHLER]
