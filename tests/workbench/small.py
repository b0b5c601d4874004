"""A workbench on a small content of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import web

from bot.database import open_engine
from bot.instance import load_instance
from bot.settings import REPOSITORY, load_settings
from bot.workbench.app import create_app
from bot.workbench.keys import TODAY
from knowledge_base.build import build_from_files
from knowledge_base.migrate import upgrade
from tests.knowledge_base.broken import TODAY as THE_DAY
from tests.workbench.conftest import SECRET


@contextmanager
def small_workbench(root: Path, folder: Path) -> Iterator[web.Application]:
    """Open it.

    Args:
        root: The content, see ``tests.curation.content``; its catalogue is live.
        folder: Where the database goes.
    """
    url = f"sqlite:///{folder / 'navigator.db'}"
    engine = open_engine(url)
    upgrade(engine)
    build_from_files(engine, root / "knowledge_base" / "catalogue", THE_DAY)
    settings = load_settings({
        "NAVIGATOR_CONTENT_DIR": str(root), "NAVIGATOR_VAR_DIR": str(folder / "var"),
        "NAVIGATOR_INSTANCE": str(REPOSITORY / "instance.yml"), "DATABASE_URL": url})
    made = create_app(settings, load_instance(settings), engine, SECRET)
    made[TODAY] = lambda: THE_DAY
    yield made
    engine.dispose()
