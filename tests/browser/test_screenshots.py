"""The pictures of the documentation are there and small; ``make screenshots`` makes them."""

from __future__ import annotations

from PIL import Image

from tests.browser.screenshots import FOLDER, MOST_BYTES, PICTURES
from tests.browser.workbench_screenshots import PAGES


def test_every_picture_is_there_and_small() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == {picture.name for picture in PICTURES} | set(PAGES)
    assert all((FOLDER / f"{name}.png").stat().st_size <= MOST_BYTES for name in PAGES)
    for picture in PICTURES:
        file = FOLDER / f"{picture.name}.png"
        assert file.stat().st_size <= MOST_BYTES, file
        with Image.open(file) as image:
            assert picture.width - 20 <= image.width <= picture.width, "a window, perhaps without its scroll bar"
