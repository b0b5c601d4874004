"""Change one place of a YAML text and leave every other character as it is: comments, order, quotes, line breaks.

Writing a whole file anew loses that: ruamel.yaml returned 196 of our 489 files changed. So the place is found in the
tree of nodes, and only its characters are replaced.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from bot.curation import yaml_render as render
from knowledge_base.content import Loc

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_REFERENCE = re.compile(r"\s*:\s*\*[^\s,}\]]+")
_ANCHOR = re.compile(r"&\S+\s*(?:#[^\n]*\s*)*")


class NoPlaceError(Exception):
    """There is nothing at the place that was named."""


class Splice:
    """One text with its tree; each method returns the changed text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = yaml.compose(text, Loader=_Loader)

    def replace(self, loc: Loc, value: Any) -> str:
        """Put a value in the place of another."""
        if not loc:
            return render.entry(value, 0).lstrip()
        parent, step = self._find(loc[:-1]), loc[-1]
        node = _child(parent, step)
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        if parent.flow_style:
            return self._put(node.start_mark.index, node.end_mark.index, render.inline(value, style))
        if isinstance(parent, yaml.SequenceNode):
            start = self._dash(parent, int(step))
            return self._put(start, self._end(node), render.item(value, self._column(parent), style))
        key = _key(parent, step)
        colon = self._text.index(":", key.end_mark.index) + 1
        new = render.entry(value, key.start_mark.column, style=style)
        if kept := self._kept(colon, node):
            head, line_break, rest = new.partition("\n")
            new = f"{head}{kept}{line_break}{rest}"
        return self._put(colon, max(self._value_end(key, node), colon), new)

    def remove(self, loc: Loc) -> str:
        """Take out an entry of a mapping or a list; the last one leaves an empty mapping or list behind."""
        parent = self._find(loc[:-1])
        _child(parent, loc[-1])
        starts, ends = self._entries(parent)
        number = _number(parent, loc[-1])
        if len(starts) == 1:
            return self.replace(loc[:-1], {} if isinstance(parent, yaml.MappingNode) else [])
        if parent.flow_style:
            return self._put(*self._between_commas(starts, ends, number), "")
        line = self._line_start(starts[number])
        if self._text[line:starts[number]].strip():
            return self._put(starts[number], starts[number + 1], "")
        return self._put(line, min(self._line_end(ends[number]) + 1, len(self._text)), "")

    def insert(self, loc: Loc, value: Any, after: int | None = None) -> str:
        """Put a new entry into a mapping or a list.

        Args:
            loc: Where it shall stand. In a list the last step is its number; one behind the end appends.
            value: What to write.
            after: In a mapping: number of the entry behind which it stands; by default the last one.
        """
        parent, step = self._find(loc[:-1]), loc[-1]
        starts, ends = self._entries(parent)
        listed = isinstance(parent, yaml.SequenceNode)
        number = int(step) if listed else len(starts) if after is None else after + 1
        if not starts:
            return self.replace(loc[:-1], [value] if listed else {step: value})
        style = _common_style(parent)
        if parent.flow_style:
            new = render.inline(value, style) if listed else render.inline_entry(str(step), value, style)
            return self._between(starts, ends, number, new)
        column = self._column(parent)
        new = self._item(parent, value, column, style) if listed else render.entry(value, column, str(step), style)
        if number == 0:
            return self._put(starts[0], starts[0], f"{new}\n{' ' * column}")
        end = self._line_end(ends[number - 1])
        return self._put(end, end, f"\n{' ' * column}{new}")

    def keys(self, loc: Loc) -> list[str]:
        """Return the keys of a mapping in their order."""
        node = self._find(loc)
        return [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []

    def _find(self, loc: Loc) -> Any:
        node: Any = self._root
        for step in loc:
            node = _child(node, step)
        return node

    def _entries(self, parent: Any) -> tuple[list[int], list[int]]:
        """Where the entries of a collection begin and end."""
        if isinstance(parent, yaml.MappingNode):
            starts = [key.start_mark.index for key, _ in parent.value]
            ends = [self._value_end(key, value) for key, value in parent.value]
            return starts, ends
        if not isinstance(parent, yaml.SequenceNode):
            raise NoPlaceError
        nodes = parent.value
        if parent.flow_style:
            return [node.start_mark.index for node in nodes], [node.end_mark.index for node in nodes]
        return [self._dash(parent, number) for number in range(len(nodes))], [self._end(node) for node in nodes]

    def _end(self, node: Any) -> int:
        """Where a node really ends; YAML counts the blank lines and comments behind a block to it."""
        if isinstance(node, yaml.ScalarNode):
            if node.style not in ("|", ">"):
                return int(node.end_mark.index)
        elif node.value and not node.flow_style:
            last = node.value[-1]
            return self._value_end(*last) if isinstance(last, tuple) else self._end(last)
        else:
            return int(node.end_mark.index)
        text = self._text[node.start_mark.index : node.end_mark.index]
        return int(node.start_mark.index) + len(text.rstrip("\n "))

    def _value_end(self, key: Any, node: Any) -> int:
        """Where the value of a key ends; the node of a reference (``*name``) stands where it was named first."""
        if node.start_mark.index < key.end_mark.index:
            found = _REFERENCE.match(self._text, key.end_mark.index)
            return found.end() if found else int(key.end_mark.index)
        return max(self._end(node), int(key.end_mark.index))

    def _dash(self, parent: Any, number: int) -> int:
        """Where the dash of an entry stands."""
        column = self._column(parent)
        line = self._line_start(parent.value[number].start_mark.index)
        while self._text[line + column : line + column + 1] != "-":
            if line == 0:
                raise NoPlaceError
            line = self._line_start(line - 1)
        return line + column

    def _column(self, parent: Any) -> int:
        """How far the entries of a block are indented; an anchor may stand before them, in another line."""
        start = int(parent.start_mark.index)
        if self._is_anchored(parent) and (found := _ANCHOR.match(self._text, start)):
            start = found.end()
        return start - self._line_start(start)

    def _kept(self, colon: int, node: Any) -> str:
        """The anchor and the comment that stand between a key and its value."""
        gap = self._text[colon : node.start_mark.index].partition("\n")[0].rstrip()
        anchor = self._text[node.start_mark.index :].split(maxsplit=1)[0] if self._is_anchored(node) else ""
        return (f" {anchor}" if anchor else "") + (gap if "#" in gap else "")

    def _is_anchored(self, node: Any) -> bool:
        return self._text[node.start_mark.index : node.start_mark.index + 1] == "&"

    def _item(self, parent: Any, value: Any, column: int, style: str | None) -> str:
        """A list of entries in braces gets another one in braces."""
        if isinstance(value, dict) and all(getattr(node, "flow_style", False) for node in parent.value):
            first = parent.value[0]
            return f"- {render.inline(value, _common_style(first)) if first.value else render.inline(value)}"
        return render.item(value, column, style)

    def _between(self, starts: list[int], ends: list[int], number: int, new: str) -> str:
        """Put an entry between brackets; a line that would become too long is broken."""
        if number < len(starts):
            return self._put(starts[number], starts[number], f"{new}, ")
        line = self._line_start(ends[-1])
        indent = len(self._text[line:]) - len(self._text[line:].lstrip(" "))
        several = "\n" in self._text[starts[0] : ends[-1]]
        too_long = several and ends[-1] - line + len(new) + 3 > render.WIDTH
        return self._put(ends[-1], ends[-1], f",\n{' ' * indent}{new}" if too_long else f", {new}")

    def _between_commas(self, starts: list[int], ends: list[int], number: int) -> tuple[int, int]:
        """What to take out with an entry between brackets; the entries of the next line stay in their line."""
        last = number + 1 == len(starts)
        if not last and "\n" not in self._text[ends[number] : starts[number + 1]]:
            return starts[number], starts[number + 1]
        if number > 0:
            return ends[number - 1], ends[number]
        return starts[number], self._text.index(",", ends[number]) + 1

    def _line_start(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        end = self._text.find("\n", index)
        return len(self._text) if end < 0 else end

    def _put(self, start: int, end: int, new: str) -> str:
        return self._text[:start] + new + self._text[end:]


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None) or _nothing()
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step]
    return _nothing()


def _nothing() -> Any:
    raise NoPlaceError


def _key(parent: Any, step: str | int) -> Any:
    return next(key for key, _ in parent.value if key.value == step)


def _number(parent: Any, step: str | int) -> int:
    if isinstance(parent, yaml.SequenceNode):
        return int(step)
    return next(number for number, (key, _) in enumerate(parent.value) if key.value == step)


def _common_style(parent: Any) -> str | None:
    """The quotes of a collection, if all its texts stand in the same."""
    nodes = parent.value if isinstance(parent, yaml.SequenceNode) else [value for _, value in parent.value]
    styles = {node.style for node in nodes if isinstance(node, yaml.ScalarNode)}
    return styles.pop() if len(styles) == 1 and styles <= {'"'} else None
