"""How fast are the queries with today's catalogue and with a generated one of 100,000 records?

Usage: ``python benchmarks/bench_catalogue.py [--records 100000]``. Prints a table; is no test.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bot.database import Base, open_engine
from knowledge_base import queries
from knowledge_base.build import build
from knowledge_base.content import Catalogue
from knowledge_base.finding.desk import desk
from knowledge_base.loader import load_catalogue
from knowledge_base.profile import Profile
from knowledge_base.recognise.recogniser import Recogniser
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme
from knowledge_base.store import KnowledgeStore

CATALOGUE = Path(__file__).parents[1] / "knowledge_base" / "catalogue"
TODAY = dt.date(2026, 11, 22)
PLACES = ("hagen", "aachen", "witten", "luedenscheid", "maerkischer-kreis", None)
QUESTIONS = (
    "wir sind zwölf leute und wollen ki einführen, gibt es dafür geld",
    "mein bruder findet keine lehrstelle", "zuschuss für den meisterkurs", "weiterbidlung neben dem beruf bezahlen",
    "hacker haben unsere bäckerei lahmgelegt, wer berät uns", "kredit für eine neue maschine ohne hausbank",
    "nach der elternzeit wieder arbeiten", "diplom aus dem ausland anerkennen lassen",
    "förderung", "digitalisierung beratung unternehmen", "azubi zieht von zuhause aus, wer hilft bei der miete",
    "wer zahlt die lehrgangskosten wenn mein chef mich auf elektromobilität umschult",
)
SYLLABLES = ("bar", "den", "fel", "gos", "hum", "kir", "lan", "mor", "nep", "ost", "pul", "rin", "sam", "tor", "wes")
SHARE_OF_PROGRAMMES = 0.7


def generated(real: Catalogue, records: int, seed: int = 7) -> Catalogue:
    """Mix the real records into many: other areas, other search phrases, and names of invented words."""
    chance = random.Random(seed)
    gemeinden = [g.id for kreis in real.places.kreise for g in kreis.gemeinden]
    kreise = [kreis.id for kreis in real.places.kreise]

    def area() -> list[str]:
        return chance.choice([["nrw"], ["deutschland"], [chance.choice(kreise)], [chance.choice(gemeinden)]])

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))

    programmes, contacts = list(real.programmes.values()), list(real.contacts.values())
    many: dict[str, Programme] = dict(real.programmes)
    while len(many) < records * SHARE_OF_PROGRAMMES:
        base, other, name = chance.choice(programmes), chance.choice(programmes), word()
        key = f"{name}-{len(many)}"
        many[key] = base.model_copy(update={
            "id": key, "name": f"{name.title()} {word().title()}", "aliases": [word()], "area": area(),
            "search_phrases": [*chance.sample(other.search_phrases, min(3, len(other.search_phrases))), word()],
            "topics": other.topics, "successor": None})
    offices: dict[str, Contact] = dict(real.contacts)
    while len(many) + len(offices) < records:
        base_contact, name = chance.choice(contacts), word()
        key = f"{name}-{len(offices)}"
        offices[key] = base_contact.model_copy(update={
            "id": key, "name": name.title(), "aliases": [], "area": area()})
    return Catalogue(programmes=dict(sorted(many.items())), contacts=dict(sorted(offices.items())),
                     places=real.places, events=real.events, terms=real.terms, vocabulary=real.vocabulary,
                     confusable=real.confusable, networks=real.networks)


def timed(work: Callable[[], Any]) -> float:
    """Seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def profile_of(recogniser: Recogniser, text: str, place: str | None) -> Profile:
    """The profile that the words of a question make."""
    known: dict[str, list[Any]] = {}
    for mention in recogniser.find(text):
        known.setdefault(mention.entity, []).append(mention.value)
    return Profile(topics=tuple(dict.fromkeys(known.get("topic", ()))), place=place,
                   audience=next(iter(known.get("audience", ())), None),
                   purposes=tuple(dict.fromkeys(known.get("purpose", ()))))


def latencies(store: KnowledgeStore, recogniser: Recogniser, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every query, sorted."""
    cases = [(text, profile_of(recogniser, text, place)) for text in QUESTIONS for place in PLACES]
    kinds: dict[str, Callable[[str, Profile], Any]] = {
        "find_programmes": lambda text, profile: queries.find_programmes(store, profile, text, TODAY),
        "find_contacts": lambda text, profile: queries.find_contacts(
            store, profile.place, profile.topics, profile.audience, None, text),
        "search_text": lambda text, profile: queries.search_text(store, text, ["programme", "contact", "term"]),
    }
    measured = {}
    for name, query in kinds.items():
        for text, profile in cases:
            query(text, profile)
        measured[name] = sorted(timed(partial(query, *case)) * 1e3 for _ in range(rounds) for case in cases)
    return measured


def run(name: str, catalogue: Catalogue, rounds: int) -> None:
    """Build, load and ask one catalogue; print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/bench.db")
        Base.metadata.create_all(engine)
        built = timed(lambda: build(engine, catalogue, name))
        store = KnowledgeStore(engine)
        loaded = timed(store.catalogue)
        set_up = timed(lambda: desk(store))
        print(f"\n{name}: {len(catalogue.programmes)} programmes, {len(catalogue.contacts)} contacts; "
              f"build {built:.1f} s, load {loaded:.1f} s, set-up {set_up:.2f} s")
        print(f"{'query':<18}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
        for query, values in latencies(store, Recogniser(load_catalogue(CATALOGUE)), rounds).items():
            p50, p95 = values[len(values) // 2], values[int(len(values) * 0.95)]
            print(f"{query:<18}{p50:>9.2f}{p95:>9.2f}{values[-1]:>9.2f}")
        engine.dispose()


def main() -> None:
    """Measure today's catalogue and a generated one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    real = load_catalogue(CATALOGUE)
    run("today", real, options.rounds)
    run("generated", generated(real, options.records), options.rounds)


if __name__ == "__main__":
    main()
