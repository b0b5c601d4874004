"""A record survives its form: what nobody touches stays exactly as it is, whatever the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.curation.edits import MISSING, data_of
from bot.curation.record_form.choices import Choices, choices_of
from bot.curation.record_form.flat import Flat, Reader, flatten, number
from bot.curation.record_form.rows import ADD, DOWN, REMOVE, SOURCE, UP, act
from bot.curation.record_form.shape import Shape, shape_of
from bot.curation.records import KINDS, slug
from bot.curation.smallest import smallest
from bot.settings import REPOSITORY
from knowledge_base.store import KnowledgeStore

CATALOGUE = REPOSITORY / "knowledge_base" / "catalogue"
PROGRAMME = shape_of(KINDS["programme"].model)


@pytest.fixture(scope="module")
def choices(shared_store: KnowledgeStore) -> Choices:
    return choices_of(shared_store.catalogue())


def records(files: Iterator[Path]) -> Iterator[dict[str, Any]]:
    """Every record of some files."""
    for file in sorted(files):
        data = data_of(file.read_text(encoding="utf-8"))
        yield from data if isinstance(data, list) else [data]


@pytest.mark.parametrize(("kind", "pattern", "least"), [
    ("programme", "programmes/*/*.yml", 150), ("kontakte", "contacts/*.yml", 80), ("termine", "events/*.yml", 5),
    ("begriffe", "glossary.yml", 20),
])
def test_nothing_changes_by_itself(choices: Choices, kind: str, pattern: str, least: int) -> None:
    shape, seen = shape_of(KINDS[kind].model), 0
    for data in records(CATALOGUE.glob(pattern)):
        again = Reader(flatten(shape, data, choices), choices).read(shape, data)
        assert list(smallest(data, again)) == [], data["id"]
        seen += 1
    assert seen >= least


def read(flat: Flat, choices: Choices, shape: Shape = PROGRAMME, old: Any = MISSING) -> Any:
    """Read a form."""
    return Reader(flat, choices).read(shape, old)


def test_an_empty_form_says_nothing(choices: Choices) -> None:
    assert read(Flat(), choices) is MISSING


@pytest.mark.parametrize(("text", "value"), [
    ("249", 249), ("1.500", 1500), ("1.500,50", 1500.5), ("0,5", 0.5), ("0.5", 0.5), ("50.000.000 €", 50_000_000),
    ("20 %", 20), ("viel", "viel"), ("9" * 400, "9" * 400), ("²", "²"),
])
def test_numbers_are_read_as_germans_write_them(text: str, value: Any) -> None:
    assert number(text) == value


def test_forged_tokens_do_no_harm(choices: Choices) -> None:
    flat = Flat([("conditions", token) for token in ("²", "99999999", "-1", "x.y")])
    assert read(flat, choices, old={"conditions": [{"text": "Ein Satz."}]}) is MISSING


def test_values_of_facts_have_the_type_of_the_fact(choices: Choices) -> None:
    flat = Flat([("conditions", "n1"), ("conditions.n1.text", "Satz.")])
    for token, fact, op, values in (("n1", "employees", "le", ["249"]), ("n2", "started", "eq", ["nein"]),
                                    ("n3", "sector", "in", ["handwerk", "bau"])):
        flat.add("conditions.n1.rules", token)
        flat.add(f"conditions.n1.rules.{token}.fact", fact)
        flat.add(f"conditions.n1.rules.{token}.op", op)
        for value in values:
            flat.add(f"conditions.n1.rules.{token}.value", value)
    rules = read(flat, choices)["conditions"][0]["rules"]
    assert [rule["value"] for rule in rules] == [249, False, ["handwerk", "bau"]]


def test_entries_are_added_moved_and_removed() -> None:
    flat = Flat([("steps", "0"), ("steps", "1")])
    assert act(flat, ADD, "steps") == "steps.n1"
    act(flat, UP, "steps.n1")
    assert flat.getall("steps") == ["0", "n1", "1"]
    act(flat, DOWN, "steps.0")
    act(flat, REMOVE, "steps.1")
    assert flat.getall("steps") == ["n1", "0"]
    assert act(flat, ADD, "sources") == "sources.s1"
    act(flat, SOURCE, "plain.source")
    assert flat.getall("plain.source") == [""]


def test_a_removed_source_key_is_not_given_again() -> None:
    flat = Flat([("sources", "s1"), ("sources", "s2"), ("sources.s1.url", "x"), ("sources.s2.url", "y")])
    act(flat, REMOVE, "sources.s1")
    assert act(flat, ADD, "sources") == "sources.s3"


@pytest.mark.parametrize(("name", "expected"), [
    ("Größerer Überblick (§ 82)", "groesserer-ueberblick-82"), ("  ", ""), ("Café Élan", "cafe-elan")])
def test_ids_are_made_of_names(name: str, expected: str) -> None:
    assert slug(name) == expected
