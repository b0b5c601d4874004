"""Edits of one file, as they stand in a proposal: each names its file and its place, and touches nothing else."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.curation.smallest import smallest
from bot.curation.yaml_splice import NoPlaceError, Splice
from bot.errors import NavigatorError
from knowledge_base.content import Loc
from knowledge_base.yaml_lines import parse_document


class EditError(NavigatorError):
    """An edit cannot be made; nothing was changed."""


class _Edit(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    """File below the directory of the content, e.g. ``knowledge_base/catalogue/contacts/ihk-essen.yml``."""


class SetValue(_Edit):
    """Give a field a value, whether it is there or not. Of a list or mapping only what differs is written."""

    kind: Literal["set"] = "set"
    at: Loc
    value: Any
    after: str | None = None
    """A new field stands behind this one; by default it is the last."""


class RemoveValue(_Edit):
    """Take out a field or an entry of a list."""

    kind: Literal["remove"] = "remove"
    at: Loc


class AddItem(_Edit):
    """Put an entry into a list, by default at its end. A list that is missing is begun."""

    kind: Literal["add_item"] = "add_item"
    at: Loc
    value: Any
    index: int | None = None


class AddLine(_Edit):
    """Append a line to a text of lines, e.g. a sentence to the examples of an intent, or several at once."""

    kind: Literal["add_line"] = "add_line"
    at: Loc
    line: str


class RemoveLine(_Edit):
    """Take the first such line out of a text of lines, or several at once."""

    kind: Literal["remove_line"] = "remove_line"
    at: Loc
    line: str


class ReplaceText(_Edit):
    """Replace the whole text of a file."""

    kind: Literal["text"] = "text"
    text: str


class AddFile(_Edit):
    """Make a new file."""

    kind: Literal["add_file"] = "add_file"
    text: str


class RemoveFile(_Edit):
    """Delete a file."""

    kind: Literal["remove_file"] = "remove_file"


Edit = Annotated[
    Union[SetValue, RemoveValue, AddItem, AddLine, RemoveLine, ReplaceText, AddFile, RemoveFile],
    Field(discriminator="kind"),
]
_EDITS: TypeAdapter[list[Edit]] = TypeAdapter(list[Edit])
ADDING = (AddLine, RemoveLine)
"""Edits that cannot collide with what others do to the same text."""


def from_json(data: Any) -> list[Edit]:
    """Return edits that were stored with ``to_json``."""
    return _EDITS.validate_python(data)


def to_json(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Return edits as plain data; days become text and are written as days all the same."""
    return list(_EDITS.dump_python(list(edits), mode="json"))


def paths(edits: Sequence[Edit]) -> list[str]:
    """Return the files that are touched, each once."""
    return list(dict.fromkeys(edit.path for edit in edits))


def apply(text: str | None, edits: Sequence[Edit]) -> str | None:
    """Make the edits of one file, one after the other.

    Args:
        text: The text of the file, ``None`` if there is no such file.
        edits: Edits of this file.

    Returns:
        The new text, ``None`` if the file is to vanish.

    Raises:
        EditError: If a place does not exist, or if more than the place would change.
    """
    for edit in edits:
        text = _apply(text, edit)
    return text


def data_of(text: str | None) -> Any:
    """Return what a text says, as plain data."""
    return parse_document(text.encode(), "").data if text else None


def at(data: Any, loc: Loc) -> Any:
    """Return what stands at a place; ``MISSING`` if there is nothing."""
    for step in loc:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return MISSING
    return data


MISSING: Any = object()
"""Stands for nothing, where ``None`` would be a value."""


def _apply(text: str | None, edit: Edit) -> str | None:
    if isinstance(edit, AddFile):
        if text is not None:
            raise EditError(f"Die Datei {edit.path} gibt es schon – wählen Sie einen anderen Namen.")
        return edit.text
    if text is None:
        raise EditError(f"Die Datei {edit.path} gibt es nicht mehr – verwerfen Sie den Vorschlag.")
    if isinstance(edit, ReplaceText):
        return edit.text
    if isinstance(edit, RemoveFile):
        return None
    for step in _steps(text, edit):
        text = _guarded(text, step)
    return text


