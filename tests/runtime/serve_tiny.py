"""Serves the tiny project in processes of its own: ``python -m tests.runtime.serve_tiny CONTENT VAR MODEL PORT …``.

With several ports there are as many gateways on one database, each in a process of its own; what takes long at the
start is done once before they part.
"""

from __future__ import annotations

import asyncio
import os
import sys
import warnings
from pathlib import Path

import bot.runtime.embedded  # noqa: F401  takes long
import channels.web.app  # noqa: F401
from bot.database import Base, create_engine_from
from bot.instance import load_instance
from bot.settings import load_settings
from tests.runtime.fixtures import ACTION_MODULE, APOLOGY, tiny_settings


def serve_on(content: str, var: str, model: str, port: int) -> None:
    """Serve until told to end."""
    from bot.runtime.embedded import load_runtime
    from bot.web.server import serve
    from channels.web.app import create_app

    settings = tiny_settings(Path(content), Path(var))
    engine = create_engine_from(settings)
    Base.metadata.create_all(engine)
    runtime = load_runtime(settings, APOLOGY, engine, Path(model), ACTION_MODULE)
    ours = load_settings({"NAVIGATOR_CHAT_PER_MINUTE": "0"})
    app = create_app(runtime, ours, load_instance(ours), engine)
    asyncio.run(serve(app, "127.0.0.1", port, lambda line: print(f"{os.getpid()} {line}", flush=True)))


def main(content: str, var: str, model: str, *ports: str) -> None:
    """Serve on every port; end with the best status of all."""
    warnings.simplefilter("ignore")
    children = []
    for port in ports:
        child = os.fork()
        if child == 0:
            serve_on(content, var, model, int(port))
            os._exit(0)
        children.append(child)
    ended = [os.waitpid(child, 0)[1] for child in children]
    sys.exit(min(map(abs, map(os.waitstatus_to_exitcode, ended))))


if __name__ == "__main__":
    main(*sys.argv[1:])
