"""The shipped understanding, trained once for all tests that ask for it."""

from __future__ import annotations

from functools import lru_cache

from bot.evaluation.judged import Judged
from bot.evaluation.pipeline import Pipeline
from bot.evaluation.run import Inputs, load_inputs, understand
from bot.settings import REPOSITORY


@lru_cache(maxsize=1)
def inputs() -> Inputs:
    """The sentences of the repository; no outside material."""
    return load_inputs(REPOSITORY, REPOSITORY / "no-outside-material")


@lru_cache(maxsize=1)
def shipped() -> tuple[Pipeline, list[Judged]]:
    """The trained pipeline and the held-out sentences as it understands them."""
    return understand(inputs())
