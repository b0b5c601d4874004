"""What a form for a model of the schema is made of: one shape per field, nested like the model."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Optional, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.curation.edits import MISSING


class Look(str, Enum):
    """How a field is shown and read."""

    LINE = "line"
    PROSE = "prose"
    """Sentences; line ends mean nothing."""
    LINES = "lines"
    """A list of texts, one a line."""
    CHOICE = "choice"
    CHOICES = "choices"
    REF = "ref"
    """The name of something else of the catalogue."""
    REFS = "refs"
    FLAG = "flag"
    TRISTATE = "tristate"
    NUMBER = "number"
    DAY = "day"
    SOURCE = "source"
    """One or more of the record's own sources."""
    FACT = "fact"
    VALUE = "value"
    """What a fact is compared with; depends on the fact."""
    GROUP = "group"
    LIST = "list"
    TABLE = "table"
    """Groups with a key, such as the sources."""


@dataclass(frozen=True)
class Shape:
    """One field."""

    look: Look
    key: str
    """Model and field, e.g. ``Amount.value``; names its words."""
    required: bool = False
    default: Any = MISSING
    nullable: bool = False
    choices: str = ""
    """List of choices, see ``choices.Choices``."""
    parts: Mapping[str, Shape] = field(default_factory=dict)
    item: Optional[Shape] = None


_PROSE = {"text", "plain", "summary", "offers", "note", "area_note", "supports", "not_replaced", "open_questions",
          "when_text", "legal_basis"}
_CHOICES = {
    "area": "places", "contact_ids": "contacts", "alternatives": "programmes", "see": "programmes",
    "purposes": "purposes", "not_for": "purposes", "contact_kinds": "contact_kinds", "Successor.id": "programmes",
    "regionalagentur": "contacts", "agentur_fuer_arbeit": "contacts", "jobcenter": "contacts", "ihk": "contacts",
    "hwk": "contacts",
}
_TICKED = {"purposes", "contact_kinds"}
"""Short enough lists of choices to be ticked."""


@lru_cache(maxsize=64)
def shape_of(model: type[BaseModel]) -> Shape:
    """Return the shape of a model."""
    return Shape(Look.GROUP, model.__name__, required=True, parts={
        name: _of_field(model, name, info) for name, info in model.model_fields.items()})


def _of_field(model: type[BaseModel], name: str, info: FieldInfo) -> Shape:
    kind, nullable = _without_none(info.annotation)
    default = MISSING if info.is_required() else info.get_default(call_default_factory=True)
    if isinstance(default, BaseModel):
        default = default.model_dump(mode="json")
    return _of(kind, f"{model.__name__}.{name}", required=info.is_required(), default=default, nullable=nullable)


def _of(kind: Any, key: str, **more: Any) -> Shape:
    name = key.rpartition(".")[2]
    choices = _CHOICES.get(key) or _CHOICES.get(name, "")
    if name == "source" and get_origin(kind) is Union:
        return Shape(Look.SOURCE, key, **more)
    if key in ("Rule.fact", "Rule.value"):
        return Shape(Look.FACT if name == "fact" else Look.VALUE, key, **more)
    if get_origin(kind) is list:
        return _of_list(_without_none(get_args(kind)[0])[0], key, choices, more)
    if get_origin(kind) is dict:
        return _of_mapping(get_args(kind)[1], key, more)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Shape(Look.GROUP, key, parts=shape_of(kind).parts, **more)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Shape(Look.CHOICE, key, choices=kind.__name__, **more)
    if kind is bool:
        return Shape(Look.TRISTATE if more.get("nullable") else Look.FLAG, key, **more)
    if kind in (int, float):
        return Shape(Look.NUMBER, key, **more)
    if kind is dt.date:
        return Shape(Look.DAY, key, **more)
    if choices:
        return Shape(Look.REF, key, choices=choices, **more)
    return Shape(Look.PROSE if name in _PROSE else Look.LINE, key, **more)


def _of_list(kind: Any, key: str, choices: str, more: Mapping[str, Any]) -> Shape:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Shape(Look.CHOICES, key, choices=kind.__name__, **more)
    if choices:
        return Shape(Look.CHOICES if choices in _TICKED else Look.REFS, key, choices=choices, **more)
    if get_origin(kind) is list or (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return Shape(Look.LIST, key, item=_of(kind, f"{key}.item", required=True), **more)
    return Shape(Look.LINES, key, **more)


def _of_mapping(kind: Any, key: str, more: Mapping[str, Any]) -> Shape:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Shape(Look.TABLE, key, item=_of(kind, f"{key}.item", required=True), **more)
    return Shape(Look.LINES, key, **more)


def _without_none(kind: Any) -> tuple[Any, bool]:
    """Return the type behind ``Annotated`` and ``| None``, and whether nothing is allowed too."""
    if get_origin(kind) is Annotated:
        return _without_none(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        kinds = [each for each in get_args(kind) if each is not type(None)]
        nullable = len(kinds) < len(get_args(kind))
        return (_without_none(kinds[0])[0] if len(kinds) == 1 else Union[tuple(kinds)]), nullable
    return kind, False
