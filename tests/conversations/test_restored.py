"""A backup of the shipped bot, put back into an empty folder, answers again without training."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli._backup import back_up, restore
from bot.database import create_engine_from, open_engine
from bot.records.callbacks import CallbackStore
from bot.runtime.interface import Runtime
from bot.settings import REPOSITORY, Settings, load_settings

pytestmark = pytest.mark.model


async def test_one_can_talk_to_what_was_restored(runtime: Runtime, settings: Settings, tmp_path: Path) -> None:
    await runtime.handle("restored", text="Wie hoch ist der Bildungsscheck?")
    engine = create_engine_from(settings)
    CallbackStore(engine).draft("restored", way="telefon", address="0171 3920001")
    file = tmp_path / "sicherung.tar.gz"
    saved = back_up(settings, engine, file, with_models=True, with_secrets=True)
    engine.dispose()
    assert saved.models == 1 and saved.files > 300

    (tmp_path / "inhalt").mkdir()
    places = {"NAVIGATOR_VAR_DIR": str(tmp_path / "var"), "NAVIGATOR_CONTENT_DIR": str(tmp_path / "inhalt")}
    new = load_settings(places)
    fresh = open_engine(new.database_url)
    assert restore(new, fresh, file, content=False).rows == saved.rows
    assert CallbackStore(fresh).find("restored")
    fresh.dispose()

    command = [sys.executable, "-W", "ignore", "-m", "bot", "chat"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NAVIGATOR_", "DATABASE_"))}
    asked = "Wie hoch ist der Bildungsscheck?\n"
    talk = subprocess.run(command, input=asked, env={**clean, **places}, cwd=REPOSITORY,
                          capture_output=True, text=True, timeout=300)
    assert talk.returncode == 0 and "500 Euro" in talk.stdout, talk.stderr[-2000:]
    assert "wird trainiert" not in talk.stdout
