"""The same conversation through web, Telegram, WhatsApp and the test kit: the same words and the same next steps."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestClient

from bot.database import create_engine_from
from bot.instance import Instance
from bot.runtime.fixed_texts import NOTICE, load_responses
from bot.runtime.interface import Runtime
from bot.settings import Settings
from channels.kit.messenger import FakeMessenger
from channels.messenger.contract import Kind, Limits
from channels.messenger.render import MORE_OPTIONS
from channels.messenger.shortening import MORE
from channels.telegram.keyboard import CHOSEN, short
from channels.web.app import create_app
from tests.channels.telegram.conftest import api  # noqa: F401
from tests.channels.telegram.emulator import BotApi
from tests.channels.telegram.talk import Talk
from tests.channels.whatsapp.talk import whatsapp
from tests.conversations.conftest import instance, runtime, settings  # noqa: F401
from tests.conversations.player import load_conversations

pytestmark = pytest.mark.model
CHOSEN_TALKS = load_conversations()[::12]
"""Every twelfth conversation of the tests."""
_ADDED = re.compile(rf"Stand: \d\d\.\d\d\.\d{{4}}\. Quelle: \S+|…|{re.escape(MORE_OPTIONS)}")
"""What is added where an answer was cut, and above options that did not fit."""
_DRAWN = re.compile(r"\bR-[A-Z]{6}\b")
"""The number of a call-back is drawn."""
_OPTION = re.compile(r"^(\d+|[A-Z]) – .*$", re.MULTILINE)
"""A line below the text that offers an option."""


Shown = tuple[str, list[tuple[str, str]]]
"""Text of one message, and title and payload or token of each option."""


class Way(Protocol):
    """One way to the bot."""

    async def say(self, text: str) -> list[Shown]:
        """Write; return the messages that come back."""

    async def press(self, token: str) -> list[Shown]:
        """Choose an option; return the messages that come back."""


class Web:
    """The chat API."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self._client = client
        self._session = secrets.token_urlsafe(12)

    async def say(self, text: str) -> list[Shown]:
        return await self._ask(text=text)

    async def press(self, token: str) -> list[Shown]:
        return await self._ask(payload=token)

    async def _ask(self, **body: str) -> list[Shown]:
        async with self._client.post("/api/chat", json={"session": self._session, **body}) as response:
            messages = (await response.json())["messages"]
        return [(message["text"], [(button["title"], button["payload"]) for button in message["buttons"]])
                for message in messages]


