"""Checking a catalogue again and again while it changes: what did not change is neither parsed nor judged twice.

Everything is remembered by what a file holds, never by its name or time, so that nothing remembered can be out of
date: another content is another key. Rules about one record are remembered with the record; those that compare
records are applied each time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from knowledge_base.checks import CHECKS, OF_ONE_RECORD, problem_of, run_checks
from knowledge_base.checks.finding import records
from knowledge_base.content import EMPTY_PLACES, EMPTY_VOCABULARY, Catalogue
from knowledge_base.loader import Contents, Parsed, parse_file, read_catalogue
from knowledge_base.problems import Problem, ordered
from knowledge_base.yaml_lines import Document

_SPARE = 500
"""So much more than a catalogue needs is kept: what people try out meanwhile."""
_OF_ALL = [rule for rule in CHECKS if rule not in OF_ONE_RECORD]
_Record = tuple[str, str, BaseModel]
"""Kind, id and record."""


class Memory:
    """Reads and checks one catalogue. Safe to share between threads."""

    def __init__(self) -> None:
        self._parsed: dict[tuple[Any, ...], Parsed] = {}
        self._judged: dict[int, tuple[BaseModel, list[Problem]]] = {}
        """Identity of a record → the record, which keeps the identity its own, and what its rules found."""
        self._day: dt.date | None = None
        self._one = threading.Lock()

    def check(self, directory: Path, today: dt.date, contents: Contents) -> tuple[Catalogue, list[Problem]]:
        """Return what ``check_directory`` returns for files with these contents.

        Args:
            directory: The directory of the catalogue.
            today: The day that dates are compared with.
            contents: Its files, see ``knowledge_base.loader.contents_of``.
        """
        with self._one:
            if today != self._day:
                self._day, self._judged = today, {}
            catalogue, problems = read_catalogue(directory, contents, self._parse)
            problems += self._of_records(catalogue, today)
            self._forget(contents, catalogue)
            return catalogue, ordered([*problems, *run_checks(catalogue, today, _OF_ALL)])

    def _parse(self, path: str, content: bytes | OSError, model: type[BaseModel], many: bool) -> Parsed:
        """See ``knowledge_base.loader.Parse``."""
        if isinstance(content, OSError):
            return parse_file(path, content, model, many)
        key = (path, model, many, hashlib.sha256(content).digest())
        if key not in self._parsed:
            self._parsed[key] = parse_file(path, content, model, many)
        document, found = self._parsed[key] = self._parsed.pop(key)  # the last used stand at the end
        return _own(document), found

    def _of_records(self, catalogue: Catalogue, today: dt.date) -> list[Problem]:
        """Apply the rules about one record to those that were not judged yet."""
        everything = list(records(catalogue))
        new = [each for each in everything if id(each[2]) not in self._judged]
        if new:
            found: dict[tuple[str, str], list[Problem]] = defaultdict(list)
            only = _only(catalogue, new)
            for rule in OF_ONE_RECORD:
                for finding in CHECKS[rule](only, today):
                    found[finding.kind, finding.record_id].append(problem_of(catalogue, rule, finding))
            self._judged |= {id(record): (record, found.pop((kind, name), [])) for kind, name, record in new}
        return [problem for _, _, record in everything for problem in self._judged[id(record)][1]]

    def _forget(self, contents: Contents, catalogue: Catalogue) -> None:
        for key in list(self._parsed)[:max(0, len(self._parsed) - len(contents) - _SPARE)]:
            del self._parsed[key]
        if len(self._judged) > 2 * (len(contents) + _SPARE):
            kept = {id(record) for _, _, record in records(catalogue)}
            self._judged = {key: value for key, value in self._judged.items() if key in kept}


def _own(document: Document) -> Document:
    """Return a document to which problems may be added."""
    return replace(document, problems=list(document.problems))


def _only(catalogue: Catalogue, wanted: Iterable[_Record]) -> Catalogue:
    """Return a catalogue of these records alone."""
    by_kind: dict[str, dict[str, Any]] = defaultdict(dict)
    for kind, name, record in wanted:
        by_kind[kind].setdefault(name, record)
    return Catalogue(
        programmes=by_kind["programme"], contacts=by_kind["contact"], events=by_kind["event"],
        terms=by_kind["term"], networks=by_kind["network"], confusable=tuple(by_kind["confusable"].values()),
        places=by_kind["places"].get("places", EMPTY_PLACES),
        vocabulary=by_kind["vocabulary"].get("vocabulary", EMPTY_VOCABULARY))