def _steps(text: str, edit: Edit) -> Sequence[SetValue | RemoveValue | AddItem]:
    """Break an edit down to changes of single places."""
    data = data_of(text)
    if isinstance(edit, SetValue):
        old = at(data, edit.at)
        if old is MISSING:
            return [edit]
        return [_from_change(edit, *change) for change in smallest(old, edit.value, tuple(edit.at))]
    if isinstance(edit, AddItem) and at(data, edit.at) in (MISSING, None):
        return [SetValue(path=edit.path, at=edit.at, value=[edit.value])]
    if isinstance(edit, (AddLine, RemoveLine)):
        return [SetValue(path=edit.path, at=edit.at, value=_lines(at(data, edit.at), edit))]
    assert isinstance(edit, (RemoveValue, AddItem))
    return [edit]


def _from_change(edit: SetValue, what: str, loc: Loc, value: Any) -> SetValue | RemoveValue | AddItem:
    if what == "remove":
        return RemoveValue(path=edit.path, at=loc)
    if what == "insert":
        return AddItem(path=edit.path, at=loc[:-1], value=value, index=int(loc[-1]))
    return SetValue(path=edit.path, at=loc, value=value)


def _lines(old: Any, edit: AddLine | RemoveLine) -> str:
    if not isinstance(old, str):
        raise _no_place(edit)
    lines = old.splitlines()
    if isinstance(edit, AddLine):
        return "\n".join([*lines, edit.line]) + "\n"
    for line in edit.line.splitlines():
        if line not in lines:
            raise EditError(f"„{line}“ steht nicht mehr in {edit.path} – verwerfen Sie den Vorschlag.")
        lines.remove(line)
    return "".join(f"{line}\n" for line in lines)


def _guarded(text: str, edit: SetValue | RemoveValue | AddItem) -> str:
    """Change one place of the text and see that its data changed there and nowhere else."""
    wanted = copy.deepcopy(data_of(text))
    try:
        splice = Splice(text)
        changed = _splice(splice, wanted, edit)
        _change(wanted, edit)
    except (NoPlaceError, LookupError, TypeError) as error:
        raise _no_place(edit) from error
    document = parse_document(changed.encode(), edit.path)
    if document.root is None or _comparable(document.data) != _comparable(wanted):
        raise EditError(
            f"„{_shown(edit.at)}“ lässt sich in {edit.path} nicht einzeln ändern – ändern Sie die Datei im Text."
        )
    return changed


def _splice(splice: Splice, data: Any, edit: SetValue | RemoveValue | AddItem) -> str:
    loc = tuple(edit.at)
    if isinstance(edit, RemoveValue):
        return splice.remove(loc)
    if isinstance(edit, AddItem):
        number = len(at(data, loc)) if edit.index is None else edit.index
        return splice.insert((*loc, number), edit.value)
    if at(data, loc) is not MISSING:
        return splice.replace(loc, edit.value)
    keys = splice.keys(loc[:-1])
    return splice.insert(loc, edit.value, keys.index(edit.after) if edit.after in keys else None)


def _change(data: Any, edit: SetValue | RemoveValue | AddItem) -> None:
    """Make the same change to plain data."""
    value = copy.deepcopy(getattr(edit, "value", None))
    if isinstance(edit, AddItem):
        items = at(data, edit.at)
        items.insert(len(items) if edit.index is None else edit.index, value)
        return
    parent = at(data, edit.at[:-1])
    if isinstance(edit, RemoveValue):
        del parent[edit.at[-1]]
    else:
        parent[edit.at[-1]] = value


def _comparable(data: Any) -> Any:
    """Days as text, and text without the line break at its end, which a block of lines always has."""
    if isinstance(data, dict):
        return {str(key): _comparable(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_comparable(value) for value in data]
    if data is None or isinstance(data, (bool, int, float)):
        return data
    return str(data).rstrip("\n")


def _no_place(edit: Any) -> EditError:
    return EditError(
        f"„{_shown(edit.at)}“ gibt es in {edit.path} nicht mehr – laden Sie die Seite neu und ändern Sie es dort."
    )


def _shown(loc: Loc) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in loc) or "Der Inhalt"
