"""Where a reader finds something: the file of a record, and the field a problem is about."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bot.curation.changed_tree import CATALOGUE
from bot.curation.edits import data_of
from bot.curation.field_names import in_words
from knowledge_base.content import Loc
from knowledge_base.problems import Problem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def file_of_record(root: Path, record_id: str) -> str | None:
    """Return the file of a programme, contact or event; ``None`` if there is none."""
    if not _ID.fullmatch(record_id):
        return None
    found = sorted((root / CATALOGUE).rglob(f"{record_id}.yml"))
    return found[0].relative_to(root).as_posix() if found else None


def title_of(text: str | None, path: str) -> str:
    """Return how a reader calls a file: the name of its record, or the name of the file."""
    data = data_of(text)
    named = data.get("name") or data.get("title") if isinstance(data, dict) else None
    return str(named) if named else Path(path).stem


def field_of(problem: Problem, text: str | None) -> str:
    """Return the field that a problem is about, in words; empty if it is the whole file."""
    loc = loc_of(problem, text)
    return in_words(loc, data_of(text)) if loc else ""


def loc_of(problem: Problem, text: str | None) -> Loc:
    """Return the way to the field that a problem is about; empty if it is the whole file."""
    if problem.line is None or text is None:
        return ()
    try:
        node: Any = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return ()
    loc: list[str | int] = []
    while (step := _step(node, problem.line - 1)) is not None:
        name, node = step
        loc.append(name)
    return tuple(loc)


def _step(node: Any, line: int) -> tuple[str | int, Any] | None:
    """The last entry of a collection that begins in this line or before it."""
    if isinstance(node, yaml.MappingNode):
        begun = [(str(key.value), value) for key, value in node.value if key.start_mark.line <= line]
        return begun[-1] if begun else None
    if isinstance(node, yaml.SequenceNode):
        items = [(number, item) for number, item in enumerate(node.value) if item.start_mark.line <= line]
        return items[-1] if items else None
    return None
