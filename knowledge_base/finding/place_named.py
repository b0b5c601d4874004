"""Which place somebody means who types one into a field: name, district or PLZ."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.content import Catalogue
from knowledge_base.places import NRW, OUTSIDE, Directory
from knowledge_base.recognise.places import PlaceRecogniser
from knowledge_base.text import fold

_NRW_NAMES = frozenset({"nrw", "nordrhein westfalen"})


@dataclass(frozen=True)
class NamedPlace:
    """What was typed, as far as it is understood; everything empty: an unknown place."""

    id: str | None = None
    """The place or area, if it is clear."""
    choices: tuple[str, ...] = ()
    """Ids of all the places of this name, if there are several."""
    outside: str | None = None
    """Id of a place outside NRW (``outside:<id>``)."""


def recogniser_of(catalogue: Catalogue) -> PlaceRecogniser:
    """The recogniser of a catalogue; a factory for ``KnowledgeStore.derived``."""
    return PlaceRecogniser(catalogue.places)


def place_named(recogniser: PlaceRecogniser, directory: Directory, text: str) -> NamedPlace:
    """Resolve what was typed; ids of places are understood too, so that addresses may hold them."""
    text = text.strip()
    if text.startswith(OUTSIDE) and directory.knows(text):
        return NamedPlace(outside=text)
    if directory.knows(text):
        return NamedPlace(text)
    if fold(text) in _NRW_NAMES:
        return NamedPlace(NRW)
    where = f"in {text[:1].upper()}{text[1:]}"  # „Altstadt“ alone is a word, „in Altstadt“ is a place
    for mention in recogniser.find(text) or recogniser.find(where):
        if mention.entity == "place":
            return NamedPlace(mention.value)
        if mention.entity == "place_ambiguous":
            return NamedPlace(choices=tuple(mention.value))
        return NamedPlace(outside=OUTSIDE + mention.value)
    return NamedPlace()
