"""What a template needs to show a form: the fields with their words, values, choices and faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.curation.record_form import words
from bot.curation.record_form.choices import Choice, Choices
from bot.curation.record_form.flat import Flat, join
from bot.curation.record_form.shape import Look, Shape

_TITLES = ("what", "text", "title", "name", "value")
_LONGEST = 90


@dataclass(frozen=True)
class Node:
    """One field."""

    look: str
    name: str
    label: str
    help: str = ""
    required: bool = False
    values: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    choices_name: str = ""
    """The list of suggestions that stands once on the page."""
    parts: Sequence[Node] = ()
    faults: Sequence[str] = ()
    one: str = ""
    """What one more entry is called."""
    title: str = ""
    """Of an entry of a list: what it says."""

    @property
    def id(self) -> str:
        """Id within the page."""
        return self.name.replace(".", "-")

    @property
    def value(self) -> str:
        """The only value."""
        return self.values[0] if self.values else ""

    @property
    def has_faults(self) -> bool:
        """Whether something is wrong here or below."""
        return bool(self.faults) or any(part.has_faults for part in self.parts)


@dataclass(frozen=True)
class Section:
    """A part of the form."""

    title: str
    nodes: Sequence[Node]

    @property
    def has_faults(self) -> bool:
        """Whether something is wrong in it."""
        return any(node.has_faults for node in self.nodes)


def called(sections: Sequence[Section]) -> dict[str, str]:
    """Return how every field of a form is called, with what it belongs to: „Kurz gesagt › Satz“."""
    names: dict[str, str] = {}

    def add(node: Node, around: str) -> None:
        label = " › ".join(each for each in (around, node.title or node.label) if each)
        names[node.name] = label
        for part in node.parts:
            add(part, label)

    for section in sections:
        for node in section.nodes:
            add(node, "")
    return names


@dataclass
class Builder:
    """Makes the nodes of one form."""

    flat: Flat
    choices: Choices
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Name of a field → what is wrong with it."""

    def sections(self, shape: Shape, fixed: Sequence[str] = ()) -> list[Section]:
        """Return the whole form without the fields that are fixed."""
        return [
            Section(title, [self.node(shape.parts[name], name) for name in names if name not in fixed])
            for title, names in words.SECTIONS[shape.key]]

    def node(self, shape: Shape, name: str) -> Node:
        """Return one field with everything below it."""
        values: Sequence[str] = self.flat.getall(name, [])
        parts: Sequence[Node] = ()
        if shape.look is Look.GROUP:
            parts = [self.node(part, join(name, key)) for key, part in shape.parts.items()]
        elif shape.look in (Look.LIST, Look.TABLE):
            assert shape.item
            parts = [self.node(shape.item, join(name, token)) for token in values]
        look, choices = self._choices(shape, name)
        return Node(
            look.value, name, words.label(shape.key), words.help_for(shape.key), shape.required, values, choices,
            shape.choices if look in (Look.REF, Look.REFS) else "", parts, list(self.faults.get(name, ())),
            words.one_more(shape.key), self.title(shape, name) if shape.key.endswith(".item") else "")

    def _choices(self, shape: Shape, name: str) -> tuple[Look, Sequence[Choice]]:
        if shape.look is Look.SOURCE:
            return shape.look, [(key, f"{key}: {self.flat.get(f'sources.{key}.title', '')}")
                                for key in self.flat.getall("sources", [])]
        if shape.look is Look.FACT:
            return Look.CHOICE, self.choices.of("facts")
        if shape.look is Look.TRISTATE:
            return Look.CHOICE, self.choices.of("bool")
        if shape.look is Look.VALUE:
            rule = name.rpartition(".")[0]
            choices = self.choices.of_fact(self.flat.get(join(rule, "fact"), ""))
            several = self.flat.get(join(rule, "op")) in ("in", "not_in")
            look = Look.LINE if not choices else Look.CHOICES if several else Look.CHOICE
            return look, self._with_own(choices, name) if choices else ()
        if shape.look in (Look.CHOICE, Look.CHOICES):
            return shape.look, self._with_own(self.choices.of(shape.choices), name)
        return shape.look, ()

    def _with_own(self, choices: Sequence[Choice], name: str) -> Sequence[Choice]:
        """What stands there can always be kept, also if nobody offers it any more."""
        known = {value for value, _ in choices}
        return [*choices, *((each, each) for each in self.flat.getall(name, []) if each and each not in known)]

    def title(self, shape: Shape, name: str) -> str:
        """Return what an entry of a list says, in one line."""
        if "fact" in shape.parts:
            return self.rule(name)
        if shape.look is Look.LIST:
            return " und ".join(self.rule(join(name, token)) for token in self.flat.getall(name, []))
        text = next((self.flat.get(join(name, key), "") for key in _TITLES if self.flat.get(join(name, key))), "")
        return " ".join(text.split()) if len(text) <= _LONGEST else " ".join(text[:_LONGEST].split()) + "…"

    def rule(self, name: str) -> str:
        """Return a rule as people read it: „Zahl der Beschäftigten · höchstens · 249“."""
        fact = self.flat.get(join(name, "fact"), "")
        given = [each for each in self.flat.getall(join(name, "value"), []) if each]
        values = [self.choices.label(f"fact.{fact}", each) for each in given]
        said = [self.choices.label("facts", fact), self.choices.label("Op", self.flat.get(join(name, "op"), "")),
                " oder ".join(values)]
        return " · ".join(each for each in said if each)
