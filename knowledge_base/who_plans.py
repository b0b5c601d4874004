"""What a plan tells about who has it, and a situation about the plan: guesses to sort and to ask by, never facts.

Estimates in parts of a hundred; an error costs a question, never a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from knowledge_base.profile import Profile

_FIRMS: Mapping[str, float] = MappingProxyType({"unternehmen": 90, "selbststaendige": 6, "gruendende": 4})
_CAPITAL: Mapping[str, float] = MappingProxyType({"unternehmen": 50, "gruendende": 30, "selbststaendige": 20})
_PLANS_OF_FIRMS = (
    "ausbildung_anbieten", "personal_einstellen", "personal_ausland", "personalentwicklung", "software_individuell",
    "software_standard", "hardware", "website_webshop", "ki_einfuehrung", "it_sicherheit", "beratung_digital",
    "beratung_strategie", "maschinen_robotik", "forschung_entwicklung", "patent_schutzrecht", "energie_ressourcen",
    "investition_bau",
)
_WHO_PLANS: Mapping[str, Mapping[str, float]] = MappingProxyType({
    **dict.fromkeys(_PLANS_OF_FIRMS, _FIRMS),
    "finanzierung_kredit": _CAPITAL,
    "buergschaft": _CAPITAL,
    "ki_schulung": {"unternehmen": 50, "beschaeftigte": 35, "selbststaendige": 10, "arbeitsuchende": 5},
    "gruendung": {"gruendende": 97, "selbststaendige": 3},
    "gruendung_lebensunterhalt": {"gruendende": 100},
    "nachfolge": {"unternehmen": 45, "gruendende": 40, "selbststaendige": 15},
    "entlassung_transfer": {"unternehmen": 60, "beschaeftigte": 30, "arbeitsuchende": 10},
    "weiterbildung": {"beschaeftigte": 45, "unternehmen": 25, "arbeitsuchende": 15, "rueckkehrende": 5,
                      "selbststaendige": 4, "zugewanderte": 4, "auszubildende": 2},
    "aufstieg_meister": {"beschaeftigte": 85, "arbeitsuchende": 6, "selbststaendige": 3, "gruendende": 3,
                         "rueckkehrende": 3},
    "umschulung": {"arbeitsuchende": 55, "beschaeftigte": 30, "rueckkehrende": 8, "zugewanderte": 7},
    "berufsabschluss_nachholen": {"beschaeftigte": 45, "arbeitsuchende": 35, "zugewanderte": 12, "rueckkehrende": 8},
    "sprachkurs": {"zugewanderte": 75, "beschaeftigte": 10, "arbeitsuchende": 8, "unternehmen": 7},
    "studium": {"beschaeftigte": 60, "auszubildende": 20, "arbeitsuchende": 10, "selbststaendige": 5,
                "zugewanderte": 5},
    "berufsorientierung": {"auszubildende": 75, "beschaeftigte": 13, "arbeitsuchende": 12},
    "bewerbung": {"arbeitsuchende": 70, "beschaeftigte": 10, "rueckkehrende": 8, "zugewanderte": 6,
                  "auszubildende": 6},
    "ausbildung_finden": {"auszubildende": 90, "arbeitsuchende": 6, "zugewanderte": 4},
    "ausbildung_schaffen": {"auszubildende": 60, "unternehmen": 40},
    "teilzeitausbildung": {"auszubildende": 45, "rueckkehrende": 25, "arbeitsuchende": 20, "unternehmen": 10},
    "lebensunterhalt": {"arbeitsuchende": 50, "beschaeftigte": 20, "auszubildende": 15, "rueckkehrende": 8,
                        "zugewanderte": 7},
    "wohnen_pendeln": {"auszubildende": 45, "arbeitsuchende": 35, "beschaeftigte": 20},
    "anerkennung": {"zugewanderte": 90, "unternehmen": 10},
    "arbeitserlaubnis": {"zugewanderte": 80, "unternehmen": 20},
    "arbeitszeit_freistellung": {"beschaeftigte": 80, "unternehmen": 20},
    "behinderung_teilhabe": {"beschaeftigte": 35, "arbeitsuchende": 35, "unternehmen": 25, "auszubildende": 5},
    "wiedereinstieg": {"rueckkehrende": 80, "arbeitsuchende": 20},
    "beratung_beruf": {"beschaeftigte": 40, "arbeitsuchende": 30, "auszubildende": 12, "rueckkehrende": 12,
                       "zugewanderte": 6},
})
BECOMES: Mapping[str, str] = MappingProxyType({
    "gruendung": "gruendende",
    "gruendung_lebensunterhalt": "gruendende",
    "nachfolge": "gruendende",
    "wiedereinstieg": "rueckkehrende",
    "ausbildung_finden": "auszubildende",
    "anerkennung": "zugewanderte",
    "arbeitserlaubnis": "zugewanderte",
    "finanzierung_kredit": "gruendende",
    "buergschaft": "gruendende",
    "patent_schutzrecht": "gruendende",
})
"""Plans that say to which audience somebody belongs besides."""
_OF_OWNERS_TOO = frozenset({"nachfolge", "finanzierung_kredit", "buergschaft", "patent_schutzrecht"})
_OWNERS = ("unternehmen", "selbststaendige", "weiterbildungsanbieter")
"""Who has a firm hands it over or borrows for it, and founds none by that."""
_TOLD_BY_SITUATION: Mapping[str, Callable[[Profile], bool]] = MappingProxyType({
    "gruendung": lambda profile: profile.audience == "gruendende",
    "wiedereinstieg": lambda profile: (
        profile.audience == "rueckkehrende" or profile.facts.get("employment") == "elternzeit_pflege"
    ),
    "ausbildung_finden": lambda profile: profile.audience == "auszubildende",
    "behinderung_teilhabe": lambda profile: profile.facts.get("disability") is True,
    "lebensunterhalt": lambda profile: profile.facts.get("benefit") in ("alg1", "grundsicherung"),
    "entlassung_transfer": lambda profile: profile.audience == "unternehmen",
})
"""Plans that may be named only because somebody said who they are („Ich bekomme Bürgergeld“)."""
_LIKELY = 0.7
"""Share of the askers from which a group is taken for granted until somebody says otherwise."""


def who_plans(purposes: Sequence[str]) -> Mapping[str, float] | None:
    """The audiences that have such a plan, by weight; of several plans the most telling one counts."""
    known = [_WHO_PLANS[purpose] for purpose in purposes if purpose in _WHO_PLANS]
    return max(known, key=lambda audiences: max(audiences.values()), default=None)


def likely_audience(profile: Profile) -> str | None:
    """Who asks: the audience that was named, else the one that nearly all belong to who have such a plan."""
    if profile.audience:
        return profile.audience
    planning = who_plans(profile.purposes) or {}
    best = max(planning, key=lambda audience: planning[audience], default=None)
    return best if best and planning[best] >= _LIKELY * sum(planning.values()) else None


def becomes(profile: Profile) -> frozenset[str]:
    """The audiences that somebody belongs to besides by what is planned."""
    owns = profile.audience in _OWNERS
    plans = [plan for plan in profile.purposes if not (owns and plan in _OF_OWNERS_TOO)]
    return frozenset(BECOMES[plan] for plan in plans if plan in BECOMES)


def planned(profile: Profile) -> tuple[str, ...]:
    """What somebody has in mind, without what only tells of the situation; all of it if nothing else is named."""
    plans = tuple(plan for plan in profile.purposes if not _TOLD_BY_SITUATION.get(plan, _never)(profile))
    return plans or profile.purposes


def _never(profile: Profile) -> bool:
    return False
