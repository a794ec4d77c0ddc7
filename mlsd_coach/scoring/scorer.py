"""Answers to a scorecard: every criterion judged, stages and signals added up, the first gap chosen."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from mlsd_coach import __version__
from mlsd_coach.matching.answer import Answer, Reader
from mlsd_coach.matching.elsewhere import answers_elsewhere
from mlsd_coach.matching.guards import Source, why_not_prose, why_not_sentences
from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.similarity import Sentence
from mlsd_coach.matching.tables import load_known, load_words
from mlsd_coach.matching.text import read_text
from mlsd_coach.matching.typos import Spelling
from mlsd_coach.matching.words import fold, split_words, stem
from mlsd_coach.models import (
    Criterion,
    Digests,
    Judgement,
    Level,
    Levels,
    Lexicon,
    Scenario,
    Scorecard,
    Signal,
    StagePlan,
    StageScore,
    Verdict,
)
from mlsd_coach.scoring.bare import BareStatement, compile_bare, statuses_of
from mlsd_coach.scoring.criteria import CompiledCriterion, compile_criterion
from mlsd_coach.scoring.interview import hold_interview, score_change, with_nudges
from mlsd_coach.scoring.kin import Kin
from mlsd_coach.scoring.profiles import rule_strings, weigh_profiles
from mlsd_coach.scoring.replies import Conversation
from mlsd_coach.scoring.summary import choose_band, find_first_gap, reach_level, score_signals
from mlsd_coach.scoring.verdicts import judge
from mlsd_coach.scoring.weighing import overall, stage_points

PROMPT_WORD = 0.6
"""How much a word of the prompt counts in a statement: the candidate was handed it."""
MOST_STATEMENTS = 4096
"""So many bare statements are kept compiled."""
_STATEMENT_RUN = 8
_EARNING_RUN = 12


class Scorer:
    """Scores the answers to any scenario; the same bytes give the same scorecard."""

    def __init__(self, lexicon: Lexicon, levels: Levels, known: Callable[[], Iterable[Criterion]] = tuple) -> None:
        """Take the lexicon, the levels, and what returns the criteria whose examples help with a bare statement."""
        self._alias_words = _vocabulary(
            alias for concept in lexicon.concepts for alias in (concept.name, *concept.aliases)
        )
        self._levels = levels
        self._concepts = ConceptIndex(lexicon)
        self._known = load_known()
        self._known_criteria = known
        self._kin: Kin | None = None
        self._terms: frozenset[str] = frozenset()
        self._statements: dict[tuple[str, str], tuple[CompiledCriterion, Reader]] = {}
        self._stages: dict[tuple[str, str, str], _CompiledStage] = {}
        self._plain_reader: Reader | None = None

    def score(
        self,
        scenario: Scenario,
        answers: Mapping[str, str],
        *,
        level: Level,
        minutes: float = 45,
        seconds: Mapping[str, float] | None = None,
        stages: Sequence[str] | None = None,
        conversation: Conversation | None = None,
    ) -> Scorecard:
        """Score a sitting: stage id → answer. A stage that was sat without an answer counts as zero.

        `stages` limits the sitting to some stages (all of the scenario otherwise); `minutes` scales the budgets;
        `conversation` is what was said besides, and decides what weighs more.
        """
        sat = [stage for stage in scenario.stages if stages is None or stage.id in stages]
        total = sum(stage.minutes for stage in scenario.stages) or 1.0
        scores = tuple(
            self.score_plan(
                scenario,
                stage,
                answers.get(stage.id, ""),
                level,
                stage.minutes * 60 * minutes / total,
                (seconds or {}).get(stage.id),
            )
            for stage in sat
        )
        change = interview = None
        if conversation is not None:
            scores = tuple(with_nudges(self, scenario, stage, conversation, level) for stage in scores)
            change = score_change(self, scenario, conversation, level)
            interview = hold_interview(self, scenario, scores, change, conversation)
        counted = (*scores, *([change] if change else []))
        score = overall(counted)
        return Scorecard(
            scenario.id,
            scenario.title,
            level,
            score,
            scores,
            score_signals(counted, level, interview.cues if interview else ()),
            reach_level(counted),
            choose_band(score, self._levels),
            find_first_gap(scores, level),
            Digests(scenario.digest, scenario.rubrics_digest, scorer_digest()),
            change,
            interview,
        )

    def score_stage(
        self,
        scenario: Scenario,
        stage_id: str,
        answer: str,
        *,
        level: Level,
        minutes: float = 45,
        seconds: float | None = None,
    ) -> StageScore:
        """Score one stage; KeyError when the scenario leaves it out."""
        stage = scenario.stage(stage_id)
        total = sum(plan.minutes for plan in scenario.stages) or 1.0
        return self.score_plan(scenario, stage, answer, level, stage.minutes * 60 * minutes / total, seconds)

    def score_plan(
        self, scenario: Scenario, stage: StagePlan, raw: str, level: Level, budget: float, seconds: float | None
    ) -> StageScore:
        """Score an answer to a stage, or to the change of requirements, as it is planned in the scenario."""
        if not raw.strip():
            judgements = tuple(_not_answered(criterion) for criterion in stage.criteria)
            return StageScore(
                stage.id, stage.title, stage.weight, 0.0, raw, judgements, seconds, round(budget, 1), attempted=False
            )
        compiled = self._compile(scenario, stage)
        answer = compiled.reader.read(raw, copied_from=compiled.sources)
        guard = why_not_prose(answer.text, self._known, answer.masked) or _why_elsewhere(answer, scenario)
        if guard:
            judgements = tuple(Judgement(c, Verdict.NOT_JUDGED, 0.0, (), 0.0, guard) for c in stage.criteria)
        else:
            judgements = tuple(judge(criterion, answer) for criterion in compiled.criteria)
        score = stage_points(judgements, level)
        return StageScore(
            stage.id, stage.title, stage.weight, score, raw, judgements, seconds, round(budget, 1), guard=guard
        )

    def read(self, scenario: Scenario, stage_id: str, raw: str) -> tuple[Answer, tuple[CompiledCriterion, ...]]:
        """Return an answer as the scorer reads it, with the stage's compiled criteria: for explaining a verdict."""
        compiled = self._compile(scenario, scenario.stage(stage_id))
        return compiled.reader.read(raw, copied_from=compiled.sources), compiled.criteria

    def read_plainly(self, raw: str) -> Answer:
        """Return a text as it is read for no stage in particular."""
        if self._plain_reader is None:
            self._plain_reader = Reader(self._concepts, Spelling(self._known, self._alias_words), load_words())
        return self._plain_reader.read(raw)

    def judge_statement(self, text: str, statement: str, *, prompt: str = "") -> Judgement:
        """Judge a text by one statement alone, with no rule of anybody's; words of the prompt count less."""
        answer, compiled = self.read_statement(text, statement, prompt=prompt)
        guard = why_not_sentences(answer.text)
        if guard:
            return Judgement(compiled.criterion, Verdict.NOT_JUDGED, 0.0, (), 0.0, guard)
        return judge(compiled, answer)

    def read_statement(self, text: str, statement: str, *, prompt: str = "") -> tuple[Answer, CompiledCriterion]:
        """Return a text as it is read for one statement alone, with the compiled statement."""
        key = (statement, prompt)
        if key not in self._statements:
            if len(self._statements) >= MOST_STATEMENTS:
                self._statements.clear()
            given = {stem(word) for word in split_words(prompt)}
            counts = tuple(sorted(statuses_of(statement)))
            criterion = Criterion("statement", statement, Signal.PRODUCT_SENSE, counts=counts)
            compiled = compile_criterion(
                criterion, load_words(), {}, lambda s: PROMPT_WORD if s in given else 1.0, self.compile_alone
            )
            spelling = Spelling(self._known, {fold(word) for word in split_words(statement)})
            self._statements[key] = compiled, Reader(self._concepts, spelling, load_words())
        compiled, reader = self._statements[key]
        return reader.read(text), compiled

    def compile_alone(self, statement: str, sentence: Sentence, *, but: str = "") -> BareStatement:
        """Compile a statement that has neither a rule nor an example; `but` is a known one that may not help it."""
        if self._kin is None:
            words = load_words()
            self._terms = frozenset(map(stem, self._alias_words))
            self._kin = Kin(self._known_criteria(), words, lambda s: frozenset(self._concepts.find_all(read_text(s))))
        return compile_bare(statement, sentence, self._terms, self._concepts, self._kin, but=but)

    def _compile(self, scenario: Scenario, stage: StagePlan) -> "_CompiledStage":
        key = (scenario.id, scenario.digest + scenario.rubrics_digest, stage.id)
        if key not in self._stages:
            words = load_words()
            given = {stem(word) for word in split_words(f"{scenario.opening} {stage.prompt}")}

            def discount(stem_: str) -> float:
                return PROMPT_WORD if stem_ in given else 1.0

            profiles = weigh_profiles(stage.criteria)
            criteria = tuple(
                compile_criterion(c, words, profiles[c.id], discount, self.compile_alone) for c in stage.criteria
            )
            spelling = Spelling(self._known, self._alias_words | _vocabulary(_stage_texts(stage)))
            reader = Reader(self._concepts, spelling, words)
            self._stages[key] = _CompiledStage(criteria, _sources(scenario, stage), reader)
        return self._stages[key]


