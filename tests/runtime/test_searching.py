"""Without a model: the page still finds programmes and persons, and a model that comes later takes over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import services
from bot.contract.validator import validate_reply
from bot.instance import load_instance
from bot.runtime import searching
from bot.runtime.apology import Apology
from bot.runtime.buttons import load_buttons
from bot.runtime.fixed_texts import load_responses
from bot.runtime.gate import Rejected
from bot.runtime.searching import SearchingRuntime, load_action_classes
from bot.runtime.without_model import RuntimeWithoutModel
from bot.settings import REPOSITORY, load_settings
from knowledge_base.recognise.recogniser import Recogniser
from knowledge_base.store import KnowledgeStore


@pytest.fixture
def erased() -> list[str]:
    return []


@pytest.fixture
def runtime(
    shared_store: KnowledgeStore, erased: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[SearchingRuntime]:
    load_action_classes()
    services.use(services.Services(shared_store, load_instance(load_settings({}))))
    monkeypatch.setattr(searching, "recogniser", lambda: shared_store.derived(Recogniser))
    folder = REPOSITORY / "nlu_data"
    yield SearchingRuntime(
        load_buttons(folder / "buttons.yml"), Apology("0000 12345"), load_responses(folder / "responses"),
        erased.append, lambda: True)
    services.use(None)


async def say(runtime: SearchingRuntime, text: str | None = None, payload: str | None = None) -> list[dict]:
    messages = [each.as_dict() for each in await runtime.handle("web:anna", text=text, payload=payload)]
    validate_reply({"request_id": "test", "messages": messages})
    assert all(message["answer"]["kind"] != "error" for message in messages)
    assert payload or "/mensch_sprechen" in {button["payload"] for each in messages for button in each["buttons"]}
    return messages


async def test_keywords_lead_to_programmes_and_the_place_to_persons(runtime: SearchingRuntime) -> None:
    hint, found = await say(runtime, "Zuschuss für Weiterbildung unserer Beschäftigten in Hagen")
    assert hint["text"] == searching.HINT
    assert found["answer"]["kind"] == "programmes" and found["answer"]["programmes"] and found["answer"]["contacts"]
    assert found["answer"]["understood"]["place"] == "hagen"


async def test_what_was_said_is_remembered_and_buttons_work(runtime: SearchingRuntime) -> None:
    await say(runtime, "Zuschuss für Weiterbildung")
    [found] = await say(runtime, "in Iserlohn")
    assert found["answer"]["understood"]["place"] == "iserlohn" and found["answer"]["programmes"]
    about = next(button for button in found["buttons"] if button["payload"].startswith("/programm_ueberblick"))
    [explained] = await say(runtime, payload=about["payload"])
    assert explained["answer"]["kind"] == "programme"


async def test_whoever_is_not_understood_is_shown_persons(runtime: SearchingRuntime) -> None:
    *_, shown = await say(runtime, "Das Wetter ist heute aber schön")
    assert shown["answer"]["kind"] == "handoff" and shown["answer"]["contacts"]


async def test_data_can_be_erased(runtime: SearchingRuntime, erased: list[str]) -> None:
    await say(runtime, "Zuschuss in Hagen")
    await say(runtime, payload='/daten_loeschen{"erase_consent": "ja"}')
    assert erased == ["web:anna"] and not runtime._memories


async def test_forgets_who_is_silent_longest(runtime: SearchingRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "REMEMBERED", 2)
    for name in ("anna", "berta", "cora"):
        await runtime.handle(name, text="Zuschuss in Hagen")
    assert list(runtime._memories) == ["berta", "cora"]


async def test_a_failure_is_an_apology(runtime: SearchingRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "recogniser", lambda: 1 / 0)
    [message] = await runtime.handle("anna", text="Hallo")
    assert message.answer["kind"] == "error" and "0000 12345" in message.text
    with pytest.raises(Rejected):
        await runtime.handle("anna", payload="/restart")


async def test_a_model_that_can_be_loaded_takes_over(runtime: SearchingRuntime) -> None:
    class Loaded:
        model = "neu.tar.gz"

        async def handle(self, conversation_id: str, **_: object) -> list[str]:
            return ["with a model"]

    def load(model: Path) -> Loaded:
        if model.name != "neu.tar.gz":
            raise OSError("broken")
        return Loaded()

    waiting = RuntimeWithoutModel(runtime, load)  # type: ignore[arg-type]
    assert (waiting.model, await waiting.health()) == ("", {"suche_ohne_modell": True})
    with pytest.raises(OSError):
        await waiting.switch_to(Path("alt.tar.gz"))
    assert (await waiting.handle("anna", text="Weiterbildung in Hagen"))[-1].answer["kind"] == "programmes"
    await waiting.switch_to(Path("neu.tar.gz"))
    assert await waiting.handle("anna", text="Hallo") == ["with a model"]
