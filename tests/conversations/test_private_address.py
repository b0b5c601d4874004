"""The number somebody leaves for a call-back stands in the table of call-backs and nowhere else, nor in any log."""

from __future__ import annotations

import logging
import secrets

import pytest
import sqlalchemy as sa

from bot.database import Base, create_engine_from
from bot.runtime.interface import Runtime
from bot.settings import Settings

pytestmark = pytest.mark.model
NUMBER = "0171 3920001"
DIGITS = "3920001"
TALK = (
    "Können Sie mich anrufen?",
    NUMBER,
    "am besten ab 16 Uhr",
    "Wie hoch ist der Bildungsscheck?",
    "Rückruf bitte",
    "ja",
)


async def test_the_number_stands_in_one_table_only(
    runtime: Runtime, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    session = secrets.token_urlsafe(12)
    shown = []
    with caplog.at_level(logging.INFO):
        for number, text in enumerate(TALK):
            shown += await runtime.handle(session, text=text, message_id=f"m{number}")

    engine = create_engine_from(settings)
    with engine.connect() as connection:
        tables = {
            table.name: repr(list(connection.execute(sa.select(table)))) for table in Base.metadata.sorted_tables
        }
    engine.dispose()

    assert any(NUMBER in message.text for message in shown), "the number was never shown for consent"
    assert session in tables["conversation_event"] and session in tables["conversation_reply"]
    assert {name for name, rows in tables.items() if DIGITS in rows} == {"callback"}
    assert DIGITS not in caplog.text
