"""Which programmes answer a case: every sign is an array over all programmes, the best of the sum get a verdict."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from knowledge_base.case import Case
from knowledge_base.eligibility import Verdict, evaluate, is_ruled_out
from knowledge_base.finding import weights as w
from knowledge_base.finding.desk import Desk, Floats, Mask
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Kind, Programme
from knowledge_base.search import PROGRAMME
from knowledge_base.who_plans import likely_audience, planned

MONEY, ADVICE = "geld", "beratung"
"""What somebody may want: money, or somebody to talk to."""
_MOST_EXCLUDED = 3
_DUTY = re.compile(r"pflicht|gesetz|vorgeschrieben|vorschrift|verordnung|strafe|bu(ß|ss)geld|"
                   r"\bm(ü|ue)ssen wir\b|\bmuss ich\b", re.IGNORECASE)
"""Words by which people ask what they must do."""
_REGION = 2
"""Distance up to which a programme is made for the asker's part of NRW."""


@dataclass(frozen=True)
class Hit:
    """A programme that answers the case."""

    programme: Programme
    score: float
    verdict: Verdict
    reasons: list[str]
    """Why it ranks here, in German, the weightiest first."""


@dataclass(frozen=True)
class Findings:
    """What was found for a case."""

    hits: list[Hit] = field(default_factory=list)
    more: int = 0
    """How many further programmes would be worth showing."""
    excluded: list[Hit] = field(default_factory=list)
    """What would have been named if it did not fail: ended programmes and unmet conditions; the best few."""


@dataclass(frozen=True)
class _Sign:
    """One sign that a programme answers the case: a score for each, and what to say about it."""

    scores: Floats
    reason: str = ""


