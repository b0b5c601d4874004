"""What is paused is read from memory; the database is asked once a second, and an outage changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.errors import NavigatorError
from knowledge_base.pauses import POLL_SECONDS, Paused, Pauses
from knowledge_base.tables import PauseRow


def test_it_is_known_after_a_second_and_survives_an_outage() -> None:
    now, engine = [0.0], open_engine("sqlite://")
    pauses = Pauses(engine, lambda: now[0])
    with pytest.raises(NavigatorError, match="db upgrade"):
        pauses.text(Paused.CHANNEL, "web")
    Base.metadata.create_all(engine)
    assert pauses.text(Paused.CHANNEL, "web") is None
    with engine.begin() as connection:
        connection.execute(sa.insert(PauseRow).values(
            kind="kanal", subject="web", text="Später.", who="Anna", at=dt.datetime.now(dt.timezone.utc)))
    assert pauses.text(Paused.CHANNEL, "web") is None
    now[0] = POLL_SECONDS
    assert pauses.text(Paused.CHANNEL, "web") == "Später."
    assert pauses.text(Paused.PROGRAMME, "web") is None
    assert pauses.of(Paused.CHANNEL) == {"web"}
    Base.metadata.drop_all(engine)
    now[0] = 2 * POLL_SECONDS
    assert pauses.text(Paused.CHANNEL, "web") == "Später."
    engine.dispose()
