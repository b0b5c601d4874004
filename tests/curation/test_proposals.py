"""Proposals: who may do what, what is noticed when two change the same, and what a reader sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.curation.content_store import fingerprint
from bot.curation.edits import AddFile, AddItem, AddLine, RemoveFile, SetValue
from bot.curation.opening import Curation
from bot.curation.proposals import ChangedMeanwhile, Person
from bot.errors import NavigatorError
from bot.records.audit import AuditLog, Filter
from bot.records.proposals import Proposal, State
from tests.curation.content import ANNA, BEN, READER, git

LOAN = "knowledge_base/catalogue/programmes/bund/gruendungsdarlehen.yml"
GRANT = "knowledge_base/catalogue/programmes/land/kurszuschuss.yml"
OLD_GRANT = "knowledge_base/catalogue/programmes/land/alter-kurszuschuss.yml"
SENTENCES = "nlu_data/intents/bot/hilfe.yml"


def name(value: str = "Startdarlehen") -> SetValue:
    return SetValue(path=LOAN, at=("name",), value=value)


def propose(curation: Curation, *edits: Any, by: Person = ANNA, submit: bool = True, **more: Any) -> Proposal:
    made = curation.proposals.draft(by, "Neuer Name", "wissensbasis", "steht auf der Seite der Bank",
                                    edits or [name()], **more)
    return curation.proposals.submit(made.number, by) if submit else made


def write(root: Path, path: str, old: str, new: str) -> None:
    """Change a file by hand, as a developer would."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    if (root / ".git").exists():
        git(root, "commit", "--quiet", "-am", "von Hand")


def test_a_proposal_says_in_words_what_changes(curation: Curation) -> None:
    proposal = propose(curation, name(), AddItem(path=LOAN, at=("aliases",), value="Startgeld"), submit=False)
    look = curation.proposals.look(proposal.number)
    assert [str(each) for each in look.differences[LOAN]] == [
        "Name: Gründungsdarlehen → Startdarlehen", "Weitere Namen: neu „Startgeld“"]
    assert proposal.state is State.DRAFT and look.errors == []


def test_nothing_is_written_before_the_release(curation: Curation, root: Path) -> None:
    before = (root / LOAN).read_bytes()
    propose(curation)
    assert (root / LOAN).read_bytes() == before


def test_the_second_person_releases_and_it_is_live(curation: Curation, root: Path, engine: sa.Engine) -> None:
    proposal = propose(curation)
    done = curation.releasing.release([proposal.number], BEN)
    assert "name: Startdarlehen\n" in (root / LOAN).read_text(encoding="utf-8")
    assert "live" in done.live
    with engine.connect() as connection:
        live = connection.scalar(sa.text("SELECT name FROM programme WHERE id = 'gruendungsdarlehen'"))
    assert live == "Startdarlehen"
    assert curation.proposals.store.get(proposal.number).state is State.RELEASED
    entries = [(each.who, each.action) for each in AuditLog(engine).find(Filter())]
    assert entries == [
        ("ben", "vorschlag.freigegeben"), ("anna", "vorschlag.eingereicht"), ("anna", "vorschlag.angelegt")]


def test_nobody_releases_what_they_proposed(curation: Curation, root: Path) -> None:
    proposal = propose(curation)
    with pytest.raises(NavigatorError, match="zweite Person"):
        curation.releasing.release([proposal.number], ANNA)
    assert "Startdarlehen" not in (root / LOAN).read_text(encoding="utf-8")


def test_who_has_no_right_can_do_nothing(curation: Curation) -> None:
    proposal = propose(curation)
    for attempt in (
        lambda: propose(curation, by=READER),
        lambda: curation.releasing.release([proposal.number], READER),
        lambda: curation.proposals.reject(proposal.number, READER, "nein"),
        lambda: curation.proposals.comment(proposal.number, READER, "hm"),
        lambda: curation.proposals.follow(proposal.number, READER),
        lambda: curation.releasing.revert_alone(1, READER, "weil es falsch ist"),
    ):
        with pytest.raises(NavigatorError, match="Rolle"):
            attempt()


def test_a_proposal_of_others_is_neither_changed_nor_withdrawn(curation: Curation) -> None:
    proposal = propose(curation, submit=False)
    for attempt in (lambda: curation.proposals.withdraw(proposal.number, BEN),
                    lambda: curation.proposals.submit(proposal.number, BEN),
                    lambda: curation.proposals.change(proposal.number, BEN, title="x", reason="y")):
        with pytest.raises(NavigatorError, match="jemand anderes"):
            attempt()
    assert curation.proposals.withdraw(proposal.number, ANNA).state is State.WITHDRAWN


def test_errors_of_the_checks_block_the_release(curation: Curation, root: Path) -> None:
    broken = propose(curation, SetValue(path=LOAN, at=("status",), value="activ"))
    assert any("activ" in problem.text for problem in curation.proposals.look(broken.number).errors)
    with pytest.raises(NavigatorError, match="activ"):
        curation.releasing.release([broken.number], BEN)
    assert "activ" not in (root / LOAN).read_text(encoding="utf-8")


def test_what_a_change_breaks_elsewhere_blocks_too(curation: Curation) -> None:
    proposal = propose(curation, RemoveFile(path=GRANT))
    assert OLD_GRANT in {problem.path for problem in curation.proposals.look(proposal.number).errors}


