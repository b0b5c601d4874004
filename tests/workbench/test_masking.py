"""The box in which staff try out what is struck out."""

from __future__ import annotations

import sqlalchemy as sa
from aiohttp import web

from bot.database import Base
from bot.records.rights import Role
from bot.workbench.keys import ENGINE
from tests.workbench.conftest import SignIn


async def test_a_sentence_is_tried_out_and_kept_nowhere(staff: SignIn, app: web.Application) -> None:
    dora = await staff(Role.PRIVACY)
    sentence = "Ich heiße Anna <b>Muster, 0171 3920001. Wie hoch ist § 82?"
    seen = await dora.post("/datenschutz/streichen", {"text": sentence})
    assert "Ich heiße ••• <b>Muster, •••. Wie hoch ist § 82?" in seen.text and "<b>Muster" not in seen.html
    assert "Telefonnummer" in seen.text and "Name" in seen.text
    with app[ENGINE].connect() as connection:
        stored = [repr(list(connection.execute(sa.select(table)))) for table in Base.metadata.sorted_tables]
    assert any(stored) and not any("3920001" in rows for rows in stored)


async def test_nothing_to_strike_out_is_said(staff: SignIn) -> None:
    dora = await staff(Role.PRIVACY)
    assert "wird nichts gestrichen" in (await dora.post("/datenschutz/streichen", {"text": "500 Euro"})).text
