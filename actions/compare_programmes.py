"""Put two programmes side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply, ShownProgramme, about, sources_of
from actions.base import NavigatorAction, Turn
from actions.explain_programme import ask_which, explain, verdict_for
from actions.german import sentence
from actions.people import people_for
from actions.render_programme import heading, stand, state_lines
from knowledge_base.schema.programme import Programme


class ComparePrograms(NavigatorAction):
    """„Was ist der Unterschied zwischen … und …?“"""

    action_name: ClassVar[str] = "action_compare_programmes"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Compare the two programmes named, else the one named with the one in focus, else those shown last."""
        programmes = _pair(turn)
        if len(programmes) < 2:
            return explain(turn, programmes[0], "ueberblick") if programmes else [ask_which(turn)]
        blocks, shown = [], []
        for programme in programmes:
            verdict = verdict_for(turn, turn.memory, programme)
            shown.append(ShownProgramme(programme, verdict.result, tuple(verdict.missing)))
            blocks.append(_side(programme))
        people = people_for(turn, turn.memory, programmes[0])
        shown_now = tuple(p.id for p in programmes)
        memory = replace(turn.memory, goal="programmes", shown=shown_now, programme=None, clarified=0)
        buttons = [about(p) for p in programmes]
        text = "\n\n".join(["Der Vergleich:", *blocks])
        return [
            Reply(
                "programmes",
                text,
                buttons,
                programmes=shown,
                contacts=people,
                sources=[s for p in programmes for s in sources_of(p, limit=1)],
                memory=memory,
            )
        ]


def _pair(turn: Turn) -> list[Programme]:
    before = (*turn.before.shown, turn.before.programme) if turn.before.goal == "programmes" else _focus_first(turn)
    ids = dict.fromkeys(one for one in (*turn.message.values("programme", sure=0.8), *before) if one)
    found = [turn.services.store.programme(one) for one in ids]
    return [programme for programme in found if programme is not None][:2]


def _focus_first(turn: Turn) -> tuple[str | None, ...]:
    return (turn.before.programme, *turn.before.shown)


def _side(programme: Programme) -> str:
    lines = [
        heading(programme),
        programme.summary.text,
        f"Was Sie bekommen: {sentence(programme.funding.text.text)}",
        *state_lines(programme),
    ]
    if programme.conditions:
        lines.append(f"Bedingung: {sentence(programme.conditions[0].text)}")
    return "\n".join([*lines, f"Frist: {sentence(programme.deadline.text)}", stand(programme)])
