"""Recognise places of NRW: Gemeinde, Kreis, district, PLZ, number-plate code, region; inflected and misspelt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.recognise.mention import Mention, Token, is_negated, tokenize
from knowledge_base.schema.place import Gemeinde, Kreis, Places
from knowledge_base.text import fold, is_german

_PREPOSITIONS = frozenset(
    {"in", "aus", "bei", "nach", "um", "raum", "nahe", "stadt", "ort", "ortsteil", "stadtteil", "fuer"}
)
_SEATS = frozenset({"sitz", "hauptsitz", "firmensitz", "betriebssitz", "standort", "wohnort", "ort", "stadt"})
"""„Unser Sitz ist Wetter“: before the word in between stands that it is a place."""
_LAND = ("nordrhein", "westfalen")
"""The Land itself: it names no place within, and its second half is no region."""
_CODE_CONTEXT = frozenset({"kreis", "raum", "im", "in", "aus", "region", "bei", "fuer"})
_ABBREVIATION = re.compile(r"AC|BI|BM|DU|E[NU]|G[ELM]|H[AF]|KR|M[EIS]|NE|O[BE]|PB|R[ES]|S[GIOTU]|UN")
"""Number-plate codes that mean something else as well; alone they name no place („ich habe MS“)."""
_RESIDENCE = re.compile(r"\b(wohn\w*|leb\w*|zuhause|daheim|gemeldet)\b", re.IGNORECASE)
_PLZ = re.compile(r"(?<!\d)\d{5}(?!\d)(?!\s*(?:€|euro|eur))", re.IGNORECASE)
_PRONOUNS = frozenset({"ich", "wir", "mir", "mer", "sie", "se"})
_BEFORE_VERBS = _PRONOUNS | {"zu", "zum"}
_DIALECT_VERBS = frozenset({"hamm"})
_LONG_NAME = 10
_SHORTEST_MISSPELT = 6


@dataclass
class _Index:
    """Names of places, folded, by number of words."""

    names: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    districts: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    outside: dict[tuple[str, ...], str] = field(default_factory=dict)
    plz: dict[str, list[str]] = field(default_factory=dict)
    kfz: dict[str, str] = field(default_factory=dict)
    kreis_of: dict[str, str] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    """First word of a name → how many words the longest such name has."""
    regions: dict[str, list[str]] = field(default_factory=dict)
    """Region → ids of what it consists of."""
    fuzzy: dict[tuple[str, bool], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """First letter and whether it is several words → joined name → id."""


class PlaceRecogniser:
    """Finds places in a text. Built once per catalogue build.

    Mentions have the entity ``place`` (value: id of Gemeinde, Kreis or region), ``place_outside`` (a place outside
    NRW) or ``place_ambiguous`` (value: list of ids the name may mean).
    """

    def __init__(self, places: Places) -> None:
        self._index = _build(places)
        self._everyday = {fold(word) for word in places.everyday_words}
        self.words = frozenset(key[0] for key in self._index.names if len(key) == 1)
        """Names of one word: a word that is exactly a place is no misspelt other word."""

    def find(self, text: str, tokens: Sequence[Token] | None = None) -> list[Mention]:
        """Return the places named in ``text``; negated ones („nicht Herne“) are left out."""
        tokens = tokenize(text) if tokens is None else tokens
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
            if mention is not None and not is_negated(tokens, index):
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

    def _at(self, text: str, tokens: Sequence[Token], index: int) -> tuple[Mention | None, int] | None:
        """The place that begins at a token, and how many words it takes."""
        if tuple(token.folded for token in tokens[index : index + 2]) == _LAND:
            return None, 2
        widest = self._index.widths.get(tokens[index].folded, 1)
        for width in range(min(widest, len(tokens) - index), 0, -1):
            words = tokens[index : index + width]
            found = self._named(words, tokens, index)
            if found is not None:
                entity, value = found
                return Mention(entity, value, words[0].start, words[-1].end), width
        token = tokens[index]
        code = self._code(text, tokens, index)
        if code:
            return Mention("place", code, token.start, token.end, 0.9), 1
        unknown = [not is_german(each.folded) for each in tokens[index : index + 3]]
        for width in (1, 2, 3) if any(unknown) else ():
            guess = self._misspelt(tokens[index : index + width])
            if guess:
                return Mention("place", guess, token.start, tokens[index + width - 1].end, 0.8), width
        return None

    def _code(self, text: str, tokens: Sequence[Token], index: int) -> str | None:
        """The Kreis of a number-plate code: „MK“, „im mk“, „GE“ only where a place may stand."""
        token = tokens[index]
        kreis = self._index.kfz.get(token.text.upper())
        if kreis is None or len(token.text) < 2:
            return None
        before = tokens[index - 1].folded if index else ""
        if len(tokens) == 1 and token.text.isupper():
            return kreis
        if not token.text.isupper() or text.isupper():
            return kreis if before in ("kreis", "im") and not is_german(token.folded) else None
        if not _ABBREVIATION.fullmatch(token.text):
            return kreis
        return kreis if before in _CODE_CONTEXT and token.text != "EU" or before == "kreis" else None

    def _named(self, words: Sequence[Token], tokens: Sequence[Token], index: int) -> tuple[str, object] | None:
        key = tuple(token.folded for token in words)
        names = self._index.names.get(key) or (self._inflected(words[0]) if len(words) == 1 else None)
        if names:
            everyday = key[0] in self._everyday and not _stands_like_a_place(tokens, index)
            if len(words) == 1 and (everyday or _is_verb(tokens, index)):
                return None
            return ("place", names[0]) if len(names) == 1 else ("place_ambiguous", names)
        if key in self._index.outside:
            word = len(words) == 1 and words[0].text.islower() and is_german(key[0])
            return None if word and _is_verb(tokens, index) else ("place_outside", self._index.outside[key])
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
        for ending in ("er", "ern", "erin", "s"):
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) >= 5 and (stem,) in self._index.names:
                ordinary = token.text[:1].islower() and simplemma.is_known(token.text, lang="de")
                return None if ordinary else self._index.names[(stem,)]
        return None

    def _misspelt(self, words: Sequence[Token]) -> str | None:
        """The Gemeinde or Kreis that long words are one or two slips away from, at least one of them unknown."""
        joined = "".join(token.folded for token in words)
        if len(joined) < _SHORTEST_MISSPELT or not joined.isalpha() or words[0].folded in _PREPOSITIONS:
            return None
        if len(words) > 1 and len(joined) < _LONG_NAME or all(is_german(token.folded) for token in words):
            return None
        allowed = 1 if len(joined) < 8 else 2
        names = self._index.fuzzy.get((joined[0], len(words) > 1), {})
        best = process.extractOne(joined, names.keys(), scorer=OSA.distance, score_cutoff=allowed)
        return None if best is None or len(best[0]) < 5 else names[best[0]]

    def _settle(self, mentions: list[Mention]) -> list[Mention]:
        """Resolve an ambiguous district by another place beside it; leave out the region a named place lies in."""
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
            members = self._index.regions.get(mention.value, []) if mention.entity == "place" else []
            if not around.intersection(members):
                settled.append(mention)
        return settled

    def _prefer(self, mentions: list[Mention], text: str) -> list[Mention]:
        """Put the place one lives in first, then Gemeinden and Kreise, then regions, each in order of the text."""

        def rank(mention: Mention) -> tuple[bool, bool, int]:
            before = text[max(0, mention.start - 25) : mention.start]
            return not _RESIDENCE.search(before), str(mention.value) in self._index.regions, mention.start

        return sorted(mentions, key=rank)


def _place_context(word: Token, tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that may be an ordinary one stands like a place: „in Lohn“, „Ortsteil Ende“."""
    before = tokens[index - 1].folded if index else ""
    return before in _PREPOSITIONS and word.text[:1].isupper()


