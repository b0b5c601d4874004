"""Prepare styles, fonts and scripts for the browser: ``python -m bot.web.assets``, run at set-up.

Nothing of it is committed. The fonts are cut down to the characters German text needs, so that a page weighs little.
"""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

from bot.errors import NavigatorError

HERE = Path(__file__).parent
KERN = HERE / "node_modules" / "@kern-ux" / "native" / "dist"
BUILT = HERE / "built"
FOLDERS = (BUILT, HERE / "static")
"""Static files that both web applications serve, besides their own."""
HTMX = HERE / "node_modules" / "htmx.org" / "dist" / "htmx.min.js"
FONTS = {"FiraSans-Regular": "fira-sans-400", "FiraSans-SemiBold": "fira-sans-600"}
"""Files of the package and their names with us; text and headings use these two weights."""
CHARACTERS = (
    "U+0020-007E,U+00A0-00FF,U+0152-0153,U+1E9E,U+2010-2014,U+2018-201E,U+2022,U+2026,U+202F,U+2039-203A,U+20AC,"
    "U+2190-2193,U+2212"
)
"""German and its neighbours, typographic marks, euro, arrows."""


def build(kern: Path = KERN, built: Path = BUILT) -> list[Path]:
    """Write ``kern.css``, ``htmx.js`` and the fonts to the folder ``built`` and return what was written.

    Raises:
        NavigatorError: If the npm package is not installed.
    """
    if not (kern / "kern.min.css").is_file() or not HTMX.is_file():
        raise NavigatorError(f"Das Gestaltungspaket fehlt in {kern} – führen Sie „make setup“ aus.")
    shutil.rmtree(built, ignore_errors=True)
    built.mkdir(parents=True)
    shutil.copy(kern / "kern.min.css", built / "kern.css")
    shutil.copy(HTMX, built / "htmx.js")
    for source, name in FONTS.items():
        _subset(kern / "fonts" / "fira-sans" / f"{source}.woff2", built / f"{name}.woff2")
    return sorted(built.iterdir())


def require_built() -> None:
    """Refuse to go on without styles and fonts.

    Raises:
        NavigatorError: If they have not been built.
    """
    if not (BUILT / "htmx.js").is_file():
        raise NavigatorError("Die Gestaltung der Seiten fehlt – führen Sie „make setup“ aus.")


def _subset(source: Path, target: Path) -> None:
    from fontTools.subset import main  # only needed for building

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    main([str(source), f"--unicodes={CHARACTERS}", "--flavor=woff2", "--layout-features=kern,liga,tnum",
          f"--output-file={target}"])


if __name__ == "__main__":
    try:
        build()
    except NavigatorError as error:
        sys.exit(f"[FEHLER] {error}")
