"""The graph of a model, run directly, gives what Rasa's own runner gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.runtime.embedded import EmbeddedRuntime

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def parsed_by(runner, processor, text: str) -> dict:
    from rasa.core.channels.channel import UserMessage
    from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
    from rasa.shared.core.trackers import DialogueStateTracker

    target = processor.model_metadata.nlu_target
    tracker = DialogueStateTracker.from_events("anna", [])
    inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker}
    return runner.run(inputs, [target])[target][0].as_dict(only_output_properties=True)


async def test_same_result_without_planning(runtime: EmbeddedRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa.engine.runner.dask import DaskGraphRunner, dask

    from bot.runtime.graph import DirectRunner

    processor = runtime._loaded.agent.processor
    direct = processor.graph_runner
    assert isinstance(direct, DirectRunner)
    stock = DaskGraphRunner.__new__(DaskGraphRunner)
    stock._graph_schema, stock._instantiated_nodes, stock._execution_context = direct._schema, direct._nodes, None
    expected = parsed_by(stock, processor, "Zuschuss in hagen")
    assert expected["entities"], "there is something to compare"
    monkeypatch.setattr(dask, "get", None)  # not used any more
    assert parsed_by(direct, processor, "Zuschuss in hagen") == expected


def test_nodes_run_once_and_in_order() -> None:
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.graph import GraphSchema, SchemaNode

    from bot.runtime.graph import DirectRunner

    ran: list[str] = []

    def node(name: str):
        def run(*needed):
            ran.append(name)
            return name, "".join(value for _, value in needed) + name
        return run

    def schema(**needs: str) -> SchemaNode:
        return SchemaNode(needs=needs, uses=object, constructor_name="", fn="", config={})

    nodes = {"end": schema(x="left", y="right"), "right": schema(x="first"), "left": schema(x="first"),
             "first": schema(x="__given__"), "unused": schema(x="first")}
    runner = DirectRunner(GraphSchema(nodes), {name: node(name) for name in nodes})
    assert runner.run({"__given__": "!"}, ["end"]) == {"end": "!firstleft!firstrightend"}
    assert ran == ["first", "left", "right", "end"]
    with pytest.raises(GraphRunError):
        runner.run({"first": "!"}, ["end"])
