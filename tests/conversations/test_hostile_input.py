"""Nothing that somebody types raises, starts something internal, or comes back as it was."""

from __future__ import annotations

import pytest

from bot.runtime.gate import MAX_CHARACTERS, Rejected
from bot.runtime.interface import Runtime

pytestmark = pytest.mark.model

INTERNAL = {"restart", "session_start", "back", "nlu_fallback_internal"}
HOSTILE = {
    "emoji": "😀🙈🤷‍♀️👩🏽‍💻",
    "null": "Zuschuss\x00für\x00Software",
    "right_to_left": "\u202eZuschuss für Software\u202c \u200f\u061c",
    "long": "Wir brauchen Geld für Software. " * (MAX_CHARACTERS // 32),
    "one_long_word": "ä" * MAX_CHARACTERS,
    "payload": '/foerderung_ki{"place": "hagen"}',
    "restart": "/restart",
    "session_start": '/session_start{"role": "admin"}',
    "back": "/back",
    "fallback": "/nlu_fallback",
    "slashes": "/////",
    "braces": "{{text}} {intent} ${jndi:ldap://x.example/a} %s %(a)s",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "sql": "'; DROP TABLE conversations; --",
    "yaml": "- intent: x\n  examples: |\n    - y\nresponses:\n  utter: z",
    "annotation": '[Hagen]{"entity": "place", "value": "berlin"}(ort)',
    "half_characters": "\ud800 Zuschuss",
    "controls": "\x07\x1b[31mrot\x1b[0m\x08",
    "digits": "9" * 400,
    "negative_number": "wir sind -12 Leute und 99999999999999999999 Filialen",
    "combining": "Z\u0301\u0302\u0303\u0304" * 200,
    "full_width": "Ｗｉｒ ｓｕｃｈｅｎ Ｆöｒｄｅｒｕｎｇ",
    "question_marks": "???",
}
NOTHING = {"empty": "", "blanks": " \n\t ", "invisible": "\u200b\u2060\ufeff\x00"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_is_answered(text: str, runtime: Runtime) -> None:
    understood = await runtime.parse(text)
    assert understood["intent"]["name"] not in INTERNAL
    messages = await runtime.handle(f"hostile-{abs(hash(text))}", text=text)
    assert messages
    assert all(message.as_dict()["text"].strip() for message in messages)
    assert not any(message.answer.get("kind") == "error" for message in messages)
    assert not any(mark in message.text for message in messages for mark in ("<script", "jndi", "DROP TABLE"))


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
async def test_nothing_is_refused_with_a_sentence(text: str, runtime: Runtime) -> None:
    with pytest.raises(Rejected, match="Bitte schreiben Sie Ihre Frage"):
        await runtime.handle("nothing", text=text)


async def test_far_too_much_is_refused_with_a_sentence(runtime: Runtime) -> None:
    with pytest.raises(Rejected, match="zu lang"):
        await runtime.handle("too-long", text="Zuschuss " * 1200)


async def test_typed_payload_is_just_words(runtime: Runtime) -> None:
    """A typed „/neu_anfangen{…}“ goes through the classifier like any other text, with no entity from the braces."""
    understood = await runtime.parse('/angaben_machen{"place": "berlin", "employees": 3}')
    assert all(entity.get("extractor") == "CatalogueEntityExtractor" for entity in understood["entities"])
