"""``python -m bot …``: an expected error is one German sentence on stderr and status 1, never a traceback."""

from __future__ import annotations

import sys

from bot.cli import create_app
from bot.errors import NavigatorError


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return the exit status.

    Args:
        arguments: Words behind ``python -m bot``; by default those of the process.
    """
    try:
        create_app()(args=arguments, prog_name="python -m bot")
    except NavigatorError as error:
        print(f"Fehler: {error}", file=sys.stderr)
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


if __name__ == "__main__":
    sys.exit(main())
