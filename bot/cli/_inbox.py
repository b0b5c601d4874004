"""What the commands for lists of open requests share."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sa


class What(str, Enum):
    """What to do with the list."""

    LIST = "list"
    DONE = "done"


def current_engine() -> sa.Engine:
    """Open the database of the settings with the tables of today."""
    from bot.database import create_engine_from
    from bot.settings import load_settings
    from knowledge_base.migrate import upgrade

    engine = create_engine_from(load_settings())
    upgrade(engine)
    return engine
