"""Records of the catalogue as staff edit them: what kinds there are, where they stand, and the edits of a form."""

from __future__ import annotations

import copy
import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from bot.curation.changed_tree import CATALOGUE
from bot.curation.content_store import ContentStore
from bot.curation.edits import MISSING, AddFile, AddItem, Edit, RemoveValue, SetValue, at, data_of
from bot.curation.places import file_of_record
from bot.curation.smallest import as_text
from bot.curation.yaml_render import entry
from bot.errors import NavigatorError
from knowledge_base.content import Loc
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import Event, Term
from knowledge_base.schema.place import Responsible
from knowledge_base.schema.programme import Programme, Volatility

REVIEW_DAYS: Mapping[str, int] = {
    Volatility.BUDGET.value: 30, Volatility.RICHTLINIE.value: 90, Volatility.GESETZ.value: 180}
"""By how fast a record changes: after so many days it is read again."""
_DEFAULT_DAYS = 90
_GLOSSARY = f"{CATALOGUE}/glossary.yml"
_PLACES = f"{CATALOGUE}/places.yml"


@dataclass(frozen=True)
class RecordKind:
    """One kind of record."""

    slug: str
    """In addresses."""
    title: str
    one: str
    """What a new one is called, in the accusative; empty: nobody adds one."""
    model: type[BaseModel]
    folder: str = ""
    """Below the catalogue; empty: entries of the glossary."""
    naming: str = "name"

    @property
    def fixed(self) -> tuple[str, ...]:
        """Fields that stay as they are once the record is there: its file is named by them."""
        return ("id", "level", "names")


KINDS: Mapping[str, RecordKind] = {kind.slug: kind for kind in (
    RecordKind("programme", "Programme", "Neues Programm", Programme, "programmes"),
    RecordKind("kontakte", "Kontakte", "Neuen Kontakt", Contact, "contacts"),
    RecordKind("termine", "Termine", "Neuen Termin", Event, "events", naming="title"),
    RecordKind("begriffe", "Begriffe", "Neuen Begriff", Term, naming="term"),
    RecordKind("zustaendigkeiten", "Zuständigkeiten", "", Responsible),
)}


@dataclass(frozen=True)
class Place:
    """Where a record stands."""

    path: str
    loc: Loc = ()
    """Way within the file; empty: the file is the record."""
    is_new: bool = False


def place_of(contents: ContentStore, kind: RecordKind, record_id: str, text: str | None = None) -> Place:
    """Return where a record stands.

    Args:
        contents: The files.
        kind: What it is.
        record_id: Its id.
        text: The text of the file to look in; by default as it is now.

    Raises:
        NavigatorError: If there is none.
    """
    if kind.folder:
        path = file_of_record(contents.root, record_id)
        if path is not None and path.startswith(f"{CATALOGUE}/{kind.folder}/"):
            return Place(path)
    elif kind.model is Responsible:
        loc = _loc_of_place(_parsed(contents.read(_PLACES) if text is None else text) or {}, record_id)
        if loc:
            return Place(_PLACES, (*loc, "responsible"))
    else:
        entries = _parsed(contents.read(_GLOSSARY) if text is None else text) or []
        for number, each in enumerate(entries):
            if isinstance(each, dict) and each.get("id") == record_id:
                return Place(_GLOSSARY, (number,))
    raise NavigatorError(f"„{record_id}“ gibt es in der Wissensbasis nicht mehr – laden Sie die Liste neu.")


def _loc_of_place(data: Mapping[str, Any], place_id: str) -> Loc:
    """The way to a Kreis, or to a Gemeinde that is none."""
    kreise = data.get("kreise", [])
    for number, kreis in enumerate(kreise):
        if kreis["id"] == place_id:
            return "kreise", number
    for number, kreis in enumerate(kreise):
        for index, gemeinde in enumerate(kreis["gemeinden"]):
            if gemeinde["id"] == place_id:
                return "kreise", number, "gemeinden", index
    return ()


