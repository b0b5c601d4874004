"""Forms are ours only: tokens with a clock of the test, and where a request comes from."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.records.secrets import shared_secret
from bot.web.csrf import VALID_SECONDS, FormTokens, is_own


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(catalogue_engine: sa.Engine, clock: Clock) -> FormTokens:
    return FormTokens(lambda: shared_secret(catalogue_engine, "forms"), clock)


def test_a_token_is_good_for_its_form_and_its_time(tokens: FormTokens, clock: Clock) -> None:
    token = tokens.token("chat")
    assert tokens.accepts(token, "chat")
    assert not tokens.accepts(token, "fehler")
    clock.now += VALID_SECONDS
    assert tokens.accepts(token, "chat")
    clock.now += 1
    assert not tokens.accepts(token, "chat")


def test_a_token_of_tomorrow_is_not_ours(tokens: FormTokens, clock: Clock) -> None:
    token = tokens.token("chat")
    clock.now -= 60
    assert not tokens.accepts(token, "chat")


def test_all_processes_share_the_key(tokens: FormTokens, catalogue_engine: sa.Engine, clock: Clock) -> None:
    assert FormTokens(lambda: shared_secret(catalogue_engine, "forms"), clock).accepts(tokens.token("chat"), "chat")


def test_a_changed_token_is_refused(tokens: FormTokens) -> None:
    made, signature = tokens.token("chat").split(".")
    later = f"{int(made, 16) + 1:x}"
    last = "0" if signature[-1] != "0" else "1"
    for wrong in ("", ".", made, f"{later}.{signature}", f"{made}.{signature[:-1]}{last}", f"{made}.{signature}\n",
                  f"{made}.{'ß' * 64}", f"{'f' * 300}.{signature}"):
        assert not tokens.accepts(wrong, "chat"), wrong


@pytest.mark.parametrize(("headers", "own"), [
    ({}, True),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site", "Origin": "https://navigator.example.de"}, False),
    ({"Origin": "null"}, True),
    ({"Origin": "https://navigator.example.de"}, True),
    ({"Origin": "https://evil.example"}, False),
    ({"Origin": "https://navigator.example.de.evil.example"}, False),
    ({"Origin": "navigator.example.de"}, False),
])  # fmt: skip
def test_where_a_form_comes_from(headers: dict[str, str], own: bool) -> None:
    assert is_own(headers, "navigator.example.de") is own
