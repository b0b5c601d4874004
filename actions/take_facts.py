"""Take what the user says about the case and answer the question before anew; „ja“, „nein“, „weiß ich nicht“ too."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.check_eligibility import judge
from actions.explain_programme import explain, named_programme, verdict_for
from actions.find_contacts import contacts_reply, look_up, named_contacts
from actions.follow_up import FACTS_ONLY, SAID
from actions.memory import Memory
from actions.people import people_for
from actions.programme_hits import PROMISING, has_begun, search, show
from actions.questions import asked, topic_question, which_place
from actions.render_contact import contact_list
from actions.render_programme import begun
from knowledge_base.eligibility import FITS_NOT
from knowledge_base.schema.programme import Programme


class TakeFacts(NavigatorAction):
    """„Wir sind 12 Leute in Lüdenscheid.“"""

    action_name: ClassVar[str] = "action_take_facts"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """A name is explained; otherwise the last question is answered again with the new facts."""
        programme = named_programme(turn)
        if programme is not None:
            return judge(turn, programme) if has_begun(turn) else explain(turn, programme, None)
        kinds = tuple(turn.message.values("contact_kind", sure=SAID))
        if kinds:
            return [look_up(turn, replace(turn.memory, contact_kinds=kinds))]
        if named_contacts(turn):
            return [contacts_reply(turn, turn.memory, named_contacts(turn))]
        return answer_again(turn, turn.memory)


class TakeUnknown(NavigatorAction):
    """„Weiß ich nicht“ answers the question asked; it is not asked again."""

    action_name: ClassVar[str] = "action_take_unknown"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Mark the fact as unknown and go on with what is known."""
        memory = turn.memory
        if memory.asked:
            memory = replace(memory, declined=(*memory.declined, memory.asked))
        return answer_again(turn, memory)


class TakeYesNo(NavigatorAction):
    """„Ja“ and „nein“ answer the question asked; without one they lead on."""

    action_name: ClassVar[str] = "action_take_yes_no"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Go on with what is known; a „nein“ to a question that has other answers counts as not known."""
        memory = turn.memory
        answered = memory.asked in memory.facts
        if turn.message.intent == "ablehnung" and memory.asked and not answered:
            memory = replace(memory, declined=(*memory.declined, memory.asked))
        return answer_again(turn, memory)


def answer_again(turn: Turn, memory: Memory) -> Sequence[Reply]:
    """Answer the last question with ``memory``; without one, ask what it is about and show the person there."""
    new_subject = turn.message.intent != FACTS_ONLY and (
        turn.message.values("topic", sure=0.9) or turn.message.values("purpose", sure=0.9)
    )
    if memory.goal == "contacts" and not new_subject and not has_begun(turn):
        return [look_up(turn, memory)]
    programme = turn.services.store.programme(memory.programme) if memory.programme else None
    if memory.goal == "programme" and programme is not None and not new_subject:
        return judge(turn, programme)
    if memory.topics or memory.purposes or memory.wish:
        wish = f"{memory.wish} {turn.text}" if new_subject or not memory.wish else memory.wish
        intro = begun(_lost(turn, memory)) if has_begun(turn) else None
        return [show(turn, replace(memory, wish=wish, shown=()), intro=intro)]
    story = replace(memory, wish=turn.text, shown=())
    findings = search(turn, story) if turn.text else None
    if findings and findings.hits and findings.hits[0].score >= PROMISING:
        return [show(turn, story)]
    return [_what_is_it_about(turn, memory)]


def _lost(turn: Turn, memory: Memory) -> list[Programme]:
    """Programmes shown before that are out of the question now."""
    shown = [programme for programme in map(turn.services.store.programme, memory.shown) if programme]
    return [programme for programme in shown if verdict_for(turn, memory, programme).result == FITS_NOT]


def _what_is_it_about(turn: Turn, memory: Memory) -> Reply:
    ambiguous = turn.message.first("place_ambiguous") if turn.message.first("place") is None else None
    if ambiguous:
        question = which_place(ambiguous, turn.services.store.catalogue().places)
        return Reply("clarify", question.text, question.buttons, asks="place", memory=asked(memory, question))
    people = people_for(turn, memory)
    question = topic_question()
    parts = ["Gut, das habe ich mir gemerkt."] if memory != turn.before else []
    if people:
        parts.append("Für Ihren Ort zuständig:\n\n" + contact_list(people[:1], turn.services.today()))
    return Reply(
        "question",
        "\n\n".join([*parts, question.text]),
        question.buttons,
        contacts=people[:1],
        asks=question.fact,
        memory=replace(asked(memory, question), clarified=0),
    )
