"""How the actions of the log are called in German. One that is not here is shown as it stands."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "anmeldung": "Anmeldung", "konto.": "Konten", "vorschlag.": "Vorschläge", "gespraech.": "Gespräche",
    "rueckruf.": "Rückrufe", "meldung.": "Meldungen",
    "pause.": "Pausen", "modell.": "Modelle",
}
"""Kinds one may choose from: beginning of the action and title."""
TITLES: Mapping[str, str] = {
    "anmeldung": "Angemeldet",
    "konto.angelegt": "Konto angelegt",
    "konto.rollen": "Rollen geändert",
    "konto.kennwort": "Kennwort gewählt",
    "konto.link": "Link für ein Kennwort gemacht",
    "konto.gesperrt": "Konto gesperrt",
    "konto.entsperrt": "Konto entsperrt",
    "konto.abgemeldet": "Überall abgemeldet",
    "konto.verbunden": "Mit dem Anmeldedienst verbunden",
    "gespraech.geloescht": "Gespräch auf Wunsch gelöscht",
    "modell.aktiviert": "Modell aktiviert",
    "modell.training": "Training gestartet",
    "modell.abgebrochen": "Training abgebrochen",
    "pause.gesetzt": "Pausiert",
    "pause.beendet": "Pause beendet",
    "rueckruf.angesehen": "Adresse eines Rückrufs angesehen",
    "rueckruf.erledigt": "Rückruf erledigt",
    "meldung.angesehen": "Adresse einer Meldung angesehen",
    "meldung.erledigt": "Meldung erledigt",
    "vorschlag.angelegt": "Vorschlag angelegt",
    "vorschlag.geaendert": "Vorschlag geändert",
    "vorschlag.eingereicht": "Vorschlag eingereicht",
    "vorschlag.zurueckgenommen": "Vorschlag zurückgenommen",
    "vorschlag.abgelehnt": "Vorschlag abgelehnt",
    "vorschlag.erneuert": "Vorschlag auf den neuen Stand gebracht",
    "vorschlag.veraltet": "Vorschlag ist veraltet",
    "vorschlag.freigegeben": "Vorschlag freigegeben",
    "vorschlag.notfall": "Im Notfall allein freigegeben",
    "vorschlag.abgebrochen": "Freigabe abgebrochen",
}


def title_of(action: str) -> str:
    """Return what a person reads, e.g. „Rollen geändert“."""
    return TITLES.get(action, action)
