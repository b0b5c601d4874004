"""How long the choice of the next question takes, with today's catalogue and with a generated one.

Usage: ``python -m benchmarks.bench_next_question [--programmes 5000]``. Prints a table; is no test.
"""

from __future__ import annotations

import argparse
import tempfile
import time

from benchmarks.bench_catalogue import CATALOGUE, PLACES, QUESTIONS, SHARE_OF_PROGRAMMES, TODAY, generated, profile_of
from bot.database import Base, open_engine
from knowledge_base import queries
from knowledge_base.build import build
from knowledge_base.chances import Chances
from knowledge_base.content import Catalogue
from knowledge_base.loader import load_catalogue
from knowledge_base.next_question import next_fact
from knowledge_base.recognise.recogniser import Recogniser
from knowledge_base.store import KnowledgeStore

LOOKED_AT = 10
"""Hits that the dialogue hands over."""


def milliseconds(store: KnowledgeStore, recogniser: Recogniser, rounds: int) -> tuple[list[float], int]:
    """Processor time of every choice, sorted, and how many of them led to a question."""
    directory = queries.directory(store)
    taken, asked = [], 0
    for text in QUESTIONS:
        for place in PLACES:
            profile = profile_of(recogniser, text, place)
            hits = queries.find_programmes(store, profile, text, TODAY, LOOKED_AT).hits
            candidates = [(hit.programme, hit.score) for hit in hits]
            for _ in range(rounds):
                start = time.process_time()
                fact = next_fact(candidates, Chances(profile, TODAY, directory), ())
                taken.append((time.process_time() - start) * 1e3)
            asked += fact is not None
    return sorted(taken), asked


def run(name: str, catalogue: Catalogue, recogniser: Recogniser, rounds: int) -> None:
    """Build one catalogue, choose, print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/bench.db")
        Base.metadata.create_all(engine)
        build(engine, catalogue, name)
        values, asked = milliseconds(KnowledgeStore(engine), recogniser, rounds)
        p50, p95 = values[len(values) // 2], values[int(len(values) * 0.95)]
        print(f"{name:<12}{len(catalogue.programmes):>12}{asked:>10}{p50:>10.2f}{p95:>10.2f}{values[-1]:>10.2f}")
        engine.dispose()


def main() -> None:
    """Measure today's catalogue and a generated one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programmes", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    real = load_catalogue(CATALOGUE)
    recogniser = Recogniser(real)
    print(f"{'catalogue':<12}{'programmes':>12}{'asked':>10}{'p50 ms':>10}{'p95 ms':>10}{'max ms':>10}")
    run("today", real, recogniser, options.rounds)
    run("generated", generated(real, int(options.programmes / SHARE_OF_PROGRAMMES)), recogniser, options.rounds)


if __name__ == "__main__":
    main()