def test_a_rejection_says_why(curation: Curation) -> None:
    proposal = propose(curation)
    with pytest.raises(NavigatorError, match="warum"):
        curation.proposals.reject(proposal.number, BEN, " ")
    assert curation.proposals.reject(proposal.number, BEN, "Die Quelle fehlt.").state is State.REJECTED
    assert [(each.who, each.text) for each in curation.proposals.store.comments(proposal.number)] == [
        ("Ben Beispiel", "Die Quelle fehlt.")]
    with pytest.raises(NavigatorError, match="abgelehnt"):
        curation.releasing.release([proposal.number], BEN)


def test_a_change_since_editing_began_is_noticed_when_saving(curation: Curation, root: Path) -> None:
    seen = {LOAN: fingerprint(curation.contents.read(LOAN))}
    write(root, LOAN, "name: Gründungsdarlehen", "name: Darlehen für Gründungen")
    if (root / ".git").exists():
        proposal = propose(curation, seen=seen, submit=False)
        assert proposal.state is State.OUTDATED
        (field,) = curation.proposals.look(proposal.number).meanwhile[LOAN]
        assert (field.base, field.now, field.proposed, field.collides) == (
            "Gründungsdarlehen", "Darlehen für Gründungen", "Startdarlehen", True)
    else:
        with pytest.raises(ChangedMeanwhile, match="jemand anderes"):
            propose(curation, seen=seen)


def test_a_change_since_is_noticed_at_release_and_nothing_is_overwritten(curation: Curation, root: Path) -> None:
    proposal = propose(curation)
    write(root, LOAN, "name: Gründungsdarlehen", "name: Darlehen für Gründungen")
    with pytest.raises(NavigatorError, match="wurde geändert"):
        curation.releasing.release([proposal.number], BEN)
    assert "Darlehen für Gründungen" in (root / LOAN).read_text(encoding="utf-8")
    assert not curation.proposals.look(proposal.number).can_follow
    with pytest.raises(NavigatorError, match="dieselbe Angabe"):
        curation.proposals.follow(proposal.number, ANNA)


def test_another_field_may_have_changed(curation: Curation, root: Path) -> None:
    first, second = propose(curation), propose(curation, SetValue(path=LOAN, at=("confidence",), value="low"), by=BEN)
    done = curation.releasing.release([first.number], BEN)
    assert done.outdated == [second.number]
    assert curation.proposals.look(second.number).can_follow
    followed = curation.proposals.follow(second.number, BEN)
    curation.releasing.release([curation.proposals.submit(followed.number, BEN).number], ANNA)
    text = (root / LOAN).read_text(encoding="utf-8")
    assert "name: Startdarlehen" in text and "confidence: low" in text


def test_a_proposal_that_changed_under_the_eyes_is_not_released(curation: Curation) -> None:
    from bot.curation.releasing import as_seen

    proposal = propose(curation)
    seen = {proposal.number: as_seen(proposal)}
    curation.proposals.change(proposal.number, ANNA, title="Anders", reason="anders", edits=[name("Ganz anders")])
    curation.proposals.submit(proposal.number, ANNA)
    with pytest.raises(NavigatorError, match="neu"):
        curation.releasing.release([proposal.number], BEN, seen)


def test_sentences_of_several_people_go_together(
    curation: Curation, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curation.proposals.checker, "check", lambda texts: [])  # one file is no set of training data
    (root / SENTENCES).parent.mkdir(parents=True)
    start = 'version: "3.1"\nnlu:\n  - intent: hilfe\n    examples: |\n      - hilf mir\n'
    curation.releasing.release([propose(curation, AddFile(path=SENTENCES, text=start)).number], BEN)
    first, second, later = (
        propose(curation, AddLine(path=SENTENCES, at=("nlu", 0, "examples"), line=f"- satz {each}"))
        for each in "abc")
    curation.releasing.release([first.number, second.number], BEN)
    assert curation.proposals.store.get(later.number).state is State.SUBMITTED
    curation.releasing.release([later.number], BEN)
    added = "".join(f"      - satz {each}\n" for each in "abc")
    assert (root / SENTENCES).read_text(encoding="utf-8") == start + added


def test_two_that_change_the_same_are_not_released_together(curation: Curation) -> None:
    first, second = propose(curation), propose(curation, name("Anderes"))
    with pytest.raises(NavigatorError, match="dasselbe"):
        curation.releasing.release([first.number, second.number], BEN)


def test_paths_lead_nowhere_else(curation: Curation) -> None:
    for path in ("../x.yml", "/etc/passwd", "bot/settings.py", "nlu_data/../bot/x.yml", "nlu_data/.git/x.yml",
                 "knowledge_base/catalogue/x.py"):
        with pytest.raises(NavigatorError, match="lässt sich hier nicht ändern"):
            propose(curation, AddFile(path=path, text="a: 1\n"))


def test_a_title_a_reason_and_a_change_are_needed(curation: Curation) -> None:
    with pytest.raises(NavigatorError, match="Titel"):
        curation.proposals.draft(ANNA, " ", "x", "y", [name()])
    with pytest.raises(NavigatorError, match="nichts geändert"):
        curation.proposals.draft(ANNA, "x", "x", "y", [])
    proposal = curation.proposals.draft(ANNA, "x", "x", "", [name()])
    with pytest.raises(NavigatorError, match="Grund"):
        curation.proposals.submit(proposal.number, ANNA)


def test_what_was_checked_is_checked_again_when_another_file_changed(curation: Curation, root: Path) -> None:
    checker, texts = curation.proposals.checker, {OLD_GRANT: curation.contents.read(OLD_GRANT)}
    assert [problem for problem in checker.check(texts) if problem.path == OLD_GRANT] == []
    (root / GRANT).unlink()
    assert any("kurszuschuss" in problem.text for problem in checker.check(texts))