class ProgrammeSearch:
    """One search: the signs, their sum, and the verdicts on the best."""

    def __init__(self, desk: Desk, profile: Profile, text: str, as_of: dt.date, want: str | None = None) -> None:
        self._desk, self._shelf = desk, desk.programmes
        self._profile, self._as_of, self._want = profile, as_of, want
        self._case = Case(profile, desk.directory)
        self._scored = desk.index.scores(text, PROGRAMME, desk.place_words(self._case.place))
        self.relevance = self._shelf.relevance(self._scored)
        """How well the words fit, for every programme."""
        self._about_duty = bool(_DUTY.search(text))
        self._signs = [*self._needs(), *self._askers(), *self._surroundings(), *self._nature()]
        self.scores: Floats = np.sum([sign.scores for sign in self._signs], axis=0, dtype=np.float32)
        """The sum of all signs, for every programme."""

    def find(self, limit: int, named: Sequence[str] = (), hidden: Collection[str] = ()) -> Findings:
        """Judge the candidates in order of their score.

        Args:
            limit: Most programmes to return.
            named: Ids of programmes asked for by name; they come first, whatever their state.
            hidden: Ids of programmes that are not found at all.
        """
        known = self._desk.catalogue.programmes
        rows = [self._shelf.row(i) for i in dict.fromkeys(named) if i in known and i not in hidden]
        left_out = {*rows, *(self._shelf.row(i) for i in hidden if i in known)}
        hits = [self._hit(row) for row in rows]
        excluded: list[int] = []
        more, best = 0, 0.0
        for row in self._candidates(left_out):
            score = float(self.scores[row])
            if score < best * w.CANDIDATE_SHARE:
                break
            if is_ruled_out(self._shelf.records[row], self._case, self._as_of):
                excluded.append(row)
                continue
            best = best or score
            if len(hits) < limit:
                hits.append(self._hit(row))
            else:
                more += 1
        return Findings(hits, more, [self._hit(row) for row in excluded[:_MOST_EXCLUDED]])

    def _candidates(self, known: set[int]) -> Iterator[int]:
        """The rows worth a verdict, best first; equal ones in order of their ids."""
        wanted = self._shelf.any_of(self._shelf.purposes, self._profile.purposes)
        wanted |= self._shelf.any_of(self._shelf.topics, self._profile.topics)
        wanted |= self.relevance >= w.CANDIDATE_TEXT
        if not wanted.any() and not (self._profile.purposes or self._profile.topics):
            wanted = self._direct()
        too_little = self.relevance < (w.CANDIDATE_TEXT if self._about_duty else w.DUTY_TEXT)
        rows = np.flatnonzero(wanted & ~self._ruled_out() & ~(self._duties() & too_little))
        order = rows[np.argsort(-self.scores[rows], kind="stable")]
        found = [int(row) for row in order[:w.MOST_JUDGED + len(known)] if int(row) not in known]
        return iter(found[:w.MOST_JUDGED])

    def _ruled_out(self) -> Mask:
        """What cannot fit for sure: of a kind that was declined, made for other people or another area."""
        out = self._shelf.any_of(self._shelf.kinds, self._profile.unwanted_kinds)
        if self._case.groups:
            out = out | ~(self._direct() | self._possible())
        if self._case.place:
            out = out | self._shelf.near(self._case.place, self._desk.directory)[0]
        return out

    def _duties(self) -> Mask:
        return self._shelf.any_of(self._shelf.kinds, [Kind.PFLICHT.value])

    def _direct(self) -> Mask:
        shelf, groups = self._shelf, self._case.groups
        return shelf.any_of(shelf.audiences, groups) | shelf.any_of(shelf.applicants, groups)

    def _possible(self) -> Mask:
        shelf, groups = self._shelf, self._case.possible_groups
        return shelf.any_of(shelf.audiences, groups) | shelf.any_of(shelf.applicants, groups)

    def _needs(self) -> Iterator[_Sign]:
        """What the asker needs: words, purposes, topics."""
        shelf, labels = self._shelf, self._desk.labels
        yield _Sign(self.relevance * np.float32(w.TEXT))
        if self._profile.purposes:
            plan = planned(self._profile)
            paid, besides = shelf.any_of(shelf.purposes, plan), shelf.any_of(shelf.purposes, self._profile.purposes)
            yield _weighted(paid, w.PURPOSE)
            yield _weighted(besides & ~paid, w.BESIDES_PURPOSE)
            yield _weighted(~besides & (shelf.breadth > 0), w.OTHER_PURPOSE)
            for purpose in self._profile.purposes:
                yield _weighted(shelf.any_of(shelf.purposes, [purpose]), w.EACH_PURPOSE,
                                f"Ihr Vorhaben: {labels.get(purpose, purpose)}")
        for position, topic in enumerate(self._profile.topics):
            yield _weighted(shelf.any_of(shelf.topics, [topic]), w.TOPIC * w.TOPIC_FADES ** position,
                            f"Ihr Thema: {labels.get(topic, topic)}")

    def _askers(self) -> Iterator[_Sign]:
        """Who asks."""
        if self._case.groups:
            direct, shelf = self._direct(), self._shelf
            yield _weighted(direct, w.AUDIENCE, "Für Sie gedacht")
            yield _weighted(shelf.any_of(shelf.applicants, self._case.groups), w.APPLICANT)
            yield _weighted(~direct & self._possible(), w.MAYBE_AUDIENCE)
            return
        likely = likely_audience(self._profile)
        if likely:
            shelf = self._shelf
            mine = shelf.any_of(shelf.audiences, [likely]) | shelf.any_of(shelf.applicants, [likely])
            yield _weighted(mine, w.AUDIENCE)
            yield _weighted(shelf.any_of(shelf.applicants, [likely]), w.APPLICANT)

    def _surroundings(self) -> Iterator[_Sign]:
        """Where it is asked."""
        if self._case.place is None:
            yield from self._without_place()
            return
        _, distances = self._shelf.near(self._case.place, self._desk.directory)
        for distance, weight in w.NEARNESS.items():
            reason = "Für Ihre Gegend gemacht" if distance <= _REGION else ""
            yield _weighted(distances == distance, weight, reason)

    def _without_place(self) -> Iterator[_Sign]:
        """Local offers are likely not the asker's, unless they are made for the region of the agency."""
        shelf, home = self._shelf, self._profile.home
        at_home = shelf.local & ~shelf.near(home, self._desk.directory)[0] if home else shelf.none()
        yield _weighted(shelf.local & ~at_home, w.PLACE_UNKNOWN)
        yield _weighted(at_home, w.AT_HOME, "Aus der Region der Agentur")

    def _nature(self) -> Iterator[_Sign]:
        """What the programme is: open or not, money or advice, special or general."""
        shelf = self._shelf
        for status, mask in shelf.statuses(self._as_of).items():
            yield _weighted(mask, w.STATUS[status])
        money = shelf.any_of(shelf.kinds, [kind.value for kind in w.MONEY_KINDS])
        advice = shelf.any_of(shelf.kinds, [kind.value for kind in w.ADVICE_KINDS])
        if self._want == MONEY:
            yield _weighted(money, w.WANTED_KIND, "Es gibt Geld")
            yield _weighted(advice, -w.WANTED_KIND)
        elif self._want == ADVICE:
            yield _weighted(advice, w.WANTED_KIND, "Sie werden beraten")
        if self._about_duty:
            yield _weighted(self._duties(), w.DUTY_ASKED, "Das ist vorgeschrieben")
        if not {"finanzierung_kredit", "buergschaft"} & set(self._profile.purposes):
            yield _weighted(shelf.any_of(shelf.kinds, [Kind.DARLEHEN.value]), w.LOAN)
        if self._want != ADVICE:
            yield _weighted(shelf.any_of(shelf.kinds, [Kind.NETZWERK.value]), w.NETWORK)
        for purpose, (fact, value) in w.SITUATIONS.items():
            if purpose not in self._profile.purposes and self._profile.facts.get(fact) != value:
                share = shelf.any_of(shelf.purposes, [purpose]) / np.maximum(shelf.breadth, 1)
                yield _Sign(share * np.float32(w.OTHER_SITUATION))
        yield _Sign(np.maximum(shelf.breadth - w.GENERIC_FROM, 0) * np.float32(-w.GENERIC))

    def _hit(self, row: int) -> Hit:
        programme = self._shelf.records[row]
        verdict = evaluate(programme, self._profile, self._as_of, self._desk.directory)
        return Hit(programme, round(float(self.scores[row]), 4), verdict, self._reasons(row))

    def _reasons(self, row: int) -> list[str]:
        matched = self._shelf.matched(self._scored, row)
        words = [f"Ihre Worte: {', '.join(matched)}"] if matched else []
        telling = [sign for sign in self._signs if sign.reason and sign.scores[row] > 0]
        return words + [sign.reason for sign in sorted(telling, key=lambda sign: -float(sign.scores[row]))]


def _weighted(mask: Mask, weight: float, reason: str = "") -> _Sign:
    return _Sign(mask * np.float32(weight), reason)
