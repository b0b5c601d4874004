"""A text that changes on disk is said by the bot that runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from bot.runtime.embedded import EmbeddedRuntime
from bot.runtime.fresh_texts import FreshTexts


async def test_a_changed_text_is_said_and_a_faulty_file_changes_nothing(
    runtime: EmbeddedRuntime, project: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(project[0] / "nlu_data" / "responses", tmp_path / "responses"))
    fresh = FreshTexts(runtime, folder)
    await fresh.look()
    before = (await runtime.handle("anna", text="Moin"))[-1].text
    file = next(each for each in folder.rglob("*.yml") if "utter_gruss" in each.read_text(encoding="utf-8"))
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["responses"]["utter_gruss"][0]["text"] = "Ein ganz neuer Gruß!"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    await fresh.look()
    after = (await runtime.handle("anna", text="Moin"))[-1].text
    assert before != after == "Ein ganz neuer Gruß!"
    file.write_text("responses: [", encoding="utf-8")
    with pytest.raises(Exception, match="kein gültiges YAML"):
        await fresh.look()
    assert (await runtime.handle("anna", text="Moin"))[-1].text == after
