"""The chat as people use it: by its labels and roles, wherever it stands."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

ANSWER_MS = 20_000
"""So long a reply may take on a busy machine."""


class Chat:
    """The chat element on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("digital-navigator")
        self.log = self.element.get_by_role("log")
        self.input = self.element.get_by_role("textbox", name="Ihre Frage")
        self.status = self.element.get_by_role("status")
        self.messages = self.log.locator(".message")
        self.replies = self.log.locator(".message.bot, .message.problem")

    async def say(self, text: str) -> None:
        """Type a message, send it with Enter and wait for the reply."""
        before = await self.replies.count()
        await self.input.fill(text)
        await self.input.press("Enter")
        await self.answered(before)

    async def press(self, title: str) -> None:
        """Press a button of the chat that sends something, and wait for the reply."""
        before = await self.replies.count()
        await self.button(title).click()
        await self.answered(before)

    async def answered(self, before: int) -> None:
        """Wait until there are more replies than before and no further one is coming."""
        await expect(self.replies.nth(before)).to_be_attached(timeout=ANSWER_MS)
        await expect(self.status).not_to_contain_text("schreibt", timeout=ANSWER_MS)

    def button(self, title: str) -> Locator:
        """Return the button of the chat with this title, not one in a message."""
        return self.element.get_by_role("button", name=re.compile(f"^{re.escape(title)}$"))

    async def choose(self, item: str) -> None:
        """Choose from the menu „Mehr“, opened with the keyboard: a reply that grows cannot move it away."""
        await self.element.locator("summary", has_text="Mehr").last.press("Enter")
        await self.button(item).click()
