"""What members of staff may do. A person has roles, a role gives rights, a page of the workbench needs one right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum


class Right(str, Enum):
    """Something one may do."""

    READ = "lesen"
    """See contents, quality and figures; no address of a citizen."""
    EDIT = "bearbeiten"
    """Propose changes."""
    RELEASE = "freigeben"
    """Release what others proposed, train, activate a model, pause something."""
    CALL_BACK = "zurückrufen"
    """See and close call-back requests, with the address of the person."""
    MANAGE = "verwalten"
    """Accounts and roles."""
    AUDIT = "protokoll"
    """Read who did what."""
    ERASE = "löschen"
    """Erase what a citizen wrote."""


class Role(str, Enum):
    """What somebody is in the agency. One person may have several."""

    READER = "lesen"
    EDITOR = "redaktion"
    RELEASER = "freigabe"
    ADMIN = "verwaltung"
    PRIVACY = "datenschutz"


TITLES: Mapping[Role, str] = {
    Role.READER: "Lesen",
    Role.EDITOR: "Redaktion",
    Role.RELEASER: "Freigabe",
    Role.ADMIN: "Verwaltung",
    Role.PRIVACY: "Datenschutz",
}
"""How staff call the roles."""
ABOUT: Mapping[Role, str] = {
    Role.READER: "Sieht Inhalte, Qualität und Auswertung. Ändert nichts.",
    Role.EDITOR: "Schlägt Änderungen an Sätzen, Texten und Programmen vor und bearbeitet Rückrufe.",
    Role.RELEASER: "Gibt frei, was andere vorschlagen, trainiert und schaltet Modelle um. Bearbeitet Rückrufe.",
    Role.ADMIN: "Legt Konten an, vergibt Rollen, liest das Protokoll.",
    Role.PRIVACY: "Löscht auf Wunsch, was ein Mensch geschrieben hat, und liest das Protokoll.",
}
"""What each role is for, in one or two sentences."""
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ}),
    Role.EDITOR: frozenset({Right.READ, Right.EDIT, Right.CALL_BACK}),
    Role.RELEASER: frozenset({Right.READ, Right.RELEASE, Right.CALL_BACK}),
    Role.ADMIN: frozenset({Right.READ, Right.MANAGE, Right.AUDIT}),
    Role.PRIVACY: frozenset({Right.READ, Right.AUDIT, Right.ERASE}),
}


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Return everything that these roles allow."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def titles_of(roles: Iterable[Role]) -> list[str]:
    """Return the names of roles in their usual order, e.g. ``["Redaktion", "Verwaltung"]``."""
    given = set(roles)
    return [TITLES[role] for role in Role if role in given]
