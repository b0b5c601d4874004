"""Puts a post office together."""

from __future__ import annotations

import random
from functools import partial

import sqlalchemy as sa

from bot.instance import Instance
from bot.runtime.apology import Apology
from bot.runtime.export import stored_text
from bot.runtime.fixed_texts import load_responses
from bot.runtime.interface import Runtime
from bot.settings import Settings
from channels.messenger.answering import Answering
from channels.messenger.clock import Clock
from channels.messenger.contract import Adapter
from channels.messenger.delivery import Delivery
from channels.messenger.manners import Manners
from channels.messenger.post import PostOffice
from channels.messenger.seal import Seal
from channels.messenger.stores import Stores, open_stores


def open_office(
    adapter: Adapter,
    runtime: Runtime,
    settings: Settings,
    instance: Instance,
    engine: sa.Engine,
    clock: Clock | None = None,
    stores: Stores | None = None,
) -> PostOffice:
    """Open the post office of one messenger.

    Args:
        adapter: The messenger.
        runtime: The bot.
        settings: Where the texts lie and where the public pages are.
        instance: The agency the bot speaks for.
        engine: A database whose tables exist.
        clock: The time; by default that of this machine.
        stores: The stores; by default those on ``engine``.
    """
    clock = clock or Clock()
    stores = stores or open_stores(engine)
    texts = load_responses(settings.content_dir / "nlu_data" / "responses")
    manners = Manners(texts, instance, settings.public_url)
    apology = Apology(instance.agency.phone, instance.contact_id)
    answering = Answering(adapter.name, runtime, manners, apology, stores, clock, partial(stored_text, engine))
    delivery = Delivery(adapter, stores.outbox, clock, random.Random())
    return PostOffice(adapter, Seal(engine), stores, answering, delivery, manners, clock)
