"""Figures for monitoring, in the form of Prometheus: how much is asked, how fast it is answered, what is ready.

They hold no personal data: labels are routes as we wrote them, methods and states. They are served on a port of their
own, which is never public.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.errors import NavigatorError
from bot.settings import Settings
from bot.web.request_ids import Handler
from bot.web.server import listening

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
UNKNOWN_ROUTE = "-"
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT"})

Checks = Callable[[], Awaitable[Mapping[str, bool]]]
Counts = Callable[[], Mapping[str, int]]


class Metrics:
    """The figures of one process."""

    def __init__(self, checks: Checks, counts: Counts) -> None:
        """Begin to count.

        Args:
            checks: What must work before people may write, asked when the figures are fetched.
            counts: What waits for somebody, by name; asked then, too. Runs in a thread.
        """
        self._registry = CollectorRegistry()
        self._checks, self._counts = checks, counts
        self._seconds = Histogram(
            "navigator_request_seconds", "Zeit bis zur Antwort.", ["method", "route"], buckets=BUCKETS,
            registry=self._registry)
        self._requests = Counter(
            "navigator_requests", "Beantwortete Anfragen.", ["method", "route", "status"], registry=self._registry)
        self._ready = Gauge("navigator_ready", "1, wenn es bereit ist.", ["check"], registry=self._registry)
        self._waiting = Gauge("navigator_waiting", "Was auf jemanden wartet.", ["kind"], registry=self._registry)
        ProcessCollector(registry=self._registry)

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        known = method if method in METHODS else UNKNOWN_ROUTE
        self._seconds.labels(known, route).observe(seconds)
        self._requests.labels(known, route, status).inc()

    async def text(self) -> bytes:
        """Return all figures of this moment."""
        for name, holds in (await self._checks()).items():
            self._ready.labels(name).set(holds)
        for name, number in (await asyncio.to_thread(self._counts)).items():
            self._waiting.labels(name).set(number)
        return generate_latest(self._registry)


METRICS: web.AppKey[Metrics] = web.AppKey("metrics", Metrics)


@web.middleware
async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count every answer by its route; addresses that lead nowhere count as one."""
    start = time.perf_counter()
    response = await handler(request)
    resource = request.match_info.route.resource
    route = resource.canonical if resource else UNKNOWN_ROUTE
    request.app[METRICS].note(request.method, route, response.status, time.perf_counter() - start)
    return response


def metrics_app(metrics: Metrics) -> web.Application:
    """Return the application behind the port of its own."""

    async def show(request: web.Request) -> web.Response:
        return web.Response(body=await metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/metrics", show)])
    return app


async def keep_metrics(settings: Settings, metrics: Metrics, say: Callable[[str], None]) -> None:
    """Serve the figures until cancelled, unless that is off. If it fails, that is said and the rest goes on."""
    if not settings.metrics_port:
        return
    host, port = settings.metrics_host, settings.metrics_port
    try:
        async with listening(metrics_app(metrics), host, port, "NAVIGATOR_METRICS_PORT"):
            say(f"Die Messwerte für die Überwachung: http://{host}:{port}/metrics")
            await asyncio.Event().wait()
    except NavigatorError as error:
        say(f"Die Messwerte fehlen: {error}")
