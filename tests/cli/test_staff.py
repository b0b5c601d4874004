"""``python -m bot staff`` as somebody at the terminal uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli._inbox import current_engine
from bot.records.accounts import AccountStore
from bot.records.audit import AuditLog, Filter
from bot.records.one_time_links import LinkStore
from bot.records.rights import Role
from bot.settings import load_settings
from bot.workbench.secret import load_secret


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("NAVIGATOR_WORKBENCH_SECRET", raising=False)
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path))


def _token(shown: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8081/einladung/(\S+)", shown)
    assert found, shown
    return found[1]


def _links() -> LinkStore:
    return LinkStore(current_engine(), load_secret(load_settings()))


def test_an_invited_person_gets_a_link_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    roles = ["--role", "redaktion", "--role", "lesen"]
    assert main(["staff", "invite", "Berta", "--title", "Berta Beispiel", *roles]) == 0
    invitation = _links().find(_token(capsys.readouterr().out))
    berta = AccountStore(current_engine()).named("berta")
    assert invitation and berta and invitation.account_id == berta.id
    assert berta.roles == {Role.EDITOR, Role.READER}
    assert main(["staff", "list"]) == 0
    shown = capsys.readouterr().out
    assert "berta  Berta Beispiel: Lesen, Redaktion, noch kein Kennwort" in shown and "Konten: 1" in shown
    assert {entry.who for entry in AuditLog(current_engine()).find(Filter())} == {"Terminal"}


def test_a_reset_makes_the_link_before_useless(capsys: pytest.CaptureFixture[str]) -> None:
    main(["staff", "invite", "berta"])
    first = _token(capsys.readouterr().out)
    assert main(["staff", "reset", "BERTA"]) == 0
    second = _token(capsys.readouterr().out)
    assert _links().find(second) and not _links().find(first)


@pytest.mark.parametrize(("arguments", "part"), [
    (["invite", "anna"], "gibt es schon"), (["invite", "berta", "--role", "chefin"], "möglich sind lesen, redaktion"),
    (["reset", "niemand"], "staff list"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(capsys: pytest.CaptureFixture[str], arguments: list[str], part: str) -> None:
    main(["staff", "invite", "anna"])
    assert main(["staff", *arguments]) == 1
    assert part in capsys.readouterr().err
