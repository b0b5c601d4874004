"""Settings of operation. Each exists once, here, with its default and a German sentence of help."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import NavigatorError

REPOSITORY = Path(__file__).resolve().parents[1]
CONTENT_STORES = ("auto", "git", "dateien")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?/?")
_MATRIX_USER = re.compile(r"@[a-z0-9._=/+-]+:[A-Za-z0-9.:-]+")
_TELEGRAM_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_API_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?")
_LONG_SECRET = re.compile(r".{32,}")
_BACKENDS = ("sqlite", "postgresql")


class Setting(NamedTuple):
    """One environment variable."""

    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("NAVIGATOR_HOST", "127.0.0.1", "Adresse, an der der Webdienst lauscht."),
    Setting("NAVIGATOR_PORT", "8080", "Port des Webdienstes, 1 bis 65535."),
    Setting("NAVIGATOR_VAR_DIR", "./var", "Verzeichnis für Datenbank, Modelle und andere Laufzeitdaten."),
    Setting(
        "DATABASE_URL",
        "sqlite:///<NAVIGATOR_VAR_DIR>/navigator.db",
        "Datenbank: sqlite:///Pfad oder postgresql://Nutzer:Kennwort@Rechner/Name.",
    ),
    Setting(
        "NAVIGATOR_CONTENT_DIR", "<Projektverzeichnis>", "Verzeichnis mit Katalog, Trainingsdaten und Instanzdatei."
    ),
    Setting(
        "NAVIGATOR_INSTANCE",
        "<NAVIGATOR_CONTENT_DIR>/instance.yml",
        "Instanzdatei: für welche Agentur der Dienst läuft.",
    ),
    Setting("NAVIGATOR_MODEL_DIR", "<NAVIGATOR_VAR_DIR>/models", "Verzeichnis der trainierten Modelle."),
    Setting(
        "NAVIGATOR_MODEL_KEY",
        "<Datei neben NAVIGATOR_MODEL_DIR>",
        "Schlüssel, mit dem Modelle unterschrieben sind, mindestens 32 Zeichen; geheim.",
    ),
    Setting(
        "NAVIGATOR_PUBLIC_URL",
        "<keine>",
        "Öffentliche Adresse, z. B. https://navigator.example.de; mit https verlangen Browser danach immer https.",
    ),
    Setting(
        "NAVIGATOR_PROXY_HEADER",
        "<keiner>",
        "Kopfzeile, in die der eigene Proxy die Adresse des Aufrufers schreibt, z. B. X-Forwarded-For.",
    ),
    Setting("NAVIGATOR_CHAT_PER_MINUTE", "30", "Nachrichten je Aufrufer und Minute; 0 heißt: keine Grenze."),
    Setting("NAVIGATOR_FORMS_PER_MINUTE", "6", "Abgesandte Formulare je Aufrufer und Minute."),
    Setting("NAVIGATOR_PAGES_PER_MINUTE", "240", "Seitenaufrufe je Aufrufer und Minute."),
    Setting("NAVIGATOR_PDF_PER_MINUTE", "12", "PDF-Dateien je Aufrufer und Minute."),
    Setting("NAVIGATOR_MATRIX_URL", "<keine>", "Adresse des Matrix-Servers, z. B. https://matrix.example.org."),
    Setting("NAVIGATOR_MATRIX_USER", "<keiner>", "Konto des Bots bei Matrix, z. B. @foerderung:example.org."),
    Setting("NAVIGATOR_MATRIX_PASSWORD", "<keines>", "Kennwort dieses Kontos; geheim."),
    Setting("NAVIGATOR_MATRIX_TOKEN", "<keiner>", "Zugangsschlüssel statt des Kennworts; geheim."),
    Setting("NAVIGATOR_TELEGRAM_TOKEN", "<keiner>", "Zugang des Telegram-Bots, wie @BotFather ihn nennt; geheim."),
    Setting(
        "NAVIGATOR_TELEGRAM_WEBHOOK_SECRET",
        "<keines>",
        "Selbst gewähltes Geheimnis, mit dem sich Telegram ausweist; mit NAVIGATOR_PUBLIC_URL ruft Telegram uns an, "
        "sonst fragen wir dort nach.",
    ),
    Setting("NAVIGATOR_TELEGRAM_API_URL", "https://api.telegram.org", "Adresse des Bot-API-Servers von Telegram."),
    Setting("NAVIGATOR_WHATSAPP_TOKEN", "<keiner>", "Dauerhafter Zugangsschlüssel von Meta; geheim."),
    Setting("NAVIGATOR_WHATSAPP_PHONE_ID", "<keine>", "Kennung der Rufnummer bei Meta, nicht die Nummer selbst."),
    Setting("NAVIGATOR_WHATSAPP_APP_SECRET", "<keines>", "App-Geheimnis von Meta; prüft jeden Aufruf."),
    Setting("NAVIGATOR_WHATSAPP_VERIFY_TOKEN", "<keines>", "Selbst gewähltes Kennwort für den Webhook."),
    Setting("NAVIGATOR_WHATSAPP_API_URL", "https://graph.facebook.com/v26.0", "Adresse der Graph-API von Meta."),
    Setting("NAVIGATOR_WORKBENCH_HOST", "127.0.0.1", "Adresse, an der die Werkbank lauscht."),
    Setting("NAVIGATOR_WORKBENCH_PORT", "8081", "Port der Werkbank; 0 heißt: keine Werkbank."),
    Setting("NAVIGATOR_WORKBENCH_URL", "<keine>", "Adresse der Werkbank im Browser, z. B. https://werkbank.example.de."),
    Setting(
        "NAVIGATOR_WORKBENCH_SECRET",
        "<Datei in NAVIGATOR_VAR_DIR>",
        "Geheimnis der Werkbank, mindestens 32 Zeichen; nötig, wenn sie nicht nur am eigenen Rechner lauscht.",
    ),
    Setting("NAVIGATOR_METRICS_HOST", "127.0.0.1", "Adresse, an der die Messwerte für die Überwachung stehen."),
    Setting("NAVIGATOR_METRICS_PORT", "0", "Port der Messwerte (/metrics), nie öffentlich; 0 heißt: keine."),
    Setting("NAVIGATOR_OIDC_ISSUER", "<keiner>", "Anmeldedienst der Agentur (OpenID Connect): sein Aussteller."),
    Setting("NAVIGATOR_OIDC_CLIENT_ID", "<keine>", "Kennung der Werkbank beim Anmeldedienst."),
    Setting("NAVIGATOR_OIDC_CLIENT_SECRET", "<keines>", "Geheimnis der Werkbank beim Anmeldedienst."),
    Setting(
        "NAVIGATOR_OIDC_ROLES_CLAIM",
        "<keine>",
        "Angabe des Anmeldedienstes, in der die Rollen stehen; ohne sie vergibt sie die Verwaltung.",
    ),
    Setting(
        "NAVIGATOR_CONTENT_STORE",
        "auto",
        "Wo Freigaben festgehalten werden: git, dateien (in der Datenbank) oder auto (git, wenn möglich).",
    ),
    Setting("NAVIGATOR_LOG_LEVEL", "INFO", "Wie viel protokolliert wird: DEBUG, INFO, WARNING oder ERROR."),
)
"""A default in angle brackets is described, not literal."""

SECRETS = frozenset({
    "DATABASE_URL", "NAVIGATOR_MODEL_KEY", "NAVIGATOR_MATRIX_PASSWORD", "NAVIGATOR_MATRIX_TOKEN",
    "NAVIGATOR_TELEGRAM_TOKEN", "NAVIGATOR_TELEGRAM_WEBHOOK_SECRET", "NAVIGATOR_WHATSAPP_TOKEN",
    "NAVIGATOR_WHATSAPP_APP_SECRET", "NAVIGATOR_WHATSAPP_VERIFY_TOKEN", "NAVIGATOR_WORKBENCH_SECRET",
    "NAVIGATOR_OIDC_CLIENT_SECRET",
})
"""May also stand in a file that ``<name>_FILE`` names, as containers hand over secrets."""

_DEFAULTS: dict[str, str] = {s.name: s.default for s in SETTINGS if "<" not in s.default}


@dataclass(frozen=True)
class Settings:
    """The settings in force. All paths are absolute."""

    host: str
    port: int
    var_dir: Path
    database_url: str = field(repr=False)
    """SQLAlchemy URL with driver; may hold a password, so it never appears in a log."""
    content_dir: Path
    instance_file: Path
    model_dir: Path
    model_key: str = field(repr=False)
    """Empty if it stands in a file."""
    public_url: str
    """Without a slash at the end; empty if it is not set."""
    proxy_header: str
    """Empty if clients reach us directly."""
    chat_per_minute: int
    forms_per_minute: int
    pages_per_minute: int
    pdf_per_minute: int
    matrix_url: str
    """Empty if it is not set, like the next three."""
    matrix_user: str
    matrix_password: str = field(repr=False)
    matrix_token: str = field(repr=False)
    whatsapp_token: str = field(repr=False)
    """Empty if it is not set, like the next three."""
    whatsapp_phone_id: str
    whatsapp_app_secret: str = field(repr=False)
    whatsapp_verify_token: str = field(repr=False)
    whatsapp_api_url: str
    telegram_token: str = field(repr=False)
    """Empty if Telegram is off."""
    telegram_webhook_secret: str = field(repr=False)
    """Empty if Telegram is polled."""
    telegram_api_url: str
    workbench_host: str
    workbench_port: int
    """0 if the workbench is off."""
    workbench_url: str
    """Without a slash at the end; empty if it is not set, like the next."""
    workbench_secret: str = field(repr=False)
    metrics_host: str
    metrics_port: int
    """0 if there are no figures for monitoring."""
    oidc_issuer: str
    """Empty if it is not set, like the next three."""
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    oidc_roles_claim: str
    content_store: str
    """One of ``CONTENT_STORES``."""
    log_level: str

    @property
    def catalogue_dir(self) -> Path:
        """Where the files of the catalogue stand."""
        return self.content_dir / "knowledge_base" / "catalogue"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; empty values count as not set.

    Args:
        environ: The environment; by default that of the process.

    Raises:
        NavigatorError: If a value cannot be used.
    """
    source = os.environ if environ is None else environ
    given = {s.name: _given(s.name, source) for s in SETTINGS}
    values = {name: value or _DEFAULTS.get(name, "") for name, value in given.items()}
    var_dir = _path(values["NAVIGATOR_VAR_DIR"])
    content_dir = _path(values["NAVIGATOR_CONTENT_DIR"] or str(REPOSITORY))
    if not content_dir.is_dir():
        raise NavigatorError(
            f"NAVIGATOR_CONTENT_DIR: Das Verzeichnis {content_dir} gibt es nicht – "
            "tragen Sie das Projektverzeichnis ein oder lassen Sie die Angabe weg."
        )
    return Settings(
        host=values["NAVIGATOR_HOST"],
        port=_port("NAVIGATOR_PORT", values),
        var_dir=var_dir,
        database_url=_database_url(values["DATABASE_URL"] or f"sqlite:///{var_dir / 'navigator.db'}"),
        content_dir=content_dir,
        instance_file=_path(values["NAVIGATOR_INSTANCE"] or str(content_dir / "instance.yml")),
        model_dir=_path(values["NAVIGATOR_MODEL_DIR"] or str(var_dir / "models")),
        model_key=_matching("NAVIGATOR_MODEL_KEY", values, _LONG_SECRET,
                            "nehmen Sie mindestens 32 zufällige Zeichen"),
        public_url=_public_url("NAVIGATOR_PUBLIC_URL", values),
        proxy_header=values["NAVIGATOR_PROXY_HEADER"],
        chat_per_minute=_number("NAVIGATOR_CHAT_PER_MINUTE", values),
        forms_per_minute=_number("NAVIGATOR_FORMS_PER_MINUTE", values),
        pages_per_minute=_number("NAVIGATOR_PAGES_PER_MINUTE", values),
        pdf_per_minute=_number("NAVIGATOR_PDF_PER_MINUTE", values),
        matrix_url=_matching("NAVIGATOR_MATRIX_URL", values, _API_URL,
                             "schreiben Sie sie wie https://matrix.example.org").rstrip("/"),
        matrix_user=_matching("NAVIGATOR_MATRIX_USER", values, _MATRIX_USER,
                              "schreiben Sie das Konto wie @foerderung:example.org"),
        matrix_password=values["NAVIGATOR_MATRIX_PASSWORD"],
        matrix_token=values["NAVIGATOR_MATRIX_TOKEN"],
        whatsapp_token=values["NAVIGATOR_WHATSAPP_TOKEN"],
        whatsapp_phone_id=_matching("NAVIGATOR_WHATSAPP_PHONE_ID", values, re.compile(r"\d+"),
                                    "kopieren Sie die Kennung der Rufnummer bei Meta; sie besteht nur aus Ziffern"),
        whatsapp_app_secret=values["NAVIGATOR_WHATSAPP_APP_SECRET"],
        whatsapp_verify_token=values["NAVIGATOR_WHATSAPP_VERIFY_TOKEN"],
        whatsapp_api_url=_matching("NAVIGATOR_WHATSAPP_API_URL", values, _API_URL,
                                   "schreiben Sie sie wie https://graph.facebook.com/v26.0").rstrip("/"),
        telegram_token=_matching("NAVIGATOR_TELEGRAM_TOKEN", values, _TELEGRAM_TOKEN,
                                 "kopieren Sie ihn so, wie @BotFather ihn genannt hat"),
        telegram_webhook_secret=_matching("NAVIGATOR_TELEGRAM_WEBHOOK_SECRET", values, _TELEGRAM_SECRET,
                                          "nehmen Sie 16 bis 256 Buchstaben, Ziffern, Unter- und Bindestriche"),
        telegram_api_url=_matching("NAVIGATOR_TELEGRAM_API_URL", values, _API_URL,
                                   "schreiben Sie sie wie https://api.telegram.org").rstrip("/"),
        workbench_host=values["NAVIGATOR_WORKBENCH_HOST"],
        workbench_port=_port("NAVIGATOR_WORKBENCH_PORT", values, lowest=0),
        workbench_url=_public_url("NAVIGATOR_WORKBENCH_URL", values),
        workbench_secret=_matching("NAVIGATOR_WORKBENCH_SECRET", values, _LONG_SECRET,
                                   "nehmen Sie mindestens 32 zufällige Zeichen"),
        metrics_host=values["NAVIGATOR_METRICS_HOST"],
        metrics_port=_port("NAVIGATOR_METRICS_PORT", values, lowest=0),
        oidc_issuer=_matching("NAVIGATOR_OIDC_ISSUER", values, _API_URL,
                              "schreiben Sie sie wie https://login.example.de/realms/haus"),
        oidc_client_id=values["NAVIGATOR_OIDC_CLIENT_ID"],
        oidc_client_secret=values["NAVIGATOR_OIDC_CLIENT_SECRET"],
        oidc_roles_claim=values["NAVIGATOR_OIDC_ROLES_CLAIM"],
        content_store=_content_store(values["NAVIGATOR_CONTENT_STORE"]),
        log_level=_log_level(values["NAVIGATOR_LOG_LEVEL"]),
    )


