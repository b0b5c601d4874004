"""Changes of the training data as edits of files: add, change, take out, move and merge sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.curation.checks.personal_data import kinds_in
from bot.curation.corpus import Corpus, Located, Place, key_of
from bot.curation.edits import AddItem, AddLine, Edit, RemoveFile, RemoveLine, RemoveValue, SetValue
from bot.errors import NavigatorError
from bot.records.masking import MASK
from bot.settings import REPOSITORY
from knowledge_base.content import Loc

LONGEST = 500
MOST = 1_500
"""So many sentences in one step."""
MOST_MEASURING = 100
"""So many held-out ones: each is put into its list by itself, so that nobody else's change is lost."""
EXAMPLES: Loc = ("nlu", 0, "examples")
SENTENCES: Loc = ("sentences",)
REGISTRY, DOMAIN, RULES = "nlu_data/registry.yml", "domain.yml", "nlu_data/dialogue/rules.yml"
_CODE = ("actions", "bot", "channels", "config.yml", "nlu_data/buttons.yml")
"""Where an intent is called by its name, so that one cannot do without it."""


@dataclass(frozen=True)
class Refused:
    """A sentence that cannot be added, and why."""

    text: str
    why: str


def plain(text: str) -> str:
    """Return a sentence on one line and without brackets, by which Rasa marks what is named."""
    return " ".join(re.sub(r"[\[\]{}]", " ", text).split())


def lines_of(text: str) -> list[str]:
    """Return the sentences of a field with one per line."""
    return [cleaned for line in text.splitlines() if (cleaned := plain(line))]


def refused(corpus: Corpus, texts: Sequence[str], leaving: Sequence[Located] = ()) -> list[Refused]:
    """Return the sentences that cannot be added.

    Args:
        corpus: All sentences.
        texts: New ones.
        leaving: Sentences that leave their place in the same step.
    """
    gone, seen, found = {each.sentence.key for each in leaving}, set[str](), []
    for text in texts:
        key = key_of(text)
        why = "Er steht hier zweimal." if key in seen else _why_not(corpus, text, key, gone)
        seen.add(key)
        if why:
            found.append(Refused(text, why))
    return found


def added(corpus: Corpus, intent: str, texts: Sequence[str], *, measures: bool) -> list[Edit]:
    """Return the edits that add sentences to an intent.

    Raises:
        NavigatorError: If one of them cannot be added.
    """
    refuse(refused(corpus, texts))
    return list(put(corpus, Place(intent, measures), [(text, None) for text in texts]))


def removed(corpus: Corpus, sentences: Sequence[Located]) -> list[Edit]:
    """Return the edits that take sentences out."""
    _require(sentences)
    return list(take_out(corpus, sentences))


def moved(corpus: Corpus, sentences: Sequence[Located], intent: str) -> list[Edit]:
    """Return the edits that move sentences to another intent; those that measure go on measuring."""
    _require(sentences)
    if any(each.place.intent == intent for each in sentences):
        raise NavigatorError("Die Sätze stehen schon bei dieser Absicht – wählen Sie eine andere.")
    return [*take_out(corpus, sentences), *_arrive(corpus, sentences, intent)]


def changed(corpus: Corpus, located: Located, text: str) -> list[Edit]:
    """Return the edits that give a sentence other words; what somebody read in it stays."""
    text = plain(text)
    if text == located.sentence.text:
        raise NavigatorError("Es ist nichts geändert – ändern Sie den Satz und speichern Sie dann.")
    refuse(refused(corpus, [text], [located]))
    if located.place.measures:
        return [SetValue(path=located.sentence.path, at=(*SENTENCES, _number(corpus, located)),
                         value=held_out_item(text, located.sentence.entities))]
    path = located.sentence.path
    return [RemoveLine(path=path, at=EXAMPLES, line=f"- {located.sentence.text}"),
            AddLine(path=path, at=EXAMPLES, line=f"- {text}")]


def annotated(corpus: Corpus, located: Located, entities: Mapping[str, Any] | None) -> list[Edit]:
    """Return the edit that says what a held-out sentence names; ``None``: nobody has read it for that."""
    wanted = None if entities is None else dict(entities)
    if wanted == located.sentence.entities:
        raise NavigatorError("Es ist nichts geändert – wählen Sie Wörter aus und sagen Sie, was sie nennen.")
    return [SetValue(path=located.sentence.path, at=(*SENTENCES, _number(corpus, located)),
                     value=held_out_item(located.sentence.text, wanted))]


def merged(corpus: Corpus, source: str, target: str) -> list[Edit]:
    """Return the edits that put all sentences of an intent to another and give the intent up.

    Raises:
        NavigatorError: If something else needs the intent.
    """
    if source == target:
        raise NavigatorError("Das ist dieselbe Absicht – wählen Sie eine andere.")
    if used := used_in(source):
        raise NavigatorError(f"„{corpus.title(source)}“ wird noch gebraucht, in {', '.join(used)}. Verschieben Sie "
                             "nur Sätze, oder sprechen Sie mit der Technik.")
    sentences = [*corpus.sentences(source, measures=False), *corpus.sentences(source, measures=True)]
    _require(sentences)
    files = [RemoveFile(path=path) for path in dict.fromkeys(each.sentence.path for each in sentences)]
    return [*_arrive(corpus, sentences, target), *files, *_given_up(corpus, source)]


