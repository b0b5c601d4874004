"""A model beside the one that answers, loaded once, so that staff can try a sentence against it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import NavigatorError
from bot.log import get_logger

Parse = Callable[[str], Awaitable[Mapping[str, Any]]]
"""Returns intent and entities of a text, as Rasa's parse data."""
_log = get_logger(__name__)
_SHOWN = 3


@dataclass(frozen=True)
class Understood:
    """How a model understands a sentence."""

    intent: str
    """What the bot goes by; ``nlu_fallback`` if it asks back."""
    confidence: float
    ranking: list[tuple[str, float]]
    """The likeliest intents."""
    entities: list[tuple[str, str, str]]
    """What it names: the words, the kind and the value."""


class LoadedModel:
    """Keeps the model that was asked last; another one takes its place."""

    def __init__(self, load: Callable[[Path], Parse] | None = None) -> None:
        self._load = load or _load
        self._known: tuple[Path, Parse] | None = None
        self._one = asyncio.Lock()

    async def parse(self, model: Path, text: str) -> Mapping[str, Any]:
        """Understand a text with this model.

        Raises:
            NavigatorError: If it cannot be loaded.
        """
        async with self._one:
            if self._known is None or self._known[0] != model:
                self._known = None  # two of them at once need too much memory
                try:
                    self._known = model, await asyncio.to_thread(self._load, model)
                except Exception as error:
                    _log.error("model.not_tried", error, model=model.name)
                    raise NavigatorError(
                        "Dieses Modell lässt sich nicht laden – trainieren Sie ein neues.") from error
            parse = self._known[1]
        return await parse(text)


def understood(parsed: Mapping[str, Any]) -> Understood:
    """Return what a person wants to know of parse data."""
    ranking = [(str(each["name"]), float(each["confidence"])) for each in parsed.get("intent_ranking") or ()
               if each.get("name") not in (None, "nlu_fallback")]
    text = str(parsed.get("text", ""))
    named = [(text[each["start"]:each["end"]], str(each["entity"]), _shown(each["value"]))
             for each in parsed.get("entities") or ()]
    intent = parsed["intent"]
    best = ranking[0][1] if ranking else float(intent.get("confidence") or 0.0)
    return Understood(str(intent.get("name")), best, ranking[:_SHOWN], list(dict.fromkeys(named)))


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _load(model: Path) -> Parse:
    from bot.runtime.quiet import quiet_rasa
    from bot.runtime.signing import require_signed
    from bot.settings import load_settings

    require_signed(model, load_settings())
    quiet_rasa()
    from rasa.core.agent import Agent  # takes 15 seconds, if it is not loaded yet

    return Agent.load(model).parse_message
