"""Models are loaded only if we trained them: a model archive is code, so every one is signed where it was trained.

The key is that of the settings, else it lies in a file beside the folder of the models that only its owner may read.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.errors import NavigatorError
from bot.settings import Settings

KEY_FILE = "modelle.schluessel"
_CHUNK = 1 << 20


class NotOurs(NavigatorError):
    """A model without a valid signature."""

    def __init__(self, model: Path) -> None:
        super().__init__(f"Das Modell {model.name} trägt keine gültige Unterschrift dieser Installation und wird "
                         "nicht geladen – trainieren Sie neu mit „python -m bot train --force“.")


def signature_of(model: Path) -> Path:
    """Return the file beside a model that holds its signature."""
    return model.with_name(f"{model.name}.sig")


def sign(model: Path, settings: Settings) -> None:
    """Sign a model that was just trained here."""
    signature_of(model).write_text(_signature(model, _key(settings, make=True)) + "\n", encoding="ascii")


def is_signed(model: Path, settings: Settings) -> bool:
    """Whether a model is exactly as it was when it was signed here."""
    try:
        noted = signature_of(model).read_text(encoding="ascii").strip()
        return hmac.compare_digest(noted, _signature(model, _key(settings, make=False)))
    except (OSError, ValueError):
        return False


def require_signed(model: Path, settings: Settings) -> None:
    """Refuse a model that is not ours.

    Raises:
        NotOurs: If it is not signed, was changed, or was signed with another key.
    """
    if not is_signed(model, settings):
        raise NotOurs(model)


def _signature(model: Path, key: bytes) -> str:
    signature = hmac.new(key, model.name.encode() + b"\0", hashlib.sha256)
    with model.open("rb") as file:
        while chunk := file.read(_CHUNK):
            signature.update(chunk)
    return signature.hexdigest()


def _key(settings: Settings, make: bool) -> bytes:
    if settings.model_key:
        return settings.model_key.encode()
    path = settings.model_dir.parent / KEY_FILE
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
                new.write(secrets.token_urlsafe(32))
        except FileExistsError:
            pass
    key = path.read_bytes().strip()
    if not key:
        raise ValueError(f"{path} is empty")
    return key
