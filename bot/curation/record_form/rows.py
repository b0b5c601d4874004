"""Entries of lists in a form: added, removed and moved by buttons that send the whole form."""

from __future__ import annotations

from bot.curation.record_form.flat import Flat, join

ADD, REMOVE, UP, DOWN, SOURCE = "neu", "weg", "hoch", "runter", "quelle"
ACTIONS = (ADD, REMOVE, UP, DOWN, SOURCE)



def act(flat: Flat, what: str, name: str) -> str:
    """Do what a button says.

    Args:
        flat: The form; it is changed.
        what: One of ``ACTIONS``.
        name: The list to add to, the entry to move or remove, or the field that gets one more source.

    Returns:
        Name of the field to go on with.
    """
    if what == ADD:
        token = _free(flat, name)
        flat.add(name, token)
        return join(name, token)
    if what == SOURCE:
        flat.add(name, "")
        return name
    place, _, token = name.rpartition(".")
    tokens = flat.popall(place, [])
    if token in tokens:
        _change(tokens, tokens.index(token), what)
    for each in tokens:
        flat.add(place, each)
    return place if what == REMOVE else name


def _change(tokens: list[str], at: int, what: str) -> None:
    if what == REMOVE:
        del tokens[at]
        return
    other = max(at - 1, 0) if what == UP else min(at + 1, len(tokens) - 1)
    tokens[at], tokens[other] = tokens[other], tokens[at]


def _free(flat: Flat, name: str) -> str:
    """A token nobody has had; sources have keys like ``s3`` instead, which stand in the file."""
    used = {key.removeprefix(f"{name}.").split(".")[0] for key in flat if key.startswith(f"{name}.")}
    used |= set(flat.getall(name, []))
    letter = "s" if name.rpartition(".")[2] == "sources" else "n"
    return next(token for token in (f"{letter}{number}" for number in range(1, len(used) + 2)) if token not in used)
