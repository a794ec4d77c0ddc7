"""Where the evidence rules fall short of the ways of saying it: `python -m benchmarks.mine [STAGE] [--criterion ID]`.

For each criterion: the ways on which its rule is silent, the near misses on which it fires, and words to think about:
those of the silent ways that tell this criterion from the others of its stage and stand in no phrase of its rule. It
proposes and changes nothing; a word that fits only the sentence it came from is worth nothing.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.matching.rules import find_hits
from mlsd_coach.matching.similarity import FUNCTION_WORDS
from mlsd_coach.matching.words import fold, split_words, stem
from mlsd_coach.models import STAGES, Scenario
from mlsd_coach.scoring import Scorer
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.profiles import rule_strings

MOST_WORDS = 12


@dataclass(frozen=True)
class Mined:
    """What the examples of one criterion say of its rule."""

    stage: str
    criterion: str
    ways: int
    near_misses: int
    silent: tuple[str, ...]
    """Ways on which the rule is silent."""
    wrong: tuple[str, ...]
    """Near misses on which it fires."""
    words: tuple[str, ...]
    """Words of the silent ways to think about, the most telling first."""


def mine(scorer: Scorer, scenario: Scenario, stage: str) -> Iterator[Mined]:
    """Yield what is found for each criterion of a stage that has a rule."""
    for compiled in scorer.read(scenario, stage, "")[1]:
        criterion = compiled.criterion
        if compiled.rule is None:
            continue
        ways = [way for _, register in criterion.ways for way in register]
        silent = tuple(way for way in ways if not _fires(scorer, scenario, stage, compiled, way))
        wrong = tuple(miss for miss in criterion.near_misses if _fires(scorer, scenario, stage, compiled, miss))
        counts = len(ways), len(criterion.near_misses)
        yield Mined(stage, criterion.id, *counts, silent, wrong, _words(compiled, silent))


def _fires(scorer: Scorer, scenario: Scenario, stage: str, compiled: CompiledCriterion, text: str) -> bool:
    assert compiled.rule is not None  # noqa: S101 - asked only of criteria with a rule
    answer = scorer.read(scenario, stage, text)[0]
    return bool(
        find_hits(compiled.rule, answer.text, answer.find_concept, lambda span: answer.accepts(span, compiled.statuses))
    )


def _words(compiled: CompiledCriterion, silent: Sequence[str]) -> tuple[str, ...]:
    known = {stem(word) for phrase in rule_strings(compiled.criterion.evidence) for word in split_words(phrase)}
    found: dict[str, tuple[float, str]] = {}
    for way in silent:
        for word in split_words(way):
            stem_ = stem(word)
            if stem_ in compiled.profile and stem_ not in known and fold(word) not in FUNCTION_WORDS:
                found.setdefault(stem_, (compiled.profile[stem_], fold(word)))
    return tuple(word for _, word in sorted(found.values(), key=lambda pair: (-pair[0], pair[1]))[:MOST_WORDS])


def main() -> None:
    """Print what is found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("stage", nargs="?", choices=STAGES, help="one stage instead of all")
    parser.add_argument("--criterion", help="one criterion instead of all")
    arguments = parser.parse_args()
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    seen: set[tuple[str, str]] = set()
    ways = silent = misses = wrong = 0
    for head in library.heads():
        scenario = library.scenario(head.id)
        for plan in scenario.stages:
            if arguments.stage and plan.id != arguments.stage:
                continue
            for mined in mine(scorer, scenario, plan.id):
                if (plan.id, mined.criterion) in seen or arguments.criterion not in {None, mined.criterion}:
                    continue
                seen.add((plan.id, mined.criterion))
                ways, silent = ways + mined.ways, silent + len(mined.silent)
                misses, wrong = misses + mined.near_misses, wrong + len(mined.wrong)
                if mined.silent or mined.wrong:
                    print_mined(mined)
    print(f"{ways - silent} of {ways} ways meet their rule, and {wrong} of {misses} near misses.")


def print_mined(mined: Mined) -> None:
    """Print one criterion."""
    print(f"{mined.stage}/{mined.criterion}")
    for way in mined.silent:
        print(f"  silent: {way}")
    for miss in mined.wrong:
        print(f"  fires wrongly: {miss}")
    if mined.words:
        print(f"  words to think about: {', '.join(mined.words)}")
    print()


if __name__ == "__main__":
    main()
