"""Say whether a programme fits this case, with reasons; without a programme, show what fits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Button, Reply, ShownProgramme, sources_of
from actions.base import NavigatorAction, Turn
from actions.explain_programme import aspect_buttons, explain, named_programme, verdict_for
from actions.german import sentence
from actions.people import people_for
from actions.programme_hits import show
from actions.questions import asked, next_question
from actions.render_contact import contact_line
from actions.render_programme import before_start_warning, heading, stand, verdict_lines
from knowledge_base.schema.programme import Programme, Status


class CheckEligibility(NavigatorAction):
    """„Bekomme ich das auch mit 35?“"""

    action_name: ClassVar[str] = "action_check_eligibility"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Judge the programme named or in focus; else search for what fits the case."""
        if named_programme(turn) is None and turn.before.check:
            return resume(turn)
        programme = named_programme(turn) or self._in_focus(turn)
        if programme is None:
            return [show(turn, replace(turn.memory, wish=turn.text, shown=(), programme=None))]
        return judge(turn, programme)

    @staticmethod
    def _in_focus(turn: Turn) -> Programme | None:
        """The programme of the last explanation, unless the message is about something new."""
        new_subject = turn.message.values("topic") or turn.message.values("purpose")
        focus = turn.before.programme if turn.before.goal == "programme" and not new_subject else None
        return turn.services.store.programme(focus) if focus else None


def resume(turn: Turn) -> list[Reply]:
    """Go on with the check that was interrupted: the open question is asked again."""
    memory = replace(turn.memory, programme=None)
    again = next((fact for fact in reversed(memory.posed) if fact not in memory.declined), None)
    programme = turn.services.store.programme(memory.check or "")
    if programme is not None:
        return judge(turn, programme, again)
    return [show(turn, replace(memory, shown=()), again=again)]


def judge(turn: Turn, programme: Programme, again: str | None = None) -> list[Reply]:
    """Verdict with reasons, what one gets, the next step and the person; ``again`` may be asked once more."""
    if programme.status is Status.AUSGELAUFEN:
        return explain(turn, programme, "ueberblick")
    memory = replace(turn.memory, programme=programme.id, goal="programme", clarified=0)
    verdict = verdict_for(turn, memory, programme)
    question = next_question(turn, memory, [(programme, 1.0)], again) if verdict.result == "offen" else None
    memory = replace(memory, check=programme.id if question else None)
    lines = [heading(programme), programme.summary.text, *verdict_lines(verdict)]
    if verdict.result != "passt_nicht":
        lines.append(f"Was Sie bekommen: {sentence(programme.funding.text.text)}")
        lines += [line for line in (before_start_warning(programme),) if line]
        if programme.steps:
            lines.append(f"Nächster Schritt: {sentence(programme.steps[0].text)}")
    people = people_for(turn, memory, programme)
    if people:
        lines.append(f"Ansprechstelle: {contact_line(people[0], turn.services.today())}")
    lines.append("Das ist eine unverbindliche Einschätzung. Über den Antrag entscheidet die zuständige Stelle.")
    lines.append(stand(programme))
    if question:
        lines.append(question.text)
    buttons = [
        *(question.buttons if question else ()),
        *aspect_buttons(programme, "")[1:3],
        Button("Was gibt es stattdessen?", f"/alternativen_zeigen{json.dumps({'programme': programme.id})}"),
    ]
    return [
        Reply(
            "verdict",
            "\n".join(lines),
            buttons,
            contacts=people,
            asks=question.fact if question else None,
            programmes=[ShownProgramme(programme, verdict.result, tuple(verdict.missing))],
            sources=sources_of(programme),
            memory=asked(memory, question),
        )
    ]