class Telegram:
    """The Bot API."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._seen = 0

    async def say(self, text: str) -> list[Shown]:
        await self._talk.says(text)
        return self._new()

    async def press(self, token: str) -> list[Shown]:
        message = self._talk.person.messages()[-1]
        await self._talk.answer_to(lambda: self._talk.person.presses_token(token, message))
        return self._new()

    def _new(self) -> list[Shown]:
        messages = self._talk.person.messages()[self._seen :]
        self._seen += len(messages)
        rows = [(message, message.get("reply_markup", {}).get("inline_keyboard", [])) for message in messages]
        return [(message["text"], [(button["text"].removeprefix(CHOSEN), button["callback_data"])
                                   for row in keyboard for button in row]) for message, keyboard in rows]


class Kit:
    """The test kit, with options as numbered lines."""

    def __init__(self, messenger: FakeMessenger) -> None:
        self._messenger = messenger
        self._seen = 0

    async def say(self, text: str) -> list[Shown]:
        return await self._bring(Kind.TEXT, text=text)

    async def press(self, token: str) -> list[Shown]:
        return await self._bring(Kind.CHOICE, token=token)

    async def _bring(self, kind: Kind, **content: str) -> list[Shown]:
        await self._messenger.bring(kind, **content)
        messages = self._messenger.adapter.delivered[self._seen :]
        self._seen += len(messages)
        return [(each.message.text, [(option.title, option.token) for option in each.message.options])
                for each in messages]


@pytest.fixture(scope="session")
def engine(runtime: Runtime, settings: Settings) -> Iterator[sa.Engine]:  # noqa: F811
    """The database of the bot."""
    opened = create_engine_from(settings)
    yield opened
    opened.dispose()


async def play(way: Way, turns: Sequence[dict[str, Any]]) -> list[tuple[list[str], list[str]]]:
    """Play one conversation, every answer to its end; return what was said and offered after each turn."""
    played, offered = [], dict[str, str]()
    for turn in turns:
        if "button" in turn:
            wanted = short(turn["button"]).rstrip("…").lower()
            shown = await way.press(next(token for title, token in offered.items() if wanted in title.lower()))
        else:
            shown = await way.say(turn["text"])
        for _, options in shown:  # grows while it is read
            shown += [each for title, token in options if title == MORE for each in await way.press(token)]
        offered = {title: token for _, options in shown for title, token in options if title != MORE}
        played.append(([text for text, _ in shown], list(offered)))
    return played


def words(said: Sequence[str]) -> list[str]:
    """Return the words of a reply."""
    return _DRAWN.sub("R-", _ADDED.sub(" ", _OPTION.sub("", "\n".join(said)))).split()


def holds(long: Sequence[str], needed: Sequence[str]) -> bool:
    """Whether all needed words come in this order, whatever stands between."""
    rest = iter(long)
    return all(word in rest for word in needed)


@pytest.fixture(scope="session")
def notice_on_web(settings: Settings) -> str:  # noqa: F811
    """What the web says first; messengers have a notice of their own, with more in it."""
    return str(load_responses(settings.content_dir / "nlu_data" / "responses")[NOTICE][0]["text"])


@pytest.mark.parametrize("turns", [each["turns"] for each in CHOSEN_TALKS], ids=lambda turns: turns[0]["text"][:40])
async def test_the_words_are_the_same(
    api: BotApi, runtime: Runtime, settings: Settings, instance: Instance, engine: sa.Engine,  # noqa: F811
    notice_on_web: str, aiohttp_client: Any, turns: list[dict[str, Any]],
) -> None:
    client = await aiohttp_client(create_app(runtime, settings, instance, engine))
    person = api.update_id = secrets.randbelow(10**9) + 1
    on_web = await play(Web(client), turns)
    on_web[0][0][:] = [text for text in on_web[0][0] if text != notice_on_web]
    async with Talk(api, runtime, engine, person) as talk:
        on_telegram = await play(Telegram(talk), turns)
    async with whatsapp(engine, runtime, person) as talk_there:
        on_whatsapp = await play(talk_there, turns)
    limits = Limits(text=3000, options=30, numbered=True)
    in_kit = await play(Kit(FakeMessenger(engine, runtime, limits=limits, address=str(person))), turns)

    for (said, titles), (said_there, titles_there), (said_in_kit, titles_in_kit), (said_here, titles_here) in zip(
        on_web, on_telegram, in_kit, on_whatsapp, strict=True
    ):
        assert holds(words(said_there), words(said)), "words got lost on their way through Telegram"
        assert holds(words(said_in_kit), words(said)), "words got lost on their way through the post office"
        assert holds(words(said_here), words(said)), "words got lost on their way through WhatsApp"
        assert titles_in_kit == titles_here == titles
        assert titles_there == [short(title) for title in titles]
    known = {word for said, _ in on_web for word in words(said)}
    notice = set(words([on_telegram[0][0][0]]))
    assert {word for said, _ in on_telegram for word in words(said)} <= known | notice
    assert {word for said, _ in on_whatsapp for word in words(said)} <= known | notice
    assert {word for said, _ in in_kit for word in words(said)} <= known | notice


def test_there_are_conversations() -> None:
    assert len(CHOSEN_TALKS) >= 12 and any("button" in turn for each in CHOSEN_TALKS for turn in each["turns"])
