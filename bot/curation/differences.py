"""What a change changes, in words and as lines of text; and what two people changed at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Optional

from bot.curation.edits import MISSING, at, data_of
from bot.curation.field_names import in_words, value_in_words
from bot.curation.smallest import Change, as_text, smallest
from knowledge_base.content import Loc

Line = tuple[Literal["+", "-", " ", "@"], str]
"""A line of a text difference with what became of it."""

_SENTENCES: Loc = ("examples",)


@dataclass(frozen=True)
class Difference:
    """One field that changes."""

    field: str
    old: Optional[str]
    """In words; ``None``: there was nothing."""
    new: Optional[str]
    loc: Loc = ()

    def __str__(self) -> str:
        if self.old is None:
            return f"{self.field}: neu „{self.new}“"
        if self.new is None:
            return f"{self.field}: „{self.old}“ entfällt"
        return f"{self.field}: {self.old} → {self.new}"


@dataclass(frozen=True)
class ThreeWay:
    """A field that somebody else changed since editing began, or that both changed."""

    field: str
    base: str
    now: str
    proposed: str
    collides: bool
    """Whether the proposal would overwrite what the other one wrote."""


def differences(old: str | None, new: str | None) -> list[Difference]:
    """Return what differs between two texts of a YAML file, field by field."""
    if old is None:
        return [Difference("Datei", None, "wird angelegt")]
    if new is None:
        return [Difference("Datei", "wird gelöscht", None)]
    before, after = data_of(old), data_of(new)
    found = [each for change in _ordered(smallest(before, after)) for each in _worded(change, before, after)]
    if not found and old != new:
        return [Difference("Schreibweise", None, "Nur Kommentare, Abstände oder Anführungszeichen")]
    return found


def text_lines(old: str | None, new: str | None) -> list[Line]:
    """Return the changed lines with three around them; ``@`` parts places that are apart."""
    lines = difflib.unified_diff((old or "").splitlines(), (new or "").splitlines(), lineterm="", n=3)
    shown: list[Line] = []
    for line in list(lines)[2:]:
        if line.startswith("@@"):
            shown.append(("@", ""))
        else:
            shown.append((line[0], line[1:]))  # type: ignore[arg-type]
    return shown[1:]


def three_ways(base: str | None, now: str | None, proposed: str | None) -> list[ThreeWay]:
    """Return the fields that the other one changed, with all three values."""
    start, current, wanted = data_of(base), data_of(now), data_of(proposed)
    found = []
    theirs = list(smallest(start, current))
    ours = [change[1] for change in smallest(start, wanted)]
    for _, loc, _ in _ordered(theirs):
        values = [at(data, loc) for data in (start, current, wanted)]
        collides = any(_overlap(loc, other) for other in ours) and as_text(values[1]) != as_text(values[2])
        base_shown, now_shown, wanted_shown = (
            _shown(loc, value, data) for value, data in zip(values, (start, current, wanted), strict=True))
        found.append(ThreeWay(in_words(loc, current), base_shown, now_shown, wanted_shown, collides))
    return found


def _overlap(one: Loc, other: Loc) -> bool:
    """Whether two places lie in each other. Within lists numbers shift, so the whole list counts."""
    one, other = _to_list(one), _to_list(other)
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _to_list(loc: Loc) -> Loc:
    return next((loc[:number] for number, step in enumerate(loc) if isinstance(step, int)), loc)


def _ordered(changes: Iterator[Change] | Sequence[Change]) -> list[Change]:
    """Lists are compared from their end; a reader begins at the top."""
    groups: dict[Any, list[Change]] = {}
    for change in changes:
        groups.setdefault(change[1][:1], []).append(change)
    return [change for group in groups.values()
            for change in sorted(group, key=lambda each: [step for step in each[1] if isinstance(step, int)])]


def _worded(change: Change, before: Any, after: Any) -> Iterator[Difference]:
    what, loc, value = change
    old = at(before, loc) if what != "insert" else MISSING
    field = in_words(loc[:-1] if _is_plain_entry(loc, old, value) else loc, before if what != "insert" else after)
    if what == "set" and loc[-1:] == _SENTENCES and isinstance(old, str) and isinstance(value, str):
        yield from _lines(field, loc, old, value)
        return
    yield Difference(
        field,
        None if old is MISSING else value_in_words(loc, old, before),
        None if what == "remove" else value_in_words(loc, value, after),
        loc,
    )


def _is_plain_entry(loc: Loc, old: Any, value: Any) -> bool:
    """Whether it is a word in a list, which has no name of its own."""
    is_entry = bool(loc) and isinstance(loc[-1], int)
    return is_entry and not isinstance(value if old is MISSING else old, (dict, list))


def _lines(field: str, loc: Loc, old: str, new: str) -> Iterator[Difference]:
    """Of a text of lines only those that differ."""
    for line in difflib.ndiff(old.splitlines(), new.splitlines()):
        text = line[2:].removeprefix("- ")
        if line.startswith("+ "):
            yield Difference(field, None, text, loc)
        elif line.startswith("- "):
            yield Difference(field, text, None, loc)


def _shown(loc: Loc, value: Any, data: Any) -> str:
    return "nichts" if value is MISSING else value_in_words(loc, value, data)
