"""``/wissensbasis-links``: addresses that lead nowhere, or where somebody has to look."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.curation.links import FILE, Link, LinkState, links_of, load
from bot.curation.record_list import rows_of
from bot.curation.records import KINDS
from bot.records.rights import Right
from bot.workbench.keys import SETTINGS, STORE
from bot.workbench.rendering import page
from bot.workbench.routes import get
from knowledge_base.content import Catalogue

PATH = "/wissensbasis-links"


def routes() -> list[web.RouteDef]:
    """Return the route."""
    return [get(PATH, show, Right.READ)]


async def show(request: web.Request) -> web.Response:
    """Show what the last check found, for the addresses that still stand in the catalogue."""
    store = request.app[STORE]
    used = await asyncio.to_thread(store.derived, links_of)
    known = await asyncio.to_thread(load, request.app[SETTINGS].var_dir / FILE)
    links = [known[url] for url in used if url in known]
    return page(request, "links.html", {
        "kind": None, "kinds": KINDS, "used": used, "names": await asyncio.to_thread(store.derived, names_of),
        "dead": _of(links, LinkState.DEAD), "unclear": _of(links, LinkState.UNCLEAR), "all": len(used),
        "fine": len(_of(links, LinkState.FINE)), "never": len(used) - len(links),
        "last": max((link.on for link in links), default=""),
    })


def names_of(catalogue: Catalogue) -> Mapping[tuple[str, str], str]:
    """Return how every record is called; see ``KnowledgeStore.derived``."""
    return {(kind, row.id): row.name for kind, rows in rows_of(catalogue).items() for row in rows}


def _of(links: Sequence[Link], state: LinkState) -> list[Link]:
    return [link for link in links if link.state is state]
