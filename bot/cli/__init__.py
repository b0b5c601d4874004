"""The command line. Every module of this package adds its commands through ``register(app)``; ``_name`` is a helper.

A command is thin: it reads the settings, calls one function and prints German sentences. What takes long to import
(Rasa above all) is imported inside the command, so that ``python -m bot --help`` is quick.
"""

from __future__ import annotations

import importlib
import pkgutil

import typer


def create_app() -> typer.Typer:
    """Build the application with all commands."""
    app = typer.Typer(
        help="Digitalnavigator: der Lotse durch Förderprogramme und Beratung.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if module.name.startswith("_"):
            continue
        importlib.import_module(f"{__name__}.{module.name}").register(app)
    return app
