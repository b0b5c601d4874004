"""The trained bot in front of Telegram: a real question, options pressed, a long answer read to its end."""

from __future__ import annotations

import pytest

from bot.database import create_engine_from
from bot.runtime.interface import Runtime
from bot.settings import Settings
from channels.messenger.shortening import MORE
from tests.channels.telegram.emulator import BotApi
from tests.channels.telegram.talk import Talk
from tests.conversations.conftest import instance, runtime, settings  # noqa: F401

pytestmark = pytest.mark.model
HUMAN = "Mit einem Menschen sprechen"


async def test_from_start_to_a_person(api: BotApi, runtime: Runtime, settings: Settings) -> None:  # noqa: F811
    engine = create_engine_from(settings)
    async with Talk(api, runtime, engine) as talk:
        notice, greeting = await talk.says("/start")
        assert "KI-System" in notice and "/loeschen" in notice and "Digitalnavigator" in greeting
        assert HUMAN in talk.person.buttons()

        answer = await talk.says("Wir sind 12 Leute in Lüdenscheid und wollen unsere Leute in KI weiterbilden.")
        assert "Quelle: https://" in answer[-1] and HUMAN in talk.person.buttons()

        answer = await talk.says("Wie hoch ist der Bildungsscheck?")
        while MORE in talk.person.buttons():
            answer += await talk.presses(MORE)
        assert "500 Euro" in "".join(answer)

        assert "02331 4887814" in "".join(await talk.presses(HUMAN))
        assert "agentur mark" in "".join(await talk.says("/datenschutz"))
        await talk.says("/loeschen")
        assert await talk.presses("Ja, alles löschen")
    engine.dispose()
