"""Passwords: argon2 with the defaults of its library, and what a password must be like."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128
_TOO_EASY = ("passwort", "kennwort", "digitalnavigator", "werkbank", "123456", "qwertz")


class Passwords:
    """Makes and checks hashes. Both take a while on purpose: call them in a thread."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return what is stored of a password."""
        return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether a password is the stored one; without one it takes as long, so that nobody learns who is there."""
        try:
            return self._hasher.verify(stored or self._nobody, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with weaker parameters than those of today."""
        return self._hasher.check_needs_rehash(stored)


def fault_of(password: str, name: str) -> str | None:
    """Return in German what is wrong with a new password; ``None`` if it may be used."""
    plain = password.lower()
    if len(password) < SHORTEST:
        return f"Das Kennwort ist zu kurz. Nehmen Sie mindestens {SHORTEST} Zeichen, zum Beispiel vier Wörter."
    if len(password) > LONGEST:
        return f"Das Kennwort ist zu lang. Möglich sind {LONGEST} Zeichen."
    if len(set(plain)) < SHORTEST // 3:
        return "Das Kennwort besteht aus zu wenigen verschiedenen Zeichen."
    if (len(name) > 2 and name.lower() in plain) or any(word in plain for word in _TOO_EASY):
        return "Das Kennwort ist leicht zu erraten. Nehmen Sie Wörter, die nichts mit Ihnen zu tun haben."
    return None
