"""A record as the fields of an HTML form, and back. Names are ways: ``funding.amounts.0.value``.

An entry of a list keeps its number of the file as its token, also when it is moved; new entries have tokens like
``n1``. The order of the tokens stands under the name of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from multidict import MultiDict

from bot.curation.edits import MISSING
from bot.curation.record_form.choices import Choices
from bot.curation.record_form.shape import Look, Shape
from knowledge_base.content import Loc
from knowledge_base.facts import BY_NAME

Flat = MultiDict[str]
YES, NO = "ja", "nein"
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{3}){0,4}(,[0-9]{1,9})?|-?[0-9]{1,15}\.[0-9]{1,9}")
_TOKEN = re.compile(r"[0-9]{1,6}")


def flatten(shape: Shape, value: Any, choices: Choices, name: str = "", flat: Flat | None = None) -> Flat:
    """Return the fields that show a value."""
    flat = MultiDict() if flat is None else flat
    if shape.look is Look.GROUP:
        for key, part in shape.parts.items():
            flatten(part, value.get(key) if isinstance(value, dict) else None, choices, join(name, key), flat)
    elif shape.look in (Look.LIST, Look.TABLE):
        assert shape.item
        entries = value.items() if isinstance(value, dict) else enumerate(value or [])
        for token, entry in entries:
            flat.add(name, str(token))
            flatten(shape.item, entry, choices, join(name, str(token)), flat)
    else:
        for text in _texts(shape, value, choices):
            flat.add(name, text)
    return flat


def join(name: str, step: str) -> str:
    """Return the name of a field within another."""
    return f"{name}.{step}" if name else step


def _texts(shape: Shape, value: Any, choices: Choices) -> Iterable[str]:
    if value is None and not isinstance(shape.default, (dict, list)) and shape.default is not MISSING:
        value = getattr(shape.default, "value", shape.default)
    if value is None:
        return []
    if shape.look is Look.LINES:
        return ["\n".join(" ".join(str(line).split()) for line in value)]
    if shape.look is Look.TRISTATE:
        return [YES if value else NO]
    values = value if isinstance(value, list) else [value]
    if shape.look in (Look.REF, Look.REFS):
        return [choices.label(shape.choices, str(each)) for each in values]
    return [text for text in map(_text, values) if shape.look is not Look.FLAG or text == YES]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (int, float)):
        return f"{value:.10g}".replace(".", ",")
    return " ".join(str(value).split())


@dataclass
class Reader:
    """Reads a form back. What stays empty is left out, unless the file says so itself."""

    flat: Flat
    choices: Choices
    names: dict[Loc, str] = field(default_factory=dict)
    """Way in the data → name of the field."""

    def read(self, shape: Shape, old: Any = MISSING, name: str = "", loc: Loc = ()) -> Any:
        """Return the value of a field; ``MISSING`` if nothing stands there."""
        self.names[loc] = name
        if shape.look is Look.GROUP:
            value = self._group(shape, old, name, loc)
        elif shape.look is Look.LIST:
            value = self._list(shape, old, name, loc)
        elif shape.look is Look.TABLE:
            value = self._table(shape, old, name, loc)
        else:
            value = self._leaf(shape, old, name)
        if value is MISSING and shape.required and shape.nullable:
            return None
        is_default = not shape.required and value == getattr(shape.default, "value", shape.default)
        return MISSING if is_default and old is MISSING else value

    def _group(self, shape: Shape, old: Any, name: str, loc: Loc) -> Any:
        before = old if isinstance(old, dict) else {}
        data: dict[str, Any] = {}
        for key, part in shape.parts.items():
            value = self.read(part, before.get(key, MISSING), join(name, key), (*loc, key))
            if value is MISSING and key in before and before[key] is None:
                value = None
            if value is not MISSING:
                data[key] = value
        empty = all(each is None for each in data.values())
        return MISSING if empty and not (data and data == before) else data

    def _list(self, shape: Shape, old: Any, name: str, loc: Loc) -> Any:
        assert shape.item
        before = old if isinstance(old, list) else []
        found: list[Any] = []
        for token in self.flat.getall(name, []):
            entry = before[int(token)] if _TOKEN.fullmatch(token) and int(token) < len(before) else MISSING
            value = self.read(shape.item, entry, join(name, token), (*loc, len(found)))
            if value is not MISSING:
                found.append(value)
        return _or_missing(found, old)

    def _table(self, shape: Shape, old: Any, name: str, loc: Loc) -> Any:
        assert shape.item
        before = old if isinstance(old, dict) else {}
        found = {}
        for key in self.flat.getall(name, []):
            value = self.read(shape.item, before.get(key, MISSING), join(name, key), (*loc, key))
            if value is not MISSING:
                found[key] = value
        return _or_missing(found, old)

    def _leaf(self, shape: Shape, old: Any, name: str) -> Any:
        texts = [" ".join(text.split()) for text in self.flat.getall(name, [])]
        given = [text for text in texts if text]
        if shape.look is Look.LINES:
            lines = "\n".join(self.flat.getall(name, [])).splitlines()
            return _or_missing([" ".join(line.split()) for line in lines if line.strip()], old)
        if shape.look is Look.FLAG:
            return YES in given
        if shape.look in (Look.CHOICES, Look.REFS):
            return _or_missing(_in_order([self.choices.value(shape.choices, each) for each in given], old), old)
        if not given:
            return MISSING
        if shape.look is Look.SOURCE:
            keys = list(dict.fromkeys(given))
            return keys if len(keys) > 1 or (isinstance(old, list) and old == keys) else keys[0]
        return self._single(shape, given, name)

    def _single(self, shape: Shape, given: list[str], name: str) -> Any:
        text = given[0]
        if shape.look is Look.TRISTATE:
            return text == YES
        if shape.look is Look.NUMBER:
            return number(text)
        if shape.look is Look.VALUE:
            return self._value(given, name)
        return self.choices.value(shape.choices, text) if shape.look is Look.REF else text

    def _value(self, given: list[str], name: str) -> Any:
        """What a fact is compared with, typed as the fact is."""
        rule = name.rpartition(".")[0]
        fact = BY_NAME.get(self.flat.get(join(rule, "fact"), ""))
        if fact is None or fact.type in ("enum", "date"):
            given = [self.choices.value(f"fact.{fact.name}", each) for each in given] if fact else given
            return given if self.flat.get(join(rule, "op")) in ("in", "not_in") else given[0]
        return given[0] == YES if fact.type == "bool" else number(given[0])


def number(text: str) -> Any:
    """Return the number that somebody wrote the German way; other text stays, for the check to complain."""
    cleaned = text.removesuffix("€").removesuffix("%").strip().replace(" ", "")
    if not _NUMBER.fullmatch(cleaned):
        return text
    is_german = "," in cleaned or re.fullmatch(r"-?\d{1,3}(\.\d{3})+", cleaned)
    value = float(cleaned.replace(".", "").replace(",", ".") if is_german else cleaned)
    return int(value) if value.is_integer() else value


def _in_order(values: list[str], old: Any) -> list[str]:
    """What stood there before keeps its place if nothing but its place in the form tells otherwise."""
    before = old if isinstance(old, list) else []
    kept = [each for each in before if each in values]
    return [*kept, *(each for each in dict.fromkeys(values) if each not in before)]


def _or_missing(found: Any, old: Any) -> Any:
    return found if found or found == old else MISSING
