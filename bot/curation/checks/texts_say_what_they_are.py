"""Each fixed text declares its kind, offers a next step, and is used."""

from __future__ import annotations

from collections.abc import Iterable

from bot.curation.nlu_data import NluData
from bot.runtime.fixed_texts import MESSENGER_TEXTS
from knowledge_base.problems import Problem, Severity

USED_BY_CODE = frozenset(
    {
        "utter_ki_hinweis",
        "utter_ausser_themen",
        "utter_verbindlichkeit",
        "utter_daten_loeschen",
        "utter_daten_geloescht",
        "utter_daten_behalten",
        *MESSENGER_TEXTS,
    }
)
"""Said by an action or the runtime, not by a rule."""
_KINDS = frozenset({"question", "clarify", "info", "smalltalk", "handoff", "no_match"})


def check(data: NluData) -> Iterable[Problem]:
    """Find texts without ``custom.answer.kind`` or buttons, and texts nobody uses."""
    used = {str(entry.get("answer")) for entry in data.registry.values()} | USED_BY_CODE
    for name, variants in data.responses.items():
        path = data.response_paths[name]
        for variant in variants:
            kind = ((variant.get("custom") or {}).get("answer") or {}).get("kind")
            if kind not in _KINDS:
                yield Problem(
                    path,
                    None,
                    f"„{name}“ sagt nicht, was der Text ist – bitte custom.answer.kind auf einen dieser "
                    f"Werte setzen: {', '.join(sorted(_KINDS))}.",
                )
            if not variant.get("buttons") and name not in USED_BY_CODE:
                yield Problem(
                    path, None, f"„{name}“ ist eine Sackgasse – bitte mindestens eine Schaltfläche angeben."
                )
        if name not in used:
            yield Problem(path, None, f"„{name}“ wird nirgends verwendet – bitte löschen.", Severity.WARNUNG)
