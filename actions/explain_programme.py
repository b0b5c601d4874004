"""Explain one programme by the aspect asked for; say honestly when it has ended."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Button, Reply, ShownProgramme, about, sources_of
from actions.base import NavigatorAction, Turn
from actions.clear_up import clear_up
from actions.find_contacts import contacts_reply, look_up, named_contacts
from actions.follow_up import SAID
from actions.memory import Memory
from actions.people import people_for
from actions.programme_hits import show
from actions.render_contact import contact_line
from actions.render_programme import (
    ASPECTS,
    aspect_text,
    before_start_warning,
    besides_lines,
    ended,
    heading,
    open_question,
    overdue,
    stand,
    state_lines,
    verdict_lines,
)
from knowledge_base.eligibility import FITS_NOT, Verdict, evaluate
from knowledge_base.queries import directory, find_programmes
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme, Status
from knowledge_base.text import fold

_INTENT_ASPECTS = {f"programm_{aspect}": aspect for aspect in ASPECTS} | {"programm_status": "frist"}
_BUTTON_TITLES = {
    "hoehe": "Wie viel gibt es?",
    "voraussetzungen": "Wer bekommt es?",
    "ablauf": "Wie beantragen?",
    "unterlagen": "Welche Unterlagen?",
    "frist": "Bis wann?",
    "kontakt": "Wer hilft mir?",
}
_WARN_AT = ("ablauf", "frist", "ueberblick")
_SURE = 0.8
_ASKS_DURATION = re.compile(r"\bwie lange\b.*\b(dauer|wart)|bearbeitungs(zeit|dauer)|"
                            r"\bwann\b.*\b(geld|bescheid|antwort|zusage|ausgezahlt|auszahlung)\b")
_TELLS_DURATION = re.compile(r"\bdauert\b|Bearbeitungs(zeit|dauer)")
_DURATION_UNKNOWN = ("Wie lange es bis zum Bescheid oder bis zur Auszahlung dauert, steht nicht in unseren Quellen. "
                     "Fragen Sie das gleich beim ersten Gespräch mit der Stelle.")
_BESIDES = 2
"""So many programmes for the same plan are named with what may be combined."""


class ExplainProgramme(NavigatorAction):
    """„Wie hoch ist …?“, „Bis wann …?“, „Gibt es … noch?“"""

    action_name: ClassVar[str] = "action_explain_programme"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Explain the programme that is named, in focus, or found by its description; else ask which one."""
        cleared = clear_up(turn)
        if cleared is not None:
            return [cleared]
        aspect = _aspect(turn)
        people = named_contacts(turn)
        if people and (aspect == "kontakt" or named_programme(turn) is None):
            return [contacts_reply(turn, turn.memory, people)]
        kinds = tuple(turn.message.values("contact_kind", sure=SAID))
        if kinds and named_programme(turn) is None and _in_focus(turn) is None:
            return [look_up(turn, replace(turn.memory, contact_kinds=kinds))]
        if named_programme(turn) is None and _is_about_something_else(turn):
            return [show(turn, replace(turn.memory, wish=turn.text, shown=(), programme=None))]
        programme = named_programme(turn) or _in_focus(turn) or _described(turn)
        return explain(turn, programme, aspect) if programme else [ask_which(turn)]


def _aspect(turn: Turn) -> str:
    """The aspect of the intent; where that is only the overview, the one that the words ask for."""
    aspect = _INTENT_ASPECTS.get(turn.message.intent or "", "ueberblick")
    said = [value for value in turn.message.values("aspect") if value != "ueberblick"]
    return said[0] if aspect == "ueberblick" and said else aspect


def named_programme(turn: Turn) -> Programme | None:
    """The programme that this message names for sure."""
    programme_id = turn.message.first("programme", sure=_SURE)
    return turn.services.store.programme(programme_id) if programme_id else None


