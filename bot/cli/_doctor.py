"""What may be wrong with an installation. Each check looks at one thing, changes nothing and speaks German."""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import today
from bot.database import create_engine_from
from bot.errors import NavigatorError
from bot.instance import load_instance
from bot.runtime.prepare import AGEING_RULES
from bot.runtime.signing import is_signed
from bot.settings import REPOSITORY, Settings
from bot.training import find_model
from bot.web.assets import require_built
from bot.web.headers import SERVER
from bot.workbench.secret import FILE, load_secret
from knowledge_base.build import content_hash, is_current
from knowledge_base.checks import check_directory
from knowledge_base.migrate import is_up_to_date
from knowledge_base.problems import errors

NEEDED = ("rasa", "sqlalchemy", "aiohttp", "pydantic", "spacy", "python-stdnum", "prometheus-client")
LITTLE_SPACE, TOO_LITTLE_SPACE = 2 << 30, 200 << 20
ANSWER_SECONDS = 3.0
_PIN = re.compile(r"^([a-z0-9_.-]+)==(\S+)", re.IGNORECASE | re.MULTILINE)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Level(str, Enum):
    """How bad it is."""

    GOOD = "gut"
    HINT = "Hinweis"
    FAULT = "FEHLER"


@dataclass(frozen=True)
class Finding:
    """What a check says."""

    level: Level
    text: str


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """Run all checks; one that fails itself is a fault and stops no other."""
    return [finding for check in CHECKS for finding in _run(check, settings)]


def _run(check: Check, settings: Settings) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(check(settings))
    except NavigatorError as error:
        found.append(_fault(str(error)))
    except Exception as error:  # a check that cannot even run tells that something is wrong
        found.append(_fault(f"Die Prüfung „{check.__doc__}“ ist gescheitert ({type(error).__name__}) – sehen Sie in "
                            "docs/betrieb nach."))
    return found or [Finding(Level.GOOD, str(check.__doc__))]


def packages(settings: Settings) -> Iterator[Finding]:
    """Die Pakete sind installiert."""
    missing = [name for name in NEEDED if _installed(name) is None]
    if missing:
        yield _fault(f"Es fehlen Pakete: {', '.join(missing)} – führen Sie „make setup“ aus.")
    lock = REPOSITORY / "requirements.lock"
    pins = _PIN.findall(lock.read_text(encoding="utf-8")) if lock.is_file() else []
    other = [name for name, wanted in pins if _installed(name) not in (None, wanted)]
    if other:
        yield _hint(f"Andere Fassungen als vorgesehen: {', '.join(other[:5])} – führen Sie „make setup“ aus.")


def pages(settings: Settings) -> Iterator[Finding]:
    """Die Gestaltung der Seiten ist vorbereitet."""
    require_built()
    yield from ()


def instance_file(settings: Settings) -> Iterator[Finding]:
    """Die Instanzdatei ist vollständig."""
    missing = load_instance(settings).open_fields()
    if missing:
        yield _hint(f"In {settings.instance_file.name} fehlen Angaben: {', '.join(missing)} – bitte ergänzen.")


def folder(settings: Settings) -> Iterator[Finding]:
    """Im Datenverzeichnis ist Platz, und nur der Dienst darf hinein."""
    place = settings.var_dir
    if not place.is_dir():
        yield _hint(f"Das Datenverzeichnis {place} gibt es noch nicht – „make run“ legt es an.")
        return
    if not os.access(place, os.W_OK):
        yield _fault(f"In {place} darf der Dienst nicht schreiben – prüfen Sie, wem das Verzeichnis gehört.")
    free = shutil.disk_usage(place).free
    if free < LITTLE_SPACE:
        level = Level.FAULT if free < TOO_LITTLE_SPACE else Level.HINT
        yield Finding(level, f"In {place} sind nur {free >> 20} MB frei – schaffen Sie Platz.")
    if place.stat().st_mode & stat.S_IRWXO:
        yield _hint(f"In {place} dürfen alle Nutzer des Rechners lesen – führen Sie aus: chmod o= {place}")


