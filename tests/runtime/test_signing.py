"""A model is ours only as it was signed, under its name, with our key."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runtime.signing import KEY_FILE, is_signed, sign, signature_of
from bot.settings import Settings, load_settings


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return load_settings({"NAVIGATOR_VAR_DIR": str(tmp_path)})


@pytest.fixture
def model(here: Settings) -> Path:
    here.model_dir.mkdir()
    archive = here.model_dir / "eins.tar.gz"
    archive.write_bytes(b"x" * 3_000_000)
    sign(archive, here)
    return archive


def test_as_it_was_trained_it_is_ours(here: Settings, model: Path) -> None:
    assert is_signed(model, here)
    assert stat.S_IMODE((here.var_dir / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("signature", ["", "0" * 64, "ä"])
def test_changed_renamed_or_unsigned_it_is_not(here: Settings, model: Path, signature: str) -> None:
    other = model.with_name("zwei.tar.gz")
    other.write_bytes(model.read_bytes())
    assert not is_signed(other, here)
    signature_of(other).write_text(signature_of(model).read_text())
    assert not is_signed(other, here)
    model.write_bytes(model.read_bytes()[:-1] + b"y")
    assert not is_signed(model, here)
    signature_of(model).write_text(signature, encoding="utf-8")
    assert not is_signed(model, here)


def test_with_another_key_or_none_it_is_not(here: Settings, model: Path) -> None:
    elsewhere = replace(here, model_key="k" * 32)
    assert not is_signed(model, elsewhere)
    sign(model, elsewhere)
    assert is_signed(model, elsewhere) and not is_signed(model, here)
    sign(model, here)
    (here.var_dir / KEY_FILE).unlink()
    assert not is_signed(model, here)
    (here.var_dir / KEY_FILE).touch()
    assert not is_signed(model, here)
