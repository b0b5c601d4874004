"""``/trainingsdaten/datei``: sentences as CSV or XLSX, and back, with a look at what would change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from http import HTTPStatus

from aiohttp import web

from bot.curation.corpus import Corpus, Place
from bot.curation.edits import Edit
from bot.curation.training_edits import plain
from bot.curation.training_tables import MOST_ROWS, Changes, Row, as_csv, as_xlsx, changes, edits_of, read_table
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.workbench.forms import files_of, form_of
from bot.workbench.pages.training_data import PATH as TRAINING
from bot.workbench.pages.training_data import corpus_of, propose
from bot.workbench.people import person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = TRAINING + "/datei"
_KINDS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
SHOWN = 200
"""So many changes of a kind are listed."""


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(PATH, show, Right.READ), get(PATH + "/{datei:saetze[.]csv|saetze[.]xlsx}", download, Right.READ),
        post(PATH, preview, Right.EDIT), post(PATH + "/vorschlagen", propose_all, Right.EDIT),
    ]


async def show(request: web.Request) -> web.Response:
    """Show both forms."""
    return await _page(request)


async def download(request: web.Request) -> web.Response:
    """Hand out the sentences of one intent or of all."""
    corpus, wanted = await corpus_of(request), request.query.get("absicht", "")
    intents = [name for name in corpus.data.registry if wanted in ("", name)]
    if not intents:
        raise web.HTTPNotFound
    ending = request.match_info["datei"].rpartition(".")[2]
    write, kind = _KINDS[ending]
    name = f"{wanted or 'trainingsdaten'}.{ending}"
    return web.Response(
        body=await asyncio.to_thread(write, corpus, intents),
        headers={"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'})


async def preview(request: web.Request) -> web.Response:
    """Show what a table would change; nothing is stored."""
    sent, whole = files_of(request).get("datei"), "ganz" in form_of(request)
    corpus = await corpus_of(request)
    try:
        if sent is None or not sent.filename:
            raise NavigatorError("Es fehlt die Datei – wählen Sie eine CSV- oder XLSX-Datei aus.")
        content, name = sent.file.read(), sent.filename
        rows = await asyncio.to_thread(read_table, content, name, corpus)
        found = await asyncio.to_thread(lambda: changes(corpus, rows, whole=whole))
        await asyncio.to_thread(edits_of, corpus, found)
    except NavigatorError as error:
        return await _page(request, str(error))
    return await _page(request, found=found, rows=_changing(rows, found, whole), whole=whole)


async def propose_all(request: web.Request) -> web.Response:
    """Propose what was looked at; it is worked out once more, for nothing of a form is taken on trust."""
    form, whole = form_of(request), "ganz" in form_of(request)
    try:
        rows = await _sent_rows(request)

        def edits(corpus: Corpus) -> Sequence[Edit]:
            found = changes(corpus, rows, whole=whole)
            if str(found.number) != form.get("zahl"):
                raise NavigatorError("Inzwischen hat jemand etwas geändert – laden Sie die Tabelle noch einmal.")
            return edits_of(corpus, found)

        title = f"Tabelle: {form.get('zahl', '')[:6]} Sätze geändert"
        await propose(request, title, form.get("grund", ""), edits)
    except NavigatorError as error:
        return await _page(request, str(error))
    raise AssertionError("propose always leads on")


def _changing(rows: Sequence[Row], found: Changes, whole: bool) -> str:
    """The rows that the proposal needs: all if something goes because it is missing, else those that change."""
    texts = {row.text for row in found.added} | {each.sentence.text for each, _ in found.moved}
    moving = {intent for _, intent in found.moved}
    kept = [row for row in rows if whole or row.text in texts or row.place.intent in moving]
    return json.dumps([[row.place.intent, int(row.place.measures), row.text] for row in kept], ensure_ascii=False)


async def _sent_rows(request: web.Request) -> list[Row]:
    corpus = await corpus_of(request)
    try:
        sent = json.loads(form_of(request).get("zeilen", ""))
        rows = [Row(Place(str(intent), bool(measures)), plain(str(text))) for intent, measures, text in sent]
    except (ValueError, TypeError):
        rows = []
    if not rows or len(rows) > MOST_ROWS or any(row.place.intent not in corpus.data.registry for row in rows):
        raise NavigatorError("Das ließ sich nicht lesen – laden Sie die Tabelle noch einmal.")
    return rows


async def _page(request: web.Request, problem: str = "", found: Changes | None = None, rows: str = "",
                whole: bool = False) -> web.Response:
    corpus = await corpus_of(request)
    return page(request, "training_tables.html", {
        "titles": dict(sorted(corpus.titles.items(), key=lambda pair: pair[1].casefold())), "problem": problem,
        "found": found, "rows": rows, "whole": whole, "most": SHOWN,
        "may_edit": Right.EDIT in person_of(request).rights,
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)