class _CompiledStage:
    """A stage ready to be scored."""

    def __init__(self, criteria: tuple[CompiledCriterion, ...], sources: tuple[Source, ...], reader: Reader) -> None:
        self.criteria = criteria
        self.sources = sources
        self.reader = reader


def _why_elsewhere(answer: Answer, scenario: Scenario) -> str:
    other = answers_elsewhere(answer.text, scenario.id)
    return f"not an answer to this question: it speaks of {other}" if other else ""


def _not_answered(criterion: Criterion) -> Judgement:
    return Judgement(criterion, Verdict.MISSING, 0.0, (), 0.0, "The stage was not answered.")


def _sources(scenario: Scenario, stage: StagePlan) -> tuple[Source, ...]:
    """Return what was shown, or stands in the rubric: copied runs of it are not the candidate's own words."""
    texts = [scenario.opening, scenario.context, stage.prompt, stage.purpose, *stage.hints]
    texts += [follow_up.ask for follow_up in stage.follow_ups]
    for c in stage.criteria:
        texts += [c.statement, *c.hints, c.follow_up, c.why, c.advice]
    long = [criterion.earning for criterion in stage.criteria if criterion.earning]
    return (Source(tuple(text for text in texts if text), _STATEMENT_RUN), Source(tuple(long), _EARNING_RUN))


def _vocabulary(texts: Iterable[str]) -> set[str]:
    return {fold(word) for word in set(split_words(" ".join(texts)))}


def _stage_texts(stage: StagePlan) -> Iterator[str]:
    for criterion in stage.criteria:
        yield criterion.statement
        yield criterion.earning
        for _, ways in criterion.ways:
            yield from ways
        yield from rule_strings(criterion.evidence)


@cache
def scorer_digest() -> str:
    """Return a digest of everything that decides a verdict: the version, the tables and the coefficients."""
    found = hashlib.sha256(__version__.encode())
    for package in ("mlsd_coach.matching", "mlsd_coach.scoring"):
        for table in sorted(resources.files(package).joinpath("data").iterdir(), key=lambda file: file.name):
            found.update(table.read_bytes())
    return found.hexdigest()
