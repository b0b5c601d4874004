"""An outside yardstick: German everyday commands (xSID), train on ``de.valid``, test on ``de.test``.

The texts lie outside the repository and stay there. The shipped classifier with its masking is trained on them for
the measurement only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.pipeline import Find, mask
from bot.evaluation.shares import Share
from bot.nlu.linear_model import LinearModel, Shape

DIALECTS = {
    "de": "Hochdeutsch",
    "de-ba": "Bairisch",
    "de-muc": "Münchnerisch",
    "de-st": "Südtirolerisch",
    "gsw": "Schweizerdeutsch",
}
"""Part of the file name → language; all are tested with the model of ``de.valid``."""


@dataclass(frozen=True)
class XsidReport:
    """Share of right intents per language."""

    trained: int
    """Sentences trained on."""
    accuracy: dict[str, Share]


def xsid(folder: Path, find: Find, shape: Shape) -> XsidReport | None:
    """Train and test; ``None`` if the folder is not there."""
    if not (folder / "de.valid.conll").is_file() or not (folder / "de.test.conll").is_file():
        return None
    training = list(read_conll(folder / "de.valid.conll"))
    model = LinearModel.fit([mask(text, find) for text, _ in training], [intent for _, intent in training], shape)
    files = {language: folder / f"{language}.test.conll" for language in DIALECTS}
    return XsidReport(
        trained=len(training),
        accuracy={
            language: _accuracy(model, list(read_conll(file)), find)
            for language, file in files.items()
            if file.is_file()
        },
    )


def read_conll(file: Path) -> Iterator[tuple[str, str]]:
    """Yield text and intent of each sentence: the comment lines ``# text = …`` and ``# intent = …`` of a block."""
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        said = dict(
            line[2:].split(" = ", 1) for line in block.splitlines() if line.startswith("# ") and " = " in line
        )
        if "text" in said and "intent" in said:
            yield said["text"].strip(), said["intent"].strip()


def _accuracy(model: LinearModel, sentences: Sequence[tuple[str, str]], find: Find) -> Share:
    right = sum(model.chances(mask(text, find))[0][0] == intent for text, intent in sentences)
    return Share.of(right, len(sentences))
