"""Edits of YAML texts: they change the place they name and nothing else, whatever file it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curation.edits import (
    MISSING,
    AddFile,
    AddItem,
    AddLine,
    EditError,
    RemoveFile,
    RemoveLine,
    RemoveValue,
    ReplaceText,
    SetValue,
    apply,
    at,
    data_of,
    from_json,
    to_json,
)
from bot.settings import REPOSITORY
from knowledge_base.content import Loc
from knowledge_base.yaml_lines import Document, parse_document

FOLDERS = ("knowledge_base/catalogue", "nlu_data", "tests/nlu")
FILES = sorted(str(file.relative_to(REPOSITORY)) for name in FOLDERS for file in (REPOSITORY / name).rglob("*.yml"))
WORDS = st.text(st.sampled_from("aäB ß1.:#-'\"„“§€,[]{}&*!|>%@\\"), min_size=1, max_size=140).map(str.strip)
VALUES = st.one_of(WORDS, st.integers(-5, 10**6), st.booleans(), st.none(), st.just("2026-11-30"), st.just("yes"),
                   st.lists(WORDS, max_size=3),
                   st.dictionaries(st.sampled_from(["text", "source"]), WORDS, max_size=2))


@functools.cache
def _text(path: str) -> str:
    return (REPOSITORY / path).read_text(encoding="utf-8")


@functools.cache
def _document(path: str) -> Document:
    return parse_document(_text(path).encode(), path)


@functools.cache
def _places(path: str) -> list[Loc]:
    return [loc for loc in _walk(_document(path).data, ()) if loc]


def _walk(data: Any, loc: Loc) -> Iterator[Loc]:
    yield loc
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in pairs:
        yield from _walk(value, (*loc, step))


def _outside_is_untouched(path: str, loc: Loc, changed: str) -> bool:
    """Whether all lines before the entry and all lines from the next thing on are the same."""
    old, new = _text(path).splitlines(), changed.splitlines()
    document = _document(path)
    before = document.line(loc) - 1
    following = [line for other in _places(path) if (line := document.line(other)) > before + 1
                 and other[: len(loc)] != loc]
    first_of_entry = bool(re.match(r"\s*- " if isinstance(loc[-1], str) else r"\s*- +- ", old[before]))
    behind = len(old) - (min(following) - 1) - first_of_entry if following else 0  # the next field moves to the dash
    tail_same = behind == 0 or old[-behind:] == new[-behind:]
    last = old[before - 1] if before else ""
    without_comma = last.endswith(",") and new[before - 1].startswith(last[:-1])  # the last between brackets is gone
    return old[: before - without_comma] == new[: before - without_comma] and tail_same


def test_files_were_found() -> None:
    assert len(FILES) > 400
    assert sum(len(_places(path)) for path in FILES) > 20_000


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_new_value_changes_no_other_line(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    loc = data.draw(st.sampled_from(_places(path)))
    value = data.draw(VALUES)
    changed = _applied(path, SetValue(path=path, at=loc, value=value))
    assert changed is None or _outside_is_untouched(path, loc, changed)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_taking_out_changes_no_other_line(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    loc = data.draw(st.sampled_from(_places(path)))
    changed = _applied(path, RemoveValue(path=path, at=loc))
    if changed is not None and len(at(_document(path).data, loc[:-1])) > 1:
        assert _outside_is_untouched(path, loc, changed)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_what_is_added_and_taken_out_again_leaves_the_same_bytes(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    lists = [loc for loc in _places(path) if isinstance(at(_document(path).data, loc), list)]
    if not lists:
        return
    loc = data.draw(st.sampled_from(lists))
    size = len(at(_document(path).data, loc))
    index = data.draw(st.integers(0, size))
    changed = _applied(path, AddItem(path=path, at=loc, value=data.draw(WORDS), index=index))
    if changed is not None and size:
        assert apply(changed, [RemoveValue(path=path, at=(*loc, index))]) == _text(path)


def _applied(path: str, edit: Any) -> str | None:
    """Apply an edit; refused is only what would also change another place, through a reference."""
    try:
        changed = apply(_text(path), [edit])
    except EditError:
        assert "&" in _text(path), (path, edit)
        return None
    assert changed is not None
    return changed


def test_only_what_differs_in_a_list_is_written() -> None:
    text = "a:\n  - eins   # wichtig\n  - zwei\n  - drei\nb: 1\n"
    changed = apply(text, [SetValue(path="x", at=("a",), value=["eins", "zweieinhalb", "drei", "vier"])])
    assert changed == "a:\n  - eins   # wichtig\n  - zweieinhalb\n  - drei\n  - vier\nb: 1\n"


def test_quotes_anchors_and_comments_stay() -> None:
    text = 'a: "eins"  # so\nb: &b   # Liste\n  - x\nc: *b\nd: \'vier\'\n'
    changed = apply(text, [SetValue(path="x", at=("a",), value="zwei: drei"),
                           AddItem(path="x", at=("b",), value="y"),
                           SetValue(path="x", at=("d",), value="fünf")])
    assert changed == 'a: "zwei: drei"  # so\nb: &b   # Liste\n  - x\n  - y\nc: *b\nd: \'fünf\'\n'


def test_a_place_that_is_used_twice_is_not_changed_behind_ones_back() -> None:
    with pytest.raises(EditError, match="im Text"):
        apply("a: &x eins\nb: *x\n", [SetValue(path="x", at=("a",), value="zwei")])


def test_a_new_field_stands_behind_its_neighbour() -> None:
    changed = apply("a: 1\n# zu b\nb: 2\n", [SetValue(path="x", at=("n",), value="2026-11-30", after="a")])
    assert changed == "a: 1\nn: 2026-11-30\n# zu b\nb: 2\n"


def test_lines_of_examples() -> None:
    text = "nlu:\n  - intent: x\n    examples: |\n      - eins\n      - zwei\n"
    loc = ("nlu", 0, "examples")
    changed = apply(text, [AddLine(path="x", at=loc, line="- drei: vier"),
                           RemoveLine(path="x", at=loc, line="- eins")])
    assert changed == "nlu:\n  - intent: x\n    examples: |\n      - zwei\n      - drei: vier\n"
    with pytest.raises(EditError, match="nicht mehr"):
        apply(text, [RemoveLine(path="x", at=loc, line="- fehlt")])


def test_files_come_and_go() -> None:
    assert apply(None, [AddFile(path="x", text="a: 1\n")]) == "a: 1\n"
    assert apply("a: 1\n", [RemoveFile(path="x")]) is None
    assert apply("a: 1\n", [ReplaceText(path="x", text="b: 2\n")]) == "b: 2\n"
    for text, edit in ((None, ReplaceText(path="x", text="")), ("a: 1\n", AddFile(path="x", text=""))):
        with pytest.raises(EditError):
            apply(text, [edit])


def test_a_missing_place_is_refused() -> None:
    for edit in (RemoveValue(path="x", at=("b",)), SetValue(path="x", at=("b", "c"), value=1),
                 RemoveValue(path="x", at=("a", 3)), AddLine(path="x", at=("a",), line="y")):
        with pytest.raises(EditError, match="gibt es in x nicht mehr"):
            apply("a: 1\n", [edit])


def test_edits_survive_storage() -> None:
    edits = [SetValue(path="x", at=("a", 0), value={"on": "2026-11-30", "n": None}), RemoveValue(path="x", at=(1,)),
             AddItem(path="x", at=("a",), value=1, index=0), AddLine(path="x", at=("a",), line="- b"),
             RemoveFile(path="x")]
    assert from_json(to_json(edits)) == edits


def test_the_guard_reads_what_the_catalogue_reads() -> None:
    assert data_of("a: on\n") == {"a": "on"}
    assert at({"a": [1]}, ("a", 1)) is MISSING and at({"a": None}, ("a",)) is None


def test_unchanged_value_changes_nothing() -> None:
    path = Path(FILES[3]).as_posix()
    for loc in _places(path):
        assert apply(_text(path), [SetValue(path=path, at=loc, value=at(_document(path).data, loc))]) == _text(path)


@pytest.mark.parametrize(("index", "left"), [
    (0, "a: [\n  zwei, drei,\n  vier]\n"), (1, "a: [eins,\n  drei,\n  vier]\n"), (2, "a: [eins,\n  zwei,\n  vier]\n"),
    (3, "a: [eins,\n  zwei, drei]\n"),
])
def test_between_brackets_the_other_lines_stay(index: int, left: str) -> None:
    text = "a: [eins,\n  zwei, drei,\n  vier]\n"
    assert apply(text, [RemoveValue(path="x", at=("a", index))]) == left
