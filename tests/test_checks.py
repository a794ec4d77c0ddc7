"""The proof of the content, against a scorer that finds a criterion where its id stands in the answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from mlsd_coach.checks import Finding, Proof, prove
from mlsd_coach.models import (
    Criterion,
    Judgement,
    Level,
    Rubric,
    Samples,
    Scenario,
    Signal,
    StagePlan,
    StageScore,
    Verdict,
)


class WordScorer:
    """`id` in the answer is NAMED, `ID` is REASONED; the score is the share of the points. `soup` is not judged."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def score_stage(self, scenario: Scenario, stage_id: str, answer: str, *, level: Level) -> StageScore:
        self.asked.append(scenario.id)
        stage = scenario.stage(stage_id)
        guard = "not prose: soup" if "soup" in answer else ""
        judged = tuple(self._judge(criterion, answer) for criterion in stage.criteria)
        score = 100 * sum(j.points for j in judged) / len(judged) if judged else 0.0
        return StageScore(stage.id, stage.title, stage.weight, score, answer, judged, guard=guard)

    def _judge(self, criterion: Criterion, answer: str) -> Judgement:
        words = answer.replace(".", "").split()
        if criterion.id.upper() in words:
            return Judgement(criterion, Verdict.REASONED, 1.0)
        is_named = criterion.id in words
        return Judgement(criterion, Verdict.NAMED if is_named else Verdict.MISSING, 0.5 if is_named else 0.0)


def criterion(name: str, level: Level = Level.MID, **more: object) -> Criterion:
    return replace(Criterion(name, f"The candidate says {name}.", Signal.SYSTEMS, level), **more)  # type: ignore[arg-type]


GENERAL = (criterion("a"), criterion("b"), criterion("c", Level.SENIOR), criterion("d", Level.SENIOR))
OWN = criterion("own", Level.STAFF)
RUBRIC = Rubric("data", "Data", 6, 3, "", GENERAL)

WEAK = "b " + "word " * 45
MID = "a c " + "word " * 90
STRONG = "A B C D OWN " + "word " * 130

SAMPLES = Samples(WEAK, MID, STRONG)


def scenario(samples: Samples = SAMPLES, *, own: Criterion = OWN, hints: tuple[str, ...] = ()) -> Scenario:
    stage = StagePlan(
        "data", "Data", 6, 3, "Prompt.", (*GENERAL, own), own=frozenset({own.id}), samples=samples, hints=hints
    )
    return Scenario("feed", "Feed", "", "", "", (stage,))


def found(proof: Proof, *, warnings: bool = False) -> list[Finding]:
    return [finding for finding in proof.findings if finding.is_warning == warnings]


def messages(samples: Samples) -> dict[str, str]:
    return {finding.place: finding.message for finding in found(prove([scenario(samples)], {}, WordScorer()))}


def test_sound_content_is_proved_without_a_word() -> None:
    proof = prove([scenario()], {"data": RUBRIC}, WordScorer())

    assert proof.findings == []
    (sample,) = proof.samples
    assert (sample.scenario, sample.stage) == ("feed", "data")
    assert list(sample.scores) == ["weak", "mid", "strong"]
    assert sample.scores["weak"] < sample.scores["mid"] < sample.scores["strong"]


def test_strong_must_score_above_mid_and_mid_above_weak() -> None:
    even = messages(Samples(WEAK, WEAK, STRONG))

    assert even["stages.data.samples.mid"] == "the mid sample must score above the weak one: 10 against 10"
    assert "stages.data.samples.strong" in messages(Samples(WEAK, STRONG, MID))


def test_a_strong_sample_must_meet_the_core() -> None:
    told = messages(Samples(WEAK, MID, STRONG.replace("A ", "")))

    assert told["stages.data.samples.strong"] == (
        "the strong sample must meet at least 80% of the core (mid) criteria, it meets 50%; it misses a"
    )


def test_a_strong_sample_must_meet_more_than_half_of_the_depth() -> None:
    told = messages(Samples(WEAK, MID, STRONG.replace("D ", "")))

    assert (
        "more than 50% of the depth (senior) criteria, it meets 50%; it misses d" in told["stages.data.samples.strong"]
    )


def test_a_weak_sample_must_stay_low() -> None:
    told = messages(Samples("A C " + WEAK.replace("b ", ""), "a b c d own " + MID, STRONG))

    assert told["stages.data.samples.weak"] == "the weak sample may have 35 of 100 at most, it has 40; it meets a, c"


