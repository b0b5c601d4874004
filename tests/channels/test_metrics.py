"""``/metrics``: figures without personal data, on a port of its own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient, unused_port

from bot.records.callbacks import CallbackStore
from bot.settings import load_settings
from bot.web.metrics import METRICS, keep_metrics, metrics_app
from tests.channels.conftest import Ask
from tests.channels.fake_runtime import FakeRuntime

SECRET = "geheimnis-7319"


async def figures(app: web.Application, aiohttp_client: Any) -> dict[str, float]:
    inside = await aiohttp_client(metrics_app(app[METRICS]))
    async with inside.get("/metrics") as response:
        assert response.status == 200 and response.headers["Content-Type"].startswith("text/plain")
        lines = [line.rsplit(" ", 1) for line in (await response.text()).splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


async def test_what_was_answered_is_counted_by_route(
    app: web.Application, client: TestClient, ask: Ask, aiohttp_client: Any
) -> None:
    await ask(session=f"{SECRET}-1", text=f"Ich heiße {SECRET}")
    await ask(session="kurz", text="x")
    for path in (f"/{SECRET}", f"/foerderung/{SECRET}", f"/?frage={SECRET}"):
        await (await client.get(path)).read()
    await (await client.request("ERFUNDEN" + SECRET.replace("-", ""), "/")).read()
    counted = await figures(app, aiohttp_client)
    asked = 'navigator_requests_total{{method="POST",route="/api/chat",status="{}"}}'
    assert (counted[asked.format(200)], counted[asked.format(400)]) == (1, 1)
    assert counted['navigator_requests_total{method="GET",route="-",status="404"}'] == 1
    assert counted['navigator_request_seconds_count{method="POST",route="/api/chat"}'] == 2
    assert not any("7319" in name or SECRET in name for name in counted)


async def test_what_is_ready_and_what_waits(
    app: web.Application, client: TestClient, fake: FakeRuntime, catalogue_engine: sa.Engine, aiohttp_client: Any
) -> None:
    fake.checks["datenbank"] = False
    store = CallbackStore(catalogue_engine)
    store.draft("web:anna", way="telefon", address="0171 3920001")
    store.send("web:anna")
    counted = await figures(app, aiohttp_client)
    assert counted['navigator_ready{check="modell"}'] == 1 and counted['navigator_ready{check="datenbank"}'] == 0
    assert counted['navigator_waiting{kind="rueckrufe"}'] == 1 and counted['navigator_waiting{kind="meldungen"}'] == 0


async def test_the_public_page_shows_no_figures(client: TestClient) -> None:
    assert (await client.get("/metrics")).status == 404


async def test_it_is_off_unless_a_port_is_set_and_a_taken_port_stops_nothing(app: web.Application) -> None:
    said: list[str] = []
    await keep_metrics(load_settings({}), app[METRICS], said.append)
    assert said == []
    port = unused_port()
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await keep_metrics(load_settings({"NAVIGATOR_METRICS_PORT": str(port)}), app[METRICS], said.append)
    await runner.cleanup()
    assert len(said) == 1 and "NAVIGATOR_METRICS_PORT" in said[0]
