"""An audit draws open records by chance and reports what the reader found, never more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.curation.fact_audit.claims import claims_of
from bot.curation.fact_audit.results import evaluate, trend
from bot.curation.fact_audit.sheet import Sheet, Verdict, draw, read, write
from bot.errors import NavigatorError
from bot.settings import REPOSITORY
from knowledge_base.loader import load_catalogue
from knowledge_base.schema.programme import Programme, Status

DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def programmes() -> list[Programme]:
    return list(load_catalogue(REPOSITORY / "knowledge_base" / "catalogue").programmes.values())


def judged(sheet: Sheet, **verdicts: Verdict) -> Sheet:
    """All claims are right, except the first of the named kind in the first record."""
    data = sheet.model_dump(mode="json")
    data["reader"] = "zweitlesung"
    for record in data["records"]:
        for claim in record["claims"]:
            claim["verdict"] = "richtig"
    for about, verdict in verdicts.items():
        claim = next(each for each in data["records"][0]["claims"] if each["about"] == about)
        claim.update(verdict=verdict.value, note="Die Quelle sagt etwas anderes.")
    return Sheet.model_validate(data)


def test_a_claim_for_every_amount_condition_and_step(programmes: list[Programme]) -> None:
    assert programmes
    for programme in programmes:
        claims = claims_of(programme)
        amounts = [claim for claim in claims if claim.about == "Betrag"]
        assert len(amounts) == len(programme.funding.amounts)
        assert {each.text for each in programme.conditions} <= {claim.text for claim in claims}
        assert {each.text for each in programme.exclusions} <= {claim.text for claim in claims}
        assert all(claim.sources for claim in claims)


def test_only_open_records_are_drawn_and_the_seed_decides(programmes: list[Programme]) -> None:
    ended = {each.id for each in programmes if each.status is Status.AUSGELAUFEN}
    everything = draw(programmes, 1000, 1, DAY)
    first, again, other = (draw(programmes, 10, seed, DAY) for seed in (7, 7, 8))

    assert ended
    assert {record.id for record in everything.records} == {each.id for each in programmes} - ended
    assert everything.population == len(everything.records)
    assert first == again
    assert {r.id for r in first.records} != {r.id for r in other.records}


def test_a_sheet_survives_its_file_and_is_never_overwritten(programmes: list[Programme], tmp_path: Path) -> None:
    sheet, file = draw(programmes, 5, 3, DAY), tmp_path / "audits" / "a.yml"
    write(sheet, file)

    assert read(file) == sheet
    with pytest.raises(NavigatorError, match="gibt es schon"):
        write(sheet, file)


def test_an_unfinished_sheet_gives_no_result(programmes: list[Programme]) -> None:
    sheet = draw(programmes, 2, 3, DAY)
    with pytest.raises(NavigatorError, match="reader.*ohne „verdict“"):
        evaluate(sheet)


def test_an_error_needs_a_note(programmes: list[Programme]) -> None:
    sheet = judged(draw(programmes, 2, 3, DAY), Höhe=Verdict.WRONG)
    data = sheet.model_dump(mode="json")
    next(c for c in data["records"][0]["claims"] if c["verdict"] == "falsch")["note"] = None
    with pytest.raises(NavigatorError, match="1 Fehler ohne „note“"):
        evaluate(Sheet.model_validate(data))


def test_errors_are_counted_by_record_and_costly_ones_apart(programmes: list[Programme]) -> None:
    drawn = draw(programmes, 40, 3, DAY)
    none = evaluate(judged(drawn))
    two = evaluate(judged(drawn, Höhe=Verdict.WRONG, Stelle=Verdict.MISLEADING, Wer=Verdict.UNCLEAR))

    assert (none.errors.right, none.costly, none.findings) == (0, 0, ())
    assert none.errors.high > 0.05
    assert (two.errors.right, two.costly, two.unclear, len(two.findings)) == (1, 1, 1, 2)


def test_the_trend_holds_finished_sheets_only(programmes: list[Programme], tmp_path: Path) -> None:
    drawn = draw(programmes, 3, 3, DAY)
    write(drawn, tmp_path / "open.yml")
    write(judged(drawn, Höhe=Verdict.WRONG), tmp_path / "done.yml")

    assert [result.errors.right for result in trend(tmp_path)] == [1]


def test_a_sheet_with_a_typing_error_says_where(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("drawn_on: 2026-11-21\nseed: 1\npopulation: 2\nrecords: []\nleser: x\n", encoding="utf-8")
    with pytest.raises(NavigatorError, match="leser"):
        read(file)
