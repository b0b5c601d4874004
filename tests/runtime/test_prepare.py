"""What happens before the bot starts: tables, catalogue, and which problems stop it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.runtime import prepare
from bot.settings import Settings, load_settings
from knowledge_base.content import EMPTY_PLACES, EMPTY_VOCABULARY, Catalogue
from knowledge_base.problems import CatalogueError, Problem, Severity

EMPTY = Catalogue({}, {}, EMPTY_PLACES, {}, {}, EMPTY_VOCABULARY, (), {})
WARNING = Problem("a.yml", 1, "fällig", Severity.WARNUNG, "overdue_verification")
AGED = Problem("a.yml", 1, "abgelaufen", Severity.FEHLER, "status_fits_dates")
WRONG = Problem("a.yml", 2, "ohne Quelle", Severity.FEHLER, "figure_without_source")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NAVIGATOR_CONTENT_DIR": str(tmp_path), "NAVIGATOR_VAR_DIR": str(tmp_path / "var")})


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """The problems that the check finds; the test fills it."""
    problems: list[Problem] = []
    monkeypatch.setattr(prepare, "check_directory", lambda directory, day: (EMPTY, problems))
    return problems


def test_catalogue_is_built_once(settings: Settings, found: list[Problem]) -> None:
    said: list[str] = []
    prepare.prepare_database(settings, said.append)
    prepare.prepare_database(settings, said.append)
    assert ["neu gebaut" in line for line in said] == [False, True, False, False]
    assert "aktuell" in said[-1]


def test_what_only_time_made_wrong_does_not_stop_the_start(settings: Settings, found: list[Problem]) -> None:
    found += [WARNING, AGED]
    prepare.prepare_database(settings, lambda line: None)


def test_an_error_stops_the_start(settings: Settings, found: list[Problem]) -> None:
    found += [WARNING, AGED, WRONG]
    with pytest.raises(CatalogueError) as error:
        prepare.prepare_database(settings, lambda line: None)
    assert error.value.problems == (WRONG,)


def test_ageing_rules_exist() -> None:
    from knowledge_base.checks import CHECKS

    assert set(CHECKS) >= prepare.AGEING_RULES


def test_lines_carry_the_seconds() -> None:
    times = iter([10.0, 13.25])
    said: list[str] = []
    prepare.timed(said.append, lambda: next(times))("fertig")
    assert said == ["[  3.2 s] fertig"]
