"""The messengers that are switched on: listed under ``channels`` in the instance file, with their secrets set."""

from __future__ import annotations

import importlib

import sqlalchemy as sa

from bot.instance import MESSENGERS, Instance
from bot.settings import Settings
from channels.messenger.contract import Adapter


def create_adapters(settings: Settings, instance: Instance, engine: sa.Engine) -> list[Adapter]:
    """Create the adapters of all messengers that are switched on; the code of the others is not even imported.

    Args:
        settings: With the secrets of the messengers.
        instance: Names the messengers.
        engine: A database whose tables exist.

    Raises:
        NavigatorError: If a secret is missing.
    """
    names = [channel.value for channel in instance.channels if channel in MESSENGERS]
    modules = [importlib.import_module(f"channels.{name}.adapter") for name in names]
    return [module.create(settings, engine) for module in modules]
