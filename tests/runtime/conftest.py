"""Fixtures of the runtime tests."""

from tests.runtime.fixtures import conversations, engine, project, runtime, settings  # noqa: F401
