"""Starting: a secret or nothing, a link for the first account, and never any harm to the public page."""

from __future__ import annotations

import asyncio
import socket
import stat
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.instance import load_instance
from bot.records.accounts import AccountStore
from bot.records.rights import Role
from bot.settings import Settings, load_settings
from bot.workbench import app as workbench_app
from bot.workbench.secret import FILE, load_secret
from bot.workbench.start import first_link, keep_workbench


def _settings(tmp_path: Path, **more: str) -> Settings:
    names = {f"NAVIGATOR_WORKBENCH_{name}": value for name, value in more.items()}
    return load_settings({"NAVIGATOR_VAR_DIR": str(tmp_path), **names})


def _free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "var")
    secret = load_secret(settings)
    assert len(secret) >= 32 and load_secret(settings) == secret
    assert stat.S_IMODE((tmp_path / "var" / FILE).stat().st_mode) == 0o600
    assert load_secret(_settings(tmp_path / "other")) != secret


@pytest.mark.parametrize("host", ["0.0." + "0.0", "192.0.2.1", "werkbank.example.de", "::"])
def test_other_addresses_need_a_secret_of_the_settings(tmp_path: Path, host: str) -> None:
    with pytest.raises(NavigatorError, match="NAVIGATOR_WORKBENCH_SECRET"):
        load_secret(_settings(tmp_path, HOST=host))
    assert not (tmp_path / FILE).exists()
    assert load_secret(_settings(tmp_path, HOST=host, SECRET="s" * 32)) == b"s" * 32


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_needs_none(tmp_path: Path, host: str) -> None:
    assert load_secret(_settings(tmp_path, HOST=host))


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_secret(_settings(tmp_path))
    (tmp_path / FILE).chmod(0o640)
    with pytest.raises(NavigatorError, match="chmod 600"):
        load_secret(_settings(tmp_path))


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("kurz")
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(NavigatorError, match="zu kurz"):
        load_secret(_settings(tmp_path))


def test_a_first_link_is_made_until_somebody_can_manage(catalogue_engine: sa.Engine, tmp_path: Path) -> None:
    settings = _settings(tmp_path, URL="https://werkbank.example.de")
    assert str(first_link(settings, catalogue_engine, b"s")).startswith("https://werkbank.example.de/einladung/")
    AccountStore(catalogue_engine).add("leser", "Leser", [Role.READER], "Test")
    assert first_link(settings, catalogue_engine, b"s")
    AccountStore(catalogue_engine).add("chefin", "Chefin", [Role.ADMIN], "Test")
    assert first_link(settings, catalogue_engine, b"s") is None


async def _keep(settings: Settings, engine: sa.Engine, until: str) -> list[str]:
    """Run the workbench until a line was said; if it answers by then, ask it something."""
    lines: list[str] = []
    said = asyncio.Event()

    def say(line: str) -> None:
        lines.append(line)
        if until in line:
            said.set()

    task = asyncio.create_task(keep_workbench(settings, load_instance(settings), engine, say))
    await asyncio.wait_for(said.wait(), 30)
    if not task.done() and "startet nicht" not in until:
        async with aiohttp.ClientSession() as session, session.get(lines[-1].split()[-1]) as answer:
            lines.append(f"{answer.status} {(await answer.text())}")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return lines


async def test_the_printed_link_leads_to_the_first_account(catalogue_engine: sa.Engine, tmp_path: Path) -> None:
    lines = await _keep(_settings(tmp_path, PORT=_free_port()), catalogue_engine, "/einladung/")
    assert lines[0].startswith("Die Werkbank für die Redaktion: http://127.0.0.1:")
    assert lines[-1].startswith("200") and "Erstes Konto anlegen" in lines[-1]


async def test_a_taken_port_is_said_and_nothing_is_raised(catalogue_engine: sa.Engine, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        lines = await _keep(_settings(tmp_path, PORT=port), catalogue_engine, "startet nicht")
    assert "NAVIGATOR_WORKBENCH_PORT" in lines[-1]


async def test_a_broken_workbench_is_said_and_nothing_is_raised(
    catalogue_engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(workbench_app, "create_app", broken)
    lines = await _keep(_settings(tmp_path), catalogue_engine, "startet nicht")
    assert "broken" not in lines[-1] and "Protokoll" in lines[-1]


async def test_a_port_of_zero_means_none(catalogue_engine: sa.Engine, tmp_path: Path) -> None:
    settings = _settings(tmp_path, PORT="0")
    lines: list[str] = []
    await asyncio.wait_for(keep_workbench(settings, load_instance(settings), catalogue_engine, lines.append), 5)
    assert lines == [] and not (tmp_path / FILE).exists()
