"""The programmes that fit what is known, at most three, with the person and at most one question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

from actions.answer import Button, Reply, ShownProgramme, sources_of
from actions.base import Turn
from actions.german import TOPICS, short_name
from actions.memory import Memory
from actions.people import people_for, person_nearby
from actions.questions import Question, asked, chances_for, next_question, topic_question, which_place
from actions.render_contact import contact_line
from actions.render_programme import begun, card
from knowledge_base.chances import Chances
from knowledge_base.eligibility import FITS_NOT, evaluate
from knowledge_base.likely import likely_first
from knowledge_base.next_question import LEADING
from knowledge_base.queries import MONEY, Hit, directory, find_programmes
from knowledge_base.schema.programme import Kind, Programme

SHOWN_AT_ONCE = 3
_LOOKED_AT = 16
"""So many hits are weighed by how likely they fit."""
_LENT = {"finanzierung_kredit", "buergschaft"}
"""Plans of those who ask for a loan."""
_GIVEN = (Kind.ZUSCHUSS, Kind.GUTSCHEIN, Kind.STIPENDIUM, Kind.STEUERVORTEIL)
"""Kinds of money that need not be paid back."""
PROMISING = 1.05
"""Score of the best hit from which a search without topic is worth showing. Measured on the held-out sentences: 95 %
of the foreign ones stay below, 85 % of the questions for funding reach it."""


def show(
    turn: Turn, memory: Memory, skip: Sequence[str] = (), intro: str | None = None, again: str | None = None
) -> Reply:
    """Search with ``memory`` and render the best hits.

    Args:
        turn: The message.
        memory: What is known.
        skip: Programmes shown before or declined.
        intro: First line; to somebody who says that it has begun, what that means.
        again: Fact of an interrupted question, which may be asked once more.
    """
    intro = intro or (begun([]) if has_begun(turn) else None)
    findings = search(turn, memory, skip)
    ambiguous = turn.message.first("place_ambiguous") if memory.place is None else None
    question = which_place(ambiguous, turn.services.store.catalogue().places) if ambiguous else None
    named = memory.topics or memory.purposes or "topic" in (*memory.posed, *memory.declined)
    if not named and (not findings.hits or findings.hits[0].score < PROMISING):
        return _ask_topic(turn, memory)
    if not findings.hits:
        return nothing_found(turn, memory, bool(skip))
    chances, first = chances_for(turn, memory), not memory.posed
    question = question or next_question(turn, memory, _to_tell_apart(findings, chances, first), again, chances)
    findings = narrowed(findings, chances, first and question is not None)
    memory = replace(
        asked(memory, question),
        goal="programmes",
        check="programmes" if question else None,
        clarified=0,
        shown=tuple(skip) + tuple(hit.programme.id for hit in findings.hits),
        programme=findings.hits[0].programme.id if len(findings.hits) == 1 else None,
    )
    return _rendered(turn, memory, findings, question, intro)


def has_begun(turn: Turn) -> bool:
    """Whether this message says that the plan has begun."""
    return turn.memory.facts.get("started") is True and turn.before.facts.get("started") is not True


def show_these(turn: Turn, memory: Memory, programmes: Sequence[Programme], intro: str) -> Reply | None:
    """Render programmes that a record names, without those that are over or do not fit; ``None`` if none is left."""
    services = turn.services
    profile, today = memory.profile(services.instance.region), services.today()
    judged = [(p, evaluate(p, profile, today, directory(services.store))) for p in programmes]
    hits = [Hit(p, 1.0, verdict, []) for p, verdict in judged if verdict.result != FITS_NOT][:SHOWN_AT_ONCE]
    if not hits:
        return None
    found = Found(hits, 0)
    question = next_question(turn, memory, found.leading)
    memory = replace(
        asked(memory, question),
        goal="programmes",
        check="programmes" if question else None,
        clarified=0,
        shown=tuple(hit.programme.id for hit in hits),
        programme=hits[0].programme.id if len(hits) == 1 else None,
    )
    return _rendered(turn, memory, found, question, intro)


def _ask_topic(turn: Turn, memory: Memory) -> Reply:
    """Nothing sensible can be shown yet: ask what it is about, and name the person at the place."""
    question = topic_question()
    people = people_for(turn, memory)[:1]
    parts = [f"Für Ihren Ort zuständig: {contact_line(people[0], turn.services.today())}"] if people else []
    return Reply(
        "question",
        "\n\n".join([*parts, question.text]),
        question.buttons,
        contacts=people,
        asks=question.fact,
        memory=replace(asked(memory, question), goal="programmes", clarified=0),
    )


@dataclass(frozen=True)
class Found:
    """Hits in order of their score, and what else would be worth showing."""

    hits: list[Hit]
    more: int

    @property
    def leading(self) -> list[tuple[Programme, float]]:
        """What the next question is to tell apart."""
        return [(hit.programme, hit.score) for hit in self.hits[:LEADING]]


def _to_tell_apart(found: Found, chances: Chances, first: bool) -> list[tuple[Programme, float]]:
    """What the next question is about: what is shown, then what may move up."""
    best = narrowed(found, chances, first).hits
    rest = [hit for hit in found.hits if hit not in best]
    return [(hit.programme, hit.score) for hit in (*best, *rest)][:LEADING]


def search(turn: Turn, memory: Memory, skip: Sequence[str] = ()) -> Found:
    """Ask the knowledge base; programmes in ``skip`` are left out."""
    wanted = _LOOKED_AT + len(skip)
    services = turn.services
    profile = memory.profile(services.instance.region)
    found = find_programmes(services.store, profile, memory.wish, services.today(), wanted, memory.want)
    return Found([hit for hit in found.hits if hit.programme.id not in skip], found.more)


def narrowed(found: Found, chances: Chances, first: bool) -> Found:
    """What is shown at once: the likely ones go first; in the ``first`` answer relevance counts more."""
    best = likely_first(found.hits, chances, first, SHOWN_AT_ONCE)
    return Found(best, found.more + len(found.hits) - len(best))


def nothing_found(turn: Turn, memory: Memory, seen_before: bool) -> Reply:
    """Nothing (more) fits: say so, show a person, offer the topics."""
    people = people_for(turn, memory)
    question = topic_question()
    text = (
        "Weitere passende Programme habe ich nicht."
        if seen_before
        else "Dazu habe ich gerade kein passendes Programm."
    )
    if people:
        text += f"\nHier kann Ihnen ein Mensch weiterhelfen: {contact_line(people[0], turn.services.today())}"
    memory = replace(asked(memory, question), goal="programmes")
    return Reply(
        "question", f"{text}\n\n{question.text}", question.buttons, contacts=people, asks=question.fact, memory=memory
    )


def _rendered(turn: Turn, memory: Memory, findings: Found, question: Question | None, intro: str | None) -> Reply:
    today = turn.services.today()
    cards, people = [], []
    for hit in findings.hits:
        own = people_for(turn, memory, hit.programme)
        people += [contact for contact in own[:1] if contact not in people]
        cards.append(card(hit.programme, hit.verdict, contact_line(own[0], today) if own else None, memory.plain))
    nearby = person_nearby(turn, memory, [hit.programme for hit in findings.hits])
    people += [contact for contact in nearby if contact not in people]
    parts = [intro or _intro(memory, findings.hits), *cards]
    parts += [f"Für Ihren Ort zuständig: {contact_line(contact, today)}" for contact in nearby]
    if findings.more:
        parts.append(f"Weitere Treffer: {findings.more}")
    if question:
        parts.append(question.text)
    return Reply(
        "programmes",
        "\n\n".join(parts),
        _buttons(findings.hits, question, findings.more),
        programmes=[shown(hit) for hit in findings.hits],
        contacts=people,
        asks=question.fact if question else None,
        sources=[s for hit in findings.hits for s in sources_of(hit.programme, limit=1)],
        more=findings.more,
        memory=memory,
    )


def shown(hit: Hit) -> ShownProgramme:
    """The hit as it stands in the contract."""
    return ShownProgramme(
        hit.programme, hit.verdict.result if hit.verdict else None, tuple(hit.verdict.missing) if hit.verdict else ()
    )


def _intro(memory: Memory, hits: Sequence[Hit]) -> str:
    count = len(hits)
    given = any(hit.programme.kind in _GIVEN for hit in hits)
    only_lent = all(hit.programme.kind is Kind.DARLEHEN for hit in hits) and not _LENT & {*memory.purposes}
    if not given and (memory.want == MONEY or only_lent):
        return "Einen passenden Zuschuss habe ich dafür nicht gefunden. Das gibt es:"
    topic = f" zum Thema {TOPICS[memory.topics[0]]}" if memory.topics and memory.topics[0] in TOPICS else ""
    return f"Das passt am besten{topic}:" if count > 1 else f"Das passt{topic}:"


def _buttons(hits: Sequence[Hit], question: Question | None, more: int) -> list[Button]:
    """The answers to the question, to the hits and to further ones, as far as there is room."""
    buttons = [
        Button(
            f"Mehr zu {short_name(hit.programme.name)}", f'/programm_ueberblick{{"programme": "{hit.programme.id}"}}'
        )
        for hit in hits
    ]
    if more:
        buttons.append(Button("Weitere Treffer zeigen", "/mehr_zeigen"))
    buttons.append(Button("Das nehme ich mit", "/zusammenfassung"))
    return [*(question.buttons if question else []), *buttons]
