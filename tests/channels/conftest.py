"""The web application with a fake runtime behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.instance import Instance, load_instance
from bot.settings import load_settings
from channels.web.app import create_app
from tests.channels.fake_runtime import FakeRuntime, write_buttons

Ask = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.fixture
def instance() -> Instance:
    """The agency of the repository."""
    return load_instance(load_settings({}))


@pytest.fixture
def fake(tmp_path: Path) -> FakeRuntime:
    """A runtime that repeats what it hears."""
    return FakeRuntime(write_buttons(tmp_path))


@pytest.fixture
def app(fake: FakeRuntime, instance: Instance, catalogue_engine: sa.Engine) -> web.Application:
    """The application with the catalogue of the repository and an empty inbox."""
    return create_app(fake, load_settings({}), instance, catalogue_engine)


@pytest.fixture
async def client(app: web.Application, aiohttp_client: Any) -> TestClient:
    """A client of the application."""
    return await aiohttp_client(app)


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """Send a request to the chat API and return status and body."""

    async def send(**body: Any) -> tuple[int, dict[str, Any]]:
        async with client.post("/api/chat", json=body) as response:
            return response.status, await response.json()

    return send
