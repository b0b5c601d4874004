"""German words made comparable: folding, stems, parts of compounds, trigrams. Pure functions, no data of ours."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

import simplemma

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "§": " paragraph ", "€": " euro ",
                          "%": " prozent ", "&": " und ", "'": "", "’": "", "`": "", "´": ""})
_APOSTROPHES = str.maketrans({"§": " paragraph ", "'": "", "’": "", "`": "", "´": ""})
_GENDER = re.compile(r"(?<=[a-zäöüß])(?:[:*_·]-?|/-?|\(-?)(innen|in|r|n|en|e)\b\)?")
"""„Gründer:innen“, „Gründer*in“, „Gründer/-innen“, „Gründer(innen)“ → „Gründer“."""
_INNER_CAPITAL = re.compile(r"(?<=[a-zäöüß])In(nen)?\b")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_NO_WORD = re.compile(r"[\W_]+")
_DIGRAPH = re.compile(r"(?<![aeq])([aou])e")
_TYPED_UE = re.compile(r"(?<![aeq])ue")
_ENDINGS = ("ern", "em", "en", "er", "es", "e", "n")
_JOINTS = ("", "s", "n", "en", "es", "e", "er")
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember")
_ABBREVIATIONS = re.compile(
    r"\b(?:z\. ?B|d\. ?h|u\. ?a|i\. ?d\. ?R|bzw|ca|inkl|max|mind|Mio|Mrd|Nr|Abs|Art|Tsd|ggf|usw|etc|St|Dr|\d{1,2})\."
)
_SENTENCE_END = re.compile(r"(?<=[.!?])(?=\s+[A-ZÄÖÜ„])")
_SHORTEST_STEM = 4
_SHORTEST_PART = 4


def nfc(text: str) -> str:
    """Return the text in Unicode normal form C, the form of all our files."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the form in which two spellings of a name are equal.

    Lower case, „ä“ and typed „ae“ alike, no accents, no punctuation, gender forms reduced to the short form.
    """
    if text.isascii() and text.isalnum() and not _INNER_CAPITAL.search(text):
        return text.lower()
    folded = _reduced(text).translate(_UMLAUTS)
    folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", folded).strip()


def tokens(text: str) -> list[str]:
    """Return the folded words; letters and digits are parted, so that „NIS-2“ and „nis2“ are the same two words."""
    return _WORD.findall(fold(text))


def words(text: str) -> list[str]:
    """Return the words in lower case with their umlauts, split like ``tokens``: what ``stem`` expects."""
    return _WORD.findall(_reduced(text).translate(_APOSTROPHES))


def _reduced(text: str) -> str:
    """Ordinary letters for fancy ones, composed, lower case, gender forms reduced."""
    return _GENDER.sub("", _INNER_CAPITAL.sub("", unicodedata.normalize("NFKC", text)).lower())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem shared by the forms of a word: „Zuschüsse“, „zuschuesse“ → „zuschuss“.

    The lemma of a dictionary first, then a light removal of endings. Tried on 190 pairs of forms of the field: the
    lemma alone joins 69 %, endings alone 74 %, both together 97 %.
    """
    return _without_ending(_lemma(word))


def _lemma(word: str) -> str:
    """The dictionary form. Nouns win over verbs of the same letters („Betriebe“, not „betreiben“)."""
    umlauted = _with_umlauts(word)
    if umlauted != word and not _stands_in_dictionary(word) and _stands_in_dictionary(umlauted):
        word = umlauted
    noun = word.capitalize()
    if simplemma.is_known(noun, lang="de"):
        lemma = simplemma.lemmatize(noun, lang="de")
        if lemma[:1].isupper():
            return lemma.lower()
    return simplemma.lemmatize(word, lang="de").lower()


@lru_cache(maxsize=200_000)
def is_german(word: str) -> bool:
    """Whether the dictionary knows the word: in small letters, as a noun, or with „ae“ read as „ä“."""
    return _stands_in_dictionary(word) or _stands_in_dictionary(_with_umlauts(word))


def _stands_in_dictionary(word: str) -> bool:
    return simplemma.is_known(word, lang="de") or simplemma.is_known(word.capitalize(), lang="de")


def _with_umlauts(word: str) -> str:
    return _TYPED_UE.sub("ü", word.replace("ae", "ä").replace("oe", "ö"))


def _without_ending(lemma: str) -> str:
    word = _DIGRAPH.sub(r"\1", fold(lemma))
    if word.endswith("innen") and len(word) > 8:
        word = word[:-5]
    elif word.endswith(("rin", "tin", "gin")) and len(word) > 5:
        word = word[:-2]
    for ending in ("ungen", "ung"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[:-len(ending)]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[:-len(ending)]
            break
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 5:
        word = word[:-1]
    return word


def split_compound(word: str, known: Container[str]) -> list[str]:
    """Split a folded word into parts that are all known: „lehrgangskosten“ → „lehrgang“, „kosten“.

    The longest last part wins, because in German it carries the meaning. Joints such as „s“ and „en“ fall away.

    Returns:
        The parts in order, or an empty list if the word cannot be split.
    """
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        tail = word[cut:]
        if tail not in known:
            continue
        head = _head(word[:cut], known)
        if head:
            return [*head, tail]
    return []


def _head(head: str, known: Container[str]) -> list[str]:
    """The front part of a compound without its joint, split further if it is not known itself."""
    for joint in _JOINTS:
        bare = head.removesuffix(joint) if joint else head
        if head.endswith(joint) and len(bare) >= _SHORTEST_PART and bare in known:
            return [bare]
    return split_compound(head, known) or split_compound(head.removesuffix("s"), known)


def trigrams(word: str) -> frozenset[str]:
    """Return all runs of three letters, the borders counted as letters."""
    padded = f"  {word} "
    return frozenset(padded[i:i + 3] for i in range(len(padded) - 2))


def german_date(day: dt.date) -> str:
    """„31. Dezember 2026“."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def sentences(text: str) -> list[str]:
    """Split a text into sentences; the full stops of abbreviations and dates do not count."""
    masked = _ABBREVIATIONS.sub(lambda match: match[0].replace(".", "\0"), text)
    return [part.strip().replace("\0", ".") for part in _SENTENCE_END.split(masked) if part.strip()]
