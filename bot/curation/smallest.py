"""What differs between two values, as few and as small changes as possible."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any, Literal

from knowledge_base.content import Loc

Change = tuple[Literal["set", "remove", "insert"], Loc, Any]
"""What to do, where, and the new value; in the order in which the changes are to be made."""


def smallest(old: Any, new: Any, loc: Loc = ()) -> Iterator[Change]:
    """Yield the changes that turn one value into another."""
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        yield from _of_mapping(old, new, loc)
    elif isinstance(old, list) and isinstance(new, (list, tuple)) and old and new:
        yield from _of_list(old, list(new), loc)
    elif as_text(old) != as_text(new):
        yield "set", loc, new


def as_text(value: Any) -> str:
    """Return a text that is equal for equal values; a day equals its text, ``550.0`` equals ``550``."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, default=str)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _of_mapping(old: dict[str, Any], new: dict[str, Any], loc: Loc) -> Iterator[Change]:
    for key, value in new.items():
        if key in old:
            yield from smallest(old[key], value, (*loc, key))
        else:
            yield "set", (*loc, key), value
    for key in old:
        if key not in new:
            yield "remove", (*loc, key), None


def _of_list(old: list[Any], new: list[Any], loc: Loc) -> Iterator[Change]:
    """From the end to the beginning, so that the numbers of what is still to come stay right."""
    matcher = difflib.SequenceMatcher(None, list(map(as_text, old)), list(map(as_text, new)), autojunk=False)
    for _, start, end, new_start, new_end in reversed([code for code in matcher.get_opcodes() if code[0] != "equal"]):
        both = min(end - start, new_end - new_start)
        for number in range(new_start + both, new_end):
            yield "insert", (*loc, end + number - new_start - both), new[number]
        for number in reversed(range(start + both, end)):
            yield "remove", (*loc, number), None
        for number in reversed(range(both)):
            yield from smallest(old[start + number], new[new_start + number], (*loc, start + number))
