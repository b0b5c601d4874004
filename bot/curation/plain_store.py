"""Content in plain files; what became of them stands in the database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from bot.curation.content_store import Version, read_text, write_texts
from bot.records.releases import Release, ReleaseStore, Texts


class PlainStore:
    """A folder without git. See ``ContentStore``."""

    def __init__(self, root: Path, engine: sa.Engine) -> None:
        self.root = root
        self._releases = ReleaseStore(engine)

    def read(self, path: str) -> str | None:
        """See ``ContentStore``."""
        return read_text(self.root, path)

    def refuse_dirty(self, paths: Sequence[str]) -> None:
        """Without git nobody can tell; a change by hand shows as another base."""

    def write(self, texts: Texts) -> None:
        """See ``ContentStore``."""
        write_texts(self.root, texts)

    def keep(self, release: Release) -> None:
        """The release itself holds the texts."""

    def history(self, path: str, limit: int = 50) -> list[Version]:
        """See ``ContentStore``."""
        return [
            Version(str(each.id), each.title, each.author_title, each.at, each.id)
            for each in self._releases.of_file(path, limit)
        ]

    def text_at(self, path: str, version: str) -> str | None:
        """See ``ContentStore``."""
        return self._releases.get(int(version)).after.get(path)
