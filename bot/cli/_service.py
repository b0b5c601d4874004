"""The whole service, put together: the runtime with what wraps it, the web application, and what runs beside it.

Imported only after Rasa was told to be quiet, because it loads nearly everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from bot.curation.counted import counted_value
from bot.curation.spot_checks import keep_drawing
from bot.database import create_engine_from
from bot.instance import Instance
from bot.records.model_choices import ModelChoices
from bot.records.retention import retention_rules
from bot.records.usage import UsageStore
from bot.runtime.counting import CountingRuntime, Tally, keep_writing
from bot.runtime.forgetting import keep_forgetting
from bot.runtime.fresh_texts import FreshTexts
from bot.runtime.pausing import PausingRuntime
from bot.runtime.start import start_in_any_case
from bot.runtime.switching import ModelFollower
from bot.settings import Settings
from bot.web.metrics import METRICS, keep_metrics
from bot.web.server import serve
from bot.workbench.start import keep_workbench
from channels.messenger.adapters import create_adapters
from channels.messenger.office import open_office
from channels.messenger.service import set_up
from channels.web.app import create_app
from channels.web.keys import STORE
from knowledge_base.migrate import upgrade
from knowledge_base.pauses import Pauses


def start_service(settings: Settings, instance: Instance, say: Callable[[str], None]) -> None:
    """Bring everything up to date and serve until the process is told to end.

    Raises:
        NavigatorError: If the database, the knowledge base or a messenger cannot be used.
    """
    engine = create_engine_from(settings)
    upgrade(engine)
    adapters = create_adapters(settings, instance, engine)
    embedded = start_in_any_case(settings, instance, say)
    tally = Tally()
    runtime = PausingRuntime(CountingRuntime(embedded, tally), Pauses(engine))
    app = create_app(runtime, settings, instance, engine)
    set_up(app, [open_office(adapter, runtime, settings, instance, engine) for adapter in adapters])
    beside = [
        ModelFollower(embedded, ModelChoices(engine).active, settings.model_dir).follow(),
        FreshTexts(embedded, settings.content_dir / "nlu_data" / "responses").follow(),
        keep_forgetting(engine, retention_rules(engine, instance.privacy.retention_days)),
        keep_writing(tally, UsageStore(engine), partial(counted_value, app[STORE])),
        keep_drawing(engine),
        keep_metrics(settings, app[METRICS], say),
        keep_workbench(settings, instance, engine, say, embedded.parse),
    ]
    asyncio.run(_beside(beside, serve(app, settings.host, settings.port, say)))


async def _beside(background: Sequence[Coroutine[Any, Any, None]], main: Coroutine[Any, Any, None]) -> None:
    """Run something in the background as long as the main thing runs."""
    tasks = [asyncio.create_task(each) for each in background]
    try:
        await main
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
