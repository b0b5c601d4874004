"""What a person sees in every messenger: notice, commands, choosing, erasure, opening hours, apologies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.instance import Hours, Instance, Weekday, load_instance
from bot.runtime.messages import BotMessage, Button, complete_answer
from bot.settings import load_settings
from channels.kit.messenger import FakeMessenger
from channels.kit.runtime import EchoRuntime
from channels.messenger.answering import MOST_ATTEMPTS as MOST_TRIES
from channels.messenger.contract import Kind, RetryLater, Undeliverable
from channels.messenger.delivery import MOST_ATTEMPTS
from channels.messenger.hours import closed_until
from channels.messenger.manners import Command, command
from channels.messenger.shortening import MORE

NOTICE = "Hier antwortet ein KI-System und kein Mensch."
HOURS: Hours = {
    Weekday.MONDAY: ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(16, 30))),
    Weekday.WEDNESDAY: ((dt.time(8, 30), dt.time(12)),),
}


class Faulty(EchoRuntime):
    """Does what the test says."""

    error: Exception | None = None
    reply: list[BotMessage] | None = None
    erase_and_fail = False

    async def handle(self, conversation_id: str, **more: Any) -> list[BotMessage]:
        if self.error:
            raise self.error
        if self.erase_and_fail:
            self._store.erase(conversation_id)
            raise OperationalError("statement", {}, Exception("connection lost"))
        return self.reply if self.reply is not None else await super().handle(conversation_id, **more)


@pytest.fixture
def faulty(memory_engine: sa.Engine) -> Faulty:
    return Faulty(memory_engine)


@pytest.fixture
def anna(memory_engine: sa.Engine) -> FakeMessenger:
    """Somebody who wrote before."""
    return FakeMessenger(memory_engine)


def rows(engine: sa.Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.exec_driver_sql(query).all())


async def test_the_notice_comes_first_and_again_after_half_a_year(anna: FakeMessenger) -> None:
    first, second = await anna.send("Hallo")
    assert NOTICE in first and "30 Tage" in first and "/loeschen" in first
    assert second == "Sie sagten: Hallo"
    for _ in range(6):
        anna.clock.pass_by(days=30)
        assert await anna.send("Hallo") == ["Sie sagten: Hallo"]
    anna.clock.pass_by(days=3)
    assert NOTICE in (await anna.send("Hallo"))[0]


async def test_who_only_opens_the_conversation_is_greeted_once(anna: FakeMessenger) -> None:
    notice, greeting = await anna.bring(Kind.JOINED)
    assert NOTICE in notice and greeting == "Sie sagten: /begruessung"
    assert await anna.bring(Kind.JOINED) == []
    assert await anna.send("/start") == ["Sie sagten: /begruessung"]


@pytest.mark.parametrize(("text", "meant"), [
    ("/start", Command.START), ("/START jetzt", Command.START), ("/hilfe@navigator_bot", Command.HELP),
    ("/help", Command.HELP), ("/datenschutz", Command.PRIVACY), ("/Auskunft", Command.EXPORT),
    (" /loeschen ", Command.ERASE),
    ("/löschen", Command.ERASE), ("/mensch", Command.HUMAN), ("/restart", None), ("hilfe", None), ("", None),
])  # fmt: skip
def test_commands(text: str, meant: Command | None) -> None:
    assert command(text) is meant


async def test_help_names_every_command(anna: FakeMessenger) -> None:
    text = (await anna.send("/hilfe"))[-1]
    assert all(each.value in text for each in Command)


def with_privacy(instance: Instance, **changes: str) -> Instance:
    return instance.model_copy(update={"privacy": instance.privacy.model_copy(update=changes)})


async def test_privacy_names_what_the_agency_has_filled_in(memory_engine: sa.Engine) -> None:
    settings = load_settings({"NAVIGATOR_PUBLIC_URL": "https://navigator.example.de"})
    instance = with_privacy(load_instance(settings), contact="datenschutz@example.de")
    text = (await FakeMessenger(memory_engine, settings=settings, instance=instance).send("/datenschutz"))[-1]
    assert "Verantwortlich: agentur mark GmbH\nKontakt: datenschutz@example.de\n" in text
    assert "https://navigator.example.de/datenschutz" in text
    assert "bitte ergänzen" not in text


@pytest.mark.parametrize(("kind", "says"), [(Kind.UNREADABLE, "geschriebenen Text"), (Kind.EDIT, "neue Nachrichten")])
async def test_what_cannot_be_read_is_answered_with_a_sentence(
    anna: FakeMessenger, kind: Kind, says: str
) -> None:
    assert says in (await anna.bring(kind))[-1]


async def test_groups_are_declined_once(anna: FakeMessenger) -> None:
    assert "einzelnen Person" in (await anna.bring(Kind.GROUP))[0]
    assert await anna.bring(Kind.GROUP) == []


async def test_who_left_gets_nothing(anna: FakeMessenger) -> None:
    anna.adapter.error = RetryLater()
    await anna.send("Hallo")
    anna.adapter.error = None
    await anna.bring(Kind.LEFT)
    anna.clock.pass_by(hours=1)
    await anna.settle()
    assert anna.received == []


async def test_options_are_chosen_by_button_number_and_title(anna: FakeMessenger) -> None:
    await anna.send("Hallo")
    human = "Sie sagten: /mensch_sprechen"
    assert await anna.choose("Menschen") == await anna.send("1") == [human]
    assert await anna.send("mit einem menschen sprechen") == [human]
    assert await anna.send("2") == ["Sie sagten: 2"]


async def test_an_option_of_somebody_else_or_from_long_ago_does_nothing(
    anna: FakeMessenger, memory_engine: sa.Engine
) -> None:
    await anna.send("Hallo")
    token = anna.options[0].token
    berta = FakeMessenger(memory_engine, address="berta", clock=anna.clock)
    assert "gilt nicht mehr" in (await berta.bring(Kind.CHOICE, token=token))[-1]
    assert "gilt nicht mehr" in (await anna.bring(Kind.CHOICE, token="unbekannt"))[-1]
    assert await anna.bring(Kind.CHOICE, token=token) == ["Sie sagten: /mensch_sprechen"]


async def test_everything_that_is_stored_is_handed_out_to_its_owner_only(
    anna: FakeMessenger, memory_engine: sa.Engine
) -> None:
    await anna.send("Mein Geheimnis")
    berta = FakeMessenger(memory_engine, address="berta", clock=anna.clock)
    told = "\n".join(await anna.send("/auskunft"))
    assert "Sie: Mein Geheimnis" in told and "Ihre Adresse dort: anna" in told
    others = "\n".join(await berta.send("/auskunft"))
    assert "Geheimnis" not in others and "anna" not in others and "Ihre Adresse dort: berta" in others


@pytest.mark.parametrize("ask", ["/loeschen", "/löschen"])
async def test_erasing_asks_once_and_leaves_only_hashes(
    anna: FakeMessenger, memory_engine: sa.Engine, ask: str
) -> None:
    await anna.send("Mein Geheimnis")
    await anna.send(ask)
    (confirmed,) = await anna.choose("Ja, alles löschen")
    assert "gelöscht" in confirmed and not anna.adapter.delivered[-1].message.options
    for table in ("correspondent", "outbox", "choice", "conversation", "conversation_event", "conversation_reply"):
        assert rows(memory_engine, f"SELECT * FROM {table}") == []
    left = rows(memory_engine, "SELECT conversation_id, body FROM inbox")
    assert left and all(tuple(row) == (None, None) for row in left)


async def test_an_erasure_that_was_cut_off_is_confirmed_and_not_begun_anew(
    memory_engine: sa.Engine, faulty: Faulty
) -> None:
    anna = FakeMessenger(memory_engine, faulty)
    await anna.send("Hallo")
    faulty.erase_and_fail = True
    assert await anna.send("ja, alles löschen") == []
    faulty.erase_and_fail = False
    anna.clock.pass_by(seconds=9)
    await anna.settle()
    assert "gelöscht" in anna.received[-1]
    assert [rows(memory_engine, f"SELECT * FROM {table}") for table in ("conversation", "correspondent")] == [[], []]


async def test_a_repeated_message_is_not_answered_even_after_erasing(anna: FakeMessenger) -> None:
    await anna.bring(Kind.TEXT, text="Hallo", external_id="einmal")
    assert await anna.bring(Kind.TEXT, text="Hallo", external_id="einmal") == []
    await anna.send("/loeschen")
    await anna.choose("Ja")
    assert await anna.bring(Kind.TEXT, text="Hallo", external_id="einmal") == []
    assert NOTICE in (await anna.send("Guten Tag"))[0], "who writes again begins anew"


async def test_keeping_keeps(anna: FakeMessenger, memory_engine: sa.Engine) -> None:
    await anna.send("/loeschen")
    await anna.choose("Nein")
    assert rows(memory_engine, "SELECT * FROM conversation")


@pytest.mark.parametrize(("day", "hour", "minute", "when"), [
    (23, 9, 0, ""), (23, 11, 59, ""), (23, 12, 0, "heute ab 13 Uhr"), (23, 8, 0, "heute ab 9 Uhr"),
    (23, 16, 30, "am Mittwoch ab 8:30 Uhr"), (24, 10, 0, "morgen ab 8:30 Uhr"), (25, 12, 0, "am Montag ab 9 Uhr"),
])  # fmt: skip
def test_outside_the_hours_it_is_known_when_somebody_is_there(day: int, hour: int, minute: int, when: str) -> None:
    berlin = dt.timezone(dt.timedelta(hours=1))
    assert closed_until(HOURS, dt.datetime(2026, 11, day, hour, minute, tzinfo=berlin)) == when


def test_without_hours_nothing_is_said() -> None:
    assert closed_until({}, dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)) == ""


async def test_who_wants_a_human_hears_when_nobody_is_there(memory_engine: sa.Engine) -> None:
    shipped = load_instance(load_settings({}))
    instance = shipped.model_copy(
        update={"human_handoff": shipped.human_handoff.model_copy(update={"hours": HOURS})})
    anna = FakeMessenger(memory_engine, instance=instance)
    await anna.send("Hallo")
    assert await anna.send("/mensch") == ["Sie sagten: /mensch_sprechen"]
    anna.clock.pass_by(hours=12)
    said = await anna.send("/mensch")
    assert "Gerade ist niemand da. Sie erreichen uns wieder am Mittwoch ab 8:30 Uhr." in said[-1]
    assert await anna.send("Hallo") == ["Sie sagten: Hallo"]


async def test_an_error_of_the_bot_becomes_one_apology(memory_engine: sa.Engine, faulty: Faulty) -> None:
    anna = FakeMessenger(memory_engine, faulty)
    faulty.error = ValueError("kaputt")
    said = await anna.send("Hallo")
    assert len(said) == 2 and "Entschuldigung" in said[1] and "02331 4887814" in said[1]
    faulty.error = None
    assert await anna.send("Hallo") == ["Sie sagten: Hallo"]


async def test_a_message_on_which_everything_dies_gets_an_apology_in_the_end(
    memory_engine: sa.Engine, faulty: Faulty
) -> None:
    anna = FakeMessenger(memory_engine, faulty)
    faulty.error = OperationalError("statement", {}, Exception("database is locked"))
    await anna.send("Hallo")
    for _ in range(MOST_TRIES - 1):
        assert anna.received == []
        anna.clock.pass_by(seconds=9)
        await anna.settle()
    assert anna.received == []
    anna.clock.pass_by(seconds=9)
    await anna.settle()
    assert "Entschuldigung" in anna.received[-1]


async def test_no_answer_fails_because_typing_could_not_be_shown(anna: FakeMessenger) -> None:
    async def fails(address: str, on: bool) -> None:
        raise ConnectionError

    anna.adapter.typing = fails
    assert (await anna.send("Hallo"))[-1] == "Sie sagten: Hallo"


async def test_a_bot_that_says_nothing_apologises(memory_engine: sa.Engine, faulty: Faulty) -> None:
    faulty.reply = []
    assert "Entschuldigung" in (await FakeMessenger(memory_engine, faulty).send("Hallo"))[-1]


async def test_what_the_bot_refuses_is_said(anna: FakeMessenger) -> None:
    assert "zu lang" in (await anna.send("ä" * 5000))[-1]
    assert await anna.send(" ") == ["Bitte schreiben Sie Ihre Frage."]


async def test_more_shows_the_rest_with_the_same_options(memory_engine: sa.Engine, faulty: Faulty) -> None:
    sentences = [f"Das ist der Satz Nummer {number}." for number in range(100)]
    answer = complete_answer({"kind": "info"}, {})
    faulty.reply = [BotMessage(" ".join(sentences), (Button("Hilfe", "/bot_faehigkeiten"),), answer)]
    anna = FakeMessenger(memory_engine, faulty)
    said = (await anna.send("Hallo"))[1:]
    while any(option.title == MORE for option in anna.options):
        assert [option.title for option in anna.options] == [MORE, "Hilfe"]
        said += await anna.choose(MORE)
        assert len(said) < 10
    assert " ".join(said).replace(" …", "") == " ".join(sentences)
    assert [option.title for option in anna.options] == ["Hilfe"]


async def test_delivery_is_tried_again_in_growing_pauses(anna: FakeMessenger) -> None:
    anna.adapter.error = RetryLater()
    await anna.send("Hallo")
    begin = anna.clock.now()
    anna.clock.pass_by(seconds=0.5)
    await anna.settle()
    anna.adapter.error = None
    await anna.settle()
    assert anna.received == [], "not before the pause is over"
    while not anna.received:
        anna.clock.pass_by(seconds=0.5)
        await anna.settle()
    assert dt.timedelta(seconds=1) <= anna.clock.now() - begin <= dt.timedelta(seconds=2.5)
    assert len(anna.received) == 2


async def test_the_service_says_how_long_to_wait(anna: FakeMessenger) -> None:
    anna.adapter.error = RetryLater(300)
    await anna.send("Hallo")
    anna.adapter.error = None
    anna.clock.pass_by(seconds=299)
    await anna.settle()
    assert anna.received == []
    anna.clock.pass_by(seconds=1)
    await anna.settle()
    assert len(anna.received) == 2


@pytest.mark.parametrize("error", [RetryLater(), RuntimeError("kaputt")])
async def test_in_the_end_delivery_is_given_up(
    anna: FakeMessenger, memory_engine: sa.Engine, error: Exception
) -> None:
    anna.adapter.error = error
    await anna.send("Hallo")
    for _ in range(2 * MOST_ATTEMPTS):
        anna.clock.pass_by(seconds=600)
        await anna.settle()
    states = rows(memory_engine, "SELECT state, attempts, body FROM outbox")
    assert [tuple(row) for row in states] == [("aufgegeben", MOST_ATTEMPTS, None)] * 2


async def test_what_can_never_be_delivered_is_given_up_at_once(anna: FakeMessenger, memory_engine: sa.Engine) -> None:
    anna.adapter.error = Undeliverable("blockiert")
    await anna.send("Hallo")
    assert {row.state for row in rows(memory_engine, "SELECT state FROM outbox")} == {"aufgegeben"}
