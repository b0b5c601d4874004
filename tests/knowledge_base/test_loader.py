"""Reading the files: strict, complete, never at the first error only. What each mistake says: test_checks.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge_base.checks import check_directory
from knowledge_base.loader import load_catalogue, parse_record, read_catalogue
from knowledge_base.problems import CatalogueError, Severity
from knowledge_base.schema.programme import Programme
from knowledge_base.yaml_lines import parse_document
from tests.knowledge_base.broken import SAMPLE, TODAY


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(SAMPLE, copy)
    return copy


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_records_are_ordered_by_id() -> None:
    catalogue = load_catalogue(SAMPLE)

    assert list(catalogue.programmes) == ["alter-kurszuschuss", "gruendungsdarlehen", "kurszuschuss"]
    assert list(catalogue.terms) == ["eigenanteil", "kursgebuehr"]


def test_all_problems_of_all_files_are_raised_at_once(directory: Path) -> None:
    replace(directory / "contacts/jobcenter-hagen.yml", "kind: jobcenter\n", "")
    replace(directory / "programmes/land/kurszuschuss.yml", "kind: zuschuss", "kind: geschenk\nfarbe: rot")

    with pytest.raises(CatalogueError) as caught:
        load_catalogue(directory)

    assert [(p.path, p.line) for p in caught.value.problems] == [
        ("contacts/jobcenter-hagen.yml", 1),
        ("programmes/land/kurszuschuss.yml", 4),
        ("programmes/land/kurszuschuss.yml", 5),
    ]
    assert "[FEHLER] programmes/land/kurszuschuss.yml:5: " in str(caught.value)


def test_warnings_do_not_stop_the_loading(directory: Path) -> None:
    (directory / "glossary.yml").unlink()

    assert load_catalogue(directory).terms == {}
    _, problems = read_catalogue(directory)
    assert [p.severity for p in problems] == [Severity.WARNUNG]


def test_what_refers_to_a_broken_record_is_not_reported_too(directory: Path) -> None:
    replace(directory / "contacts/kursberatung-hagen.yml", "confidence: high", "confidence: sehr")

    catalogue, problems = check_directory(directory, TODAY)

    assert "kursberatung-hagen" not in catalogue.contacts
    assert {p.path for p in problems} == {"contacts/kursberatung-hagen.yml"}


def test_a_broken_entry_of_a_list_leaves_the_others(directory: Path) -> None:
    replace(directory / "glossary.yml", "term: Eigenanteil", "wort: Eigenanteil")

    catalogue, problems = read_catalogue(directory)

    assert list(catalogue.terms) == ["kursgebuehr"]
    assert {p.path for p in problems} == {"glossary.yml"}


def test_a_file_in_another_encoding_is_refused(directory: Path) -> None:
    file = directory / "networks.yml"
    file.write_bytes(file.read_text(encoding="utf-8").replace("Kursnetz", "Kürsnetz").encode("latin-1"))

    _, problems = read_catalogue(directory)

    assert [(p.path, p.line) for p in problems] == [("networks.yml", 2)]
    assert "UTF-8" in problems[0].text


def test_an_empty_directory_misses_everything(tmp_path: Path) -> None:
    _, problems = read_catalogue(tmp_path)

    assert {p.path for p in problems if p.severity is Severity.FEHLER} == {
        "programmes",
        "contacts",
        "places.yml",
        "topics.yml",
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [("on: 1", {"on": 1}), ("a: on", {"a": "on"}), ("a: NO", {"a": "NO"}), ("a: 05914", {"a": "05914"}),
     ("a: 8:30", {"a": "8:30"}), ("a: 1_000", {"a": "1_000"}), ("a: 1.5", {"a": 1.5}), ("a: ~", {"a": None}),
     ("a: '5'", {"a": "5"}), ("a: true", {"a": True}), ("a: <<", {"a": "<<"}), ("1: a", {"1": "a"})],
)  # fmt: skip
def test_words_and_numbers_are_read_as_they_are_meant(written: str, read: dict) -> None:
    document = parse_document(written.encode(), "x.yml")

    assert (document.data, document.problems) == (read, [])


def test_entangled_anchors_neither_explode_nor_hang() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]

    document = parse_document("\n".join(lines).encode(), "x.yml")

    assert len(document.data["a29"]) == 9
    assert document.problems


def test_one_record_can_be_checked_by_itself() -> None:
    content = (SAMPLE / "programmes/land/kurszuschuss.yml").read_bytes()
    good, bad = parse_document(content, "neu.yml"), parse_document(content.replace(b"kind: zuschuss", b""), "neu.yml")

    record = parse_record(Programme, good)
    assert record is not None and record.id == "kurszuschuss"
    assert parse_record(Programme, bad) is None
    assert [p.path for p in bad.problems] == ["neu.yml"]
