"""Another model takes over between turns: nobody waits for it, nobody loses a conversation."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.records.conversations import ConversationStore
from bot.runtime.embedded import EmbeddedRuntime
from bot.runtime.signing import NotOurs, sign, signature_of
from bot.runtime.switching import ModelFollower
from tests.runtime.fixtures import tiny_settings
from tests.runtime.test_embedded import user_texts


@pytest.fixture
def another(project: tuple[Path, Path], tmp_path: Path) -> Path:
    """The same model under another name."""
    copied = Path(shutil.copy(project[1], tmp_path / "20990101-000000-abcdefabcdef.tar.gz"))
    sign(copied, tiny_settings(project[0], tmp_path))
    return copied


async def test_a_conversation_goes_on_with_the_other_model(
    runtime: EmbeddedRuntime, conversations: ConversationStore, another: Path
) -> None:
    follower = ModelFollower(runtime, lambda: another.name, another.parent)
    await runtime.handle("anna", text="Zuschuss in hagen")
    before = runtime.model
    during, _ = await asyncio.gather(runtime.handle("anna", text="Moin"), follower.look())
    assert during[0].answer["kind"] == "smalltalk"
    assert before != runtime.model == another.name
    after = await runtime.handle("anna", text="Zuschuss")
    assert after[0].answer["understood"]["place"] == "hagen"
    assert user_texts(conversations, "anna") == ["Zuschuss in hagen", "Moin", "Zuschuss"]


async def test_a_turn_ends_with_the_model_it_began_with(runtime: EmbeddedRuntime, another: Path) -> None:
    old, begun, go_on = runtime._loaded, asyncio.Event(), asyncio.Event()
    original = old.agent.processor.handle_message

    async def waiting(message: object) -> object:
        begun.set()
        await go_on.wait()
        return await original(message)

    old.agent.processor.handle_message = waiting
    turn = asyncio.create_task(runtime.handle("anna", text="Moin"))
    await begun.wait()
    await runtime.switch_to(another)
    assert (await runtime.handle("berta", text="Moin"))[0].answer["kind"] == "smalltalk", "others need not wait"
    go_on.set()
    assert (await turn)[0].answer["kind"] == "smalltalk"


async def test_a_model_that_cannot_be_loaded_is_tried_once(runtime: EmbeddedRuntime, tmp_path: Path) -> None:
    (tmp_path / "kaputt.tar.gz").write_bytes(b"kein Modell")
    before, tried, load = runtime.model, [], runtime._load
    runtime._load = lambda model: (tried.append(model.name), load(model))[1]
    follower = ModelFollower(runtime, lambda: "kaputt.tar.gz", tmp_path)
    await follower.look()
    await follower.look()
    assert tried == ["kaputt.tar.gz"]
    assert runtime.model == before
    assert (await runtime.handle("anna", text="Moin"))[0].answer["kind"] == "smalltalk"


async def test_a_model_of_somebody_else_is_never_loaded(runtime: EmbeddedRuntime, another: Path) -> None:
    before = runtime.model
    another.write_bytes(another.read_bytes() + b"x")
    with pytest.raises(NotOurs, match="keine gültige Unterschrift"):
        await runtime.switch_to(another)
    signature_of(another).unlink()
    with pytest.raises(NotOurs):
        await runtime.switch_to(another)
    assert runtime.model == before


async def test_nothing_happens_without_a_choice(runtime: EmbeddedRuntime, tmp_path: Path) -> None:
    before = runtime._loaded
    await ModelFollower(runtime, lambda: None, tmp_path).look()
    await ModelFollower(runtime, lambda: runtime.model, tmp_path).look()
    assert runtime._loaded is before