def new_place(kind: RecordKind, data: Mapping[str, Any], text: str | None) -> Place:
    """Return where a new record will stand; ``text`` is that of the file it shares with others."""
    if not kind.folder:
        return Place(_GLOSSARY, (len(_parsed(text) or []),), is_new=True)
    level = f"{data.get('level', 'land')}/" if kind.model is Programme else ""
    return Place(f"{CATALOGUE}/{kind.folder}/{level}{data.get('id') or 'neu'}.yml", is_new=True)


def shared_text(contents: ContentStore, kind: RecordKind) -> str | None:
    """Return the file that a new record is added to; ``None`` if it gets a file of its own."""
    return None if kind.folder else contents.read(_GLOSSARY)


def data_at(text: str | None, place: Place) -> dict[str, Any]:
    """Return what a file says about a record."""
    found = at(_parsed(text), place.loc)
    return copy.deepcopy(found) if isinstance(found, dict) else {}


@lru_cache(maxsize=32)
def _parsed(text: str | None) -> Any:
    """Read a text once: the file of all places takes a while. Nobody may change what comes back."""
    return data_of(text)


def edits_for(place: Place, old: Mapping[str, Any], new: Mapping[str, Any], order: Sequence[str]) -> list[Edit]:
    """Return the edits that make a record say something else: only its fields that differ.

    Args:
        place: Where it stands.
        old: What it says.
        new: What it is to say.
        order: The fields as they stand in the schema; a new one goes behind the one before.
    """
    if place.is_new:
        ordered = {key: new[key] for key in order if key in new}
        if place.path == _GLOSSARY:
            return [AddItem(path=place.path, at=(), value=ordered)]
        return [AddFile(path=place.path, text="".join(f"{entry(value, 0, key)}\n" for key, value in ordered.items()))]
    if not old and place.loc and new:
        return [SetValue(path=place.path, at=place.loc, value=dict(new))]
    edits: list[Edit] = []
    for number, key in enumerate(order):
        if key in new and as_text(old.get(key, MISSING)) != as_text(new[key]):
            before = next((each for each in reversed(order[:number]) if each in old or each in new), None)
            edits.append(SetValue(path=place.path, at=(*place.loc, key), value=new[key], after=before))
        elif key in old and key not in new:
            edits.append(RemoveValue(path=place.path, at=(*place.loc, key)))
    return edits


def checked_again(place: Place, old: Mapping[str, Any], by: str, today: dt.date) -> list[Edit]:
    """Return the edits that say: somebody read it today, and it still holds."""
    if "verified" not in old:
        raise NavigatorError("Für diesen Eintrag gibt es kein Prüfdatum – ändern Sie ihn, wenn etwas nicht stimmt.")
    days = REVIEW_DAYS.get(str(old.get("volatility")), _DEFAULT_DAYS)
    values = {"on": today.isoformat(), "by": by, "next": (today + dt.timedelta(days=days)).isoformat()}
    at_once = (*place.loc, "verified")
    return [SetValue(path=place.path, at=(*at_once, key), value=value) for key, value in values.items()]


def slug(name: str) -> str:
    """Return an id for a name."""
    plain = name.lower()
    for letter, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, two)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")


def template(kind: RecordKind, by: str, today: dt.date) -> dict[str, Any]:
    """Return what a new record begins with: what is the same for most, and who reads it today."""
    verified = {"on": today.isoformat(), "by": by, "next": (today + dt.timedelta(days=_DEFAULT_DAYS)).isoformat()}
    source = {"s1": {"checked_on": today.isoformat()}}
    if kind.model is Term:
        return {"sources": source}
    if kind.model is Event:
        return {"sources": source, "verified": verified}
    common = {"sources": source, "verified": verified, "confidence": "medium"}
    if kind.model is Contact:
        return {**common, "reach": [{"source": "s1"}]}
    statement = {"source": "s1"}
    return {
        **common, "level": "land", "status": "aktiv", "volatility": Volatility.RICHTLINIE.value,
        "summary": statement, "plain": statement, "funding": {"text": statement},
        "deadline": {"kind": "laufend", "source": "s1"}}
