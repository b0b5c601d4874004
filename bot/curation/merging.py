"""Whether edits can be made on a text that somebody else changed meanwhile, without overwriting anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.curation.edits import (
    AddItem,
    AddLine,
    Edit,
    EditError,
    RemoveLine,
    RemoveValue,
    SetValue,
    apply,
    at,
    data_of,
)
from bot.curation.smallest import as_text
from knowledge_base.content import Loc


def fits(edits: Sequence[Edit], base: str | None, now: str | None) -> bool:
    """Whether the places of the edits are still as they were, so that the edits mean the same.

    Args:
        edits: Edits of one file.
        base: Its text when editing began.
        now: Its text now.
    """
    if base == now:
        return True
    if base is None or now is None:
        return False
    before, after = data_of(base), data_of(now)
    if not all(_fits(edit, before, after) for edit in edits):
        return False
    try:
        apply(now, edits)
    except EditError:
        return False
    return True


def _fits(edit: Edit, before: Any, after: Any) -> bool:
    if isinstance(edit, (AddLine, RemoveLine)):
        return isinstance(at(after, edit.at), str)
    if isinstance(edit, AddItem) and edit.index is None:
        around = _outermost_list(edit.at)
        return isinstance(at(after, edit.at), list) and (around == tuple(edit.at) or _same(around, before, after))
    if isinstance(edit, (SetValue, RemoveValue, AddItem)):
        return _same(_outermost_list(edit.at), before, after)
    return False


def _outermost_list(loc: Loc) -> Loc:
    """The way to the first list on the way to a place: within it, numbers shift when somebody else changes it."""
    return next((loc[:number] for number, step in enumerate(loc) if isinstance(step, int)), loc)


def _same(loc: Loc, before: Any, after: Any) -> bool:
    return as_text(at(before, loc)) == as_text(at(after, loc))
