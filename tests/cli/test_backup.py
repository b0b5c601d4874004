"""A backup holds everything and comes back into an empty installation, also on the other kind of database."""

from __future__ import annotations

import io
import json
import shutil
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.__main__ import main
from bot.cli._backup import back_up, restore
from bot.database import Base, open_engine
from bot.errors import NavigatorError
from bot.records.accounts import AccountStore
from bot.records.audit import AuditLog
from bot.records.callbacks import CallbackStore
from bot.records.conversations import ConversationStore, StoredReply, Turn
from bot.records.feedback import FeedbackStore
from bot.records.reports import ReportKind, ReportStore
from bot.records.rights import Role
from bot.records.secrets import shared_secret
from bot.records.table_copy import copied_tables
from bot.runtime.signing import KEY_FILE, is_signed, sign
from bot.settings import REPOSITORY, Settings, load_settings
from knowledge_base.migrate import upgrade

PHONE = "0171 3920001"
EVENT = {"event": "user", "timestamp": 1.5, "text": "Grüße\u2028aus \x85 Köln\n„ja“", "parse_data": {"text": None}}


def content(folder: Path) -> Path:
    """A content folder with little in it."""
    for name in ("nlu_data/buttons.yml", "knowledge_base/catalogue/topics.yml", "domain.yml", "config.yml",
                 "instance.yml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, folder / name)
    return folder


def installed(tmp_path: Path, name: str, url: str = "") -> Settings:
    """An installation of its own."""
    folder = tmp_path / name
    (folder / "content").mkdir(parents=True)
    return load_settings({"NAVIGATOR_VAR_DIR": str(folder / "var"), "NAVIGATOR_CONTENT_DIR": str(folder / "content"),
                          "DATABASE_URL": url})


@pytest.fixture
def used(tmp_path: Path, sqlite_url: str) -> Iterator[tuple[Settings, sa.Engine]]:
    """An installation in which something of every kind was stored."""
    yield from _used(tmp_path, sqlite_url)


@pytest.fixture
def used_anywhere(tmp_path: Path, database_url: str) -> Iterator[tuple[Settings, sa.Engine]]:
    """The same on each kind of database."""
    yield from _used(tmp_path, database_url)


def _used(tmp_path: Path, database_url: str) -> Iterator[tuple[Settings, sa.Engine]]:
    settings = installed(tmp_path, "alt", database_url)
    content(settings.content_dir)
    engine = open_engine(settings.database_url)
    upgrade(engine)
    reply = StoredReply("m-1", [{"text": "Guten Tag", "buttons": [], "answer": {}}])
    ConversationStore(engine).append(Turn("web:anna", 0, [EVENT], reply=reply, channel="web"))
    FeedbackStore(engine).rate("web:anna", "eins", False, "falsch")
    CallbackStore(engine).draft("web:anna", way="telefon", address=PHONE)
    CallbackStore(engine).send("web:anna")
    ReportStore(engine).add(ReportKind.ERROR, "x", "Das stimmt nicht.", None)
    AccountStore(engine).add("anna", "Anna Beispiel", [Role.ADMIN], "Test")
    shared_secret(engine, "forms")
    settings.model_dir.mkdir(parents=True)
    (settings.model_dir / "20261122-100000-abcdefabcdef.tar.gz").write_bytes(b"ein Modell")
    sign(settings.model_dir / "20261122-100000-abcdefabcdef.tar.gz", settings)
    yield settings, engine
    engine.dispose()


def everything(engine: sa.Engine) -> dict[str, list[tuple]]:
    """All rows that a backup holds, with times as UTC."""
    with engine.connect() as connection:
        rows = {table.name: [tuple(str(value).replace("+00:00", "") for value in row)
                             for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
                for table in copied_tables(with_secrets=False)}
    return {name: found for name, found in rows.items() if found}


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'zurueck.db'}"
    from tests.postgres import fresh_database

    opened = fresh_database(request.getfixturevalue("postgres_cluster"))
    url = opened.__enter__()
    request.addfinalizer(lambda: opened.__exit__(None, None, None))
    return url


def test_everything_comes_back_on_either_database(
    used_anywhere: tuple[Settings, sa.Engine], tmp_path: Path, other_url: str
) -> None:
    settings, engine = used_anywhere
    file = tmp_path / "sicherung.tar.gz"
    saved = back_up(settings, engine, file, with_models=False, with_secrets=False)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    new = installed(tmp_path, "neu", other_url)
    fresh = open_engine(new.database_url)
    back = restore(new, fresh, file, content=False)
    assert (back.rows, back.files, back.models, back.secrets) == (saved.rows, saved.files, 0, False)
    assert saved.rows >= 7
    assert everything(fresh) == everything(engine)
    assert {"conversation_event", "callback", "account", "audit_entry"} <= set(everything(fresh))
    window = ConversationStore(fresh).load("web:anna")
    assert window and window.events == [EVENT]
    assert (new.content_dir / "domain.yml").read_bytes() == (REPOSITORY / "domain.yml").read_bytes()
    assert new.instance_file.is_file()
    AuditLog(fresh).add("anna", "konto.angelegt", "berta")  # numbering goes on behind what was put back
    AccountStore(fresh).add("berta", "Berta Beispiel", [], "Test")
    with pytest.raises(NavigatorError, match="steht schon etwas"):
        restore(new, fresh, file, content=False)
    fresh.dispose()


def test_secrets_and_models_only_on_request(used: tuple[Settings, sa.Engine], tmp_path: Path) -> None:
    settings, engine = used
    plain, full = tmp_path / "ohne.tar.gz", tmp_path / "mit.tar.gz"
    back_up(settings, engine, plain, with_models=False, with_secrets=False)
    back_up(settings, engine, full, with_models=True, with_secrets=True)
    with tarfile.open(plain) as archive:
        names = archive.getnames()
    assert not any(name.startswith(("models", "secrets", "tables/secret", "tables/staff_session")) for name in names)
    new = installed(tmp_path, "neu")
    fresh = open_engine(new.database_url)
    done = restore(new, fresh, full, content=False)
    (model,) = new.model_dir.glob("*.gz")
    assert done.models == 1 and done.secrets and is_signed(model, new)
    assert stat.S_IMODE((new.var_dir / KEY_FILE).stat().st_mode) == 0o600
    assert shared_secret(fresh, "forms") == shared_secret(engine, "forms")
    fresh.dispose()


def test_content_that_is_there_stays_unless_told_otherwise(used: tuple[Settings, sa.Engine], tmp_path: Path) -> None:
    settings, engine = used
    file = tmp_path / "sicherung.tar.gz"
    back_up(settings, engine, file, with_models=False, with_secrets=False)
    for name, overwrite in (("eins", False), ("zwei", True)):
        new = installed(tmp_path, name)
        content(new.content_dir)
        (new.content_dir / "domain.yml").write_text("eigenes")
        fresh = open_engine(new.database_url)
        restore(new, fresh, file, content=overwrite)
        fresh.dispose()
        assert ((new.content_dir / "domain.yml").read_text() == "eigenes") is not overwrite


def test_every_table_is_copied_or_left_out_on_purpose(used: tuple[Settings, sa.Engine]) -> None:
    copied = {table.name for table in copied_tables(with_secrets=True)}
    left_out = set(Base.metadata.tables) - copied
    assert {"staff_session", "one_time_link", "programme", "contact", "kb_build"} <= left_out
    assert {"conversation", "callback", "report", "feedback", "proposal", "pause", "secret", "usage_count"} <= copied


@pytest.fixture
def target(tmp_path: Path) -> Iterator[tuple[Settings, sa.Engine]]:
    settings = installed(tmp_path, "neu")
    engine = open_engine(settings.database_url)
    yield settings, engine
    engine.dispose()


def _archive(file: Path, **parts: bytes) -> Path:
    with tarfile.open(file, "w:gz") as archive:
        for name, data in parts.items():
            about = tarfile.TarInfo(name)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return file


@pytest.mark.parametrize("data", [b"", b"kein Archiv", b"\x1f\x8b\x08kaputt"])
def test_a_broken_file_is_refused(target: tuple[Settings, sa.Engine], tmp_path: Path, data: bytes) -> None:
    (tmp_path / "kaputt").write_bytes(data)
    with pytest.raises(NavigatorError, match="keine Sicherung"):
        restore(*target, tmp_path / "kaputt", content=False)


def test_a_newer_or_foreign_backup_is_refused(target: tuple[Settings, sa.Engine], tmp_path: Path) -> None:
    manifest = json.dumps({"form": 1, "revision": "9999_neu"}).encode()
    newer = _archive(tmp_path / "neuer", **{"manifest.json": manifest})
    with pytest.raises(NavigatorError, match="neueren Version"):
        restore(*target, newer, content=False)
    with pytest.raises(NavigatorError, match="keine Sicherung"):
        restore(*target, _archive(tmp_path / "fremd", anders=b"x"), content=False)


def test_no_file_is_written_outside_of_the_installation(used: tuple[Settings, sa.Engine], tmp_path: Path) -> None:
    settings, engine = used
    file = tmp_path / "sicherung.tar.gz"
    back_up(settings, engine, file, with_models=False, with_secrets=False)
    with tarfile.open(file) as archive:
        parts = {member.name: archive.extractfile(member).read() for member in archive.getmembers()}
    evil = _archive(tmp_path / "boese", **parts, **{"content/../../boese.txt": b"x"})
    new = installed(tmp_path, "neu")
    fresh = open_engine(new.database_url)
    with pytest.raises(NavigatorError, match="beschädigt"):
        restore(new, fresh, evil, content=False)
    fresh.dispose()
    assert not list(tmp_path.rglob("boese.txt"))


def test_the_commands_say_what_they_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    old, new = installed(tmp_path, "alt"), installed(tmp_path, "neu")
    file = tmp_path / "sicherung.tar.gz"
    content(old.content_dir)
    upgrade(open_engine(old.database_url))
    saving, restoring = ["backup", str(file)], ["restore", str(file)]
    for settings, words in ((old, saving), (old, saving), (new, restoring)):
        monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(settings.var_dir))
        monkeypatch.setenv("NAVIGATOR_CONTENT_DIR", str(settings.content_dir))
        main(words)
    shown = capsys.readouterr()
    assert f"Gesichert in {file}: 0 Zeilen" in shown.out and "Zurückgespielt: 0 Zeilen" in shown.out
    assert "gibt es schon" in shown.err