def user(settings: Settings) -> Iterator[Finding]:
    """Der Dienst läuft ohne besondere Rechte."""
    if os.geteuid() == 0:
        yield _hint("Sie sind als root angemeldet – lassen Sie den Dienst unter einem eigenen Nutzer laufen.")


def database(settings: Settings) -> Iterator[Finding]:
    """Die Datenbank antwortet und ist auf dem neuesten Stand."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        yield _hint("Die Datenbank gibt es noch nicht – „make run“ legt sie an.")
        return
    engine = create_engine_from(settings)
    try:
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            if said != "ok":
                yield _fault("Die Datenbank ist beschädigt – spielen Sie die letzte Sicherung ein.")
                return
        if not is_up_to_date(engine):
            yield _fault("Den Tabellen fehlt etwas – führen Sie „python -m bot db upgrade“ aus.")
        elif not is_current(engine, content_hash(settings.catalogue_dir)):
            yield _hint("Die Wissensbasis in der Datenbank ist älter als die Dateien – „python -m bot kb build“ holt "
                        "sie nach.")
    except SQLAlchemyError:
        yield _fault("Die Datenbank antwortet nicht oder ist keine – prüfen Sie DATABASE_URL, und ob sie läuft.")
    finally:
        engine.dispose()


def catalogue(settings: Settings) -> Iterator[Finding]:
    """Die Dateien der Wissensbasis sind in Ordnung."""
    wrong = [each for each in errors(check_directory(settings.catalogue_dir, today())[1])
             if each.rule not in AGEING_RULES]
    if wrong:
        yield _fault(f"Die Wissensbasis hat {len(wrong)} Fehler, zum Beispiel: {wrong[0]}")


def model(settings: Settings) -> Iterator[Finding]:
    """Ein Modell passt zu den Trainingsdaten."""
    archives = sorted(settings.model_dir.glob("*.tar.gz"))
    foreign = [archive.name for archive in archives if not is_signed(archive, settings)]
    if foreign:
        yield _hint(f"Ohne gültige Unterschrift und darum nie geladen: {', '.join(foreign)} – löschen Sie diese "
                    "Dateien.")
    if find_model(settings) is None:
        yield _hint("Zu den Trainingsdaten von heute gibt es kein Modell – der nächste Start trainiert eines, oder "
                    "„python -m bot train“.")


def addresses(settings: Settings) -> Iterator[Finding]:
    """Adressen und Ports passen."""
    if settings.workbench_host not in _LOOPBACK or (settings.var_dir / FILE).exists():
        load_secret(settings)
    for host, port, name in ((settings.host, settings.port, "NAVIGATOR_PORT"),
                             (settings.workbench_host, settings.workbench_port, "NAVIGATOR_WORKBENCH_PORT")):
        if port and _is_taken(host, port) and not _is_ours(host, port):
            yield _fault(f"Auf {host}:{port} läuft ein fremder Dienst – beenden Sie ihn oder setzen Sie {name}.")
    if settings.public_url and not settings.proxy_header:
        yield _hint("NAVIGATOR_PUBLIC_URL ist gesetzt, NAVIGATOR_PROXY_HEADER nicht – hinter einem Proxy wird sonst "
                    "niemand begrenzt.")
    if settings.host not in _LOOPBACK and not settings.public_url.startswith("https://"):
        yield _hint(f"Der Webdienst lauscht an {settings.host} ohne https – setzen Sie einen Proxy mit TLS davor und "
                    "NAVIGATOR_PUBLIC_URL.")


CHECKS: tuple[Check, ...] = (
    packages, pages, instance_file, folder, user, database, catalogue, model, addresses)


def _fault(text: str) -> Finding:
    return Finding(Level.FAULT, text)


def _hint(text: str) -> Finding:
    return Finding(Level.HINT, text)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _is_ours(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=ANSWER_SECONDS) as answer:
            return bool(answer.headers.get("Server") == SERVER)
    except (OSError, ValueError):
        return False
