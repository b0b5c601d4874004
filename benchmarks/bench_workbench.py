"""How quick is every page of the workbench with 300 intents, 2,000 programmes and an inbox of 10,000 turns?

Usage: ``python -m benchmarks.bench_workbench [--rounds 15] [--only WORD]``. Prints a table; is no test. Everything
runs in this process; „CPU“ is what a request costs there, whatever else the machine does. „First“ is the first
request after the start. What costs more than the bar is marked; on a busy machine the clock says more than that (the
load stands above the table). Pages that nobody told an address of are named at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from multidict import MultiDict

from benchmarks.large_content import Size, fill_database, make_content
from bot.clock import today
from bot.curation.edits import SetValue
from bot.curation.proposals import Person
from bot.curation.record_form.choices import choices_of
from bot.curation.record_form.flat import flatten
from bot.curation.record_form.shape import shape_of
from bot.curation.records import KINDS, data_at, place_of
from bot.curation.releasing import as_seen
from bot.database import open_engine
from bot.instance import load_instance
from bot.records.proposals import State
from bot.records.rights import Role, rights_of
from bot.settings import load_settings
from bot.web.csrf import FIELD, TOKENS
from bot.workbench.app import create_app
from bot.workbench.keys import ACCOUNTS, SESSIONS, STORE
from bot.workbench.pages.inbox import INBOX
from bot.workbench.pages.proposals import CURATION
from bot.workbench.warming import warm
from knowledge_base.build import build_from_files
from knowledge_base.migrate import upgrade

BAR_MS = 300
WHO = "anna"
_HTML = {"Accept": "text/html"}
_UNPAGED = {"/healthz", "/static/{name}", "/anmelden/haus", "/anmelden/haus/zurueck"}
Send = Callable[[], Awaitable[int]]


@dataclass(frozen=True)
class Measured:
    """One address, in milliseconds."""

    name: str
    status: int
    first: float
    median: float
    p95: float
    cpu: float

    def __str__(self) -> str:
        mark = " <-- above the bar" if self.cpu > BAR_MS else ""
        return (f"{self.name[:70]:<72}{self.status:>4}{self.first:>9.0f}{self.median:>9.1f}{self.p95:>9.1f}"
                f"{self.cpu:>9.1f}{mark}")


@dataclass(frozen=True)
class Bench:
    """A workbench with somebody signed in who may do everything."""

    app: web.Application
    client: TestClient[Any, Any]
    person: int

    async def get(self, path: str) -> int:
        """Open a page."""
        async with self.client.get(path, headers=_HTML, allow_redirects=False) as answer:
            await answer.read()
            return answer.status

    async def post(self, path: str, fields: MultiDict[str]) -> int:
        """Send a form with its token."""
        data = MultiDict([(FIELD, self.app[TOKENS].token(f"werkbank.{self.person}")), *fields.items()])
        async with self.client.post(path, data=data, headers=_HTML, allow_redirects=False) as answer:
            await answer.read()
            return answer.status


def samples(app: web.Application, root: Path) -> dict[str, Sequence[str]]:
    """Return addresses for the routes with something variable in them."""
    proposals = app[CURATION].proposals.store.listed([State.SUBMITTED, State.DRAFT])
    programme = _programme(app)
    file = place_of(app[CURATION].contents, KINDS["programme"], programme).path
    return {
        "/wissensbasis": ["/wissensbasis", "/wissensbasis?suche=beratung", "/wissensbasis?faellig=1"],
        "/wissensbasis/{kind}": [f"/wissensbasis/{kind}" for kind in KINDS],
        "/wissensbasis/{kind}/neu": ["/wissensbasis/programme/neu", "/wissensbasis/begriffe/neu"],
        "/wissensbasis/{kind}/{record}": [
            f"/wissensbasis/programme/{programme}", "/wissensbasis/kontakte/ihk-aachen",
            "/wissensbasis/begriffe/beihilfe", "/wissensbasis/zustaendigkeiten/witten"],
        "/wissensbasis-abdeckung": ["/wissensbasis-abdeckung", "/wissensbasis-abdeckung?thema=ki"],
        "/freigabe/{number}": [
            f"/freigabe/{next(each.number for each in proposals if each.state is State.SUBMITTED)}"],
        "/freigabe/text": [f"/freigabe/text?datei={file}"],
        "/freigabe/verlauf": [f"/freigabe/verlauf?datei={file}"],
        "/posteingang": ["/posteingang", "/posteingang?warum=ohne_treffer",
                         f"/posteingang?satz={app[INBOX].store.open_texts()[-1].id}"],
        "/texte/{name}": ["/texte/utter_begruessung"],
        "/verwaltung/konten/{id}": ["/verwaltung/konten/1"],
        "/trainingsdaten/absicht/{absicht}": ["/trainingsdaten/absicht/gedacht_001"],
        "/freigabe/stand/{id}": ["/freigabe/stand/1"],
    }


def _programme(app: web.Application) -> str:
    """Return the id of a programme that was made up."""
    return max((each for each in app[STORE].catalogue().programmes if each[-1].isdigit()), key=lambda each: len(each))


def pages(bench: Bench, root: Path) -> Iterator[tuple[str, Optional[Send]]]:
    """Yield every page; without something to send if nobody knows an address of it."""
    known = samples(bench.app, root)
    for resource in {route.resource for route in bench.app.router.routes() if route.method == "GET"}:
        assert resource is not None
        route = resource.canonical
        if route in _UNPAGED:
            continue
        paths = known.get(route, [] if "{" in route else [route])
        if not paths:
            yield route, None
        for path in paths:
            yield path, lambda path=path: bench.get(path)  # type: ignore[misc]


def forms(bench: Bench) -> Iterator[tuple[str, Optional[Send]]]:
    """Yield what one waits for while working on something: checks, previews, decisions."""
    record, numbers = _programme(bench.app), iter(range(1_000_000))
    path = f"/wissensbasis/programme/{record}"
    turns = iter(turn.id for turn in bench.app[INBOX].store.open_texts()[100:])

    def form(what: str) -> MultiDict[str]:
        fields = _form_of(bench.app, record)
        fields["summary.text"] = f"Das Land hilft Betrieben, Fall {next(numbers)}."
        return MultiDict([*fields.items(), ("tun", what), ("gesehen", ""), ("grund", "Zum Messen.")])

    yield f"POST {path}/vorschau", lambda: bench.post(f"{path}/vorschau", form("pruefen"))
    yield f"POST {path} (Prüfen)", lambda: bench.post(path, form("pruefen"))
    yield f"POST {path} (Einreichen)", lambda: bench.post(path, form("einreichen"))
    yield "POST /posteingang/…/aufnehmen", lambda: bench.post(
        f"/posteingang/{next(turns)}/aufnehmen", MultiDict(absicht="gedacht_001"))
    yield "POST /posteingang/…/verwerfen", lambda: bench.post(
        f"/posteingang/{next(turns)}/verwerfen", MultiDict())
    yield "POST /posteingang/zurueck", lambda: bench.post("/posteingang/zurueck", MultiDict())


def _form_of(app: web.Application, record: str) -> MultiDict[str]:
    kind, contents = KINDS["programme"], app[CURATION].contents
    place = place_of(contents, kind, record)
    data = data_at(contents.read(place.path), place)
    return flatten(shape_of(kind.model), data, app[STORE].derived(choices_of))


async def release(bench: Bench, root: Path) -> Measured:
    """Release one change of a programme: checked, written, built, live. It happens once."""
    curation, by = bench.app[CURATION], Person("dora", "Dora", rights_of(Role))
    path = place_of(curation.contents, KINDS["programme"], _programme(bench.app)).path
    made = curation.proposals.draft(by, "Zum Messen", "wissensbasis", "Zum Messen.", [
        SetValue(path=path, at=("confidence",), value="medium")])
    curation.proposals.submit(made.number, by)
    seen = as_seen(curation.proposals.store.get(made.number))
    return await measure("POST /freigabe/…/freigeben", lambda: bench.post(
        f"/freigabe/{made.number}/freigeben", MultiDict(gesehen=seen)), 0)


async def measure(name: str, send: Send, rounds: int) -> Measured:
    """Send the same several times."""
    start, worked = time.perf_counter(), time.process_time()
    status = await send()
    first, first_cpu = time.perf_counter() - start, time.process_time() - worked
    took, cpu = [], []
    for _ in range(rounds):
        start, worked = time.perf_counter(), time.process_time()
        status = await send()
        took.append(time.perf_counter() - start)
        cpu.append(time.process_time() - worked)
    took.sort()
    if not rounds:
        took, cpu = [first], [first_cpu]
    return Measured(name, status, first * 1e3, took[len(took) // 2] * 1e3, took[int(len(took) * 0.95)] * 1e3,
                    sorted(cpu)[len(cpu) // 2] * 1e3)


async def run(root: Path, engine: sa.Engine, rounds: int, only: str) -> None:
    """Serve the workbench and measure it."""
    settings = load_settings({"NAVIGATOR_VAR_DIR": str(root / "var"), "NAVIGATOR_CONTENT_DIR": str(root),
                              "NAVIGATOR_CONTENT_STORE": "dateien"})
    app = create_app(settings, load_instance(settings), engine, b"only-to-measure-" * 4)
    person = app[ACCOUNTS].add(WHO, "Anna Beispiel", list(Role), "Test")
    token = app[SESSIONS].open(person.id, WHO)
    start = time.perf_counter()
    async with TestClient(TestServer(app), cookies={"werkbank": token}) as client:
        await warm(app)
        print(f"started and warmed in {time.perf_counter() - start:.1f} s\n")
        print(f"{'page':<72}{'':>4}{'first':>9}{'median':>9}{'p95':>9}{'CPU':>9}   (ms)")
        bench, unknown = Bench(app, client, person.id), []
        print(await release(bench, root))
        for name, send in [*sorted(pages(bench, root), key=lambda each: each[0]), *forms(bench)]:
            if send is None:
                unknown.append(name)
            elif only in name:
                print(await measure(name, send, rounds), flush=True)
    print(f"\nnot measured: {', '.join(unknown) or 'nothing'}")


def main() -> None:
    """Make everything up and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="", help="measure only pages with this in their address")
    parser.add_argument("--intents", type=int, default=Size.intents)
    parser.add_argument("--programmes", type=int, default=Size.programmes)
    options = parser.parse_args()
    size = Size(intents=options.intents, programmes=options.programmes)
    with tempfile.TemporaryDirectory(prefix="werkbank-") as name:
        root = Path(name)
        make_content(root, size)
        (root / "var").mkdir()
        engine = open_engine(f"sqlite:///{root}/var/navigator.db")
        upgrade(engine)
        build_from_files(engine, root / "knowledge_base" / "catalogue", today())
        fill_database(engine, root, size)
        print(f"{size}; load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        asyncio.run(run(root, engine, options.rounds, options.only))
        engine.dispose()


if __name__ == "__main__":
    main()
