"""Each check finds what it is there for; a broken installation is told in German and by the exit status."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli import _doctor as doctor
from bot.cli._doctor import Check, Finding, Level
from bot.settings import Settings, load_settings
from bot.workbench.secret import FILE

FAULT, HINT = Level.FAULT, Level.HINT


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """A new installation."""
    (tmp_path / "var").mkdir(mode=0o750)
    return load_settings({"NAVIGATOR_VAR_DIR": str(tmp_path / "var"), "NAVIGATOR_PORT": "1",
                          "NAVIGATOR_WORKBENCH_PORT": "0"})


def _content(here: Settings, name: str, text: str) -> Settings:
    """The same installation with other content."""
    content = here.var_dir.parent / "content"
    file = content / name
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return replace(here, content_dir=content, instance_file=content / "instance.yml")


def _no_package(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    patch.setattr(doctor, "NEEDED", ("gibt-es-nicht",))
    return here


def _other_package(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    patch.setattr(doctor, "REPOSITORY", here.var_dir)
    (here.var_dir / "requirements.lock").write_text("aiohttp==1.0 \\\n    --hash=x\nnie-installiert==1\n")
    return here


def _no_styles(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    patch.setattr("bot.web.assets.BUILT", here.var_dir)
    return here


def _no_space(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    patch.setattr(shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(1, 1, 0))
    return here


def _all_may_read(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    here.var_dir.chmod(0o755)
    return here


def _may_not_write(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    patch.setattr(os, "access", lambda place, mode: False)
    return here


def _root(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    patch.setattr(os, "geteuid", lambda: 0)
    return here


def _no_database(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    (here.var_dir / "navigator.db").write_bytes(b"keine Datenbank" * 1000)
    return here


def _no_tables(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    (here.var_dir / "navigator.db").touch()
    return here


def _nobody_there(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    return replace(here, database_url="postgresql+psycopg://nutzer:losung7319@127.0.0.1:1/x")


def _foreign_model(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    here.model_dir.mkdir()
    (here.model_dir / "fremd.tar.gz").write_bytes(b"x")
    return here


def _open_secret(here: Settings, patch: pytest.MonkeyPatch) -> Settings:
    (here.var_dir / FILE).write_text("x" * 40)
    (here.var_dir / FILE).chmod(0o644)
    return here


Break = Callable[[Settings, pytest.MonkeyPatch], Settings]
BROKEN: list[tuple[Check, Break, Level, str]] = [
    (doctor.packages, _no_package, FAULT, "gibt-es-nicht – führen Sie „make setup“"),
    (doctor.packages, _other_package, HINT, "Andere Fassungen als vorgesehen: aiohttp –"),
    (doctor.pages, _no_styles, FAULT, "make setup"),
    (doctor.instance_file, lambda here, _: here, HINT, "privacy.legal_basis"),
    (doctor.instance_file, lambda here, _: _content(here, "instance.yml", "a: ["), FAULT, "kein gültiges YAML"),
    (doctor.folder, lambda here, _: replace(here, var_dir=here.var_dir / "nie"), HINT, "gibt es noch nicht"),
    (doctor.folder, _no_space, FAULT, "schaffen Sie Platz"),
    (doctor.folder, _all_may_read, HINT, "chmod o="),
    (doctor.folder, _may_not_write, FAULT, "nicht schreiben"),
    (doctor.user, _root, HINT, "eigenen Nutzer"),
    (doctor.database, lambda here, _: here, HINT, "gibt es noch nicht"),
    (doctor.database, _no_database, FAULT, "keine – prüfen Sie DATABASE_URL"),
    (doctor.database, _no_tables, FAULT, "python -m bot db upgrade"),
    (doctor.database, _nobody_there, FAULT, "antwortet nicht"),
    (doctor.catalogue, lambda here, _: _content(here, "knowledge_base/catalogue/contacts/x.yml", "a: ["), FAULT,
     "Die Wissensbasis hat"),
    (doctor.model, lambda here, _: here, HINT, "python -m bot train"),
    (doctor.model, _foreign_model, HINT, "fremd.tar.gz – löschen"),
    (doctor.addresses, lambda here, _: replace(here, workbench_host="::"), FAULT, "NAVIGATOR_WORKBENCH_SECRET"),
    (doctor.addresses, _open_secret, FAULT, "chmod 600"),
    (doctor.addresses, lambda here, _: replace(here, public_url="https://x.example"), HINT, "NAVIGATOR_PROXY_HEADER"),
    (doctor.addresses, lambda here, _: replace(here, host="192.0.2.1", port=0), HINT, "ohne https"),
]


@pytest.mark.parametrize(("check", "spoil", "level", "says"), BROKEN,
                         ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_broken_is_found(
    here: Settings, monkeypatch: pytest.MonkeyPatch, check: Check, spoil: Break, level: Level, says: str
) -> None:
    found = doctor._run(check, spoil(here, monkeypatch))
    assert any(each.level is level and says in each.text for each in found), found
    assert not any("losung7319" in each.text for each in found)


def test_every_check_is_broken_once() -> None:
    assert {check for check, *_ in BROKEN} == set(doctor.CHECKS)


def test_a_port_of_somebody_else(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = doctor._run(doctor.addresses, replace(here, port=port, host="127.0.0.1"))
        assert [each.level for each in found] == [FAULT] and f"127.0.0.1:{port}" in found[0].text


def test_a_check_that_fails_itself_stops_no_other(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(settings: Settings) -> Iterator[Finding]:
        """Das geht schief."""
        raise ZeroDivisionError("geheim")
        yield

    def works(settings: Settings) -> Iterator[Finding]:
        """Das geht."""
        yield from ()

    monkeypatch.setattr(doctor, "CHECKS", (fails, works))
    broken, fine = doctor.examine(here)
    assert (broken.level, fine) == (FAULT, Finding(Level.GOOD, "Das geht."))
    assert "ZeroDivisionError" in broken.text and "geheim" not in broken.text


@pytest.mark.parametrize(("level", "status"), [(FAULT, 1), (HINT, 0)])
def test_the_exit_status_says_whether_there_are_faults(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], level: Level, status: int
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda settings: [Finding(level, "Etwas fehlt – tun Sie etwas.")])
    assert main(["doctor"]) == status
    assert f"[{level.value}] Etwas fehlt – tun Sie etwas." in capsys.readouterr().out
