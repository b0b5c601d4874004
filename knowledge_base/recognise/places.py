"""Recognise places of NRW: Gemeinde, Kreis, district, PLZ, number-plate code, region; inflected and misspelt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.recognise.mention import Mention, Token, is_negated, tokenize
from knowledge_base.schema.place import Gemeinde, Kreis, Places
from knowledge_base.text import fold

_PREPOSITIONS = frozenset(
    {"in", "aus", "bei", "nach", "um", "raum", "nahe", "stadt", "ort", "ortsteil", "stadtteil", "fuer"}
)
_RESIDENCE = re.compile(r"\b(wohn\w*|leb\w*|zuhause|daheim|gemeldet)\b", re.IGNORECASE)
_PLZ = re.compile(r"(?<!\d)\d{5}(?!\d)(?!\s*(?:€|euro|eur))", re.IGNORECASE)
_MAX_WORDS = 5


@dataclass
class _Index:
    """Names of places, folded, by number of words."""

    names: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    districts: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    outside: dict[tuple[str, ...], str] = field(default_factory=dict)
    plz: dict[str, list[str]] = field(default_factory=dict)
    kfz: dict[str, str] = field(default_factory=dict)
    kreis_of: dict[str, str] = field(default_factory=dict)
    regions: set[str] = field(default_factory=set)
    fuzzy: dict[str, str] = field(default_factory=dict)


class PlaceRecogniser:
    """Finds places in a text. Built once per catalogue build.

    Mentions have the entity ``place`` (value: id of Gemeinde, Kreis or region), ``place_outside`` (a place outside
    NRW) or ``place_ambiguous`` (value: list of ids the name may mean).
    """

    def __init__(self, places: Places) -> None:
        self._index = _build(places)
        self._everyday = {fold(word) for word in places.everyday_words}

    def find(self, text: str) -> list[Mention]:
        """Return the places named in ``text``; negated ones („nicht Herne“) are left out."""
        tokens = tokenize(text)
        mentions = self._plz(text)
        taken: set[int] = set()
        for index in range(len(tokens)):
            if index in taken:
                continue
            found = self._at(text, tokens, index)
            if found is None:
                continue
            mention, width = found
            taken.update(range(index, index + width))
            if not is_negated(tokens, index):
                mentions.append(mention)
        return self._prefer(self._settle(sorted(mentions, key=lambda m: m.start)), text)

    def _plz(self, text: str) -> list[Mention]:
        found = []
        for match in _PLZ.finditer(text):
            ids = self._index.plz.get(match.group(), [])
            if ids:
                found.append(Mention("place", self._common(ids), match.start(), match.end()))
        return found

    def _common(self, ids: list[str]) -> str:
        """One id for several Gemeinden that share a PLZ: the Gemeinde, else their Kreis, else the first."""
        if len(ids) == 1:
            return ids[0]
        kreise = {self._index.kreis_of.get(one, one) for one in ids}
        return kreise.pop() if len(kreise) == 1 else ids[0]

    def _at(self, text: str, tokens: list[Token], index: int) -> tuple[Mention, int] | None:
        for width in range(min(_MAX_WORDS, len(tokens) - index), 0, -1):
            words = tokens[index : index + width]
            found = self._named(words, tokens, index)
            if found is not None:
                entity, value = found
                return Mention(entity, value, words[0].start, words[-1].end), width
        token = tokens[index]
        kfz = self._index.kfz.get(token.text)
        if kfz and not text.isupper():
            return Mention("place", kfz, token.start, token.end, 0.9), 1
        guess = self._misspelt(token)
        return (Mention("place", guess, token.start, token.end, 0.8), 1) if guess else None

    def _named(self, words: list[Token], tokens: list[Token], index: int) -> tuple[str, object] | None:
        key = tuple(token.folded for token in words)
        names = self._index.names.get(key) or (self._inflected(words[0]) if len(words) == 1 else None)
        if names:
            if len(words) == 1 and key[0] in self._everyday and not _stands_like_a_place(tokens, index):
                return None
            return ("place", names[0]) if len(names) == 1 else ("place_ambiguous", names)
        if key in self._index.outside:
            return "place_outside", self._index.outside[key]
        districts = self._index.districts.get(key)
        if not districts:
            return None
        if len(words) == 1 and self._may_be_a_word(words[0]) and not _place_context(words[0], tokens, index):
            return None
        return ("place", districts[0]) if len(districts) == 1 else ("place_ambiguous", districts)

    def _may_be_a_word(self, token: Token) -> bool:
        """Whether a district name could just as well be an ordinary word."""
        if token.folded in self._everyday or len(token.folded) < 4:
            return True
        return token.text.islower() and simplemma.is_known(token.text, lang="de")

    def _inflected(self, token: Token) -> list[str] | None:
        """„Lüdenscheider“, „Aachener“, „Dortmunds“ → the Gemeinde."""
        word = token.folded
        if token.text[:1].islower() and simplemma.is_known(token.text, lang="de"):
            return None
        for ending in ("er", "ern", "erin", "s"):
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) >= 5 and (stem,) in self._index.names:
                return self._index.names[(stem,)]
        return None

    def _misspelt(self, token: Token) -> str | None:
        """The Gemeinde or Kreis a long unknown word is one or two slips away from."""
        word = token.folded
        if len(word) < 5 or word.isdigit() or simplemma.is_known(token.text, lang="de"):
            return None
        if simplemma.is_known(token.text.capitalize(), lang="de"):
            return None
        allowed = 1 if len(word) < 8 else 2
        best = process.extractOne(word, self._index.fuzzy.keys(), scorer=OSA.distance, score_cutoff=allowed)
        if best is None or best[0][0] != word[0] or len(best[0]) < 5:
            return None
        return self._index.fuzzy[best[0]]

    def _settle(self, mentions: list[Mention]) -> list[Mention]:
        """Resolve an ambiguous district by another place named beside it; join „Köln Ehrenfeld“."""
        sure = {m.value for m in mentions if m.entity == "place"}
        around = sure | {self._index.kreis_of.get(value, value) for value in sure}
        settled = []
        for mention in mentions:
            if mention.entity == "place_ambiguous":
                fitting = [i for i in mention.value if i in sure] or [
                    i for i in mention.value if self._index.kreis_of.get(i) in around
                ]
                if len(fitting) == 1:
                    mention = Mention("place", fitting[0], mention.start, mention.end, mention.confidence)
                elif sure:
                    continue
            settled.append(mention)
        return settled

    def _prefer(self, mentions: list[Mention], text: str) -> list[Mention]:
        """Put the place one lives in first, then Gemeinden and Kreise, then regions, each in order of the text."""

        def rank(mention: Mention) -> tuple[bool, bool, int]:
            before = text[max(0, mention.start - 25) : mention.start]
            return not _RESIDENCE.search(before), str(mention.value) in self._index.regions, mention.start

        return sorted(mentions, key=rank)


def _place_context(word: Token, tokens: list[Token], index: int) -> bool:
    """Whether a word that may be an ordinary one stands like a place: „in Lohn“, „Ortsteil Ende“."""
    before = tokens[index - 1].folded if index else ""
    return before in _PREPOSITIONS and word.text[:1].isupper()


def _stands_like_a_place(tokens: list[Token], index: int) -> bool:
    """Whether an everyday word can be a Gemeinde: the whole answer, or behind „in“ („wir sind in wetter“)."""
    before = tokens[index - 1].folded if index else ""
    return len(tokens) <= 2 or before in _PREPOSITIONS


def _key(name: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokenize(name))


def _variants(name: str) -> set[str]:
    """„Wickede (Ruhr)“ → also „Wickede“, „Wickede an der Ruhr“; „Kreis Düren“ stays whole."""
    short = re.sub(r"\s*\(.*?\)", "", name).strip()
    added = re.search(r"\((.+?)\)", name)
    return {name, short, *(f"{short} {word} {added[1]}" for word in ("an der", "am", "im", "in") if added)}


def _build(places: Places) -> _Index:
    index = _Index()
    for region in places.regions:
        _add(index.names, [region.name, *region.aliases], region.id)
        index.regions.add(region.id)
    for kreis in places.kreise:
        _add_kreis(index, kreis)
    for kreis in places.kreise:
        for gemeinde in kreis.gemeinden:
            _add_gemeinde(index, gemeinde, kreis)
    for outside in places.outside:
        for name in (outside.name, *outside.aliases):
            index.outside.setdefault(_key(name), outside.id)
    for name, ids in places.ambiguous.items():
        if _key(name) not in index.names:
            index.districts[_key(name)] = list(ids)
    return index


def _add_kreis(index: _Index, kreis: Kreis) -> None:
    _add(index.names, [kreis.name, *kreis.aliases], kreis.id)
    for code in kreis.kfz:
        index.kfz.setdefault(code, kreis.id)
    index.fuzzy.setdefault(fold(kreis.name), kreis.id)


def _add_gemeinde(index: _Index, gemeinde: Gemeinde, kreis: Kreis) -> None:
    index.kreis_of[gemeinde.id] = kreis.id
    for name in (gemeinde.name, *gemeinde.aliases):
        for variant in _variants(name):
            index.names[_key(variant)] = _merged(index.names.get(_key(variant), []), gemeinde.id, kreis.id)
            if len(_key(variant)) == 1:
                index.fuzzy.setdefault(fold(variant), gemeinde.id)
    for plz in gemeinde.plz:
        index.plz.setdefault(plz, []).append(gemeinde.id)
    for district in gemeinde.districts:
        known = index.districts.setdefault(_key(district), [])
        if gemeinde.id not in known:
            known.append(gemeinde.id)
        for variant in _variants(gemeinde.name):
            index.districts[_key(f"{variant} {district}")] = [gemeinde.id]


def _merged(known: list[str], gemeinde: str, kreis: str) -> list[str]:
    """A Gemeinde replaces the Kreis of the same name; two Gemeinden of one name are ambiguous."""
    return [i for i in known if i not in (gemeinde, kreis)] + [gemeinde]


def _add(names: dict[tuple[str, ...], list[str]], words: list[str], place_id: str) -> None:
    for word in words:
        for variant in _variants(word):
            known = names.setdefault(_key(variant), [])
            if place_id not in known:
                known.append(place_id)