def explain(turn: Turn, programme: Programme, aspect: str | None) -> list[Reply]:
    """Explain one aspect (``None``: the aspect the words ask for, else the overview)."""
    aspect = aspect or _aspect(turn)
    if programme.status is Status.AUSGELAUFEN:
        return [_explain_ended(turn, programme, aspect)]
    memory = replace(turn.memory, programme=programme.id, goal="programme", aspect=aspect, asked=None, clarified=0)
    verdict = verdict_for(turn, memory, programme)
    people = people_for(turn, memory, programme)
    besides = _for_the_same_plan(turn, memory, programme) if aspect == "kombination" else []
    reply = Reply(
        "programme",
        "\n".join([*_lines(turn, programme, aspect, verdict, people), *besides_lines([p for p, _ in besides])]),
        [*(about(p) for p, _ in besides), *aspect_buttons(programme, aspect)],
        aspect=aspect,
        contacts=people,
        programmes=[ShownProgramme(p, v.result, tuple(v.missing)) for p, v in [(programme, verdict), *besides]],
        sources=[source for p in (programme, *(p for p, _ in besides)) for source in sources_of(p)],
        memory=memory,
    )
    if aspect != "kontakt" or not people:
        return [reply]
    contacts = contacts_reply(turn, memory, people)
    return [reply, replace(contacts, memory=replace(contacts.memory, goal="programme"))]


def _for_the_same_plan(turn: Turn, memory: Memory, programme: Programme) -> list[tuple[Programme, Verdict]]:
    """What the record names for the same plan besides, as far as it is not over and not ruled out."""
    named = [other for other in map(turn.services.store.programme, programme.alternatives) if other]
    same = [other for other in named if set(other.purposes) & set(programme.purposes)]
    judged = [(p, verdict_for(turn, memory, p)) for p in same if p.status is not Status.AUSGELAUFEN]
    return [(p, verdict) for p, verdict in judged if verdict.result != FITS_NOT][:_BESIDES]


def _lines(turn: Turn, programme: Programme, aspect: str, verdict: Verdict, people: Sequence[Contact]) -> list[str]:
    """The explanation line by line; what it is comes first unless the programme was the subject before."""
    known = turn.before.programme == programme.id or aspect == "ueberblick"
    lines = [heading(programme)] if known else [heading(programme), programme.summary.text]
    lines += _place_line(turn, programme)
    words = aspect_text(programme, aspect, turn.memory.plain)
    lines += [words, *([_DURATION_UNKNOWN] if _is_duration_missing(turn, words) else []), *state_lines(programme)]
    if verdict.result == "passt_nicht":
        lines += verdict_lines(verdict)
    warning = before_start_warning(programme) if aspect in _WARN_AT else None
    lines += [line for line in (warning, open_question(programme)) if line]
    if people and aspect != "kontakt":
        lines.append(f"Ansprechstelle: {contact_line(people[0], turn.services.today())}")
    return lines + [line for line in (overdue(programme, turn.services.today()), stand(programme)) if line]


def _is_duration_missing(turn: Turn, words: str) -> bool:
    """Whether the question is how long it takes, and the record does not say."""
    return bool(_ASKS_DURATION.search(fold(turn.text))) and not _TELLS_DURATION.search(words)


def _place_line(turn: Turn, programme: Programme) -> list[str]:
    """„Gilt das auch in Hagen?“ is answered first, if the message names a place."""
    place = turn.message.first("place")
    if place is None:
        return []
    places = directory(turn.services.store)
    covered = places.covers(programme.area, place)
    if covered is None:
        return [f"Das gilt nur in einem Teil von {places.name(place)}."]
    name = places.name(place)
    return [f"Das Angebot gilt auch in {name}." if covered else f"In {name} gilt das nicht."]


def verdict_for(turn: Turn, memory: Memory, programme: Programme) -> Verdict:
    """Evaluate the programme for what is known, as of today."""
    return evaluate(programme, memory.profile(), turn.services.today(), directory(turn.services.store))