def _given(name: str, source: Mapping[str, str]) -> str:
    """Return the value of a setting; of a secret also what stands in its file."""
    value, file = source.get(name, "").strip(), source.get(f"{name}_FILE", "").strip()
    if name not in SECRETS or not file:
        return value
    if value:
        raise NavigatorError(f"{name} und {name}_FILE sind beide gesetzt – lassen Sie eines davon weg.")
    try:
        return _path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NavigatorError(
            f"{name}_FILE: Die Datei {file} lässt sich nicht lesen – prüfen Sie Ort und Rechte.") from error


def _path(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _port(name: str, values: Mapping[str, str], lowest: int = 1) -> int:
    value = values[name]
    if not (value.isascii() and value.isdigit() and lowest <= int(value) <= 65535):
        raise NavigatorError(f"{name}: „{value}“ ist kein Port – tragen Sie eine Zahl von {lowest} bis 65535 ein.")
    return int(value)


def _number(name: str, values: Mapping[str, str]) -> int:
    value = values[name]
    if not (value.isascii() and value.isdigit() and int(value) <= 100_000):
        raise NavigatorError(f"{name}: „{value}“ ist keine Anzahl – tragen Sie eine Zahl von 0 bis 100000 ein.")
    return int(value)


def _public_url(name: str, values: Mapping[str, str]) -> str:
    value = values[name]
    if value and not _PUBLIC_URL.fullmatch(value):
        raise NavigatorError(
            f"{name}: „{value}“ ist keine Adresse – schreiben Sie sie wie https://navigator.example.de."
        )
    return value.rstrip("/")


def _matching(name: str, values: Mapping[str, str], pattern: re.Pattern[str], advice: str) -> str:
    """Return a value that is empty or matches. No error quotes it: it may be secret."""
    if values[name] and not pattern.fullmatch(values[name]):
        raise NavigatorError(f"{name}: Die Angabe ist nicht brauchbar – {advice}.")
    return values[name]


def _content_store(value: str) -> str:
    if value not in CONTENT_STORES:
        raise NavigatorError(
            f"NAVIGATOR_CONTENT_STORE: „{value}“ gibt es nicht – erlaubt sind {', '.join(CONTENT_STORES)}."
        )
    return value


def _log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise NavigatorError(f"NAVIGATOR_LOG_LEVEL: „{value}“ gibt es nicht – erlaubt sind {', '.join(LOG_LEVELS)}.")
    return value.upper()


def _database_url(value: str) -> str:
    """Return the URL with the driver we install. No error quotes the value: it may hold a password."""
    wanted = "tragen Sie sqlite:///Pfad oder postgresql://Nutzer:Kennwort@Rechner/Name ein."
    try:
        url = make_url(value)
    except (ArgumentError, ValueError) as error:
        raise NavigatorError(f"DATABASE_URL: Die Angabe ist keine Datenbankadresse – {wanted}") from error
    backend = "postgresql" if url.drivername == "postgres" else url.get_backend_name()
    if backend not in _BACKENDS:
        raise NavigatorError(f"DATABASE_URL: „{backend}“ wird nicht unterstützt – {wanted}")
    driver = "postgresql+psycopg" if backend == "postgresql" else "sqlite"
    return url.set(drivername=driver).render_as_string(hide_password=False)