def test_a_sample_that_is_not_judged_is_told() -> None:
    assert "not judged: not prose: soup" in messages(Samples(WEAK + "soup", MID, STRONG))["stages.data.samples.weak"]


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (Samples(WEAK, MID, STRONG.replace("OWN", "")), "'own' is met by no sample"),
        (Samples(WEAK + "own", MID + "own", STRONG), "'own' is met by every sample, the weak ones too"),
    ],
)
def test_a_scenarios_own_criterion_must_tell_samples_apart(samples: Samples, message: str) -> None:
    assert message in messages(samples)["stages.data.criteria[0]"]


def test_a_rubric_criterion_is_proved_over_all_scenarios() -> None:
    one = scenario(Samples(WEAK, MID, STRONG.replace("D ", "")))
    other = replace(scenario(), id="search")

    alone = found(prove([one], {"data": RUBRIC}, WordScorer()))
    together = found(prove([one, other], {"data": RUBRIC}, WordScorer()))

    assert Finding("rubric", "data", "criteria[3]", "'d' is met by no sample") in alone
    assert not [finding for finding in together if finding.kind == "rubric"]


def test_without_rubrics_only_the_scenarios_own_criteria_are_proved() -> None:
    given = criterion("a", hints=("Say A.",))
    asked = scenario()
    asked = replace(asked, stages=(replace(asked.stages[0], criteria=(given, *asked.stages[0].criteria[1:])),))

    assert not [finding for finding in prove([asked], {}, WordScorer()).findings if finding.kind == "rubric"]


def test_a_hint_that_earns_its_criterion_gives_the_answer_away() -> None:
    own = replace(OWN, hints=("What could it be?", "Say OWN."))

    (finding,) = found(prove([scenario(own=own)], {}, WordScorer()))

    assert finding.place == "stages.data.criteria[0].hints[1]"
    assert "gives the answer away" in finding.message


def test_a_hint_that_is_the_earning_sentence_gives_the_answer_away() -> None:
    own = replace(OWN, hints=("Perhaps: i would take OWN, of course",), earning="I would take OWN, of course!")

    (finding,) = found(prove([scenario(own=own)], {}, WordScorer()))

    assert "the hint is the earning sentence of 'own'" in finding.message


def test_a_stage_hint_that_earns_gives_the_answer_away() -> None:
    (finding,) = found(prove([scenario(hints=("Think.", "A and then D"))], {}, WordScorer()))

    assert finding.place == "stages.data.hints[1]"
    assert "earns a, d in full" in finding.message


def test_rubric_hints_are_proved_once_and_told_at_the_rubric() -> None:
    general = (replace(GENERAL[0], hints=("Say A.",)), *GENERAL[1:])
    one = scenario()
    one = replace(one, stages=(replace(one.stages[0], criteria=(*general, OWN)),))
    rubric = replace(RUBRIC, criteria=general)

    proof = prove([one, replace(one, id="search")], {"data": rubric}, WordScorer())

    assert [finding.place for finding in proof.findings] == ["criteria[0].hints[0]"]
    assert proof.findings[0].kind == "rubric"


def test_hints_are_scored_in_a_scenario_without_them() -> None:
    scorer = WordScorer()
    prove([scenario(own=replace(OWN, hints=("Hm?",)))], {}, scorer)

    assert set(scorer.asked) == {"feed", "feed without hints"}


def test_an_earning_sentence_that_does_not_earn_is_a_warning() -> None:
    (warning,) = found(prove([scenario(own=replace(OWN, earning="Just own."))], {}, WordScorer()), warnings=True)

    assert warning.place == "stages.data.criteria[0].earning"
    assert warning.message == "the earning sentence of 'own' is itself judged named"


def test_word_ranges_and_absent_samples_are_warnings() -> None:
    short = prove([scenario(Samples("b", MID, STRONG))], {}, WordScorer())
    absent = prove([scenario(Samples())], {}, WordScorer())

    assert [finding.message for finding in found(short, warnings=True)] == ["1 words; a weak sample has 40 to 80"]
    assert [finding.message for finding in absent.findings] == ["no samples: nothing in this stage is proved"]


def test_some_of_the_samples_are_proved_as_far_as_they_go() -> None:
    proof = prove([scenario(Samples(weak=WEAK, strong=STRONG))], {"data": RUBRIC}, WordScorer())

    assert proof.findings == []


def test_the_module_knows_no_scorer_of_its_own() -> None:
    source = (Path(__file__).parents[1] / "mlsd_coach" / "checks.py").read_text(encoding="utf-8")

    assert "mlsd_coach.scoring" not in source
