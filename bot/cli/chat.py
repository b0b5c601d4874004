"""``python -m bot chat``: talk to the bot in the terminal."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.runtime.interface import Runtime
    from bot.runtime.messages import BotMessage, Button

END_WORDS = frozenset({"ende", "exit", "quit"})


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("chat")(chat)


def chat() -> None:
    """Führt ein Gespräch im Terminal. Eine Zahl wählt einen Vorschlag, „ende“ beendet."""
    from bot import log
    from bot.instance import load_instance
    from bot.runtime.prepare import timed
    from bot.runtime.quiet import drop_warnings, quiet_rasa
    from bot.settings import load_settings

    settings = load_settings()
    log.configure("ERROR")
    drop_warnings()
    quiet_rasa()
    from bot.runtime.start import start_runtime

    runtime = start_runtime(settings, load_instance(settings), timed(typer.echo))
    asyncio.run(converse(runtime))


async def converse(runtime: Runtime) -> None:
    """Ask and answer until the person ends it."""
    from bot.log import new_request_id
    from bot.runtime.gate import Rejected

    conversation_id = f"terminal:{secrets.token_urlsafe(12)}"
    buttons: list[Button] = []
    while (said := await asyncio.to_thread(_read_line)) is not None:
        new_request_id()
        chosen = choose(said, buttons)
        try:
            if chosen is None:
                messages = await runtime.handle(conversation_id, text=said, channel="terminal")
            else:
                messages = await runtime.handle(conversation_id, payload=chosen.payload, channel="terminal")
        except Rejected as error:
            typer.echo(str(error))
            continue
        buttons = [button for message in messages for button in message.buttons]
        typer.echo(render(messages))
    await runtime.close()


def choose(said: str, buttons: Sequence[Button]) -> Button | None:
    """Return the button whose number was typed, or ``None`` if the line is text."""
    number = said.strip()
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(buttons):
        return buttons[int(number) - 1]
    return None


def render(messages: Sequence[BotMessage]) -> str:
    """Return the reply as lines, with its buttons numbered."""
    lines = [f"\n{message.text}" for message in messages]
    buttons = [button for message in messages for button in message.buttons]
    return "\n".join([*lines, *(f"  [{number}] {button.title}" for number, button in enumerate(buttons, 1))])


def _read_line() -> str | None:
    try:
        said = input("\nSie: ")
    except EOFError:
        return None
    return None if said.strip().lower() in END_WORDS else said
