"""From the files of the catalogue to checked records. All problems are collected, none stops the reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, Union

from pydantic import BaseModel, ValidationError

from bot.plain_errors import explain, field_steps
from knowledge_base.content import EMPTY_PLACES, EMPTY_VOCABULARY, Catalogue, Loc, Locator
from knowledge_base.problems import CatalogueError, Problem, Severity, errors, ordered
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import ConfusableName, Event, Network, Term, Vocabulary
from knowledge_base.schema.place import Places
from knowledge_base.schema.programme import Programme
from knowledge_base.yaml_lines import Document, parse_document, unreadable_document

__all__ = ["Catalogue", "contents_of", "load_catalogue", "parse_record", "read_catalogue"]

PROGRAMMES, CONTACTS, EVENTS = "programmes", "contacts", "events"
PLACES, TOPICS = "places.yml", "topics.yml"
GLOSSARY, CONFUSABLE, NETWORKS = "glossary.yml", "confusable_names.yml", "networks.yml"
_REQUIRED = (PROGRAMMES, CONTACTS, PLACES, TOPICS)
_OPTIONAL = (EVENTS, GLOSSARY, CONFUSABLE, NETWORKS)

M = TypeVar("M", bound=BaseModel)
Contents = Mapping[str, Union[bytes, OSError]]
"""Path below the directory of the catalogue → what the file holds, or why it cannot be read."""
Parsed = tuple[Document, Sequence[Any]]
"""A file and its records: one, or those of its list. What is wrong with a record is ``None``."""
Parse = Callable[[str, Union[bytes, OSError], type[BaseModel], bool], Parsed]
"""Takes path, content, schema, and whether the file is a list of records. The document is the caller's to change."""


def load_catalogue(directory: Path) -> Catalogue:
    """Read the catalogue.

    Raises:
        CatalogueError: With all problems, if the shape of any file is wrong.
    """
    catalogue, problems = read_catalogue(directory)
    if errors(problems):
        raise CatalogueError(errors(problems))
    return catalogue


