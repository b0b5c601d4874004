"""Custom actions run in this process: what Rasa sends to its action server goes straight to rasa-sdk's executor."""

from __future__ import annotations

import asyncio
import copy
import json
from contextvars import ContextVar
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.errors import NavigatorError
from bot.log import get_logger

_log = get_logger(__name__)

failed_actions: ContextVar[list[str] | None] = ContextVar("failed_actions", default=None)
"""Names of the actions that failed in the running turn; a list only within a turn."""


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server."""

    def __init__(self, executor: ActionExecutor, seconds: float) -> None:
        """Take an executor that knows the actions.

        Args:
            executor: With the package of actions registered.
            seconds: Time limit for one action.
        """
        super().__init__(url=None, enable_selective_domain=True)
        self._executor = executor
        self._seconds = seconds

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action and return what the action server would have sent.

        Raises:
            ClientResponseError: With status 400 if a form or action rejects to run; Rasa expects just that.
        """
        call: dict[str, Any] = kwargs["json"]
        name = call["next_action"]
        tracker = call["tracker"]
        # Over HTTP an action gets copies; here it would change the slots of the live tracker.
        own = {**tracker, "slots": copy.deepcopy(tracker["slots"]),
               "latest_message": copy.deepcopy(tracker["latest_message"])}
        try:
            return await asyncio.wait_for(self._executor.run({**call, "tracker": own}), self._seconds)
        except ActionExecutionRejection as error:
            body = json.dumps({"action_name": error.action_name, "error": error.message})
            raise ClientResponseError(400, "rejected", body) from error
        except Exception as error:
            _log.error("action.failed", error, action=name)
            failed = failed_actions.get()
            if failed is not None:
                failed.append(name)
            raise


def load_actions(package: str, seconds: float) -> InProcessActions:
    """Import the package of actions and return the endpoint that runs them.

    Raises:
        NavigatorError: If the package cannot be imported.
    """
    executor = ActionExecutor()
    try:
        executor.register_package(package)
    except SystemExit:
        raise NavigatorError(f"Das Paket „{package}“ mit den Aktionen lässt sich nicht laden. "
                             f"Bitte prüfen Sie es mit „python -c 'import {package}'“.") from None
    skip_schema_for_in_process_actions()
    return InProcessActions(executor, seconds)


def skip_schema_for_in_process_actions() -> None:
    """Stop Rasa from checking a JSON schema of all events (17–80 ms) for every action that runs in this process.

    What a remote action server sends is still checked. May be repeated.
    """
    original = RemoteAction._validate_action_result
    if getattr(original, "skips_in_process", False):
        return

    def validate(action: RemoteAction, result: dict[str, Any]) -> bool:
        return isinstance(action.action_endpoint, InProcessActions) or original(action, result)

    validate.skips_in_process = True  # type: ignore[attr-defined]
    RemoteAction._validate_action_result = validate
