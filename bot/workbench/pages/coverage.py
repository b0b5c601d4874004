"""``/wissensbasis-abdeckung``: for every topic and Kreis, who is responsible and how one reaches them."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.curation.records import KINDS
from bot.records.rights import Right
from bot.workbench.keys import STORE, TODAY
from bot.workbench.pages.records import choices_for
from bot.workbench.rendering import page
from bot.workbench.routes import get
from knowledge_base.coverage import Cell, coverage
from knowledge_base.store import KnowledgeStore

PATH = "/wissensbasis-abdeckung"
NOBODY, WEB_ONLY, OLD, REACHED = "niemand", "nur Internet", "alte Angabe", "erreichbar"


@dataclass(frozen=True)
class Map:
    """The whole map with its sums."""

    places: Mapping[str, Sequence[Cell]]
    """Id of the place → a cell for every topic."""
    topics: Sequence[str]

    @property
    def cells(self) -> list[Cell]:
        """All cells."""
        return [cell for row in self.places.values() for cell in row]

    def count(self, *states: str) -> int:
        """Return how many cells are in these states."""
        return sum(state_of(cell) in states for cell in self.cells)


class Maps:
    """Makes the map once per build and day; it takes a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, dt.date], Map] | None = None

    def of(self, store: KnowledgeStore, day: dt.date) -> Map:
        """Return the map of today."""
        with self._lock:
            key = (store.build_number(), day)
            if self._known is None or self._known[0] != key:
                self._known = key, _made(coverage(store, day))
            return self._known[1]


MAPS: web.AppKey[Maps] = web.AppKey("coverage_maps", Maps)


def set_up(app: web.Application) -> None:
    """Prepare the place where the map is kept."""
    app[MAPS] = Maps()


def routes() -> list[web.RouteDef]:
    """Return the route."""
    return [get(PATH, show, Right.READ)]


async def show(request: web.Request) -> web.Response:
    """Show the map, or one topic of it with names and ways."""
    found = await asyncio.to_thread(request.app[MAPS].of, request.app[STORE], request.app[TODAY]())
    topic = request.query.get("thema", "")
    return page(request, "coverage.html", {
        "map": found, "topic": topic if topic in found.topics else "", "kind": None, "kinds": KINDS,
        "choices": await choices_for(request), "state_of": state_of,
        "chosen": [cell for cell in found.cells if cell.topic == topic],
        "missing": [cell for cell in found.cells if cell.contact is None],
        "with_somebody": found.count(WEB_ONLY, OLD, REACHED), "reached": found.count(OLD, REACHED),
        "old": found.count(OLD),
    })


def state_of(cell: Cell) -> str:
    """Return how well a topic is covered in a place, in one or two words."""
    if cell.contact is None:
        return NOBODY
    if not cell.ways:
        return WEB_ONLY
    return OLD if cell.only_old_ways else REACHED


def _made(cells: Sequence[Cell]) -> Map:
    places: dict[str, list[Cell]] = {}
    for cell in cells:
        places.setdefault(cell.place, []).append(cell)
    return Map(places, list(dict.fromkeys(cell.topic for cell in cells)))
