"""A backup is one archive: the rows of the database, the content, and on request the model and the secrets."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import sqlalchemy as sa

from bot.curation.content_store import FILES, FOLDERS
from bot.database import snapshot, writing
from bot.errors import NavigatorError
from bot.records.model_choices import ModelChoices
from bot.records.table_copy import add_rows, copied_tables, is_empty, rows_of
from bot.runtime.signing import KEY_FILE, signature_of
from bot.settings import Settings
from bot.training import report_of
from bot.workbench.secret import FILE as WORKBENCH_SECRET
from knowledge_base.migrate import is_known, is_up_to_date, load_tables, revision, upgrade

FORM = 1
MANIFEST, INSTANCE = "manifest.json", "instance.yml"
TABLES, CONTENT, MODELS, SECRETS = "tables", "content", "models", "secrets"
_FURTHER = ("config*.yml", "endpoints.yml", "credentials.yml", "knowledge_base/audits/*.yml")


@dataclass(frozen=True)
class Done:
    """What was backed up or restored."""

    rows: int
    files: int
    models: int
    secrets: bool


def back_up(settings: Settings, engine: sa.Engine, target: Path, with_models: bool, with_secrets: bool) -> Done:
    """Write a backup of one moment; the service may go on meanwhile. The file is there whole or not at all.

    Raises:
        NavigatorError: If the database is not up to date, or the file is there already.
    """
    load_tables()
    if not is_up_to_date(engine):
        raise NavigatorError("Den Tabellen fehlt etwas – führen Sie zuerst „python -m bot db upgrade“ aus.")
    if target.exists():
        raise NavigatorError(f"{target} gibt es schon – nehmen Sie einen anderen Namen.")
    if not target.parent.is_dir():
        raise NavigatorError(f"Das Verzeichnis {target.parent} gibt es nicht – legen Sie es an.")
    unfinished = target.with_name(f"{target.name}.unfertig")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file, \
                tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            done = _write(settings, engine, archive, with_models, with_secrets)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return done


def restore(settings: Settings, engine: sa.Engine, source: Path, content: bool) -> Done:
    """Put a backup into an installation that nobody has used yet.

    Args:
        settings: Of the installation.
        engine: Its database.
        source: The backup.
        content: Also overwrite content that is there already.

    Raises:
        NavigatorError: If the file is no backup, is newer than the program, or the database is not empty.
    """
    load_tables()
    with _opened(source) as archive:
        manifest = _manifest(archive)
        if manifest.get("form") != FORM or not is_known(str(manifest.get("revision"))):
            raise NavigatorError("Die Sicherung stammt von einer neueren Version – aktualisieren Sie das Programm.")
        with engine.connect() as connection:
            if not is_empty(connection):
                raise NavigatorError("In der Datenbank steht schon etwas – nehmen Sie eine leere: ein anderes "
                                     "NAVIGATOR_VAR_DIR oder eine andere DATABASE_URL.")
        if not revision(engine):
            upgrade(engine, str(manifest["revision"]))
        elif revision(engine) != manifest["revision"]:
            raise NavigatorError("Die Tabellen sind schon angelegt, in anderer Fassung als in der Sicherung – nehmen "
                                 "Sie eine ganz leere Datenbank.")
        rows = _restore_tables(engine, archive)
        upgrade(engine)
        files = _restore_content(settings, archive, content)
        models = _restore_files(archive, MODELS, settings.model_dir, 0o644)
        secrets = _restore_secrets(settings, archive)
    return Done(rows, files, models, secrets)


def _write(
    settings: Settings, engine: sa.Engine, archive: tarfile.TarFile, with_models: bool, with_secrets: bool
) -> Done:
    rows, files, models = 0, 0, 0
    manifest = {"form": FORM, "revision": revision(engine), "at": dt.datetime.now(dt.timezone.utc).isoformat()}
    _add(archive, MANIFEST, json.dumps(manifest).encode())
    with snapshot(engine) as connection:
        for table in copied_tables(with_secrets):
            lines = list(rows_of(connection, table))
            rows += len(lines)
            _add(archive, f"{TABLES}/{table.name}.jsonl", "\n".join(lines).encode())
    for file in _content_files(settings.content_dir):
        _add(archive, f"{CONTENT}/{file.relative_to(settings.content_dir).as_posix()}", file.read_bytes())
        files += 1
    _add(archive, INSTANCE, settings.instance_file.read_bytes())
    for file in _models(settings, engine) if with_models else ():
        _add(archive, f"{MODELS}/{file.name}", file.read_bytes())
        models += file.name.endswith(".gz")
    for file in (settings.var_dir / WORKBENCH_SECRET, settings.model_dir.parent / KEY_FILE) if with_secrets else ():
        if file.is_file():
            _add(archive, f"{SECRETS}/{file.name}", file.read_bytes())
    return Done(rows, files, models, with_secrets)


def _content_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(file for file in (root / folder).rglob("*") if file.is_file())
    yield from (root / name for name in FILES if (root / name).is_file())
    for pattern in _FURTHER:
        yield from sorted(root.glob(pattern))


def _models(settings: Settings, engine: sa.Engine) -> Iterator[Path]:
    """The model that answers, or the newest, with what lies beside it."""
    chosen = [settings.model_dir / name for name in ModelChoices(engine).in_use()[:1]]
    found = [model for model in chosen if model.is_file()] or sorted(settings.model_dir.glob("*.tar.gz"))[-1:]
    for model in found:
        yield from (file for file in (model, signature_of(model), report_of(model)) if file.is_file())


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode, about.mtime = len(data), 0o600, int(dt.datetime.now().timestamp())
    archive.addfile(about, io.BytesIO(data))


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            yield archive
    except (OSError, tarfile.TarError, EOFError, ValueError, KeyError) as error:
        raise NavigatorError(f"{source} ist keine Sicherung dieses Programms oder ist beschädigt – nehmen Sie eine "
                             "andere Datei.") from error


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_read(archive, archive.getmember(MANIFEST)))
    return found


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read() if file else b""


def _restore_tables(engine: sa.Engine, archive: tarfile.TarFile) -> int:
    number = 0
    with writing(engine).begin() as connection:
        for member in archive.getmembers():  # in the order of writing: no row before what it refers to
            path = PurePosixPath(member.name)
            if path.parent.as_posix() == TABLES and path.suffix == ".jsonl":
                lines = _read(archive, member).decode().split("\n")  # no other line ends: texts may hold them
                number += add_rows(connection, path.stem, filter(None, lines))
    return number


def _restore_content(settings: Settings, archive: tarfile.TarFile, overwrite: bool) -> int:
    if settings.catalogue_dir.exists() and not overwrite:
        return 0
    settings.instance_file.parent.mkdir(parents=True, exist_ok=True)
    settings.instance_file.write_bytes(_read(archive, archive.getmember(INSTANCE)))
    return _restore_files(archive, CONTENT, settings.content_dir, 0o644)


def _restore_secrets(settings: Settings, archive: tarfile.TarFile) -> bool:
    folders = {WORKBENCH_SECRET: settings.var_dir, KEY_FILE: settings.model_dir.parent}
    for name, folder in folders.items():
        with contextlib.suppress(KeyError):
            _put(folder / name, _read(archive, archive.getmember(f"{SECRETS}/{name}")), 0o600)
    return any(member.name.startswith(f"{SECRETS}/") for member in archive.getmembers())


def _restore_files(archive: tarfile.TarFile, prefix: str, folder: Path, mode: int) -> int:
    """Write the files below a prefix to a folder; names that lead out of it are an attack."""
    number = 0
    for member in archive.getmembers():
        path = PurePosixPath(member.name)
        if path.parts[:1] != (prefix,) or not member.isfile():
            continue
        if ".." in path.parts or path.is_absolute():
            raise ValueError(member.name)
        _put(folder.joinpath(*path.parts[1:]), _read(archive, member), mode)
        number += prefix == CONTENT or path.name.endswith(".gz")
    return number


def _put(file: Path, data: bytes, mode: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as opened:
        opened.write(data)
