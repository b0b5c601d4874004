"""What an audit found: the share of records with an error, with its interval, and every finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from bot.curation.fact_audit.sheet import CheckedClaim, CheckedRecord, Sheet, read
from bot.errors import NavigatorError
from bot.evaluation.shares import Share


@dataclass(frozen=True)
class Result:
    """One evaluated sheet."""

    drawn_on: dt.date
    population: int
    errors: Share
    """Records with at least one wrong or misleading claim, of all that were read."""
    costly: int
    """Amounts and deadlines that are wrong or misleading."""
    unclear: int
    """Claims whose source could not be read or says nothing."""
    findings: tuple[tuple[CheckedRecord, CheckedClaim], ...]
    """Every wrong or misleading claim."""


def evaluate(sheet: Sheet) -> Result:
    """Count what the reader found.

    Raises:
        NavigatorError: If verdicts, notes or the reader are missing; the text names every gap.
    """
    gaps = list(_gaps(sheet))
    if gaps:
        raise NavigatorError("Das Prüfblatt ist noch nicht fertig: " + " ".join(gaps))
    findings = tuple((record, claim) for record in sheet.records for claim in record.claims if claim.is_error)
    wrong = {record.id for record, _ in findings}
    claims = [claim for record in sheet.records for claim in record.claims]
    return Result(
        drawn_on=sheet.drawn_on,
        population=sheet.population,
        errors=Share.of(len(wrong), len(sheet.records)),
        costly=sum(claim.costly for _, claim in findings),
        unclear=sum(claim.verdict is not None and claim.verdict.value == "unklar" for claim in claims),
        findings=findings,
    )


def trend(folder: Path) -> list[Result]:
    """Return the results of all finished sheets of a folder, oldest first."""
    sheets = [read(file) for file in sorted(folder.glob("*.yml"))]
    return sorted((evaluate(sheet) for sheet in sheets if not _gaps(sheet)), key=lambda result: result.drawn_on)


def _gaps(sheet: Sheet) -> list[str]:
    gaps = [] if sheet.reader else ["Bei „reader“ fehlt, wer geprüft hat."]
    for record in sheet.records:
        missing = sum(claim.verdict is None for claim in record.claims)
        unexplained = sum(claim.is_error and not claim.note for claim in record.claims)
        if missing:
            gaps.append(f"{record.id}: {missing} Aussagen ohne „verdict“.")
        if unexplained:
            gaps.append(f"{record.id}: {unexplained} Fehler ohne „note“.")
    return gaps
