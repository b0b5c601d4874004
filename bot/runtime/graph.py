"""Runs the graph of a model directly: node after node, in an order that is found once.

Rasa plans the same graph anew with dask at every message and again at every predicted action.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class DirectRunner(GraphRunner):
    """Runs the nodes of a graph that was loaded (see ``rasa.engine.runner.interface.GraphRunner``)."""

    def __init__(self, schema: GraphSchema, nodes: Mapping[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._order = functools.lru_cache(maxsize=None)(self._find_order)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> DirectRunner:
        """Load the nodes as Rasa's own runner does."""
        return cls.of(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    @classmethod
    def of(cls, loaded: DaskGraphRunner) -> DirectRunner:
        """Take over the nodes of Rasa's own runner."""
        return cls(loaded._graph_schema, loaded._instantiated_nodes)

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """Run what the targets need and return their outputs.

        Raises:
            GraphRunError: If an input is named like a node.
        """
        given = inputs or {}
        wanted = tuple(targets or self._schema.target_names)
        if not self._nodes.keys().isdisjoint(given):
            raise GraphRunError("An input is named like a node of the graph.")
        done: dict[str, Any] = {name: (name, value) for name, value in given.items()}
        for name, needs in self._order(wanted):
            done[name] = self._nodes[name](*[done.get(need, need) for need in needs])
        return {name: done[name][1] for name in wanted}

    def _find_order(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """Return the nodes that lead to the targets, each behind those it needs, with what it needs."""
        schema = self._schema.minimal_graph_schema(list(targets))
        found: dict[str, tuple[str, ...]] = {}

        def visit(name: str) -> None:
            if name in found or name not in schema.nodes:  # the latter is an input
                return
            needs = tuple(schema.nodes[name].needs.values())
            for need in needs:
                visit(need)
            found[name] = needs

        for target in targets:
            visit(target)
        return list(found.items())
