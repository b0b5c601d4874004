"""„Das nehme ich mit“: what the conversation has come to, to keep or to pass on."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Button, Reply, ShownProgramme, about, sources_of
from actions.base import NavigatorAction, Turn
from actions.explain_programme import verdict_for
from actions.people import people_for, person_nearby
from actions.questions import asked, topic_question
from actions.render_contact import contact_line
from actions.render_summary import summary_block
from knowledge_base.eligibility import Verdict
from knowledge_base.queries import directory
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme

_AT_MOST = 4


class SumUp(NavigatorAction):
    """„Fassen Sie mir das bitte noch mal zusammen.“"""

    action_name: ClassVar[str] = "action_sum_up"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Sum up the programmes shown that may still fit; without any, ask what it is about."""
        found = _still_possible(turn)
        return [_summary(turn, found) if found else _nothing_yet(turn)]


def _still_possible(turn: Turn) -> list[tuple[Programme, Verdict]]:
    """Programmes of the conversation with today's verdict, the one in focus first. One that has ended never fits."""
    memory = turn.memory
    ids = dict.fromkeys(one for one in (memory.programme, *memory.shown) if one)
    programmes = [programme for programme in map(turn.services.store.programme, ids) if programme]
    judged = [(p, verdict_for(turn, memory, p)) for p in programmes]
    return [(p, verdict) for p, verdict in judged if verdict.result != "passt_nicht"][:_AT_MOST]


def _summary(turn: Turn, found: list[tuple[Programme, Verdict]]) -> Reply:
    today, memory = turn.services.today(), turn.memory
    people: list[Contact] = []
    blocks = []
    for programme, verdict in found:
        own = people_for(turn, memory, programme, limit=1)
        blocks.append(summary_block(programme, verdict, own, today))
        people += [contact for contact in own if contact not in people]
    nearby = [contact for contact in person_nearby(turn, memory) if contact not in people]
    lead = f"Das nehmen Sie mit (Stand von heute{_place(turn)}):"
    tail = [f"Für Ihren Ort zuständig: {contact_line(contact, today)}" for contact in nearby]
    tail.append("Das ist unverbindlich. Über den Antrag entscheidet die zuständige Stelle.")
    return Reply(
        "programmes",
        "\n\n".join([lead, *blocks, *tail]),
        [Button("Rückruf vereinbaren", "/rueckruf_wuenschen"), *[about(programme) for programme, _ in found]],
        programmes=[ShownProgramme(p, verdict.result, tuple(verdict.missing)) for p, verdict in found],
        contacts=[*people, *nearby],
        sources=[source for programme, _ in found for source in sources_of(programme, limit=1)],
        memory=replace(memory, asked=None, clarified=0),
    )


def _place(turn: Turn) -> str:
    place = turn.memory.place
    return f", für {directory(turn.services.store).name(place)}" if place else ""


def _nothing_yet(turn: Turn) -> Reply:
    question = topic_question()
    return Reply(
        "question",
        f"Noch habe ich Ihnen kein passendes Programm gezeigt. {question.text}",
        question.buttons,
        asks=question.fact,
        memory=replace(asked(turn.memory, question), clarified=0),
    )
