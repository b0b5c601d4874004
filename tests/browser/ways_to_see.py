"""The ways in which people see a page: colours, width, motion, high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from playwright.async_api import Page

HEIGHT = 800


@dataclass(frozen=True)
class Look:
    """One way to see a page."""

    dark: bool = False
    phone: bool = False
    reduced_motion: bool = False
    forced_colors: bool = False

    def __str__(self) -> str:
        words = (("dark", "light")[not self.dark], ("320", "1280")[not self.phone],
                 "reduced-motion" * self.reduced_motion, "forced-colors" * self.forced_colors)
        return "-".join(word for word in words if word)

    @property
    def width(self) -> int:
        """Pixels of the window; 320 is also what 1280 pixels are at 400 % zoom."""
        return 320 if self.phone else 1280

    async def apply(self, page: Page) -> None:
        """Make the page look so."""
        await page.set_viewport_size({"width": self.width, "height": HEIGHT})
        await page.emulate_media(
            color_scheme="dark" if self.dark else "light",
            reduced_motion="reduce" if self.reduced_motion else "no-preference",
            forced_colors="active" if self.forced_colors else "none",
        )


ALL_LOOKS = tuple(Look(*values) for values in product((False, True), repeat=4))
_EVEN = tuple(look for look in ALL_LOOKS
              if (look.dark + look.phone + look.reduced_motion + look.forced_colors) % 2 == 0)


def pairwise(number: int) -> tuple[Look, Look]:
    """Return two opposite looks for the page with this number.

    Every page is seen with both values of everything, and any four pages in a row cover all pairs of values.
    """
    half = _EVEN[: len(_EVEN) // 2]
    look = half[number % len(half)]
    return look, Look(not look.dark, not look.phone, not look.reduced_motion, not look.forced_colors)