def _stands_like_a_place(tokens: Sequence[Token], index: int) -> bool:
    """Whether an everyday word can be a Gemeinde: the whole answer, or behind „in“ („wir sind in wetter“)."""
    before = tokens[index - 1].folded if index else ""
    seat = index >= 2 and tokens[index - 2].folded in _SEATS and tokens[index].text[:1].isupper()
    alone = len(tokens) == 1 or (len(tokens) == 2 and tokens[index].text[:1].isupper())
    return alone or before in _PREPOSITIONS or seat


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word in small letters stands beside a pronoun: „wir siegen“, „liege ich wach“."""
    token = tokens[index]
    if not token.text.islower() or not (is_german(token.folded) or token.folded in _DIALECT_VERBS):
        return False
    before = tokens[index - 1].folded if index else ""
    behind = tokens[index + 1].folded if index + 1 < len(tokens) else ""
    return before in _BEFORE_VERBS or (behind in _PRONOUNS and before not in _PREPOSITIONS)


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
        index.regions[region.id] = region.members
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
    for key in (*index.names, *index.districts, *index.outside):
        index.widths[key[0]] = max(len(key), index.widths.get(key[0], 1))
    return index


def _add_kreis(index: _Index, kreis: Kreis) -> None:
    _add(index.names, [kreis.name, *kreis.aliases], kreis.id)
    for code in kreis.kfz:
        index.kfz.setdefault(code, kreis.id)
    for name in (kreis.name, *kreis.aliases):
        _add_fuzzy(index, _key(name), kreis.id)


def _add_gemeinde(index: _Index, gemeinde: Gemeinde, kreis: Kreis) -> None:
    index.kreis_of[gemeinde.id] = kreis.id
    for name in (gemeinde.name, *gemeinde.aliases):
        for variant in _variants(name):
            index.names[_key(variant)] = _merged(index.names.get(_key(variant), []), gemeinde.id, kreis.id)
            _add_fuzzy(index, _key(variant), gemeinde.id)
    for plz in gemeinde.plz:
        index.plz.setdefault(plz, []).append(gemeinde.id)
    for district in gemeinde.districts:
        known = index.districts.setdefault(_key(district), [])
        if gemeinde.id not in known:
            known.append(gemeinde.id)
        for variant in _variants(gemeinde.name):
            index.districts[_key(f"{variant} {district}")] = [gemeinde.id]


def _add_fuzzy(index: _Index, key: tuple[str, ...], place_id: str) -> None:
    joined = "".join(key)
    index.fuzzy[joined[0], len(key) > 1].setdefault(joined, place_id)


def _merged(known: list[str], gemeinde: str, kreis: str) -> list[str]:
    """A Gemeinde replaces the Kreis of the same name; two Gemeinden of one name are ambiguous."""
    return [i for i in known if i not in (gemeinde, kreis)] + [gemeinde]


def _add(names: dict[tuple[str, ...], list[str]], words: list[str], place_id: str) -> None:
    for word in words:
        for variant in _variants(word):
            known = names.setdefault(_key(variant), [])
            if place_id not in known:
                known.append(place_id)
