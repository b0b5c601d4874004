"""A small folder of content with a catalogue and training data, in git or not, and two people who work on it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from bot.curation.changed_tree import Checker
from bot.curation.content_store import ContentStore, one_writer
from bot.curation.git_store import GitStore
from bot.curation.opening import Curation
from bot.curation.plain_store import PlainStore
from bot.curation.proposals import Person, Proposals
from bot.curation.publish import publisher
from bot.curation.releasing import Releasing
from bot.records.rights import Role, rights_of
from tests.knowledge_base.broken import SAMPLE, TODAY

ANNA = Person("anna", "Anna Muster", rights_of([Role.EDITOR, Role.RELEASER]))
BEN = Person("ben", "Ben Beispiel", rights_of([Role.EDITOR, Role.RELEASER]))
READER = Person("rita", "Rita Leser", rights_of([Role.READER]))
_FOLDER = "knowledge_base/catalogue"


def make_content(root: Path, in_git: bool = False) -> Path:
    """Lay out the content."""
    shutil.copytree(SAMPLE, root / _FOLDER)
    if in_git:
        git(root, "init", "--quiet")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-mAnfang")
    return root


def git(root: Path, *arguments: str) -> str:
    """Run git as a developer."""
    who = ("-c", "user.name=Dora", "-c", "user.email=dora@example.org")
    return subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


def open_content(root: Path, engine: sa.Engine, store: ContentStore | None = None) -> Curation:
    """Open it as a process of its own would."""
    in_git = (root / ".git").exists()
    contents: ContentStore = store or (GitStore(root) if in_git else PlainStore(root, engine))
    checker = Checker(root, lambda: TODAY)
    proposals = Proposals(engine, contents, checker)
    publish = publisher(engine, root, checker)
    return Curation(contents, proposals, Releasing(
        engine, proposals, publish, lambda: one_writer(root.parent / "var")))
