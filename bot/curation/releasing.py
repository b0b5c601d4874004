"""Releasing: a second person makes proposals true. What breaks off in the middle is finished or undone later.

The order makes that possible: the texts before and after are noted, then the files are written, then the version is
kept (a commit in git), then the release is marked as done together with its proposals and the entry in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import sqlalchemy as sa

from bot.curation import edits as editing
from bot.curation.content_store import ContentStore
from bot.curation.edits import AddFile, Edit, RemoveFile, ReplaceText
from bot.curation.merging import fits
from bot.curation.proposals import Person, Proposals, applied, require
from bot.curation.publish import Publish
from bot.errors import NavigatorError
from bot.log import get_logger
from bot.records.proposals import Listed, Proposal, State
from bot.records.releases import Release, ReleaseStore
from bot.records.rights import Right
from knowledge_base.problems import errors

_log = get_logger(__name__)
_SHORTEST_REASON = 10


@dataclass(frozen=True)
class Released:
    """What came of a release."""

    release: Release
    live: str
    """German: what it means for the bot."""
    outdated: Sequence[str] = ()
    """Numbers of proposals that have to be looked at again because of it."""


class Releasing:
    """Releases proposals and takes releases back. Synchronous: call it in a thread."""

    def __init__(
        self, engine: sa.Engine, proposals: Proposals, publish: Publish,
        one_writer: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take what it works with.

        Args:
            engine: Database with the tables of today.
            proposals: The proposals.
            publish: Makes released files live.
            one_writer: Keeps other writers waiting, see ``content_store.one_writer``.
        """
        self.store = ReleaseStore(engine)
        self._proposals = proposals
        self._contents: ContentStore = proposals.contents
        self._publish = publish
        self._one_writer = one_writer

    def release(self, numbers: Sequence[str], by: Person, seen: Mapping[str, str] | None = None) -> Released:
        """Make proposals true, all of them or none.

        Args:
            numbers: Which ones.
            by: The second person.
            seen: Number → ``as_seen`` of the proposal that the person looked at; by default what is stored.

        Raises:
            NavigatorError: If one may not be released: its author is the same person, it is outdated, two of them
                change the same, the checks find errors, or somebody is working on the files by hand.
        """
        require(by, Right.RELEASE)
        proposals = [self._proposals.store.get(number) for number in dict.fromkeys(numbers)]
        for proposal in proposals:
            _refuse_own(proposal, by)
            if (seen or {}).get(proposal.number, as_seen(proposal)) != as_seen(proposal):
                raise NavigatorError(
                    f"{proposal.number} wurde geändert, seit Sie die Seite geöffnet haben – laden Sie sie neu.")
        return self._make_true(proposals, by)

    def revert(self, number: int, by: Person, why: str) -> Proposal:
        """Propose to take a release back; a second person releases that, or one alone in an emergency.

        Raises:
            NavigatorError: If a file was changed again since.
        """
        if not why.strip():
            raise NavigatorError("Schreiben Sie dazu, warum Sie das zurücknehmen – das steht dann in der Historie.")
        release = self._known(number)
        edits: list[Edit] = []
        for path, after in release.after.items():
            if self._contents.read(path) != after:
                raise NavigatorError(f"{path} wurde danach noch einmal geändert – nehmen Sie zuerst die spätere "
                                     "Änderung zurück, oder ändern Sie die Angabe von Hand.")
            edits.append(_inverse(path, release.before[path], after))
        proposal = self._proposals.draft(
            by, f"Zurücknehmen: {release.title}"[:200], "zurücknehmen", why, edits, reverts=release.id)
        return self._proposals.submit(proposal.number, by)

    def revert_alone(self, number: int, by: Person, why: str) -> Released:
        """Take the last change of these files back at once, without a second person; the log says so.

        Only the exact text of before can be restored that way, and a reason must be given.
        """
        require(by, Right.RELEASE)
        if len(why.strip()) < _SHORTEST_REASON:
            raise NavigatorError("Schreiben Sie in einem Satz, warum es nicht warten kann – das steht im Protokoll.")
        return self._make_true([self.revert(number, by, why)], by, emergency=True)

    def recover(self) -> list[int]:
        """Finish or undo releases that broke off in the middle; return their numbers."""
        with self._one_writer():
            return self._recover()

    def _make_true(self, proposals: Sequence[Proposal], by: Person, emergency: bool = False) -> Released:
        if not proposals:
            raise NavigatorError("Es ist nichts ausgewählt – wählen Sie mindestens einen Vorschlag.")
        with self._one_writer():
            self._recover()
            proposals = [self._proposals.store.get(proposal.number) for proposal in proposals]
            before, after = self._together(proposals)
            self._contents.refuse_dirty(list(after))
            problems = errors(self._proposals.checker.check(after))
            if problems:
                raise NavigatorError("\n".join(["Die Prüfung hat Fehler gefunden – bitte zuerst beheben.",
                                                *map(str, problems)]))
            release = self.store.begin(
                before, after, who=by.name, who_title=by.title, emergency=emergency,
                author_title=", ".join(dict.fromkeys(proposal.author_title for proposal in proposals))[:120],
                title=_title(proposals), proposals=[proposal.number for proposal in proposals])
            self._write(release)
        outdated = self._proposals.mark_outdated(list(after), by)
        _log.info("curation.released", release=release.id, files=len(after))
        return Released(release, self._live(list(after)), outdated)

    def _write(self, release: Release) -> None:
        """Write, keep and mark; if keeping fails, everything is as before."""
        try:
            self._contents.write(release.after)
            self._contents.keep(release)
        except (NavigatorError, OSError) as error:
            self._contents.write(release.before)
            self.store.abandon(release)
            if isinstance(error, OSError):
                raise NavigatorError(f"Die Dateien ließen sich nicht schreiben ({error.strerror}) – es ist nichts "
                                     "geändert; wenden Sie sich an die Technik.") from error
            raise
        self.store.finish(release)

    def _recover(self) -> list[int]:
        unfinished = self.store.unfinished()
        for release in reversed(unfinished):
            now = {path: self._contents.read(path) for path in release.after}
            if all(now[path] in (release.before[path], release.after[path]) for path in now):
                self._write(release)
            else:  # somebody changed a file by hand meanwhile: it stays, the others are as before
                ours = [path for path in now if now[path] == release.after[path]]
                self._contents.write({path: release.before[path] for path in ours})
                self.store.abandon(release)
            _log.warning("curation.recovered", release=release.id)
        if unfinished:
            self._live([path for release in unfinished for path in release.after])
        return [release.id for release in unfinished]

    def _live(self, paths: Sequence[str]) -> str:
        return self._publish(paths)

    def _together(self, proposals: Sequence[Proposal]) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """Put the edits of all proposals on the files as they are now, one proposal after the other."""
        before = {path: self._contents.read(path) for proposal in proposals for path in proposal.base}
        after = dict(before)
        for proposal in proposals:
            if proposal.state is not State.SUBMITTED:
                raise NavigatorError(f"Der Vorschlag {proposal.number} ist {proposal.state.value} – freigeben lässt "
                                     "sich nur, was eingereicht ist.")
            edits = editing.from_json(proposal.edits)
            adds = all(isinstance(edit, editing.ADDING) for edit in edits)
            for path, base in proposal.base.items():
                own = [edit for edit in edits if edit.path == path]
                if base != before[path] and not adds:
                    raise NavigatorError(f"{path} wurde geändert, seit {proposal.number} entstand – vergleichen Sie "
                                         "beide Fassungen und bringen Sie den Vorschlag auf den neuen Stand.")
                if not fits(own, base, after[path]):
                    raise NavigatorError(f"{proposal.number} ändert in {path} dasselbe wie eine andere Änderung – "
                                         "geben Sie sie nacheinander frei.")
            after |= applied({path: after[path] for path in proposal.base}, edits)
        return before, after

    def _known(self, number: int) -> Release:
        try:
            return self.store.get(number)
        except LookupError:
            raise NavigatorError(f"Eine Freigabe {number} gibt es nicht – wählen Sie eine aus der Liste.") from None


def as_seen(proposal: Listed) -> str:
    """Return what tells whether a proposal is still the one that somebody looked at."""
    return f"{proposal.changed_at:%Y%m%d%H%M%S%f}"


def _refuse_own(proposal: Proposal, by: Person) -> None:
    if proposal.author == by.name:
        raise NavigatorError("Das ist Ihr eigener Vorschlag – freigeben muss ihn eine zweite Person.")


def _inverse(path: str, before: str | None, after: str | None) -> Edit:
    if before is None:
        return RemoveFile(path=path)
    return AddFile(path=path, text=before) if after is None else ReplaceText(path=path, text=before)


def _title(proposals: Sequence[Proposal]) -> str:
    titles = "; ".join(proposal.title for proposal in proposals)
    return titles if len(titles) <= 200 else f"{len(proposals)} Vorschläge: {titles}"[:199] + "…"
