"""Which way the content is kept: in git, if it can be."""

from __future__ import annotations

import sqlalchemy as sa

from bot.curation.content_store import ContentStore
from bot.curation.git_store import GitStore, is_work_tree
from bot.curation.plain_store import PlainStore
from bot.errors import NavigatorError
from bot.settings import Settings


def open_store(settings: Settings, engine: sa.Engine) -> ContentStore:
    """Return the store of the content.

    Raises:
        NavigatorError: If git is wanted and the folder is no work tree.
    """
    wanted = settings.content_store
    if wanted == "dateien":
        return PlainStore(settings.content_dir, engine)
    if is_work_tree(settings.content_dir):
        return GitStore(settings.content_dir)
    if wanted == "git":
        raise NavigatorError(f"NAVIGATOR_CONTENT_STORE=git: {settings.content_dir} ist kein git-Arbeitsverzeichnis – "
                             "führen Sie dort „git init“ aus oder setzen Sie „dateien“.")
    return PlainStore(settings.content_dir, engine)
