"""What was released becomes live: the catalogue is rebuilt, running services pick it up by themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import sqlalchemy as sa

from bot.curation.changed_tree import CATALOGUE, Checker
from bot.log import get_logger
from bot.runtime.prepare import AGEING_RULES
from knowledge_base.build import build, content_hash, is_current
from knowledge_base.problems import errors

Publish = Callable[[Collection[str]], str]
"""Takes the files that were released and returns in one German sentence what that means for the bot."""
_log = get_logger(__name__)


def publisher(engine: sa.Engine, root: Path, checker: Checker) -> Publish:
    """Return what makes files live."""

    def publish(paths: Collection[str]) -> str:
        if any(path.startswith(CATALOGUE) for path in paths):
            return _build(engine, root / CATALOGUE, checker)
        if all(path.startswith("nlu_data/responses/") for path in paths):
            return ("Der Bot sagt die neuen Texte in wenigen Sekunden. Die Begrüßung auf der Internetseite und die "
                    "Texte für Messenger gelten nach einem Neustart.")
        return "Es gilt, sobald ein neues Modell trainiert und eingeschaltet ist."

    return publish


def _build(engine: sa.Engine, directory: Path, checker: Checker) -> str:
    digest = content_hash(directory)
    if is_current(engine, digest):
        return "Die Wissensbasis ist schon auf diesem Stand."
    catalogue, problems = checker.catalogue()
    stopping = [problem for problem in errors(problems) if problem.rule not in AGEING_RULES]
    if stopping:
        _log.warning("curation.not_built", errors=len(stopping))
        return ("Die Dateien sind geschrieben, aber noch nicht live: Der Katalog hat woanders Fehler, zuerst "
                f"in {stopping[0].path}. Mit der nächsten Freigabe ohne Fehler wird alles live.")
    number = build(engine, catalogue, digest)
    return f"Die Auskunft ist jetzt live (Stand {number} der Wissensbasis)."
