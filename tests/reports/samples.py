"""A small scenario, its levels and a scorecard made by hand: goldens must not move when the scorer learns."""

from mlsd_coach.models import (
    Attempt,
    Band,
    ChecklistItem,
    Concept,
    Criterion,
    Digests,
    Evidence,
    FirstGap,
    Judgement,
    Level,
    LevelBar,
    LevelResult,
    Levels,
    Lexicon,
    Mode,
    RecallQuestion,
    Resource,
    Samples,
    Scenario,
    Scorecard,
    Signal,
    SignalScore,
    SignalText,
    SourceKind,
    StagePlan,
    StageScore,
    Verdict,
)
from mlsd_coach.scoring.contract import scorecard_to_json

GOAL = Criterion(
    "goal",
    "The candidate asks for the goal of the shelf.",
    Signal.PRODUCT_SENSE,
    weight=3,
    evidence="@retention",
    why="Everything else is defended by it.",
    advice="Ask for the goal first.",
    earning="Is it sales or coming back? I would take coming back, because a sale happens once.",
)
SCALE = Criterion(
    "scale",
    "The candidate asks how many readers there are.",
    Signal.SYSTEMS,
    weight=2,
    evidence={"any": ["how many", {"not": "@ignored"}]},
    why="Scale decides what must be made ahead of time.",
    advice="Ask for readers a day and books.",
    earning="How many readers a day? With 5 M and p99 < 200 ms we cannot score every book.",
)
RIGHTS = Criterion(
    "rights",
    "The candidate asks which books may be shown where.",
    Signal.PRODUCT_SENSE,
    level=Level.STAFF,
    why="Rights differ by country.",
    advice="Ask for the rights.",
    earning="May every book be shown in every country?",
)
LABEL = Criterion(
    "label",
    "The candidate says what a positive example is.",
    Signal.DATA_SENSE,
    weight=2,
    evidence={"count": {"at_least": 1, "of": ["@label-definition", "@retention"]}},
    why="The model becomes what its label says.",
    advice="Write the label as a condition on a log line.",
    earning="A positive is a book read for ten minutes, since a sale may be a gift.",
)
LOSS = Criterion(
    "loss",
    "The candidate names the loss.",
    Signal.ML_DEPTH,
    level=Level.SENIOR,
    why="It is what training does.",
    advice="Name the loss.",
    earning="Cross-entropy, because we multiply probabilities.",
)

ANSWER = "I would ask for the goal: *readers* who come back, because <b>sales</b> happen once.\nHow many readers?"
LABEL_ANSWER = "A positive is | a sale."


def small_scenario() -> Scenario:
    return Scenario(
        id="book-shelf",
        title="Fill a shelf with books",
        family="recommender",
        opening="Let us fill a reader's shelf.",
        context="Quire sells books & lends them; a_b tests exist.",
        tags=("books", "cold start"),
        stages=(
            StagePlan(
                "requirements",
                "Requirements",
                6,
                3,
                "What would you like to know?",
                (GOAL, SCALE, RIGHTS),
                samples=Samples(strong="I want the goal first.\n\nThen the scale."),
                purpose="See whether the right things are asked.",
            ),
            StagePlan("data", "Data", 6, 2, "Which data?", (LABEL,), samples=Samples(strong="Ten minutes of reading.")),
            StagePlan("candidates", "Candidates", 4, 2, "Which books?", (), purpose="Narrow it down."),
            StagePlan("models", "Models", 8, 4, "Which model?", (LOSS,), samples=Samples(strong="A secret sample.")),
        ),
        resources=(Resource("How to <read>", "A. Library", 2020, "https://example.org/read", "It is short."),),
        omitted=(("lifecycle", "There is no time."),),
        digest="s",
        rubrics_digest="r",
    )


def small_levels() -> Levels:
    return Levels(
        tuple(LevelBar(level, f"{level.value.capitalize()} engineer", "Much.") for level in Level),
        (Band("hire", 60, "Hire", "A sound design."), Band("no-hire", 0, "No hire yet", "This is practice.")),
        tuple(SignalText(signal, signal.value.replace("-", " ").capitalize(), "A meaning.") for signal in Signal),
    )


def small_lexicon() -> Lexicon:
    return Lexicon(
        (
            Concept("retention", "Retention", ("come back", "coming back"), gloss="People who return."),
            Concept("label-definition", "Label", ("positive",), gloss="What counts as a yes."),
            Concept("ignored", "Ignored", ("ignored",), gloss="Never shown."),
        )
    )


