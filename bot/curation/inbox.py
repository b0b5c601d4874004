"""The inbox of unclear turns: what lies there, what belongs together, and what staff make of it. Without HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.curation.corpus import BACKGROUND, Corpora, Corpus, Near, Place, key_of
from bot.curation.edits import AddItem, AddLine, Edit
from bot.curation.proposals import Person, Proposals, require
from bot.curation.similar import Groups
from bot.errors import NavigatorError
from bot.records.editorial_tasks import TaskKind, TaskStore
from bot.records.masking import MASK
from bot.records.proposals import Proposal
from bot.records.rights import Right
from bot.records.unclear_turns import FALLBACK, Decision, OpenText, UnclearTurn, UnclearTurnStore, Why

KIND = "posteingang"
_SUGGESTED = 5
_LONGEST = 500


@dataclass(frozen=True)
class Group:
    """Turns that look alike."""

    first: OpenText
    others: Sequence[OpenText]

    @property
    def size(self) -> int:
        """How many turns it has."""
        return 1 + len(self.others)


@dataclass(frozen=True)
class Suggestion:
    """An intent that may be meant."""

    intent: str
    title: str
    confidence: float | None
    """How sure the bot was; ``None`` if only a similar sentence speaks for it."""


@dataclass(frozen=True)
class Seen:
    """One turn with everything that helps to decide."""

    turn: UnclearTurn
    understood: str
    """Title of the intent that the bot took it for; empty if none."""
    suggestions: Sequence[Suggestion]
    near: Sequence[Near]
    stands: Place | None
    """Where the same sentence stands already."""
    stands_title: str


class Inbox:
    """Shows turns and carries out decisions. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine, proposals: Proposals, root: Path) -> None:
        self.store = UnclearTurnStore(engine)
        self.tasks = TaskStore(engine)
        self.corpora = Corpora(root)
        self._proposals = proposals
        self._groups = Groups()

    def groups(self, why: Why | None = None) -> list[Group]:
        """Return what lies open, the largest groups first."""
        turns, leader = self._grouped()
        members: dict[int, list[OpenText]] = {}
        for turn in turns:
            if why is None or turn.why is why:
                members.setdefault(leader[turn.id], []).append(turn)
        groups = [Group(first, others) for first, *others in members.values()]
        return sorted(groups, key=lambda group: (-group.size, group.first.id))

    def look(self, number: int) -> Seen | None:
        """Return a turn with what the bot understood and what is near; ``None`` if it was erased meanwhile."""
        corpus, turn = self.corpora.now(), self.store.get(number)
        if turn is None:
            return None
        near, stands = corpus.nearest(turn.text), corpus.place(turn.text)
        understood = "" if turn.intent == FALLBACK else corpus.title(turn.intent)
        return Seen(turn, understood, _suggestions(corpus, turn, near), near, stands,
                    corpus.title(stands.intent) if stands else "")

    def add(
        self, number: int, by: Person, intent: str, sentence: str = "", others: Sequence[int] = (),
        only: Decision | None = None,
    ) -> str:
        """Plan to add a sentence, and those that are like it, to an intent; every second one only measures.

        Args:
            number: The turn.
            by: Who decides.
            intent: Name or title of the intent, or a few letters of it.
            sentence: The sentence as it is to be added; by default as it was written.
            others: Further turns that are meant the same.
            only: ``TRAINING`` or ``HELD_OUT`` to choose oneself.

        Returns:
            A sentence that says what was planned.

        Raises:
            NavigatorError: If a sentence stands somewhere already, or still holds something personal.
        """
        require(by, Right.EDIT)
        corpus = self.corpora.now()
        name = corpus.intent(intent)
        planned = self._sentences(corpus, number, sentence, others)
        added, decisions = self.store.added(name), {}
        for turn, text in planned.items():
            decision = only or (Decision.HELD_OUT if added % 2 else Decision.TRAINING)
            added += text is not None
            decisions[turn] = {"chosen_intent": name, "sentence": text, "decision": decision.value}
        self.store.decide(decisions, Decision.TRAINING, by.name)
        where = "zum Messen" if decisions[number]["decision"] == Decision.HELD_OUT.value else "zum Trainieren"
        return f"Vorgemerkt für „{corpus.title(name)}“, {where}{_and_others(planned)}."

    def off_topic(self, number: int, by: Person, sentence: str = "", others: Sequence[int] = ()) -> str:
        """Plan to note a sentence as one that the bot must refuse."""
        require(by, Right.EDIT)
        planned = self._sentences(self.corpora.now(), number, sentence, others)
        self.store.decide({turn: {"sentence": text} for turn, text in planned.items()}, Decision.OFF_TOPIC, by.name)
        return f"Vorgemerkt als Satz, den der Bot nicht beantworten soll{_and_others(planned)}."

    def make_task(self, number: int, by: Person, kind: TaskKind, note: str = "", others: Sequence[int] = ()) -> str:
        """Make a task of a turn: somebody has to write an entry of the catalogue, or a new intent."""
        require(by, Right.EDIT)
        turns = self._open([number, *others])
        task = self.tasks.add(kind, turns[0].text, " ".join(note.split())[:_LONGEST], by.title)
        try:
            self.store.decide({turn.id: {"task": task} for turn in turns}, Decision.TASK, by.name)
        except NavigatorError:
            self.tasks.remove(task)
            raise
        return f"{task} steht bei den Aufgaben."

    def discard(self, number: int, by: Person, others: Sequence[int] = ()) -> str:
        """Decide that nothing is to be done."""
        require(by, Right.EDIT)
        turns = self._open([number, *others])
        self.store.decide({turn.id: {} for turn in turns}, Decision.DISCARDED, by.name)
        return f"Verworfen{_and_others(dict.fromkeys(turn.id for turn in turns))}."

    def undo(self, by: Person) -> UnclearTurn:
        """Take back one's own last decision; return the turn that is open again.

        Raises:
            NavigatorError: If there is none that can be taken back.
        """
        turns = self.store.undo(by.name)
        if not turns:
            raise NavigatorError("Es gibt nichts zurückzunehmen – was schon vorgeschlagen ist, nehmen Sie bei der "
                                 "Freigabe zurück.")
        for task in {turn.task for turn in turns if turn.task}:
            self.tasks.remove(task)
        return turns[0]

    def propose(self, by: Person) -> Proposal:
        """Make one proposal of everything that somebody has planned, and submit it."""
        require(by, Right.EDIT)
        planned, corpus = self.store.planned(by.name), self.corpora.now()
        if not planned:
            raise NavigatorError("Sie haben noch nichts vorgemerkt – ordnen Sie zuerst Sätze zu.")
        edits = [_edit(corpus, turn) for turn in planned]
        number = len(planned)
        made = self._proposals.draft(
            by, f"{number} {'Satz' if number == 1 else 'Sätze'} aus dem Posteingang", KIND, _reason(planned), edits)
        self.store.propose([turn.id for turn in planned], made.number)
        return self._proposals.submit(made.number, by)

    def warm(self) -> None:
        """Read the sentences and form the groups before the first person asks."""
        self.corpora.now()
        self._grouped()

    def _grouped(self) -> tuple[list[OpenText], Mapping[int, int]]:
        turns = self.store.open_texts()
        return turns, self._groups.of({turn.id: turn.text for turn in turns})

    def _open(self, numbers: Sequence[int]) -> list[OpenText]:
        """Return turns, the one that was decided about first, and all others with the very same words."""
        wanted = set(numbers)
        turns, leader = self._grouped()
        chosen = sorted((turn for turn in turns if turn.id in wanted), key=lambda turn: turn.id != numbers[0])
        if numbers[0] not in {turn.id for turn in chosen}:
            raise NavigatorError("Darüber wurde schon entschieden, oder das Gespräch ist gelöscht – nehmen Sie den "
                                 "nächsten.")
        keys, groups = {key_of(turn.text) for turn in chosen}, {leader[turn.id] for turn in chosen}
        return chosen + [turn for turn in turns if turn.id not in wanted and leader[turn.id] in groups
                         and key_of(turn.text) in keys]

    def _sentences(
        self, corpus: Corpus, number: int, sentence: str, others: Sequence[int]
    ) -> dict[int, str | None]:
        """Return the sentence for each turn, ``None`` for one that says the same as an earlier one."""
        seen: set[str] = set()
        result: dict[int, str | None] = {}
        for turn in self._open([number, *others]):
            result[turn.id] = None
            if key_of(turn.text) not in seen:
                text = _plain(sentence if turn.id == number and sentence.strip() else turn.text)
                result[turn.id] = _checked(corpus, text)
                seen |= {key_of(turn.text), key_of(text)}
        return result


