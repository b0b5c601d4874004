"""Proposals: whoever changes something proposes it, and somebody else releases it. All rules, without HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Optional

import sqlalchemy as sa

from bot.curation import edits as editing
from bot.curation.changed_tree import Checker
from bot.curation.content_store import ContentStore, checked_path, fingerprint
from bot.curation.differences import Difference, ThreeWay, differences, three_ways
from bot.curation.edits import Edit
from bot.curation.merging import fits
from bot.errors import NavigatorError
from bot.records.proposals import OPEN, Proposal, ProposalStore, State
from bot.records.rights import Right
from knowledge_base.problems import Problem, errors

MAX_EDITS = 2_000
_LONGEST_TITLE = 200
_LONGEST_TEXT = 4_000


@dataclass(frozen=True)
class Person:
    """A member of staff who does something here."""

    name: str
    """With which one signs in; tells people apart."""
    title: str
    rights: frozenset[Right]


class ChangedMeanwhile(NavigatorError):
    """Somebody else changed a file since editing began, and what it said then is not known any more."""


@dataclass(frozen=True)
class Look:
    """A proposal beside the files as they are now."""

    proposal: Proposal
    differences: Mapping[str, Sequence[Difference]]
    """File → fields, from the text when editing began to the proposed one."""
    before: Mapping[str, Optional[str]]
    after: Mapping[str, Optional[str]]
    problems: Sequence[Problem] = ()
    """Empty for proposals that are done."""
    meanwhile: Mapping[str, Sequence[ThreeWay]] = field(default_factory=dict)
    """File → fields that somebody else changed since; empty if nobody did."""
    can_follow: bool = True
    """Whether the edits can be made on the files as they are now without overwriting anything."""

    @property
    def errors(self) -> list[Problem]:
        """Problems that block a release."""
        return errors(self.problems)


class Proposals:
    """Makes, changes and looks at proposals. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine, contents: ContentStore, checker: Checker) -> None:
        self.store = ProposalStore(engine)
        self.contents = contents
        self.checker = checker

    def draft(
        self, by: Person, title: str, kind: str, reason: str, edits: Sequence[Edit], *,
        seen: Mapping[str, str] | None = None, report: str | None = None, reverts: int | None = None,
    ) -> Proposal:
        """Store a change as a draft.

        Args:
            by: Who proposes it.
            title: What changes, in a few words.
            kind: Part of the workbench it comes from, e.g. ``wissensbasis``.
            reason: Why, and where it stands.
            edits: What to change.
            seen: File → ``fingerprint`` of the text that the person saw when editing began.
            report: Number of a visitor's message that led to it.
            reverts: Release that it takes back.

        Raises:
            ChangedMeanwhile: If somebody else changed a file since, and its earlier text is not known.
            NavigatorError: If the person may not, or an edit cannot be made.
        """
        require(by, Right.EDIT, Right.RELEASE if reverts is not None else None)
        base = self._base(edits, seen or {})
        applied(base, edits)
        state = State.OUTDATED if self._moved(base) and not self._follows(base, edits) else State.DRAFT
        return self.store.add(
            by.name, state=state, kind=kind, title=_title(title), reason=reason.strip()[:_LONGEST_TEXT],
            author=by.name, author_title=by.title, edits=editing.to_json(edits), base=base, report=report,
            reverts=reverts)

    def change(
        self, number: str, by: Person, *, title: str, reason: str, edits: Sequence[Edit] | None = None
    ) -> Proposal:
        """Change a draft of one's own; what was submitted becomes a draft again."""
        proposal = self._own(number, by)
        made = editing.from_json(proposal.edits) if edits is None else list(edits)
        base = {**self._base(made, {}), **proposal.base}
        base = {path: base[path] for path in editing.paths(made)}
        applied(base, made)
        return self.store.change(
            proposal, by.name, "vorschlag.geaendert", title=_title(title), reason=reason.strip()[:_LONGEST_TEXT],
            edits=editing.to_json(made), base=base, state=State.DRAFT)

    def submit(self, number: str, by: Person) -> Proposal:
        """Ask a second person to release a draft."""
        proposal = self._own(number, by, State.DRAFT)
        if not proposal.reason:
            raise NavigatorError("Es fehlt, warum sich das ändert – schreiben Sie die Quelle oder den Grund dazu.")
        return self.store.change(proposal, by.name, "vorschlag.eingereicht", state=State.SUBMITTED)

    def withdraw(self, number: str, by: Person) -> Proposal:
        """Take back a proposal of one's own."""
        return self.store.change(
            self._own(number, by), by.name, "vorschlag.zurueckgenommen", state=State.WITHDRAWN)

    def reject(self, number: str, by: Person, why: str) -> Proposal:
        """Refuse a proposal and tell its author why."""
        require(by, Right.RELEASE)
        if not why.strip():
            raise NavigatorError("Schreiben Sie dazu, warum Sie ablehnen – sonst weiß niemand, was fehlt.")
        proposal = self._open(number)
        if proposal.state is State.DRAFT:
            raise NavigatorError("Das ist noch ein Entwurf – ablehnen lässt sich nur, was eingereicht ist.")
        rejected = self.store.change(proposal, by.name, "vorschlag.abgelehnt", state=State.REJECTED)
        self.comment(number, by, why)
        return rejected

    def comment(self, number: str, by: Person, text: str) -> None:
        """Say something about a proposal."""
        require(by, Right.EDIT, Right.RELEASE)
        if not text.strip():
            raise NavigatorError("Der Kommentar ist leer – schreiben Sie einen Satz.")
        self.store.comment(self.store.get(number).number, by.title, text.strip()[:_LONGEST_TEXT])

    def follow(self, number: str, by: Person) -> Proposal:
        """Put an outdated proposal on the files as they are now.

        Raises:
            NavigatorError: If that would overwrite what somebody else wrote.
        """
        require(by, Right.EDIT, Right.RELEASE)
        proposal = self._open(number)
        edits = editing.from_json(proposal.edits)
        if not self._follows(proposal.base, edits):
            raise NavigatorError(
                "Jemand hat dieselbe Angabe geändert – vergleichen Sie beide Fassungen und machen Sie einen neuen "
                "Vorschlag.")
        now = {path: self.contents.read(path) for path in proposal.base}
        state = State.DRAFT if proposal.state is State.OUTDATED else proposal.state
        return self.store.change(proposal, by.name, "vorschlag.erneuert", base=now, state=state)

    def look(self, number: str) -> Look:
        """Return a proposal with what it changes, what is wrong with it, and what happened meanwhile."""
        proposal = self.store.get(number)
        edits = editing.from_json(proposal.edits)
        after = applied(proposal.base, edits)
        changed = {path: differences(proposal.base[path], after[path]) for path in after}
        look = Look(proposal, changed, proposal.base, after)
        if proposal.state not in OPEN:
            return look
        now = {path: self.contents.read(path) for path in proposal.base}
        moved = [path for path in now if now[path] != proposal.base[path]]
        follows = self._follows(proposal.base, edits)
        return replace(
            look, can_follow=follows,
            problems=self.checker.check(applied(now, edits) if follows else after),
            meanwhile={path: three_ways(proposal.base[path], now[path], after[path]) for path in moved})

    def check(self, edits: Sequence[Edit]) -> list[Problem]:
        """Return what would be wrong after these edits, before anything is stored: for the fields of a form."""
        return self.checker.check(applied({path: self.contents.read(path) for path in editing.paths(edits)}, edits))

    def mark_outdated(self, paths: Sequence[str], by: Person) -> list[str]:
        """Mark open proposals whose files changed under them; return their numbers."""
        found = []
        for proposal in self.store.open_on(paths):
            if proposal.state is State.OUTDATED or self._adds(proposal) or not self._moved(proposal.base):
                continue
            with suppress(NavigatorError):  # its author was faster; then it is noticed when it is looked at
                self.store.change(proposal, by.name, "vorschlag.veraltet", state=State.OUTDATED)
                found.append(proposal.number)
        return found

    def _adds(self, proposal: Proposal) -> bool:
        """Whether a proposal only adds lines, and still can."""
        edits = editing.from_json(proposal.edits)
        return all(isinstance(edit, editing.ADDING) for edit in edits) and self._follows(proposal.base, edits)

    def _moved(self, base: Mapping[str, str | None]) -> bool:
        return any(self.contents.read(path) != text for path, text in base.items())

    def _follows(self, base: Mapping[str, str | None], edits: Sequence[Edit]) -> bool:
        return all(
            fits([edit for edit in edits if edit.path == path], text, self.contents.read(path))
            for path, text in base.items())

    def _base(self, edits: Sequence[Edit], seen: Mapping[str, str]) -> dict[str, str | None]:
        """Return the texts that the person saw."""
        if not edits:
            raise NavigatorError("Es ist nichts geändert – ändern Sie eine Angabe und speichern Sie dann.")
        if len(edits) > MAX_EDITS:
            raise NavigatorError(f"Das sind mehr als {MAX_EDITS} Änderungen auf einmal – teilen Sie sie auf.")
        paths = [checked_path(path) for path in editing.paths(edits)]
        return {path: self.text_seen(path, seen.get(path)) for path in paths}

    def text_seen(self, path: str, print_seen: str | None) -> str | None:
        """Return the text that a person saw, by its ``fingerprint``; ``None`` stands for the one of now.

        Raises:
            ChangedMeanwhile: If somebody else changed the file since, and that text is not known any more.
        """
        text = self.contents.read(path)
        if print_seen is None or fingerprint(text) == print_seen:
            return text
        for version in self.contents.history(path, 20):
            earlier = self.contents.text_at(path, version.id)
            if fingerprint(earlier) == print_seen:
                return earlier
        raise ChangedMeanwhile(
            f"{path} hat inzwischen jemand anderes geändert – laden Sie die Seite neu und tragen Sie Ihre Änderung "
            "noch einmal ein.")

    def _open(self, number: str) -> Proposal:
        proposal = self.store.get(number)
        if proposal.state not in OPEN:
            raise NavigatorError(f"Der Vorschlag {number} ist {proposal.state.value} – laden Sie die Liste neu.")
        return proposal

    def _own(self, number: str, by: Person, state: State | None = None) -> Proposal:
        proposal = self._open(number)
        if proposal.author != by.name:
            raise NavigatorError("Diesen Vorschlag hat jemand anderes gemacht – schreiben Sie einen Kommentar dazu.")
        if state is not None and proposal.state is not state:
            raise NavigatorError(f"Der Vorschlag ist {proposal.state.value} – laden Sie die Seite neu.")
        return proposal


def applied(base: Mapping[str, str | None], edits: Sequence[Edit]) -> dict[str, str | None]:
    """Return the files after the edits."""
    return {path: editing.apply(text, [edit for edit in edits if edit.path == path]) for path, text in base.items()}


def require(by: Person, *rights: Right | None) -> None:
    """Make sure that somebody has one of these rights.

    Raises:
        NavigatorError: If not.
    """
    if not by.rights & set(rights):
        raise NavigatorError("Dafür fehlt Ihnen eine Rolle – wer die Rolle Verwaltung hat, kann sie Ihnen geben.")


def _title(title: str) -> str:
    cleaned = " ".join(title.split())[:_LONGEST_TITLE]
    if not cleaned:
        raise NavigatorError("Der Vorschlag hat keinen Titel – schreiben Sie in wenigen Worten, was sich ändert.")
    return cleaned
