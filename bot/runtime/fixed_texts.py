"""The fixed texts of ``nlu_data/responses``, read without Rasa."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.errors import NavigatorError

NOTICE = "utter_ki_hinweis"
"""Comes before the first reply of a conversation: that a machine answers."""
GREETING = "utter_begruessung"
"""Introduces the bot and offers first steps; says itself what the notice says."""

ERASED = "utter_daten_geloescht"
"""Confirms that a conversation was erased."""
MESSENGER_TEXTS = frozenset(f"utter_messenger_{name}" for name in (
    "hinweis", "hilfe", "datenschutz", "unlesbar", "bearbeitet", "gruppe", "auswahl", "geschlossen"))
"""Said by the post office of the messengers."""


def load_responses(directory: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the fixed texts below a folder by name.

    Raises:
        NavigatorError: If a file is not readable or a name stands in two files.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted(directory.rglob("*.yml")):
        try:
            data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError as error:
            raise NavigatorError(f"[FEHLER] {file}: kein gültiges YAML – bitte berichtigen: {error}") from error
        for name, variants in (data.get("responses") or {}).items():
            if name in found:
                raise NavigatorError(f"[FEHLER] {file}: „{name}“ steht schon in einer anderen Datei – "
                                     "bitte löschen Sie eine von beiden.")
            found[name] = variants
    return found
