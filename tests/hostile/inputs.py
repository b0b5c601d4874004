"""What somebody hostile sends: texts, choices, bodies, headers and addresses that were never meant."""

from __future__ import annotations

import contextlib
import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

T = TypeVar("T")
SESSIONS = st.integers(0, 40).map(lambda number: f"hostile-sitzung-{number}")
"""Few, so that conversations grow strange."""
PARTS = (
    "Zuschuss", "Hagen", "Bildungsscheck 2.0", "§ 82", "12 Leute", "ja", "nein", "weiß ich nicht", "0171 3920001",
    "/restart", "/session_start", '/foerderung_ki{"place": "hagen"}', "<script>alert(1)</script>",
    "'; DROP TABLE conversation; --", "{{7*7}}", "${jndi:ldap://x}", "%s%n%x", "\x00", "\u202e", "\ud800", "😀" * 40,
    "a" * 4096, "9" * 400, "-1", "1e308", "NaN", "../../../etc/passwd", "\r\nSet-Cookie: a=b",
    "{user}", "{days}", "[Hagen](place)", "- intent: x", "null", "\\", '"', "•••",
    "Rückruf bitte", "Daten löschen", "mehr", "das erste", "1", "Ich heiße Anna",
    "?" * 200, "İ", "ß" * 300, "ﷺ" * 50,
)
PIECE = st.one_of(st.sampled_from(PARTS), st.text(max_size=40), st.integers().map(str), st.floats().map(str))
TEXT = st.one_of(st.text(max_size=300), st.lists(PIECE, min_size=1, max_size=6).map(" ".join))
LEAF = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), PIECE)
JSON = st.recursive(LEAF, lambda inner: st.one_of(
    st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)), max_leaves=12)


@dataclass(frozen=True)
class Sent:
    """One request."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def _json(path: str, data: Any) -> Sent:
    return Sent("POST", path, json.dumps(data).encode(), {"Content-Type": "application/json"})


def _payload(intents: Sequence[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from(("place", "programme", "topic", "callback_step", "erase_consent", "x"))
    entities = st.dictionaries(names, LEAF, max_size=3)
    called = st.one_of(st.sampled_from(list(intents)), st.text(max_size=20))
    return st.one_of(
        called.map(lambda name: f"/{name}"),
        st.tuples(called, entities).map(lambda each: f"/{each[0]}{json.dumps(each[1])}"),
        st.tuples(called, PIECE).map(lambda each: f"/{each[0]}{{{each[1]}"), PIECE)


def chats(intents: Sequence[str]) -> st.SearchStrategy[Sent]:
    """Requests to the chat whose form is right and whose content is not.

    Args:
        intents: Those that buttons may send.
    """
    path = st.sampled_from(("/api/chat", "/api/chat", "/api/chat", "/api/chat/stream"))
    said = st.one_of(st.fixed_dictionaries({"session": SESSIONS, "text": TEXT}),
                     st.fixed_dictionaries({"session": SESSIONS, "payload": _payload(intents)}),
                     st.fixed_dictionaries({"session": SESSIONS, "text": TEXT, "message_id": st.sampled_from("abc")}))
    return st.tuples(path, said).map(lambda each: _json(*each))


def requests() -> st.SearchStrategy[Sent]:
    """Requests of which nothing is right."""
    paths = st.sampled_from(("/api/chat", "/api/chat/stream", "/api/feedback"))
    kinds = st.sampled_from(
        ("application/json", "text/plain", "application/json; charset=utf-7", "", "multipart/form-data"))
    bodies = st.one_of(st.binary(max_size=200), JSON.map(lambda data: json.dumps(data).encode()),
                       st.just(b"[" * 5000), st.just(b'{"session":' * 2000))
    raw = st.builds(lambda path, body, kind: Sent("POST", path, body, {"Content-Type": kind}), paths, bodies, kinds)
    names = st.sampled_from(("session", "text", "payload", "message_id", "request_id", "helpful", "reason"))
    fields = st.dictionaries(names, st.one_of(SESSIONS, JSON), max_size=5)
    wrong = st.tuples(paths, fields).map(lambda each: _json(*each))
    header = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=80)
    routes = st.sampled_from((("GET", "/api/chat/history"), ("GET", "/api/chat/export"), ("DELETE", "/api/chat")))
    reading = st.tuples(routes, st.one_of(header, SESSIONS)).map(
        lambda each: Sent(*each[0], None, {"X-Navigator-Session": each[1]}))
    return st.one_of(raw, wrong, reading, pages())


def pages() -> st.SearchStrategy[Sent]:
    """Addresses and forms of the pages."""
    path = st.one_of(
        st.sampled_from(("/", "/chat", "/foerderung", "/anlaufstellen", "/melden", "/barrierefreiheit/melden",
                         "/begriffe", "/termine", "/embed", "/api/config", "/merkblatt")),
        st.tuples(st.sampled_from(("/foerderung/", "/anlaufstellen/", "/static/", "/")), PIECE).map("".join))
    asked = st.sampled_from(("frage", "zu", "ort", "thema", "suche", "seite", "nummer"))
    query = st.dictionaries(asked, PIECE, max_size=3)
    get = st.tuples(path, query).map(lambda each: Sent("GET", _address(*each)))
    forms = st.sampled_from(("/chat", "/chat/loeschen", "/chat/auskunft", "/melden", "/barrierefreiheit/melden"))
    names = st.sampled_from(("session", "text", "payload", "message_id", "about", "email", "zu"))
    form = st.tuples(forms, st.dictionaries(names, PIECE, max_size=5)).map(
        lambda each: Sent("POST", each[0], _address("", each[1])[1:].encode(),
                          {"Content-Type": "application/x-www-form-urlencoded"}))
    return st.one_of(get, form)


def _address(path: str, query: Mapping[str, str]) -> str:
    from urllib.parse import quote, urlencode

    plain = {name: value.encode("utf-8", "replace") for name, value in query.items()}
    return quote(path.encode("utf-8", "replace"), safe="/.%") + "?" + urlencode(plain)


def examples(strategy: st.SearchStrategy[T], number: int, start: int = 1) -> list[T]:
    """Return so many examples, always the same ones for the same ``start``."""
    found: list[T] = []

    @seed(start)
    @settings(max_examples=number, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(example: T) -> None:
        found.append(example)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.suppress(Unsatisfiable):  # e.g. nothing wrong can be sent where nothing is sent
            collect()
    return found[:number]
