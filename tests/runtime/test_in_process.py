"""Actions in the same process: what an action server would do, without its costs and without sharing state."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

TRACKER = {"sender_id": "anna", "slots": {"topics": ["ki"]}, "latest_message": {"entities": [], "text": "Hallo"},
           "events": [], "paused": False, "followup_action": None, "active_loop": {}, "latest_action_name": None}


def endpoint(action: Callable[..., Any], seconds: float = 5.0) -> Any:
    """Return an endpoint that knows one action, ``action_x``."""
    from rasa_sdk.executor import ActionExecutor

    from bot.runtime.in_process import InProcessActions

    executor = ActionExecutor()
    executor.register_function("action_x", action)
    return InProcessActions(executor, seconds)


def call() -> dict[str, Any]:
    return {"next_action": "action_x", "sender_id": "anna", "tracker": TRACKER, "domain": {}}


async def test_an_action_cannot_change_the_live_tracker() -> None:
    def change(dispatcher: Any, tracker: Any, domain: Any) -> list:
        tracker.get_slot("topics").append("neu")
        tracker.latest_message["entities"].append({"entity": "x"})
        dispatcher.utter_message(text="Gut")
        return []

    reply = await endpoint(change).request(json=call(), method="post")
    assert reply["responses"][0]["text"] == "Gut"
    assert TRACKER["slots"] == {"topics": ["ki"]}
    assert TRACKER["latest_message"]["entities"] == []


async def test_a_rejection_reaches_rasa_as_status_400() -> None:
    from rasa.utils.endpoints import ClientResponseError
    from rasa_sdk.interfaces import ActionExecutionRejection

    def reject(dispatcher: Any, tracker: Any, domain: Any) -> list:
        raise ActionExecutionRejection("action_x", "passt nicht")

    with pytest.raises(ClientResponseError) as error:
        await endpoint(reject).request(json=call())
    assert error.value.status == 400
    assert json.loads(error.value.text) == {"action_name": "action_x", "error": "passt nicht"}


async def test_failures_and_time_limits_are_noted() -> None:
    from bot.runtime.in_process import failed_actions

    async def wait(dispatcher: Any, tracker: Any, domain: Any) -> list:
        await asyncio.Event().wait()
        return []

    noted: list[str] = []
    token = failed_actions.set(noted)
    try:
        with pytest.raises(asyncio.TimeoutError):
            await endpoint(wait, seconds=0.05).request(json=call())
    finally:
        failed_actions.reset(token)
    assert noted == ["action_x"]


def test_schema_is_checked_for_remote_actions_only() -> None:
    from jsonschema import ValidationError
    from rasa.core.actions.action import RemoteAction
    from rasa.utils.endpoints import EndpointConfig

    from bot.runtime.in_process import skip_schema_for_in_process_actions

    skip_schema_for_in_process_actions()
    skip_schema_for_in_process_actions()
    wrong = {"events": "keine Liste"}
    here = RemoteAction("action_x", endpoint(lambda dispatcher, tracker, domain: []))
    assert here._validate_action_result(wrong) is True
    with pytest.raises(ValidationError):
        RemoteAction("action_x", EndpointConfig("http://127.0.0.1:5055"))._validate_action_result(wrong)


def test_the_domain_is_not_sent_along() -> None:
    from rasa.core.actions.action import RemoteAction

    action = RemoteAction("action_x", endpoint(lambda dispatcher, tracker, domain: []))
    assert action._is_selective_domain_enabled()


def test_a_package_that_cannot_be_imported_is_explained() -> None:
    from bot.errors import NavigatorError
    from bot.runtime.in_process import load_actions

    with pytest.raises(NavigatorError, match="gibt_es_nicht"):
        load_actions("gibt_es_nicht", 1.0)
