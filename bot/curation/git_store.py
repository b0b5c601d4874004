"""Content in a git work tree: each release is one commit of its author. Nothing is ever pushed."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bot.curation.content_store import Version, read_text, write_texts
from bot.errors import NavigatorError
from bot.records.releases import Release, Texts

TRAILER = "Freigabe-Nummer"
_SERVICE = ("-c", "user.name=Digitalnavigator", "-c", "user.email=werkbank@noreply.invalid", "-c",
            "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "core.quotePath=false")
_NO_NAME = re.compile(r"[<>\r\n\0]")
_TIMEOUT = 60
_FIELD, _ENTRY = "\x1f", "\x1e"


def is_work_tree(root: Path) -> bool:
    """Whether a folder belongs to a git repository and git is there."""
    try:
        return _git(root, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except NavigatorError:
        return False


class GitStore:
    """A folder in a git work tree. See ``ContentStore``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> str | None:
        """See ``ContentStore``."""
        return read_text(self.root, path)

    def refuse_dirty(self, paths: Sequence[str]) -> None:
        """See ``ContentStore``."""
        dirty = _git(self.root, "status", "--porcelain", "--", *paths).splitlines()
        if dirty:
            names = ", ".join(line[3:] for line in dirty)
            raise NavigatorError(
                f"An {names} hat jemand am Server gearbeitet und noch nicht gesichert – bitten Sie darum, das mit "
                "git zu sichern oder zu verwerfen, und geben Sie dann noch einmal frei.")

    def write(self, texts: Texts) -> None:
        """See ``ContentStore``."""
        write_texts(self.root, texts)

    def keep(self, release: Release) -> None:
        """Commit the files of a release under the name of who proposed it."""
        marker = f"{TRAILER}: {release.id} {release.at:%Y-%m-%dT%H:%M:%S}"
        if _git(self.root, "log", "-1", "--format=%H", "--fixed-strings", f"--grep={marker}", "--", *release.after):
            return
        paths = list(release.after)
        _git(self.root, "add", "--all", "--", *[path for path in paths if self._known(path)])
        name = _NO_NAME.sub(" ", release.author_title).strip() or "Redaktion"
        message = (f"{_NO_NAME.sub(' ', release.title)}\n\nVorschlag: {', '.join(release.proposals)}\n"
                   f"Freigegeben-von: {_NO_NAME.sub(' ', release.who_title)}\n{marker}\n")
        _git(self.root, "commit", "--quiet", "--only", f"--author={name} <redaktion@noreply.invalid>", f"-m{message}",
             "--", *paths)

    def history(self, path: str, limit: int = 50) -> list[Version]:
        """See ``ContentStore``."""
        form = _FIELD.join(("%H", "%an", "%aI", "%s", f"%(trailers:key={TRAILER},valueonly)")) + _ENTRY
        out = _git(self.root, "log", f"-{limit}", f"--format={form}", "--", path)
        return [_version(entry) for entry in out.split(_ENTRY) if entry.strip()]

    def text_at(self, path: str, version: str) -> str | None:
        """See ``ContentStore``."""
        if not re.fullmatch(r"[0-9a-f]{40,64}", version):
            raise NavigatorError("Diese Fassung gibt es nicht – wählen Sie eine aus der Liste.")
        try:
            return _git(self.root, "show", f"{version}:./{path}")
        except NavigatorError:
            return None

    def _known(self, path: str) -> bool:
        """Whether git can be told of a file: it is there, or it was."""
        return (self.root / path).exists() or bool(_git(self.root, "ls-files", "--", path))


def _version(entry: str) -> Version:
    commit, who, at, title, release = entry.strip("\n").split(_FIELD)
    number = release.split()[0] if release.strip() else ""
    return Version(commit, title, who, dt.datetime.fromisoformat(at), int(number) if number.isdigit() else None)


def _git(root: Path, *arguments: str) -> str:
    """Run git and return what it prints.

    Raises:
        NavigatorError: If it fails.
    """
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(["git", *_SERVICE, *arguments], cwd=root, env=environment, capture_output=True,
                              timeout=_TIMEOUT, check=True)
    except FileNotFoundError:
        raise NavigatorError("git ist nicht installiert – installieren Sie es oder setzen Sie "
                             "NAVIGATOR_CONTENT_STORE=dateien.") from None
    except subprocess.TimeoutExpired:
        raise NavigatorError("git antwortet nicht – versuchen Sie es noch einmal.") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise NavigatorError(f"git hat die Änderung nicht angenommen ({said[-1][:200] if said else '?'}) – es wurde "
                             "nichts freigegeben; wenden Sie sich an die Technik.") from error
    return done.stdout.decode()
