"""The workbench with the catalogue of the repository and an empty inbox, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.instance import load_instance
from bot.records.rights import Role
from bot.settings import load_settings
from bot.workbench.app import create_app
from tests.workbench.browsing import Staff, account

SECRET = b"only-for-tests-" * 4
SignIn = Callable[..., Awaitable[Staff]]


@pytest.fixture
def app(catalogue_engine: sa.Engine) -> web.Application:
    """The application; accounts are made by the tests."""
    settings = load_settings({})
    return create_app(settings, load_instance(settings), catalogue_engine, SECRET)


@pytest.fixture
async def client(app: web.Application, aiohttp_client: Any) -> TestClient:
    """A client of somebody who is not signed in."""
    return await aiohttp_client(app)


@pytest.fixture
def staff(app: web.Application, client: TestClient, aiohttp_client: Any) -> SignIn:
    """Make clients of people who are signed in: ``await staff(Role.EDITOR, name="berta")``."""

    async def sign_in(*roles: Role, name: str = "anna") -> Staff:
        return Staff(await aiohttp_client(client.server), app, account(app, name, *roles))

    return sign_in
