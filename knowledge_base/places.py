"""Which area holds which place, and who is responsible there. Built once per catalogue build from ``Places``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.schema.place import Gemeinde, Kreis, Places, Responsible

NRW = "nrw"
GERMANY = "deutschland"
OUTSIDE = "outside:"
"""Prefix of a place outside North Rhine-Westphalia in a profile."""

_LAENDER = frozenset({
    "Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen", "Mecklenburg-Vorpommern",
    "Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz", "Saarland", "Sachsen", "Sachsen-Anhalt",
    "Schleswig-Holstein", "Thüringen", "Deutschland",
})
_GEMEINDE_LEVEL, _KREIS_LEVEL, _REGION_LEVEL, _NRW_LEVEL, _GERMANY_LEVEL = range(5)
KINDS = {"regionalagentur": "regionalagentur", "agentur_fuer_arbeit": "agentur-fuer-arbeit", "jobcenter": "jobcenter",
         "ihk": "ihk", "hwk": "hwk"}
"""Field of ``schema.place.Responsible`` → kind of contact."""


@dataclass(frozen=True)
class ResponsibleBody:
    """Who is responsible: a contact record, or only the official name where there is no record."""

    contact_id: str | None
    name: str | None = None


class Directory:
    """Answers questions about places. Every place and area is the set of Gemeinden it consists of.

    That makes „covers“ a comparison of sets, and a Kreis whose Gemeinden belong to different bodies (Witten and
    Hattingen in the Ennepe-Ruhr-Kreis) needs no special case.
    """

    def __init__(self, places: Places) -> None:
        self._names: dict[str, str] = {NRW: "Nordrhein-Westfalen", GERMANY: "Deutschland"}
        self._levels: dict[str, int] = {NRW: _NRW_LEVEL, GERMANY: _GERMANY_LEVEL}
        self._kreis_of: dict[str, Kreis] = {}
        self._gemeinden: dict[str, Gemeinde] = {}
        self._kreise: dict[str, Kreis] = {}
        self._regions_of: dict[str, list[str]] = {}
        self._members: dict[str, frozenset[str]] = {}
        for kreis in places.kreise:
            self._add_kreis(kreis)
        everywhere = frozenset(self._gemeinden)
        self._members[NRW] = everywhere
        self._add_outside(places, everywhere)
        self._add_regions(places)

    def _add_kreis(self, kreis: Kreis) -> None:
        self._kreise[kreis.id] = kreis
        self._names[kreis.id] = kreis.name
        self._levels[kreis.id] = _KREIS_LEVEL
        self._members[kreis.id] = frozenset(gemeinde.id for gemeinde in kreis.gemeinden)
        for gemeinde in kreis.gemeinden:
            self._gemeinden[gemeinde.id] = gemeinde
            self._kreis_of[gemeinde.id] = kreis
            self._names[gemeinde.id] = gemeinde.name
            self._levels[gemeinde.id] = _GEMEINDE_LEVEL
            self._members.setdefault(gemeinde.id, frozenset({gemeinde.id}))

    def _add_outside(self, places: Places, everywhere: frozenset[str]) -> None:
        german = set()
        for place in places.outside:
            key = OUTSIDE + place.id
            self._names[key] = place.name
            self._members[key] = frozenset({key})
            if place.land in _LAENDER:
                german.add(key)
        self._members[GERMANY] = everywhere | german

    def _add_regions(self, places: Places) -> None:
        """Regions may be made of regions; unknown members are reported by ``kb check``, here they are empty."""
        waiting = {region.id: region for region in places.regions}
        for region in places.regions:
            self._names[region.id] = region.name
            self._levels[region.id] = _REGION_LEVEL

        def expand(area: str, seen: frozenset[str]) -> frozenset[str]:
            if area in self._members or area not in waiting or area in seen:
                return self._members.get(area, frozenset())
            return frozenset().union(*(expand(member, seen | {area}) for member in waiting[area].members))

        for region_id in waiting:
            self._members[region_id] = expand(region_id, frozenset())
            for gemeinde in self._members[region_id]:
                self._regions_of.setdefault(gemeinde, []).append(region_id)

    def knows(self, place_id: str) -> bool:
        """Whether the id names a place or an area."""
        return place_id in self._members

    def name(self, place_id: str) -> str:
        """The German name of a place or area; the id itself if it is unknown."""
        return self._names.get(place_id, place_id)

    def gemeinden(self, area_id: str) -> frozenset[str]:
        """The ids of all Gemeinden an area consists of; empty if it is unknown."""
        return self._members.get(area_id, frozenset())

    def chain(self, place_id: str) -> list[str]:
        """The place and everything that holds it whole, nearest first: Gemeinde, Kreis, regions, NRW, Germany."""
        inside = self._members.get(place_id)
        if inside is None:
            return []
        chain = [place_id]
        if place_id in self._kreis_of:
            chain.append(self._kreis_of[place_id].id)
        some = next(iter(inside), "")
        chain += sorted((region for region in self._regions_of.get(some, []) if inside <= self._members[region]),
                        key=lambda region: (len(self._members[region]), region))
        chain += [area for area in (NRW, GERMANY) if inside <= self._members[area]]
        return list(dict.fromkeys(chain))

    def covers(self, area_ids: Iterable[str], place_id: str) -> bool | None:
        """Whether the areas together hold the place; ``None`` if only a part of it, or if the place is unknown."""
        inside = self._members.get(place_id)
        if not inside:
            return None
        covered: frozenset[str] = frozenset().union(*(self._members.get(area, frozenset()) for area in area_ids))
        if inside <= covered:
            return True
        return None if inside & covered else False

    def distance(self, area_ids: Iterable[str], place_id: str) -> int | None:
        """How near the nearest area is that touches the place: 0 Gemeinde, 1 Kreis, 2 region, 3 NRW, 4 Germany.

        ``None`` if no area touches it.
        """
        inside = self._members.get(place_id, frozenset())
        return min((self._levels[area] for area in area_ids
                    if area in self._levels and inside & self._members[area]), default=None)

    def responsible(self, place_id: str) -> dict[str, ResponsibleBody]:
        """The responsible bodies by kind of contact. What a Gemeinde says for itself goes before its Kreis.

        For a region it is what all its Gemeinden share.
        """
        if place_id in self._gemeinden:
            kreis = self._kreis_of[place_id]
            return {**_bodies(kreis.responsible), **_bodies(self._gemeinden[place_id].responsible)}
        if place_id in self._kreise:
            return _bodies(self._kreise[place_id].responsible)
        return self._shared(self._members.get(place_id, frozenset()))

    def exceptions(self, kreis_id: str) -> dict[str, list[str]]:
        """Kind of body → names of the Gemeinden of this Kreis for which another body is responsible."""
        kreis = self._kreise.get(kreis_id)
        found: dict[str, list[str]] = {}
        for gemeinde in kreis.gemeinden if kreis else ():
            for kind in _bodies(gemeinde.responsible):
                found.setdefault(kind, []).append(gemeinde.name)
        return found

    def _shared(self, gemeinden: frozenset[str]) -> dict[str, ResponsibleBody]:
        known = [self.responsible(gemeinde) for gemeinde in gemeinden if gemeinde in self._gemeinden]
        if not known:
            return {}
        return {kind: body for kind, body in known[0].items() if all(one.get(kind) == body for one in known)}


def _bodies(responsible: Responsible) -> dict[str, ResponsibleBody]:
    """The filled fields as bodies by kind of contact."""
    bodies = {}
    for field, kind in KINDS.items():
        contact_id, name = getattr(responsible, field), responsible.names.get(field)
        if contact_id or name:
            bodies[kind] = ResponsibleBody(contact_id, name)
    return bodies
