"""All weights of the ranking in one place. A score is a sum; 1.0 is what a perfect match of the text is worth."""

from __future__ import annotations

from knowledge_base.schema.programme import Kind, Status

TEXT = 1.0
"""The words of the question against the words of the record: the strongest single sign."""
PURPOSE = 0.65
"""A plan named is what the money is for: nearly as strong, and independent of wording."""
EACH_PURPOSE = 0.15
"""On top for every plan named that it pays for: who covers the whole plan goes first."""
BESIDES_PURPOSE = 0.25
"""It is for the situation somebody told of besides the plan („Ich bin schwerbehindert“)."""
OTHER_PURPOSE = -0.25
"""It is for something else than what was named."""
SITUATIONS = {
    "behinderung_teilhabe": ("disability", True), "entlassung_transfer": ("employment", "transfergesellschaft"),
    "teilzeitausbildung": ("care_duties", True), "anerkennung": ("foreign_qualification", True),
    "arbeitserlaubnis": ("abroad", True), "personal_ausland": ("abroad", True),
}
"""Purposes that presuppose a situation, and the fact that tells of it."""
OTHER_SITUATION = -0.6
"""Made for a situation nobody spoke of, in proportion to how much of the programme is about it."""
TOPIC = 0.3
"""The topic fits: a broad sign, a third of a purpose."""
TOPIC_FADES = 0.5
"""Each further topic counts half of the one before: the first is what it is about."""
AUDIENCE = 0.3
"""The asker surely belongs to those it is made for."""
APPLICANT = 0.1
"""On top: the asker can file the application without somebody else."""
MAYBE_AUDIENCE = 0.0
"""The asker only may belong to them."""
NEARNESS = {0: 0.2, 1: 0.2, 2: 0.15, 3: 0.1, 4: 0.0}
"""Made for the place: Gemeinde, Kreis, region, NRW, Germany. Breaks ties, never beats the need."""
AT_HOME = 0.05
"""Made for the region of the agency, while the place is unknown: most askers come from there."""
PLACE_UNKNOWN = -0.15
"""Offered in a part of NRW only, while the place is unknown: likely not the asker's."""
STATUS = {Status.AKTIV: 0.0, Status.LOSVERFAHREN: -0.1, Status.UNKLAR: -0.3, Status.GEPLANT: -0.35,
          Status.PAUSIERT: -0.35, Status.AUSGESCHOEPFT: -0.35, Status.AUSGELAUFEN: -0.35}
"""Open now goes before uncertain, and uncertain before closed for now. What has ended only gets into the list of what
was excluded; there it stands where it would have stood."""
GENERIC = 0.03
GENERIC_FROM = 4
"""Each purpose beyond the fourth: who offers everything answers nothing in particular."""

MONEY_KINDS = frozenset({Kind.ZUSCHUSS, Kind.GUTSCHEIN, Kind.DARLEHEN, Kind.STEUERVORTEIL, Kind.STIPENDIUM,
                         Kind.BUERGSCHAFT})
ADVICE_KINDS = frozenset({Kind.BERATUNG, Kind.COACHING, Kind.NETZWERK})
WANTED_KIND = 0.25
"""Who asks for money gets money first, who asks for advice gets advice first."""
LOAN = -0.25
"""What must be paid back comes after what need not, unless a loan is what was asked for."""
NETWORK = -0.1
"""A network is a side dish unless somebody asks for advice."""

DUTY_TEXT = 0.6
"""Relevance of the text from which a duty (no grant) is an answer."""
DUTY_ASKED = 0.9
"""On top, and with far less text, if the question is about what one must do."""
CANDIDATE_TEXT = 0.2
"""Relevance of the text from which a record is a candidate without any structural match."""
CANDIDATE_SHARE = 0.4
"""Candidates below this share of the best score are noise, not further hits."""
MOST_JUDGED = 25
"""Candidates that get a verdict at most; nobody pages further."""

CONTACT_TEXT = 0.8
"""Words of the question against the words of the contact."""
RESPONSIBLE = 0.6
"""The body that the directory names for the place: the right door even if the words do not say so."""
RESPONSIBLE_FOR_OTHER_THINGS = 0.2
"""The same, but for other topics or other people than those asked for."""
CONTACT_TOPIC = 0.4
CONTACT_AUDIENCE = 0.35
CONTACT_NEARNESS = {0: 0.35, 1: 0.3, 2: 0.25, 3: 0.1, 4: 0.0}
"""Nearer first: people go to an office, not to a federal authority."""
CONTACT_PLACE_UNKNOWN = -0.3
"""A local office while the place is unknown."""
SPECIALIST = 1.6
"""The contact was made for just this need, e.g. the inclusion office: before whoever is generally responsible."""
AGENCY = 0.15
"""The Regionalagentur knows the way when nothing more special fits."""
WRONG_AUDIENCE = -0.5
"""The contact is for others."""
