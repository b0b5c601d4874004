"""From the entities of one message to the memory of the conversation. Pure; the only place that fills it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Mapping, Sequence

from actions.given_answers import with_statement, with_value, yes_or_no
from actions.memory import Memory
from knowledge_base.facts import BY_NAME
from knowledge_base.queries import ADVICE, MONEY
from knowledge_base.text import fold

FACTS_ONLY = "angaben_machen"
"""Intent of a message that states facts and asks nothing."""
_SUBJECTS = ("topic", "purpose", "programme", "confusable", "contact", "contact_kind", "term", "aspect")
_FACT_ENTITIES = (
    "place",
    "place_outside",
    "place_ambiguous",
    "audience",
    "life_fact",
    "sector",
    "employees_range",
    "number",
)
_GUESSED = ("foerder", "programm", "angaben", "ausser", "nachbar", "alternativen", "beschwerde")
"""Beginnings of intents that a fragment is easily mistaken for; a wish for a person or a „danke“ is none of them."""
_FALLBACK = "nlu_fallback"
_SAID = 0.9
"""Confidence of what was said outright; what only follows from another word has less."""
_SUPPOSED = re.compile(r"(und|aber|oder|also)?\s*(auch |was )?(wenn|falls|angenommen)\b")
"""„Und wenn ich arbeitslos bin?“ asks for the same thing under another condition."""
_UNSURE, _SHORT = 0.75, 10
"""A short message of which the classifier is not sure."""
_FRAGMENT = 4
"""Of so few words the classifier cannot be sure, whatever it says."""
_NOT_FOR_ME = ("nicht fuer mich", "nich fuer mich", "net fuer mich")
_MONEY_KINDS = {"zuschuss", "gutschein", "stipendium", "darlehen"}
_ADVICE_KINDS = {"beratung", "coaching"}
_DECLINABLE = ("darlehen", "buergschaft")
"""„Keinen Kredit“ is a wish; „keinen Zuschuss bekommen“ is a complaint."""
_FIRM_SIZES = ("employees", "employees_range", "turnover_eur", "firm_age_years")
_PERSON_FACTS = ("age", "months_unemployed", "years_on_benefit", "taxable_income_eur")


@dataclass(frozen=True)
class Message:
    """One message of the user as Rasa parsed it."""

    text: str
    intent: str | None
    entities: Sequence[Mapping[str, Any]]
    subject: str | None = None
    """Topic that the intent implies (``registry.yml: subject``)."""
    confidence: float = 1.0
    """How sure the classifier is of the intent."""
    ranking: Sequence[Mapping[str, Any]] = ()
    """The best intents with their confidence."""

    def values(self, entity: str, sure: float = 0.0) -> list[Any]:
        """Values of all entities of one kind, in order, without repetition."""
        found: list[Any] = []
        for each in self.entities:
            fits = each.get("entity") == entity and each.get("confidence_entity", 1.0) >= sure
            if fits and each["value"] not in found:
                found.append(each["value"])
        return found

    def first(self, entity: str, sure: float = 0.0) -> Any:
        """First value of one kind of entity, or ``None``."""
        return next(iter(self.values(entity, sure)), None)


def only_adds_facts(memory: Memory, message: Message) -> bool:
    """Whether a short message in a running conversation only adds or corrects facts („und in Hagen?“).

    The classifier sees one message alone and guesses a subject for such a fragment; then the question before counts.
    """
    running = memory.goal is not None or memory.asked is not None
    if message.text and _answers(memory.asked, message):
        return True
    words = len(message.text.split())
    if memory.goal == "contacts" and words <= _FRAGMENT and message.values("contact_kind", sure=_SAID):
        return True  # „und die IHK?“
    subject = any(message.values(entity, sure=_SAID) for entity in _SUBJECTS)
    facts = any(e.get("entity") in _FACT_ENTITIES or e.get("entity") in BY_NAME for e in message.entities)
    guesses = _guesses(message)
    foreign = guesses[:1] in (["ausser_themen"], ["nachbarthema"])
    unsure = words <= _FRAGMENT or (words <= _SHORT and (foreign or message.confidence < _UNSURE))
    supposed = bool(_SUPPOSED.match(fold(message.text))) and words <= _SHORT
    fragment = running and facts and (supposed or (unsure and not subject))
    return fragment and all(guess.startswith(_GUESSED) for guess in guesses)


def _answers(asked: str | None, message: Message) -> bool:
    """Whether a short message says just what was asked for („Hagen“, „12“, „nein“)."""
    if asked is None or len(message.text.split()) > _FRAGMENT:
        return False
    named = {each.get("entity") for each in message.entities}
    stated = {str(pair).partition("=")[0] for pair in message.values("life_fact")}
    number = "number" in named and asked in BY_NAME and BY_NAME[asked].type in ("int", "float")
    return asked in named | stated or number or yes_or_no(asked, message.text, None) is not None


def _guesses(message: Message) -> list[str]:
    """The best readings of the classifier: one, or behind the fallback the next two."""
    names = [str(entry.get("name")) for entry in message.ranking]
    return [name for name in names if name != _FALLBACK][: 2 if names[:1] == [_FALLBACK] else 1]


def understand(memory: Memory, message: Message) -> Memory:
    """Return the memory after ``message``: new topics replace old ones, everything else is added or corrected."""
    memory = _take_topics(memory, message)
    memory = _take_place(memory, message)
    memory = _take_audience(memory, message)
    memory = _take_facts(memory, message)
    declined = [kind for kind in message.values("unwanted_kind") if kind in _DECLINABLE]
    memory = replace(memory, unwanted_kinds=_merged(memory.unwanted_kinds, declined))
    memory = _take_want(memory, message)
    programme = message.first("programme", sure=0.8)
    return replace(memory, programme=programme) if programme else memory


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
    topics = ([message.subject] if message.subject else []) + [t for t in named if t != message.subject]
    purposes = _surest_first(message, "purpose")
    new_question = message.subject is not None or message.intent == "foerderung_allgemein"
    if message.intent == FACTS_ONLY:
        return replace(memory, topics=_merged(memory.topics, topics), purposes=_merged(memory.purposes, purposes))
    if topics:
        memory = replace(memory, topics=tuple(topics))
    if purposes:
        memory = replace(memory, purposes=tuple(purposes))
    elif new_question and topics:
        memory = replace(memory, purposes=())
    return memory


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
    found = _surest_first(message, "audience")
    if not found and any(message.values(name) for name in _FIRM_SIZES) and memory.audience is None:
        found = ["unternehmen"]
    if "unternehmen" in found and any(message.values(name) for name in _FIRM_SIZES):
        found = ["unternehmen"]
    if not found and any(message.values(name) for name in _PERSON_FACTS) and memory.audience == "unternehmen":
        return memory
    folded = fold(message.text)
    if any(phrase in folded for phrase in _NOT_FOR_ME) and len(found) > 1:
        found = found[1:]
    return replace(memory, audience=found[0]) if found else memory


def _take_facts(memory: Memory, message: Message) -> Memory:
    facts = dict(memory.facts)
    for each in reversed(message.entities):
        name, value = each.get("entity"), each.get("value")
        if name in BY_NAME and name != "audience":
            facts = with_value(facts, name, value)  # of several numbers for one fact the first counts
    for pair in message.values("life_fact"):
        facts = with_statement(facts, str(pair))
    yes = yes_or_no(memory.asked, message.text, message.intent)
    if yes is not None and memory.asked and not message.values("life_fact"):
        facts = with_value(facts, memory.asked, yes)
    sector = message.first("sector")
    if sector:
        facts["sector"] = sector
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
    name = asked or memory.last_fact
    if number is None or name is None:
        return memory
    value = int(number) if BY_NAME[name].type == "int" else float(number)
    if name == "employees":
        memory = replace(memory, employees_range=None)
    return replace(memory, facts=with_value(memory.facts, name, value), last_fact=name)


def _surest_first(message: Message, entity: str) -> list[str]:
    """What was said outright before what only follows from another word."""
    said = message.values(entity, sure=_SAID)
    return said + [value for value in message.values(entity) if value not in said]


def _merged(known: tuple[str, ...], new: Sequence[str]) -> tuple[str, ...]:
    return known + tuple(value for value in new if value not in known)
