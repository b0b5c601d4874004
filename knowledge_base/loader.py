"""From the files of the catalogue to checked records. All problems are collected, none stops the reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.plain_errors import explain, field_steps
from knowledge_base.content import EMPTY_PLACES, EMPTY_VOCABULARY, Catalogue, Loc, Locator
from knowledge_base.problems import CatalogueError, Problem, Severity, errors, ordered
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import ConfusableName, Event, Network, Term, Vocabulary
from knowledge_base.schema.place import Places
from knowledge_base.schema.programme import Programme
from knowledge_base.yaml_lines import Document, read_document

__all__ = ["Catalogue", "load_catalogue", "parse_record", "read_catalogue"]

PROGRAMMES, CONTACTS, EVENTS = "programmes", "contacts", "events"
PLACES, TOPICS = "places.yml", "topics.yml"
GLOSSARY, CONFUSABLE, NETWORKS = "glossary.yml", "confusable_names.yml", "networks.yml"
_REQUIRED = (PROGRAMMES, CONTACTS, PLACES, TOPICS)
_OPTIONAL = (EVENTS, GLOSSARY, CONFUSABLE, NETWORKS)

M = TypeVar("M", bound=BaseModel)
Reading = Callable[[Path, str], Document]


def load_catalogue(directory: Path) -> Catalogue:
    """Read the catalogue.

    Raises:
        CatalogueError: With all problems, if the shape of any file is wrong.
    """
    catalogue, problems = read_catalogue(directory)
    if errors(problems):
        raise CatalogueError(errors(problems))
    return catalogue


def read_catalogue(directory: Path, read: Reading = read_document) -> tuple[Catalogue, list[Problem]]:
    """Read what can be read, and report the rest. Records with problems are left out of the catalogue.

    Args:
        directory: The directory of the catalogue.
        read: Reads one file; who reads often remembers files that did not change.
    """
    reader = _Reader(directory, read)
    reader.report_missing()
    return reader.catalogue(), ordered(reader.problems)


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
    read: Reading
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
            path = self.directory / name
            if path.is_file() or (path.is_dir() and any(path.rglob("*.yml"))):
                continue
            severity = Severity.FEHLER if name in _REQUIRED else Severity.WARNUNG
            what = "fehlt" if not path.exists() else "enthält keine Einträge"
            self.problems.append(
                Problem(name, None, f"{name} {what} – legen Sie die Daten in {self.directory} an.", severity)
            )

    def _files(self, folder: str, kind: str, model: type[M]) -> dict[str, M]:
        """Read all records below a folder, one per file."""
        records: dict[str, M] = {}
        paths: dict[str, str] = {}
        for file in sorted((self.directory / folder).rglob("*")):
            shown_as = file.relative_to(self.directory).as_posix()
            if file.is_dir() or file.name.startswith("."):
                continue
            if file.suffix != ".yml":
                self.problems.append(
                    Problem(
                        shown_as,
                        None,
                        "Hier gehören nur Dateien mit der Endung .yml hin – benennen oder verschieben Sie die Datei.",
                    )
                )
                continue
            document = self.read(file, shown_as)
            record = parse_record(model, document)
            if record is None:
                self.unreadable.add(file.stem)
            elif self._place_fits(document, record, file, paths):
                records[file.stem] = record
                paths[file.stem] = shown_as
                self.locators[kind, file.stem] = _locator(document, ())
            self.problems += document.problems
        return dict(sorted(records.items()))

    def _place_fits(self, document: Document, record: Any, file: Path, paths: dict[str, str]) -> bool:
        """Check that file name, folder and id agree."""
        if record.id != file.stem:
            document.report(
                ("id",),
                f"Die id „{record.id}“ ist nicht der Dateiname – schreiben Sie „{file.stem}“, "
                "oder benennen Sie die Datei um.",
            )
        if isinstance(record, Programme) and record.level.value != file.parent.name:
            document.report(
                ("level",),
                f"Die Ebene ist „{record.level.value}“, die Datei liegt aber unter "
                f"„{file.parent.name}“ – verschieben Sie sie.",
            )
        if file.stem in paths:
            document.report(("id",), f"Die id „{file.stem}“ hat schon {paths[file.stem]} – vergeben Sie eine andere.")
            return False
        return True

    def _single(self, name: str, kind: str, model: type[M]) -> M | None:
        """Read a file that is one record."""
        file = self.directory / name
        if not file.is_file():
            return None
        document = self.read(file, name)
        record = parse_record(model, document)
        self.problems += document.problems
        self.locators[kind, kind] = _locator(document, ())
        return record

    def _list(self, name: str, kind: str, model: type[M]) -> list[M]:
        """Read a file that is a list of records; their order is kept."""
        file = self.directory / name
        if not file.is_file():
            return []
        document = self.read(file, name)
        if not isinstance(document.data, list) and not errors(document.problems):
            document.report((), "Die Datei ist keine Liste – beginnen Sie jeden Eintrag mit „- “.")
        records = self._entries(document, kind, model)
        self.problems += document.problems
        return records

    def _entries(self, document: Document, kind: str, model: type[M]) -> list[M]:
        """Validate the entries of a list, each for itself."""
        if not isinstance(document.data, list):
            return []
        records: list[M] = []
        for index, data in enumerate(document.data):
            record = _validated(model, document, data, (index,))
            if record is not None:
                records.append(record)
                self._remember(document, index, kind, str(getattr(record, "id", "") or getattr(record, "name", "")))
            elif isinstance(data, dict):
                self.unreadable.add(str(data.get("id", "")))
        return records

    def _remember(self, document: Document, index: int, kind: str, record_id: str) -> None:
        if (kind, record_id) in self.locators:
            document.report((index,), f"„{record_id}“ gibt es hier schon – fassen Sie die Einträge zusammen.")
        self.locators.setdefault((kind, record_id), _locator(document, (index,)))

    @staticmethod
    def _by_id(records: list[Any]) -> dict[str, Any]:
        return dict(sorted(((record.id, record) for record in reversed(records)), key=lambda pair: str(pair[0])))


def _locator(document: Document, at: Loc) -> Locator:
    return lambda loc: (document.path, document.line((*at, *loc)))
