"""Words of the call-back: its questions, what is sent and to whom, the confirmation."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from actions.answer import Button, Reply, ShownProgramme, sources_of
from actions.base import Turn
from actions.callback_words import ANY_TIME, EMAIL, PHONE
from actions.german import TOPICS, join_de
from actions.render_contact import contact_line, contact_list
from bot.records.callbacks import CallbackRequest
from knowledge_base.queries import directory
from knowledge_base.schema.programme import Programme

WAY, ADDRESS, TIME, CONSENT = "callback_way", "callback_address", "callback_time", "callback_consent"
EXISTING = "callback_existing"
"""A request was sent before; keep it or take it back."""
_MOST_PROGRAMMES = 3
_TIMES = ("vormittags", "nachmittags", ANY_TIME)
_WAYS = {PHONE: "Telefon", EMAIL: "E-Mail"}
_QUESTIONS = {
    WAY: "Wie möchten Sie erreicht werden: per Telefon oder per E-Mail?",
    ADDRESS: "Unter welcher Telefonnummer erreicht man Sie?",
    TIME: "Wann passt es Ihnen am besten?",
    CONSENT: "Soll ich das so abschicken?",
}
_MAIL_QUESTION = "An welche E-Mail-Adresse soll man Ihnen schreiben?"


def decide(title: str, step: str) -> Button:
    """A button that sends, calls off or changes."""
    return Button(title, _payload(callback_step=step))


def offer(turn: Turn) -> Reply:
    """Who will answer, and how to reach them at once."""
    instance = turn.services.instance
    own = turn.services.store.contact(instance.contact_id)
    lines = [f"Gern. {instance.agency.name} kann sich bei Ihnen melden."]
    if own:
        lines.append(f"Wenn Sie lieber selbst anrufen: {contact_line(own, turn.services.today())}")
    return Reply(
        "handoff",
        "\n".join(lines),
        contacts=[own] if own else [],
        sources=sources_of(own, limit=1) if own else [],
        memory=turn.before,
    )


def ask(turn: Turn, request: CallbackRequest, step: str) -> Reply:
    """The question of a step; before consent everything that is sent is shown."""
    return _ask_consent(turn, request) if step == CONSENT else _question(turn, step, request.way)


def no_address(turn: Turn, way: str | None) -> Reply:
    """What was typed is no address."""
    lead = "Diese Adresse stimmt so nicht." if way == EMAIL else "Diese Nummer stimmt so nicht."
    return _question(turn, ADDRESS, way, f"{lead} Bitte schreiben Sie sie noch einmal vollständig.\n")


def _question(turn: Turn, step: str, way: str | None, lead: str = "") -> Reply:
    question = _MAIL_QUESTION if step == ADDRESS and way == EMAIL else _QUESTIONS[step]
    return Reply(
        "question",
        lead + question,
        [*_choices(step, way), _stop()],
        asks=step,
        memory=replace(turn.before, asked=step, clarified=0),
    )


def reminder(last: Reply, step: str) -> Reply:
    """The call-back waits. If the answer before asked something itself, that question comes first."""
    waits = last.asks is None
    text = "Ihr Wunsch nach einem Rückruf ist noch nicht abgeschickt."
    return Reply(
        "question" if waits else "info",
        f"{text} {_QUESTIONS[step]}" if waits and step != ADDRESS else text,
        [Button("Rückruf fortsetzen", "/rueckruf_wuenschen"), _stop()],
        asks=step if waits else None,
        memory=replace(last.memory, asked=step) if waits else last.memory,
    )


def existing(turn: Turn, request: CallbackRequest) -> Reply:
    """There is a request already; a second one would only confuse."""
    return Reply(
        "question",
        f"Ihr Wunsch nach einem Rückruf ist schon gespeichert. Nummer: {request.number}. Möchten Sie ihn behalten?",
        [decide("Behalten", "behalten"), decide("Rückruf zurückziehen", "abbrechen")],
        asks=EXISTING,
        memory=replace(turn.before, asked=EXISTING, clarified=0),
    )


def called_off(turn: Turn) -> Reply:
    """Nothing is sent; what was noted is erased."""
    return Reply(
        "info",
        "Gut, es gibt keinen Rückruf. Ihre Angaben dazu habe ich gelöscht. Was möchten Sie wissen?",
        [
            Button("Förderung suchen", "/foerderung_allgemein"),
            Button("Doch ein Rückruf", "/rueckruf_wuenschen"),
        ],
        memory=replace(turn.before, asked=None, clarified=0),
    )


def confirmation(turn: Turn, request: CallbackRequest) -> Reply:
    """It is stored: number, who answers, and how to reach them otherwise."""
    instance = turn.services.instance
    own = turn.services.store.contact(instance.contact_id)
    soon = instance.human_handoff.reply_within
    lines = [
        f"Ihr Wunsch ist gespeichert. Ihre Nummer: {request.number}",
        f"{instance.agency.name} meldet sich bei Ihnen{f' {soon}' if soon else ''}.",
    ]
    if own:
        lines.append("\nSie können auch selbst anrufen:\n\n" + contact_list([own], turn.services.today()))
    return Reply(
        "handoff",
        "\n".join(lines),
        [Button("Das nehme ich mit", "/zusammenfassung"), decide("Rückruf zurückziehen", "abbrechen")],
        contacts=[own] if own else [],
        sources=sources_of(own, limit=1) if own else [],
        memory=replace(turn.before, asked=None, clarified=0),
    )


def subject_of_request(turn: Turn) -> dict[str, Any]:
    """What it is about, in words: topic, place and programmes of the conversation."""
    memory = turn.before
    place = memory.place and directory(turn.services.store).name(memory.place)
    about = {
        "thema": join_de([TOPICS[topic] for topic in memory.topics[:2] if topic in TOPICS]),
        "ort": place or "",
        "programme": [programme.name for programme in _programmes(turn)],
    }
    return {name: value for name, value in about.items() if value}


def _ask_consent(turn: Turn, request: CallbackRequest) -> Reply:
    instance, about = turn.services.instance, request.about
    rows = [
        ("An", f"{instance.agency.name} ({instance.agency.organisation})"),
        (_WAYS.get(request.way or "", ""), request.address),
        ("Zeit", request.best_time),
        ("Thema", about.get("thema")),
        ("Ort", about.get("ort")),
        ("Programme", "; ".join(about.get("programme", []))),
    ]
    text = "\n".join(
        [
            "Das schicke ich ab:",
            *[f"• {name}: {value}" for name, value in rows if value],
            "Die Stelle nutzt es nur, um Ihnen zu antworten. "
            f"Spätestens nach {instance.privacy.retention_days} Tagen wird es gelöscht.",
            _QUESTIONS[CONSENT],
        ]
    )
    return Reply(
        "question",
        text,
        [decide("Ja, abschicken", "senden"), decide("Ändern", "aendern"), _stop()],
        programmes=[ShownProgramme(programme) for programme in _programmes(turn)],
        asks=CONSENT,
        memory=replace(turn.before, asked=CONSENT, clarified=0),
    )


def _programmes(turn: Turn) -> list[Programme]:
    """The programme in focus, else those shown last."""
    memory = turn.before
    ids = (memory.programme,) if memory.programme else memory.shown[-_MOST_PROGRAMMES:]
    return [programme for programme in map(turn.services.store.programme, filter(None, ids)) if programme]


def _choices(step: str, way: str | None) -> list[Button]:
    if step == WAY:
        return [Button(title, _payload(callback_way=each)) for each, title in _WAYS.items()]
    if step == ADDRESS:
        other = PHONE if way == EMAIL else EMAIL
        return [Button(f"Lieber per {_WAYS[other]}", _payload(callback_way=other))]
    return [Button(time.capitalize(), _payload(callback_time=time)) for time in _TIMES] if step == TIME else []


def _stop() -> Button:
    return decide("Abbrechen", "abbrechen")


def _payload(**entities: str) -> str:
    return f"/rueckruf_wuenschen{json.dumps(entities, ensure_ascii=False)}"
