"""What a message says about a call-back: the way, the address, the time, yes and no. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from knowledge_base.text import fold

PHONE, EMAIL = "telefon", "email"
ANY_TIME = "jederzeit"
_COUNTRY = "DE"
_LONGEST_TIME = 120
_MANY_DIGITS = 5
"""From so many digits on a message is meant as a phone number."""
_MAIL = re.compile(r"\S+@\S+")
_MAIL_WORDS = re.compile(r"\be? ?mails?\b|\bmailen\b|schriftlich|\bschreib")
_PHONE_WORDS = re.compile(r"anruf|zuruf|geruf|rueckruf|klingel|\bruf|telefon|\btel\b|handy|mobil|festnetz|\bphone\b")
_STOP = re.compile(
    r"abbrech|abbruch|\bstopp?\b|doch nicht|doch kein|lieber nicht|lieber doch nicht|vergiss|vergessen sie"
    r"|kein(en)? rueckruf|nicht (mehr )?an(ge)?ruf|zurueckzieh|hat sich erledigt"
)
_YES = re.compile(
    r"(ja|jo|jup|jawohl|gern|gerne|ok|okay|einverstanden|passt( so)?$|stimmt so|abschicken|absenden|senden|"
    r"bitte (so )?(ab)?(senden|schicken)|schick es ab|mach das|machen sie das|genau|richtig|in ordnung)\b"
)
_RESERVE = re.compile(r"\b(aber|erst|nicht|andere\w*|noch|was|wie|wann|wer|wo|welche\w*|warum|bevor)\b")
"""Words that make a yes uncertain. Consent must be beyond doubt."""
_NO = re.compile(r"(nein|nee?|noe)\b")
_SHORT = 6
"""A yes or no of more words is about something else as well."""
_CHANGE = re.compile(r"aender|korrigier|falsch|verschrieben|vertippt|andere (nummer|adresse|zeit|mail)")
_DAYS = "(?:mon|diens|donners|frei|sams)tags?|mittwochs?"
_PARTS = "(?:vor|nach)?mittags?|morgens|abends?|früh(?:morgens)?|frueh"
_TIME = re.compile(
    r"(?:\b(?:am besten|gern|gerne|immer|nur|werktags|wochentags|ab|nach|vor|bis|von|um|gegen|zwischen|und|oder|am|"
    r"in der|nicht|außer)\s+)*"
    r"\b(?:\d{1,2}(?:[:.]\d{2})?\s*(?:-|–|bis|und)\s*\d{1,2}(?:[:.]\d{2})?(?:\s*uhr)?|\d{1,2}(?:[:.]\d{2})?\s*uhr|"
    rf"(?:heute|morgen|übermorgen)(?:\s+(?:{_PARTS}))?|(?:{_DAYS})(?:{_PARTS})?|{_PARTS}|"
    r"werktags|wochentags|wochenende|(?:nächste|diese) woche|jederzeit|egal(?: wann)?|immer|ganztags|"
    r"den ganzen tag)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Address:
    """Where somebody wants to be reached."""

    way: str
    value: str
    """As the person wrote it, so that it can be compared at a glance."""


def read_address(text: str) -> Address | None:
    """The first valid mail address or phone number of a message."""
    for found in _MAIL.findall(text):
        try:
            mail = validate_email(found.strip(".,;:!?()<>„“\"'"), check_deliverability=False)
        except EmailNotValidError:
            continue
        return Address(EMAIL, mail.normalized)
    for match in phonenumbers.PhoneNumberMatcher(text, _COUNTRY):
        return Address(PHONE, match.raw_string.strip())
    return None


def meant_as_address(text: str) -> bool:
    """Whether a message was meant as an address, even if it holds no valid one."""
    return "@" in text or sum(letter.isdigit() for letter in text) >= _MANY_DIGITS


def read_way(text: str) -> str | None:
    """Phone or mail, as far as the words say; „nicht anrufen, lieber mailen“ means mail."""
    words = fold(text)
    if _MAIL_WORDS.search(words):
        return EMAIL
    return PHONE if _PHONE_WORDS.search(words) else None


def read_time(text: str) -> str | None:
    """The parts of a message that say when; ``None`` if there are none."""
    found = [match.group().strip() for match in _TIME.finditer(re.sub(r"\s+", " ", text))]
    return ", ".join(found)[:_LONGEST_TIME] or None


def whole_time(text: str) -> str | None:
    """The message as it stands, if it says when."""
    return re.sub(r"\s+", " ", text.strip())[:_LONGEST_TIME] if read_time(text) else None


def stops(text: str) -> bool:
    """Whether the words call it off."""
    return bool(_STOP.search(fold(text)))


def agrees(text: str) -> bool:
    """Whether a short message is a yes without reserve; a question is none."""
    return "?" not in text and _begins(_YES, text) and not _RESERVE.search(fold(text))


def refuses(text: str) -> bool:
    """Whether a short message begins with a no."""
    return _begins(_NO, text)


def changes_mind(text: str) -> bool:
    """Whether something that was noted is to be written anew."""
    return bool(_CHANGE.search(fold(text)))


def _begins(pattern: re.Pattern[str], text: str) -> bool:
    words = fold(text)
    return len(words.split()) <= _SHORT and bool(pattern.match(words))
