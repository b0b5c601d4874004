"""The whole service for the stories: page, bot and workbench in one process, with few sentences to train fast."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from playwright.async_api import BrowserContext

from bot.curation.checks.enough_sentences import MINIMUM
from bot.curation.nlu_data import load_nlu_data
from bot.database import open_engine
from bot.records.accounts import AccountStore
from bot.records.rights import Role
from bot.records.staff_sessions import StaffSessionStore
from bot.settings import REPOSITORY, load_settings
from bot.workbench.secret import load_secret
from tests.browser.serving import RealBot
from tests.browser.workbench import COOKIE, own_content

_LINE = "      - "
_FLOORS = "accuracy: 0.4\nmacro_f1: 0.4\nintents: {}\n"
"""Few sentences make a poor model; what the real floors do is tested with the real ones."""


@dataclass(frozen=True)
class House:
    """What runs."""

    bot: RealBot
    workbench: str
    """Address without a slash at the end."""
    content: Path
    engine: sa.Engine
    secret: bytes

    async def sign_in(self, context: BrowserContext, name: str, *roles: Role) -> None:
        """Make a browser that of a person who is signed in; the account is made if it is not there."""
        accounts, sessions = AccountStore(self.engine), StaffSessionStore(self.engine, self.secret)
        account = await asyncio.to_thread(accounts.named, name) or await asyncio.to_thread(
            accounts.add, name, f"{name.capitalize()} Beispiel", roles, "Test")
        token = await asyncio.to_thread(sessions.open, account.id, name)
        await context.add_cookies([{"name": COOKIE, "value": token, "url": self.workbench, "sameSite": "Strict"}])


def few_sentences(content: Path) -> None:
    """Leave as many training sentences as the checks want, and ask little of the model."""
    for intent, entry in load_nlu_data(content).registry.items():
        file = content / "nlu_data" / "intents" / entry["topic"] / f"{intent}.yml"
        lines = file.read_text(encoding="utf-8").splitlines()
        spare = [line for line in lines if line.startswith(_LINE)][MINIMUM[entry.get("importance", "klein")] + 5:]
        file.write_text("\n".join(line for line in lines if line not in spare) + "\n", encoding="utf-8")
    (content / "tests" / "nlu" / "baseline.yml").write_text(_FLOORS, encoding="utf-8")


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    """Train and start it.

    Args:
        folder: Where content, models and database go.
    """
    content = own_content(folder / "inhalt")
    shutil.copy(REPOSITORY / "config.yml", content)
    few_sentences(content)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {
        "NAVIGATOR_CONTENT_DIR": str(content), "NAVIGATOR_MODEL_DIR": str(folder / "models"),
        "NAVIGATOR_CONTENT_STORE": "dateien", "NAVIGATOR_WORKBENCH_PORT": port,
        "RASA_CACHE_DIRECTORY": str(folder / "cache"), "NAVIGATOR_INSTANCE": str(content / "instance.yml")}
    bot = RealBot(folder, **environment)
    await bot.start()
    settings = load_settings({**environment, "NAVIGATOR_VAR_DIR": str(folder)})
    engine = open_engine(bot.database_url)
    try:
        yield House(bot, f"http://127.0.0.1:{port}", content, engine, load_secret(settings))
    finally:
        engine.dispose()
        await bot.kill()
