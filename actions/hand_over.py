"""The way to people: the agency, crisis help, neighbouring matters, help in other languages."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Button, Reply, sources_of
from actions.base import NavigatorAction, Turn
from actions.find_contacts import look_up
from actions.follow_up import SAID
from actions.people import people_for
from actions.programme_hits import show
from actions.render_contact import contact_list
from actions.render_language import language_lines
from knowledge_base.places import GERMANY, NRW
from knowledge_base.queries import find_contacts
from knowledge_base.recognise.language import foreign_language
from knowledge_base.schema.contact import Contact, ContactKind

_CHAMBERS = (ContactKind.IHK.value, ContactKind.HWK.value)
"""Know the way for a firm in trouble; where the place is not known yet, they are named as soon as it is."""
_MULTILINGUAL = "hotline-arbeiten-und-leben"


class HandOver(NavigatorAction):
    """„Ich möchte mit einem Menschen sprechen.“"""

    action_name: ClassVar[str] = "action_hand_over"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Name the agency and, when the place is known, the body responsible there."""
        if turn.message.values("topic", sure=SAID) or turn.message.values("purpose", sure=SAID):
            return [look_up(turn, turn.memory)]
        return hand_over(turn, "Gern. Hier erreichen Sie einen Menschen:")


class HelpInCrisis(NavigatorAction):
    """Insolvency, despair, violence: people who help, at once, with numbers from the catalogue."""

    action_name: ClassVar[str] = "action_help_in_crisis"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Choose the helpers by the words; a firm in trouble gets its chamber and the agency, too."""
        audiences = {turn.memory.audience, *turn.message.values("audience")}
        firm = bool(audiences & {"unternehmen", "selbststaendige"})
        contacts = _helpers(turn, only_named=firm)
        if firm:
            contacts = _unique([*_chamber(turn), *contacts, *_own(turn)])[:4]
        text = (
            "Das klingt schwer. Sie müssen damit nicht allein bleiben. Ich bin ein KI-System und kann Ihnen hier "
            "nicht selbst helfen, aber diese Menschen können es:\n\n" + contact_list(contacts, turn.services.today())
        )
        return [
            Reply(
                "handoff",
                text,
                [
                    Button("Rückruf vereinbaren", "/rueckruf_wuenschen"),
                    Button("Förderung suchen", "/foerderung_allgemein"),
                ],
                contacts=contacts,
                sources=[s for c in contacts for s in sources_of(c, limit=1)],
                memory=replace(turn.memory, clarified=0, goal="contacts", contact_kinds=_CHAMBERS if firm else ()),
            )
        ]


class PointToNeighbour(NavigatorAction):
    """Wohngeld, Kindergeld, tax …: who does it, as far as the catalogue knows."""

    action_name: ClassVar[str] = "action_point_to_neighbour"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Name the office from the catalogue, else say plainly that it is not our field; what is ours is searched."""
        if turn.message.values("purpose", sure=SAID):
            return [show(turn, replace(turn.memory, wish=turn.text, shown=(), programme=None))]
        hits = find_contacts(
            turn.services.store,
            place=turn.memory.place,
            topics=(),
            audience=None,
            kinds=(ContactKind.NACHBARTHEMA.value,),
            text=turn.text,
            limit=1,
        )
        lead = (
            "Das gehört nicht zu meinem Fachgebiet. "
            "Ich kenne mich mit Förderung für Beruf, Weiterbildung und Betriebe aus."
        )
        contacts = [hit.contact for hit in hits if hit.contact and hit.by_words]
        parts = (
            [lead, "Dafür ist diese Stelle da:\n\n" + contact_list(contacts, turn.services.today())]
            if contacts
            else [lead, "Fragen Sie dazu am besten Ihre Stadt- oder Gemeindeverwaltung."]
        )
        return [
            Reply(
                "info",
                "\n\n".join(parts),
                [Button("Was kannst du?", "/bot_faehigkeiten")],
                contacts=contacts,
                sources=[s for c in contacts for s in sources_of(c, limit=1)],
                memory=replace(turn.memory, clarified=0),
            )
        ]


class AnswerForeignLanguage(NavigatorAction):
    """Says in the language of the message who advises in that language, and who is responsible at the place."""

    action_name: ClassVar[str] = "action_answer_foreign_language"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Multilingual advice first, then the bodies responsible at the place."""
        store = turn.services.store
        agency = (ContactKind.AGENTUR_FUER_ARBEIT.value,)
        place = turn.memory.place
        local = find_contacts(store, place=place, kinds=agency, limit=1) if place else []
        local += find_contacts(store, place=place, topics=turn.memory.topics, text=turn.text, limit=2)
        found = [store.contact(_MULTILINGUAL), *[hit.contact for hit in local]]
        contacts = _unique([contact for contact in found if contact is not None])
        text = "\n\n".join(
            [*language_lines(foreign_language(turn.text) or "en"), contact_list(contacts, turn.services.today())]
        )
        return [
            Reply(
                "contacts",
                text,
                [Button("Auf Deutsch weiter", "/bot_faehigkeiten")],
                contacts=contacts,
                sources=[s for c in contacts for s in sources_of(c, limit=1)],
                memory=replace(turn.memory, goal="contacts", clarified=0),
            )
        ]


def hand_over(turn: Turn, lead: str) -> list[Reply]:
    """The agency with phone and hours, and the body responsible at the place."""
    contacts = _unique([*people_for(turn, turn.memory, limit=1), *_own(turn)])
    hours = turn.services.instance.agency.opening_hours
    text = f"{lead}\n\n{contact_list(contacts, turn.services.today())}"
    if hours:
        text += f"\n\nErreichbar: {hours}"
    memory = replace(turn.memory, clarified=0, goal="contacts" if turn.memory.place else turn.memory.goal)
    return [
        Reply(
            "handoff",
            text,
            [
                Button("Rückruf vereinbaren", "/rueckruf_wuenschen"),
                Button("Förderung suchen", "/foerderung_allgemein"),
            ],
            contacts=contacts,
            sources=[s for c in contacts for s in sources_of(c, limit=1)],
            memory=memory,
        )
    ]


def _helpers(turn: Turn, only_named: bool) -> list[Contact]:
    """Those whose words are in the message; else all, unless money is the trouble and not a life."""
    kinds = (ContactKind.KRISENHILFE.value,)
    hits = find_contacts(turn.services.store, place=turn.memory.place, kinds=kinds, text=turn.text, limit=3)
    found = [hit.contact for hit in hits if hit.contact and (turn.memory.place or _is_everywhere(hit.contact))]
    named = [hit.contact for hit in hits if hit.contact in found and hit.by_words]
    return named if only_named else _unique([*[one for one in named if one], *found])


def _is_everywhere(contact: Contact) -> bool:
    return bool({NRW, GERMANY} & set(contact.area))


def _chamber(turn: Turn) -> list[Contact]:
    if not turn.memory.place:
        return []
    hits = find_contacts(
        turn.services.store, place=turn.memory.place, audience="unternehmen", kinds=_CHAMBERS, text=turn.text, limit=2
    )
    return [hit.contact for hit in hits if hit.contact]


def _own(turn: Turn) -> list[Contact]:
    own = turn.services.store.contact(turn.services.instance.contact_id)
    return [own] if own else []


def _unique(contacts: Sequence[Contact]) -> list[Contact]:
    return list({contact.id: contact for contact in contacts}.values())
