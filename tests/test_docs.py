"""The papers of the project say what is true: settings, commands, folders, links and templates are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import pytest
import tomli
import typer
import yaml
from pydantic import BaseModel

from bot.cli import create_app
from bot.settings import REPOSITORY as ROOT
from bot.settings import SETTINGS
from knowledge_base.checks import run_checks
from knowledge_base.content import EMPTY_PLACES, EMPTY_VOCABULARY, Catalogue
from knowledge_base.loader import parse_record
from knowledge_base.schema.common import Bound, Confidence, Op, Unit
from knowledge_base.schema.contact import Contact, ContactKind, ReachKind
from knowledge_base.schema.programme import DeadlineKind, Kind, Level, Programme, Status, Volatility
from knowledge_base.yaml_lines import read_document

M = TypeVar("M", bound=BaseModel)

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(file for file in (ROOT / "channels").rglob("*.md") if "node_modules" not in file.parts),
    ]
)
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
REDAKTION = ROOT / "docs" / "redaktion"
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
_INDEX_HOST = re.compile(r"\b(?:pypi|pythonhosted|npmjs|debian|golang|crates)\.(?:org|com|io)\b")
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users)/\w+")


def _each(paths: list[Path]) -> Any:
    return pytest.mark.parametrize("path", paths, ids=[path.relative_to(ROOT).as_posix() for path in paths])


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _first_column(section: str) -> list[str]:
    """What stands in code style in the first column of the tables of a section of the README."""
    match = re.search(rf"^## {section}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert match, f"the README has no section {section}"
    found = re.findall(r"^\| `([^`]+)`", match[1], re.MULTILINE)
    assert found, f"no table in the section {section}"
    return found


def _said(pattern: str) -> dict[str, str]:
    """Everything in the docs that matches, with the file in which it stands."""
    found = {what: path.name for path in DOCS for what in re.findall(pattern, _text(path))}
    assert found
    return found


def test_there_are_documents() -> None:
    assert {"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"} <= {path.name for path in DOCS}
    assert len(DOCS) >= 14 and len(ADRS) >= 5


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", README, re.MULTILINE))
    assert rows == {setting.name: setting.default for setting in SETTINGS}


def test_the_docs_name_no_setting_that_does_not_exist() -> None:
    assert _said(r"\bNAVIGATOR_[A-Z_]+\b").keys() <= {setting.name for setting in SETTINGS}


def _make_targets() -> set[str]:
    targets = set(re.findall(r"^([a-z-]+):.*## ", _text(ROOT / "Makefile"), re.MULTILINE))
    assert {"run", "test"} <= targets
    return targets


def test_the_readme_lists_exactly_the_make_targets_with_help() -> None:
    assert {row.removeprefix("make ") for row in _first_column("Start") if row.startswith("make ")} == _make_targets()


def test_the_docs_name_no_make_target_that_does_not_exist() -> None:
    assert _said(r"(?m)(?:`|^ +)make ([a-z-]+)").keys() <= _make_targets()


def _commands(command: Any, words: str = "python -m bot") -> Iterator[str]:
    """The command lines behind a command of the command line."""
    below = getattr(command, "commands", None)
    if below is None:
        yield words
    else:
        for name, each in below.items():
            yield from _commands(each, f"{words} {name}")


def test_the_readme_lists_exactly_the_commands() -> None:
    commands = set(_commands(typer.main.get_command(create_app())))
    assert len(commands) >= 5
    listed = {re.sub(r" [A-Z]+$", "", row) for row in _first_column("Start") if row.startswith("python ")}
    assert listed == commands


def test_the_docs_name_no_command_that_does_not_exist() -> None:
    commands = set(_commands(typer.main.get_command(create_app())))
    for said, where in _said(r"python -m bot ((?:db|kb|staff|proposals|inbox|models|pause) [a-z-]+|[a-z]+)").items():
        assert f"python -m bot {said}" in commands, f"{where}: {said}"


def test_every_folder_of_the_map_exists() -> None:
    missing = [folder for folder in _first_column("Where things are") if not (ROOT / folder).is_dir()]
    assert not missing


def test_every_folder_of_the_project_is_on_the_map() -> None:
    ignored = {line.rstrip("/") for line in _text(ROOT / ".gitignore").splitlines()}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - ignored
    assert {"bot", "knowledge_base"} <= folders
    assert folders <= {folder.rstrip("/") for folder in _first_column("Where things are")}


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _text(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@_each(DOCS)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    for link in _LINK.findall(_text(path)):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


@_each(DOCS)
def test_every_path_in_code_style_exists(path: Path) -> None:
    folders = "|".join(folder.rstrip("/") for folder in _first_column("Where things are") if folder.count("/") == 1)
    for named in re.findall(rf"`((?:{folders})/[\w./-]*)`", _text(path)):
        assert (ROOT / named).exists(), named


@_each([*DOCS, ROOT / "publiccode.yml"])
def test_no_package_index_and_no_machine_is_named(path: Path) -> None:
    assert not _INDEX_HOST.search(_text(path))
    assert not _MACHINE_PATH.search(_text(path))


@_each(ADRS)
def test_a_decision_is_short_and_has_its_parts(path: Path) -> None:
    text = _text(path)
    assert re.match(rf"# {int(path.name[:4])}\. \S", text)
    assert re.findall(r"^## (Context|Decision|Consequences)$", text, re.MULTILINE) == [
        "Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 50


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))


def test_the_licence_is_complete() -> None:
    text = _text(ROOT / "LICENSE")
    assert re.findall(r"^(\d+)\. [A-Z]", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert "Appendix" in text and text.rstrip().endswith("require the production of a new EUPL version.")


def test_all_papers_name_the_same_licence() -> None:
    project = tomli.loads(_text(ROOT / "pyproject.toml"))["project"]
    public = yaml.safe_load(_text(ROOT / "publiccode.yml"))
    assert project["license"]["text"] == public["legal"]["license"] == "EUPL-1.2"


def test_descriptions_of_public_code_have_the_lengths_of_the_standard() -> None:
    descriptions = yaml.safe_load(_text(ROOT / "publiccode.yml"))["description"].values()
    assert descriptions
    for description in descriptions:
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000


@pytest.mark.parametrize(("name", "model"), [("programm-pflegen.md", Programme), ("kontakt-pflegen.md", Contact)])
def test_the_handbook_explains_every_field(name: str, model: type[BaseModel]) -> None:
    rows = "".join(re.findall(r"^\| ([^|]+) \|", _text(REDAKTION / name), re.MULTILINE))
    explained = set(re.findall(r"`([a-z_]+)`", rows))
    assert model.model_fields.keys() <= explained
    required = {field for field, info in model.model_fields.items() if info.is_required()}
    assert set(re.findall(r"\*\*`([a-z_]+)`\*\*", rows)) == required


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("programm-pflegen.md", (Kind, Level, Status, Volatility, DeadlineKind, Confidence, Unit, Bound, Op)),
        ("kontakt-pflegen.md", (ContactKind, ReachKind)),
    ],
)
def test_the_handbook_names_every_value_one_may_choose(name: str, kinds: tuple[type[Enum], ...]) -> None:
    said = set(re.findall(r"`([\w-]+)`", _text(REDAKTION / name)))
    assert {value.value for kind in kinds for value in kind} <= said


def _template(name: str, model: type[M], folder: Path) -> M:
    """The first YAML block of a page of the handbook, read like a file of the catalogue."""
    blocks = re.findall(r"```yaml\n(.*?)```", _text(REDAKTION / name), re.DOTALL)
    assert blocks, f"no template in {name}"
    file = folder / "template.yml"
    file.write_text(blocks[0], encoding="utf-8")
    document = read_document(file, name)
    record = parse_record(model, document)
    assert record is not None, [str(problem) for problem in document.problems]
    return record


def test_the_templates_pass_the_checks(tmp_path: Path) -> None:
    programme = _template("programm-pflegen.md", Programme, tmp_path)
    contact = _template("kontakt-pflegen.md", Contact, tmp_path)
    catalogue = Catalogue(
        {programme.id: programme}, {contact.id: contact}, EMPTY_PLACES, {}, {}, EMPTY_VOCABULARY, (), {})
    assert programme.conditions and programme.funding.amounts and contact.reach
    assert run_checks(catalogue, max(programme.verified.on, contact.verified.on)) == []
