"""A whole Rasa project in a folder: three intents, two actions, a form. Trains in seconds; all runtime tests use it.

The actions of the project are the classes below: rasa-sdk registers every subclass of ``Action`` in the process.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

PHONE = "0000 12345"
SOURCE = {"url": "https://example.org/programm", "checked_on": "2026-11-01"}

FILES: dict[str, str] = {
    "config.yml": """
        recipe: default.v1
        language: de
        assistant_id: tiny
        importers:
          - name: bot.importer.NavigatorImporter
        pipeline:
          - name: WhitespaceTokenizer
          - name: KeywordIntentClassifier
          - name: RegexEntityExtractor
            use_lookup_tables: true
        policies:
          - name: bot.rule_policy.IntentRulePolicy
    """,
    "domain.yml": """
        version: "3.1"
        intents: [gruss, suche, kaputt, halb, langsam, stumm, laden]
        entities: [place]
        slots:
          place:
            type: text
            influence_conversation: false
            mappings: [{type: from_entity, entity: place}]
          employees_text:
            type: text
            influence_conversation: false
            mappings:
              - {type: from_text, conditions: [{active_loop: tiny_form, requested_slot: employees_text}]}
          facts:
            type: any
            mappings: [{type: custom}]
        forms:
          tiny_form: {required_slots: [place, employees_text]}
        actions: [action_tiny_search, action_tiny_broken, action_tiny_slow, action_tiny_silent, action_tiny_done]
        session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: true}
    """,
    "nlu_data/intents/alltag/gruss.yml": """
        version: "3.1"
        nlu:
          - intent: gruss
            examples: |
              - Hallo
              - Moin
    """,
    "nlu_data/intents/alltag/uebrige.yml": """
        version: "3.1"
        nlu:
          - intent: suche
            examples: |
              - Zuschuss
              - Programm
              - Gutschein in [hagen](place)
          - intent: kaputt
            examples: |
              - explodiere
          - intent: halb
            examples: |
              - zerbrich
          - intent: langsam
            examples: |
              - trödle
          - intent: stumm
            examples: |
              - schweige
          - intent: laden
            examples: |
              - Formular
    """,
    "nlu_data/entities/orte.yml": """
        version: "3.1"
        nlu:
          - lookup: place
            examples: |
              - hagen
              - aachen
    """,
    "nlu_data/dialogue/regeln.yml": """
        version: "3.1"
        rules:
          - rule: Gruß
            steps: [{intent: gruss}, {action: utter_gruss}]
          - rule: Suche
            steps: [{intent: suche}, {action: action_tiny_search}]
          - rule: Kaputt
            steps: [{intent: kaputt}, {action: action_tiny_broken}]
          - rule: Erst eine Antwort, dann kaputt
            steps: [{intent: halb}, {action: utter_gruss}, {action: action_tiny_broken}]
          - rule: Langsam
            steps: [{intent: langsam}, {action: action_tiny_slow}]
          - rule: Stumm
            steps: [{intent: stumm}, {action: action_tiny_silent}]
          - rule: Formular beginnt
            steps: [{intent: laden}, {action: tiny_form}, {active_loop: tiny_form}]
          - rule: Gruß unterbricht das Formular
            condition: [{active_loop: tiny_form}]
            steps: [{intent: gruss}, {action: utter_gruss}, {action: tiny_form}, {active_loop: tiny_form}]
          - rule: Formular endet
            condition: [{active_loop: tiny_form}]
            steps:
              - action: tiny_form
              - active_loop: null
              - slot_was_set: [{requested_slot: null}]
              - action: action_tiny_done
    """,
    "nlu_data/responses/alltag.yml": """
        version: "3.1"
        responses:
          utter_gruss:
            - text: "Guten Tag.\\n\\nIch bin ein KI-System."
              buttons: [{title: Programme zeigen, payload: /suche}]
              custom: {answer: {kind: smalltalk}}
          utter_ask_place:
            - text: Wo liegt Ihr Betrieb?
              custom: {answer: {kind: question, asks: place}}
          utter_ask_employees_text:
            - text: Wie viele Menschen arbeiten bei Ihnen?
              custom: {answer: {kind: question, asks: employees}}
    """,
    "nlu_data/buttons.yml": """
        buttons:
          gruss: {}
          suche:
            properties:
              place: {type: string, pattern: "^[a-z]{2,20}$"}
    """,
    "knowledge_base/catalogue/programme.yml": """
        rules: Diese Datei sieht für Rasa wie Trainingsdaten aus und darf nie geladen werden.
    """,
}


def write_project(directory: Path) -> Path:
    """Write the project and return its folder."""
    import textwrap

    for name, content in FILES.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(content).lstrip(), encoding="utf-8")
    return directory


class TinySearch(Action):
    """Shows one programme and remembers a number."""

    def name(self) -> str:
        return "action_tiny_search"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        shown = {"id": "tiny-programm", "status": "aktiv", "verdict": "offen", "missing": ["employees"]}
        dispatcher.utter_message(
            text="Das passt vielleicht:\n\nTiny-Programm",
            buttons=[{"title": "Noch einmal", "payload": '/suche{"place": "hagen"}'}],
            json_message={"answer": {"kind": "programmes", "programmes": [shown], "sources": [SOURCE], "more": 2}},
        )
        dispatcher.utter_message(text=f"Ort: {tracker.get_slot('place')}")
        return [SlotSet("facts", {"employees": 12, "age": None})]


class TinyBroken(Action):
    """Fails with what the person wrote in the text of the exception."""

    def name(self) -> str:
        return "action_tiny_broken"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        raise RuntimeError(json.dumps(tracker.latest_message.get("text")))


class TinySlow(Action):
    """Takes longer than any time limit of a test."""

    def name(self) -> str:
        return "action_tiny_slow"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        import asyncio

        await asyncio.Event().wait()
        return []


class TinySilent(Action):
    """Says nothing."""

    def name(self) -> str:
        return "action_tiny_silent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        return []


class TinyDone(Action):
    """Closes the form and says what it holds."""

    def name(self) -> str:
        return "action_tiny_done"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        said = f"{tracker.get_slot('place')}, {tracker.get_slot('employees_text')}"
        dispatcher.utter_message(text=f"Danke: {said}", json_message={"answer": {"kind": "info"}})
        return [SlotSet("employees_text", None)]
