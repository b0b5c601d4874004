"""Events and terms."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply, about
from actions.base import NavigatorAction, Turn
from actions.clarify import clarify
from actions.explain_programme import explain, named_programme
from actions.german import date_de, sentence
from actions.questions import topic_question
from actions.render_contact import contact_line
from knowledge_base.queries import find_events, find_term
from knowledge_base.schema.misc import Event
from knowledge_base.schema.programme import Status


class ShowEvents(NavigatorAction):
    """„Gibt es demnächst Veranstaltungen?“"""

    action_name: ClassVar[str] = "action_show_events"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Show coming and recurring events; past ones are never offered."""
        store, today = turn.services.store, turn.services.today()
        events = find_events(store, today, place=turn.memory.place, topics=turn.memory.topics) or find_events(
            store, today, place=None, topics=()
        )
        own = store.contact(turn.services.instance.contact_id)
        parts = (
            ["Diese Angebote laufen oder kommen:", *[_event(event) for event in events[:3]]]
            if events
            else ["Zurzeit ist bei uns kein kommender Termin veröffentlicht."]
        )
        if own:
            parts.append(f"Aktuelle Termine nennt Ihnen: {contact_line(own, today)}")
        sources = [
            {"url": s.url, "checked_on": s.checked_on.isoformat()}
            for e in events[:3]
            for s in list(e.sources.values())[:1]
            if s.url.startswith("http")
        ]
        return [
            Reply(
                "events",
                "\n\n".join(parts),
                topic_question().buttons[:3],
                contacts=[own] if own else [],
                sources=sources,
                memory=replace(turn.memory, clarified=0),
            )
        ]


class ExplainTerm(NavigatorAction):
    """„Was heißt De-minimis?“"""

    action_name: ClassVar[str] = "action_explain_term"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Explain the term from the glossary; a programme by that name is explained instead."""
        named = named_programme(turn)
        if named is not None and not turn.message.values("term"):
            return explain(turn, named, "ueberblick")
        term = find_term(turn.services.store, turn.text)
        if term is None:
            return explain(turn, named, "ueberblick") if named else clarify(turn)
        programmes = [
            p for p in map(turn.services.store.programme, term.see) if p and p.status is not Status.AUSGELAUFEN
        ][:3]
        text = f"{term.term}: {term.plain if turn.memory.plain else term.text.text}"
        source = next(iter(term.sources.values()), None)
        if source:
            text += f"\nStand: {date_de(source.checked_on)}. Quelle: {source.url}"
        buttons = [about(p) for p in programmes]
        return [
            Reply(
                "glossary",
                text,
                buttons or topic_question().buttons[:3],
                sources=[{"url": source.url, "checked_on": source.checked_on.isoformat()}] if source else (),
                memory=replace(turn.memory, clarified=0),
            )
        ]


def _event(event: Event) -> str:
    when = date_de(event.date) if event.date else event.recurring or event.when_text or "Termin auf Anfrage"
    source = next(iter(event.sources.values()))
    where = f", {event.place}" if event.place else ""
    return (
        f"{event.title} ({when}{where})\n{sentence(event.summary)}\nVeranstalter: {', '.join(event.organisers)}"
        f"\nStand: {date_de(source.checked_on)}. Quelle: {event.url or source.title}"
    )
