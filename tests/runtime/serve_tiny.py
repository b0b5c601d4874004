"""Serves the tiny project in a process of its own: ``python -m tests.runtime.serve_tiny CONTENT VAR MODEL PORT``."""

from __future__ import annotations

import asyncio
import sys
import warnings
from pathlib import Path

from bot.database import Base, create_engine_from
from bot.instance import load_instance
from bot.settings import load_settings
from tests.runtime.fixtures import ACTION_MODULE, APOLOGY, tiny_settings


def main(content: str, var: str, model: str, port: str) -> None:
    """Serve until told to end."""
    warnings.simplefilter("ignore")
    from bot.runtime.embedded import load_runtime
    from bot.web.server import serve
    from channels.web.app import create_app

    settings = tiny_settings(Path(content), Path(var))
    engine = create_engine_from(settings)
    Base.metadata.create_all(engine)
    runtime = load_runtime(settings, APOLOGY, engine, Path(model), ACTION_MODULE)
    ours = load_settings({})
    app = create_app(runtime, ours, load_instance(ours), engine)
    asyncio.run(serve(app, "127.0.0.1", int(port), lambda line: print(line, flush=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
