"""Imports only point down. See the table of packages in ARCHITECTURE.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import REPOSITORY

FOUNDATION = {"bot.settings", "bot.instance", "bot.errors", "bot.plain_errors", "bot.log", "bot.clock",
              "bot.long_lived", "bot.database"}
LAYERS: tuple[tuple[str, set[str]], ...] = (
    ("cli", {"bot.cli", "bot.__main__"}),
    ("channels, workbench", {"channels", "bot.workbench"}),
    ("web", {"bot.web"}),
    ("curation, evaluation", {"bot.curation", "bot.evaluation"}),
    ("rasa", {"bot.runtime", "bot.importer", "bot.nlu", "bot.tracker_store", "bot.rule_policy", "bot.training"}),
    ("actions", {"actions"}),
    ("records", {"bot.records"}),
    ("knowledge", {"knowledge_base"}),
    ("contract", {"bot.contract"}),
    ("foundation", FOUNDATION),
)
"""From top to bottom; a module may import its own layer and those below."""
OWN_PACKAGES = ("bot", "channels", "actions", "knowledge_base")
RASA_ONLY_IN = ("bot.runtime", "bot.importer", "bot.nlu", "bot.tracker_store", "bot.rule_policy", "bot.training",
                "bot.evaluation", "bot.curation")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module of the product with its parsed source."""
    for package in OWN_PACKAGES:
        for file in sorted((REPOSITORY / package).rglob("*.py")):
            parts = file.relative_to(REPOSITORY).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield name, ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the modules a module imports, wherever in it, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"relative import in line {node.lineno}: write the whole name"
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def layer(name: str) -> int | None:
    """Return the number of the layer a module belongs to, 0 at the top."""
    for number, (_, members) in enumerate(LAYERS):
        if any(name == member or name.startswith(member + ".") for member in members):
            return number
    return None


def upward_imports(name: str, tree: ast.Module) -> list[str]:
    """Return the imports of a module that point up."""
    own = layer(name)
    return [f"{name}:{line} imports {target}" for target, line in imports(tree)
            if own is not None and (other := layer(target)) is not None and other < own]


ALL_MODULES = list(modules())


def test_modules_were_found() -> None:
    names = {name for name, _ in ALL_MODULES}
    assert len(names) > 60
    for _, members in LAYERS:
        existing = [member for member in members if (REPOSITORY / Path(*member.split("."))).exists()]
        for member in existing:
            assert any(name.startswith(member) for name in names), f"no module of {member} was looked at"


def test_every_module_has_a_layer() -> None:
    homeless = [name for name, _ in ALL_MODULES if layer(name) is None and name not in ("bot", "channels")]
    assert homeless == []


@pytest.mark.parametrize("package", OWN_PACKAGES)
def test_imports_point_down(package: str) -> None:
    wrong = [problem for name, tree in ALL_MODULES if name.split(".")[0] == package
             for problem in upward_imports(name, tree)]
    assert wrong == []


def test_an_import_that_points_up_is_seen() -> None:
    tree = ast.parse("def late():\n    from channels.web import app\n    import actions.base\n")
    assert len(upward_imports("knowledge_base.store", tree)) == 3
    assert upward_imports("bot.cli.run", tree) == []


def test_channels_do_not_touch_rasa_or_actions() -> None:
    allowed = ("bot.web", "bot.runtime", "bot.settings", "bot.instance", "bot.errors", "bot.log", "bot.contract",
               "bot.records", "bot.clock", "channels", "knowledge_base")
    for name, tree in ALL_MODULES:
        if name.startswith("channels."):
            ours = (*OWN_PACKAGES, "rasa", "rasa_sdk")
            own = [target for target, _ in imports(tree) if target.split(".")[0] in ours]
            assert all(target == "bot" or target.startswith(allowed) for target in own), name


def test_only_the_rasa_layer_imports_rasa() -> None:
    seen = 0
    for name, tree in ALL_MODULES:
        targets = {target.split(".")[0] for target, _ in imports(tree)}
        if "rasa" in targets:
            seen += 1
            assert name.startswith(RASA_ONLY_IN), f"{name} imports rasa"
        if "rasa_sdk" in targets:
            assert name.startswith(("actions", "bot.runtime")), f"{name} imports rasa_sdk"
    assert seen > 3