def read_catalogue(
    directory: Path, contents: Contents | None = None, parse: Parse | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Read what can be read, and report the rest. Records with problems are left out of the catalogue.

    Args:
        directory: The directory of the catalogue.
        contents: Its files, by default as they are now; who tries out a change passes them as they would be.
        parse: Parses one file; who reads often remembers files that did not change (``knowledge_base.memory``).
    """
    reader = _Reader(directory, contents_of(directory) if contents is None else contents, parse or parse_file)
    reader.report_missing()
    return reader.catalogue(), ordered(reader.problems)


def contents_of(directory: Path) -> dict[str, bytes | OSError]:
    """Read all files below a directory, except hidden ones."""
    return {path: _content(f"{directory}/{path}") for path in paths_below(directory)}


def paths_below(directory: Path) -> Iterator[str]:
    """Yield all files below a directory, except hidden ones, as paths from there."""
    for place, _, names in os.walk(directory):
        below = place[len(str(directory)) + 1:]
        yield from (f"{below}/{name}" if below else name for name in names if not name.startswith("."))


def _content(file: str) -> bytes | OSError:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except OSError as error:
        return error


def parse_file(path: str, content: bytes | OSError, model: type[BaseModel], many: bool) -> Parsed:
    """Parse a file and check its records against their schema; see ``Parse``."""
    if isinstance(content, OSError):
        return unreadable_document(path, content), [] if many else [None]
    document = parse_document(content, path)
    if not many:
        return document, [parse_record(model, document)]
    entries = document.data if isinstance(document.data, list) else []
    return document, [_validated(model, document, data, (index,)) for index, data in enumerate(entries)]


def parse_record(model: type[M], document: Document) -> M | None:
    """Check one document against its schema; what is wrong is added to its ``problems``.

    Returns:
        The record, or ``None`` if the document has an error.
    """
    record = _validated(model, document, document.data, ())
    return None if errors(document.problems) else record


def _validated(model: type[M], document: Document, data: Any, at: Loc) -> M | None:
    """Validate the part of a document that stands at ``at``."""
    if data is None:
        if not errors(document.problems):
            document.report(at, "Hier steht nichts – füllen Sie den Eintrag aus oder löschen Sie ihn.")
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            document.report((*at, *field_steps(details["loc"])), explain(details))
        return None


@dataclass
class _Reader:
    """Reads one directory and gathers problems on the way."""

    directory: Path
    contents: Contents
    parse: Parse
    problems: list[Problem] = field(default_factory=list)
    locators: dict[tuple[str, str], Locator] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def catalogue(self) -> Catalogue:
        """Read all files."""
        return Catalogue(
            programmes=self._files(PROGRAMMES, "programme", Programme),
            contacts=self._files(CONTACTS, "contact", Contact),
            places=self._single(PLACES, "places", Places) or EMPTY_PLACES,
            events=self._files(EVENTS, "event", Event),
            terms=self._by_id(self._list(GLOSSARY, "term", Term)),
            vocabulary=self._single(TOPICS, "vocabulary", Vocabulary) or EMPTY_VOCABULARY,
            confusable=tuple(self._list(CONFUSABLE, "confusable", ConfusableName)),
            networks=self._by_id(self._list(NETWORKS, "network", Network)),
            locators=self.locators,
            unreadable=frozenset(self.unreadable),
        )

    def report_missing(self) -> None:
        """Report files and directories that are not there, and directories without a record."""
        for name in (*_REQUIRED, *_OPTIONAL):
            if name in self.contents or any(path.endswith(".yml") for path in self._below(name)):
                continue
            severity = Severity.FEHLER if name in _REQUIRED else Severity.WARNUNG
            what = "enthält keine Einträge" if (self.directory / name).is_dir() else "fehlt"
            self.problems.append(
                Problem(name, None, f"{name} {what} – legen Sie die Daten in {self.directory} an.", severity)
            )

    def _files(self, folder: str, kind: str, model: type[M]) -> dict[str, M]:
        """Read all records below a folder, one per file."""
        records: dict[str, M] = {}
        paths: dict[str, str] = {}
        for shown_as in self._below(folder):
            *_, parent, name = shown_as.split("/")
            stem, _, suffix = name.rpartition(".")
            if suffix != "yml":
                self.problems.append(
                    Problem(
                        shown_as,
                        None,
                        "Hier gehören nur Dateien mit der Endung .yml hin – benennen oder verschieben Sie die Datei.",
                    )
                )
                continue
            document, (record,) = self.parse(shown_as, self.contents[shown_as], model, False)
            if record is None:
                self.unreadable.add(stem)
            elif self._place_fits(document, record, parent, stem, paths):
                records[stem] = record
                paths[stem] = shown_as
                self.locators[kind, stem] = _locator(document, ())
            self.problems += document.problems
        return dict(sorted(records.items()))

    def _below(self, folder: str) -> list[str]:
        """Return the files of a folder, each folder for itself."""
        found = [path for path in self.contents if path.startswith(f"{folder}/")]
        return sorted(found, key=lambda path: path.split("/"))

    def _place_fits(self, document: Document, record: Any, parent: str, stem: str, paths: dict[str, str]) -> bool:
        """Check that file name, folder and id agree."""
        if record.id != stem:
            document.report(
                ("id",),
                f"Die id „{record.id}“ ist nicht der Dateiname – schreiben Sie „{stem}“, "
                "oder benennen Sie die Datei um.",
            )
        if isinstance(record, Programme) and record.level.value != parent:
            document.report(
                ("level",),
                f"Die Ebene ist „{record.level.value}“, die Datei liegt aber unter "
                f"„{parent}“ – verschieben Sie sie.",
            )
        if stem in paths:
            document.report(("id",), f"Die id „{stem}“ hat schon {paths[stem]} – vergeben Sie eine andere.")
            return False
        return True

    def _single(self, name: str, kind: str, model: type[M]) -> M | None:
        """Read a file that is one record."""
        if name not in self.contents:
            return None
        document, (record,) = self.parse(name, self.contents[name], model, False)
        self.problems += document.problems
        self.locators[kind, kind] = _locator(document, ())
        found: M | None = record
        return found

    def _list(self, name: str, kind: str, model: type[M]) -> list[M]:
        """Read a file that is a list of records; their order is kept."""
        if name not in self.contents:
            return []
        document, entries = self.parse(name, self.contents[name], model, True)
        if not isinstance(document.data, list) and not errors(document.problems):
            document.report((), "Die Datei ist keine Liste – beginnen Sie jeden Eintrag mit „- “.")
        for index, record in enumerate(entries):
            if record is not None:
                self._remember(document, index, kind, str(getattr(record, "id", "") or getattr(record, "name", "")))
            elif isinstance(document.data[index], dict):
                self.unreadable.add(str(document.data[index].get("id", "")))
        self.problems += document.problems
        return [record for record in entries if record is not None]

    def _remember(self, document: Document, index: int, kind: str, record_id: str) -> None:
        if (kind, record_id) in self.locators:
            document.report((index,), f"„{record_id}“ gibt es hier schon – fassen Sie die Einträge zusammen.")
        self.locators.setdefault((kind, record_id), _locator(document, (index,)))

    @staticmethod
    def _by_id(records: list[Any]) -> dict[str, Any]:
        return dict(sorted(((record.id, record) for record in reversed(records)), key=lambda pair: str(pair[0])))


def _locator(document: Document, at: Loc) -> Locator:
    return lambda loc: (document.path, document.line((*at, *loc)))
