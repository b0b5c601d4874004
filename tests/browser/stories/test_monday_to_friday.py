"""What nobody could answer on Monday is answered on Friday.

That a worse candidate is blocked: tests/curation/test_training_job.py trains one, tests/workbench/test_models.py and
the state „model_blocked“ of tests/browser show it.
"""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import expect

from bot.records.rights import Role
from tests.browser.chat import Chat
from tests.browser.stories.conftest import Person
from tests.browser.test_workbench_releases import SLOW, open_waiting

QUESTION = "Was gibt es für das Lastenrad vom Pizzadienst?"
TRAINED = 600_000
"""Milliseconds a training may take on a busy machine; alone it takes half a minute."""
_ATTEMPTS = 120


async def test_mondays_question_is_answered_on_friday(chat: Chat, person: Person) -> None:
    await chat.say(QUESTION)
    await expect(chat.replies.last).to_contain_text("noch nicht verstanden")

    anna = await person("anna", Role.EDITOR)
    await anna.goto("/posteingang", timeout=SLOW)
    await expect(anna.get_by_role("heading", name=f"„{QUESTION}“")).to_be_visible()
    await anna.keyboard.press("i")
    await anna.keyboard.type("transformation")
    await anna.keyboard.press("Enter")
    await expect(anna.get_by_text("zum Trainieren")).to_be_visible(timeout=SLOW)
    await anna.keyboard.press("p")
    await expect(anna.get_by_text("Eingereicht. Eine zweite Person")).to_be_visible(timeout=SLOW)

    ben = await person("ben", Role.RELEASER)
    await open_waiting(ben)
    await expect(ben.get_by_text("Die Prüfung hat nichts gefunden")).to_be_visible(timeout=SLOW)
    await ben.get_by_role("button", name="Freigeben", exact=True).click()
    await expect(ben.get_by_text("sobald ein neues Modell trainiert")).to_be_visible(timeout=SLOW)

    await ben.goto("/modelle")
    await ben.get_by_label("Notiz").fill("Lastenrad")
    await ben.get_by_role("button", name="Training starten").click()
    fit = ben.get_by_role("row", name=re.compile("kann aktiviert werden"))
    await expect(fit).to_be_visible(timeout=TRAINED)
    await fit.get_by_role("link").click()
    await ben.get_by_role("button", name="Dieses Modell aktivieren").click(timeout=SLOW)

    await expect(ben.get_by_role("row", name=re.compile("antwortet .* Lastenrad"))).to_be_visible(timeout=SLOW)
    assert await answered(chat), "the new model does not answer"


async def answered(chat: Chat) -> bool:
    """Ask again until the bot has changed over to the new model, which takes some seconds."""
    for _ in range(_ATTEMPTS):
        await chat.say(QUESTION)
        if "passt am besten" in await chat.replies.last.inner_text() or await chat.log.locator(".card").count():
            return True
        await asyncio.sleep(0.5)
    return False
