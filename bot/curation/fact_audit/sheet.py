"""The check sheet: a drawn sample of open records with a place for the verdict on each claim."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.curation.fact_audit.claims import claims_of
from bot.errors import NavigatorError
from bot.plain_errors import explain
from knowledge_base.schema.programme import Programme, Status

HEADING = """\
# Prüfblatt: Lesen Sie zu jeder Aussage die genannten Quellen und tragen Sie bei „verdict“ ein:
#   richtig · falsch · irrefuehrend (stimmt, führt aber in die Irre) · unklar (Quelle nicht lesbar oder sagt nichts)
# Bei falsch und irrefuehrend gehört bei „note“ hin, was die Quelle sagt. Danach: python -m bot kb audit --take DATEI
"""


class Verdict(str, Enum):
    """What the reader found."""

    RIGHT = "richtig"
    WRONG = "falsch"
    MISLEADING = "irrefuehrend"
    UNCLEAR = "unklar"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CheckedClaim(_Part):
    """One claim of the sheet."""

    about: str
    text: str
    sources: tuple[str, ...]
    costly: bool = False
    verdict: Verdict | None = None
    note: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether people would be told something they should not."""
        return self.verdict in (Verdict.WRONG, Verdict.MISLEADING)


class CheckedRecord(_Part):
    """One record of the sheet."""

    id: str
    name: str
    claims: tuple[CheckedClaim, ...]


class Sheet(_Part):
    """One audit."""

    drawn_on: dt.date
    seed: int
    """The same seed draws the same records from the same catalogue."""
    population: int
    """Number of open records at that time."""
    reader: str | None = None
    """Who compared it, never the writer of the records."""
    records: tuple[CheckedRecord, ...]


def draw(programmes: Iterable[Programme], size: int, seed: int, day: dt.date) -> Sheet:
    """Draw open programmes by chance, each with equal chance.

    Args:
        programmes: All programmes of the catalogue.
        size: How many to draw; fewer if there are not so many.
        seed: Of the draw.
        day: Of the draw.

    Raises:
        NavigatorError: If there is nothing to draw from.
    """
    still_open = sorted((each for each in programmes if each.status is not Status.AUSGELAUFEN), key=lambda p: p.id)
    if not still_open or size < 1:
        raise NavigatorError("Es gibt nichts zu prüfen – nennen Sie eine Anzahl ab 1 und prüfen Sie den Katalog.")
    drawn = random.Random(seed).sample(still_open, min(size, len(still_open)))
    return Sheet(drawn_on=day, seed=seed, population=len(still_open), records=tuple(_record(p) for p in drawn))


def _record(programme: Programme) -> CheckedRecord:
    claims = tuple(
        CheckedClaim(about=claim.about, text=claim.text, sources=claim.sources, costly=claim.costly)
        for claim in claims_of(programme)
    )
    return CheckedRecord(id=programme.id, name=programme.name, claims=claims)


def write(sheet: Sheet, file: Path) -> None:
    """Write a sheet that does not exist yet.

    Raises:
        NavigatorError: If the file is there already: verdicts are never overwritten.
    """
    if file.exists():
        raise NavigatorError(f"{file} gibt es schon – nehmen Sie eine andere Zahl für --seed.")
    file.parent.mkdir(parents=True, exist_ok=True)
    data = sheet.model_dump(mode="json")
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=118)
    file.write_text(HEADING + text, encoding="utf-8")


def read(file: Path) -> Sheet:
    """Read a sheet.

    Raises:
        NavigatorError: If it is missing or not filled in as it should be.
    """
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise NavigatorError(f"Das Prüfblatt {file} lässt sich nicht lesen – prüfen Sie den Namen.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise NavigatorError(f"{file} ist kein gültiges YAML – prüfen Sie Einrückung und Doppelpunkte.") from error
    try:
        return Sheet.model_validate(data)
    except ValidationError as error:
        faults = " ".join(explain(details) for details in error.errors(include_url=False))
        raise NavigatorError(f"{file} ist nicht richtig ausgefüllt: {faults}") from error
