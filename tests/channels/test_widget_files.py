"""The files of the widget: small, and text never becomes code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.web.static_files import StaticFiles
from channels.web.app import STATIC
from channels.web.rendering import TEMPLATES

WIDGET = STATIC / "widget"
SCRIPTS = sorted(WIDGET.glob("*.js"))
MOST_BYTES = 15 * 1024


def imports(script: Path) -> set[str]:
    return set(re.findall(r'(?:from|import) "\./([\w-]+\.js)"', script.read_text(encoding="utf-8")))


def test_script_weighs_at_most_15_kilobytes_with_all_it_imports() -> None:
    reached, waiting = set(), {"digital-navigator.js"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= imports(WIDGET / name) - reached
    assert reached == {script.name for script in SCRIPTS}, "a file that nothing imports"
    files = StaticFiles([STATIC])
    assert sum(files.size(f"widget/{name}") for name in reached) <= MOST_BYTES


def test_pages_ask_for_all_modules_at_once() -> None:
    head = (TEMPLATES / "_chat_head.html").read_text(encoding="utf-8")
    named = re.search(r"for name in \((.*?)\)", head)
    assert named
    assert {f"{name}.js" for name in re.findall(r'"([\w-]+)"', named[1])} | {"digital-navigator.js"} == {
        script.name for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_text_is_never_read_as_code(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML|"
                         r"createContextualFragment|DOMParser|localStorage|document\.cookie", text)


def test_nothing_is_loaded_from_elsewhere() -> None:
    for file in sorted(WIDGET.iterdir()):
        assert not re.search(r"https?://\w|url\(|@import", file.read_text(encoding="utf-8")), file.name
