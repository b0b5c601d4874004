"""How long a question and its answer travel through a real server, plain and encrypted.

Usage: ``python -m tests.channels.matrix.round_trip [--rounds 25] [--model]``. Prints a table; is no test. With
``--model`` the trained bot answers, and what it says is printed too; else a bot that repeats what it hears.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.instance import load_instance
from bot.runtime.interface import Runtime
from bot.settings import REPOSITORY, Settings
from channels.kit.runtime import EchoRuntime
from channels.matrix.formatting import OPTIONS
from tests.channels.matrix.bot import Bot, settings_of
from tests.channels.matrix.citizen import Citizen
from tests.channels.matrix.synapse import Account, Synapse, synapse

QUESTIONS = (
    "Wir sind 12 Leute in Lüdenscheid und wollen unsere Beschäftigten in KI weiterbilden. Gibt es Zuschüsse?",
    "2",
    "Wie viel zahlt § 82?",
    "/hilfe",
)


async def _whole(citizen: Citizen) -> list[str]:
    """Return the next answer; it ends with the message that offers options."""
    texts: list[str] = []
    while True:
        message = await citizen.reply()
        texts.append(message.body)
        if OPTIONS in message.source["content"]:
            return texts


async def _measure(citizen: Citizen, bot: Account, encrypted: bool, rounds: int, show: bool) -> list[float]:
    room = await citizen.meet(bot.user_id, encrypted=encrypted)
    await _whole(citizen)
    taken = []
    for number in range(rounds):
        question = QUESTIONS[number % len(QUESTIONS)]
        start = time.perf_counter()
        await citizen.say(room, question)
        texts = await _whole(citizen)
        taken.append((time.perf_counter() - start) * 1e3)
        if show and number < len(QUESTIONS):
            print(f"> {question}", *texts, sep="\n\n", end="\n\n")
    return sorted(taken)


async def _run(server: Synapse, settings: Settings, account: Account, engine: sa.Engine, runtime: Runtime,
               options: argparse.Namespace) -> None:
    bot = Bot(settings, engine, runtime)
    await bot.start()
    citizen = Citizen(server, server.register("citizen"))
    try:
        await citizen.start()
        for encrypted in (False, True):
            values = await _measure(citizen, account, encrypted, options.rounds, options.model and not encrypted)
            name = "encrypted" if encrypted else "plain"
            p95 = values[int(len(values) * 0.95)]
            print(f"{name:<10} median {median(values):7.1f} ms   p95 {p95:7.1f} ms   {len(values)} messages")
    finally:
        await citizen.close()
        await bot.kill()


def _runtime(settings: Settings, engine: sa.Engine, model: bool) -> Runtime:
    if not model:
        Base.metadata.create_all(engine)
        return EchoRuntime(engine)
    from bot.runtime.start import start_runtime
    from knowledge_base.migrate import upgrade

    upgrade(engine)
    return start_runtime(settings, load_instance(settings), print)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--model", action="store_true")
    options = parser.parse_args()
    with synapse() as server, tempfile.TemporaryDirectory() as folder:
        account = server.register("bot")
        models = {"NAVIGATOR_MODEL_DIR": str(REPOSITORY / "var" / "models")}
        settings = settings_of(server, account, Path(folder), **models)
        os.environ.update(models, DATABASE_URL=settings.database_url)  # the parts of the model read it from there
        engine = open_engine(settings.database_url)
        runtime = _runtime(settings, engine, options.model)
        asyncio.run(_run(server, settings, account, engine, runtime, options))
        engine.dispose()


if __name__ == "__main__":
    main()
