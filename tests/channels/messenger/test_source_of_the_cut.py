"""A shortened answer names the source of what it shows, also on its second page, and never that of something else."""

from __future__ import annotations

import re

from bot.runtime.messages import BotMessage, complete_answer
from channels.messenger.shortening import shorten
from tests.channels.messenger.replies import all_replies

ROOM = 1000
_SOURCE = re.compile(r"^.*Quelle: (\S+)$", re.MULTILINE)


def programme(name: str, sentences: int) -> str:
    """An answer about a programme: its sentences name it, so that a source can be told to be its own."""
    return "\n".join([*[f"{name} fördert Kurs {number}." for number in range(sentences)],
                      f"Stand: 21.11.2026. Quelle: https://{name}.example/"])


def pages(message: BotMessage) -> list[str]:
    """The texts somebody sees who presses „Mehr lesen“ to the end."""
    shown, rest = shorten(message, ROOM, lambda _: "")
    return [shown.text, *(pages(rest) if rest else [])]


def test_every_page_names_the_source_of_its_last_programme() -> None:
    names = ["alpha", "beta", "gamma"]
    sources = [{"url": f"https://{name}.example/", "checked_on": "2026-11-21"} for name in names]
    text = "\n\n".join(programme(name, 60) for name in names)

    seen = pages(BotMessage(text, (), complete_answer({"sources": sources}, {})))

    assert len(seen) > len(names)
    for page in seen:
        told = re.findall(r"(\w+) fördert", page)
        assert _SOURCE.findall(page)[-1] == f"https://{told[-1]}.example/"


def test_no_recorded_reply_gets_the_source_of_something_else() -> None:
    cut = 0
    for message in (message for reply in all_replies() for message in reply):
        order = _SOURCE.findall(message.text)
        seen = [url for page in pages(message) for url in _SOURCE.findall(page)]
        once = [url for number, url in enumerate(seen) if number == 0 or url != seen[number - 1]]
        if len(seen) > len(order):
            cut += 1
            assert once == [url for number, url in enumerate(order) if number == 0 or url != order[number - 1]]
    assert cut > 10
