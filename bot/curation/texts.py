"""The fixed texts: what the bot always says the same way, for everybody and in plain language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.curation.content_store import ContentStore, fingerprint
from bot.curation.edits import Edit, SetValue
from bot.errors import NavigatorError

FOLDER = Path("nlu_data") / "responses"
LONGEST = 2000
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class FixedText:
    """One text, in its variants."""

    name: str
    """As the rules call it, e.g. ``utter_danke``."""
    title: str
    path: str
    variants: tuple[str, ...]
    """As they stand in the file: for everybody first."""
    plain: int | None
    """Which of them is in plain language."""
    buttons: tuple[str, ...]
    """Titles of the next steps."""
    seen: str
    """Fingerprint of the file."""


def intent_titles(root: Path) -> dict[str, str]:
    """Return the German title of each intent."""
    return {name: str(entry.get("title", name)) for name, entry in _registry(root).items()}


def load_texts(contents: ContentStore, root: Path) -> list[FixedText]:
    """Return all fixed texts, in order of their titles.

    Args:
        contents: Where the files are read.
        root: Directory of the content.
    """
    titles = {str(entry.get("answer")): str(entry.get("title")) for entry in _registry(root).values()}
    found = []
    for file in sorted((root / FOLDER).rglob("*.yml")):
        path = file.relative_to(root).as_posix()
        text = contents.read(path)
        for name, variants in ((yaml.load(text or "", _Loader) or {}).get("responses") or {}).items():
            plain = next((number for number, each in enumerate(variants) if each.get("condition")), None)
            buttons = tuple(str(button["title"]) for button in variants[0].get("buttons") or ())
            title = titles.get(name) or name.removeprefix("utter_").replace("_", " ").capitalize()
            found.append(FixedText(name, title, path, tuple(each["text"] for each in variants), plain, buttons,
                                   fingerprint(text)))
    return sorted(found, key=lambda one: one.title)


def placeholders(text: str) -> list[str]:
    """Return what the bot puts in, e.g. ``["{days}"]``."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def edits_of(text: FixedText, wanted: Sequence[str]) -> list[Edit]:
    """Return the edits that make the variants of a text what somebody wrote.

    Raises:
        NavigatorError: If nothing differs, or a text cannot be said.
    """
    edits: list[Edit] = []
    for number, (before, after) in enumerate(zip(text.variants, wanted, strict=True)):
        after = after.strip()
        if after == before:
            continue
        _refuse(before, after)
        edits.append(SetValue(path=text.path, at=("responses", text.name, number, "text"), value=after))
    if not edits:
        raise NavigatorError("Es ist nichts geändert – ändern Sie den Text und speichern Sie dann.")
    return edits


def _registry(root: Path) -> dict[str, dict[str, Any]]:
    text = (root / "nlu_data" / "registry.yml").read_text(encoding="utf-8")
    return dict((yaml.load(text, _Loader) or {}).get("intents") or {})


def _refuse(before: str, after: str) -> None:
    if not after:
        raise NavigatorError("Ein Text ist leer – schreiben Sie, was der Bot sagen soll.")
    if len(after) > LONGEST:
        raise NavigatorError(f"Ein Text ist zu lang – höchstens {LONGEST} Zeichen.")
    had, has = set(_PLACEHOLDER.findall(before)), set(_PLACEHOLDER.findall(after))
    if had - has:
        raise NavigatorError(f"Hier fehlt {', '.join(sorted(had - has))} – dort setzt der Bot etwas ein.")
    if has - had or "{" in _PLACEHOLDER.sub("", after) or "}" in _PLACEHOLDER.sub("", after):
        raise NavigatorError("Geschweifte Klammern stehen nur für das, was der Bot einsetzt – nehmen Sie andere.")