def small_checklist() -> tuple[ChecklistItem, ...]:
    return (
        ChecklistItem(
            "core-concepts",
            "Core concepts",
            "Depth comes unasked.",
            ("Say each.", "Mark some."),
            ("retention", "ignored"),
        ),
        ChecklistItem(
            "requirement-questions",
            "Questions",
            "Nerves.",
            ("Recall them.",),
            questions=(
                RecallQuestion("Which goal?", "goal"),
                RecallQuestion("How many?", "scale"),
                RecallQuestion("Which rights?", "rights"),
                RecallQuestion("Which weather?", "weather"),
            ),
        ),
        ChecklistItem("flow-and-run", "The flow", "You lead.", ("Sit one.",)),
        ChecklistItem(
            "brainstorm",
            "Brainstorm",
            "Breadth.",
            ("Write lines.",),
            kinds=(
                SourceKind("explicit", "Said on purpose", ("ratings",), ("rating | review",)),
                SourceKind("implicit", "Done unasked", ("clicks",), ("click | reading time", "@retention")),
            ),
        ),
        ChecklistItem("product-entities", "Entities", "Be a colleague.", ("Use it.",), prompts=("Which things?",)),
    )


def quote_of(answer: str, quote: str) -> tuple[Evidence, ...]:
    start = answer.index(quote)
    return (Evidence(quote, start, start + len(quote)),)


def small_card() -> Scorecard:
    requirements = StageScore(
        "requirements",
        "Requirements",
        3,
        72.5,
        ANSWER,
        (
            Judgement(GOAL, Verdict.REASONED, 3.0, quote_of(ANSWER, ANSWER.split("\n")[0]), 0.97),
            Judgement(SCALE, Verdict.NAMED, 1.0, quote_of(ANSWER, "How many readers?"), 0.9, "It is only named."),
            Judgement(RIGHTS, Verdict.MISSING, 0.0, (), 0.1, "Nothing in the answer says this."),
        ),
        seconds=400.0,
        budget_seconds=360.0,
    )
    data = StageScore(
        "data",
        "Data",
        2,
        0.0,
        LABEL_ANSWER,
        (Judgement(LABEL, Verdict.MAYBE, 0.0, quote_of(LABEL_ANSWER, LABEL_ANSWER), 0.5, "The coach is not sure."),),
        seconds=100.0,
        budget_seconds=360.0,
    )
    candidates = StageScore("candidates", "Candidates", 2, 0.0, "", (), None, 240.0, attempted=False)
    guard = "not prose: the same sentence again and again"
    models = StageScore(
        "models",
        "Models",
        4,
        0.0,
        "loss loss loss",
        (Judgement(LOSS, Verdict.NOT_JUDGED, 0.0, (), 0.0, guard),),
        None,
        480.0,
        guard=guard,
    )
    return Scorecard(
        "book-shelf",
        "Fill a shelf with books",
        Level.SENIOR,
        19.8,
        (requirements, data, candidates, models),
        (
            SignalScore(Signal.PRODUCT_SENSE, 100.0, 1, 1),
            SignalScore(Signal.DATA_SENSE, 0.0, 0, 1),
            SignalScore(Signal.ML_DEPTH, None, 0, 0),
        ),
        LevelResult(
            None, ((Level.MID, 2, 4), (Level.SENIOR, 0, 1), (Level.STAFF, 0, 1)), "You met 2 of 4 mid criteria."
        ),
        "no-hire",
        FirstGap("requirements", "scale", SCALE.statement, Verdict.NAMED, SCALE.why, SCALE.advice, SCALE.earning),
        Digests("s", "r", "x"),
    )


def small_attempt(
    attempt_id: str = "20250102-030405-book-shelf",
    *,
    card: Scorecard | None = None,
    finished_at: str = "2025-01-02T03:50:00+00:00",
    prediction: int | None = 30,
) -> Attempt:
    card = card or small_card()
    return Attempt(
        id=attempt_id,
        scenario=card.scenario,
        level=card.level,
        mode=Mode.MOCK,
        minutes=45.0,
        started_at="2025-01-02T03:04:05+00:00",
        finished_at=finished_at,
        scorecard=scorecard_to_json(card),
        answers=tuple((stage.id, stage.answer) for stage in card.stages),
        seconds=tuple((stage.id, stage.seconds or 0.0) for stage in card.stages),
        prediction=prediction,
    )