def _plain(text: str) -> str:
    """Return a text on one line and without brackets, by which Rasa marks what is named."""
    return " ".join(re.sub(r"[\[\]{}]", " ", text).split())


def _checked(corpus: Corpus, text: str) -> str:
    """Return a sentence that may be added.

    Raises:
        NavigatorError: If not.
    """
    stands = corpus.place(text)
    if not key_of(text) or len(text) > _LONGEST:
        raise NavigatorError(f"Der Satz ist leer oder länger als {_LONGEST} Zeichen – kürzen Sie ihn.")
    if MASK in text:
        raise NavigatorError(f"In „{text}“ wurde etwas Persönliches gestrichen – ersetzen Sie {MASK} durch etwas "
                             "Allgemeines oder lassen Sie es weg.")
    if stands:
        kind = "misst schon" if stands.measures else "steht schon"
        raise NavigatorError(f"„{text}“ {kind} bei „{corpus.title(stands.intent)}“ – verwerfen Sie ihn hier, oder "
                             "ändern Sie ihn dort.")
    if corpus.only_measures(text):
        raise NavigatorError(f"„{text}“ dient nur der Messung von außen – verwerfen Sie ihn hier.")
    return text


def _suggestions(corpus: Corpus, turn: UnclearTurn, near: Sequence[Near]) -> list[Suggestion]:
    """What the bot held likely and what the nearest sentences say, alternately."""
    likely = {str(name): float(confidence) for name, confidence in turn.alternatives if name in corpus.titles}
    similar = [each.intent for each in near]
    names = [name for pair in zip(likely, similar, strict=False) for name in pair] + [*likely, *similar]
    return [Suggestion(name, corpus.title(name), likely.get(name)) for name in dict.fromkeys(names)][:_SUGGESTED]


