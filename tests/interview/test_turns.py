"""What the interviewer says after a stage, chosen from verdicts made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from mlsd_coach.interview import sitting as machine
from mlsd_coach.interview.turns import CUE_STAGES, Chooser, cue_stages
from mlsd_coach.models import (
    Change,
    Criterion,
    Evidence,
    Exchange,
    FollowUp,
    Judgement,
    Level,
    Mode,
    Persona,
    RedFlag,
    Scenario,
    Session,
    Signal,
    StagePlan,
    StageScore,
    Turn,
    Verdict,
)
from tests.scoring.small_interviews import read

MISSING, NAMED, REASONED, MAYBE = Verdict.MISSING, Verdict.NAMED, Verdict.REASONED, Verdict.MAYBE
NAMES = ("requirements", "data", "features", "models", "lifecycle")
ANSWER = "I would log every click. We store it in a table. I would test it by a random split."

PEOPLE = Criterion("people", "Says who gains.", Signal.PRODUCT_SENSE, weight=2, follow_up="Who gains by that?")
LOAD = Criterion("load", "Says the load.", Signal.SYSTEMS, weight=2, follow_up="How much load is that?")
BIAS = Criterion("bias", "Says the bias.", Signal.DATA_SENSE, Level.SENIOR, weight=1, follow_up="Which bias is in it?")
YEARS = Criterion("years", "Looks ahead.", Signal.SYSTEMS, Level.STAFF, weight=1, follow_up="And in three years?")
MUTE = Criterion("mute", "Says all.", Signal.ML_DEPTH, weight=5)
CRITERIA = (PEOPLE, LOAD, BIAS, YEARS, MUTE)
ALL_MET = {"people": REASONED, "load": REASONED, "bias": REASONED, "mute": REASONED}
SILENT_ON_CUES = Persona("balanced", "Somebody")
TALKATIVE = Persona(
    "balanced",
    "Somebody",
    before_follow_up=("One thing.", "Another thing.", "A third thing."),
    before_deep_dive=("Deeper.", "Harder.", "Further."),
    more=('You said "{quote}". More?', 'About "{quote}": go on.'),
    enough=("Good.", "Fine.", "Enough."),
)
SPLIT = RedFlag(
    "random-split",
    "random split",
    "Hm. Today and tomorrow in one bag?",
    "by time",
    "Split by time.",
    unless="except the newest day",
)
SHARDS = RedFlag("shards", "table", "Hm. One table?", "shards", "Cut it.", stages=("models",))


def scenario(*, follow_ups: Sequence[FollowUp] = (), change: Change | None = None) -> Scenario:
    stages = tuple(StagePlan(name, name, 9, 2, f"On {name}?", CRITERIA, follow_ups=tuple(follow_ups)) for name in NAMES)
    return Scenario("small", "Small", "test", "", "", stages, change=change)


def change_after(stage: str, minutes: float = 3.0) -> Change:
    return Change(stage, StagePlan("change", "A change", minutes, 2, "Legal has called.", ()))


def chooser(
    persona: Persona = SILENT_ON_CUES,
    *,
    flags: Sequence[RedFlag] = (),
    factors: Mapping[Signal, float] | None = None,
    follow_ups: Sequence[FollowUp] = (),
    change: Change | None = None,
) -> Chooser:
    return Chooser(scenario(follow_ups=follow_ups, change=change), persona, flags, factors or {}, read)


def session_after(
    stage: str = "data",
    *,
    level: Level = Level.MID,
    persona: str = "balanced",
    seed: int = 0,
    minutes: float | None = None,
    stages: Sequence[str] | None = None,
    skipped: bool = False,
    exchanges: Sequence[Exchange] = (),
) -> Session:
    """A session in which that stage has just been ended."""
    session = machine.new_session(
        scenario(),
        session_id="s",
        level=level,
        mode=Mode.MOCK,
        started_at="2025-01-02T03:04:05+00:00",
        minutes=minutes,
        stages=stages,
        persona=persona,
        seed=seed,
    )
    at = next(n for n, each in enumerate(session.stages) if each.id == stage)
    ended = tuple(replace(each, done=n <= at, skipped=skipped and n == at) for n, each in enumerate(session.stages))
    return replace(session, stages=ended, current=at, exchanges=tuple(exchanges))


def score(stage: str = "data", answer: str = ANSWER, *, guard: str = "", **verdicts: Verdict) -> StageScore:
    """A stage judged by hand; criteria that are not named are reasoned."""
    judgements = []
    for criterion in CRITERIA:
        verdict = verdicts.get(criterion.id, REASONED)
        evidence = () if verdict is MISSING else (Evidence(answer[:24], 0, 24),)
        judgements.append(Judgement(criterion, verdict, 0.0, evidence))
    return StageScore(stage, stage, 2, 50.0, answer, tuple(judgements), attempted=bool(answer), guard=guard)


def turns(said: Sequence[Exchange]) -> list[tuple[Turn, str]]:
    return [(each.turn, each.target) for each in said]


# Follow-ups ----------------------------------------------------------------


def test_a_follow_up_aims_at_what_is_missing_and_weighs_most():
    said = chooser().after(session_after(), score(people=MISSING, load=REASONED, mute=MISSING))
    assert turns(said) == [(Turn.FOLLOW_UP, "people")]
    assert said[0].says == "Who gains by that?"
    assert said[0].stage == "data"


@pytest.mark.parametrize(
    ("people", "load", "aimed"),
    [(NAMED, MISSING, "load"), (MISSING, NAMED, "people"), (MAYBE, NAMED, "people"), (REASONED, NAMED, "load")],
)
def test_what_is_missing_comes_before_what_is_only_named(people: Verdict, load: Verdict, aimed: str):
    said = chooser().after(session_after(), score(people=people, load=load, mute=MISSING))
    assert turns(said) == [(Turn.FOLLOW_UP, aimed)]


@pytest.mark.parametrize(
    ("factors", "aimed"),
    [
        ({Signal.PRODUCT_SENSE: 1.6, Signal.SYSTEMS: 0.6}, "people"),
        ({Signal.PRODUCT_SENSE: 0.7, Signal.SYSTEMS: 1.6}, "load"),
    ],
)
def test_what_the_interviewer_cares_for_decides_between_equals(factors: Mapping[Signal, float], aimed: str):
    said = chooser(factors=factors).after(session_after(), score(people=MISSING, load=MISSING, mute=MISSING))
    assert turns(said) == [(Turn.FOLLOW_UP, aimed)]


def test_a_question_of_the_scenario_s_own_comes_before_the_criterion_s():
    authored = [FollowUp("load", "And at the evening peak?")]
    said = chooser(follow_ups=authored).after(session_after(), score(people=MISSING, load=MISSING, mute=MISSING))
    assert (said[0].target, said[0].says) == ("load", "And at the evening peak?")


def test_a_question_of_the_scenario_s_own_fits_it_better_than_one_that_weighs_more():
    authored = [FollowUp("bias", "Which bias?")]
    wanted = score(people=MISSING, bias=MISSING, mute=MISSING)
    said = chooser(follow_ups=authored).after(session_after(level=Level.SENIOR), wanted)
    assert said[0].target == "bias"


def test_nobody_asks_about_a_criterion_for_which_there_is_no_question():
    assert chooser().after(session_after(), score(mute=MISSING)) == ()


def test_a_follow_up_does_not_aim_above_the_level():
    said = chooser().after(session_after(), score(load=NAMED, bias=MISSING, years=MISSING, mute=MISSING))
    assert turns(said) == [(Turn.FOLLOW_UP, "load")]


def test_a_follow_up_on_something_named_shows_the_words_it_is_about():
    said = chooser().after(session_after(), score(load=NAMED, mute=MISSING))
    assert said[0].quote == ANSWER[:24]


# Deep dives ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "aimed"), [(Level.MID, "bias"), (Level.SENIOR, "years")], ids=["mid to senior", "senior to staff"]
)
def test_who_has_met_enough_is_asked_a_question_of_the_level_above(level: Level, aimed: str):
    wanted = score(people=NAMED, bias=MISSING if level is Level.MID else REASONED, years=MISSING)
    assert turns(chooser().after(session_after(level=level), wanted)) == [(Turn.DEEP_DIVE, aimed)]


def test_two_levels_above_is_too_deep():
    assert chooser().after(session_after(level=Level.MID), score(years=MISSING)) == ()


def test_without_a_question_above_a_deep_dive_takes_what_is_open_at_the_level_itself():
    said = chooser().after(session_after(level=Level.SENIOR), score(bias=NAMED))
    assert turns(said) == [(Turn.DEEP_DIVE, "bias")]


def test_who_has_said_it_all_is_asked_nothing_more():
    assert chooser().after(session_after(level=Level.STAFF), score()) == ()


def test_how_this_sitting_weighs_decides_what_is_enough():
    wanted = score(people=MISSING, bias=MISSING)
    deep = chooser(factors={Signal.PRODUCT_SENSE: 0.5}).after(session_after(), wanted)
    back = chooser(factors={Signal.PRODUCT_SENSE: 2.0}).after(session_after(), wanted)
    assert (turns(deep), turns(back)) == ([(Turn.DEEP_DIVE, "bias")], [(Turn.FOLLOW_UP, "people")])


# Where nothing is said ----------------------------------------------------------------


def test_nothing_is_said_a_second_time_after_the_same_stage():
    wanted, first = score(people=MISSING, mute=MISSING), chooser(change=change_after("data"))
    said = first.after(session_after(), wanted)
    assert turns(said) == [(Turn.FOLLOW_UP, "people"), (Turn.CHANGE, "")]
    assert first.after(session_after(exchanges=said), wanted) == ()
    assert first.after(session_after(exchanges=said[:1]), wanted) == ()


def test_what_was_said_after_another_stage_keeps_nobody_from_speaking():
    other = Exchange(Turn.FOLLOW_UP, "requirements", "Who?", 75.0, "people", done=True)
    said = chooser().after(session_after(exchanges=[other]), score(people=MISSING, mute=MISSING))
    assert turns(said) == [(Turn.FOLLOW_UP, "people")]


@pytest.mark.parametrize(
    ("persona", "session"),
    [
        (TALKATIVE, session_after(stages=["data", "features"])),
        (replace(TALKATIVE, id="silent", follows_up=False), session_after(persona="silent")),
        (TALKATIVE, session_after(persona="")),
    ],
    ids=["a sitting of some stages", "a silent interviewer", "a sitting of an older coach"],
)
def test_nobody_follows_up(persona: Persona, session: Session):
    speaker = chooser(persona, flags=[SPLIT], change=change_after("data"))
    assert speaker.after(session, score(people=MISSING, mute=MISSING)) == ()


@pytest.mark.parametrize(
    ("session", "wanted"),
    [
        (session_after(skipped=True), score(people=MISSING, mute=MISSING)),
        (session_after(), score(answer="")),
        (session_after(), score(guard="not prose: a list of words", people=Verdict.NOT_JUDGED)),
    ],
    ids=["skipped", "empty", "not judged"],
)
def test_after_a_stage_without_a_judged_answer_comes_only_the_change(session: Session, wanted: StageScore):
    assert chooser(TALKATIVE, flags=[SPLIT]).after(session, wanted) == ()
    said = chooser(TALKATIVE, flags=[SPLIT], change=change_after("data")).after(session, wanted)
    assert turns(said) == [(Turn.CHANGE, "")]


# Eyebrows ----------------------------------------------------------------


def test_a_red_flag_raises_an_eyebrow_at_the_sentence_that_holds_it():
    said = chooser(flags=[SPLIT]).after(session_after(), score())
    assert turns(said) == [(Turn.EYEBROW, "random-split")]
    assert said[0].says == SPLIT.says
    assert said[0].quote == "I would test it by a random split."


@pytest.mark.parametrize(
    "answer",
    [
        "I would not use a random split, because it leaks the future into the past.",
        "We must never take a random split here.",
        "I would use a random split except the newest day, which is the test.",
        "I would split it by time, as it will be served.",
    ],
)
def test_no_eyebrow_is_raised_where_it_is_rejected_or_known(answer: str):
    assert chooser(flags=[SPLIT]).after(session_after(), score(answer=answer)) == ()


def test_a_red_flag_is_listened_for_in_its_stages_only():
    speaker = chooser(flags=[SHARDS])
    assert speaker.after(session_after("data"), score("data")) == ()
    assert turns(speaker.after(session_after("models"), score("models"))) == [(Turn.EYEBROW, "shards")]


def test_the_same_red_flag_is_raised_once_in_a_sitting():
    speaker = chooser(flags=[SPLIT])
    said = speaker.after(session_after("data"), score("data"))
    assert speaker.after(session_after("features", exchanges=said), score("features")) == ()


def test_another_red_flag_may_follow_in_a_later_stage():
    speaker = chooser(flags=[SPLIT, SHARDS])
    said = speaker.after(session_after("data"), score("data"))
    assert turns(speaker.after(session_after("models", exchanges=said), score("models"))) == [
        (Turn.EYEBROW, "shards"),
    ]


def test_one_eyebrow_at_a_time_then_the_question():
    said = chooser(flags=[SPLIT, replace(SHARDS, stages=())]).after(
        session_after(), score(people=MISSING, mute=MISSING)
    )
    assert turns(said) == [(Turn.EYEBROW, "random-split"), (Turn.FOLLOW_UP, "people")]


def test_an_eyebrow_takes_the_place_of_a_cue():
    for stage in NAMES:
        said = chooser(TALKATIVE, flags=[SPLIT]).after(session_after(stage), score(stage, load=NAMED, mute=MISSING))
        assert turns(said) == [(Turn.EYEBROW, "random-split"), (Turn.FOLLOW_UP, "load")]


# Cues ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_cues_come_after_two_stages_that_the_seed_decides_and_never_after_the_last(seed: int):
    chosen = cue_stages(session_after(seed=seed))
    assert len(chosen) == CUE_STAGES == 2
    assert chosen < set(NAMES[:-1])
    assert chosen == cue_stages(session_after("models", seed=seed))


def test_other_seeds_choose_other_stages():
    assert len({cue_stages(session_after(seed=seed)) for seed in range(40)}) == 6


def test_cues_are_given_in_those_stages_alone():
    for seed in range(10):
        cued = [
            stage
            for stage in NAMES
            if chooser(TALKATIVE).after(session_after(stage, seed=seed), score(stage))[:1]
            and chooser(TALKATIVE).after(session_after(stage, seed=seed), score(stage))[0].turn is Turn.ENOUGH
        ]
        assert set(cued) == cue_stages(session_after(seed=seed))


def cued(wanted: StageScore, *, seed: int = 0) -> Exchange | None:
    """The cue that is given in a stage in which there may be one."""
    stage = min(cue_stages(session_after(seed=seed)))
    said = chooser(TALKATIVE).after(session_after(stage, seed=seed), replace(wanted, id=stage))
    return said[0] if said and said[0].turn in {Turn.MORE, Turn.ENOUGH} else None


def test_who_has_named_things_is_asked_for_more_about_their_own_words():
    cue = cued(score(people=MISSING, load=NAMED, mute=MISSING))
    assert cue is not None
    assert (cue.turn, cue.target, cue.quote) == (Turn.MORE, "load", "I would log every click")
    assert '"I would log every click"' in cue.says


def test_who_has_met_enough_is_told_so():
    cue = cued(score(**ALL_MET))
    assert cue is not None
    assert (cue.turn, cue.target) == (Turn.ENOUGH, "")
    assert cue.says in TALKATIVE.enough


def test_who_has_named_nothing_is_given_no_cue():
    assert cued(score(people=MISSING, load=MISSING, mute=MISSING)) is None


def test_words_said_back_are_cut_at_a_word_and_stand_on_one_line():
    long = "We would log every\nsingle click " + "and every single impression of every post " * 5
    wanted = score(answer=long, load=NAMED, mute=MISSING)
    judgements = tuple(
        replace(each, evidence=(Evidence(long, 0, len(long)),)) if each.criterion is LOAD else each
        for each in wanted.judgements
    )
    cue = cued(replace(wanted, judgements=judgements))
    assert cue is not None
    assert "\n" not in cue.quote
    assert len(cue.quote) <= 94
    assert cue.quote.endswith(" ...")
    assert " ".join(long.split()).startswith(cue.quote.removesuffix(" ..."))


# The seed ----------------------------------------------------------------


def whole_sitting(seed: int, persona: Persona = TALKATIVE) -> list[str]:
    """All that is said in a sitting in which every stage goes alike."""
    said: list[Exchange] = []
    speaker = chooser(persona, change=change_after("features"))
    for stage in NAMES:
        said += speaker.after(session_after(stage, seed=seed, exchanges=said), score(stage, people=NAMED, mute=MISSING))
    return [each.says for each in said]


def test_the_same_seed_and_answers_give_the_same_words():
    for seed in range(20):
        assert whole_sitting(seed) == whole_sitting(seed)


def test_another_seed_may_give_others():
    assert len({tuple(whole_sitting(seed)) for seed in range(20)}) > 5


def test_the_seed_decides_words_and_cues_and_not_what_is_asked():
    asked = {tuple(says.split(". ", 1)[1] for says in whole_sitting(seed) if "gains" in says) for seed in range(20)}
    assert {question for questions in asked for question in questions} == {"Who gains by that?"}


def test_nobody_begins_two_questions_running_with_the_same_words():
    for seed in range(20):
        leads = [says.split(".")[0] for says in whole_sitting(seed) if "gains" in says]
        assert all(one != other for one, other in pairwise(leads))


# The change, and the time there is ----------------------------------------------------------------


def test_the_change_comes_once_and_after_its_stage():
    speaker = chooser(change=change_after("features"))
    said: list[Exchange] = []
    for stage in NAMES:
        said += speaker.after(session_after(stage, exchanges=said), score(stage))
    assert turns(said) == [(Turn.CHANGE, "")]
    assert (said[0].stage, said[0].says) == ("features", "Legal has called.")
    again = speaker.after(session_after("features", exchanges=[replace(said[0], stage="data", done=True)]), score())
    assert again == ()


def test_the_change_is_the_last_thing_said_after_its_stage():
    said = chooser(flags=[SPLIT], change=change_after("data")).after(
        session_after(), score(people=MISSING, mute=MISSING)
    )
    assert turns(said) == [(Turn.EYEBROW, "random-split"), (Turn.FOLLOW_UP, "people"), (Turn.CHANGE, "")]


@pytest.mark.parametrize(("minutes", "scale"), [(None, 1.0), (45.0, 1.0), (90.0, 2.0), (20.0, 20 / 45)])
def test_the_time_for_a_reply_grows_with_the_round(minutes: float | None, scale: float):
    speaker = chooser(flags=[SPLIT], change=change_after("data"))
    said = speaker.after(session_after(minutes=minutes), score(people=MISSING, mute=MISSING))
    assert [each.budget_seconds for each in said] == pytest.approx([45 * scale, 75 * scale, 180 * scale], abs=0.05)
    deep = chooser().after(session_after(minutes=minutes), score(bias=MISSING))
    assert [each.budget_seconds for each in deep] == pytest.approx([90 * scale], abs=0.05)


def test_a_new_exchange_waits_for_its_reply():
    said = chooser(flags=[SPLIT], change=change_after("data")).after(session_after(), score(people=MISSING))
    assert {(each.done, each.answer, each.seconds) for each in said} == {(False, "", 0.0)}
