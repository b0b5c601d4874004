"""The questions on the start page lead somewhere."""

from __future__ import annotations

import pytest

from bot.runtime.interface import Runtime
from channels.web.pages.start import ENTRANCES

pytestmark = pytest.mark.model

QUESTIONS = [question for entrance in ENTRANCES for question in entrance.questions]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_each_question_of_the_start_page_is_answered(runtime: Runtime, question: str) -> None:
    messages = await runtime.handle(f"web:start-page-{QUESTIONS.index(question):02}", text=question)
    answer = messages[-1].answer
    assert answer["kind"] in ("programmes", "programme", "contacts", "glossary")
    assert answer["kind"] == "glossary" or answer["programmes"] or answer["contacts"]
