"""Values written the way our files are: lists indented, at most 120 characters a line, umlauts as they are."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

WIDTH = 120
_ENDLESS = 1_000_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = "k"
"""Stands for a key whose own spelling stays in the file."""
_TAG = "tag:yaml.org,2002:"


class _Styled(str):
    """Text with the quotes it shall stand in."""

    style: str | None = None


class _Dumper(yaml.SafeDumper):
    """Writes lists one step deeper than their key, and nothing by reference."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _styled(dumper: yaml.SafeDumper, text: _Styled) -> yaml.Node:
    return dumper.represent_scalar(_TAG + "str", str(text), style=text.style)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    if _DATE.fullmatch(text):
        return dumper.represent_scalar(_TAG + "timestamp", text)
    return dumper.represent_scalar(_TAG + "str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(_Styled, _styled)
_Dumper.add_representer(str, _text)


def entry(value: Any, column: int, key: str | None = None, style: str | None = None) -> str:
    """Return ``key: value`` with all lines but the first indented; without a key only what follows the colon.

    Args:
        value: What to write.
        column: Where the key stands in its line.
        key: The key, if it is new.
        style: Quotes of a text, as YAML knows them: ``'``, ``"`` or ``|``.
    """
    text = _dump({_KEY if key is None else key: _quoted(value, style)}, column, style)
    return text.removeprefix(f"{_KEY}:") if key is None else text


def item(value: Any, column: int, style: str | None = None) -> str:
    """Return ``- value`` with all lines but the first indented, as an entry of a list."""
    return _dump([_quoted(value, style)], column, style)


def inline(value: Any, style: str | None = None) -> str:
    """Return the value in one line, as it stands between brackets."""
    quoted = _quoted(value, style if style != "|" else '"')
    text = yaml.dump([_flat(quoted)], Dumper=_Dumper, allow_unicode=True, width=_ENDLESS, sort_keys=False,
                     default_flow_style=True)
    return text.strip()[1:-1]


def inline_entry(key: str, value: Any, style: str | None = None) -> str:
    """Return ``key: value`` in one line, as it stands between braces."""
    return f"{inline(key)}: {inline(value, style)}"


def _dump(data: Any, column: int, style: str | None) -> str:
    width = _ENDLESS if style == '"' else max(WIDTH - column, 40)
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, width=width, sort_keys=False, indent=2)
    first, *rest = text.rstrip("\n").split("\n")
    return "\n".join([first, *(" " * column + line if line else line for line in rest)])


def _quoted(value: Any, style: str | None) -> Any:
    value = _plain(value)
    if not isinstance(value, str) or style is None or _DATE.fullmatch(value):
        return value
    quoted = _Styled(value)
    quoted.style = style
    return quoted


def _plain(value: Any) -> Any:
    """Leave out what only looks like a fraction: ``550``, not ``550.0``."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _flat(value: Any) -> Any:
    """Between brackets a text of several lines needs quotes."""
    if isinstance(value, dict):
        return {key: _flat(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_flat(each) for each in value]
    return _quoted(value, '"') if type(value) is str and "\n" in value else value
