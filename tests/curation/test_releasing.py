"""Releases: history, taking back, and a process that dies in the middle."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.curation.edits import AddFile, SetValue
from bot.curation.git_store import GitStore
from bot.curation.opening import Curation
from bot.curation.plain_store import PlainStore
from bot.database import open_engine
from bot.errors import NavigatorError
from bot.records.audit import AuditLog, Filter
from bot.records.proposals import State
from knowledge_base.migrate import upgrade
from tests.curation.content import ANNA, BEN, git, make_content, open_content
from tests.curation.test_proposals import GRANT, LOAN, name, propose, write

NEW = "knowledge_base/catalogue/contacts/neue-stelle.yml"


class Death(BaseException):
    """The process ends here, whatever it was about to do."""


def _both(curation: Curation) -> str:
    """A proposal that changes two files."""
    other = SetValue(path=GRANT, at=("name",), value="Kursgeld NRW")
    return propose(curation, name(), other).number


def _texts(root: Path) -> tuple[bool, bool]:
    return tuple(new in (root / path).read_text(encoding="utf-8")  # type: ignore[return-value]
                 for path, new in ((LOAN, "name: Startdarlehen"), (GRANT, "name: Kursgeld NRW")))


def _commits(root: Path) -> int:
    return len(git(root, "log", "--format=%h").splitlines())


@pytest.mark.parametrize("dies_in", ["write", "half", "keep", "finish"])
def test_a_process_that_dies_leaves_nothing_half(
    curation: Curation, root: Path, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    number = _both(curation)

    def die(*_: Any) -> None:
        raise Death

    def half(texts: dict[str, str | None]) -> None:
        path = next(iter(texts))
        type(curation.contents).write(curation.contents, {path: texts[path]})
        raise Death

    target = curation.releasing.store if dies_in == "finish" else curation.contents
    monkeypatch.setattr(target, "write" if dies_in == "half" else dies_in, half if dies_in == "half" else die)
    with pytest.raises(Death):
        curation.releasing.release([number], BEN)
    assert curation.proposals.store.get(number).state is State.SUBMITTED

    again = open_content(root, engine)
    assert len(again.releasing.recover()) == 1
    assert _texts(root) == (True, True)
    assert again.proposals.store.get(number).state is State.RELEASED
    assert [each.action for each in AuditLog(engine).find(Filter(action="vorschlag.f"))] == ["vorschlag.freigegeben"]
    if (root / ".git").exists():
        assert _commits(root) == 2 and git(root, "status", "--porcelain") == ""
    assert again.releasing.recover() == []


def test_what_was_written_by_hand_meanwhile_stays(
    curation: Curation, root: Path, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _both(curation)

    def die(*_: Any) -> None:
        raise Death

    monkeypatch.setattr(curation.contents, "keep", die)
    with pytest.raises(Death):
        curation.releasing.release([number], BEN)
    file = root / GRANT
    file.write_text(file.read_text(encoding="utf-8").replace("Kursgeld NRW", "Von Hand"), encoding="utf-8")
    again = open_content(root, engine)
    again.releasing.recover()
    assert "name: Von Hand" in file.read_text(encoding="utf-8")
    assert _texts(root) == (False, False)
    assert again.proposals.store.get(number).state is State.SUBMITTED


def test_if_the_version_cannot_be_kept_all_is_as_before(
    curation: Curation, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _both(curation)

    def refuse(*_: Any) -> None:
        raise NavigatorError("geht nicht")

    with monkeypatch.context() as patch:
        patch.setattr(curation.contents, "keep", refuse)
        with pytest.raises(NavigatorError, match="geht nicht"):
            curation.releasing.release([number], BEN)
    assert _texts(root) == (False, False)
    curation.releasing.release([number], BEN)
    assert _texts(root) == (True, True)


def test_the_history_names_people_and_texts(curation: Curation, root: Path) -> None:
    before = curation.contents.read(LOAN)
    curation.releasing.release([propose(curation).number], BEN)
    curation.releasing.release([propose(curation, name("Darlehen"), by=BEN).number], ANNA)
    latest, earlier = curation.contents.history(LOAN)[:2]
    assert (latest.who, earlier.who) == ("Ben Beispiel", "Anna Muster")
    assert "name: Darlehen" in (curation.contents.text_at(LOAN, latest.id) or "")
    assert "name: Startdarlehen" in (curation.contents.text_at(LOAN, earlier.id) or "")
    assert latest.release and before != curation.contents.read(LOAN)


def test_a_release_is_taken_back_by_two(curation: Curation, root: Path) -> None:
    before = (root / LOAN).read_bytes()
    done = curation.releasing.release([propose(curation).number], BEN)
    back = curation.releasing.revert(done.release.id, BEN, "stimmt nicht")
    assert back.state is State.SUBMITTED and (root / LOAN).read_bytes() != before
    with pytest.raises(NavigatorError, match="zweite Person"):
        curation.releasing.release([back.number], BEN)
    curation.releasing.release([back.number], ANNA)
    assert (root / LOAN).read_bytes() == before


def test_in_an_emergency_one_takes_it_back_alone_and_says_why(
    curation: Curation, root: Path, engine: sa.Engine
) -> None:
    before = (root / LOAN).read_bytes()
    done = curation.releasing.release([propose(curation).number], BEN)
    with pytest.raises(NavigatorError, match="warum"):
        curation.releasing.revert_alone(done.release.id, BEN, "falsch")
    curation.releasing.revert_alone(done.release.id, BEN, "Der Betrag ist falsch, Leute rufen an.")
    assert (root / LOAN).read_bytes() == before
    assert AuditLog(engine).find(Filter(action="vorschlag.notfall"))[0].who == "ben"


def test_only_the_last_change_is_taken_back(curation: Curation) -> None:
    first = curation.releasing.release([propose(curation).number], BEN)
    curation.releasing.release([propose(curation, name("Darlehen")).number], BEN)
    with pytest.raises(NavigatorError, match="spätere"):
        curation.releasing.revert(first.release.id, BEN, "weil")


def test_a_new_file_can_be_taken_back(curation: Curation, root: Path) -> None:
    text = (root / "knowledge_base/catalogue/contacts/kursberatung-hagen.yml").read_text(encoding="utf-8")
    text = text.replace("id: kursberatung-hagen", "id: neue-stelle").replace("name: ", "name: Neu ", 1)
    done = curation.releasing.release([propose(curation, AddFile(path=NEW, text=text)).number], BEN)
    assert (root / NEW).exists()
    curation.releasing.revert_alone(done.release.id, BEN, "Die Stelle gibt es gar nicht.")
    assert not (root / NEW).exists()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[sa.Engine]:
    """A database for tests that are about git."""
    opened = open_engine(sqlite_url)
    yield opened
    opened.dispose()


def test_git_gets_one_commit_per_release_by_its_author(tmp_path: Path, sqlite: sa.Engine) -> None:
    root = make_content(tmp_path / "inhalt", in_git=True)
    upgrade(sqlite)
    curation = open_content(root, sqlite)
    (root / "anderes.txt").write_text("liegt nur herum", encoding="utf-8")
    git(root, "add", "anderes.txt")
    number = _both(curation)
    curation.releasing.release([number], BEN)
    assert git(root, "log", "-1", "--format=%an <%ae>|%cn|%s").strip() == (
        "Anna Muster <redaktion@noreply.invalid>|Digitalnavigator|Neuer Name")
    body = git(root, "log", "-1", "--format=%b")
    assert number in body and "Freigegeben-von: Ben Beispiel" in body
    assert sorted(git(root, "show", "--format=", "--name-only").split()) == sorted([LOAN, GRANT])
    assert git(root, "status", "--porcelain").strip() == "A  anderes.txt"


def test_a_file_somebody_is_working_on_is_refused(tmp_path: Path, sqlite: sa.Engine) -> None:
    root = make_content(tmp_path / "inhalt", in_git=True)
    upgrade(sqlite)
    curation = open_content(root, sqlite)
    file = root / LOAN
    file.write_text(file.read_text(encoding="utf-8") + "# angefangen\n", encoding="utf-8")
    with pytest.raises(NavigatorError, match=r"am Server gearbeitet.*git"):
        curation.releasing.release([propose(curation).number], BEN)
    assert "Startdarlehen" not in file.read_text(encoding="utf-8")


def test_a_name_cannot_forge_a_commit(tmp_path: Path, sqlite: sa.Engine) -> None:
    from dataclasses import replace

    root = make_content(tmp_path / "inhalt", in_git=True)
    upgrade(sqlite)
    curation = open_content(root, sqlite)
    forger = replace(ANNA, title="Eva <chef@example.org>\nCo-authored-by: x")
    curation.releasing.release([propose(curation, by=forger).number], BEN)
    assert git(root, "log", "-1", "--format=%ae").strip() == "redaktion@noreply.invalid"


def test_the_setting_chooses_the_store(tmp_path: Path, sqlite: sa.Engine) -> None:
    from bot.curation.open_store import open_store
    from bot.settings import load_settings

    plain, versioned = make_content(tmp_path / "a"), make_content(tmp_path / "b", in_git=True)
    for folder, wanted, kind in ((plain, "auto", PlainStore), (versioned, "auto", GitStore),
                                 (versioned, "dateien", PlainStore), (versioned, "git", GitStore)):
        settings = load_settings({"NAVIGATOR_CONTENT_DIR": str(folder), "NAVIGATOR_CONTENT_STORE": wanted})
        assert isinstance(open_store(settings, sqlite), kind)
    with pytest.raises(NavigatorError, match="git init"):
        open_store(load_settings({"NAVIGATOR_CONTENT_DIR": str(plain), "NAVIGATOR_CONTENT_STORE": "git"}), sqlite)


def test_a_change_by_hand_shows_in_the_history_of_git(tmp_path: Path) -> None:
    root = make_content(tmp_path / "inhalt", in_git=True)
    write(root, LOAN, "name: Gründungsdarlehen", "name: Von Hand")
    (latest, *_) = GitStore(root).history(LOAN)
    assert (latest.who, latest.release, latest.title) == ("Dora", None, "von Hand")


def test_two_at_the_same_time_release_once(curation: Curation, root: Path, engine: sa.Engine) -> None:
    number = _both(curation)
    start, came = threading.Barrier(2), []

    def release() -> None:
        own = open_content(root, engine)
        start.wait()
        try:
            came.append(own.releasing.release([number], BEN).release.id)
        except NavigatorError as error:
            came.append(str(error))

    threads = [threading.Thread(target=release) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(type, came), key=str) == [int, str]
    assert len(curation.releasing.store.latest()) == 1 and _texts(root) == (True, True)
