"""The allow-list of payloads."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import NavigatorError
from bot.runtime.buttons import load_buttons
from bot.runtime.gate import Rejected, accept
from bot.settings import REPOSITORY

LIST = """
buttons:
  hilfe:
  suche:
    required: [place]
    properties:
      place: {type: string}
      employees: {type: integer, minimum: 0}
      span: {type: array, items: {type: integer}, minItems: 2, maxItems: 2}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "buttons.yml"
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.mark.parametrize(("payload", "entities"), [
    ("/hilfe", {}),
    ("/hilfe{}", {}),
    ('/suche{"place": "hagen", "employees": 12}', {"place": "hagen", "employees": 12}),
    ('/suche{"place": "x", "span": [1, 9]}', {"place": "x", "span": [1, 9]}),
])
def test_registered_payloads_become_parse_data(path: Path, payload: str, entities: dict) -> None:
    incoming = accept(None, payload, load_buttons(path))
    assert incoming.parse_data is not None
    assert incoming.parse_data["intent"] == {"name": payload[1:6], "confidence": 1.0}
    assert {each["entity"]: each["value"] for each in incoming.parse_data["entities"]} == entities


@pytest.mark.parametrize("payload", [
    "/suche", '/suche{"place": 1}', '/suche{"place": "%s"}' % ("x" * 201), '/suche{"place": "x", "employees": -1}',
    '/suche{"place": "x", "employees": NaN}', '/hilfe{"a": 1}', "/hilfe{}{}", "/hilfe []", "/HILFE", "hilfe", "/",
    '/suche{"place": "\\ud800"}', '/suche{"place": "a\\nb"}', "/hilfe" + " " * 5000,
    '/suche{"place": ' + "[" * 3000 + "}",
])
def test_everything_else_is_rejected(path: Path, payload: str) -> None:
    with pytest.raises(Rejected) as error:
        accept(None, payload, load_buttons(path))
    assert error.value.code == "payload_unknown"


def test_without_a_list_nothing_is_accepted(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        accept(None, "/hilfe", load_buttons(tmp_path / "fehlt.yml"))


@pytest.mark.parametrize(("content", "words"), [
    ("buttons: [a", "kein gültiges YAML"),
    ("hilfe: {}", "„buttons:“ fehlt"),
    ("buttons:\n  hilfe: {entities: {}}", "hilfe"),
    ("buttons:\n  hilfe: {properties: {a: {type: wort}}}\n  suche: {properties: [a]}", "suche"),
])
def test_a_wrong_list_is_explained(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "buttons.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(NavigatorError) as error:
        load_buttons(file)
    assert "[FEHLER]" in str(error.value) and words in str(error.value)


def test_list_of_the_repository_is_sound() -> None:
    assert load_buttons(REPOSITORY / "nlu_data" / "buttons.yml").validators
