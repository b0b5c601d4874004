"""Registry, domain, rules and answers agree in both directions."""

from __future__ import annotations

from collections.abc import Iterable

from bot.curation.nlu_data import NluData
from knowledge_base.problems import Problem

_REGISTRY, _DOMAIN, _RULES = "nlu_data/registry.yml", "domain.yml", "nlu_data/dialogue"
_FALLBACK = "nlu_fallback"
_SAYS_TEXT = "action_say_fixed_text"
"""Says the text ``utter_<intent>``; the registry names the text."""


def check(data: NluData) -> Iterable[Problem]:
    """Find intents that are missing somewhere and answers that do not exist."""
    in_domain = {
        name for entry in data.domain.get("intents") or [] for name in ([entry] if isinstance(entry, str) else entry)
    }
    actions = set(data.domain.get("actions") or [])
    for intent, entry in data.registry.items():
        if intent not in in_domain:
            yield Problem(_DOMAIN, None, f"Der Intent „{intent}“ fehlt unter intents – bitte eintragen.")
        answer = str(entry.get("answer"))
        if data.rules.get(intent) not in ({answer, _SAYS_TEXT} if answer == f"utter_{intent}" else {answer}):
            yield Problem(
                _RULES,
                None,
                f"Die Regel zu „{intent}“ passt nicht zur Antwort im Verzeichnis – erwartet wird "
                f"„{entry.get('answer')}“.",
            )
        if intent not in data.training:
            yield Problem(
                _REGISTRY,
                None,
                f"Zum Intent „{intent}“ fehlt die Datei nlu_data/intents/{entry.get('topic')}/"
                f"{intent}.yml – bitte anlegen.",
            )
        if intent not in data.held_out:
            yield Problem(
                _REGISTRY,
                None,
                f"Zum Intent „{intent}“ fehlt die Testdatei tests/nlu/{entry.get('topic')}/"
                f"{intent}.yml – bitte anlegen.",
            )
        if answer not in actions and answer not in data.responses:
            yield Problem(
                _REGISTRY,
                None,
                f"Die Antwort „{answer}“ zu „{intent}“ gibt es nicht – bitte Aktion oder Text anlegen.",
            )
    for intent in sorted(in_domain - set(data.registry)):
        yield Problem(
            _DOMAIN, None, f"Der Intent „{intent}“ steht nicht im Verzeichnis – bitte eintragen oder entfernen."
        )
    for intent in sorted(set(data.rules) - set(data.registry) - {_FALLBACK}):
        yield Problem(_RULES, None, f"Die Regel zu „{intent}“ gehört zu keinem Intent – bitte entfernen.")