def used_in(intent: str) -> list[str]:
    """Return the files of the program that call an intent by its name."""
    word = re.compile(rf"(?<![\w]){re.escape(intent)}(?![\w])")
    found = []
    for name in _CODE:
        place = REPOSITORY / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if word.search(file.read_text(encoding="utf-8")):
                found.append(file.relative_to(REPOSITORY).as_posix())
    return found[:3]


def _why_not(corpus: Corpus, text: str, key: str, gone: set[str]) -> str:
    if not key or len(text) > LONGEST:
        return f"Er ist leer oder länger als {LONGEST} Zeichen."
    if MASK in text:
        return f"Hier wurde etwas Persönliches gestrichen – ersetzen Sie {MASK}."
    if kinds := kinds_in(text):
        return f"Er enthält eine {kinds[0]} – nehmen Sie etwas Allgemeines."
    stands = None if key in gone else corpus.place(text)
    if stands:
        return f"Er {'misst' if stands.measures else 'steht'} schon bei „{corpus.title(stands.intent)}“."
    return "Er dient nur der Messung von außen." if corpus.only_measures(text) else ""


def refuse(found: Sequence[Refused]) -> None:
    """Make sure that every sentence can be added.

    Raises:
        NavigatorError: If not; it says which and why.
    """
    if found:
        more = f" Dazu {len(found) - 3} weitere." if len(found) > 3 else ""
        raise NavigatorError(" ".join(f"„{each.text[:120]}“: {each.why}" for each in found[:3]) + more)


def _require(sentences: Sequence[Located]) -> None:
    if not sentences:
        raise NavigatorError("Es ist kein Satz ausgewählt – haken Sie mindestens einen an.")
    if len(sentences) > MOST:
        raise NavigatorError(f"Das sind mehr als {MOST} Sätze auf einmal – nehmen Sie sie in Teilen.")


def take_out(corpus: Corpus, sentences: Sequence[Located]) -> Iterator[Edit]:
    """Take sentences out of their files: one edit per file of training, the last held-out ones first."""
    lines: dict[str, list[str]] = {}
    for each in sentences:
        if not each.place.measures:
            lines.setdefault(each.sentence.path, []).append(f"- {each.sentence.text}")
    for path, taken in lines.items():
        yield RemoveLine(path=path, at=EXAMPLES, line="\n".join(taken))
    measuring = [(_number(corpus, each), each) for each in sentences if each.place.measures]
    for number, each in sorted(measuring, key=lambda pair: -pair[0]):
        yield RemoveValue(path=each.sentence.path, at=(*SENTENCES, number))


def _arrive(corpus: Corpus, sentences: Sequence[Located], intent: str) -> Iterator[Edit]:
    for measures in (False, True):
        found = [each.sentence for each in sentences if each.place.measures is measures]
        if found:
            yield from put(corpus, Place(intent, measures), [(each.text, each.entities) for each in found])


def put(corpus: Corpus, place: Place, sentences: Sequence[tuple[str, dict[str, Any] | None]]) -> Iterator[Edit]:
    """Put sentences that were checked behind those of a place, each with what somebody read in it."""
    path = corpus.file(place.intent, measures=place.measures)
    if place.measures and len(sentences) > MOST_MEASURING:
        raise NavigatorError(f"Das sind mehr als {MOST_MEASURING} Prüfsätze auf einmal – nehmen Sie sie in Teilen.")
    if place.measures:
        yield from (AddItem(path=path, at=SENTENCES, value=held_out_item(*each)) for each in sentences)
    else:
        yield AddLine(path=path, at=EXAMPLES, line="\n".join(f"- {text}" for text, _ in sentences))


def held_out_item(text: str, entities: dict[str, Any] | None) -> Any:
    """Return a held-out sentence as it stands in its file."""
    return text if entities is None else {"text": text, "entities": entities}


def _number(corpus: Corpus, located: Located) -> int:
    """The place of a held-out sentence in its list."""
    keys = [each.key for each in corpus.data.held_out[located.place.intent]]
    return keys.index(located.sentence.key)


def _given_up(corpus: Corpus, intent: str) -> Iterator[Edit]:
    """Take an intent out of registry, domain and rules, and its text if nobody else says it."""
    data = corpus.data
    yield RemoveValue(path=REGISTRY, at=("intents", intent))
    named = [next(iter(each)) if isinstance(each, dict) else each for each in data.domain.get("intents") or []]
    if intent in named:
        yield RemoveValue(path=DOMAIN, at=("intents", named.index(intent)))
    if intent in data.rules:
        yield RemoveValue(path=RULES, at=("rules", list(data.rules).index(intent)))
    answer = str(data.registry[intent].get("answer"))
    alone = not any(entry.get("answer") == answer for name, entry in data.registry.items() if name != intent)
    if alone and answer in data.responses:
        yield RemoveValue(path=data.response_paths[answer], at=("responses", answer))
