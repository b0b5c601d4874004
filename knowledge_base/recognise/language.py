"""Recognise messages that are not German, from four words on."""

from __future__ import annotations

import re
import unicodedata

import simplemma

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
_MIN_WORDS = 4
_MARGIN = 0.25


def foreign_language(text: str) -> str | None:
    """Return the code of the language if ``text`` is clearly not German, else ``None``.

    Arabic and Cyrillic script decide at once; Latin script is decided by the share of words that each language knows,
    from four words on, and only by a clear margin over German.
    """
    letters = [c for c in text if c.isalpha()]
    if letters:
        scripts = [unicodedata.name(c, "").split(" ")[0] for c in letters]
        if scripts.count("ARABIC") > len(letters) / 2:
            return "ar"
        if scripts.count("CYRILLIC") > len(letters) / 2:
            return "uk" if re.search("[іїєґ]", text.lower()) else "ru"
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) < _MIN_WORDS:
        return None
    shares = {code: _share(words, code) for code in ("de", "en", "tr", "pl", "ro", "fr", "es", "it")}
    best = max(shares, key=lambda code: shares[code])
    return best if best != "de" and shares[best] - shares["de"] >= _MARGIN else None


def language_name(code: str) -> str:
    """German name of a language code."""
    return _LANGUAGES.get(code, "Ihrer Sprache")


def _share(words: list[str], code: str) -> float:
    return sum(simplemma.is_known(word.lower(), lang=code) for word in words) / len(words)
