"""Options become buttons below the message. What a button sends is only the token of its option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from channels.messenger.contract import Option

LONGEST_TITLE = 60
"""A phone shows about half of it in one line."""
ROW = 28
"""So many characters fit side by side on a phone."""
CHOSEN = "✓ "


def keyboard(options: Sequence[Option]) -> InlineKeyboardMarkup | None:
    """Return the buttons in their order, short ones side by side; ``None`` without options."""
    buttons = [InlineKeyboardButton(short(option.title), callback_data=option.token) for option in options]
    return InlineKeyboardMarkup(list(_rows(buttons))) if buttons else None


def mark_chosen(shown: InlineKeyboardMarkup, token: str) -> InlineKeyboardMarkup | None:
    """Return the buttons with a tick at the chosen one, so that the conversation can be read later.

    Args:
        shown: The buttons as they are; they stay and may be pressed again.
        token: Of the chosen option.

    Returns:
        ``None`` if nothing is to be changed.
    """
    rows = [[_marked(button) if button.callback_data == token else button for button in row]
            for row in shown.inline_keyboard]
    marked = InlineKeyboardMarkup(rows)
    return marked if marked != shown else None


def short(title: str) -> str:
    """Return the title, cut at the end of a word if it is too long."""
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[: LONGEST_TITLE - 1]
    return (cut.rsplit(" ", 1)[0] or cut).rstrip(" ,;:–-") + "…"


def _rows(buttons: Sequence[InlineKeyboardButton]) -> Iterator[list[InlineKeyboardButton]]:
    row: list[InlineKeyboardButton] = []
    for button in buttons:
        if row and sum(len(other.text) for other in [*row, button]) + 4 * len(row) > ROW:
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def _marked(button: InlineKeyboardButton) -> InlineKeyboardButton:
    text = button.text if button.text.startswith(CHOSEN) else CHOSEN + button.text
    return InlineKeyboardButton(text, callback_data=button.callback_data)