def _edit(corpus: Corpus, turn: UnclearTurn) -> Edit:
    assert turn.sentence is not None
    if turn.decision is Decision.OFF_TOPIC:
        return AddItem(path=BACKGROUND, at=("sentences",), value=turn.sentence)
    intent = turn.chosen_intent or ""
    if intent not in corpus.titles:
        raise NavigatorError(f"Die Absicht „{intent}“ gibt es nicht mehr – nehmen Sie die Zuordnung zurück.")
    if turn.decision is Decision.HELD_OUT:
        return AddItem(path=corpus.file(intent, measures=True), at=("sentences",), value=turn.sentence)
    return AddLine(path=corpus.file(intent, measures=False), at=("nlu", 0, "examples"), line=f"- {turn.sentence}")


def _reason(planned: Sequence[UnclearTurn]) -> str:
    counts = [(sum(turn.decision is decision for turn in planned), words) for decision, words in (
        (Decision.TRAINING, "zum Trainieren"), (Decision.HELD_OUT, "zum Messen"),
        (Decision.OFF_TOPIC, "außerhalb unserer Themen"))]
    return ("So haben Menschen gefragt, und der Bot hat es nicht gut beantwortet. Sätze "
            + ", ".join(f"{words}: {number}" for number, words in counts if number) + ".")


def _and_others(turns: dict[int, str | None]) -> str:
    more = len(turns) - 1
    return f" – mit {more} {'gleichem' if more == 1 else 'gleichen oder ähnlichen'}" if more else ""
