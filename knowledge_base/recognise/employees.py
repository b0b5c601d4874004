"""Recognise how many people a firm has: exact, as a range, „zu dritt“, „eine Angestellte und ich“."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge_base.recognise.number_words import NUMBER, number, parse

EXACT, RANGE = "employees", "employees_range"
MANY = 100_000
"""Upper end of a range that has none."""

_N = rf"({NUMBER})"
_STAFF = (
    r"(?:leut\w*|leude|mitarbeit\w*|mitarb\b\.?|beschäft\w*|beschaeft\w*|mann\b|männer|köpf\w*|koepf\w*|angestellt\w*|"
    r"personen|kolleg\w*|menschen|ma\b|(?-i:AN)\b|vz[aä]\b|arbeitskräft\w*|arbeitskraeft\w*|arbeitnehm\w*|"
    r"frau(?:en)? und mann|vollzeit\w*|männeken|hansel\w*|employees|staff|people|workers)"
)
_TRADE = (
    r"(?:gesell\w*|monteur\w*|ingenieur\w*|arbeiter\w*|facharbeiter\w*|handwerker\w*|fahrer\w*|kräfte\w*|kraefte\w*|"
    r"(?:voll|teil)zeitkr\w*|fachkräft\w*|pflegekräft\w*|helfer\w*|verkäufer\w*|techniker\w*|"
    r"erzieher\w*|friseur\w*|köch\w*|ärzt\w*|lehrkr\w*|bäcker\w*|tischler\w*|elektriker\w*|maurer\w*|maler\w*|dachdecker\w*|schlosser\w*|schweißer\w*|kellner\w*|"
    r"(?:haupt|neben)amtlich\w*|festangestellt\w*|fachangestellt\w*|aushilfen|entwickler\w*|programmierer\w*)"
)
_FIRM = r"(?:betrieb|firma|unternehmen|laden|büro|team|praxis|mannschaft)"
_ABOUT = r"(?:(?:ca\.?|circa|etwa|so|um die|knapp|rund|gut|ungefähr|genau|jetzt|inzwischen|derzeit|nur|insgesamt)\s)*"
_DESCRIBED = r"(?:(?!neu|weiter|zusätzlich|offen|unser|mein|andere)\w+e[nr]?\s)?"
_NO_UNIT = r"(?!\s*(?:%|prozent|jahr|monat|€|euro|stunde|tag|woche))"
_GROUPS = {"zweit": 2, "dritt": 3, "sechst": 6, "siebt": 7, "acht": 8}
"""Irregular forms behind „zu“; the others are a number word with „t“ or „st“."""

_PART = re.compile(
    r"(?:für|davon|von|um|such\w*|brauch\w*|benötig\w*|fehlen|stellen|einstellung|schul\w*|qualifizier\w*|weitere[nr]?|"
    rf"plus)\s{_ABOUT}$",
    re.IGNORECASE,
)
"""Before a number: it counts those who are meant, not the staff."""
_PAST = re.compile(r"\b(?:waren|war|hatten|früher|damals|ehemals)\b[^,.;!?]*$", re.IGNORECASE)
"""Before a number: it is no longer so."""
_MEANT = re.compile(
    r"^[^,.;:!?()]{0,40}?\b(?:einstell|einzustell|schul|weiterbild|qualifizier|umschul|entlass|anlern|gesucht|such|fehl|"
    r"gehen in rente|in rente|kündig|übernehm|teilnehm|anmeld|schick)",
    re.IGNORECASE,
)
"""Behind a number: the same."""
_BELONGS = re.compile(
    r"(?:unser\w*|mein\w*|alle\w*|sind|haben|hab|habe|mit|bei|beschäftigen)\s\W*(?:\w+\s)?$", re.IGNORECASE
)
"""Before a number: it counts the whole staff after all."""

_SOLO = re.compile(
    r"\b(?:solo[- ]?selbst\w*|ein[- ]?(?:mann|frau|personen)[- ]?(?:betrieb|firma|unternehmen|show)|"
    r"one[- ]man[- ]show|nur ich\b|ich allein\w*|(?:bin|arbeite) (?:ganz )?allein(?:e)?\b(?! ?erziehend)|"
    r"ohne (?:mitarbeiter|angestellte|personal)|"
    r"(?:hab|habe|noch|,) keine (?:angestellten?|mitarbeiter|beschäftigten?)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Staff:
    """A number of people and where it stands."""

    entity: str
    value: int | list[int]
    start: int
    end: int


@dataclass(frozen=True)
class _Pattern:
    regex: re.Pattern[str]
    read: Callable[[re.Match[str]], int | list[int] | None]
    entity: str = EXACT
    doubtful: bool = False
    """Whether the number may count only those who are meant."""


def find_staff(digits: str) -> Iterator[Staff]:
    """Yield how many people work there, from a message with digits; the surest first, places may overlap."""
    for pattern in _PATTERNS:
        for match in pattern.regex.finditer(digits):
            value = pattern.read(match)
            if value is not None and not (pattern.doubtful and _only_a_part(digits, *match.span())):
                yield Staff(pattern.entity, value, *match.span())


def works_alone(text: str) -> bool:
    """Whether somebody says to work without staff."""
    return _SOLO.search(text) is not None


def _only_a_part(text: str, start: int, end: int) -> bool:
    """„Schulung für 8 Mitarbeitende“, „3 Fahrer einstellen“: not the number of the staff."""
    before = text[:start]
    if _PART.search(before) or _PAST.search(before):
        return True
    return bool(_MEANT.search(text[end:]) and not _BELONGS.search(before))


def _range(regex: str, read: Callable[[re.Match[str]], list[int]]) -> _Pattern:
    return _Pattern(re.compile(rf"{regex}\s*{_DESCRIBED}{_STAFF}", re.IGNORECASE), read, RANGE, doubtful=True)


def _counted(regex: str) -> _Pattern:
    return _Pattern(re.compile(regex, re.IGNORECASE), lambda m: _whole(m[1]), doubtful=True)


def _stated(regex: str, read: Callable[[re.Match[str]], int | None] = lambda m: _whole(m[1])) -> _Pattern:
    return _Pattern(re.compile(regex, re.IGNORECASE), read)


def _whole(text: str) -> int:
    return int(number(text))


def _both(match: re.Match[str]) -> list[int]:
    return [_whole(match[1]), _whole(match[2])]


def _group(match: re.Match[str]) -> int | None:
    word = match[1].lower()
    return _GROUPS.get(word) or parse(re.sub(r"s?t$", "", word))


def _with_me(match: re.Match[str]) -> int:
    return (_whole(match[1]) if match[1] else 1) + 1


_PATTERNS = (
    _range(rf"{_N}\s*(?:bis|-|–|oder)\s*{_N}", _both),
    _range(rf"zwischen\s{_N}\s*und\s*{_N}", _both),
    _Pattern(re.compile(rf"^\W*(?:zwischen\s)?{_N}\s*(?:bis|-|–|und)\s*{_N}\W*$", re.IGNORECASE), _both, RANGE),
    _range(rf"(?:unter|weniger als|keine)\s*{_N}", lambda m: [1, _whole(m[1]) - 1]),
    _range(rf"(?:bis zu|höchstens|maximal|max\.?)\s*{_N}", lambda m: [1, _whole(m[1])]),
    _range(rf"(?:über|ueber|mehr als)\s*{_N}", lambda m: [_whole(m[1]) + 1, MANY]),
    _range(rf"(?:ab|mindestens)\s*{_N}", lambda m: [_whole(m[1]), MANY]),
    _stated(rf"^\W*{_ABOUT}{_N}\s*,?\s*davon\b"),
    _stated(rf"(?:{_N}|\beine?n?)\s(?:{_STAFF}|{_TRADE})\sund\sich\b", _with_me),
    _stated(rf"\bich\sund\s(?:{_N}|eine?n?|mein\w*)\s(?:{_STAFF}|{_TRADE})", _with_me),
    _counted(rf"{_N}\s*(?:-|–)?\s*{_DESCRIBED}{_STAFF}"),
    _counted(rf"(?:\bmit|\bhaben|\bhab|\bsind|\bwir|^\W*|beschäftigen|,)\s*{_ABOUT}{_N}\s{_TRADE}"),
    _stated(rf"\b{_N}[- ]?(?:mann|personen|frau(?:en)?)[- ]?{_FIRM}"),
    _stated(rf"\b{_N}[- ]?köpfig"),
    _stated(
        r"\b(?:team|belegschaft|mannschaft|truppe|betriebsgröße|mitarbeiter(?:zahl|anzahl)|mitarbeiterinnen|mitarbeiter|ma|"
        rf"beschäftigte(?:nzahl)?|personal|angestellte)\s?(?:von|aus|:|=|ist|beträgt|sind)\s*{_ABOUT}{_N}{_NO_UNIT}"
    ),
    _stated(
        rf"\b(?:wir sind|sind wir|sind)\s{_ABOUT}(?:\w+\s)?{_ABOUT}{_N}"
        r"(?=\s*(?:[,.;!?]|$|und\b|in\b|im\b|aus\b|bei\b|hier\b|mit\b))"
    ),
    _stated(r"\bzu\s(\w+t)\b", _group),
    _stated(rf"(?:beschäftig\w*|beschaeftig\w*)\s(?:wir\s)?(?:\w+\s)?{_N}\b{_NO_UNIT}"),
)
