"""What a message means behind what was said before. The classifier sees one message alone and misreads short ones."""

from __future__ import annotations

import re

from actions.given_answers import amount_asked_for, chosen, yearly_pay, yes_or_no
from actions.memory import Memory
from actions.message import Message
from knowledge_base.facts import BY_NAME
from knowledge_base.recognise.language import foreign_language
from knowledge_base.text import fold

FACTS_ONLY = "angaben_machen"
"""Intent of a message that states facts and asks nothing."""
SAID = 0.9
"""Confidence of what was said outright; what only follows from another word has less."""
_SUBJECTS = ("topic", "purpose", "programme", "confusable", "contact", "contact_kind", "term", "aspect")
_FACT_ENTITIES = (
    "place",
    "place_outside",
    "place_ambiguous",
    "audience",
    "person",
    "life_fact",
    "sector",
    "employees_range",
    "number",
)
_GUESSED = ("foerder", "programm", "angaben", "ausser", "nachbar", "alternativen", "beschwerde")
"""Beginnings of intents that a fragment is easily mistaken for; a wish for a person or a „danke“ is none of them."""
_FALLBACK, _FOREIGN = "nlu_fallback", "fremdsprache"
_GOES_ON = re.compile(r"(und|oder|aber|auch|also)\b")
"""„Und ava?“ is German, whatever „ava“ may be."""
_SUPPOSED = re.compile(r"(und|aber|oder|also)?\s*(auch |was )?(wenn|falls|angenommen)\b")
"""„Und wenn ich arbeitslos bin?“ asks for the same thing under another condition."""
_CONTINUES = re.compile(r"(und|oder|bei|beim)\b")
"""„Und beim INQA-Coaching?“ asks the same about another programme."""
_CORRECTS = re.compile(r"(nee|ne|nein|doch|eher|sorry|verzeihung|entschuldigung|quatsch|moment|ich mein)\b")
_UNSURE, _SHORT = 0.75, 10
"""A short message of which the classifier is not sure."""
_FRAGMENT = 4
"""Of so few words the classifier cannot be sure, whatever it says."""
_BEGUN = "started=true"
_TOGETHER = "kombination"
_OVERVIEW = "ueberblick"


def reread(memory: Memory, message: Message) -> str | None:
    """The intent that a message has in this conversation; ``None`` where the reading of the classifier counts."""
    if not message.text:
        return None
    about = _about_a_name(memory, message)
    if about:
        return about
    if only_adds_facts(memory, message):
        return FACTS_ONLY
    if message.intent == _FOREIGN and _GOES_ON.match(fold(message.text)) and foreign_language(message.text) is None:
        return _FALLBACK
    return f"programm_{_TOGETHER}" if _asks_what_goes_with_it(memory, message) else None


def only_adds_facts(memory: Memory, message: Message) -> bool:
    """Whether a short message in a running conversation only adds or corrects facts („und in Hagen?“).

    The classifier guesses a subject for such a fragment; then the question before counts.
    """
    running = memory.goal is not None or memory.asked is not None
    words = len(message.text.split())
    if message.text and _answers(memory.asked, message):
        return True
    if memory.goal == "contacts" and words <= _FRAGMENT and message.values("contact_kind", sure=SAID):
        return True  # „und die IHK?“
    guesses = _guesses(message)
    if any(not guess.startswith(_GUESSED) for guess in guesses):
        return False
    if running and words <= _SHORT and _BEGUN in message.values("life_fact"):
        return True  # „den habe ich schon bestellt“
    subjects = {entity for entity in _SUBJECTS if message.values(entity, sure=SAID, beside="life_fact")}
    if any(e.get("entity") in BY_NAME and BY_NAME[e["entity"]].type in ("int", "float") for e in message.entities):
        subjects -= {"aspect"}  # „2.000 Euro kostet der“
    facts = any(e.get("entity") in _FACT_ENTITIES or e.get("entity") in BY_NAME for e in message.entities)
    foreign = guesses[:1] in (["ausser_themen"], ["nachbarthema"])
    unsure = words <= _FRAGMENT or (words <= _SHORT and (foreign or message.confidence < _UNSURE))
    supposed = bool(_SUPPOSED.match(fold(message.text))) and words <= _SHORT
    return running and facts and (supposed or (unsure and not subjects))


def _answers(asked: str | None, message: Message) -> bool:
    """Whether a short message says just what was asked for („Hagen“, „12“, „nein“)."""
    words = len(message.text.split())
    stated = {str(pair).partition("=")[0] for pair in message.values("life_fact")}
    if asked is None or words > _FRAGMENT:
        return False
    named = {each.get("entity") for each in message.entities}
    number = "number" in named and asked in BY_NAME and BY_NAME[asked].type in ("int", "float")
    if chosen(asked, message.text) is not None or amount_asked_for(asked, message.text) is not None:
        return True
    pay = asked == "taxable_income_eur" and yearly_pay(message.text) is not None
    return asked in named | stated or number or pay or yes_or_no(asked, message.text, None) is not None


def _guesses(message: Message) -> list[str]:
    """The best readings of the classifier: one, or behind the fallback the next two."""
    names = [str(entry.get("name")) for entry in message.ranking]
    return [name for name in names if name != _FALLBACK][: 2 if names[:1] == [_FALLBACK] else 1]


def _asks_what_goes_with_it(memory: Memory, message: Message) -> bool:
    """„Was gibt es da noch obendrauf?“ behind a programme asks what may be combined with it."""
    subjects = {entity for entity in _SUBJECTS if message.values(entity, sure=SAID)}
    focus = memory.goal == "programme" and memory.programme is not None
    return (
        focus
        and subjects == {"aspect"}
        and _TOGETHER in message.values("aspect", sure=SAID)
        and len(message.text.split()) <= _SHORT
    )


def _about_a_name(memory: Memory, message: Message) -> str | None:
    """„Und BAB?“, „zurück zum Bildungsscheck“: little but a name. An open or repeated question is asked about it."""
    named = message.values("programme", sure=SAID)
    running = memory.goal is not None or memory.asked is not None
    if not running or not named or len(message.text.split()) > _FRAGMENT:
        return None
    if any(value != _OVERVIEW for value in message.values("aspect", sure=SAID)):
        return None
    if memory.asked == "programme" and memory.aspect:
        return f"programm_{memory.aspect}"
    continues = bool(_CONTINUES.match(fold(message.text)))
    if len(named) > 1 or (message.confidence >= _UNSURE and not continues):
        return None
    same = memory.goal == "programme" and memory.aspect and continues
    return f"programm_{memory.aspect if same else _OVERVIEW}"


def only_guesses_subject(memory: Memory, message: Message) -> bool:
    """Whether the topic of the intent is no more than a guess at a short follow-up („zahlt da jemand was?“)."""
    words = len(message.text.split())
    unsure = words <= _FRAGMENT or (words <= _SHORT and message.confidence < _UNSURE)
    return bool(message.text) and bool(memory.topics) and unsure and not message.values("topic", sure=SAID)


def corrects(text: str) -> bool:
    """Whether a message takes back what was said before: „nee, 14“, „doch eher 30“."""
    return bool(_CORRECTS.match(fold(text)))
