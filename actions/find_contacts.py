"""Show who is responsible or advises: by name, by kind of body, or by place, topic and audience."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Button, Reply, sources_of
from actions.answer_buttons import inform
from actions.base import NavigatorAction, Turn
from actions.follow_up import FACTS_ONLY, SAID
from actions.memory import Memory
from actions.questions import Question, asked, place_question, which_place
from actions.render_contact import contact_list
from knowledge_base.queries import ContactHit, find_contacts
from knowledge_base.schema.contact import Contact, ContactKind
from knowledge_base.who_plans import likely_audience

SHOWN_AT_ONCE = 3
_LOCAL_KINDS = frozenset(
    {"ihk", "hwk", "jobcenter", "agentur-fuer-arbeit", "regionalagentur", "wirtschaftsfoerderung"}
)
_ALL_AT_ONCE = 5


class FindContacts(NavigatorAction):
    """„Welche IHK ist für uns zuständig?“, „Wer berät mich in Düren?“"""

    action_name: ClassVar[str] = "action_find_contacts"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """A contact that is named is shown; else the responsible ones are looked up."""
        named = named_contacts(turn)
        if named:
            return [contacts_reply(turn, turn.memory, named)]
        kinds = tuple(turn.message.values("contact_kind", sure=SAID)) or (
            turn.before.contact_kinds if turn.before.goal == "contacts" else ()
        )
        return [look_up(turn, replace(turn.memory, contact_kinds=kinds))]


def named_contacts(turn: Turn) -> list[Contact]:
    """The contacts that this message names for sure; bare kinds („IHK“) are no names."""
    store = turn.services.store
    found = [store.contact(contact_id) for contact_id in turn.message.values("contact", sure=0.8)]
    return [contact for contact in found if contact is not None][:SHOWN_AT_ONCE]


def look_up(turn: Turn, memory: Memory) -> Reply:
    """Find contacts for what is remembered; ask for the place where it decides."""
    if memory.contact_kinds == (ContactKind.IHK.value,) and turn.message.first("sector") == "handwerk":
        memory = replace(memory, contact_kinds=(ContactKind.HWK.value,))  # the chamber of crafts is the HWK
    ambiguous = turn.message.first("place_ambiguous") if turn.message.first("place") is None else None
    if ambiguous:
        return _ask_place(turn, memory, which_place(ambiguous, turn.services.store.catalogue().places))
    if memory.place is None and _LOCAL_KINDS & set(memory.contact_kinds):
        return _ask_place(turn, memory, place_question())
    limit = (
        _ALL_AT_ONCE if len(memory.contact_kinds) > SHOWN_AT_ONCE else max(SHOWN_AT_ONCE, len(memory.contact_kinds))
    )
    hits = find_contacts(
        turn.services.store,
        place=memory.place,
        topics=memory.topics,
        audience=likely_audience(memory.profile()),
        kinds=memory.contact_kinds or None,
        text="" if turn.message.intent == FACTS_ONLY else turn.text,
        limit=_ALL_AT_ONCE * limit,
        purposes=memory.purposes,
    )
    if not hits:
        hits = find_contacts(turn.services.store, place=memory.place, topics=(), audience=None, limit=limit)
    if not memory.contact_kinds:
        hits = _chamber_of_crafts(hits, memory.facts.get("sector"))
    hits = hits[:limit]
    nameless = [hit.name for hit in hits if hit.contact is None]
    return contacts_reply(turn, memory, [hit.contact for hit in hits if hit.contact], nameless)


def _chamber_of_crafts(hits: list[ContactHit], sector: object) -> list[ContactHit]:
    """The chamber of crafts comes first for the crafts and is left out for other sectors."""
    if sector is None:
        return hits
    chamber = [hit for hit in hits if hit.kind == ContactKind.HWK.value]
    others = [hit for hit in hits if hit not in chamber]
    return [*chamber, *others] if sector == "handwerk" else others


def contacts_reply(turn: Turn, memory: Memory, contacts: Sequence[Contact], nameless: Sequence[str] = ()) -> Reply:
    """Render contacts, with the question for the place if it would help; ``nameless`` bodies have only a name."""
    if not contacts:
        own = turn.services.store.contact(turn.services.instance.contact_id)
        contacts = [own] if own else []
    may_ask = memory.place is None and "place" not in (*memory.posed, *memory.declined)
    question = place_question() if may_ask else None
    intro = "Diese Stelle ist für Sie da:" if len(contacts) == 1 else "Diese Stellen sind für Sie da:"
    parts = [f"Zuständig ist: {name}." for name in nameless]
    parts += [intro, contact_list(contacts, turn.services.today())]
    if question:
        parts.append("Nennen Sie mir Ihren Ort oder Ihre Postleitzahl, dann nenne ich die Stelle vor Ort.")
    memory = replace(asked(memory, question), goal="contacts", clarified=0)
    buttons = [Button("Förderung suchen", "/foerderung_allgemein")]
    if not memory.contact_kinds and memory.place:
        buttons += [Button(title, inform(contact_kind=kind)) for kind, title in _kind_buttons(memory)]
    return Reply(
        "contacts",
        "\n\n".join(parts),
        buttons,
        contacts=contacts,
        asks=question.fact if question else None,
        sources=[s for contact in contacts for s in sources_of(contact, limit=1)],
        memory=memory,
    )


def _ask_place(turn: Turn, memory: Memory, question: Question) -> Reply:
    """The place decides who is responsible: ask, and name the agency meanwhile."""
    own = turn.services.store.contact(turn.services.instance.contact_id)
    contacts = [own] if own else []
    text = question.text
    parts = [f"Das hängt vom Ort ab. {text}"]
    if own:
        parts.append("Sie können sich auch gleich melden bei:\n\n" + contact_list(contacts, turn.services.today()))
    memory = replace(memory, asked="place", goal="contacts", clarified=0)
    return Reply(
        "question",
        "\n\n".join(parts),
        question.buttons,
        contacts=contacts,
        asks="place",
        memory=memory,
    )


def _kind_buttons(memory: Memory) -> list[tuple[str, str]]:
    if likely_audience(memory.profile()) in ("unternehmen", "selbststaendige", "gruendende"):
        return [
            (ContactKind.IHK.value, "IHK"),
            (ContactKind.HWK.value, "Handwerkskammer"),
            (ContactKind.WIRTSCHAFTSFOERDERUNG.value, "Wirtschaftsförderung"),
        ]
    return [
        (ContactKind.AGENTUR_FUER_ARBEIT.value, "Agentur für Arbeit"),
        (ContactKind.JOBCENTER.value, "Jobcenter"),
        (ContactKind.WEITERBILDUNGSBERATUNG.value, "Weiterbildungsberatung"),
    ]
