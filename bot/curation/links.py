"""Do the addresses in the catalogue still lead somewhere? Three answers: fine, dead, or a person has to look.

The check runs where there is internet, which need not be the machine of the bot: its result is one file that can be
carried over.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.errors import NavigatorError
from knowledge_base.content import Catalogue

FILE = "links.json"
"""Below the directory for changing data."""
AT_ONCE = 8
TIMEOUT = 20.0
_AGENT = "Mozilla/5.0 (compatible; Linkpruefung)"
_GONE = {404: "Die Seite gibt es nicht mehr.", 410: "Die Seite wurde entfernt."}


class LinkState(str, Enum):
    """What came of asking for an address."""

    FINE = "erreichbar"
    DEAD = "tot"
    UNCLEAR = "unklar"


@dataclass(frozen=True)
class Link:
    """One address, and what came of asking for it."""

    url: str
    state: LinkState
    note: str
    """German: what happened; empty if it is fine."""
    on: str
    """Day, ``YYYY-MM-DD``."""


def links_of(catalogue: Catalogue) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return every address of the catalogue with the records that name it, each as kind and id."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    kinds: Iterable[tuple[str, Mapping[str, Any]]] = (
        ("programme", catalogue.programmes), ("kontakte", catalogue.contacts), ("termine", catalogue.events),
        ("begriffe", catalogue.terms))
    for kind, records in kinds:
        for record in records.values():
            for url in dict.fromkeys(_addresses(record)):
                found[url].append((kind, record.id))
    return dict(found)


def _addresses(record: Any) -> Iterable[str]:
    provider = getattr(record, "provider", None)
    urls = [source.url for source in record.sources.values()] + [getattr(provider, "url", None)]
    urls += [getattr(record, "url", None), *(reach.value for reach in getattr(record, "reach", ()))]
    return [url for url in urls if url and url.startswith(("https://", "http://"))]


async def check(urls: Iterable[str], today: dt.date, timeout: float = TIMEOUT) -> list[Link]:
    """Ask for every address, at most a few at once and one after the other per host."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).netloc].append(url)
    gate = asyncio.Semaphore(AT_ONCE)
    options = aiohttp.ClientTimeout(total=timeout)
    async with aiohttp.ClientSession(timeout=options, headers={"User-Agent": _AGENT}) as session:

        async def host(addresses: Sequence[str]) -> list[Link]:
            found = []
            for url in addresses:
                async with gate:
                    state, note = await _ask(session, url)
                found.append(Link(url, state, note, today.isoformat()))
            return found

        hosts = await asyncio.gather(*(host(each) for each in by_host.values()))
    return sorted((link for links in hosts for link in links), key=lambda link: link.url)


async def _ask(session: aiohttp.ClientSession, url: str) -> tuple[LinkState, str]:
    try:
        async with session.get(url) as response:
            if response.status in _GONE:
                return LinkState.DEAD, _GONE[response.status]
            if response.status >= 400:
                return LinkState.UNCLEAR, f"Der Server antwortet mit dem Fehler {response.status}."
            moved = urlsplit(str(response.url)).path in ("", "/") and urlsplit(url).path not in ("", "/")
            if moved:
                return LinkState.UNCLEAR, "Die Adresse führt jetzt auf die Startseite."
            return LinkState.FINE, ""
    except asyncio.TimeoutError:
        return LinkState.UNCLEAR, "Der Server antwortet nicht rechtzeitig."
    except (aiohttp.ClientError, ValueError, OSError):
        return LinkState.UNCLEAR, "Der Server ist von hier aus nicht erreichbar."


def save(file: Path, links: Sequence[Link]) -> None:
    """Keep what came of a check; addresses that were not asked for now keep their last result."""
    kept = {**load(file), **{link.url: link for link in links}}
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.neu")
    beside.write_text(json.dumps([asdict(link) for link in kept.values()], ensure_ascii=False, indent=1) + "\n",
                      encoding="utf-8")
    beside.replace(file)


def load(file: Path) -> dict[str, Link]:
    """Return the results of earlier checks by address; nothing if there was none.

    Raises:
        NavigatorError: If the file is not one of ours.
    """
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
        return {entry["url"]: Link(entry["url"], LinkState(entry["state"]), entry["note"], entry["on"])
                for entry in entries}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError):
        raise NavigatorError(f"{file} ist kein Ergebnis einer Linkprüfung – prüfen Sie die Links neu mit "
                             "„python -m bot kb links“.") from None
