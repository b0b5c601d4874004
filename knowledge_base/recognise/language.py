"""Recognise messages that are not German, from four words on."""

from __future__ import annotations

import importlib.util
import re
import runpy
import unicodedata
from functools import lru_cache
from pathlib import Path

_LANGUAGES = {
    "en": "Englisch",
    "tr": "Türkisch",
    "pl": "Polnisch",
    "ro": "Rumänisch",
    "fr": "Französisch",
    "es": "Spanisch",
    "it": "Italienisch",
    "uk": "Ukrainisch",
    "ru": "Russisch",
    "ar": "Arabisch",
}
_LATIN = ("en", "tr", "pl", "ro", "fr", "es", "it")
_MIN_WORDS = 4
_MIN_FUNCTION_WORDS = 2
_MIN_SHARE = 0.25
"""Share of words that are function words of another language, and of that language only."""


def foreign_language(text: str) -> str | None:
    """Return the code of the language if ``text`` is clearly not German, else ``None``.

    Arabic and Cyrillic script decide at once. Latin script is decided by function words („the“, „ve“, „que“): they
    are frequent in every sentence, while nouns travel between languages.
    """
    letters = [c for c in text if c.isalpha()]
    if letters:
        scripts = [unicodedata.name(c, "").split(" ")[0] for c in letters]
        if scripts.count("ARABIC") > len(letters) / 2:
            return "ar"
        if scripts.count("CYRILLIC") > len(letters) / 2:
            return "uk" if re.search("[іїєґ]", text.lower()) else "ru"
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if len(words) < _MIN_WORDS:
        return None
    german = _share(words, _function_words("de") - _function_words("en"))
    shares = {code: _share(words, _function_words(code) - _function_words("de")) for code in _LATIN}
    best = max(shares, key=lambda code: shares[code])
    enough = shares[best] >= _MIN_SHARE and shares[best] * len(words) >= _MIN_FUNCTION_WORDS
    return best if enough and shares[best] > german else None


def language_name(code: str) -> str:
    """German name of a language code."""
    return _LANGUAGES.get(code, "Ihrer Sprache")


@lru_cache(maxsize=16)
def _function_words(code: str) -> frozenset[str]:
    """Function words of a language, from the language data of spaCy.

    The file is read on its own: importing the package of a language builds its tokenizer, which takes seconds.
    """
    package = importlib.util.find_spec("spacy")
    assert package is not None and package.submodule_search_locations
    path = Path(package.submodule_search_locations[0]) / "lang" / code / "stop_words.py"
    words = runpy.run_path(str(path))["STOP_WORDS"]
    return frozenset(word.lower() for word in words)


def _share(words: list[str], function_words: frozenset[str]) -> float:
    return sum(word in function_words for word in words) / len(words)
