"""The workbench for the browser: served in this process, with people who are signed in."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from aiohttp import web
from playwright.async_api import BrowserContext

from bot.database import open_engine
from bot.instance import load_instance
from bot.records.callbacks import CallbackStore
from bot.records.rights import Role
from bot.settings import REPOSITORY, load_settings
from bot.workbench.app import create_app
from bot.workbench.keys import ACCOUNTS, SESSIONS
from bot.workbench.people import PASSWORDS
from tests.browser.serving import serving_app

SECRET = b"only-for-the-browser-tests-" * 2
COOKIE = "werkbank"
DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Bench:
    """A served workbench."""

    url: str
    """Address without a slash at the end."""
    app: web.Application
    engine: sa.Engine

    def person(self, name: str, *roles: Role, password: str = "") -> int:
        """Return the id of an account; it is made if it is not there."""
        accounts = self.app[ACCOUNTS]
        account = accounts.named(name) or accounts.add(name, f"{name.capitalize()} Beispiel", roles, "Test")
        if password:
            accounts.set_password(account.id, self.app[PASSWORDS].hash(password), "Test")
        return account.id

    async def sign_in(self, context: BrowserContext, name: str, *roles: Role) -> None:
        """Make a browser that of a person who is signed in."""
        token = self.app[SESSIONS].open(self.person(name, *roles), name)
        await context.add_cookies([{"name": COOKIE, "value": token, "url": self.url, "sameSite": "Strict"}])

    def call_back(self) -> str:
        """Return the number of a call-back that somebody asked for."""
        callbacks = CallbackStore(self.engine)
        callbacks.draft("web:anna", way="telefon", address="0171 3920001")
        sent = callbacks.send("web:anna")
        assert sent
        return sent.number


def own_content(folder: Path) -> Path:
    """Copy the content of the repository."""
    for name in ("knowledge_base/catalogue", "nlu_data", "tests/nlu"):
        shutil.copytree(REPOSITORY / name, folder / name)
    for name in ("domain.yml", "instance.yml"):
        shutil.copy(REPOSITORY / name, folder / name)
    return folder


@asynccontextmanager
async def serving_bench(database: Path, folder: Path, **environment: str) -> AsyncIterator[Bench]:
    """Serve the workbench with a copy of a database, and with a copy of the content, which people here change.

    Args:
        database: SQLite file with a built catalogue.
        folder: Where the copy goes.
        environment: Further settings.
    """
    copy = folder / "navigator.db"
    shutil.copy(database, copy)
    engine = open_engine(f"sqlite:///{copy}")
    content = own_content(folder / "inhalt")
    settings = load_settings({
        "NAVIGATOR_VAR_DIR": str(folder), "NAVIGATOR_CONTENT_DIR": str(content), "NAVIGATOR_CONTENT_STORE": "dateien",
        **environment})
    app = create_app(settings, load_instance(settings), engine, SECRET)
    async with serving_app(app) as url:
        yield Bench(url, app, engine)
    engine.dispose()
