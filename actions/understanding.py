"""From the entities of one message to the memory of the conversation. Pure; the only place that fills it."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from actions.follow_up import FACTS_ONLY, SAID, corrects
from actions.given_answers import (
    amount_asked_for,
    chosen,
    with_range,
    with_statement,
    with_value,
    yearly_pay,
    yes_or_no,
)
from actions.memory import Memory
from actions.message import Message
from knowledge_base.facts import BY_NAME, PERSONAL
from knowledge_base.queries import ADVICE, MONEY
from knowledge_base.text import fold
from knowledge_base.who_plans import who_plans

__all__ = ["FACTS_ONLY", "Message", "understand"]

_MONEY_KINDS = {"zuschuss", "gutschein", "stipendium", "darlehen"}
_ADVICE_KINDS = {"beratung", "coaching"}
_DECLINABLE = {"darlehen": "finanzierung_kredit", "buergschaft": "buergschaft"}
"""Kinds that may be declined, and the purpose that goes with them. „Keinen Kredit“ is a wish; „keinen Zuschuss
bekommen“ is a complaint."""
_MORE_THAN_YES_OR_NO = ("life_fact", "unwanted_kind", "number", "employees", "age")
"""„Nein, keinen Kredit“ and „nee, 14“ do not answer whether it has begun."""
_FIRM_SIZES = ("employees", "employees_range", "turnover_eur", "firm_age_years")
_FIRM, _FOUNDER = "unternehmen", "gruendende"
_PAYS = (_FIRM, "weiterbildungsanbieter")
"""Who speaks of gross pay as an employer."""
_MADE_BY_PLAN = (_FOUNDER, "auszubildende", "rueckkehrende")
"""Who founds is a founder, who looks for an apprenticeship an apprentice to be, who comes back a returner."""
_OF_PEOPLE = ("wiedereinstieg", "anerkennung")
"""Topics of citizens, not of firms."""
_NEARLY_ALL = 90
"""Of a hundred askers (``who_plans``)."""
_SURE_SUBJECT = 0.9
"""Confidence from which the subject of the intent leads although no word names it."""
_SELF = "self"
"""Whom it is about until somebody else is named."""


def understand(memory: Memory, message: Message) -> Memory:
    """Return the memory after ``message``: new topics replace old ones, everything else is added or corrected."""
    answered = _take_answer(memory, message)
    if answered is not None:
        return answered
    memory = _take_person(memory, message)
    memory = _take_topics(memory, message)
    memory = _take_place(memory, message)
    memory = _take_audience(memory, message)
    memory = _take_facts(memory, message)
    declined = [kind for kind in message.values("unwanted_kind") if kind in _DECLINABLE]
    purposes = tuple(one for one in memory.purposes if one not in [_DECLINABLE[kind] for kind in declined])
    memory = replace(memory, unwanted_kinds=_merged(memory.unwanted_kinds, declined), purposes=purposes)
    memory = _take_want(memory, message)
    programme = message.first("programme", sure=0.8)
    return replace(memory, programme=programme) if programme else memory


def _take_answer(memory: Memory, message: Message) -> Memory | None:
    """A message that says just what was asked for means nothing besides: „Studium“ names no plan, „45000“ no PLZ."""
    if not message.text or memory.asked is None:
        return None
    amount = amount_asked_for(memory.asked, message.text)
    choice = chosen(memory.asked, message.text)
    if amount is None and choice is None:
        return None
    if memory.asked == "audience":
        return replace(memory, audience=choice)
    facts = with_value(memory.facts, memory.asked, choice if amount is None else amount)
    return replace(memory, facts=facts, last_fact=memory.asked if amount is not None else memory.last_fact)


def _take_person(memory: Memory, message: Message) -> Memory:
    """Now it is about somebody else („jetzt für meinen Sohn“): what was known of the one before no longer counts."""
    person = message.first("person")
    if person is None or person == (memory.person or _SELF):
        return memory
    firm = memory.audience == _FIRM
    facts = {name: value for name, value in memory.facts.items() if not _is_personal(name, firm)}
    asked = [name for name in memory.posed if not _is_personal(name, firm)]
    known = [name for name in memory.declined if not _is_personal(name, firm)]
    return replace(memory, person=person, audience=None, facts=facts, posed=tuple(asked), declined=tuple(known))


def _is_personal(fact: str, firm: bool) -> bool:
    return fact.removesuffix("_range") in PERSONAL or (fact == "sector" and not firm) or fact == "audience"


def _take_want(memory: Memory, message: Message) -> Memory:
    """Money or advice: what the words ask for; a new question without either forgets the old wish."""
    kinds = set(message.values("programme_kind"))
    if kinds & _MONEY_KINDS:
        return replace(memory, want=MONEY)
    if kinds & _ADVICE_KINDS:
        return replace(memory, want=ADVICE)
    return replace(memory, want=None) if message.subject else memory


def _take_topics(memory: Memory, message: Message) -> Memory:
    named = _surest_first(message, "topic")
    topics = _with_subject(message, named)
    purposes = _without_plans_of_firms(message, _surest_first(message, "purpose", whole=True))
    new_question = message.subject is not None or message.intent == "foerderung_allgemein"
    if message.intent == FACTS_ONLY:
        beside = "life_fact" if memory.topics or memory.purposes else None
        topics, purposes = (message.values(entity, beside=beside) for entity in ("topic", "purpose"))
        return replace(memory, topics=_merged(memory.topics, topics), purposes=_merged(memory.purposes, purposes))
    before = memory.topics
    if topics:
        memory = replace(memory, topics=tuple(topics))
    if purposes:
        memory = replace(memory, purposes=tuple(purposes))
    elif topics and (new_question or not set(topics) & set(before)):
        memory = replace(memory, purposes=())
    return memory


def _without_plans_of_firms(message: Message, purposes: list[str]) -> list[str]:
    """Who wants to go back to work and knows no computers plans to buy none: a weak word is no plan of a firm."""
    if message.subject not in _OF_PEOPLE:
        return purposes
    said = message.values("purpose", sure=SAID, whole=True)
    return [plan for plan in purposes if plan in said or not _only_firms(plan)]


def _only_firms(plan: str) -> bool:
    planning = who_plans([plan]) or {}
    return planning.get(_FIRM, 0) >= _NEARLY_ALL


def _with_subject(message: Message, named: list[str]) -> list[str]:
    """The subject of the intent leads, unless no word speaks of it and another topic is said outright."""
    if message.subject is None:
        return named
    others = [topic for topic in named if topic != message.subject]
    said = message.values("topic", sure=SAID)
    guessed = bool(said) and message.subject not in named and message.confidence < _SURE_SUBJECT
    return [*others, message.subject] if guessed else [message.subject, *others]


def _take_place(memory: Memory, message: Message) -> Memory:
    place = message.first("place")
    outside = message.first("place_outside")
    if place:
        memory = replace(memory, place=place)
    elif outside:
        memory = replace(memory, place=f"outside:{outside}")
    if outside and place and _lives_there(message, outside):
        memory = memory.with_fact("residence_nrw", False)
    return memory


def _lives_there(message: Message, outside: str) -> bool:
    """Whether the words before the place outside NRW say that the person lives there."""
    for each in message.entities:
        if each.get("entity") == "place_outside" and each["value"] == outside:
            before = fold(message.text[max(0, each["start"] - 20) : each["start"]])
            return any(word in before for word in ("wohn", "leb", "gemeldet", "zuhause"))
    return False


def _take_audience(memory: Memory, message: Message) -> Memory:
    """Who was named outright. What only a weak word says does not correct what is known."""
    sized = any(message.values(name) for name in _FIRM_SIZES)
    named = _groups_named(memory, message)
    if sized and (_FIRM in named or (not named and memory.audience is None)):
        return replace(memory, audience=_FIRM)
    if not named or (memory.audience and not message.values("audience", sure=SAID)):
        return memory
    if memory.audience == _FOUNDER and not message.values("audience", sure=SAID, beside="life_fact"):
        return memory  # „ich bin arbeitslos“ says from where somebody founds
    return replace(memory, audience=named[0])


def _groups_named(memory: Memory, message: Message) -> list[str]:
    """The surest first. What only follows from the plan is no fact about who asks, unless the plan makes one that.

    A weak word that goes ill with the plan is none either: „Ich bekomme Bürgergeld“, but wants to do research.
    """
    planning = who_plans(memory.purposes)
    said = message.values("audience", sure=SAID)
    apart = message.values("audience", beside="purpose")
    weak = [group for group in message.values("audience") if group in apart or group in _MADE_BY_PLAN]
    return said + [group for group in weak if group not in said and (planning is None or group in planning)]


def _take_facts(memory: Memory, message: Message) -> Memory:
    facts = dict(memory.facts)
    for each in reversed(message.entities):
        name, value = each.get("entity"), each.get("value")
        if name in BY_NAME and name not in ("audience", "purpose"):
            facts = with_value(facts, name, value)  # of several numbers for one fact the first counts
    for pair in message.values("life_fact"):
        facts = with_statement(facts, str(pair))
    yes = yes_or_no(memory.asked, message.text, message.intent)
    if yes is not None and memory.asked and not any(message.values(name) for name in _MORE_THAN_YES_OR_NO):
        facts = with_value(facts, memory.asked, yes)
    sector = message.first("sector")
    if sector:
        facts["sector"] = sector
    pay = yearly_pay(message.text) if memory.audience not in _PAYS else None
    if pay is not None and facts.get("taxable_income_eur") is None:
        facts = with_range(facts, "taxable_income_eur", 0, pay)
    span = message.first("employees_range")
    if span:
        facts.pop("employees", None)
        memory = replace(memory, employees_range=(int(span[0]), int(span[1])))
    elif message.first("employees") is not None:
        memory = replace(memory, employees_range=None)
    memory = replace(memory, facts=facts) if facts != memory.facts else memory
    return _take_bare_number(memory, message)


def _take_bare_number(memory: Memory, message: Message) -> Memory:
    """A number without a unit answers the fact asked for, or corrects the number given last."""
    numeric = [
        e["entity"]
        for e in message.entities
        if e.get("entity") in BY_NAME and BY_NAME[e["entity"]].type in ("int", "float")
    ]
    if numeric:
        return replace(memory, last_fact=numeric[0])
    number = message.first("number")
    asked = memory.asked if memory.asked in BY_NAME and BY_NAME[memory.asked].type in ("int", "float") else None
    name = memory.last_fact if memory.last_fact and corrects(message.text) else asked or memory.last_fact
    if number is None or name is None:
        return memory
    value = int(number) if BY_NAME[name].type == "int" else float(number)
    if name == "employees":
        memory = replace(memory, employees_range=None)
    return replace(memory, facts=with_value(memory.facts, name, value), last_fact=name)


def _surest_first(message: Message, entity: str, whole: bool = False) -> list[str]:
    """What was said outright before what only follows from another word."""
    said = message.values(entity, sure=SAID, whole=whole)
    return said + [value for value in message.values(entity, whole=whole) if value not in said]


def _merged(known: tuple[str, ...], new: Sequence[str]) -> tuple[str, ...]:
    return known + tuple(value for value in new if value not in known)
