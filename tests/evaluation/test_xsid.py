from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.xsid import read_conll, xsid
from bot.nlu.linear_model import Shape
from tests.evaluation.made_up import find_names

BLOCK = "# id = {n}\n# text-en = some English\n# text = {text}\n# intent = {intent}\n1\tWort\t{intent}\tO\n"
SENTENCES = [
    ("Wie wird das Wetter", "weather/find"),
    ("Regnet es heute", "weather/find"),
    ("Wecker stellen", "alarm/set"),
    ("Weck mich um 7 Uhr = früh", "alarm/set"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("valid", "test"):
        blocks = [BLOCK.format(n=n, text=text, intent=intent) for n, (text, intent) in enumerate(SENTENCES)]
        (tmp_path / f"de.{part}.conll").write_text("\n".join(blocks), encoding="utf-8")
    return tmp_path


def test_text_and_intent_are_read_in_any_order(folder: Path) -> None:
    assert list(read_conll(folder / "de.test.conll")) == SENTENCES
    swapped = folder / "swapped.conll"
    swapped.write_text("# intent = a/b\n# text = Hallo \n1\tHallo\ta/b\tO\n\n\n", encoding="utf-8")
    assert list(read_conll(swapped)) == [("Hallo", "a/b")]


def test_trained_on_one_file_and_tested_on_the_other(folder: Path) -> None:
    found = xsid(folder, find_names, Shape())
    assert found is not None
    assert (found.trained, found.accuracy["de"].right, found.accuracy["de"].total) == (4, 4, 4)
    assert set(found.accuracy) == {"de"}  # no dialect file is there


def test_a_wrong_answer_counts(folder: Path) -> None:
    file = folder / "de.test.conll"
    file.write_text(file.read_text(encoding="utf-8").replace("# intent = alarm/set", "# intent = other", 1), "utf-8")
    found = xsid(folder, find_names, Shape())
    assert found is not None and found.accuracy["de"].right == 3


def test_without_the_folder_nothing_is_measured(tmp_path: Path) -> None:
    assert xsid(tmp_path / "missing", find_names, Shape()) is None
