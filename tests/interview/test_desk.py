"""The fact desk: told what was asked for, asked back where it is not clear, and never more than that."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.interview.desk import FactDesk
from mlsd_coach.interview.text import clean
from mlsd_coach.models import (
    Asked,
    Fact,
    Heard,
    Lexicon,
    Persona,
    PersonaAnswer,
    QuestionKind,
    Questions,
    Scenario,
    Signal,
    VagueQuestion,
)

FEED = "feed-ranking"
STAGE = "requirements"

READERS = Fact(
    "readers",
    "Five million people read every day.",
    asks=("how many readers | how many people | number of readers | daily readers",),
    about="how many people read",
    questions=(
        "How many people use it every day?",
        "What is the number of daily readers?",
        "How many readers do we have?",
        "How large is the audience of the shop?",
        "And the number of readers, roughly?",
        "I mean the people who read.",
    ),
)
BOOKS = Fact(
    "books",
    "There are two million books.",
    asks=("how many books | number of books | catalogue size",),
    about="how many books there are",
    questions=(
        "How many books do we have?",
        "What is the number of books?",
        "So the number of books, which is it?",
        "How large is the catalogue?",
        "How many titles can we show?",
        "I mean the books.",
    ),
)
LATENCY = Fact(
    "latency",
    "The shelf must be there within 200 milliseconds.",
    asks=("latency | how fast | milliseconds | how long may it take",),
    about="how fast the answer has to be",
    questions=(
        "What is the latency budget?",
        "How fast must the shelf appear?",
        "How fast must the answer be?",
        "So how fast does the shelf have to be there?",
        "How long may a request take?",
        "latency in milliseconds?",
    ),
)
GOAL = Fact(
    "goal",
    "We want people to come back.",
    about="what the company wants",
    questions=("What are we trying to achieve?", "Why does the company build this?", "What does the company want?"),
    kinds=("goal",),
    expects=((Signal.PRODUCT_SENSE, 1.5),),
    by_persona=(("infra", PersonaAnswer("Fewer machines, if you ask me.", "fewer machines")),),
)
SCENARIO = Scenario(
    "book-shelf",
    "Fill a shelf",
    "recommender",
    "Let us fill a shelf.",
    "A shop.",
    (),
    facts=(READERS, BOOKS, LATENCY, GOAL),
    vague=(
        VagueQuestion(
            ("how big is it | what is the scale",), "Big in which way: people, or books?", ("readers", "books")
        ),
    ),
)
QUESTIONS = Questions(
    (
        QuestionKind(
            "goal",
            "what it is for",
            ("business goal | north star | what is the goal",),
            ("What is the business goal?", "What is the north star here?", "Do you have a north star for it?"),
        ),
        QuestionKind(
            "budget",
            "how much money there is",
            ("how much money | what is the budget | budget for machines",),
            ("How much money may we spend?", "What is the budget for machines?", "How many machines can we buy?"),
        ),
    ),
    (
        "Can you hear me well?",
        "May I draw a picture?",
        "How much time do we have left?",
        "What colour is the logo?",
        "Which colour does the logo of the shop have?",
        "Is the logo green?",
        "Thank you very much.",
        "Let me think about it for a moment.",
        "Please go on.",
        "Tell me all that you know.",
        "I would begin with a simple baseline.",
        "I take it that it is blue.",
    ),
)
BALANCED = Persona("balanced", "Somebody", unknown="I have no number. What would you assume?", noted="Fine, I note it.")
INFRA = Persona("infra", "A lead", unknown="No figure. Put one down.", noted="Written down.")
DESK = FactDesk(SCENARIO, QUESTIONS, Lexicon(), BALANCED)


def talk(*lines: str, desk: FactDesk = DESK, stages: tuple[str, ...] = ()) -> list[Asked]:
    """Everything that is said at the desk, one after the other."""
    heard: list[Asked] = []
    for number, line in enumerate(lines):
        stage = stages[number] if stages else STAGE
        heard.append(desk.hear(line, stage=stage, before=heard))
    return heard


def ask(line: str) -> Asked:
    return talk(line)[0]


# Told ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("How many people use it every day?", READERS),
        ("how many readers are there", READERS),
        ("And, um, the number of readers, roughly?", READERS),
        ("How many books do we have?", BOOKS),
        ("So how fast does the shelf have to be there?", LATENCY),
        ("What are we trying to achieve?", GOAL),
    ],
)
def test_a_fact_is_told_in_the_interviewer_s_words(question: str, fact: Fact):
    assert ask(question) == Asked(STAGE, question, Heard.TOLD, fact.says, (fact.id,))


def test_a_fact_is_told_for_the_rule_of_its_kind():
    assert ask("Do you have a north star?").facts == ("goal",)


def test_a_fact_told_before_is_told_again_and_said_to_be():
    first, between, again = talk("How many books do we have?", "What is the latency?", "How many books, please?")
    assert (first.reply, between.facts) == (BOOKS.says, ("latency",))
    assert again.heard is Heard.TOLD
    assert again.reply == f"As I said: {BOOKS.says}"


def test_a_fact_told_in_another_stage_was_still_told():
    again = talk("How many books do we have?", "How many books, please?", stages=("requirements", "data"))[1]
    assert again.stage == "data"
    assert again.reply.startswith("As I said: ")


@pytest.mark.parametrize(
    "question",
    [
        "How many readers do we have, and how fast must the answer be?",
        "How many readers do we have? How fast must the answer be?",
        "number of readers; latency budget",
        "how many readers and what latency do they see",
    ],
)
def test_two_facts_in_one_question_are_both_told(question: str):
    asked = ask(question)
    assert asked.facts == ("readers", "latency")
    assert asked.reply == f"{READERS.says} {LATENCY.says}"


def test_of_two_facts_only_the_one_told_before_is_said_again():
    both = talk("How many readers are there?", "How many readers, and how fast must it be?")[1]
    assert both.reply == f"As I said: {READERS.says} {LATENCY.says}"


def test_a_persona_tells_their_own_answer_where_they_have_one():
    infra = FactDesk(SCENARIO, QUESTIONS, Lexicon(), INFRA)
    goal, books = talk("What is the business goal?", "How many books do we have?", desk=infra)
    assert goal.reply == "Fewer machines, if you ask me."
    assert books.reply == BOOKS.says


# Asked back ----------------------------------------------------------------


def test_a_vague_question_is_asked_back():
    asked = ask("How big is it?")
    assert asked.heard is Heard.ASKED_BACK
    assert asked.reply == "Big in which way: people, or books?"
    assert asked.facts == ("readers", "books")


@pytest.mark.parametrize(
    ("words", "fact"), [("people", READERS), ("the books", BOOKS), ("I mean the number of books", BOOKS)]
)
def test_the_next_words_choose_among_those_that_were_meant(words: str, fact: Fact):
    asked = talk("How big is it?", words)[1]
    assert (asked.heard, asked.facts, asked.reply) == (Heard.TOLD, (fact.id,), fact.says)


def test_in_another_stage_the_question_asked_back_is_forgotten():
    heard = talk("How big is it?", "How big is it?", stages=("requirements", "data"))
    assert [each.heard for each in heard] == [Heard.ASKED_BACK, Heard.ASKED_BACK]


@pytest.mark.parametrize(
    ("question", "fact"), [("How fast must the shelf appear?", LATENCY), ("What is the business goal?", GOAL)]
)
def test_who_asks_for_something_else_instead_is_told_that(question: str, fact: Fact):
    assert talk("How big is it?", question)[1].facts == (fact.id,)


def test_a_question_that_says_which_is_not_asked_back():
    assert ask("How big is it, I mean how many books?").facts == ("books",)


def test_a_question_between_two_facts_is_asked_back_by_what_they_are_about():
    request = Fact("request", "A fifth of a second.", ("delay",), questions=("What delay is allowed to a request?",))
    change = Fact("change", "A whole minute.", ("delay",), questions=("What delay is allowed to a change?",))
    facts = (replace(request, about="the delay of a request"), replace(change, about="the delay of a change"))
    desk = FactDesk(replace(SCENARIO, facts=facts, vague=()), QUESTIONS, Lexicon(), BALANCED)
    asked = talk("What delay is allowed?", desk=desk)[0]
    assert asked.heard is Heard.ASKED_BACK
    assert set(asked.facts) == {"request", "change"}
    first, second = ("the delay of a request", "the delay of a change")[:: 1 if asked.facts[0] == "request" else -1]
    assert asked.reply == f"Do you mean {first}, or {second}?"


# Unknown, and assumed ----------------------------------------------------------------


@pytest.mark.parametrize("persona", [BALANCED, INFRA])
def test_what_nobody_knows_is_handed_back_in_the_persona_s_words(persona: Persona):
    desk = FactDesk(SCENARIO, QUESTIONS, Lexicon(), persona)
    question = "What colour is the logo of the shop?"
    assert talk(question, desk=desk) == [Asked(STAGE, question, Heard.UNKNOWN, persona.unknown)]


@pytest.mark.parametrize("persona", [BALANCED, INFRA])
def test_the_assumption_is_kept_with_the_persona_s_words(persona: Persona):
    desk = FactDesk(SCENARIO, QUESTIONS, Lexicon(), persona)
    assumed = talk("What colour is the logo?", "I take it that it is blue.", desk=desk)[1]
    assert assumed == Asked(STAGE, "I take it that it is blue.", Heard.ASSUMED, persona.noted)


def test_an_assumption_that_speaks_of_a_fact_is_an_assumption_still():
    assumed = talk("What colour is the logo?", "I assume the number of readers is ten million.")[1]
    assert (assumed.heard, assumed.facts) == (Heard.ASSUMED, ())


@pytest.mark.parametrize(
    "question",
    ["How many books do we have?", "how many books", "and what number of books", "So number of books, which is it?"],
)
def test_a_question_after_an_unknown_one_is_a_question(question: str):
    assert talk("What colour is the logo?", question)[1].facts == ("books",)


def test_in_another_stage_nothing_is_taken_for_the_assumption():
    later = talk("What colour is the logo?", "the number of books", stages=("requirements", "data"))[1]
    assert later.facts == ("books",)


def test_only_the_words_right_after_the_unknown_are_the_assumption():
    heard = talk("What colour is the logo?", "I take blue.", "the number of books")
    assert [each.heard for each in heard] == [Heard.UNKNOWN, Heard.ASSUMED, Heard.TOLD]


@pytest.mark.parametrize(
    "question", ["How much money may we spend?", "What is the budget for machines?", "How many machines can we buy?"]
)
def test_a_kind_of_question_that_no_fact_answers_is_not_answered_by_another(question: str):
    assert ask(question).heard is Heard.UNKNOWN


@pytest.mark.parametrize("question", [*QUESTIONS.elsewhere, "May I draw a small picture of it?"])
def test_a_question_known_to_lead_elsewhere_is_not_answered(question: str):
    assert ask(question).heard in (Heard.UNKNOWN, Heard.ASKED_BACK)
    assert ask(question).facts == ()


@pytest.mark.parametrize("words", ["Can you tell me a bit more about it?", "Could you say more?", "And the details?"])
def test_who_names_nothing_is_asked_what_it_is_about(words: str):
    asked = ask(words)
    assert (asked.heard, asked.reply, asked.facts) == (Heard.ASKED_BACK, "About what, exactly?", ())


# Never volunteered ----------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Thank you.",
        "Right, let me think for a moment.",
        "I would begin with a simple baseline and then improve on it.",
        "Go on.",
        "Tell me everything.",
        "?",
        "",
        "42",
        "推荐系统",
        "🚀",
    ],
)
def test_who_asks_for_nothing_is_told_nothing(words: str):
    asked = ask(words)
    assert asked.facts == ()
    assert asked.reply in (BALANCED.unknown, "About what, exactly?")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_whatever_is_typed_only_facts_that_were_told_stand_in_a_reply(words: str):
    asked = ask(words)
    told = {name for name in asked.facts if asked.heard is Heard.TOLD}
    for fact in SCENARIO.facts:
        assert (fact.says in asked.reply) == (fact.id in told)


# The words themselves ----------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "  How many books\n do\twe have? ",
        "How many\r\nbooks do we have?",
        "\x1bHow many\x00 books do we have?\x07",
        "\u202eHow many books do we have?",
    ],
)
def test_a_question_is_kept_on_one_line_without_what_acts_on_a_terminal(typed: str):
    asked = ask(typed)
    assert asked.says == "How many books do we have?"
    assert asked.facts == ("books",)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_whatever_is_typed_is_kept_as_clean_words(words: str):
    said = ask(words).says
    assert said == " ".join(clean(words).split())
    assert clean(said) == said


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["How big is it?", "books", "Logo?", "I take blue.", "How fast?"]), max_size=5))
def test_the_same_words_are_heard_alike_at_any_desk(lines: list[str]):
    assert talk(*lines) == talk(*lines, desk=FactDesk(SCENARIO, QUESTIONS, Lexicon(), BALANCED))


# The shipped content ----------------------------------------------------------------


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([builtin_root()])


@pytest.fixture(scope="module")
def feed_desk(library: Library) -> FactDesk:
    persona = library.interviewer().persona("balanced")
    return FactDesk(library.scenario(FEED), library.questions(), library.lexicon(), persona)


def test_every_fact_of_the_feed_is_told_for_its_own_first_questions(library: Library, feed_desk: FactDesk):
    facts = library.scenario(FEED).facts
    asked = [(fact.id, question) for fact in facts for question in fact.questions[:3]]
    assert len(asked) == 3 * len(facts) >= 30
    heard = {question: talk(question, desk=feed_desk)[0] for _, question in asked}
    assert [(name, question) for name, question in asked if heard[question].facts != (name,)] == []
    assert {each.heard for each in heard.values()} == {Heard.TOLD}