def aspect_buttons(programme: Programme, shown: str) -> list[Button]:
    """Buttons to the other aspects and the check."""
    entities = json.dumps({"programme": programme.id})
    buttons = [
        Button(title, f"/programm_{aspect}{entities}") for aspect, title in _BUTTON_TITLES.items() if aspect != shown
    ]
    return [
        Button("Passt das für mich?", f"/foerdercheck{entities}"),
        *buttons[:4],
        Button("Das nehme ich mit", "/zusammenfassung"),
    ]


def ask_which(turn: Turn) -> Reply:
    """Ask which programme is meant, with those shown last as buttons."""
    store = turn.services.store
    shown = [programme for programme in map(store.programme, turn.memory.shown) if programme]
    buttons = [about(p, lead="") for p in shown[-4:]]
    memory = replace(turn.memory, asked="programme", aspect=_aspect(turn))
    return Reply(
        "question",
        "Welches Programm meinen Sie? Schreiben Sie den Namen oder beschreiben Sie, was Sie vorhaben.",
        [*buttons, Button("Förderung suchen", "/foerderung_allgemein")],
        asks="programme",
        memory=memory,
    )


def _is_about_something_else(turn: Turn) -> bool:
    """„Und einen Azubi brauchen wir auch“: a subject that is new and that the programmes shown are not for."""
    focus = _in_focus(turn)
    known = {topic.value for topic in focus.topics} if focus else set()
    topics = set(turn.message.values("topic", sure=SAID))
    purposes = set(turn.message.values("purpose", sure=SAID))
    another = bool(topics) and not topics & (known | set(turn.before.topics))
    further = bool(purposes) and not purposes & {*turn.before.purposes, *(focus.purposes if focus else ())}
    return focus is not None and (another or (further and not turn.message.values("aspect", sure=SAID)))


def _in_focus(turn: Turn) -> Programme | None:
    focus = turn.memory.programme or (turn.memory.shown[0] if turn.memory.shown else None)
    return turn.services.store.programme(focus) if focus else None


def _described(turn: Turn) -> Programme | None:
    """The best hit for the words of the question, when it is clearly about something."""
    found = find_programmes(turn.services.store, turn.memory.profile(), turn.text, turn.services.today(), limit=1)
    return found.hits[0].programme if found.hits else None


def _explain_ended(turn: Turn, programme: Programme, aspect: str) -> Reply:
    store = turn.services.store
    successor = store.programme(programme.successor.id) if programme.successor else None
    if successor is not None and successor.status is Status.AUSGELAUFEN:
        successor = None
    others = [p for p in map(store.programme, programme.alternatives) if p and p.status is not Status.AUSGELAUFEN]
    offered = [p for p in (successor, *others) if p][:3]
    memory = replace(
        turn.memory,
        programme=programme.id,
        goal="programme",
        asked=None,
        clarified=0,
        shown=tuple(p.id for p in offered),
    )
    fitting = [(p, verdict_for(turn, memory, p)) for p in offered]
    shown = [ShownProgramme(programme, "passt_nicht")] + [
        ShownProgramme(p, v.result, tuple(v.missing)) for p, v in fitting if v.result != "passt_nicht"
    ]
    text = ended(programme, successor)
    others = [p for p, v in fitting if p is not successor and v.result != "passt_nicht"]
    if others:
        text += "\nDas könnte stattdessen passen: " + "; ".join(heading(p) for p in others) + "."
    buttons = [about(p) for p in offered]
    people = people_for(turn, memory, successor or programme)
    if people:
        text += f"\nAnsprechstelle: {contact_line(people[0], turn.services.today())}"
    return Reply(
        "programme",
        text,
        [*buttons, Button("Was gibt es stattdessen?", "/alternativen_zeigen")],
        programmes=shown,
        aspect=aspect,
        contacts=people,
        sources=sources_of(programme),
        memory=memory,
    )
