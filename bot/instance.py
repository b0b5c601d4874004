"""For whom the service runs: name, agency, region, imprint. Another agency has another ``instance.yml``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

from bot.errors import NavigatorError
from bot.plain_errors import explain
from bot.settings import Settings

OPEN = "bitte ergänzen"
"""Stands in the file where the agency has to fill in a fact. Such a fact is never invented and never shown."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_PHONE = re.compile(r"(?:0|\+49 )\d+(?: \d+)*(?:-\d+)?")
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(?::\d+)?|http://(?:localhost|127\.0\.0\.1)(?::\d+)?")
_HTTPS = re.compile(r"https://[^\s/]+\S*")


class _Part(BaseModel):
    """Unknown keys are errors, instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ChannelName(str, Enum):
    """Ways to reach the bot."""

    WEB = "web"
    MATRIX = "matrix"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"


MESSENGERS = frozenset(ChannelName) - {ChannelName.WEB}
"""Channels on which the bot says by itself, once and again after half a year, that a machine answers."""


_SPELLED = {ChannelName.WHATSAPP: "WhatsApp"}


class Weekday(str, Enum):
    """Days as they stand in the instance file, in order."""

    MONDAY = "mo"
    TUESDAY = "di"
    WEDNESDAY = "mi"
    THURSDAY = "do"
    FRIDAY = "fr"
    SATURDAY = "sa"
    SUNDAY = "so"


Hours = Mapping[Weekday, tuple[tuple[dt.time, dt.time], ...]]
"""From when to when somebody is there, by weekday."""


class Agency(_Part):
    """The regional agency as users see it."""

    name: Text
    organisation: Text
    phone: Text
    email: Text | None = None
    url: Text
    opening_hours: Text | None = None
    address: Text | None = None

    @field_validator("phone")
    @classmethod
    def _is_phone(cls, value: str) -> str:
        if not _PHONE.fullmatch(value):
            raise ValueError(f"„{value}“ ist keine Rufnummer – schreiben Sie sie wie 02331 4887814.")
        return value

    @field_validator("url")
    @classmethod
    def _is_https(cls, value: str) -> str:
        if not _HTTPS.fullmatch(value):
            raise ValueError(f"„{value}“ ist keine Adresse mit https:// – tragen Sie die vollständige Adresse ein.")
        return value


class Imprint(_Part):
    """What the law wants on the imprint page. ``bitte ergänzen`` where the agency has not said it yet."""

    provider: Text
    address: Text
    represented_by: Text
    register_entry: Text | None
    """``None``: the provider stands in no register."""
    vat_id: Text | None
    """``None``: the provider has none."""
    responsible_for_content: Text


class Privacy(_Part):
    """Whom to ask about personal data, and how long conversations are kept."""

    controller: Text
    contact: Text
    data_protection_officer: Text
    legal_basis: Text = OPEN
    """Why the agency may process conversations, in words."""
    hosting: Text = OPEN
    """Who runs the server, and what a web server before ours logs."""
    supervisory_authority: Text = OPEN
    retention_days: int = 30


class Accessibility(_Part):
    """What only the agency can say in the statement on accessibility."""

    status: Text = OPEN
    """Whether the service meets the rules: wholly, partly, not."""
    tested: Text = OPEN
    """When and how that was found out."""
    known_barriers: tuple[Text, ...] = ()
    enforcement_body: Text = OPEN
    """Whom to turn to if the agency does not answer."""
    stated_on: Text = OPEN
    """Day of the statement."""


class HumanHandoff(_Part):
    """How the bot hands over to a person."""

    callback: bool = True
    """Whether people may leave a number to be called back."""
    reply_within: Text | None = None
    """How soon somebody answers, as promised by the agency; ``None``: nothing is promised."""
    hours: Hours = {}
    """When somebody is there; empty: not known. Only outside these hours the bot says that nobody is."""

    @field_validator("hours", mode="before")
    @classmethod
    def _read_hours(cls, value: Any) -> Any:
        return {day: tuple(_span(part) for part in parts) for day, parts in dict(value or {}).items()}


class Instance(_Part):
    """One running service."""

    service_name: Text
    agency: Agency
    region: Text
    """Id of the region in ``places.yml``."""
    contact_id: Text
    """The contact record of the agency in the catalogue."""
    channels: tuple[ChannelName, ...]
    imprint: Imprint
    privacy: Privacy
    accessibility: Accessibility = Accessibility()
    human_handoff: HumanHandoff = HumanHandoff()
    embed_origins: tuple[Text, ...] = ()
    """Other sites that may show the chat, as browsers name them: ``https://www.example.org``."""

    @field_validator("embed_origins")
    @classmethod
    def _are_origins(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not _ORIGIN.fullmatch(value):
                raise ValueError(f"„{value}“ ist keine Herkunft – schreiben Sie sie wie https://www.example.org, "
                                 "klein und ohne Schrägstrich am Ende.")
        return values

    @property
    def messengers(self) -> list[str]:
        """Names of the messengers that are on, as people know them."""
        return [_SPELLED.get(each, each.value.capitalize()) for each in self.channels if each in MESSENGERS]

    def open_fields(self) -> list[str]:
        """Return the fields that still say ``bitte ergänzen``, e.g. ``imprint.vat_id``."""
        return list(_open_fields(self.model_dump(), ""))


def load_instance(settings: Settings) -> Instance:
    """Read the instance file.

    Raises:
        NavigatorError: If the file is missing or wrong; the text names every wrong field.
    """
    file = settings.instance_file
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NavigatorError(
            f"Die Instanzdatei {file} lässt sich nicht lesen – prüfen Sie NAVIGATOR_INSTANCE."
        ) from error
    except yaml.YAMLError as error:
        raise NavigatorError(
            f"Die Instanzdatei {file} ist kein gültiges YAML – prüfen Sie Einrückung und Doppelpunkte."
        ) from error
    try:
        return Instance.model_validate(data)
    except ValidationError as error:
        faults = " ".join(explain(details) for details in error.errors(include_url=False))
        raise NavigatorError(f"Die Instanzdatei {file} ist nicht richtig ausgefüllt: {faults}") from error


def _span(value: object) -> tuple[dt.time, dt.time]:
    begin, _, end = str(value).replace(" ", "").partition("-")
    try:
        times = dt.time.fromisoformat(begin.zfill(5)), dt.time.fromisoformat(end.zfill(5))
    except ValueError:
        times = dt.time.max, dt.time.min
    if times[0] >= times[1]:
        raise ValueError(f"„{value}“ ist keine Zeit – schreiben Sie sie wie 09:00-12:30.")
    return times


def _open_fields(data: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _open_fields(value, f"{prefix}{name}.")
        elif value == OPEN:
            yield prefix + name
