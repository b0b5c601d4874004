"""What every messenger must be able to do. Its tests inherit this and say who sits in front of it::

    class TestPigeon(Conformance):
        replies = all_replies()

        @pytest.fixture
        async def person(self, engine):
            async with Bench(PigeonAdapter(…), engine) as bench:
                yield PigeonKeeper(bench)

What a service cannot do is left out by name: ``test_an_outage_loses_nothing = None``.
"""
# ruff: noqa: D102 – the names of the tests say it

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import Protocol

import sqlalchemy as sa

from bot.instance import MESSENGERS
from bot.records.messenger_tables import Choice, Correspondent, InboxMessage, OutboxMessage
from bot.runtime.messages import BotMessage
from channels.kit.bench import Bench
from channels.messenger.contract import RetryLater, Undeliverable
from channels.messenger.render import render

SAID = re.compile(r"Sie sagten: (.+)")
HUMAN = "Mit einem Menschen sprechen"
_LONGEST = 25
"""So many of the longest replies are really sent, and as many of those with most options."""


class Person(Protocol):
    """Somebody in front of the messenger; everything goes through the real service or a double of it."""

    bench: Bench
    address: str
    """Where answers to this person go."""
    stranger: str
    """An address that could be one, but belongs to nobody."""

    async def write(self, text: str) -> None:
        """Type something and send it."""

    async def press(self, title: str) -> None:
        """Choose the option with this title under the last message, as people do it here."""

    async def speak(self) -> None:
        """Send a voice message, or something else that is no text."""

    async def repeat(self) -> None:
        """Let the service send the last message once more."""

    async def break_down(self) -> None:
        """Let the service refuse the next message we send, for now."""

    async def received(self) -> list[str]:
        """Return the texts of all messages that arrived so far."""


class Conformance:
    """The tests; ``person`` is a fixture of the class that inherits them."""

    replies: Sequence[Sequence[BotMessage]] = ()
    """Replies of the bot as it is shipped."""

    async def test_the_adapter_says_what_it_is(self, person: Person) -> None:
        adapter = person.bench.adapter
        assert adapter.name in {channel.value for channel in MESSENGERS}
        assert min(adapter.limits.short, adapter.limits.text) >= 500 and adapter.limits.options >= 1
        assert all(route.path.startswith("/webhooks/") for route in adapter.routes(person.bench.receive))

    async def test_a_question_is_answered_and_before_it_stands_who_answers(self, person: Person) -> None:
        heard = await _after(person, person.write("Gibt es Zuschüsse?"))

        assert _echoes(heard) == ["Gibt es Zuschüsse?"]
        assert "KI-System" in (await person.received())[0]

    async def test_an_option_can_be_chosen(self, person: Person) -> None:
        await _after(person, person.write("Hallo"))

        assert _echoes(await _after(person, person.press(HUMAN))) == ["/mensch_sprechen"]

    async def test_messages_are_answered_once_and_in_order(self, person: Person) -> None:
        before, stored = len(await person.received()), person.bench.stored
        for text in ("eins", "zwei", "drei"):
            await person.write(text)
        await person.bench.until_stored(stored + 3)
        await person.bench.settle()

        assert _echoes((await person.received())[before:]) == ["eins", "zwei", "drei"]

    async def test_a_repeated_message_has_no_second_effect(self, person: Person) -> None:
        await _after(person, person.write("einmal"))

        assert await _after(person, person.repeat()) == []

    async def test_what_is_no_text_gets_one_sentence(self, person: Person) -> None:
        await _after(person, person.write("Hallo"))

        heard = await _after(person, person.speak())

        assert len(heard) == 1 and not _echoes(heard)

    async def test_commands_are_known(self, person: Person) -> None:
        assert any("/loeschen" in text and "/mensch" in text for text in await _after(person, person.write("/hilfe")))

    async def test_an_outage_loses_nothing(self, person: Person) -> None:
        await _after(person, person.write("Hallo"))
        await person.break_down()
        assert await _after(person, person.write("eilig")) == []

        person.bench.clock.pass_by(hours=1)
        await person.bench.settle()

        assert _echoes(await person.received())[-1:] == ["eilig"]

    async def test_erasing_leaves_neither_words_nor_address(self, person: Person) -> None:
        await _after(person, person.write("Das ist vertraulich."))
        await _after(person, person.write("/loeschen"))
        heard = await _after(person, person.press("Ja, alles löschen"))

        assert len(heard) == 1 and "gelöscht" in heard[0]
        with person.bench.engine.connect() as connection:
            tables = (Correspondent, OutboxMessage, Choice)
            assert [len(connection.execute(sa.select(table)).all()) for table in tables] == [0, 0, 0]
            kept = connection.execute(sa.select(InboxMessage.conversation_id, InboxMessage.body)).all()
        assert kept and set(kept) == {(None, None)}

    async def test_replies_of_the_bot_arrive_whole(self, person: Person) -> None:
        by_text = sorted(self.replies, key=lambda reply: -max(len(message.text) for message in reply))
        by_options = sorted(self.replies, key=lambda reply: -max(len(message.buttons) for message in reply))
        assert len(self.replies) >= 2 * _LONGEST
        await _after(person, person.write("Hallo"))

        for number, reply in enumerate([*by_text[:_LONGEST], *by_options[:_LONGEST]]):
            for place, message in enumerate(render(reply, person.bench.adapter.limits, lambda _: "").messages):
                await person.bench.adapter.deliver(person.address, message, f"reply-{number}-{place}")

    async def test_nobody_is_there(self, person: Person) -> None:
        reply = render([BotMessage("Guten Tag!")], person.bench.adapter.limits, lambda _: "").messages[0]
        await person.bench.adapter.typing(person.stranger, True)
        await person.bench.adapter.typing(person.stranger, False)
        with contextlib.suppress(RetryLater, Undeliverable):  # whatever else it raises makes this test fail
            await person.bench.adapter.deliver(person.stranger, reply, "nobody")

    async def test_it_can_be_closed_twice(self, person: Person) -> None:
        await person.bench.stop_fetching()
        await person.bench.adapter.close()
        await person.bench.adapter.close()


async def _after(person: Person, act: object) -> list[str]:
    """Do something, let everything be answered, and return the texts that arrived since."""
    assert hasattr(act, "__await__")
    before, stored = len(await person.received()), person.bench.stored
    await act
    await person.bench.until_stored(stored + 1)
    await person.bench.settle()
    return (await person.received())[before:]


def _echoes(texts: Sequence[str]) -> list[str]:
    return [match[1] for text in texts for match in [SAID.match(text)] if match]
