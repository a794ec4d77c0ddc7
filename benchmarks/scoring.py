"""How long scoring takes: `python -m benchmarks.scoring`.

A whole sitting is the nine strong sample answers of a scenario. "Once loaded" means that library, scorer and compiled
criteria are in memory. The table shows how the time grows with the words of one answer and with the criteria it is
held against; it is made of the best times, which a busy machine disturbs least.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from statistics import median

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import Level, Scenario, StagePlan
from mlsd_coach.scoring import Scorer

SITTING_BOUND = 100.0
"""Milliseconds for a whole sitting once loaded."""
WORDS = (100, 200, 400, 800, 1600)
CRITERIA = (5, 10, 15, 30)
LEVEL = Level.SENIOR


def main() -> int:
    """Measure and print; the figures are for reading, the exit code is always 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    began = time.perf_counter()
    library = Library([builtin_root()])
    scenarios = [library.scenario(head.id) for head in library.heads()]
    print(f"{'content read from YAML, without the cache':43} {_since(began):8.1f} ms")
    began = time.perf_counter()
    scorer = Scorer(library.lexicon(), library.levels())
    print(f"{'scorer made':43} {_since(began):8.1f} ms\n")
    print(f"{'a whole sitting, nine strong samples':36} {'compiling':>11} {'once loaded':>11} {'best':>11}")
    for scenario in scenarios:
        print(sitting_line(scorer, scenario, rounds))
    print()
    print_growth(scorer, scenarios[0], rounds)
    print(f"\n{rounds} rounds, of which once loaded is the median.", end=" ")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors.")
    return 0


def sitting_line(scorer: Scorer, scenario: Scenario, rounds: int) -> str:
    """Return the line of one scenario: the mid samples, with which its criteria are compiled, then the strong ones."""
    mid = {stage.id: stage.samples.mid for stage in scenario.stages}
    strong = {stage.id: stage.samples.strong for stage in scenario.stages}
    words = sum(len(text.split()) for text in strong.values())
    first = milliseconds(lambda: scorer.score(scenario, mid, level=LEVEL))
    walls = [milliseconds(lambda: scorer.score(scenario, strong, level=LEVEL)) for _ in range(rounds)]
    verdict = "holds" if median(walls) < SITTING_BOUND else "DOES NOT HOLD"
    figures = f"{first:8.1f} ms {median(walls):8.1f} ms {min(walls):8.1f} ms"
    return f"{f'{scenario.id}, {words} words':36} {figures}   bound {SITTING_BOUND:.0f} ms: {verdict}"


def print_growth(scorer: Scorer, scenario: Scenario, rounds: int) -> None:
    """Print milliseconds by words and criteria, and what a word costs for each criterion in microseconds."""
    print(f"{'one answer, ms once loaded':26}" + "".join(f"{count:>5} criteria" for count in CRITERIA))
    rows = {words: [growth(scorer, scenario, words, count, rounds) for count in CRITERIA] for words in WORDS}
    for words, walls in rows.items():
        print(f"{words:20} words" + "".join(f"{wall:14.2f}" for wall in walls))
    print("\nthe same, µs a word")
    for words, walls in rows.items():
        print(f"{words:20} words" + "".join(f"{wall * 1000 / words:14.1f}" for wall in walls))


def growth(scorer: Scorer, scenario: Scenario, words: int, criteria: int, rounds: int) -> float:
    """Return the best milliseconds for an answer of so many words against so many criteria."""
    plan = stage_with(scenario, criteria)
    single = replace(scenario, id=f"{scenario.id} with {criteria} criteria", stages=(plan,))
    answer = answer_of(scenario, words)
    scorer.score_stage(single, plan.id, answer, level=LEVEL)
    return min(milliseconds(lambda: scorer.score_stage(single, plan.id, answer, level=LEVEL)) for _ in range(rounds))


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
