"""``python -m bot run``: everything up to date, then the web service."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run)


def run() -> None:
    """Bringt Datenbank, Wissensbasis und Modell auf den neuesten Stand und startet den Webdienst."""
    from bot import log
    from bot.curation.counted import counted_value
    from bot.curation.spot_checks import keep_drawing
    from bot.database import create_engine_from
    from bot.instance import load_instance
    from bot.records.model_choices import ModelChoices
    from bot.records.retention import retention_rules
    from bot.records.usage import UsageStore
    from bot.runtime.prepare import timed
    from bot.runtime.quiet import drop_warnings, quiet_rasa
    from bot.settings import load_settings

    settings = load_settings()
    log.configure(settings.log_level)
    instance = load_instance(settings)
    say = timed(typer.echo)
    say("Der Digitalnavigator startet …")
    drop_warnings()
    quiet_rasa()
    from bot.runtime.counting import CountingRuntime, Tally, keep_writing
    from bot.runtime.forgetting import keep_forgetting
    from bot.runtime.fresh_texts import FreshTexts
    from bot.runtime.pausing import PausingRuntime
    from bot.runtime.start import start_in_any_case
    from bot.runtime.switching import ModelFollower
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

    engine = create_engine_from(settings)
    upgrade(engine)
    adapters = create_adapters(settings, instance, engine)
    embedded = start_in_any_case(settings, instance, say)
    tally, usage = Tally(), UsageStore(engine)
    runtime = PausingRuntime(CountingRuntime(embedded, tally), Pauses(engine))
    following = ModelFollower(embedded, ModelChoices(engine).active, settings.model_dir).follow()
    app = create_app(runtime, settings, instance, engine)
    set_up(app, [open_office(adapter, runtime, settings, instance, engine) for adapter in adapters])
    reading = FreshTexts(embedded, settings.content_dir / "nlu_data" / "responses").follow()
    forgetting = keep_forgetting(engine, retention_rules(engine, instance.privacy.retention_days))
    counting = keep_writing(tally, usage, partial(counted_value, app[STORE]))
    workbench = keep_workbench(settings, instance, engine, say, embedded.parse)
    metrics = keep_metrics(settings, app[METRICS], say)
    background = [forgetting, following, reading, counting, keep_drawing(engine), metrics, workbench]
    asyncio.run(_beside(background, serve(app, settings.host, settings.port, say)))


async def _beside(background: Sequence[Coroutine[Any, Any, None]], main: Coroutine[Any, Any, None]) -> None:
    """Run something in the background as long as the main thing runs."""
    tasks = [asyncio.create_task(each) for each in background]
    try:
        await main
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
