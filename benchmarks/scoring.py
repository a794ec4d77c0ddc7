"""How long scoring takes: `python -m benchmarks.scoring`.

A whole sitting is the nine strong sample answers of a scenario. "Once loaded" means that library, scorer and compiled
criteria are in memory; the yardstick beside it is what the machine needs to count to a million at the same time. The
table shows how the time grows with the words of one answer and with the criteria it is held against; it is made of the
best times, which a busy machine disturbs least.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.matching.text import read_text
from mlsd_coach.models import Level, Scenario, StagePlan
from mlsd_coach.scoring import Scorer

SITTING_BOUND = 100.0
"""Milliseconds for a whole sitting once loaded."""
ANSWER_BOUND = 20.0
"""Milliseconds for one answer of 400 words against 15 criteria, once loaded."""
WORDS = (100, 200, 400, 800, 1600)
CRITERIA = (5, 10, 15, 30)
LEVEL = Level.SENIOR


def main() -> int:
    """Measure and print; the figures are for reading, the exit code is always 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--model", type=Path, help="folder of a sentence-transformers model to compare with")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    began = time.perf_counter()
    library = Library([builtin_root()])
    scenarios = [library.scenario(head.id) for head in library.heads()]
    print(f"{'content read from YAML, without the cache':43} {_since(began):8.1f} ms")
    began = time.perf_counter()
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    print(f"{'scorer made':43} {_since(began):8.1f} ms\n")
    print(
        f"{'a whole sitting, nine strong samples':36} {'compiling':>11} {'once loaded':>11} {'yardstick':>11}    ratio"
    )
    for scenario in scenarios:
        print(sitting_line(scorer, scenario, rounds))
    print()
    print_growth(scorer, scenarios[0], rounds)
    if arguments.model:
        print_embeddings(arguments.model, scorer, scenarios[0], rounds)
    print(f"\n{rounds} rounds, of which once loaded is the median.", end=" ")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors.")
    return 0


def sitting_line(scorer: Scorer, scenario: Scenario, rounds: int) -> str:
    """Return the line of one scenario: the mid samples, with which its criteria are compiled, then the strong ones."""
    mid = {stage.id: stage.samples.mid for stage in scenario.stages}
    strong = {stage.id: stage.samples.strong for stage in scenario.stages}
    words = sum(len(text.split()) for text in strong.values())
    first = milliseconds(lambda: scorer.score(scenario, mid, level=LEVEL))
    pairs = [
        (milliseconds(lambda: scorer.score(scenario, strong, level=LEVEL)), milliseconds(count_to_a_million))
        for _ in range(rounds)
    ]
    wall, yard = (median(column) for column in zip(*pairs, strict=True))
    verdict = "holds" if wall < SITTING_BOUND else "DOES NOT HOLD"
    figures = f"{first:8.1f} ms {wall:8.1f} ms {yard:8.1f} ms {wall / yard:8.2f}x"
    return f"{f'{scenario.id}, {words} words':36} {figures}   bound {SITTING_BOUND:.0f} ms: {verdict}"


def count_to_a_million() -> int:
    """Do a fixed piece of work in plain Python: the yardstick for a machine that is slow or busy."""
    count = 0
    while count < 1_000_000:
        count += 1
    return count


def print_growth(scorer: Scorer, scenario: Scenario, rounds: int) -> None:
    """Print milliseconds by words and criteria, and what a word costs in microseconds."""
    walls = measure_growth(scorer, scenario, rounds)
    print(f"{'one answer, ms once loaded':26}" + "".join(f"{count:>5} criteria" for count in CRITERIA))
    for words in WORDS:
        print(f"{words:20} words" + "".join(f"{walls[words, count]:14.2f}" for count in CRITERIA))
    verdict = "holds" if walls[400, 15] <= ANSWER_BOUND else "DOES NOT HOLD"
    print(f"400 words against 15 criteria: {walls[400, 15]:.1f} ms   bound {ANSWER_BOUND:.0f} ms: {verdict}")
    print("\nthe same, µs a word")
    for words in WORDS:
        print(f"{words:20} words" + "".join(f"{walls[words, count] * 1000 / words:14.1f}" for count in CRITERIA))


def measure_growth(scorer: Scorer, scenario: Scenario, rounds: int) -> dict[tuple[int, int], float]:
    """Return the best milliseconds by (words, criteria); each round measures all of them once."""
    answers = {words: answer_of(scenario, words) for words in WORDS}
    plans = {count: stage_with(scenario, count) for count in CRITERIA}
    singles = {
        count: replace(scenario, id=f"{scenario.id} with {count} criteria", stages=(plan,))
        for count, plan in plans.items()
    }
    best = {(words, count): float("inf") for words in WORDS for count in CRITERIA}
    for _ in range(rounds + 1):  # the first compiles
        for words, count in best:
            began = time.perf_counter()
            scorer.score_stage(singles[count], plans[count].id, answers[words], level=LEVEL)
            best[words, count] = min(best[words, count], _since(began))
    return best


def print_embeddings(folder: Path, scorer: Scorer, scenario: Scenario, rounds: int) -> None:
    """Print how long sentence embeddings take for the 15 pairs of one answer of 400 words, beside the scorer."""
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]

    model: Any = SentenceTransformer(str(folder))
    plan = stage_with(scenario, 15)
    single = replace(scenario, id=f"{scenario.id} beside embeddings", stages=(plan,))
    answer = answer_of(scenario, 400)
    text = read_text(answer)
    sentences = [answer[segment.start : segment.end] for segment in text.segments]
    statements = [criterion.statement for criterion in plan.criteria]

    def by_pair() -> None:
        for statement in statements:
            vectors = model.encode([statement, *sentences], normalize_embeddings=True)
            (vectors[1:] @ vectors[0]).max()

    def at_once() -> None:
        vectors = model.encode([*statements, *sentences], normalize_embeddings=True)
        (vectors[15:] @ vectors[:15].T).max(axis=0)

    def ours() -> None:
        scorer.score_stage(single, plan.id, answer, level=LEVEL)

    for work in (ours, by_pair, at_once):
        work()
    walls = {work: min(milliseconds(work) for _ in range(max(2, rounds // 5))) for work in (ours, by_pair, at_once)}
    print(f"\nthe same 15 pairs by sentence embeddings ({len(sentences)} sentences)")
    for title, work in (("each pair by itself", by_pair), ("each sentence once", at_once)):
        print(f"{title:26}{walls[work]:10.1f} ms, {walls[work] / walls[ours]:6.1f} times the scorer's")


def stage_with(scenario: Scenario, criteria: int) -> StagePlan:
    """Return the first stage with so many criteria, taken in turn from all stages."""
    columns = [stage.criteria for stage in scenario.stages]
    longest = max(len(column) for column in columns)
    mixed = [column[row] for row in range(longest) for column in columns if row < len(column)]
    return replace(scenario.stages[0], criteria=tuple(mixed[:criteria]), hints=(), follow_ups=())


def answer_of(scenario: Scenario, words: int) -> str:
    """Return so many words of the strong samples, one stage after another, from the start again when they end."""
    text = [word for stage in scenario.stages for word in stage.samples.strong.split()]
    return " ".join(islice(cycle(text), words))


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    began = time.perf_counter()
    work()
    return _since(began)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
