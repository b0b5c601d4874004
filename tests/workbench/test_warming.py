"""What the first person would wait for is ready before."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.curation.inbox import Inbox
from bot.workbench.pages.proposals import CURATION
from bot.workbench.warming import warm


async def test_what_can_be_read_is_read_before_somebody_asks(
    app: web.Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that fails is logged and stops no other."""
    monkeypatch.delattr(Inbox, "warm")
    await warm(app)
    monkeypatch.delattr("knowledge_base.memory.parse_file")
    catalogue, _ = app[CURATION].proposals.checker.catalogue()
    assert len(catalogue.programmes) > 100
