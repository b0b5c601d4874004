"""The log holds events and ids, and nothing that anybody wrote."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.log import configure, get_logger, new_request_id, request_id

SECRET = "Meine Frau Erika ist krank"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    configure("INFO", written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def entries(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_the_request(stream: io.StringIO) -> None:
    current = new_request_id()

    get_logger("bot.test").info("chat.answered", milliseconds=12, kind="programmes", first=True, place=None)

    (entry,) = entries(stream)
    assert entry["event"] == "chat.answered"
    assert entry["request_id"] == current
    assert (entry["milliseconds"], entry["kind"], entry["first"], entry["place"]) == (12, "programmes", True, None)


def test_text_becomes_its_length(stream: io.StringIO) -> None:
    get_logger("bot.test").info("chat.answered", text=SECRET, mail="erika@example.org", words=SECRET.split())

    assert "Erika" not in stream.getvalue()
    assert "erika" not in stream.getvalue()
    assert str(len(SECRET)) in entries(stream)[0]["text"]


def test_an_exception_leaves_its_type_and_place_only(stream: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        get_logger("bot.test").error("chat.failed", exc=error)

    (entry,) = entries(stream)
    assert "Erika" not in stream.getvalue()
    assert entry["exception"] == "ValueError"
    assert "test_an_exception_leaves" in entry["trace"][0]


def test_fields_cannot_replace_what_we_log_ourselves(stream: io.StringIO) -> None:
    get_logger("bot.test").info("chat.answered", level="x", request_id="y")

    assert entries(stream)[0]["level"] == "INFO"


def test_other_packages_cannot_bring_text_in(stream: io.StringIO) -> None:
    foreign = logging.getLogger("some.package")
    foreign.debug(f"Received message '{SECRET}'")
    foreign.info(f"Received message '{SECRET}'")
    foreign.warning(f"Could not answer '{SECRET}'")
    foreign.error("Could not answer '%s'", SECRET)
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        foreign.exception(SECRET)

    assert "Erika" not in stream.getvalue()
    assert [entry["level"] for entry in entries(stream)] == ["WARNING", "ERROR", "ERROR"]
    assert "Could not answer" in entries(stream)[1]["event"]


def test_the_level_counts_for_our_packages(stream: io.StringIO) -> None:
    get_logger("channels.web").debug("chat.received")
    configure("DEBUG", stream)
    get_logger("channels.web").debug("chat.received")
    logging.getLogger("somebody.else").info("hello")

    assert [entry["logger"] for entry in entries(stream)] == ["channels.web"]
    configure("INFO", stream)


async def test_each_task_has_its_own_request(stream: io.StringIO) -> None:
    async def one() -> tuple[str, str]:
        mine = new_request_id()
        await asyncio.sleep(0)
        return mine, request_id.get()

    pairs = await asyncio.gather(one(), one(), one())

    assert all(mine == seen for mine, seen in pairs)
    assert len({mine for mine, _ in pairs}) == 3
