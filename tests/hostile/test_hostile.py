"""A small share of the hostile inputs, against the pages with a runtime that repeats what it hears.

All of them, against the trained bot: ``python -m tests.hostile``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
import sqlalchemy as sa
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from bot.instance import load_instance
from bot.settings import load_settings
from channels.web.app import create_app
from channels.web.openapi import description
from tests.channels.fake_runtime import FakeRuntime, write_buttons
from tests.hostile.inputs import chats, examples, requests
from tests.hostile.judging import Verdict, judge
from tests.hostile.serving import serving

FEW = 50
PER_OPERATION = 3


@pytest.fixture
def address(catalogue_engine: sa.Engine, tmp_path: Path) -> Iterator[str]:
    """The web application without limits."""
    free = {f"NAVIGATOR_{kind}_PER_MINUTE": "0" for kind in ("CHAT", "FORMS", "PAGES", "PDF")}
    settings = load_settings(free)
    runtime = FakeRuntime(write_buttons(tmp_path))
    with serving(lambda: create_app(runtime, settings, load_instance(settings), catalogue_engine)) as url:
        yield url


def test_nothing_hostile_breaks_the_pages(address: str) -> None:
    verdict = judge(address, [*examples(chats(["hilfe"]), FEW), *examples(requests(), FEW)])
    assert verdict.faults == [] and verdict.sent == 2 * FEW
    assert {200, 400} <= set(verdict.statuses) and not any(status >= 500 for status in verdict.statuses)


def test_the_api_does_what_its_description_says(address: str) -> None:
    schema = schemathesis.openapi.from_dict(description())
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) >= 8
    for operation in operations:
        for mode in GenerationMode:
            for case in examples(operation.as_strategy(generation_mode=mode), PER_OPERATION):
                # What is well-formed may still be refused, e.g. an unknown choice; a stream tells it inside.
                inside = [negative_data_rejection] if operation.path.endswith("/stream") else []
                case.call_and_validate(base_url=address, excluded_checks=[positive_data_acceptance, *inside])


def test_a_fault_is_seen() -> None:
    class Answer:
        status_code, text = 500, "Interner Fehler"

    from tests.hostile.inputs import Sent
    from tests.hostile.judging import _fault

    assert _fault(Sent("GET", "/"), Answer()) == "a failure without apology"  # type: ignore[arg-type]
    Answer.text = "Ihre Vorgangsnummer ist 1"
    assert _fault(Sent("GET", "/"), Answer()) == ""  # type: ignore[arg-type]
    Answer.status_code, Answer.text = 200, 'Traceback (most recent call last):\n  File "/x.py"'
    assert _fault(Sent("GET", "/"), Answer()) == "a trace of the program"  # type: ignore[arg-type]
    assert Verdict().sent == 0
