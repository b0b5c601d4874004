"""Sentences as a table for other programs, CSV or XLSX, and back: first what would change, then the edits."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.curation.corpus import Corpus, Located, Place, key_of
from bot.curation.edits import Edit
from bot.curation.training_edits import MOST, Refused, moved, plain, put, refused, removed
from bot.errors import NavigatorError

COLUMNS = ("absicht", "titel", "wozu", "satz")
TRAINING, MEASURING = "training", "messen"
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 50_000
UNPACKED = 100 * 1024 * 1024
_FORMULA = tuple("=+-@\t\r")
"""How a cell begins that a spreadsheet would calculate."""


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    place: Place
    text: str


@dataclass(frozen=True)
class Changes:
    """What a table would change."""

    added: Sequence[Row]
    moved: Sequence[tuple[Located, str]]
    """Sentences that stand in the table under another intent, and which."""
    removed: Sequence[Located]
    """Sentences of the intents of the table that are not in it."""
    refused: Sequence[Refused]

    @property
    def number(self) -> int:
        """How many sentences change."""
        return len(self.added) + len(self.moved) + len(self.removed)


def as_csv(corpus: Corpus, intents: Sequence[str]) -> bytes:
    """Return all sentences of some intents for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([COLUMNS, *([_harmless(cell) for cell in row] for row in _rows(corpus, intents))])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(corpus: Corpus, intents: Sequence[str]) -> bytes:
    """Return them as a workbook; every cell is text, so that nothing is calculated."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sätze")
    for row in [COLUMNS, *_rows(corpus, intents)]:
        cells = [WriteOnlyCell(sheet, value=_printable(_harmless(cell))) for cell in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read_table(content: bytes, name: str, corpus: Corpus) -> list[Row]:
    """Return the rows of a file.

    Args:
        content: What was sent.
        name: Name of the file; its ending says what it is.
        corpus: Knows the intents.

    Raises:
        NavigatorError: If it cannot be used.
    """
    if len(content) > MOST_BYTES:
        raise NavigatorError("Die Datei ist größer als 5 MB – teilen Sie sie auf.")
    cells = _from_xlsx(content) if name.lower().endswith(".xlsx") else _from_csv(content)
    lines = [[str(cell or "").strip() for cell in line] for _, line in zip(range(MOST_ROWS + 1), cells, strict=False)]
    if len(lines) > MOST_ROWS:
        raise NavigatorError(f"Die Tabelle hat mehr als {MOST_ROWS} Zeilen – teilen Sie sie auf.")
    head = [cell.casefold() for cell in lines[0]] if lines else []
    missing = [column for column in ("absicht", "satz") if column not in head]
    if missing:
        raise NavigatorError(f"In der ersten Zeile fehlt die Spalte „{missing[0]}“ – laden Sie zuerst eine Tabelle "
                             "herunter und ändern Sie diese.")
    return [_row(dict(zip(head, line, strict=False)), number, corpus) for number, line in enumerate(lines[1:], 2)
            if any(line)]


def changes(corpus: Corpus, rows: Sequence[Row], *, whole: bool) -> Changes:
    """Return what a table would change.

    Args:
        corpus: All sentences.
        rows: The table.
        whole: Whether sentences of its intents that are not in it shall go.
    """
    known: dict[str, list[Located]] = {}
    for each in corpus.everything:
        known.setdefault(each.sentence.key, []).append(each)
    added: list[Row] = []
    leaving: list[tuple[Located, str]] = []
    for row in rows:
        there = known.get(key_of(row.text), [])
        if row.place in [each.place for each in there]:
            continue
        elsewhere = [each for each in there if each.place == Place(each.place.intent, row.place.measures)]
        if elsewhere:
            leaving.append((elsewhere[0], row.place.intent))
        else:
            added.append(row)
    gone: list[Located] = []
    if whole:
        wanted, intents = {key_of(row.text) for row in rows}, {row.place.intent for row in rows}
        gone = [each for each in corpus.everything
                if each.place.intent in intents and each.sentence.key not in wanted]
    wrong = refused(corpus, [row.text for row in added], [*gone, *(each for each, _ in leaving)])
    bad = {each.text for each in wrong}
    return Changes([row for row in added if row.text not in bad], leaving, gone, wrong)


def edits_of(corpus: Corpus, found: Changes) -> list[Edit]:
    """Return the edits that a table means.

    Raises:
        NavigatorError: If nothing changes, or too much at once.
    """
    if not found.number:
        raise NavigatorError("Die Tabelle ändert nichts – ändern Sie darin Sätze und laden Sie sie noch einmal.")
    if found.number > MOST:
        raise NavigatorError(f"Die Tabelle ändert {found.number} Sätze, höchstens {MOST} gehen auf einmal – nehmen "
                             "Sie weniger Absichten.")
    edits: list[Edit] = []
    for place in dict.fromkeys(row.place for row in found.added):
        texts = [row.text for row in found.added if row.place == place]
        edits += put(corpus, place, [(text, None) for text in texts])
    for target in dict.fromkeys(intent for _, intent in found.moved):
        edits += moved(corpus, [each for each, intent in found.moved if intent == target], target)
    return [*edits, *(removed(corpus, found.removed) if found.removed else [])]


def _rows(corpus: Corpus, intents: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    for intent in intents:
        for measures, use in ((False, TRAINING), (True, MEASURING)):
            for each in corpus.sentences(intent, measures=measures):
                yield intent, corpus.title(intent), use, each.sentence.text


def _row(cells: dict[str, str], number: int, corpus: Corpus) -> Row:
    intent, use = cells.get("absicht", ""), cells.get("wozu", "").casefold() or TRAINING
    text = plain(_as_written(cells.get("satz", "")))
    if intent not in corpus.data.registry:
        raise NavigatorError(f"Zeile {number}: Die Absicht „{intent[:80]}“ gibt es nicht – nehmen Sie eine aus der "
                             "Tabelle, die Sie heruntergeladen haben.")
    if use not in (TRAINING, MEASURING) or not text:
        raise NavigatorError(f"Zeile {number}: Es fehlt der Satz, oder unter „wozu“ steht weder „{TRAINING}“ noch "
                             f"„{MEASURING}“.")
    return Row(Place(intent, use == MEASURING), text)


def _from_csv(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    delimiter = ";" if text.partition("\n")[0].count(";") >= text.partition("\n")[0].count(",") else ","
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise NavigatorError("Die Datei ist keine CSV-Tabelle – speichern Sie sie neu, als CSV UTF-8.") from error


def _from_xlsx(content: bytes) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise NavigatorError("Die Arbeitsmappe ist ausgepackt zu groß – teilen Sie sie auf.")
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        yield from sheet.iter_rows(values_only=True)
    except NavigatorError:
        raise
    except Exception as error:  # whatever is wrong with the file, it is no workbook
        raise NavigatorError(
            "Die Datei ist keine Arbeitsmappe – speichern Sie sie neu, als XLSX oder CSV.") from error


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.startswith("'") else cell


def _as_written(cell: str) -> str:
    """Take back what ``_harmless`` did."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell


def _printable(cell: str) -> str:
    """Leave out control characters, which a workbook cannot hold."""
    return "".join(letter for letter in cell if letter.isprintable())
