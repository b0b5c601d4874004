"""YAML read strictly, with the line of every field at hand.

Read as YAML 1.2 without its traps: only ``true`` and ``false`` are truth values (a key ``on`` stays a word), numbers
with a leading zero and times stay text. Refused: duplicate keys, text that is not in normal form C, HTML.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.content import Loc
from knowledge_base.problems import Problem, Severity

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d+);")
_OWN_TAGS = "tag:yaml.org,2002:"
_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"|~|null"), lambda text: None),
    (re.compile(r"true|false"), lambda text: text == "true"),
    (re.compile(r"[-+]?(0|[1-9]\d*)"), int),
    (re.compile(r"[-+]?(0|[1-9]\d*)\.\d+"), float),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), dt.date.fromisoformat),
)


@dataclass
class Document:
    """One file: its plain data, and its nodes to find lines by."""

    path: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    root: yaml.Node | None = None

    def line(self, loc: Loc) -> int:
        """Return the line of a field; of a field that is missing, the line of what it is missing in."""
        node, line = self.root, 1
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line

    def report(self, loc: Loc, text: str) -> None:
        """Add a problem of a field."""
        self.problems.append(Problem(self.path, self.line(loc), text))


def read_document(file: Path, shown_as: str) -> Document:
    """Read a YAML file. Never raises: what is wrong stands in ``problems``."""
    try:
        return parse_document(file.read_bytes(), shown_as)
    except OSError as error:
        return unreadable_document(shown_as, error)


def unreadable_document(shown_as: str, error: OSError) -> Document:
    """Return what stands for a file that cannot be opened."""
    text = f"Die Datei lässt sich nicht öffnen ({error.strerror}) – prüfen Sie Name und Rechte."
    return Document(shown_as, problems=[Problem(shown_as, None, text)])


def parse_document(content: bytes, shown_as: str) -> Document:
    """Read YAML from memory, as ``read_document`` does from a file."""
    document = Document(shown_as)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        document.problems.append(
            Problem(
                shown_as,
                line,
                "Die Datei ist nicht in UTF-8 gespeichert – speichern Sie "
                "sie im Editor mit der Zeichenkodierung UTF-8.",
            )
        )
        return document
    try:
        document.root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        document.problems.append(
            Problem(
                shown_as,
                _line_of(error),
                "Hier ist die Datei kein gültiges YAML – prüfen Sie Einrückung, Doppelpunkte "
                "und Anführungszeichen in und vor dieser Zeile.",
            )
        )
        return document
    if document.root is not None:
        document.data = _Builder(document).build(document.root)
    return document


class _Builder:
    """Turns the nodes of one document into plain data."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._built: dict[int, Any] = {}

    def build(self, node: yaml.Node) -> Any:
        """Return the data of ``node``."""
        if id(node) in self._built:
            self._report(
                node,
                "Hierauf wird mit & und * verwiesen – schreiben Sie den Wert an beiden Stellen aus.",
                Severity.WARNUNG,
            )
            return self._built[id(node)]
        self._built[id(node)] = None
        self._built[id(node)] = self._value(node)
        return self._built[id(node)]

    def _value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item) for item in node.value]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in data:
                self._report(key_node, f"„{key}“ steht hier ein zweites Mal – behalten Sie nur einen der Einträge.")
                continue
            data[key] = self.build(value_node)
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text: str = node.value
        if not node.tag.startswith(_OWN_TAGS):
            self._report(node, f"Die Angabe „{node.tag}“ ist nicht erlaubt – schreiben Sie nur den Wert.")
        if not node.style:
            for pattern, convert in _SCALARS:
                if pattern.fullmatch(text):
                    return self._converted(node, convert)
        self._check_text(node, text)
        return text

    def _converted(self, node: yaml.Node, convert: Callable[[str], Any]) -> Any:
        try:
            return convert(node.value)
        except ValueError:
            self._report(node, f"„{node.value}“ ist kein Datum – schreiben Sie Jahr-Monat-Tag, z. B. 2026-11-30.")
            return None

    def _check_text(self, node: yaml.Node, text: str) -> None:
        if text.isascii() and "<" not in text and "&" not in text:
            return
        if not unicodedata.is_normalized("NFC", text):
            self._report(node, "Umlaute sind hier aus zwei Zeichen zusammengesetzt – tippen Sie den Text neu (NFC).")
        html = _HTML.search(text)
        if html:
            self._report(node, f"„{html[0]}“ ist HTML – schreiben Sie reinen Text.")

    def _report(self, node: yaml.Node, text: str, severity: Severity = Severity.FEHLER) -> None:
        self._document.problems.append(Problem(self._document.path, node.start_mark.line + 1, text, severity))


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    """The node one step further down and the line where it begins."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    return None


def _line_of(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else None
