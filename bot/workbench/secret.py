"""The secret of the workbench: sessions, one-time links and forms depend on it. Without one it does not start."""

from __future__ import annotations

import ipaddress
import os
import secrets
import stat
from pathlib import Path

from bot.errors import NavigatorError
from bot.settings import Settings

FILE = "werkbank.geheimnis"
_SHORTEST = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def load_secret(settings: Settings) -> bytes:
    """Return the secret: that of the settings, else, for this machine only, that of a file which is made once.

    Raises:
        NavigatorError: If other machines could reach the workbench and no secret is set, or the file is not safe.
    """
    if settings.workbench_secret:
        return settings.workbench_secret.encode()
    if not _is_loopback(settings.workbench_host):
        raise NavigatorError(
            f"Die Werkbank soll an {settings.workbench_host} lauschen und braucht dafür ein Geheimnis – setzen Sie "
            f"NAVIGATOR_WORKBENCH_SECRET auf mindestens {_SHORTEST} zufällige Zeichen."
        )
    return _from_file(settings.var_dir / FILE)


def _from_file(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(_SHORTEST))
    except FileExistsError:
        pass
    try:
        mode, secret = path.stat().st_mode, path.read_bytes().strip()
    except OSError as error:
        raise NavigatorError(f"Das Geheimnis der Werkbank in {path} lässt sich nicht lesen – prüfen Sie, wem die "
                             "Datei gehört.") from error
    if mode & _OTHERS:
        raise NavigatorError(f"Das Geheimnis der Werkbank in {path} können auch andere lesen – führen Sie aus: "
                             f"chmod 600 {path}")
    if len(secret) < _SHORTEST:
        raise NavigatorError(f"Das Geheimnis der Werkbank in {path} ist zu kurz – löschen Sie die Datei, dann "
                             "entsteht eine neue.")
    return secret


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
