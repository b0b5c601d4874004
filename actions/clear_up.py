"""Names that people use for something that does not exist or means several things."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import Reply, ShownProgramme, about
from actions.base import Turn
from actions.german import date_de
from actions.render_contact import contact_line
from actions.render_programme import heading
from knowledge_base.schema.misc import ConfusableName
from knowledge_base.schema.programme import Programme, Status


def clear_up(turn: Turn) -> Reply | None:
    """If the message uses a name that does not exist or means several things, say so and lead on."""
    name = turn.message.first("confusable")
    entry = next((c for c in turn.services.store.catalogue().confusable if c.name == name), None) if name else None
    return _cleared(turn, entry) if entry else None


def _cleared(turn: Turn, entry: ConfusableName) -> Reply:
    store = turn.services.store
    programmes: list[Programme] = [p for p in map(store.programme, entry.leads_to) if p]
    usable = [p for p in programmes if p.status is not Status.AUSGELAUFEN]
    lines = [entry.text.text, *[f"{heading(p)}: {p.summary.text}" for p in usable[:3]]]
    buttons = [about(p) for p in usable[:4]]
    contacts = [c for c in map(store.contact, entry.leads_to) if c]
    lines += [contact_line(contact, turn.services.today()) for contact in contacts]
    source = next(iter(entry.sources.values()), None)
    if source:
        lines.append(f"Stand: {date_de(source.checked_on)}. Quelle: {source.url}")
    memory = replace(turn.memory, shown=tuple(p.id for p in usable), goal="programmes", clarified=0)
    return Reply(
        "programmes",
        "\n".join(lines),
        buttons,
        programmes=[ShownProgramme(p) for p in programmes],
        contacts=contacts,
        memory=memory,
        sources=[{"url": source.url, "checked_on": source.checked_on.isoformat()}] if source else (),
    )
