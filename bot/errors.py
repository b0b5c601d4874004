"""The one root exception of the project: everything expected derives from it."""

from __future__ import annotations


class NavigatorError(Exception):
    """An expected error. Its text is one German sentence that says what to do.

    The command line prints it without a traceback and ends with status 1.
    """
